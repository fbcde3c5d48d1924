"""Forms: labels, groups, hints, errors, and what they ask of people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from ..fields import Field, choices, fields
from ..findings import Box
from ..page import Page
from ..reading import input_type, is_field, read, referred
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import letters, mentions, plain, says
from .check import Found, advice, check, fails, needs_review

# Groups. -----------------------------------------------------------------------------------------


@check(
    "group-without-name",
    criteria=["1.3.1", "3.3.2"],
    title="Radio buttons or boxes that belong together have no common name",
    method="Radio buttons of one name, and three and more boxes side by side, that are in no "
    "`<fieldset>` with a `<legend>` and in no `role=group` or `radiogroup` with a name. It fails "
    "where a text before radio buttons asks the question (it ends with ? or :, or is bold). "
    "Fields in one line, such as day, month and year, whose common text is in none of their names "
    "and no group's, are for a person.",
    limits="Labels may say it all by themselves.",
    fix="Put them into `<fieldset>` with the question as its `<legend>`.",
    broken="<p>How do you pay?</p><label><input type=radio name=p> In cash</label> <label><input "
    "type=radio name=p> By card</label>",
    sound="<fieldset><legend>How do you pay?</legend><label><input type=radio name=p> In cash"
    "</label> <label><input type=radio name=p> By card</label></fieldset>",
)
def group_without_name(page: Page, _: Variant) -> Iterator[Found]:
    for group in choices(fields(page)):
        first = group[0]
        if any(_is_grouped(field) for field in group) or _tells_by_itself(group):
            continue
        if first.type == "checkbox" and len(group) < 3:
            continue
        if first.element.closest("table"):
            continue
        question = _question(first)
        measured = f"{len(group)} of type {first.type}"
        if question and first.type == "radio":
            yield fails(
                first.element,
                f"“{question[:60]}” stands before the choice and is not tied to it.",
                measured=measured,
                # It is there for those who see it, which is all that 3.3.2 asks for.
                criteria=["1.3.1"],
            )
        else:
            yield needs_review(
                first.element, "Nothing names what is chosen among them.", measured=measured
            )

    yield from _parts_without_name(page)


def _parts_without_name(page: Page) -> Iterator[Found]:
    """Fields in one line after a text that says of all what it is about, as a date's have."""
    lines: dict[Element, list[Field]] = defaultdict(list)
    for field in fields(page):
        parent = field.element.parent
        if parent is not None and field.type in _PARTS and not field.label_text:
            lines[parent].append(field)
    for line, parts in lines.items():
        if len(parts) < 2 or any(map(_is_grouped, parts)) or line.closest("table"):
            continue
        before = parts[0].reading.parts(line)
        before = before[: before.index(parts[0].element)]
        text = plain(
            " ".join(one if isinstance(one, str) else parts[0].reading.text(one) for one in before)
        )
        if letters(text) > 2 and all(
            one.element.name.strip() and text not in plain(one.element.name) for one in parts
        ):
            yield needs_review(
                parts[0].element,
                f"“{text[:60]}” stands before several fields and is tied to none.",
                measured=f"{len(parts)} fields",
            )


_PARTS = {"text", "number", "tel", "select"}


def _is_grouped(field: Field) -> bool:
    """Whether a group around it has a name. A name that says nothing is another check's."""
    group = field.group
    if group is None:
        return False
    return bool(group.name.strip()) or any(child.tag == "legend" for child in group.children)


def _tells_by_itself(group: list[Field]) -> bool:
    """Labels by reference to a question and an answer both."""
    return all(len(referred(field.element, "aria-labelledby")) > 1 for field in group)


