"""Forms: labels, groups, hints, errors, and what they ask of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fields import Field, choices, fields
from ..page import Page
from ..reading import input_type, is_field, read, referred
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import letters, mentions, plain, says, words
from .check import Found, advice, check, fails, needs_review

# Groups. -----------------------------------------------------------------------------------------


@check(
    "group-without-name",
    criteria=["1.3.1", "3.3.2"],
    title="Radio buttons or boxes that belong together have no common name",
    method="Radio buttons of one name, and three and more boxes side by side, that are in no "
    "`<fieldset>` with a `<legend>` and in no `role=group` or `radiogroup` with a name. It fails "
    "where a text before radio buttons asks the question (it ends with ? or :, or is bold).",
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
            )
        else:
            yield needs_review(
                first.element, "Nothing names what is chosen among them.", measured=measured
            )


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
            bold = before[-1].px("font-weight", 400) >= 600 or before[-1].heading_level
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
            report = advice if kind == "checkbox" else needs_review
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
        if _is_search(field) or element.closest("table", "td") or field.type in ("file", "range"):
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


def _is_search(field: Field) -> bool:
    attributes = field.element.attributes
    said = " ".join(
        [field.element.name, *(attributes.get(name, "") for name in ("name", "id", "class"))]
    ).lower()
    form = field.form
    role = form.attributes.get("role", "") if form else ""
    searches = re.search(r"search|query|\bq\b|filter|find|пошук|знайти|шука|поиск", said)
    return field.type == "search" or role == "search" or bool(searches)


def _text_beside(field: Field) -> bool:
    """Whether visible text stands in the same line or just above: another field's label does not
    count."""
    box = field.element.box
    at = field.wrapper
    if at.parent is None:
        return False
    for one in at.parent.children:
        if one is at or not one.visible:
            continue
        if any(is_field(inside) for inside in (one, *one.descendants())):
            continue
        near = abs(one.box.bottom - box.y) < 40 or abs(one.box.y - box.y) < 12
        if near and letters(field.reading.text(one)) > 1 and one.tag not in ("button", "a"):
            return True
    own = field.reading.parts(at.parent)
    return any(isinstance(part, str) and letters(part) > 1 for part in own)


@check(
    "label-says-nothing",
    criteria=["2.4.6", "3.3.2"],
    title="A label does not say what to fill in",
    method="Labels and legends whose whole text is a word such as “Field”, “Enter text” or «Поле», "
    "or has neither letter nor digit; fields of one group or form with the same label.",
    limits="Words are known in English and Ukrainian.",
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
        if not name:
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
    "not say that all are required; stars that no text of the form explains.",
    limits="Marks that are pictures are not read.",
    fix="Write `required` on the field and “(required)” in its label.",
    broken="<form><p>* required</p><label>Street * <input></label><label>Town <input></label></form>",
    sound="<form><p>* required</p><label>Street * <input required></label><label>Town <input>"
    "</label></form>",
)
def required_not_said(page: Page, _: Variant) -> Iterator[Found]:
    reading = page.once(read)
    texts: dict[int, str] = {}
    starred: dict[int, Field] = {}
    usable = [field for field in fields(page) if field.is_usable and field.type != "search"]
    for field in usable:
        around = _explaining(field, page.snapshot)
        said = texts.setdefault(around.number, " ".join(_whole(around, reading)))
        star, word = _marks(field, page.snapshot)
        same = [one for one in usable if one.form is field.form and not one.is_choice]
        if (star or word) and not field.is_required and not _is_in_required_group(field):
            yield needs_review(
                field.element,
                "It is marked as required for those who see, and not in the code.",
                measured="no required, no aria-required",
            )
        elif field.is_required and not (star or word) and field.element.visible:
            alone = len(same) < 2 or _is_search(field)
            told = mentions("required", said) or mentions("optional", said) or "*" in said
            every = all(one.is_required for one in same)
            if not alone and not field.is_choice and (not told or ("*" in said and not every)):
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


def _explaining(field: Field, shown: Snapshot) -> Element:
    """Where the marks would be explained: the form's parent, or the body."""
    if field.form is not None and field.form.parent is not None:
        return field.form.parent
    return shown.body or shown.root


def _whole(around: Element, reading: object) -> Iterator[str]:
    del reading
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


