"""One Markdown file as a page shows it: headings with the anchors that GitHub gives them, code in
the roles of the themes, tables that can fold into lists.

The policy allows no inline style and no script, and the files need none: HTML in them is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, String, _TokenType
from pygments.util import ClassNotFound
from vydno import VydnoError

# What is told apart in code, and as what: a colour of the theme whose contrast is proven on every
# surface, or weight. More would be confetti.
CODE_ROLES: Sequence[tuple[_TokenType, str]] = (
    (Comment, "code-comment"),
    (String, "code-string"),
    (Generic.Inserted, "code-string"),
    (Generic.Deleted, "code-comment"),
    (Keyword, "code-keyword"),
    (Name.Tag, "code-keyword"),
)

# What a visitor calls the languages of the blocks.
LANGUAGES = {
    "": "Text",
    "css": "CSS",
    "diff": "Patch",
    "html": "HTML",
    "html+django": "Django template",
    "html+jinja": "Jinja template",
    "js": "JavaScript",
    "json": "JSON",
    "jsx": "JSX",
    "po": "Gettext catalogue",
    "python": "Python",
    "sh": "Shell",
    "svelte": "Svelte",
    "text": "Text",
    "toml": "TOML",
    "ts": "TypeScript",
    "vue": "Vue",
}

# The page around the text has these (layout.html); a heading of the same name goes by another.
TAKEN = frozenset({"main", "contact", "licence", "text-scale", "theme-switch", "contents"})

_UKRAINIAN = re.compile(r"[\u0400-\u04ff]+(?:[\s–’'-]+[\u0400-\u04ff]+)*")
_COMMENT = re.compile(r"\s*(<!--.*?-->\s*)+", re.DOTALL)
_SENTENCE = re.compile(r".+?[.?!](?=\s|$)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading; ``html`` is its text with the code in it marked as such."""

    level: int
    id: str
    html: Markup


class Markdown:
    """A file that was read; ``where`` is what errors call it.

    Raises VydnoError where it does not begin with its title, a heading of the first level.
    """

    def __init__(self, text: str, where: str) -> None:
        tokens = list(_written(_parser().parse(text), where))
        if not tokens or (tokens[0].type, tokens[0].tag) != ("heading_open", "h1"):
            raise VydnoError(f"{where} must begin with its title, a line such as '# Title'.")
        self._tokens = _captioned(tokens)
        self.headings = tuple(_headings(self._tokens))
        _label_cells(self._tokens)

    @property
    def title(self) -> Markup:
        """The heading of the first level, which the page shows in its own place."""
        return self.headings[0].html

    @property
    def description(self) -> Markup:
        """The first sentence of the text."""
        paragraphs = (
            text
            for opening, text in pairwise(self._tokens)
            if opening.type == "paragraph_open" and opening.level == 0
        )
        first = _SENTENCE.match(plain(next(paragraphs, None)))
        return marked(escapeHtml(first[0])) if first else Markup("")

    @property
    def targets(self) -> list[str]:
        """What the links and pictures of the file lead to, as it stands there."""
        return [str(token.attrs[name]) for token, name in _references(self._tokens)]

    def render(self, resolve: Callable[[str], str], size: Callable[[str], _Size]) -> Markup:
        """The HTML below the title; ``resolve`` turns a target into an address, and ``size`` is
        that of a picture."""
        for token, name in _references(self._tokens):
            target = str(token.attrs[name])
            if token.type == "image":
                token.attrs["loading"] = "lazy"
                measured = size(target)
                token.attrs |= zip(("width", "height"), measured or (), strict=False)
            token.attrs[name] = resolve(target)
        parser = _parser()
        html: str = parser.renderer.render(self._tokens[3:], parser.options, {})
        return Markup(html)  # noqa: S704  (the renderer escaped it)


_Size = tuple[int, int] | None


def plain(token: Token | None) -> str:
    """The words of a line, without what marks some of them."""
    children = (token.children or []) if token else []
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in children
    )


def marked(html: str) -> Markup:
    """Say of Ukrainian words in an English text that they are."""
    return Markup(_UKRAINIAN.sub(r'<span lang="uk">\g<0></span>', html))  # noqa: S704


def slug(heading: str) -> str:
    """GitHub's anchor for a heading: small letters, signs left out, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def highlighted(code: str, language: str) -> Markup:
    """Code with what ``CODE_ROLES`` tells apart; as it is where nobody knows the language."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return marked(escapeHtml(code))
    pieces: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        role = next((name for parent, name in CODE_ROLES if kind[: len(parent)] == parent), "")
        if pieces and pieces[-1][0] == role:
            text = pieces.pop()[1] + text
        pieces.append((role, text))
    return Markup("").join(_piece(role, text) for role, text in pieces)