def _question(first: Field) -> str:
    """The text just before the first choice, where it reads like a question."""
    at = first.wrapper if first.wrapper is not first.element else first.element
    for around in (at, *list(at.ancestors())[:2]):
        if around.parent is None or around.tag in ("form", "main", "body", "section", "dialog"):
            return ""
        siblings = around.parent.children
        place = siblings.index(around)
        before = [one for one in siblings[:place] if one.visible and one.tag not in ("input", "br")]
        if before:
            text = first.reading.text(before[-1])
            # A heading belongs to all that follows, and mostly asks nothing.
            bold = before[-1].px("font-weight", 400) >= 600 and not before[-1].heading_level
            is_other = any(is_field(inside) for inside in before[-1].descendants())
            asks = text.rstrip(" *").endswith(("?", ":")) or bold
            return text if asks and len(text) < 150 and not is_other else ""
    return ""


@check(
    "legend-wrong",
    criteria=["1.3.1"],
    title="A fieldset has no legend that names it",
    method="`<fieldset>` with at least two fields whose name is empty: without `<legend>` (for a "
    "person), with an empty one, or with one that is not its own child (these fail). A legend that "
    "is not the first child, and a fieldset around a single field, are looked at too.",
    limits="A fieldset may only disable what is in it.",
    fix="Write `<legend>` as the first child of `<fieldset>`.",
    broken="<fieldset><legend></legend><label>Street <input></label> <label>Town <input></label>"
    "</fieldset>",
    sound="<fieldset><legend>Address</legend><label>Street <input></label> <label>Town <input>"
    "</label></fieldset>",
)
def legend_wrong(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for element in page.snapshot.tagged("fieldset"):
        if not element.exposed or element.attributes.get("role") in ("presentation", "none"):
            continue
        inside = [one for one in element.descendants() if is_field(one) and one.exposed]
        legends = [one for one in element.descendants() if one.tag == "legend"]
        own = [child for child in element.children if child.tag == "legend"]
        named = element.attributes.get("aria-label") or element.attributes.get("aria-labelledby")
        nested = any(one.tag == "fieldset" for one in element.descendants())
        if own and not reading.text(own[0], exposed=True) and not _has_picture(own[0]):
            if not named:
                yield fails(own[0], "The legend is empty, and the group has no name.")
        elif not own and legends and not named and not nested:
            yield fails(legends[0], "The legend is no child of its fieldset, and does not name it.")
        elif not own and not named and len(inside) > 1:
            yield needs_review(element, "The group has no name.", measured=f"{len(inside)} fields")
        elif own and element.children[0] is not own[0]:
            yield needs_review(own[0], "The legend is not the first child of its fieldset.")
        elif own and len(inside) == 1 and not nested:
            kind = input_type(inside[0])
            report = needs_review if kind == "radio" else advice
            yield report(
                element, "The group is of one field.", measured=f"one field of type {kind}"
            )
    for legend in page.snapshot.tagged("legend"):
        if legend.exposed and not legend.closest("fieldset"):
            yield fails(legend, "A legend outside of a fieldset names nothing.")


def _has_picture(element: Element) -> bool:
    return any(inside.tag in ("img", "svg") for inside in element.descendants())


# Labels. -----------------------------------------------------------------------------------------

_LABELABLE = {"button", "input", "meter", "output", "progress", "select", "textarea"}


@check(
    "label-points-nowhere",
    criteria=["1.3.1"],
    title="A label belongs to no field",
    method="`<label for>` whose id is not in the page or belongs to something that cannot have a "
    "label, and that nothing refers to by `aria-labelledby`: this fails. A label without `for` and "
    "without a field in it is for a person.",
    limits="A script may bring the field later.",
    fix="Write the field's id in `for`.",
    broken="<label for=e-mail>E-mail</label> <input id=email aria-label=E-mail>",
    sound="<label for=email>E-mail</label> <input id=email>",
)
def label_points_nowhere(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    referring = {id_ for one in shown.elements for id_ in referred(one, "aria-labelledby")}
    for label in shown.tagged("label"):
        if not label.exposed or not reading.text(label) or label.attributes.get("id") in referring:
            continue
        inside = any(one.tag in _LABELABLE or "-" in one.tag for one in label.descendants())
        target = label.attributes.get("for")
        if target is None:
            if not inside:
                yield needs_review(label, "It is tied to no field.", measured="no for, no field")
            continue
        there = shown.by_id(target)
        if there is None and shown.complete:
            yield fails(label, "No element has the id.", measured=f"for=“{target}”")
        elif there is not None and there.tag not in _LABELABLE and "-" not in there.tag:
            yield fails(label, f"<{there.tag}> can have no label.", measured=f"for=“{target}”")
        elif there is not None and input_type(there) == "hidden":
            yield fails(label, "A hidden field can have no label.", measured=f"for=“{target}”")


@check(
    "label-not-visible",
    criteria=["3.3.2"],
    title="A field has no visible label",
    method="Fields with a name for assistive technology and no visible label: the name comes from "
    "`placeholder`, `title`, `aria-label` or a hidden label. Left out: search fields, fields in "
    "tables, and fields with visible text just before or after them or a button beside them.",
    limits="Whether what is around says enough is for a person.",
    fix="Show a `<label>`.",
    broken="<form><p><input type=text placeholder='First name' name=n></p><p><label>Town <input>"
    "</label></p></form>",
    sound="<form role=search><input type=search aria-label='Search the site'><button>Search"
    "</button></form>",
)
def label_not_visible(page: Page, _: Variant) -> Iterator[Found]:
    for field in fields(page):
        element = field.element
        if not element.visible or field.label_text or not element.name.strip():
            continue
        if field.is_search or element.closest("table", "td") or field.type in ("file", "range"):
            continue
        if field.labels and any(_has_picture(label) for label in field.labels if label.visible):
            continue
        if field.texts_around() or _text_beside(field):
            continue
        source = _name_source(field)
        yield needs_review(
            element, "What it asks for is not shown beside it.", measured=f"name from {source}"
        )


def _name_source(field: Field) -> str:
    attributes = field.element.attributes
    if attributes.get("aria-label"):
        return "placeholder and aria-label" if attributes.get("placeholder") else "aria-label"
    if field.labels:
        return "a hidden label"
    return next((name for name in ("title", "placeholder") if attributes.get(name)), "elsewhere")


def _text_beside(field: Field) -> bool:
    """Whether visible text stands in the same line or just above: another field's label does not
    count."""
    box = field.element.box
    at = field.wrapper
    if at.parent is None:
        return False
    for one in at.parent.children:
        near = abs(one.box.bottom - box.y) < 40 or abs(one.box.y - box.y) < 12
        if one is at or not near or not one.visible or one.tag in ("button", "a"):
            continue
        if any(is_field(inside) for inside in (one, *one.descendants())):
            continue
        if letters(field.reading.text(one)) > 1:
            return True
    own = field.reading.parts(at.parent)
    return any(isinstance(part, str) and letters(part) > 1 for part in own)


_FAR = 250
"""CSS px between a label and its field; at a zoom of 400 % a window shows 320."""


@check(
    "label-far-away",
    criteria=["3.3.2", "1.3.2"],
    title="A label stands far from its field",
    method="The gap between the text of a field's visible label and the field, sideways or up and "
    "down, is more than 250 CSS px.",
    limits="Whether lines or boxes lead the eye across is for a person.",
    fix="Put the label just above or beside its field.",
    broken="<form><p><label for=s>Street</label></p><p style='margin-top: 400px'><input id=s></p>"
    "<button>Send</button></form>",
    sound="<form><p><label for=s>Street</label></p><p><input id=s></p><button>Send</button></form>",
    depends_on=["viewport", "text_scale"],
)
def label_far_away(page: Page, _: Variant) -> Iterator[Found]:
    for field in fields(page):
        lines = [
            line
            for label in field.labels
            for part in (label, *label.descendants())
            if part.visible
            for line in part.lines
        ]
        if lines and field.element.visible and field.element.box.area > 4:
            gap = min(_gap(line, field.element.box) for line in lines)
            if gap > _FAR:
                yield needs_review(
                    field.element,
                    "Its label is not near it.",
                    measured=f"{gap:.0f} px",
                    needed=f"at most {_FAR} px",
                )


def _gap(one: Box, other: Box) -> float:
    """The larger of the gaps sideways and up and down; 0 where they touch."""
    sideways = max(one.x - other.right, other.x - one.right, 0.0)
    upright = max(one.y - other.bottom, other.y - one.bottom, 0.0)
    return max(sideways, upright)


@check(
    "label-says-nothing",
    criteria=["2.4.6", "3.3.2"],
    title="A label does not say what to fill in",
    method="Labels and legends whose whole text is a word such as “Field”, “Enter text” or «Поле», "
    "or has neither letter nor digit; fields of one group or form with the same label.",
    limits="Words are known in eight languages.",
    fix="Say what is asked for.",
    broken="<label>Field <input></label>",
    sound="<label>Street <input></label>",
)
def label_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    for legend in page.snapshot.tagged("legend"):
        text = reading.text(legend, exposed=True)
        if text and legend.exposed and says("vague-label", text):
            yield needs_review(legend, "It would name any group.", measured=f"“{text[:60]}”")
    seen: dict[tuple[object, ...], Field] = {}
    for field in fields(page):
        name = field.element.name.strip()
        if not name or field.is_search:
            continue
        if says("vague-label", name) and not field.element.closest("table"):
            yield needs_review(
                field.element, "The label would fit any field.", measured=f"“{name[:60]}”"
            )
        elif not any(map(str.isalnum, name)):
            yield needs_review(field.element, "The label is a sign.", measured=f"“{name}”")
        elif not field.element.closest("table"):
            yield from _same(field, name, seen)


def _same(field: Field, name: str, seen: dict[tuple[object, ...], Field]) -> Iterator[Found]:
    group = field.group
    choice = field.element.attributes.get("name", "") if field.is_choice else ""
    form = field.form.number if field.form else -1
    section = _section(field) if group is None else group.number
    key = (plain(name), section, form, choice)
    other = seen.setdefault(key, field)
    if other is not field:
        yield needs_review(
            field.element, "Another field has the same label.", measured=f"“{name[:60]}” twice"
        )


def _section(field: Field) -> int:
    """The section that it stands in: fields of several may have the same label."""
    around = field.element.closest("section", "article", "li", "dialog")
    return around.number if around else 0


@check(
    "required-not-said",
    criteria=["1.3.1", "3.3.2"],
    title="It is not said to everybody which fields must be filled in",
    method="A label marked by a star, a word or a class while its field has neither `required` nor "
    "`aria-required`; a field with them and no mark or word that can be seen, in a form that does "
    "not say that all are required; stars that no text of the form explains, and, as advice, stars "
    "that are explained only after the last field.",
    limits="Marks that are pictures are not read.",
    fix="Write `required` on the field and “(required)” in its label.",
    broken="<form><p>* required</p><label>Street * <input></label><label>Town "
    "<input></label></form>",
    sound="<form><p>* required</p><label>Street * <input required></label><label>Town <input>"
    "</label></form>",
)
def required_not_said(page: Page, _: Variant) -> Iterator[Found]:
    texts: dict[int, str] = {}
    starred: dict[int, Field] = {}
    usable = [field for field in fields(page) if field.is_usable and field.type != "search"]
    together: dict[Element | None, list[Field]] = defaultdict(list)
    for field in usable:
        if not field.is_choice:
            together[field.form].append(field)
    secret = {form for form, same in together.items() if any(o.type == "password" for o in same)}
    every = {form for form, same in together.items() if all(one.is_required for one in same)}
    for field in usable:
        around = _explaining(field, page.snapshot)
        if around.number not in texts:
            texts[around.number] = " ".join(_whole(around))
        said = texts[around.number]
        star, word = _marks(field)
        same = together[field.form]
        if (star or word) and not field.is_required and not _is_in_required_group(field):
            yield needs_review(
                field.element,
                "It is marked as required for those who see, and not in the code.",
                measured="no required, no aria-required",
            )
        elif field.is_required and not (star or word) and not _marked_nearby(field):
            # What a login asks for nobody takes for optional.
            alone = len(same) < (3 if field.form in secret else 2) or field.is_search
            told = mentions("required", said) or mentions("optional", said) or "*" in said
            if (
                not alone
                and not field.is_choice
                and (not told or ("*" in said and field.form not in every))
            ):
                yield needs_review(
                    field.element, "It is required, and nothing that can be seen says so."
                )
        if star and not word:
            starred.setdefault(around.number, field)
    for number, field in starred.items():
        if not _explains_star(texts[number]):
            yield needs_review(
                field.element, "No text says what the star at its label means.", measured="*"
            )
        elif _is_explained_late(page.snapshot.elements[number], together[field.form]):
            yield advice(
                field.element,
                "What the star means is said after the last field, when it is too late.",
                measured="*",
            )


def _is_explained_late(around: Element, same: list[Field]) -> bool:
    """Whether the short texts that explain a star all come after the fields."""
    places = [
        one.number
        for one in around.descendants()
        if one.visible and _explains_star(_beginning(one))
    ]
    last = max((field.element.number for field in same), default=-1)
    return bool(places) and 0 <= last < min(places)


def _beginning(element: Element) -> str:
    return " ".join([element.text, *(one.text for one in islice(element.descendants(), 4))])[:200]


def _marked_nearby(field: Field) -> bool:
    """Whether a mark stands beside it that no label ties to it, or it cannot be seen."""
    around = field.wrapper.parent or field.wrapper
    inside = (around, *islice(around.descendants(), 60))
    text = " ".join(one.text for one in inside if one.visible)
    return not field.element.visible or "*" in text or mentions("required", text)


def _explaining(field: Field, shown: Snapshot) -> Element:
    """Where the marks would be explained: the form's parent, or the body."""
    if field.form is not None and field.form.parent is not None:
        return field.form.parent
    return shown.body or shown.root


def _whole(around: Element) -> Iterator[str]:
    for inside in (around, *around.descendants()):
        if inside.rendered:
            yield from filter(None, (inside.text, inside.before, inside.after))


def _explains_star(text: str) -> bool:
    """Whether a star and a word for required stand near each other."""
    for match in re.finditer(r"[*✱＊]|asterisk|star|зірочк", text.lower()):
        if mentions("required", text[max(0, match.start() - 60) : match.end() + 60]):
            return True
    return False


_REQUIRED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:required|mandatory|is-required)(?:$|[\s_-])", re.IGNORECASE
)


