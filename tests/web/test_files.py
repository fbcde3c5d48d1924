"""vydno.web.files: what goes out for a file, and that nothing else does."""

from __future__ import annotations

import gzip
import importlib
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vydno import VydnoError
from vydno.web.files import StaticFiles
from vydno.web.response import Response

STYLE = b"a { color: red }\n" * 100
FILES = {"site.css": STYLE, "tiny.js": b"1", "icons/crest.png": b"\x89PNG" * 100, "їжа.txt": b"x"}
ALL = "gzip, deflate, br"

files = StaticFiles(FILES)
brotli = importlib.import_module("brotli")  # it has no types to import


def get(name: str = "site.css", accept: str = "", tag: str = "", query: str = "") -> Response:
    return files.respond("GET", name, query, {"accept-encoding": accept, "if-none-match": tag})


def header(response: Response, name: str) -> str:
    return dict(response.headers).get(name, "")


# Bodies


@pytest.mark.parametrize(
    ("accept", "coding", "decode"),
    [("", "", bytes), ("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_each_coding_decodes_to_the_file(accept: str, coding: str, decode: type[bytes]) -> None:
    response = get(accept=accept)
    assert header(response, "content-encoding") == coding
    assert header(response, "content-length") == str(len(response.body))
    assert decode(response.body) == STYLE


def test_brotli_is_the_smallest_and_goes_first() -> None:
    assert header(get(accept=ALL), "content-encoding") == "br"


def test_a_file_that_compression_would_lengthen_goes_out_as_it_is() -> None:
    assert get("tiny.js", ALL).body == b"1"


def test_a_file_that_is_compressed_already_goes_out_as_it_is() -> None:
    assert get("icons/crest.png", ALL).body == FILES["icons/crest.png"]


def test_without_a_brotli_module_gzip_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    response = StaticFiles(FILES).respond("GET", "site.css", "", {"accept-encoding": ALL})
    assert gzip.decompress(response.body) == STYLE


def test_compressing_twice_gives_the_same_bytes_and_tags() -> None:
    again = StaticFiles(FILES).respond("GET", "site.css", "", {"accept-encoding": "gzip"})
    assert again == get(accept="gzip")


def test_a_client_that_rules_out_every_coding_is_told_what_there_is() -> None:
    response = get("tiny.js", "br, identity;q=0")
    assert (response.status, response.body) == (406, b"This file can be had as: identity.\n")


def test_head_is_get_without_the_body() -> None:
    response = files.respond("HEAD", "site.css", "", {"accept-encoding": ALL})
    assert response == Response(200, get(accept=ALL).headers)


def test_a_folder_is_read_once_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"before")
    folder = StaticFiles(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"after")
    assert folder.respond("GET", "a.txt").body == b"before"


def test_a_missing_folder_fails_at_the_start() -> None:
    with pytest.raises(VydnoError, match="no directory"):
        StaticFiles("no/such")


# Types


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.html", "text/html; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.woff2", "font/woff2"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("A.CSS", "text/css; charset=utf-8"),
        ("a.css.exe", "application/octet-stream"),
        ("css", "application/octet-stream"),
    ],
)
def test_the_type_follows_from_the_name_and_is_not_to_be_guessed(
    name: str, content_type: str
) -> None:
    response = StaticFiles({name: b"x"}).respond("GET", name)
    assert header(response, "content-type") == content_type
    assert header(response, "x-content-type-options") == "nosniff"


def test_other_origins_read_a_file_only_where_that_was_asked_for() -> None:
    shared = StaticFiles(FILES, cross_origin=True)
    assert header(get(), "access-control-allow-origin") == ""
    for tag in ("", "*"):
        response = shared.respond("GET", "site.css", "", {"if-none-match": tag})
        assert header(response, "access-control-allow-origin") == "*"


# Caches


def test_every_coding_has_a_strong_tag_of_its_own() -> None:
    tags = {header(get(accept=accept), "etag") for accept in ("", "br", "gzip")}
    assert len(tags) == 3
    assert all(re.fullmatch(r'"[0-9a-f]{20}"', tag) for tag in tags)


