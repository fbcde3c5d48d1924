"""What a run audits, from what it is told."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from vydno.audit.findings import PageResult, Status
from vydno.audit.options import MOST_PAGES, Options
from vydno.audit.targets import Targets, targets
from vydno.errors import VydnoError

from tests.audit.sample_runs import contrast
from tests.servers import serve

SITE = "https://city.example"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def sitemap(*places: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{place}</loc></url>' for place in places)}</urlset>"


def found(**options: Any) -> list[str]:
    """The names of the pages that a run starts with."""
    with targets(Options(**options)) as some:
        return some.names()


@dataclass
class Site:
    """A web site that notes who asks for what."""

    files: dict[str, Response] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.asked.append((path, dict(request.headers)))
        return self.files.get(path, Response("nothing", status_code=404))

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self.answer)])


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with serve(made.app()) as address:
        made.address = address
        yield made


# Addresses, files and folders. ------------------------------------------------------------------


def test_addresses_come_in_order_and_once() -> None:
    asked = [f"{SITE}/b", f"{SITE}/a", f"{SITE}/b#part", f"{SITE}/b?utm_source=x"]
    assert found(targets=asked) == [f"{SITE}/b", f"{SITE}/a"]


def test_a_folder_gives_its_pages_and_a_file_itself() -> None:
    written("site/index.html", "")
    written("site/news/a.html", "")
    written("one.html", "")
    assert found(targets=["site", "one.html", "site/news/a.html"]) == [
        "site/index.html",
        "site/news/a.html",
        "one.html",
    ]


def test_a_files_address_is_that_of_its_server_and_its_name_goes_into_the_results() -> None:
    file = written("one.html", "")
    with targets(Options(targets=[file.resolve().as_uri()])) as some:
        [url] = some.start()
        assert url.startswith("http://127.0.0.1:")
        assert some.origins == [url.removesuffix("/one.html")]
        result = PageResult(url=url, status=Status.AUDITED, findings=[contrast(url)])
        named = some.named(result)
    assert named.url == "one.html"
    assert [finding.page for finding in named.findings] == ["one.html"]


def test_a_host_that_was_named_gets_the_login_over_https_too_and_never_the_other_way() -> None:
    with targets(Options(targets=["http://a.example/x", "https://b.example/"])) as some:
        assert some.origins == ["http://a.example", "https://a.example", "https://b.example"]


def test_one_folder_is_served_once() -> None:
    written("site/a.html", "")
    written("site/inner/b.html", "")
    with targets(Options(targets=["site", "site/a.html", "site/inner"])) as some:
        assert len(some.origins) == 1


def answers(url: str, *paths: str) -> list[int]:
    return [httpx.get(urljoin(url, path)).status_code for path in paths]


def test_what_a_file_refers_to_outside_of_its_folder_is_served_file_by_file_and_told() -> None:
    written("css/site.css", "p { background: url(../a.png) }")
    for name in ("css/other.css", "a.png", "b.html", ".c/hidden.css"):
        written(name, "")
    sheets = (
        '<link rel="stylesheet" href="../css/site.css"><link rel="icon" href="../.c/hidden.css">'
    )
    page = written("pages/page.html", sheets)
    written("pages/inner/d.js", "")
    with targets(Options(targets=[str(page)])) as some:
        [url] = some.start()
        assert some.names() == ["pages/page.html"]
        assert answers(url, "", "../css/site.css", "../a.png", "inner/d.js") == [200] * 4
        assert answers(url, "/inner/d.js") == [200], "a path from the root is one from the folder"
        assert answers(url, "../css/other.css", "../b.html", "../.c/hidden.css") == [404] * 3
        hidden = Path(".c/hidden.css").resolve()
        assert some.notes == [
            "pages/page.html refers to files outside of its folder, which are served too: a.png, "
            "css/site.css.",
            "pages/page.html refers to files that are not served, being hidden or too far from its "
            f"folder: {hidden}.",
        ]


def test_a_folder_and_its_files_get_what_they_refer_to_from_one_server() -> None:
    written("dist/a.css", "")
    written("docs/a.html", '<link rel="stylesheet" href="../dist/a.css">')
    written("docs/b.html", "")
    with targets(Options(targets=["docs", "docs/a.html", "docs/b.html"])) as some:
        assert some.names() == ["docs/a.html", "docs/b.html"]
        assert len(some.origins) == 1
        assert answers(some.start()[1], "../dist/a.css") == [200]


@pytest.mark.parametrize("home", [".", "..", "pages"])
def test_nothing_is_served_for_being_in_the_home_folder(
    home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(Path(home).resolve()))
    written("a.css", "")
    page = written("pages/page.html", '<link rel="stylesheet" href="../a.css">')
    with targets(Options(targets=[str(page)])) as some:
        [url] = some.start()
        assert answers(url, "", "../a.css") == [200, 200 if home == ".." else 404]


def test_a_style_sheet_that_is_not_there_is_told() -> None:
    written("page.html", '<link rel="stylesheet" href="a.css">')
    with targets(Options(targets=["page.html"])) as some:
        assert some.notes == ["page.html refers to style sheets that are not there: a.css."]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("none.html", "There is no file or folder 'none.html'."),
        ("./none", "There is no file or folder './none'."),
        ("file:///none", "There is no file or folder 'file:///none'."),
        ("city.example", "write https://city.example for the page"),
        ("list.txt", "list.txt is not a page, which ends with .html, .htm, .xhtml; for a list of"),
        ("empty", "has no pages"),
    ],
)
def test_a_target_that_is_none_is_one_sentence(target: str, sentence: str) -> None:
    written("list.txt", SITE)
    Path("empty").mkdir()
    with pytest.raises(VydnoError) as error:
        found(targets=[target])
    assert sentence in str(error.value)


def test_no_target_at_all_says_what_could_be_one() -> None:
    with pytest.raises(VydnoError, match="Say what to audit: an address, an HTML file or a folder"):
        found()


# A file of addresses. ---------------------------------------------------------------------------


def test_a_file_of_addresses_may_have_comments_blank_lines_and_a_mark() -> None:
    written("page.html", "")
    file = written("urls.txt", f"\ufeff{SITE}/a#part\n\n  # all of it\n{SITE}/b # why\npage.html\n")
    assert found(urls_file=file) == [f"{SITE}/a", f"{SITE}/b", "page.html"]


def test_files_in_a_list_are_looked_for_beside_it() -> None:
    written("lists/page.html", "")
    assert found(urls_file=written("lists/urls.txt", "page.html")) == ["lists/page.html"]


def test_a_wrong_line_is_named_by_its_number() -> None:
    file = written("urls.txt", f"{SITE}/a\n\nnews\n")
    with pytest.raises(VydnoError, match=r"urls\.txt, line 3: 'news' is not an address"):
        found(urls_file=file)


def test_a_list_of_nothing_is_an_error() -> None:
    with pytest.raises(VydnoError, match=r"urls\.txt names no page"):
        found(urls_file=written("urls.txt", "# none yet\n"))


def test_a_list_that_is_no_text_is_an_error() -> None:
    Path("urls.txt").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(VydnoError, match=r"urls\.txt could not be read as text"):
        found(urls_file=Path("urls.txt"))


# Sitemaps. --------------------------------------------------------------------------------------


def test_a_sitemap_of_this_disk_names_pages() -> None:
    written("sitemap.xml", sitemap(f"{SITE}/a", f"{SITE}/b"))
    assert found(sitemap=["sitemap.xml"]) == [f"{SITE}/a", f"{SITE}/b"]


def test_an_index_of_this_disk_leads_to_the_sitemaps_beside_it_and_nowhere_else() -> None:
    entries = f"<sitemap><loc>{SITE}/maps/../../one.xml.gz</loc></sitemap>"
    written("maps/index.xml", f"<sitemapindex>{entries}</sitemapindex>")
    Path("maps/one.xml.gz").write_bytes(gzip.compress(sitemap(f"{SITE}/a").encode()))
    assert found(sitemap=["maps/index.xml"]) == [f"{SITE}/a"]


def test_a_sitemap_of_a_server_is_fetched_with_the_login(site: Site) -> None:
    site.files["/sitemap.xml"] = Response(sitemap(f"{site.address}/a", "/b"))
    names = found(
        sitemap=[f"{site.address}/sitemap.xml"],
        cookie=[("session", "1")],
        header=[("X-Key", "hush")],
        basic_auth=("ann", "hush"),
    )
    assert names == [f"{site.address}/a", f"{site.address}/b"]
    [(_, headers)] = site.asked
    assert headers["cookie"] == "session=1"
    assert headers["x-key"] == "hush"
    assert headers["authorization"] == "Basic YW5uOmh1c2g="


def test_the_login_goes_to_nobody_whom_only_a_sitemap_names(site: Site) -> None:
    other = Site()
    with serve(other.app()) as address:
        other.files["/two.xml"] = Response(sitemap(f"{address}/page"))
        index = f"<sitemapindex><sitemap><loc>{address}/two.xml</loc></sitemap></sitemapindex>"
        site.files["/sitemap.xml"] = Response(index)
        options = Options(
            sitemap=[f"{site.address}/sitemap.xml"],
            header=[("X-Key", "hush")],
            cookie=[("session", "1")],
            basic_auth=("ann", "hush"),
        )
        with targets(options) as some:
            assert some.origins == [site.address]
            assert some.notes == [
                f"The login is not sent to {address}, which only a sitemap names; add it as a "
                "target if it is meant."
            ]
    assert not {"cookie", "x-key", "authorization"} & set(other.asked[0][1])


def test_the_login_does_not_follow_a_redirect_to_another_host(site: Site) -> None:
    other = Site(files={"/sitemap.xml": Response(sitemap(f"{SITE}/a"))})
    with serve(other.app()) as address:
        site.files["/sitemap.xml"] = RedirectResponse(f"{address}/sitemap.xml")
        assert found(
            sitemap=[f"{site.address}/sitemap.xml"],
            header=[("X-Key", "hush")],
            cookie=[("session", "1")],
            basic_auth=("ann", "hush"),
        ) == [f"{SITE}/a"]
    assert not {"cookie", "x-key", "authorization"} & set(other.asked[0][1])


def test_a_server_may_pack_a_sitemap_as_it_sends_it(site: Site) -> None:
    packed = gzip.compress(sitemap(f"{SITE}/a").encode())
    site.files["/sitemap.xml"] = Response(packed, headers={"Content-Encoding": "gzip"})
    assert found(sitemap=[f"{site.address}/sitemap.xml"]) == [f"{SITE}/a"]


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (Response("no", status_code=404), "could not be read: the server answered 404."),
        (RedirectResponse("/sitemap.xml"), "could not be read: it redirects more than 5 times."),
        (Response("<html/>"), "is not a sitemap but <html>."),
        (
            Response(b"no gzip at all", headers={"Content-Encoding": "gzip"}),
            "it is not packed as it says.",
        ),
        (Response(sitemap("ftp://a.example/")), "'ftp://a.example/' is not an address"),
        (Response(sitemap()), "/sitemap.xml names no page."),
    ],
)
def test_a_sitemap_that_cannot_be_had_is_one_sentence(
    site: Site, response: Response, sentence: str
) -> None:
    site.files["/sitemap.xml"] = response
    with pytest.raises(VydnoError) as error:
        found(sitemap=[f"{site.address}/sitemap.xml"])
    assert sentence in str(error.value)
    assert site.address in str(error.value)


def test_a_host_where_nothing_answers_is_one_sentence() -> None:
    with serve(Site().app()) as address:
        pass
    with pytest.raises(VydnoError, match="could not be read: nothing answers there"):
        found(sitemap=[f"{address}/sitemap.xml"])


def test_a_host_that_is_none_is_one_sentence() -> None:
    with pytest.raises(VydnoError, match="could not be read: there is no such host"):
        found(sitemap=["http://nowhere.invalid/sitemap.xml"])


def test_a_sitemap_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(VydnoError, match=r"none\.xml could not be read: No such file"):
        found(sitemap=["none.xml"])


# Limits. ----------------------------------------------------------------------------------------


def test_more_pages_than_any_run_has_is_an_error_that_says_what_to_do() -> None:
    places = (f"{SITE}/{number}" for number in range(MOST_PAGES + 1))
    written("sitemap.xml", sitemap(*places))
    with pytest.raises(VydnoError, match=r"more than 10,000 pages; say with --max-pages how many"):
        found(sitemap=["sitemap.xml"])


def test_who_says_how_many_gets_so_many_and_a_note() -> None:
    written("sitemap.xml", sitemap(*(f"{SITE}/{number}" for number in range(9))))
    with targets(Options(sitemap=["sitemap.xml"], max_pages=2)) as some:
        assert some.names() == [f"{SITE}/0", f"{SITE}/1"]
        assert some.notes == ["There are more pages, which --max-pages 2 leaves out."]


def test_as_many_pages_as_the_limit_are_not_too_many() -> None:
    asked = [f"{SITE}/a", f"{SITE}/b", f"{SITE}/a"]
    with targets(Options(targets=asked, max_pages=2)) as some:
        assert not some.notes


# Crawling. --------------------------------------------------------------------------------------


def crawled(options: Options, links: list[str]) -> tuple[list[str], Targets]:
    with targets(options) as some:
        return some.more(some.start()[0], links), some


def test_without_a_crawl_no_link_is_followed() -> None:
    assert crawled(Options(targets=[SITE]), [f"{SITE}/a"])[0] == []


def test_a_crawl_asks_robots_txt_once_with_wildcards(site: Site) -> None:
    rules = "User-agent: *\nDisallow: /private\nDisallow: /*?sort=\nAllow: /private/open$\n"
    site.files["/robots.txt"] = Response(rules)
    paths = ["/a", "/private/a", "/list?sort=up", "/private/open", "/list?page=2"]
    followed, _ = crawled(
        Options(targets=[site.address], crawl=50), [site.address + path for path in paths]
    )
    assert followed == [f"{site.address}{path}" for path in ("/a", "/private/open", "/list?page=2")]
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_rules_for_us_by_name_go_before_those_for_all(site: Site) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: vydno\nDisallow: /b\n"
    site.files["/robots.txt"] = Response(rules)
    links = [f"{site.address}/a", f"{site.address}/b"]
    assert crawled(Options(targets=[site.address], crawl=9), links)[0] == [f"{site.address}/a"]


@pytest.mark.parametrize(("status", "count"), [(404, 1), (403, 1), (500, 0), (503, 0)])
def test_no_robots_txt_forbids_nothing_and_a_broken_server_everything(
    site: Site, status: int, count: int
) -> None:
    site.files["/robots.txt"] = Response("no", status_code=status)
    links = [f"{site.address}/a"]
    assert len(crawled(Options(targets=[site.address], crawl=9), links)[0]) == count


def test_what_is_served_from_a_folder_needs_no_robots_txt() -> None:
    written("site/index.html", "")
    with targets(Options(targets=["site/index.html"], crawl=5)) as some:
        [start] = some.start()
        links = [f"{start}a.html", f"{start}index.html", start]
        assert some.more(start, links) == [f"{start}a.html"]
        assert some.name(f"{start}a.html") == "site/a.html"


def test_the_end_of_a_crawl_says_what_it_left_out(site: Site) -> None:
    links = [f"{site.address}/{number}" for number in range(5)]
    _, some = crawled(Options(targets=[site.address], crawl=3), links)
    assert some.left_out() == ["Pages that the crawl saw and did not go to: 3."]


def test_a_crawl_that_was_sent_elsewhere_at_once_says_where() -> None:
    _, some = crawled(Options(targets=[SITE], crawl=3), ["https://www.city.example/a"])
    [sentence] = some.left_out()
    assert "most links lead to https://www.city.example; start there" in sentence


def test_pages_that_somebody_audited_can_be_left_out() -> None:
    with targets(Options(targets=[f"{SITE}/a", f"{SITE}/b"])) as some:
        some.leave_out({f"{SITE}/a"})
        assert some.start() == [f"{SITE}/b"]