def _marks(field: Field) -> tuple[bool, bool]:
    """Whether its labels are marked by a star, and by a word or a class."""
    parts = [part for label in field.labels for part in (label, *label.descendants())]
    group = field.group
    if field.type == "radio" and group is not None:
        parts += [
            part
            for child in group.children
            if child.tag == "legend"
            for part in (child, *child.descendants())
        ]
    texts = " ".join(
        filter(
            None,
            (
                text
                for part in parts
                if part.rendered
                for text in (part.text, part.before, part.after)
            ),
        )
    )
    star = any(sign in texts for sign in "*✱＊")
    word = mentions("required", texts) and not mentions("optional", texts)
    return star, word or any(
        _REQUIRED_CLASS.search(part.attributes.get("class", "")) for part in parts
    )


def _is_in_required_group(field: Field) -> bool:
    group = field.group
    return (
        field.is_choice
        and group is not None
        and (
            group.attributes.get("aria-required") == "true"
            or any("required" in one.attributes for one in group.descendants())
        )
    )


# What must be known to fill it in. ---------------------------------------------------------------

_ANYTHING = {"", ".*", ".+", "\\S+", ".*\\S.*", "\\S.*", "[\\s\\S]*", ".{1,}"}


@check(
    "format-not-said",
    criteria=["3.3.2"],
    title="A field wants its answer in a form that it does not tell",
    method="Fields for text with a `pattern`, with a `minlength` for a new password, or with a "
    "label of a date and no `type=date`, that have neither a description, a `title`, a "
    "placeholder, an example or figures in the label, nor a text beside them.",
    limits="Whether a pattern shuts out anything that people write is not known.",
    fix="Tell it before: “Date, such as 27 3 2026”, tied to the field by `aria-describedby`.",
    broken="<form><label>Number of the decision <input pattern='[0-9]{2}-[0-9]{4}'></label>"
    "<button>Find</button></form>",
    sound="<form><label>Number of the decision, such as 12-2026 <input pattern='[0-9]{2}-[0-9]{4}'>"
    "</label><button>Find</button></form>",
)
def format_not_said(page: Page, _: Variant) -> Iterator[Found]:
    for field in fields(page):
        attributes = field.element.attributes
        if not field.is_usable or not field.element.visible or field.is_choice:
            continue
        wanted = _wanted(field)
        if not wanted or _is_told(field):
            continue
        if attributes.get("readonly") is not None or attributes.get("list"):
            continue
        yield needs_review(
            field.element, "Nothing tells how the answer must be written.", measured=wanted
        )