def _marks(field: Field, shown: Snapshot) -> tuple[bool, bool]:
    """Whether its labels are marked by a star, and by a word or a class."""
    del shown
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


# Hints and errors. -------------------------------------------------------------------------------

_HINT_CLASS = re.compile(
    r"hint|help|descri|instruct|tip(?:$|[\s_-])|note|caption|sub-?text", re.IGNORECASE
)
_ERROR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:error|errors|invalid|invalid-feedback|danger|has-error|is-invalid|"
    r"field-error|validation)(?:$|[\s_-])",
    re.IGNORECASE,
)


@check(
    "hint-not-tied",
    criteria=["1.3.1", "3.3.2"],
    title="A hint is not tied to its field",
    method="Visible text in the box of one field, outside of its label, that has a class of hints, "
    "is `<small>`, or tells of a format or a limit, and that neither `aria-describedby` nor a label "
    "of the field refers to.",
    limits="Where a box holds several fields, the text is nobody's.",
    fix="Give the hint an id, and name it in the field's `aria-describedby`.",
    broken="<div><label for=p>Password</label><input id=p type=password><small>At least 8 "
    "characters</small></div>",
    sound="<div><label for=p>Password</label><input id=p type=password aria-describedby=h><small "
    "id=h>At least 8 characters</small></div>",
)
def hint_not_tied(page: Page, _: Variant) -> Iterator[Found]:
    for field in fields(page):
        for text in field.texts_around():
            said = field.reading.text(text)
            if letters(said) < 4 or field.is_tied(text) or _is_error(text, said):
                continue
            if "aria-live" in text.attributes or text.role in ("status", "alert", "tooltip"):
                continue
            is_hint = (
                text.tag == "small"
                or _HINT_CLASS.search(text.attributes.get("class", ""))
                or mentions("hint", said)
            )
            if is_hint and plain(said) not in plain(field.element.name):
                yield needs_review(
                    text,
                    "It tells how to fill in a field, and is not tied to it.",
                    measured=f"“{said[:60]}”",
                )


def _is_error(text: Element, said: str) -> bool:
    if text.tag in ("input", "select", "textarea", "label", "legend"):
        return False
    near = [text, *list(text.ancestors())[:1]]
    by_class = any(_ERROR_CLASS.search(one.attributes.get("class", "")) for one in near)
    return by_class or (_is_red(text.style.get("color", "")) and mentions("error", said))


def _is_red(colour: str) -> bool:
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)[:3]]
    if len(numbers) < 3 or not colour.startswith("rgb"):
        return False
    red, green, blue = numbers
    return red > 120 and red > green * 1.6 and red > blue * 1.4


@check(
    "error-not-tied",
    criteria=["1.3.1", "3.3.1"],
    title="An error is not tied to its field",
    method="A field with `aria-invalid`, a class of errors or a red border that no other field has: "
    "a message for it must be in text and be named by `aria-describedby`, `aria-errormessage` or a "
    "label. A visible message of errors in a field's box must be tied to it, and the field be "
    "`aria-invalid`. It fails where a field is said to be wrong and no text in the form says why.",
    limits="Errors that show after a form is sent are seen only in a page that has them.",
    fix="Give the message an id, name it in `aria-describedby`, and set `aria-invalid=true`.",
    broken="<form><label>Town <input aria-invalid=true></label><label>Street <input></label></form>",
    sound="<form><label>Town <input aria-invalid=true aria-describedby=e></label><span id=e>Enter "
    "the name of a town</span></form>",
)
def error_not_tied(page: Page, _: Variant) -> Iterator[Found]:
    found = fields(page)
    for field in found:
        element = field.element
        if field.is_choice and not element.attributes.get("aria-invalid"):
            continue
        invalid = element.attributes.get("aria-invalid", "false") in ("true", "grammar", "spelling")
        tied = [one for one in field.descriptions if field.reading.text(one)]
        texts = [
            text
            for text in field.texts_around()
            if _is_error(text, field.reading.text(text)) and letters(text.text) > 1
        ]
        loose = [text for text in texts if not field.is_tied(text)]
        for text in loose[:1]:
            yield needs_review(
                text,
                "It tells of an error, and is not tied to its field.",
                measured=f"“{text.text[:60]}”",
            )
        if invalid and not tied and not loose and not mentions("error", field.says):
            yield _without_text(field, page)
        elif not invalid and not texts and not tied and _looks_wrong(field, found):
            yield needs_review(
                element,
                "Its colour says that it is wrong, and no text does.",
                criteria=["3.3.1", "1.4.1"],
                measured=element.style.get("border-top-color", ""),
            )


