"""The documentation in the demo: what it is made of, where its links lead, and how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser
from vydno import VydnoError
from vydno.audit.engine import Plan, audit
from vydno.audit.playwright_driver import PlaywrightDriver
from vydno.audit.variants import Viewport, matrix
from vydno.themes.pairs import RULES

from demo.documents import GROUPS, Document, Library
from demo.environment import ROOT
from demo.markdown import CODE_ROLES, LANGUAGES, TAKEN, Markdown, highlighted, slug

from .audit.drivers import driver_of
from .demo_pages import DEMO_PAGES, NARROW, WIDE
from .engines import PlaywrightVisitor, open_visitor
from .test_demo_audit import ASKED, CHECKS, found

LIBRARY = Library()
each_document = pytest.mark.parametrize(
    "document", LIBRARY.documents, ids=lambda document: document.name
)


def rendered(text: str) -> str:
    return str(Markdown(f"# Title\n\n{text}", "a.md").render(str, lambda _: None))


# What it is made of


def test_every_readme_of_the_repository_is_a_document() -> None:
    readmes = [
        path.relative_to(ROOT).as_posix()
        for folder in ("widgets", "demo", "tests")
        for path in (ROOT / folder).rglob("README.md")
        if "node_modules" not in path.parts
    ]
    assert {*readmes, "README.md"} <= {each.path for each in LIBRARY.documents}


def test_every_file_that_a_group_names_is_there() -> None:
    named = [path for paths in GROUPS.values() for path in paths]
    assert [path for path in named if not (ROOT / path).is_file()] == []
    assert len({each.name for each in LIBRARY.documents}) == len(LIBRARY.documents)


def test_a_new_readme_beside_code_is_found_by_itself(tmp_path: Path) -> None:
    for name in ("README.md", "widgets/vydno/line_height/README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# New\n")
    names = [(each.name, each.group) for each in Library(tmp_path).documents]
    assert names == [("start", "start"), ("line-height", "project")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# New\n[a](no.md)", r"README.md: the link 'no.md' leads to no file"),
        ("# New\n[a](#no)", r"README.md: the link '#no' leads to no heading of README.md"),
        ("# New\n[a](../../etc/passwd)", "leads to no file of the repository"),
        ("# New\n![a](no.png)", "the link 'no.png' leads to no file"),
        ("New\n", "README.md must begin with its title"),
        ("# New\n<b onclick=a>", "README.md holds HTML"),
        ("# New\n\n<script>a</script>", "README.md holds HTML"),
    ],
)
def test_a_wrong_document_is_said_at_start(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "README.md").write_text(text)
    with pytest.raises(VydnoError, match=said):
        Library(tmp_path)


def test_a_link_to_another_document_leads_to_its_page(tmp_path: Path) -> None:
    (tmp_path / "widgets/vydno/audit").mkdir(parents=True)
    (tmp_path / "widgets/vydno/audit/README.md").write_text("# Audit\n## Its rules\n")
    (tmp_path / "LICENSE").write_text("Free\n")
    (tmp_path / "README.md").write_text(
        "# Begin\n[a](widgets/vydno/audit/README.md#its-rules) [b](LICENSE) [c](https://a.example)\n"
    )
    library = Library(tmp_path)
    html = library.documents[0].html
    assert 'href="/en/docs/audit/#its-rules"' in html
    assert 'href="/static/docs/LICENSE.txt?v=' in html
    assert 'href="https://a.example"' in html
    assert library.files.names == ("LICENSE.txt",)


# From Markdown to HTML


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Caches and CDNs", "caches-and-cdns"),
        ("On other people's style sheets", "on-other-peoples-style-sheets"),
        ("`<text-scale>`: A+", "text-scale-a"),
        ("0.1.0 (unreleased)", "010-unreleased"),
        ("forced_colors", "forced_colors"),
    ],
)
def test_an_anchor_is_the_one_that_github_gives(heading: str, anchor: str) -> None:
    assert Markdown(f"# A\n## {heading}", "a.md").headings[1].id == anchor
    assert slug(heading.replace("`", "")) == anchor


def test_headings_of_one_text_and_of_the_page_s_own_ids_have_anchors_of_their_own() -> None:
    text = Markdown("# A\n## Events\n## Events\n## Licence\n## `text-scale`", "a.md")
    ids = [each.id for each in text.headings[1:]]
    assert ids == ["events", "events-1", "licence-section", "text-scale-section"]


def test_a_bold_line_above_a_table_is_its_caption() -> None:
    html = rendered("**Limits**\n\n| a | b |\n|---|---|\n| c | d |\n")
    assert "<caption><strong>Limits</strong></caption>" in html
    assert "<p>" not in html
    assert "<caption>" not in rendered("**Limits** of all\n\n| a |\n|---|\n")


def test_a_row_is_headed_by_its_first_cell_and_the_others_know_their_column() -> None:
    html = rendered("| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n|  | 5 | 6 |\n")
    assert '<th scope="row">1</th>' in html
    assert '<td><span class="cell-label">b: </span>2</td>' in html
    assert html.count('<th scope="row">') == 1
    assert 'class="folds pairs"' in rendered("| a | b |\n|---|---|\n| 1 | 2 |\n")


def test_no_style_is_written_into_the_markup() -> None:
    html = rendered("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert "style=" not in html
    assert html.count('class="to-right"') == 2


def test_ukrainian_words_in_an_english_text_say_so() -> None:
    assert '«<span lang="uk">видно здалеку</span>»' in rendered("«видно здалеку», seen")
    assert '<span lang="uk">п’ять</span>' in rendered("`п’ять`")


def test_comments_are_left_out() -> None:
    assert rendered("<!-- made by a program -->\n\nA <!-- b --> C").strip() == "<p>A  C</p>"


def test_code_is_told_apart_by_three_roles() -> None:
    html = highlighted("# why\nif a: b = 'c<d>'\n", "python")
    assert '<span class="code-comment"># why</span>' in html
    assert '<span class="code-keyword">if</span>' in html
    assert "<span class=\"code-string\">'c&lt;d&gt;'</span>" in html
    assert highlighted("a < b", "no language") == "a &lt; b"


def test_the_colours_of_code_are_proven_on_its_ground_in_every_theme() -> None:
    css = (ROOT / "demo/static/docs.css").read_text(encoding="utf-8")
    ground = "surface-sunken"
    assert (
        f"background: var(--vydno-{ground})"
        in (ROOT / "demo/static/workshop.css")
        .read_text(encoding="utf-8")
        .partition("  .code {")[2]
        .partition("}")[0]
    )
    for name in {name for _, name in CODE_ROLES}:
        declared = css.partition(f"  .{name} {{")[2].partition("}")[0]
        role = declared.partition("var(--vydno-")[2].partition(")")[0]
        assert role or "font-weight" in declared
        if role:
            (rule,) = [rule for rule in RULES if role in rule.foregrounds]
            assert ground in rule.surfaces
            assert rule.normal >= 4.5


# Each document


@each_document
def test_a_document_has_one_title_and_no_level_of_headings_is_skipped(document: Document) -> None:
    levels = [heading.level for heading in document.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [two for one, two in pairwise(levels) if two > one + 1] == []


@each_document
def test_every_block_of_code_says_its_language(document: Document) -> None:
    text = (ROOT / document.path).read_text(encoding="utf-8")
    fences = [line.strip() for line in text.splitlines() if line.lstrip().startswith("```")]
    assert [fence for fence in fences[::2] if fence[3:] not in LANGUAGES or fence == "```"] == []


class Anatomy(HTMLParser):
    """What of a page has an address, what leads to one, and what it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.pictures: list[dict[str, str]] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.tags.append(tag)
        assert "style" not in given
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "img":
            self.pictures.append(given)
            self.links.append(given["src"])


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site) as client:
        yield client