def _piece(role: str, text: str) -> Markup:
    html = marked(escapeHtml(text))
    return Markup('<span class="{}">{}</span>').format(role, html) if role else html


# What is done to the tokens


def _written(tokens: Sequence[Token], where: str) -> Iterator[Token]:
    """Without comments, as generators leave them in files; any other HTML is an error."""
    for token in tokens:
        if token.type not in ("html_block", "html_inline"):
            token.children = list(_written(token.children or [], where)) or None
            yield token
        elif not _COMMENT.fullmatch(token.content):
            raise VydnoError(
                f"{where} holds HTML ({token.content.strip()[:40]!r}); "
                "the documentation is written in Markdown alone."
            )


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    seen: Counter[str] = Counter()
    for opening, text in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        anchor = slug(plain(text))
        number = seen[anchor]
        seen[anchor] += 1
        anchor = f"{anchor}-{number}" if number else anchor
        anchor = f"{anchor}-section" if anchor in TAKEN else anchor
        opening.attrs["id"] = anchor
        html = _Renderer().renderInline(text.children or [], _parser().options, {})
        yield Heading(level=int(opening.tag[1]), id=anchor, html=Markup(html))  # noqa: S704


def _references(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Every link and picture, with the attribute that says where it leads."""
    for token in tokens:
        if token.type == "link_open":
            yield token, "href"
        elif token.type == "image":
            yield token, "src"
        else:
            yield from _references(token.children or [])


def _captioned(tokens: list[Token]) -> list[Token]:
    """A paragraph that is bold as a whole and stands above a table names it: its caption."""
    result: list[Token] = []
    for place, token in enumerate(tokens):
        result.append(token)
        if token.type == "table_open" and place >= 3 and _is_bold(tokens[place - 3 : place]):
            text = result[-3]
            del result[-4:-1]
            result += [
                Token("caption_open", "caption", 1),
                text,
                Token("caption_close", "caption", -1),
            ]
    return result


def _is_bold(paragraph: Sequence[Token]) -> bool:
    if paragraph[0].type != "paragraph_open":
        return False
    parts = [child.type for child in paragraph[1].children or [] if child.content or child.tag]
    return parts == ["strong_open", "text", "strong_close"]


def _label_cells(tokens: Sequence[Token]) -> None:
    """A row's first cell heads it. The others know their column's name, for where the table is
    folded: where there are but two columns, the second needs none."""
    columns: list[str] = []
    place = 0
    for opening, text in pairwise(tokens):
        if "style" in opening.attrs:
            opening.attrs["class"] = str(opening.attrs.pop("style")).replace("text-align:", "to-")
        match opening.type:
            case "table_open":
                columns = []
            case "th_open":
                columns.append(plain(text))
                opening.attrs["scope"] = "col"
            case "tr_open":
                place = 0
            case "td_open":
                if len(columns) > 2 and place:
                    opening.meta["label"] = columns[place]
                opening.meta["heads"] = place == 0 and bool(text.content)
                place += 1


# What becomes HTML


class _Renderer(RendererHTML):
    """Methods are named after the tokens that they render."""

    def text(self, tokens: Sequence[Token], idx: int, *rest: Any) -> str:
        return marked(super().text(tokens, idx, *rest))

    def code_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f'<code translate="no">{marked(escapeHtml(tokens[idx].content))}</code>'

    def fence(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        token = tokens[idx]
        language = token.info.strip()
        return (
            f'<div class="code"><p class="code-label">{LANGUAGES.get(language, language)}</p>'
            f'<pre translate="no"><code>{highlighted(token.content, language)}</code></pre></div>\n'
        )

    def code_block(self, tokens: Sequence[Token], idx: int, *rest: Any) -> str:
        return self.fence(tokens, idx, *rest)

    def table_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        heads = takewhile(lambda token: token.type != "thead_close", tokens[idx:])
        columns = sum(token.type == "th_open" for token in heads)
        return f'<table class="folds{" pairs" if columns == 2 else ""}">\n'

    def td_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        token = tokens[idx]
        if token.meta["heads"]:
            return '<th scope="row">'
        given = f' class="{token.attrs["class"]}"' if "class" in token.attrs else ""
        label = token.meta.get("label")
        named = f'<span class="cell-label">{escapeHtml(label)}: </span>' if label else ""
        return f"<td{given}>{named}"

    def td_close(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        opening = next(token for token in reversed(tokens[:idx]) if token.type == "td_open")
        return "</th>\n" if opening.meta["heads"] else "</td>\n"


def _parser() -> MarkdownIt:
    # HTML is known, so that comments can be left out and anything else be refused.
    return MarkdownIt("commonmark", renderer_cls=_Renderer).enable("table")