def _without_text(field: Field, page: Page) -> Found:
    around = field.form or page.snapshot.body or page.snapshot.root
    inside = (one for one in around.descendants() if one.text and one.visible)
    somewhere = any(mentions("error", one.text) or _is_error(one, one.text) for one in inside)
    if somewhere:
        return needs_review(
            field.element, "It is said to be wrong; the text that says why is not tied to it."
        )
    return fails(
        field.element,
        "It is said to be wrong, and no text says why.",
        measured="aria-invalid",
        criteria=["3.3.1"],
    )


def _looks_wrong(field: Field, found: list[Field]) -> bool:
    """Whether it alone has a red border, or a class of errors."""
    if not field.element.visible:
        return False
    if _ERROR_CLASS.search(field.element.attributes.get("class", "")):
        return True

    def is_red(one: Field) -> bool:
        style = one.element.style
        return style.get("border-top-style") != "none" and _is_red(
            style.get("border-top-color", "")
        )

    others = [one for one in found if one.type == field.type and one is not field]
    return is_red(field) and any(not is_red(one) for one in others)


@check(
    "error-says-nothing",
    criteria=["3.3.1", "3.3.3"],
    title="A message of an error does not say what is wrong",
    method="Visible messages (`role=alert`, classes of errors, red text beside a field) whose whole "
    "text is “Error”, “Invalid”, «Помилка» or the like.",
    limits="Words are known in English and Ukrainian.",
    fix="Say which field is wrong, why, and what would be right.",
    broken="<form><label>E-mail <input></label> <span class=error>Invalid input</span></form>",
    sound="<form><label>E-mail <input></label> <span class=error>Enter an address such as "
    "anna@example.org</span></form>",
)
def error_says_nothing(page: Page, _: Variant) -> Iterator[Found]:
    for element in page.snapshot.texts:
        text = element.text.strip()
        if not says("vague-error", text) or element.heading_level or not element.exposed:
            continue
        around = [element, *list(element.ancestors())[:3]]
        alerting = any(
            one.role == "alert" or _ERROR_CLASS.search(one.attributes.get("class", ""))
            for one in around
        )
        if alerting or _is_red(element.style.get("color", "")):
            yield needs_review(
                element,
                "It does not say what is wrong, nor what would be right.",
                measured=f"“{text[:60]}”",
            )


# What fields are for. ----------------------------------------------------------------------------

_PURPOSES = (
    *("given-name", "family-name", "additional-name", "name", "email", "tel", "street-address"),
    *("postal-code", "address-level2", "country", "organization", "bday", "username"),
    *("current-password", "new-password", "cc-number", "cc-name", "cc-exp", "cc-csc"),
)
_FITTING = {
    "email": {"email", "username"},
    "username": {"username", "email", "tel"},
    "tel": {"tel", "tel-national", "tel-local"},
    "name": {"name", "given-name", "cc-name", "nickname"},
    "street-address": {"street-address", "address-line1", "address-line2"},
    "country": {"country", "country-name"},
    "current-password": {"current-password", "new-password", "one-time-code"},
    "new-password": {"new-password", "current-password"},
    "address-level2": {"address-level2", "address-level1", "address-level3"},
    "cc-exp": {"cc-exp", "cc-exp-month", "cc-exp-year"},
}
# Forms about others, or about things: their fields have no purpose of the visitor's.
_OTHERS = re.compile(
    r"friend|recipient|child|guest|beneficiar|pet|patient|student|product|друга|отримувач|дитин|"
    r"search|filter|admin|invite|пошук",
    re.IGNORECASE,
)
_TEXTUAL = {"text", "email", "tel", "password", "date", "select", "textarea", "url", "number"}