@pytest.fixture(scope="module")
def anatomy(client: httpx.Client) -> Callable[[str], Anatomy]:
    """What stands at an address of the site, which must be there; each is asked for once."""

    @cache
    def ask(path: str) -> Anatomy:
        answer = client.get(path)
        assert answer.status_code == 200, path
        is_page = answer.headers["content-type"].startswith("text/html")
        return Anatomy(answer.text if is_page else "")

    return ask


@each_document
def test_every_link_of_a_document_leads_somewhere(
    anatomy: Callable[[str], Anatomy], document: Document
) -> None:
    here = anatomy(document.address)
    assert len(here.ids) == len(set(here.ids))
    assert here.tags.count("h1") == 1
    for link in here.links:
        to = urlsplit(urljoin(document.address, link))
        if to.netloc:
            assert to.scheme == "https", link
            continue
        there = anatomy(to._replace(fragment="").geturl())
        assert not to.fragment or to.fragment in there.ids, link


def test_the_ids_around_a_document_are_those_that_no_heading_takes(client: httpx.Client) -> None:
    page = Anatomy(client.get("/en/docs/reference/").text)
    (document,) = [each for each in LIBRARY.documents if each.name == "reference"]
    around = {*page.ids} - {each.id for each in document.headings}
    assert around <= TAKEN