@pytest.mark.parametrize("tag", ["{}", "W/{}", '"other", {}', "*"])
def test_a_client_that_has_the_file_gets_304_with_what_caches_need(tag: str) -> None:
    fresh = get(accept="br")
    response = get(accept="br", tag=tag.format(header(fresh, "etag")))
    assert (response.status, response.body) == (304, b"")
    kept = {"etag", "cache-control", "vary", "x-content-type-options"}
    assert set(response.headers) == {pair for pair in fresh.headers if pair[0] in kept}


def test_the_tag_of_another_coding_does_not_count() -> None:
    assert get(accept="br", tag=header(get(accept="gzip"), "etag")).status == 200


def test_every_answer_varies_by_coding() -> None:
    answers = [get(), get("tiny.js"), get(tag="*"), get(accept="*;q=0")]
    assert [header(response, "vary") for response in answers] == ["Accept-Encoding"] * 4


def test_the_version_is_the_beginning_of_the_content_s_hash() -> None:
    assert files.version("site.css") == sha256(STYLE).hexdigest()[:12]


def test_the_version_of_an_unknown_file_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(VydnoError, match=r"no file 'x'; there are site\.css, tiny\.js"):
        files.version("x")


def test_names_are_what_was_given() -> None:
    assert files.names == tuple(FILES)


@pytest.mark.parametrize("query", ["v={}", "a=b&v={}", "v={}&v=old"])
def test_the_current_version_is_kept_for_good(query: str) -> None:
    response = get(query=query.format(files.version("site.css")))
    assert header(response, "cache-control") == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "v=", "v=000000000000", "V={}", "v={}0", "xv={}", "{}"])
def test_any_other_address_is_asked_for_again(query: str) -> None:
    response = get(query=query.format(files.version("site.css")))
    assert (response.status, header(response, "cache-control")) == (200, "no-cache")


# What is not there


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "get", ""])
def test_files_can_only_be_read(method: str) -> None:
    response = files.respond(method, "site.css")
    assert (response.status, header(response, "allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        ".",
        "..",
        "/site.css",
        "site.css/",
        "icons",
        "icons/",
        "icons/../site.css",
        "./site.css",
        "../files.py",
        "..\\files.py",
        "%2e%2e/files.py",
        "..%2ffiles.py",
        "site.css\0.png",
        "site.css%00",
        "/etc/passwd",
        "C:\\windows\\win.ini",
        "file:///etc/passwd",
        "SITE.CSS",
    ],
)
def test_what_is_not_a_name_is_not_found(path: str) -> None:
    assert files.respond("GET", path).status == 404


def check(response: Response, contents: Mapping[str, bytes]) -> None:
    assert response.status in (200, 304, 404, 405, 406)
    for name, value in response.headers:
        assert re.fullmatch(r"[a-z-]+", name)
        assert re.fullmatch(r"[ -~]*", value)
    if response.status == 200 and not header(response, "content-encoding"):
        assert response.body in (*contents.values(), b"")


@given(st.text(), st.text())
@example("../" * 50 + "etc/passwd", "v=\r\nSet-Cookie: evil=1")
def test_any_path_and_query_are_answered_sensibly(path: str, query: str) -> None:
    check(files.respond("GET", path, query), FILES)
    check(files.respond("GET", "site.css", query), FILES)


@given(st.text(), st.sampled_from(list(FILES)), st.text(), st.text())
@example("GET", "site.css", "gzip;q=" + "1" * 9999, '"' * 9999)
@example("GET", "site.css", "," * 9999, 'W/"' * 9999)
def test_any_method_and_headers_are_answered_sensibly(
    method: str, name: str, accept: str, tag: str
) -> None:
    headers = {"accept-encoding": accept, "if-none-match": tag}
    for verb in (method, "GET", "HEAD"):
        check(files.respond(verb, name, "", headers), FILES)