@check(
    "autocomplete-missing",
    criteria=["1.3.5"],
    title="A field about the visitor does not say its purpose",
    method="Fields whose label is a plain name of one of WCAG's input purposes (“Email”, “First "
    "name”, «Телефон»), or whose type is `email` or `tel`, without a fitting `autocomplete`. They "
    "fail where label and form leave no doubt, and need a review where only the type tells or the "
    "value names another purpose. Fields of search, of administration and about others are left "
    "out.",
    limits="Whether the form asks for the visitor's own data is not known.",
    fix='Write `autocomplete="email"` and so on.',
    broken="<form><label>First name <input></label><label>Last name <input></label><label>Email "
    "<input type=email></label></form>",
    sound="<form><label>Email <input type=email autocomplete=email></label></form>",
)
def autocomplete_missing(page: Page, _: Variant) -> Iterator[Found]:
    found = [field for field in fields(page) if field.type in _TEXTUAL and field.is_usable]
    purposes = {field: _purpose(field) for field in found}
    for field, (purpose, sure) in purposes.items():
        if not purpose or _is_about_others(field):
            continue
        value = field.element.attributes.get("autocomplete", "").strip().lower()
        token = value.split()[-1] if value else ""
        if token in _FITTING.get(purpose, {purpose}) or token == "webauthn":  # noqa: S105
            continue
        measured = f"autocomplete=“{value}”" if value else "no autocomplete"
        needed = f'autocomplete="{purpose}"'
        if token not in ("", "on", "off"):
            yield needs_review(
                field.element,
                "It seems to ask for something else.",
                measured=measured,
                needed=needed,
            )
        elif sure and _is_personal(field, purposes):
            yield fails(
                field.element,
                f"It asks for {_SAID.get(purpose, purpose)} and does not say so.",
                measured=measured,
                needed=needed,
            )
        else:
            yield needs_review(
                field.element,
                f"It may ask for the visitor's {_SAID.get(purpose, purpose)}.",
                measured=measured,
                needed=needed,
            )


_SAID = {
    "given-name": "first name",
    "family-name": "family name",
    "additional-name": "middle name",
    "email": "e-mail address",
    "tel": "telephone number",
    "street-address": "address",
    "postal-code": "postcode",
    "address-level2": "town",
    "organization": "organisation",
    "bday": "date of birth",
    "current-password": "password",
    "new-password": "new password",
    "cc-number": "card number",
    "cc-name": "name on a card",
    "cc-exp": "card's expiry date",
    "cc-csc": "card's security code",
}


def _purpose(field: Field) -> tuple[str, bool]:
    """The input purpose that its label names, and whether nothing else is meant."""
    if _is_search(field):
        return "", False
    label = re.sub(r"\((?:[^)]*)\)|[*✱:]", " ", field.says)
    label = plain(label)
    for mark in (*words("required"), *words("optional")):
        label = label.removesuffix(f" {mark}")
    for purpose in _PURPOSES:
        if label in words(f"purpose-{purpose}"):
            return purpose, True
    if field.type in ("email", "tel"):
        return field.type, False
    if field.type == "password":
        return "current-password", False
    return "", False


_PERSON = {"given-name", "family-name", "name", "email", "tel", "bday", "username", "cc-name"}
_OWN = re.compile(r"\b(?:your|my|ваш\w*|мо[яєї])\b")


def _is_personal(field: Field, purposes: dict[Field, tuple[str, bool]]) -> bool:
    """Whether the form asks for at least two things, one of them of a person, or the field says
    “your”."""
    same = {
        purpose for one, (purpose, _) in purposes.items() if purpose and one.form is field.form
    }
    own = _OWN.search(field.says.lower()) is not None
    return own or (len(same) > 1 and bool(same & _PERSON))


def _is_about_others(field: Field) -> bool:
    form = field.form
    said = [field.says, field.element.attributes.get("name", "")]
    if form is not None:
        said += [form.name, *(form.attributes.get(name, "") for name in ("id", "class", "action"))]
    if field.group is not None:
        said.append(field.group.name)
    return bool(_OTHERS.search(" ".join(said)))


# What forms ask of people. -----------------------------------------------------------------------


@check(
    "reset-button",
    criteria=["3.3.4"],
    title="A button empties the form",
    method="`type=reset`.",
    limits="It may be wanted where forms are filled in for many.",
    fix="Leave it out: it is pressed by mistake more often than on purpose.",
    broken="<form><label>Street <input></label><button>Send</button><button type=reset>Reset"
    "</button></form>",
    sound="<form><label>Street <input></label><button>Send</button></form>",
    advice=True,
)
def reset_button(page: Page, _: Variant) -> Iterator[Found]:
    for button in page.snapshot.tagged("input", "button"):
        if button.attributes.get("type", "").lower() == "reset" and button.exposed:
            yield advice(button, "One press takes away all that was filled in.")