def test_every_picture_has_words_and_room(client: httpx.Client) -> None:
    pictures = Anatomy(client.get("/en/docs/start/").text).pictures
    assert len(pictures) > 5
    assert all(each["alt"] and each["width"] and each["height"] for each in pictures)


# In which language


def test_the_ukrainian_site_says_that_the_documents_are_english(client: httpx.Client) -> None:
    html = client.get("/docs/").text
    assert '<html lang="uk"' in html
    assert "Документи написано англійською" in html
    assert html.count('hreflang="en">') == len(LIBRARY.documents)
    assert html.count('<ul class="documents" lang="en">') == len(LIBRARY.grouped())
    assert client.get("/docs/start/").status_code == 404


def test_every_document_is_in_an_english_page_and_in_the_lists(client: httpx.Client) -> None:
    lists = [Anatomy(client.get(path).text).links for path in ("/docs/", "/en/docs/")]
    for document in LIBRARY.documents:
        assert all(document.address in links for links in lists)
        page = client.get(document.address)
        assert '<html lang="en"' in page.text
        assert page.headers["content-language"] == "en"
        assert '<a class="language" href="/docs/" hreflang="uk"' in page.text


@pytest.mark.parametrize(
    "name", ["no-such", "START", "start.md", "%2e%2e", "audit%2fchecks", "%00"]
)
def test_there_is_no_other_document(client: httpx.Client, name: str) -> None:
    assert client.get(f"/en/docs/{name}/").status_code == 404


# How it looks

# These judge how something is worded, and documents of rules quote what they look for; the last one
# judges text in pictures: a document shows a report, and its alternative says what is in it.
LET_PASS = {
    "heading-says-nothing",
    "time-limit",
    "words-of-colour",
    "words-of-place",
    "image-of-text",
    "text-drawing",
}
LOOKED_AT_ELSEWHERE = {page.path for page in DEMO_PAGES}
VARIANT = matrix({"viewport": [Viewport(width=NARROW, height=640)], "theme": ["green"]})


@pytest.fixture
def driver(chromium: Browser) -> Iterator[PlaywrightDriver]:
    with driver_of(chromium) as opened:
        yield opened


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "document",
    [each for each in LIBRARY.documents if each.address not in LOOKED_AT_ELSEWHERE],
    ids=lambda document: document.name,
)
def test_a_document_has_nothing_to_mend(
    driver: PlaywrightDriver, site: str, document: Document
) -> None:
    asked = Plan(
        variants=VARIANT,
        checks=[each for each in CHECKS if not each.acts and each.rule not in LET_PASS],
        axe_options=ASKED,
        advice=True,
    )
    assert found(audit(driver, site + document.address, asked), asked) == []


def test_the_rules_that_are_let_pass_are_there() -> None:
    assert {each.rule for each in CHECKS} >= LET_PASS


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[PlaywrightVisitor]:
    somebody = open_visitor(chromium, viewport={"width": WIDE, "height": 900})
    yield somebody
    somebody.context.close()


def test_the_contents_stand_beside_the_text_or_above_it_and_never_twice(
    visitor: PlaywrightVisitor, site: str
) -> None:
    visitor.goto(f"{site}/en/docs/web/")
    above, beside = visitor.page.locator(".above"), visitor.page.locator(".beside")
    assert (above.is_visible(), beside.is_visible()) == (False, True)
    visitor.page.set_viewport_size({"width": NARROW, "height": 640})
    assert (above.is_visible(), beside.is_visible()) == (True, False)
    visitor.click(".above summary")
    visitor.click(".above a[href='#accounts']")
    assert visitor.read("return location.hash") == "#accounts"
    top = visitor.read("return document.querySelector('#accounts').getBoundingClientRect().top")
    assert 0 <= top < 640


def test_a_block_of_code_is_copied_whole(visitor: PlaywrightVisitor, site: str) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.goto(f"{site}/en/docs/privacy/")
    visitor.click(".code .quiet")
    visitor.wait("return document.querySelector('.heard').textContent === 'Copied'")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert f"```text\n{copied}```\n" in (ROOT / "demo/docs/privacy.md").read_text(encoding="utf-8")
