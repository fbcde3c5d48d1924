"""Images: what their alternatives say, and what has none and should."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import urlsplit

from ..findings import Box
from ..imagery import Imagery, background, imagery
from ..page import Page
from ..reading import is_painted, read
from ..snapshot import Element, Snapshot
from ..tongues import is_filler
from ..variants import Variant
from ..words import letters, mentions, plain, says
from .check import Found, advice, check, fails, needs_review

_ENDING = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?|ico|psd|heic)\s*$", re.IGNORECASE)
_CAMERA = re.compile(
    r"^(?:img|dsc[nf]?|dscf|pict?|p|wp|vid|mvimg|pxl|scan|screenshot|screen shot|image|untitled|"
    r"знімок екрана|фото|зображення|скан)[-_ ]?\d{3,}[\d_ -]*(?:\(\d+\))?$|^\d{5,}[\d_-]*$|"
    r"^[0-9a-f]{16,}$|^[0-9a-f]{8}-[0-9a-f]{4}-",
    re.IGNORECASE,
)
_SLUG = re.compile(r"\S*(?:[_\d]|-\w+-)\S*")
_MOST = 300
"""Images and backgrounds that are held against all texts of a page."""
_NUMBER = re.compile(r"[\s#№_-]*\d{0,4}$")


def _images(shown: Snapshot) -> Iterator[tuple[Element, str]]:
    """Images, and what stands for one, that are heard; each with its name."""
    for element in shown.elements:
        # An area has no box of its own.
        if not element.exposed and element.tag != "area":
            continue
        tag, kind = element.tag, element.attributes.get("type", "").lower()
        is_image = tag in ("img", "area", "object", "embed") or element.role == "img"
        if is_image or (tag == "input" and kind == "image"):
            yield element, " ".join(_name(element).split())


def _name(element: Element) -> str:
    return element.name or element.attributes.get("alt", "")


@check(
    "alt-file-name",
    criteria=["1.1.1"],
    title="The alternative of an image is the name of its file",
    method="The accessible name of an image, of an area of a map or of an image button ends like "
    "the name of an image file, is what a camera or a program calls one (IMG_2034, "
    "a row of figures), is an address, or repeats the file's own name with its signs.",
    limits="A file's name that reads like words, such as “town hall”, is not recognised.",
    fix="Say what the image shows; leave `alt` empty where it shows nothing of meaning.",
    broken="<img src='data:,' alt='DSC_2034.jpg'>",
    sound="<img src='data:,' alt='The town hall from the square'>",
)
def alt_file_name(page: Page, _: Variant) -> Iterator[Found]:
    facts = page.once(imagery)
    for element, name in _images(page.snapshot):
        if not name:
            continue
        measured = f"“{name[:80]}”"
        file = facts[element.number].file if element.number in facts else _file(element)
        stem = _ENDING.sub("", name)
        if _ENDING.search(name) and (letters(name) < 60 and name.count(" ") < 4):
            yield fails(element, "The alternative is a file's name.", measured=measured)
        elif _CAMERA.match(name):
            yield fails(element, "A camera or a program named it.", measured=measured)
        elif re.match(r"https?://\S+$|data:", name):
            yield fails(element, "The alternative is an address.", measured=measured)
        elif file and stem.lower() == file.lower() and _SLUG.fullmatch(stem):
            yield fails(element, "It repeats the file's name.", measured=measured)


def _file(element: Element) -> str:
    url = element.attributes.get("src") or element.attributes.get("data") or ""
    return urlsplit(url).path.rpartition("/")[2].rpartition(".")[0] if len(url) < 2000 else ""


@check(
    "alt-says-nothing",
    criteria=["1.1.1"],
    title="The alternative of an image says nothing",
    method="The accessible name is “image”, “photo 2”, «зображення», “alt”, “spacer” and the like, "
    "with or without a number, or filler such as “Lorem ipsum”: it fails. “Logo”, “icon”, “chart” "
    "and «логотип» alone, and signs without letters or digits, are for a person.",
    limits="Words are known in eight languages.",
    fix="Say what the image shows, or what the link does; leave `alt` empty for decoration.",
    broken="<img src='data:,' alt='image'>",
    sound="<img src='data:,' alt='A baker takes bread out of the oven'>",
)
def alt_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    for element, name in _images(page.snapshot):
        if not name or element.closest("figure") is element:
            continue
        measured = f"“{name[:60]}”"
        bare = _NUMBER.sub("", name)
        if says("vague-image", name) or says("vague-image", bare) or is_filler(name):
            yield fails(element, "Any image could have this alternative.", measured=measured)
        elif says("vague-kind-of-image", name) or says("vague-kind-of-image", bare):
            yield needs_review(element, "It says what kind of image it is.", measured=measured)
        elif not any(map(str.isalnum, name)) and not _is_symbol(name):
            yield needs_review(element, "It is made of signs.", measured=measured)
        elif letters(name) == 1 and len(name) == 1 and element.tag != "area":
            yield needs_review(element, "It is one letter.", measured=measured)


def _is_symbol(name: str) -> bool:
    """Emoji, arrows and stars have names of their own that are read out."""
    return any(ord(sign) > 0x2100 for sign in name)


@check(
    "alt-repeats-text",
    criteria=["1.1.1"],
    title="The alternative of an image repeats the text beside it",
    method="`alt` is the same as the rest of the link or button that the image is in, as the "
    "caption of its figure, or as the text right before or after it.",
    limits="Words in another order are not compared.",
    fix="Leave `alt` empty where the text says it all; else say what the caption does not.",
    broken="<a href='/x'><img src='data:,' alt='Town hall'> Town hall</a>",
    sound="<a href='/x'><img src='data:,' alt=''> Town hall</a>",
)
def alt_repeats_text(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    places = {one.number: at for each in shown.elements for at, one in enumerate(each.children)}
    for element in shown.tagged("img"):
        said = plain(element.attributes.get("alt", ""))
        if len(said) < 3 or not element.exposed:
            continue
        where = next((place for place, text in _beside(element, places) if plain(text) == said), "")
        if where:
            yield needs_review(
                element,
                f"The same words are heard twice: in `alt` and in {where}.",
                measured=f"“{element.attributes['alt'][:60]}”",
            )


def _beside(image: Element, places: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    for around in image.ancestors():
        if around.tag in ("a", "button") or around.role in ("link", "button"):
            yield "the link", around.text_content
        elif around.tag == "figure":
            captions = [one for one in around.children if one.tag == "figcaption"]
            if captions:
                yield "the caption", captions[0].text_content
    at = image
    if image.parent and image.parent.tag in ("a", "picture", "span"):
        at = image.parent
    if at.parent is None:
        return
    yield "the text beside it", at.parent.text
    index = places[at.number]
    for other in at.parent.children[max(0, index - 1) : index + 2]:
        if other is not at and other.exposed:
            yield "the text beside it", other.text_content[:500]


@check(
    "alt-and-title",
    criteria=["1.1.1"],
    title="An image has a title instead of an alternative, or one that differs from it",
    method="Images with `title` and no `alt`; with an `alt` that has no word of the title; and, as "
    "advice, with both the same.",
    limits="A title may add something that few need.",
    fix="Say all that matters in `alt`, and leave the title out.",
    broken="<img src='data:,' title='The town hall'>",
    sound="<img src='data:,' alt='The town hall'>",
)
def alt_and_title(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.tagged("img", "area"):
        title, alt = element.attributes.get("title", "").strip(), element.attributes.get("alt")
        if not title or not element.exposed:
            continue
        measured = f"title “{title[:60]}”"
        if alt is None:
            if not any(name in element.attributes for name in ("aria-label", "aria-labelledby")):
                yield needs_review(
                    element, "Only its title names it, which few hear or see.", measured=measured
                )
        elif plain(alt) == plain(title):
            yield advice(element, "The title repeats the alternative.", measured=measured)
        elif alt.strip() and not _stems(alt) & _stems(title):
            yield needs_review(
                element,
                "The title says something else than the alternative.",
                measured=f"{measured}, alt “{alt[:60]}”",
            )


def _stems(text: str) -> set[str]:
    return {word[:5] for word in plain(text).replace("-", " ").split() if len(word) > 2}


_LONG = 150
_TOO_LONG = 300
"""Characters that nobody can go back in, word by word: that is a text, and belongs beside."""


@check(
    "alt-wordy",
    criteria=["1.1.1"],
    title="The alternative of an image is long, or begins with “image of”",
    method=f"`alt` of more than {_LONG} characters, and `alt` that begins with “image of”, "
    "“picture of”, «зображення», «фото»: screen readers say by themselves that it is an image. "
    f"From {_TOO_LONG} characters on it is for a person.",
    limits="A text in an image may need many words.",
    fix="Two or three facts in `alt`; the rest in the text beside it.",
    broken="<img src='data:,' alt='Image of a baker'>",
    sound="<img src='data:,' alt='A baker'>",
)
def alt_wordy(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.tagged("img", "area"):
        alt = element.attributes.get("alt", "").strip()
        if len(alt) > _LONG and element.exposed:
            report = needs_review if len(alt) > _TOO_LONG else advice
            yield report(element, "The alternative is long.", measured=f"{len(alt)} characters")
        elif element.exposed and says("image-of", " ".join(plain(alt).split()[:2])):
            yield advice(element, "It begins with what is said anyway.", measured=f"“{alt[:50]}”")


# What has no alternative, and may need one. -----------------------------------------------------


@check(
    "alt-empty-on-content",
    criteria=["1.1.1"],
    title="An image that seems to say something is hidden from who does not see it",
    method="An image with an empty `alt`, a presentational role or `aria-hidden`, that has a title "
    "or a caption, is a map of links, stands alone in its paragraph, is called a chart, a map or "
    "the like by its file, or whose pixels look like lines of text.",
    limits="Whether an image means something is for a person. Pixels of other sites cannot be "
    "read; of a page at most twelve images are looked into.",
    fix="Say in `alt` what the image shows.",
    broken="<figure><img src='data:,' width=90 height=90 alt=''>"
    "<figcaption>Figure 1</figcaption></figure>",
    sound="<p><img src='data:,' alt='' width=16 height=16> The office is open.</p>",
)
def alt_empty_on_content(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    facts = page.once(imagery)
    for element in shown.tagged("img")[:_MOST]:
        if not element.visible or not _is_hidden_from_listeners(element):
            continue
        if _named_around(element):
            continue
        reason = _seems_content(element, facts.get(element.number), page)
        if reason:
            yield needs_review(
                element,
                f"Nobody hears of it, and {reason}.",
                measured=f"{element.box.width:.0f} × {element.box.height:.0f} px",
            )


def _is_hidden_from_listeners(element: Element) -> bool:
    attributes = element.attributes
    hidden = element.rendered and not element.exposed
    if attributes.get("role", "") in ("presentation", "none") or hidden:
        return True
    return not attributes.get("alt", "x").strip() and not attributes.get("aria-label")


def _named_around(element: Element) -> bool:
    return any(
        around.attributes.get("role") == "img" and around.name for around in element.ancestors()
    )


def _seems_content(element: Element, fact: Imagery | None, page: Page) -> str:
    attributes = element.attributes
    if element.exposed and attributes.get("title", "").strip():
        return "it has a title"
    if attributes.get("usemap"):
        return "it is a map of links"
    figure = element.closest("figure")
    if figure and any(
        one.tag == "figcaption" and one.text_content.strip() for one in figure.descendants()
    ):
        return "it has a caption"
    box = element.box
    if min(box.width, box.height) < 24:
        return ""
    if fact and fact.lines and box.width >= 80 and not _text_repeats(element):
        return "its pixels look like text"
    if fact and _calls_itself(fact.file) and box.area > 10_000:
        return f"its file is called “{fact.file[:40]}”"
    if box.width >= 200 and box.height >= 150 and _stands_alone(element, page):
        return "it stands by itself in the text"
    return ""


def _calls_itself(file: str) -> bool:
    return mentions("image-of-content", re.sub(r"[-_.+\d]+", " ", file))


def _text_repeats(element: Element) -> bool:
    """Whether words stand right beside it, in its link or button."""
    around = element.closest("a", "button")
    return around is not None and letters(around.text_content) > 2


_RUNNING = {"p", "figure", "article", "main", "section", "body", "td", "dd", "li"}


def _stands_alone(element: Element, page: Page) -> bool:
    parent = element.parent
    while parent is not None and parent.tag in ("picture", "center"):
        parent = parent.parent
    if parent is None or parent.tag not in _RUNNING or element.closest("header", "aside", "nav"):
        return False
    if parent.tag in ("li", "td", "dd", "p", "figure") and letters(parent.text_content) > 2:
        return False
    if (
        element.box.width >= page.snapshot.viewport[0] * 0.95
        or element.style.get("position") != "static"
    ):
        return False
    return not _carries_text(element, page, 0.0)


@check(
    "image-of-text",
    criteria=["1.4.5"],
    title="Text seems to be written in an image",
    method="The pixels of images and backgrounds of this site are looked at: one plain colour, and "
    "bands of rows in which dark and light change as often as in letters, between rows in which "
    "they do not. Logos are left out, and so are charts, maps and screenshots.",
    limits="No text is read. Images of other sites, of many colours, beyond the first twelve "
    "of a page, or with tiny text are not recognised; patterns may be taken for text.",
    fix="Write the text as text, and style it by CSS.",
    broken="<img width=400 height=60 alt='Half price on all shoes today' src=\"data:image/svg+xml,"
    "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='60'><rect width='400' height='60' "
    "fill='white'/><text x='8' y='38' font-size='26'>Half price on all shoes today</text>"
    '</svg>">',
    sound="<p style='font-size: 26px'>Half price on all shoes today</p>",
)
def image_of_text(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for number, fact in page.once(imagery).items():
        element = shown.elements[number]
        if not fact.lines or element.box.height < 12 or element.box.width < 40:
            continue
        said = " ".join([fact.file, element.attributes.get("class", ""), _name(element)])
        said = re.sub(r"[-_.+]+", " ", said)
        if mentions("essential-image", said) or _calls_itself(said):
            continue
        yield needs_review(
            element,
            "It looks like lines of text.",
            measured=f"{fact.lines} line{'s' if fact.lines > 1 else ''}",
        )


@check(
    "alt-on-decoration",
    criteria=["1.1.1"],
    title="An image that cannot be seen has words",
    method="Images of at most three pixels either way with a name, such as spacers and counters.",
    limits="Someone may use them to talk to listeners alone.",
    fix='`alt=""`; or put the words into the page for everyone.',
    broken="<img src='data:,' alt='spacer line' width=1 height=1>",
    sound="<img src='data:,' alt='' width=1 height=1>",
)
def alt_on_decoration(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.tagged("img"):
        alt = element.attributes.get("alt", "").strip()
        sizes = [element.attributes.get(name, "") for name in ("width", "height")]
        tiny = all(size.isdecimal() and int(size) <= 3 for size in sizes)
        if alt and tiny and element.exposed:
            yield needs_review(
                element, "It is heard and not seen.", measured=f"{sizes[0]} × {sizes[1]} px"
            )


@check(
    "background-image-content",
    criteria=["1.1.1"],
    title="A background image seems to say something, and has no alternative",
    method="Elements without text in or over them, with a background image of 40 × 40 px and more: "
    "in a link or button whose name comes from nothing else, called a chart, a photo or a logo by "
    "their file or class, or of 8,000 px² and more outside of the page's header, footer and "
    "navigation.",
    limits="Whether a background means something is for a person.",
    fix="Use `<img alt>`; or `role=img` with `aria-label`.",
    broken="<main><div style='width: 300px; height: 200px; background: url(chart.png)'></div>"
    "</main>",
    sound="<main><div role=img aria-label='Visitors doubled in May' style='width: 300px; height: "
    "200px; background: url(chart.png)'></div></main>",
)
def background_image_content(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for element in islice(filter(background, shown.elements), _MOST):
        if not element.visible or not element.exposed:
            continue
        box = element.box
        if box.width < 40 or box.height < 40 or element.tag in ("body", "html", "img", "video"):
            continue
        if _is_named(element) or letters(element.text_content) > 1 or _has_media(element):
            continue
        if box.width >= shown.viewport[0] * 0.95 or _carries_text(element, page, 0.5):
            continue
        url = background(element)
        said = re.sub(r"[-_./+\d]+", " ", f"{url[-80:]} {element.attributes.get('class', '')}")
        called = mentions("image-of-content", said) or mentions("essential-image", said)
        large = box.area >= 8000 and not element.closest("header", "footer", "nav")
        if called or large:
            yield needs_review(
                element,
                "The image is drawn by CSS, and nothing says what it shows.",
                measured=f"{box.width:.0f} × {box.height:.0f} px",
            )


def _is_named(element: Element) -> bool:
    names = ("aria-label", "aria-labelledby", "title")
    around = [element, *islice(element.ancestors(), 3)]
    if any(one.attributes.get(name, "").strip() for one in around for name in names):
        return True
    link = element.closest("a", "button")
    return link is not None and letters(link.name) > 1


def _has_media(element: Element) -> bool:
    media = ("img", "svg", "video", "iframe", "canvas", "input", "button", "select", "textarea")
    return any(one.tag in media for one in element.descendants())


def _first_lines(page: Page) -> list[Box]:
    """The first line of each text, from the top; for `page.once`."""
    lines = (text.lines[0] for text in page.snapshot.texts if text.lines)
    return sorted(lines, key=lambda line: line.y)


_LINE = 200
"""CSS px that no line is higher than."""


def _carries_text(element: Element, page: Page, share: float) -> bool:
    """Whether text is drawn over it, with that share of a line: then text stands on it."""
    lines = page.once(_first_lines)
    start = bisect_left(lines, element.box.y - _LINE, key=lambda line: line.y)
    for line in lines[start:]:
        if line.y > element.box.bottom:
            return False
        if line.intersection(element.box).area > share * line.area:
            return True
    return False


_GRAPHICS = {"svg": "drawing", "canvas": "canvas", "embed": "embedded object"}


@check(
    "graphic-without-name",
    criteria=["1.1.1"],
    title="A drawing, a canvas or an embedded object has no alternative",
    method="`<svg>`, `<canvas>` and `<embed>` that can be seen and are neither hidden from "
    "assistive technology nor named: drawings of 48 px and more, or smaller ones that are all "
    "that a cell, an item or a block shows; canvases without content of their own.",
    limits="Decoration needs no name, only `aria-hidden`. What axe reports (`role=img`) is left "
    "to it.",
    fix="`role=img` with `aria-label`, or `aria-hidden=true` where it means nothing.",
    broken="<canvas width=300 height=150></canvas>",
    sound="<canvas width=300 height=150 role=img aria-label='Visitors by month'></canvas>",
)
def graphic_without_name(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.tagged(*_GRAPHICS):
        if not element.visible or not element.exposed or element.parent is None:
            continue
        if element.name.strip() or "role" in element.attributes or _is_named(element):
            continue
        if any(around.tag in _GRAPHICS or around.role == "img" for around in element.ancestors()):
            continue
        if element.closest("a", "button", "label", "summary") or element.text_content.strip():
            continue
        small = min(element.box.width, element.box.height) < 48
        if element.tag != "svg" and (min(element.box.width, element.box.height) < 20):
            continue
        if element.tag == "svg" and small and letters(reading.text(_block(element))) > 0:
            continue
        if min(element.box.width, element.box.height) < 8:
            continue
        yield needs_review(
            element,
            f"The {_GRAPHICS[element.tag]} has no name and is not hidden from listeners.",
            measured=f"{element.box.width:.0f} × {element.box.height:.0f} px",
        )


def _block(element: Element) -> Element:
    inner = ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
    return element.closest(*inner) or (element.parent or element)


_ALL_THAT_A_CELL_SHOWS = ("td", "th", "li", "dd", "dt", "p")
_MARK_CLASS = re.compile(
    r"(?:^|[\s_-])(?:icon|icons|ico|fa|fas|far|fab|bi|glyphicon|star|stars|rating|check|checked|tick|"
    r"cross|badge|flag|status|dot|light)(?:$|[\s_-])",
    re.IGNORECASE,
)


@check(
    "icon-without-text",
    criteria=["1.1.1"],
    title="An icon is all that is said, and it says nothing",
    method="Cells, items and paragraphs without text, name or alternative, in which something is "
    "drawn by an icon font, by CSS content, or by a coloured box whose class says that it is an "
    "icon, a star or a mark.",
    limits="Whether the mark tells anything, as “yes” in a cell does, is for a person. Links and "
    "buttons without a name are axe's.",
    fix="`role=img` with `aria-label` on what is drawn; or visually hidden words beside it.",
    broken="<style>.star { display: inline-block; width: 20px; height: 20px; background: #b45309 }"
    "</style><p><i class=star></i><i class=star></i></p>",
    sound="<style>.star { display: inline-block; width: 20px; height: 20px; background: #b45309 }"
    "</style><p><span role=img aria-label='Two stars'><i class=star></i><i class=star></i></span>"
    "</p>",
)
def icon_without_text(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    told: set[int] = set()
    for element in page.snapshot.tagged(*_ALL_THAT_A_CELL_SHOWS):
        if not element.visible or not element.exposed or not element.children:
            continue
        inside = list(islice(element.descendants(), 40))
        if any(_speaks(one) for one in (element, *inside)) or element.closest("a", "button"):
            continue
        heard = reading.text(element, exposed=True)
        marks = [one for one in inside if one.visible and _is_mark(one)]
        if not marks or any(sign.isalnum() and not _is_private(sign) for sign in heard):
            continue
        around = element.parent.closest("table", "ul", "ol", "dl") if element.parent else None
        if around is None or around.number not in told:
            told.add(around.number if around else element.number)
            yield needs_review(
                marks[0],
                "It stands alone, and nothing is heard of it.",
                measured=marks[0].attributes.get("class", "")[:60],
            )


def _speaks(element: Element) -> bool:
    if element.tag in ("img", "svg", "input", "select", "textarea", "button", "a", "iframe"):
        return True
    return element.is_host or any(
        element.attributes.get(name, "").strip() for name in ("aria-label", "aria-labelledby")
    )


def _is_mark(element: Element) -> bool:
    drawn = element.before + element.after
    if any(map(_is_private, drawn + element.text)):
        return True
    marked = bool(_MARK_CLASS.search(element.attributes.get("class", "")))
    return marked and (is_painted(element) or bool(drawn.strip("\"' ")) or _is_masked(element))


def _is_private(sign: str) -> bool:
    """Icon fonts have their signs there."""
    return "\ue000" <= sign <= "\uf8ff"


def _is_masked(element: Element) -> bool:
    return element.style.get("mask-image", "none") not in ("", "none")


@check(
    "longdesc-broken",
    criteria=["1.1.1"],
    title="The long description of an image leads nowhere",
    method="`longdesc` that is empty, has words instead of an address, leads to an image or to a "
    "fragment that the page does not have; and an image's `aria-describedby` of nothing.",
    limits="Other pages are not asked for.",
    fix="Describe the image in the page, and refer to it by `aria-describedby` or a link.",
    broken="<img src='data:,' alt='Chart' longdesc='A chart of visitors by month'>",
    sound="<img src='data:,' alt='Chart' longdesc='#d'><p id=d>January 12, May 24.</p>",
)
def longdesc_broken(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for element in shown.tagged("img"):
        for name in element.attributes.get("aria-describedby", "").split():
            if shown.by_id(name) is None:
                yield needs_review(element, "Its description is not there.", measured=f"#{name}")
        value = element.attributes.get("longdesc")
        if value is None or not element.exposed:
            continue
        value = value.strip()
        if not value or " " in value:
            yield fails(element, "`longdesc` is no address.", measured=f"“{value[:60]}”")
        elif value.startswith("#") and shown.by_id(value[1:]) is None:
            yield fails(element, "The page has no such place.", measured=value)
        elif _ENDING.search(value):
            yield needs_review(element, "It leads to an image.", measured=value[:80])


# Drawings made of characters. -------------------------------------------------------------------

_EMOTICON = re.compile(
    r"(?<![\w:;=/])[:;][-o^']?[)(DPp|/\\](?![\w/])|¯\\_\(ツ\)_/¯|\(╯°□°\)|<3(?!\d)"
)
_LINE_OF_SIGNS = re.compile(r"^\s*(?:([-=_*~#+.•·—–])(?:\s?\1){7,}|(?:[-=_*~#+]{2,4}\s?){4,})\s*$")
_DRAWN = re.compile(r"[^\w\s.,:;!?'\"()«»„“”–—…-]")


@check(
    "text-drawing",
    criteria=["1.1.1"],
    title="A picture is drawn with characters",
    method="`<pre>` and other text that keeps its spaces, of three lines and more, in which less "
    "than a third of the signs are letters or digits and most of the others are no punctuation; "
    "faces such as ;-) in text; and lines such as ********. Nothing is said of what has a name or "
    "is hidden.",
    limits="Code with few words may look like a drawing.",
    fix="`role=img` with `aria-label`; or an image.",
    broken="<pre>\n  /\\_/\\  \n ( o.o ) \n  > ^ <  \n /|___|\\ \n</pre>",
    sound="<pre role=img aria-label='A cat'>\n  /\\_/\\  \n ( o.o ) \n  > ^ <  \n</pre>",
)
def text_drawing(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.elements:
        if not element.exposed or not element.text or element.role == "img":
            continue
        if element.number in reading.raw:
            if _is_drawing(reading.raw[element.number]) and not _is_named(element):
                yield needs_review(
                    element,
                    "It would be read out sign by sign.",
                    measured=f"{len(element.text)} signs",
                )
        elif element.closest("code", "pre", "kbd", "samp"):
            continue
        elif _LINE_OF_SIGNS.match(element.text) and not element.children:
            yield needs_review(
                element, "A line is drawn with signs.", measured=element.text.strip()[:30]
            )
        elif found := _EMOTICON.search(element.text):
            yield needs_review(element, "A face is made of punctuation.", measured=found[0])


def _is_drawing(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    signs = [sign for sign in text if not sign.isspace()]
    if len(lines) < 3 or len(signs) < 12:
        return False
    words = sum(map(str.isalnum, signs)) / len(signs)
    return words < 0.34 and len(_DRAWN.findall(text)) > len(signs) * 0.4