@check(
    "entry-repeated",
    criteria=["3.3.7"],
    title="The form asks for the same twice",
    method="Fields whose label asks to confirm or repeat what is not a password; two groups of "
    "addresses in one form without a box that says that they are the same.",
    limits="Passwords may be asked for twice, and what security needs.",
    fix="Ask once; show what was entered, or offer it to be chosen.",
    broken="<form><label>Email <input type=email autocomplete=email></label><label>Confirm email "
    "<input type=email autocomplete=email></label></form>",
    sound="<form><label>Email <input type=email autocomplete=email></label></form>",
)
def entry_repeated(page: Page, _: Variant) -> Iterator[Found]:
    found = fields(page)
    addresses: dict[int, list[Field]] = {}
    for field in found:
        if field.type in ("text", "email", "tel", "number") and mentions("confirm", field.says):
            if letters(field.says) < 60 and not re.search(r"code|код|pin", field.says.lower()):
                yield needs_review(
                    field.element,
                    "It asks again for what was entered before.",
                    measured=f"“{field.says[:60]}”",
                )
        elif _purpose(field)[0] in ("street-address", "postal-code") and not field.is_choice:
            number = field.form.number if field.form else -1
            addresses.setdefault(number, []).append(field)
    same = any(mentions("same-as", field.says) for field in found)
    for group in addresses.values():
        second = [one for one in group[1:] if plain(one.says) == plain(group[0].says)]
        if second and not same:
            yield needs_review(
                second[0].element,
                "The form asks for a second address, and offers none to copy.",
                measured=f"“{second[0].says[:60]}” twice",
            )


