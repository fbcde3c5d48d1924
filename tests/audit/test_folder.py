"""The folder of pages that is served while a run lasts."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vydno.audit.folder import Folder, pages_in, serve
from vydno.errors import VydnoError

SECRET = "the secret"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "inner" / ".git").mkdir(parents=True)
    (root / "empty").mkdir()
    for name in ("index.html", "inner/index.html", "inner/день 1%.html", "a.js", "b.css"):
        (root / name).write_text(f"<!doctype html>{name}", encoding="utf-8")
    for name in ("inner/.git/config.html", ".env.html"):
        (root / name).write_text(SECRET, encoding="utf-8")
    (tmp_path / "outside.html").write_text(SECRET, encoding="utf-8")
    (tmp_path / "site-two").mkdir()
    (tmp_path / "site-two" / "index.html").write_text(SECRET, encoding="utf-8")
    return root


@pytest.fixture
def served(site: Path) -> Iterator[Folder]:
    with serve(site) as folder:
        yield folder


def answer(folder: Folder, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
    """Status, type (or where a redirect leads) and body, for a path sent as it is."""
    host = urlsplit(folder.address).netloc
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": host} | headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        kind = response.headers["Location"] or response.headers["Content-Type"] or ""
        return response.status, kind, response.read().decode("utf-8", errors="replace")
    finally:
        connection.close()


def test_the_pages_are_found_sorted_and_hidden_ones_are_none(site: Path) -> None:
    names = [page.relative_to(site.resolve()).as_posix() for page in pages_in(site)]
    assert names == ["index.html", "inner/index.html", "inner/день 1%.html"]


def test_a_folder_without_pages_is_an_error(site: Path) -> None:
    with pytest.raises(VydnoError, match=r"empty has no pages: no file that ends with \.html"):
        pages_in(site / "empty")


def test_every_page_is_served_under_its_address(site: Path, served: Folder) -> None:
    for page in pages_in(site):
        status, kind, body = answer(served, urlsplit(served.url_of(page)).path)
        assert (status, kind) == (200, "text/html")
        assert body == page.read_text(encoding="utf-8")


def test_a_page_is_called_by_its_path_from_here(
    site: Path, served: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.parent)
    names = [served.name_of(served.url_of(page)) for page in pages_in(site)]
    assert names == ["site/index.html", "site/inner/index.html", "site/inner/день 1%.html"]
    assert served.name_of(f"{served.address}/a.html?b=1") == "site/a.html?b=1"


def test_an_index_has_one_address(site: Path, served: Folder) -> None:
    assert served.url_of(site.resolve() / "inner/index.html") == f"{served.address}/inner/"
    assert served.tidied(f"{served.address}/inner/index.html?a") == f"{served.address}/inner/?a"
    assert served.tidied("https://a.example/index.html") == "https://a.example/index.html"


@pytest.mark.parametrize(
    ("path", "expected"), [("/a.js", "text/javascript"), ("/b.css", "text/css")]
)
def test_types_are_right_on_every_system(served: Folder, path: str, expected: str) -> None:
    assert answer(served, path)[:2] == (200, expected)


def test_a_folder_without_its_slash_leads_to_it(served: Folder) -> None:
    assert answer(served, "/inner?a=/")[:2] == (301, "/inner/?a=/")


@pytest.mark.parametrize(
    "path", ["/empty/", "/empty", "/nothing", "/a.js/", "/%00", "/" + "a" * 999]
)
def test_what_is_not_there_is_not_found_and_nothing_is_listed(served: Folder, path: str) -> None:
    status, kind, body = answer(served, path)
    if status == 301:
        status, _, body = answer(served, kind)
    assert status == 404
    assert "index.html" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.html",
        "/%2e%2e/outside.html",
        "/..%2foutside.html",
        "/%2e%2e%2foutside.html",
        "/inner/../../outside.html",
        "/..%5coutside.html",
        "/../site-two/index.html",
        "//../outside.html",
        "/.env.html",
        "/%2eenv.html",
        "/inner/.git/config.html",
    ],
)
def test_there_is_no_way_out_and_nothing_hidden(served: Folder, path: str) -> None:
    status, _, body = answer(served, path)
    assert status in (301, 400, 404)
    assert SECRET not in body


@pytest.mark.parametrize(
    ("link", "to", "asked"),
    [
        ("link.html", "outside.html", "/link.html"),
        ("empty/index.html", "outside.html", "/empty/"),
        ("two", "site-two", "/two/"),
        ("two", "site-two", "/two/index.html"),
        ("round", "site/round", "/round"),
    ],
)
def test_links_that_lead_outside_are_refused(
    site: Path, served: Folder, link: str, to: str, asked: str
) -> None:
    (site / link).symlink_to(site.parent / to)
    status, _, body = answer(served, asked)
    assert status == 404
    assert SECRET not in body
    assert site / link not in pages_in(site)


def test_links_within_the_folder_are_followed(site: Path, served: Folder) -> None:
    (site / "link.html").symlink_to("index.html")
    assert answer(served, "/link.html")[0] == 200


def test_a_pipe_is_not_waited_for(site: Path, served: Folder) -> None:
    os.mkfifo(site / "pipe.html")
    assert answer(served, "/pipe.html")[0] == 404


def test_a_page_of_elsewhere_whose_name_leads_here_is_turned_away(served: Folder) -> None:
    status, _, body = answer(served, "/", Host="evil.example")
    assert status == 421
    assert "index.html" not in body


def test_it_is_this_machines_alone(served: Folder) -> None:
    assert served.address.startswith("http://127.0.0.1:")


def test_nothing_can_be_written(site: Path, served: Folder) -> None:
    assert answer(served, "/index.html", method="PUT")[0] == 501
    assert (site / "index.html").exists()


def test_when_the_run_is_over_nobody_answers(site: Path) -> None:
    with serve(site) as folder:
        pass
    with pytest.raises(ConnectionRefusedError):
        answer(folder, "/")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    parts=st.lists(
        st.sampled_from(
            ["..", ".", "%2e%2e", "%2f", "%5c", "inner", "site", "outside.html", ".git", "%00", ""]
        ),
        max_size=6,
    )
)
def test_no_path_whatsoever_leads_outside(served: Folder, parts: list[str]) -> None:
    assert SECRET not in answer(served, "/" + "/".join(parts))[2]