def _wanted(field: Field) -> str:
    """What the field asks of its answer; empty where it takes anything."""
    attributes = field.element.attributes
    pattern = attributes.get("pattern", "").strip()
    if field.type in ("text", "password") and pattern not in _ANYTHING:
        return f"pattern={pattern[:50]}"
    least = attributes.get("minlength", "0").strip()
    is_new = "new-password" in attributes.get("autocomplete", "")
    if field.type == "password" and is_new and least.isdecimal() and int(least) > 1:
        return f"minlength={least}"
    parts = attributes.get("autocomplete", "").startswith(("bday-", "cc-"))
    if field.type == "text" and mentions("date", field.says) and not parts:
        narrow = field.element.attributes.get("maxlength", "99").strip()
        return "" if narrow in ("1", "2", "4") or _is_in_parts(field) else "a date as text"
    return ""


def _is_in_parts(field: Field) -> bool:
    """Whether day, month and year have a field each."""
    return field.group is not None and sum(map(is_field, field.group.descendants())) > 1


def _is_told(field: Field) -> bool:
    attributes = field.element.attributes
    hints = (attributes.get(name, "").strip() for name in ("title", "placeholder", "value"))
    if any(hints) or field.descriptions or any(sign.isdigit() for sign in field.says):
        return True
    if any(letters(field.reading.text(text)) > 3 for text in field.texts_around()):
        return True
    return mentions("hint", field.says) or bool(re.search(r"[(/,]", field.says))