@check(
    "submit-missing",
    criteria=["3.2.2"],
    title="A form has no button that sends it",
    method="`<form>` with a field to type in or a list to choose from, and no button to submit it "
    "(technique H32).",
    limits="A script may send it otherwise.",
    fix="Add `<button>` with the name of what it does.",
    broken="<form action='/find'><label>Street <input name=s></label></form>",
    sound="<form action='/find'><label>Street <input name=s></label><button>Find</button></form>",
)
def submit_missing(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    sending = {
        reading.forms.get(button.number)
        for button in shown.tagged("button", "input")
        if button.rendered
        and (button.tag == "button" or input_type(button) in ("submit", "image", "button"))
    }
    pressed = {"submit", "image", "button"}
    for form in shown.tagged("form"):
        inside = [one for one in fields(page) if one.form is form]
        if not form.exposed or not inside or form.number in sending:
            continue
        shown_inside = (one for one in form.descendants() if one.rendered)
        if any(one.role == "button" or input_type(one) in pressed for one in shown_inside):
            continue
        yield needs_review(form, "Nothing in it says that it sends.", measured="no submit button")


@check(
    "captcha",
    criteria=["3.3.8", "1.1.1"],
    title="A test of reading or hearing stands before the form",
    method="Pictures, frames, fields and boxes whose address, class, id, name or text says that "
    "they are a captcha.",
    limits="Whether there is another way is for a person.",
    fix="Recognise machines without asking people: by time, by a hidden field, by a mailed link.",
    broken="<form><img src='/captcha.png' alt='Captcha'><label>Characters in the image <input>"
    "</label></form>",
    sound="<form><label>Street <input></label><button>Send</button></form>",
)
def captcha(page: Page, _: Variant) -> Iterator[Found]:
    taken: set[int] = set()
    for element in page.snapshot.elements:
        if element.parent is not None and element.parent.number in taken:
            taken.add(element.number)
            continue
        if not element.rendered or element.tag in ("html", "body", "form", "main", "fieldset"):
            continue
        attributes = element.attributes
        said = " ".join(
            attributes.get(name, "") for name in ("src", "class", "id", "name", "alt", "title")
        )
        asks = is_field(element) and mentions("captcha", element.name)
        if asks or re.search(r"captcha|turnstile", said, re.IGNORECASE):
            if element.box.area > 0:
                taken.add(element.number)
                yield needs_review(
                    element,
                    "It may ask people to prove what not everybody can.",
                    measured=(said or element.name).strip()[:60],
                )


@check(
    "payment-without-check",
    criteria=["3.3.4"],
    title="An order or payment is sent without a look back",
    method="A form that asks for a card's number, or whose button says “Pay”, “Buy”, «Оплатити», or "
    "the like beside fields, with no box to confirm and no word of reviewing, cancelling or "
    "changing.",
    limits="The next page may show all of it once more.",
    fix="Show what was entered before it counts, or let it be undone.",
    broken="<form><label>Card number <input autocomplete=cc-number></label><button>Pay</button>"
    "</form>",
    sound="<form><label>Card number <input autocomplete=cc-number></label><button>Review the order"
    "</button></form>",
)
def payment_without_check(page: Page, _: Variant) -> Iterator[Found]:
    for form in page.snapshot.tagged("form"):
        if not form.exposed:
            continue
        inside = list(form.descendants())
        buttons = [
            one
            for one in inside
            if one.exposed and (one.tag == "button" or input_type(one) in ("submit", "button"))
        ]
        final = [one for one in buttons if says("pay", one.name)]
        filled = [one for one in fields(page) if one.form is form]
        said = " ".join(one.text for one in inside if one.visible).lower()
        checked = any(one.type == "checkbox" for one in filled) or re.search(
            r"review|check your|confirm|cancel|refund|within \d+|edit|перевірте|підтвер|скасув|зміни",
            said,
        )
        if final and filled and not checked:
            yield needs_review(
                final[0],
                "It sends what may cost money at the first press.",
                measured=f"“{final[0].name.strip()[:40]}”",
            )


_VANISHES = re.compile(
    r"setTimeout\s*\((?P<body>.{0,400}?(?:\.remove\(|\.hide\(|fadeOut|display\s*=\s*['\"]none|"
    r"\.hidden\s*=\s*true|textContent\s*=\s*['\"]{2}|innerHTML\s*=\s*['\"]{2}|removeChild|"
    r"visibility\s*=\s*['\"]hidden|classList\.(?:remove|add)\().{0,200}?),\s*(?P<time>\d[\d_]{2,5})\s*\)",
    re.DOTALL,
)
_MESSAGE = re.compile(
    r"alert|error|message|msg|toast|status|notif|flash|snack|success|warn", re.IGNORECASE
)
_LEAVES = re.compile(
    r"set(?:Timeout|Interval)\s*\(.{0,300}?(?:location(?:\.href)?\s*=|location\.(?:reload|assign|"
    r"replace)\s*\(|\.submit\s*\(|log-?out|session|expire).{0,300}?,\s*(?P<time>\d[\d_]{3,9})\s*\)",
    re.DOTALL | re.IGNORECASE,
)


@check(
    "message-vanishes",
    criteria=["2.2.1", "3.3.1"],
    title="A message goes away by itself",
    method="Scripts in the page that take a message away some seconds after showing it; elements "
    "with the attributes of known libraries that do so (`data-bs-autohide`, `data-autohide`, "
    "`data-timeout`).",
    limits="Scripts in files of their own are not read.",
    fix="Let the message stay until it is dismissed.",
    broken="<div role=alert id=message>Enter a date</div><script>setTimeout(() => document."
    "getElementById('message').remove(), 60000)</script>",
    sound="<div role=alert id=message>Enter a date</div>",
)
def message_vanishes(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    body = shown.body
    for script in reading.scripts:
        for match in _VANISHES.finditer(script):
            around = script[max(0, match.start() - 300) : match.end()]
            if _MESSAGE.search(around) and body is not None:
                yield needs_review(
                    _shown_message(shown) or body,
                    "A script takes a message away after a time.",
                    measured=f"{int(match['time']) / 1000:g} s",
                )
                return
    for element in shown.elements:
        for name in ("data-bs-autohide", "data-autohide", "data-auto-dismiss", "data-timeout"):
            if element.attributes.get(name, "false") not in ("false", "0"):
                yield needs_review(
                    element,
                    "The message goes away by itself.",
                    measured=f"{name}={element.attributes[name]}",
                )


def _shown_message(shown: Snapshot) -> Element | None:
    return next(
        (one for one in shown.elements if one.role in ("alert", "status") and one.rendered), None
    )


@check(
    "time-limit",
    criteria=["2.2.1"],
    title="Something happens after a time",
    method="Scripts in the page that leave it, reload it, send a form or end a session after a "
    "time; `role=timer`; text that says that a session ends.",
    limits="Scripts in files of their own are not read. Whether the limit can be turned off or "
    "extended is for a person.",
    fix="Ask before the time is over, and let it be extended by one key.",
    broken="<p>Fill in the form.</p><script>setTimeout(() => { location.href = '/timeout' }, 900000)"
    "</script>",
    sound="<p>Fill in the form, there is no hurry.</p>",
)
def time_limit(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    for script in reading.scripts:
        match = _LEAVES.search(script)
        if match and shown.body is not None:
            yield needs_review(
                shown.body,
                "A script acts after a time.",
                measured=f"{int(match['time'].replace('_', '')) / 1000:g} s",
            )
            break
    for element in shown.elements:
        if element.visible and (element.role == "timer" or _SESSION.search(element.text)):
            yield needs_review(
                element, "It tells of a limit of time.", measured=f"“{element.text[:60]}”"
            )


_SESSION = re.compile(
    r"session (?:will )?(?:expires?|ends?|times? out)|(?:expires?|log(?:ged)? out|time out) in \d|"
    r"you have \d+ (?:seconds|minutes)|\d+ (?:seconds|minutes) (?:left|remaining)|"
    r"(?:сесія|сеанс)\s+(?:закінч|заверш|спливе)|залишилося \d+ (?:секунд|хвилин)",
    re.IGNORECASE,
)

_PASTE = """() => {
  const nodes = window[Symbol.for("vydno.audit")].nodes();
  const refused = [];
  nodes.forEach((element, number) => {
    if (!/^(input|textarea)$/.test(element.localName) || element.disabled || element.readOnly) return;
    if (/^(hidden|checkbox|radio|button|submit|reset|image|file|range|color)$/.test(element.type)) return;
    const before = element.value;
    const event = new ClipboardEvent("paste", {
      bubbles: true, cancelable: true, composed: true, clipboardData: new DataTransfer(),
    });
    event.clipboardData?.setData("text/plain", "");
    const passed = element.dispatchEvent(event);
    if (!passed && element.value === before) refused.push(number);
    if (element.value !== before) element.value = before;
  });
  return refused;
}"""


@check(
    "paste-refused",
    criteria=["3.3.8"],
    title="A field refuses what is pasted",
    method="An empty text is pasted into every field; a field whose page prevents it refuses. In "
    "fields of passwords and codes it fails, elsewhere it is for a person.",
    limits="A script that reads the clipboard and fills the field itself looks the same where the "
    "text is empty.",
    fix="Leave `paste` alone.",
    broken="<label>Password <input type=password onpaste='return false'></label>",
    sound="<label>Password <input type=password></label>",
    acts=True,
)
def paste_refused(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for number in page.evaluate(_PASTE):
        element = shown.elements[number]
        if not element.rendered:
            continue
        secret = input_type(element) == "password" or element.attributes.get(
            "autocomplete", ""
        ) in ("one-time-code", "current-password", "new-password", "username")
        report = fails if secret else needs_review
        criteria = ["3.3.8"] if secret else ["3.3.7"]
        yield report(
            element,
            "Pasting is prevented: what a manager of passwords keeps must be typed.",
            criteria=criteria,
        )


@check(
    "login-autocomplete-off",
    criteria=["3.3.8"],
    title="A login asks browsers not to remember it",
    method="`autocomplete=off` on a field for a password, or on the form around it.",
    limits="Most browsers offer what they know all the same.",
    fix="Write `autocomplete=current-password`.",
    broken="<form><label>Password <input type=password autocomplete=off></label></form>",
    sound="<form><label>Password <input type=password autocomplete=current-password></label></form>",
)
def login_autocomplete_off(page: Page, _: Variant) -> Iterator[Found]:
    for field in fields(page):
        if field.type != "password":
            continue
        form = field.form
        own = field.element.attributes.get("autocomplete", "").strip().lower()
        around = form.attributes.get("autocomplete", "").strip().lower() if form else ""
        if own == "off" or (not own and around == "off"):
            yield needs_review(
                field.element,
                "It asks managers of passwords not to help.",
                measured="autocomplete=off",
            )
