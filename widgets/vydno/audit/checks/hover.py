"""What the pointer brings: whether the keyboard brings it too, and whether it behaves."""

from __future__ import annotations

from collections.abc import Iterator

from ..hovering import hovered
from ..operate import used
from ..page import Page
from ..variants import Variant
from .check import Found, check, fails, needs_review

_LASTING = """<button type="button" id="what">Levy</button> <span id="tip" hidden>What it is</span>
<script>what.onmouseenter = what.onfocus = () => { tip.hidden = false%s };
what.onmouseleave = what.onblur = () => { tip.hidden = true }</script>"""
_TIP = "<style>.tip { visibility: hidden; position: absolute; left: 8px; background: #ffd } "


@check(
    "hover-only-content",
    criteria=["2.1.1"],
    title="Something shows under the pointer and not for the keyboard",
    method="Elements that style sheets or scripts react to when the pointer is over them are "
    "hovered. What then appears must appear too when they, or something in them, have the focus, "
    "or when they are pressed.",
    limits="Four kinds of element are hovered. What another control shows is not known.",
    fix="Write the rule for `:focus-within` too, or better let a button open it.",
    broken="<style>li ul { display: none } li:hover ul { display: block }</style><ul><li><a "
    'href="/">Services</a><ul><li><a href="/a">Permits</a></ul></ul>',
    sound="<style>li ul { display: none } li:hover ul, li:focus-within ul { display: block }"
    '</style><ul><li><a href="/">Services</a><ul><li><a href="/a">Permits</a></ul></ul>',
    acts=True,
)
def hover_only_content(page: Page, _: Variant) -> Iterator[Found]:
    results = page.once(used)
    for one in page.once(hovered):
        inside = {one.element.number, *(inner.number for inner in one.element.descendants())}
        if one.focus or any(result.shown for number, result in results.items() if number in inside):
            continue
        said = "What shows when the pointer is over it does not show for the keyboard."
        if one.named or not (one.controls or one.text):
            yield needs_review(one.element, said, measured=one.text[:80])
        elif one.controls or not one.focusable:
            yield fails(one.element, said, measured=one.text[:80])
        else:
            yield needs_review(one.element, said, measured=one.text[:80])


@check(
    "hover-not-dismissible",
    criteria=["1.4.13"],
    title="What the pointer brings cannot be put away",
    method="What appears under the pointer and lies over other text must go when Escape is "
    "pressed, without the pointer being moved.",
    limits="Other ways to put it away are not known, nor what is a message of an error.",
    fix="Hide it on Escape.",
    broken=_TIP + ".word:hover .tip { visibility: visible; top: 3rem }</style>"
    '<p><span class="word" tabindex="0">Term<span class="tip">What it means in a few words'
    "</span></span></p><p>The text that follows, and that it lies over, is here.</p>",
    sound='<p>Term</p><p title="What it means">The text that follows is here.</p>',
    acts=True,
)
def hover_not_dismissible(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(hovered):
        if one.escapes is False:
            yield needs_review(
                one.element,
                "What shows when the pointer is over it covers other text, and Escape leaves it.",
                measured=one.text[:80],
            )


@check(
    "hover-not-hoverable",
    criteria=["1.4.13"],
    title="What the pointer brings goes when the pointer goes to it",
    method="What appears under the pointer must still be there when the pointer moves onto it.",
    limits="The pointer moves straight and fast; a slow one may lose what a fast one keeps.",
    fix="Put it inside of what is hovered, next to it and without a gap, and without "
    "`pointer-events: none`.",
    broken=_TIP + ".word:hover + .tip { visibility: visible }</style>"
    '<p><a href="/" class="word">Term</a><span class="tip" style="margin-top: 2rem">What it means'
    "</span></p>",
    sound=_TIP + ".word:hover .tip, .word:focus-within .tip { visibility: visible }</style>"
    '<p><span class="word"><a href="/">Term</a><span class="tip">What it means</span></span></p>',
    acts=True,
)
def hover_not_hoverable(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(hovered):
        if one.stays is False:
            said = "What shows when the pointer is over it goes when the pointer moves onto it."
            yield (fails if one.apart <= 1 and one.text else needs_review)(
                one.element, said, measured=one.text[:80]
            )


@check(
    "hover-not-lasting",
    criteria=["1.4.13"],
    title="What the pointer brings goes by itself",
    method="What appears under the pointer must still be there, while the pointer stays, when the "
    "page's scripts have done what they put off by up to ten seconds since; it is done at once.",
    limits="What a style sheet hides after a while is not seen.",
    fix="Hide it when the pointer and the focus leave, and when Escape is pressed; not by a timer.",
    broken=_LASTING % "; setTimeout(() => { tip.hidden = true }, 2000)",
    sound=_LASTING % "",
    acts=True,
)
def hover_not_lasting(page: Page, _: Variant) -> Iterator[Found]:
    for one in page.once(hovered):
        if not one.lasts:
            yield needs_review(
                one.element,
                "What shows when the pointer is over it goes by itself while the pointer stays.",
                measured=one.text[:80],
            )