_TITLE_OF_OPTIONS = re.compile(r"^\s*[-—–=_*•.#]{2,}.*\w.*|^\s*\w.*[-—–=_*]{2,}\s*$")


@check(
    "options-not-grouped",
    criteria=["1.3.1"],
    title="Options of a list look grouped and are not",
    method="Lists to choose from in which options that cannot be chosen, or are set between "
    "dashes, stand over others like titles, without `<optgroup>`; and `<optgroup>` without a "
    "`label`, which fails.",
    limits="A single one in the first place is a request to choose, and left out.",
    fix="`<optgroup label=…>` around the options that belong together.",
    broken="<label>Hall <select><option disabled>--- North ---<option>School<option disabled>--- "
    "South ---<option>Library</select></label>",
    sound="<label>Hall <select><optgroup label=North><option>School</optgroup><optgroup "
    "label=South><option>Library</optgroup></select></label>",
)
def options_not_grouped(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.snapshot.tagged("select"):
        if not one.exposed:
            continue
        inside = list(one.descendants())
        nameless = [
            group
            for group in inside
            if group.tag == "optgroup" and not group.attributes.get("label", "").strip()
        ]
        if nameless:
            yield fails(one, "A group of its options has no label.", measured="optgroup")
            continue
        if any(group.tag == "optgroup" for group in inside):
            continue
        options = [option for option in inside if option.tag == "option"][1:-1]
        titles = [
            option
            for option in options
            if letters(option.text) > 1
            and (_TITLE_OF_OPTIONS.match(option.text) or _is_title(option))
        ]
        if titles and len(titles) * 2 <= len(options) + 1:
            yield needs_review(
                one,
                "Some options seem to be titles of others.",
                measured=f"“{titles[0].text[:40]}”",
            )


def _is_title(option: Element) -> bool:
    return "disabled" in option.attributes and option.attributes.get("value", "") == ""
