"""Forms that are sent: what then tells which field is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ..page import Page
from ..submitting import submitted
from ..variants import Variant
from .check import Found, check, fails, needs_review

_FORM = """<style>.bad { border-color: red }</style><form novalidate
 onsubmit="event.preventDefault(); town.classList.add('bad')%s">
 <label>Town <input id="town" style="border-width: 2px"></label> <button>Send</button>
 <p id="note" role="alert"></p></form>"""


@check(
    "error-by-colour-alone",
    criteria=["1.4.1", "3.3.1"],
    title="After sending, colour alone tells which field is wrong",
    method="Forms that a script handles, and the browser lets pass, are sent as they are; nothing "
    "leaves the page. Where fields get another border or ground then, some text must appear too.",
    limits="Two forms are sent, as they stand. That a text names the right field is not known.",
    fix="Write what is wrong beside the field, and refer to it by aria-describedby.",
    broken=_FORM % "",
    sound=_FORM % "; note.textContent = 'Write the town.'",
    acts=True,
)
def error_by_colour_alone(page: Page, _: Variant) -> Iterator[Found]:
    for sent in page.once(submitted):
        texts = any(one.text for one in (*sent.shown, *sent.told))
        if not sent.marked or texts or sent.dialog or sent.did:
            continue
        first = sent.marked[0]
        certain = all(one.colours and not one.invalid for one in sent.marked)
        yield (fails if certain else needs_review)(
            first.element,
            "The form is not sent, the field looks different, and no text says why.",
            needed="the error in words",
        )
