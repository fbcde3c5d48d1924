"""What forms ask of people: what they know already, what they remember, and in what time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from ..fields import Field, fields
from ..page import Page
from ..reading import Reading, input_type, is_field, read
from ..snapshot import Element
from ..variants import Variant
from ..words import letters, mentions, plain, says, words
from .check import Found, advice, check, fails, needs_review

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
    "out, and a place that is all that a form sent by GET asks for.",
    limits="Whether the form asks for the visitor's own data is not known.",
    fix='Write `autocomplete="email"` and so on.',
    broken="<form><label>First name <input></label><label>Last name <input></label><label>Email "
    "<input type=email></label></form>",
    sound="<form><label>Email <input type=email autocomplete=email></label></form>",
)
def autocomplete_missing(page: Page, _: Variant) -> Iterator[Found]:
    found = [field for field in fields(page) if field.type in _TEXTUAL and field.is_usable]
    purposes = {field: _purpose(field) for field in found}
    together: dict[Element | None, set[str]] = defaultdict(set)
    for field, (purpose, _sure) in purposes.items():
        if purpose:
            together[field.form].add(purpose)
    for field, (purpose, sure) in purposes.items():
        if not purpose or _is_about_others(field) or _looks_up(field, together[field.form]):
            continue
        value = field.element.attributes.get("autocomplete", "").strip().lower()
        token = value.split()[-1] if value else ""
        if token in _FITTING.get(purpose, {purpose}) or token == "webauthn":  # noqa: S105
            continue
        measured = f"autocomplete=“{value}”" if value else "no autocomplete"
        offered = [f'autocomplete="{one}"' for one in _OFFERED.get(purpose, (purpose,))]
        needed, wanted = " or ".join(offered), " or ".join(f"`{one}`" for one in offered)
        if token not in ("", "on", "off"):
            yield needs_review(
                field.element,
                "It seems to ask for something else.",
                measured=measured,
                needed=needed,
            )
        elif sure and _is_personal(field, together[field.form]):
            yield fails(
                field.element,
                f"It asks for {_SAID.get(purpose, purpose)} and does not say so.",
                measured=measured,
                needed=needed,
                fix=f"Write {wanted}.",
            )
        else:
            yield needs_review(
                field.element,
                f"It may ask for the visitor's {_SAID.get(purpose, purpose)}.",
                measured=measured,
                needed=needed,
                fix=f"If it does, write {wanted}.",
            )


# A label seldom tells whether a password is given or made up.
_OFFERED = {"current-password": ("current-password", "new-password")}
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
    if field.is_search or field.element.attributes.get("role", "").strip() == "combobox":
        return "", False  # what is chosen from a list, a browser does not fill in
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


def _is_personal(field: Field, together: Collection[str]) -> bool:
    """Whether the form asks for at least two things, one of them of a person, or the field says
    “your”."""
    return _own(field) or (len(together) > 1 and not _PERSON.isdisjoint(together))


_PLACES = {"street-address", "postal-code", "address-level2", "country"}


def _looks_up(field: Field, together: Collection[str]) -> bool:
    """Whether a place is all that the form asks for, to look something up: it changes nothing, so
    it is sent by GET."""
    looked_up = field.form is not None and field.form.attributes.get("method", "").lower() in (
        "",
        "get",
    )
    return looked_up and len(together) == 1 and _PLACES.issuperset(together) and not _own(field)


def _own(field: Field) -> bool:
    return _OWN.search(field.says.lower()) is not None


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
    limits="A script may send it otherwise. Forms of boxes and radio buttons alone are left out: "
    "they "
    "may act at once.",
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
        inside = [one for one in fields(page) if one.form is form and not one.is_choice]
        if not form.exposed or not inside or form.number in sending:
            continue
        shown_inside = (one for one in form.descendants() if one.rendered)
        if any(one.role == "button" or input_type(one) in pressed for one in shown_inside):
            continue
        yield needs_review(form, "Nothing in it says that it sends.", measured="no submit button")


_TYPED = ("text", "number", "tel")
_SUM = re.compile(
    r"\d+\s*(?:[+×*]|\b(?:plus|minus|times|плюс|мінус)\b)\s*\d+\s*(?:[=?:]|$)|"
    r"\d+\s*[-−–]\s*\d+\s*=|(?:how much is|what is|скільки буде)\s+\d+",
    re.IGNORECASE,
)


@check(
    "captcha",
    criteria=["3.3.8", "1.1.1"],
    title="A test of reading or hearing stands before the form",
    method="Pictures, frames, fields and boxes whose address, class, id, name or text says that "
    "they are a captcha; fields that ask for a sum or for letters of a password.",
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
        asks = is_field(element) and (
            mentions("captcha", element.name)
            or (input_type(element) in _TYPED and _SUM.search(element.name))
        )
        told = asks or re.search(r"captcha|turnstile", said, re.IGNORECASE)
        if told and element.box.area > 0:
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
    method="A form that asks for a card's number, or whose button says “Pay”, “Buy”, «Оплатити», "
    "or "
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
            r"review|check your|confirm|cancel|refund|within \d+|edit|"
            r"перевірте|підтвер|скасув|зміни",
            said,
        )
        if final and filled and not checked:
            yield needs_review(
                final[0],
                "It sends what may cost money at the first press.",
                measured=f"“{final[0].name.strip()[:40]}”",
            )


_LEAVES = re.compile(
    r"set(?:Timeout|Interval)\s*\(.{0,300}?(?:location(?:\.href)?\s*=|location\.(?:reload|assign|"
    r"replace)\s*\(|\.submit\s*\(|log-?out|session|expire).{0,300}?,\s*(?P<time>\d[\d_]{3,9})\s*\)",
    re.DOTALL | re.IGNORECASE,
)


@check(
    "time-limit",
    criteria=["2.2.1"],
    title="Something happens after a time",
    method="Scripts in the page that leave it, reload it, send a form or end a session after a "
    "time; `role=timer`; text that says that a session ends.",
    limits="What a script does is told by words in it. Whether the limit can be turned off or "
    "extended is for a person.",
    fix="Ask before the time is over, and let it be extended by one key.",
    broken="<p>Fill in the form.</p><script>setTimeout(() => { location.href = '/timeout' }, "
    "900000)"
    "</script>",
    sound="<p>Fill in the form, there is no hurry.</p>",
)
def time_limit(page: Page, _: Variant) -> Iterator[Found]:
    shown, reading = page.snapshot, page.once(read)
    seconds = _limit(reading)
    if seconds and shown.body is not None:
        yield needs_review(shown.body, "A script acts after a time.", measured=f"{seconds:g} s")
    for element in shown.elements:
        if element.visible and (element.role == "timer" or _SESSION.search(element.text)):
            yield needs_review(
                element, "It tells of a limit of time.", measured=f"“{element.text[:60]}”"
            )


_OPENS = re.compile(
    r"(?:onload\s*=|addEventListener\s*\(\s*[\"'](?:load|DOMContentLoaded|pageshow)[\"']|"
    r"\(\s*document\s*\)\s*\.ready\s*\(|\$\s*\(\s*(?:function|\())"
    r"(?:(?!addEventListener|\.on\w+\s*=|\.(?:on|click)\s*\().){0,300}?window\.open\s*\(|"
    r"set(?:Timeout|Interval)\s*\(.{0,120}?window\.open\s*\(",
    re.DOTALL,
)


@check(
    "window-opens-itself",
    criteria=["3.2.5"],
    title="A window opens by itself",
    method="Scripts in the page, and `onload`, that call `window.open` when the page is there or "
    "after a time, and not when something is pressed (failure F52 of WCAG).",
    limits="What a script does is told by words in it; scripts in files are not read. Most "
    "browsers hold such windows back.",
    fix="Open it when a link or button is pressed that says so.",
    broken="<p>News of the town.</p><script>window.addEventListener('load', () => "
    "window.open('/survey'))</script>",
    sound="<button onclick=\"window.open('/survey')\">Survey (new window)</button>",
)
def window_opens_itself(page: Page, _: Variant) -> Iterator[Found]:
    body, reading = page.snapshot.body, page.once(read)
    if body is None:
        return
    own = "onload=" + body.attributes.get("onload", "")
    if any(map(_OPENS.search, (own, *reading.scripts))):
        yield needs_review(body, "A script opens a window that nobody asked for.")


_ENDS = re.compile(
    r"location|\.submit\s*\(|log-?out|sign-?out|session|expire|time-?out|reload\s*\(", re.IGNORECASE
)


def _limit(reading: Reading) -> float:
    """Seconds after which a script leaves the page or ends a session; 0 where none is seen to."""
    for timer in reading.timers:
        if not timer.repeats and _ENDS.search(timer.source):
            return timer.delay / 1000
    matches = filter(None, map(_LEAVES.search, reading.scripts))
    return next((int(one["time"].replace("_", "")) / 1000 for one in matches), 0.0)


_SESSION = re.compile(
    r"session (?:will )?(?:expires?|ends?|times? out)|(?:expires?|log(?:ged)? out|time out) in \d|"
    r"you have \d+ (?:seconds|minutes)|\d+ (?:seconds|minutes) (?:left|remaining)|"
    r"(?:сесія|сеанс)\s+(?:закінч|заверш|спливе)|залишилося \d+ (?:секунд|хвилин)",
    re.IGNORECASE,
)

_PASTE = """() => {
  const nodes = window[Symbol.for("vydno.audit")].nodes();
  const others = /^(hidden|checkbox|radio|button|submit|reset|image|file|range|color)$/;
  const refused = [];
  nodes.forEach((element, number) => {
    if (!/^(input|textarea)$/.test(element.localName)) return;
    if (element.disabled || element.readOnly || others.test(element.type)) return;
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


_WRITABLE = 20
"""CSS px; into less than that nobody writes: scripts keep such fields to hear the keys."""


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
        if secret:
            said = "Pasting is prevented: what a manager of passwords keeps must be typed."
            yield fails(element, said)
        elif element.visible and element.box.width >= _WRITABLE:
            said = "Pasting is prevented: what is known already must be typed."
            yield needs_review(element, said, criteria=["3.3.7"])


@check(
    "login-autocomplete-off",
    criteria=["3.3.8"],
    title="A login asks browsers not to remember it",
    method="`autocomplete=off` on a field for a password, or on the form around it.",
    limits="Most browsers offer what they know all the same.",
    fix="Write `autocomplete=current-password`.",
    broken="<form><label>Password <input type=password autocomplete=off></label></form>",
    sound="<form><label>Password <input type=password "
    "autocomplete=current-password></label></form>",
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
