"""What the two controls do for a visitor, in every engine that there is."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from .engines import Visitor

pytestmark = pytest.mark.browser

SIZE = "return parseFloat(getComputedStyle(document.querySelector('#text')).fontSize)"
SCALE = "return document.documentElement.getAttribute('data-text-scale')"
THEME = "return document.documentElement.getAttribute('data-theme')"
STATUS = """
    const words = [...document.querySelector('text-scale').querySelectorAll('button ~ p')];
    return words.map((each) => each.textContent).join('');"""
LIVE = "return document.querySelector('text-scale [aria-live=polite]').textContent"
FOCUS = "return document.activeElement.value"
COOKIE = "return document.cookie"
SURFACE = (
    "return getComputedStyle(document.documentElement).getPropertyValue('--vydno-surface')"
    " && getComputedStyle(document.documentElement).backgroundColor"
)
SURFACE_ROLE = (
    "const probe = document.body.appendChild(document.createElement('p'));"
    "probe.style.setProperty('color', 'var(--vydno-surface)');"
    "return getComputedStyle(probe).color"
)
LARGER, RESET, SMALLER = (f"button[value={command}]" for command in ("larger", "reset", "smaller"))
RED = "input[data-theme=red]"


@pytest.fixture(params=("drawn-by-the-server", "empty"))
def page(request: pytest.FixtureRequest, controls: str) -> str:
    """A page with both controls, drawn by the server's macros or by the elements themselves."""
    return f"{controls}/{request.param}"


def test_a_click_makes_the_text_larger(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    assert visitor.read(SIZE) == 16
    visitor.click(LARGER)
    assert visitor.read(SIZE) == pytest.approx(17.6, abs=0.1)
    visitor.click(SMALLER)
    visitor.click(SMALLER)
    assert visitor.read(SIZE) == pytest.approx(14.4, abs=0.1)
    visitor.click(RESET)
    assert visitor.read(SIZE) == 16


def test_a_change_is_told_once_where_the_module_is_in_the_page_twice(
    visitor: Visitor, page: str
) -> None:
    """A script of the site's imports it by another address than the page does."""
    visitor.goto(page)
    visitor.read(
        "const { src } = document.querySelector('script[type=module]');"
        "import(`${src}${src.includes('?') ? '&' : '?'}copy`).then(({ subscribe }) => {"
        "    window.told = 0; subscribe(() => window.told++);"
        # A channel that is later than theirs hears what they have heard.
        "    new BroadcastChannel('vydno').onmessage = () => { window.heard = true; };"
        "})"
    )
    visitor.wait("return window.told === 0")
    visitor.click(LARGER)
    visitor.wait("return window.heard")
    assert visitor.read("return window.told") == 1


def test_the_tick_of_the_site_s_own_colour_is_whole(visitor: Visitor, page: str) -> None:
    """On a ground that is half light and half dark one would see half of it."""
    visitor.goto(page)
    visitor.wait("return document.querySelector('theme-switch [data-theme=site]')")
    drawn = "return getComputedStyle(document.querySelector('[data-theme=site]')%s).%s"
    assert visitor.read(drawn % ("", "backgroundImage")) == "none"
    ground, tick = (visitor.read(drawn % (of, "backgroundColor")) for of in ("", ", '::before'"))
    assert ground != tick
    visitor.click(RED)
    assert visitor.read(drawn % ("", "backgroundImage")).startswith("linear-gradient")


@pytest.mark.parametrize("name", ["from-a-cache", "from-a-static-host", "without-the-early-script"])
def test_a_page_that_the_server_could_not_personalise_is_right(
    visitor: Visitor, controls: str, name: str
) -> None:
    visitor.goto(f"{controls}/{name}")
    visitor.click(LARGER)
    visitor.click(RED)
    visitor.reload()
    assert (visitor.read(SCALE), visitor.read(THEME)) == ("110", "red")
    assert visitor.read(STATUS) == "Text size 110%"
    assert visitor.read(f"return document.querySelector('{RED}').checked")


def test_enter_and_space_press_the_buttons(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    visitor.press("Tab", "Enter", "Space")
    assert visitor.read(SIZE) == 20
    visitor.press("Tab", "Tab", "Space")
    assert visitor.read(SIZE) == pytest.approx(17.6, abs=0.1)


def test_at_either_end_the_button_keeps_its_focus_and_says_so(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    visitor.press("Tab", *["Enter"] * 5)
    assert visitor.read(SIZE) == 32
    disabled = f"return document.querySelector('{LARGER}').ariaDisabled"
    assert visitor.read(disabled) == "true"
    assert visitor.read(STATUS) == "Text size 200%, the largest"
    visitor.press("Enter")
    assert (visitor.read(SIZE), visitor.read(FOCUS)) == (32, "larger")
    visitor.press("Tab", "Tab", *["Enter"] * 6)
    assert visitor.read(STATUS) == "Text size 90%, the smallest"
    assert visitor.read(disabled) == "false"
    assert visitor.read(FOCUS) == "smaller"


def test_a_theme_is_chosen_by_click_and_by_arrow(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    visitor.click(RED)
    assert visitor.read(THEME) == "red"
    red = visitor.read(SURFACE)
    visitor.press("ArrowLeft")
    assert visitor.read(THEME) == "orange"
    assert visitor.read(SURFACE) != red
    assert visitor.read("return document.activeElement.checked")


def test_the_choice_outlives_the_page(visitor: Visitor, page: str, controls: str) -> None:
    visitor.goto(page)
    visitor.click(LARGER)
    visitor.click(RED)
    assert visitor.read(COOKIE) == "vydno=text-scale=110&theme=red"
    visitor.reload()
    assert visitor.read(SCALE) == "110"
    visitor.goto(f"{controls}/drawn-by-the-server?elsewhere")
    assert (visitor.read(SCALE), visitor.read(THEME)) == ("110", "red")
    assert visitor.read(f"return document.querySelector('{RED}').checked")


def test_at_the_default_there_is_no_cookie(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    visitor.click(LARGER)
    visitor.click(RESET)
    assert visitor.read(COOKIE) == ""


def test_another_tab_follows_in_silence(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    other = visitor.another_tab()
    other.goto(page)
    other.click(LARGER)
    other.click(RED)
    assert other.read(LIVE) == "Text size 110%"
    visitor.wait(f"{SCALE} === '110'")
    visitor.wait(f"{THEME} === 'red'")
    assert visitor.read(STATUS) == "Text size 110%"
    assert visitor.read(LIVE) == ""
    assert visitor.read(f"return document.querySelector('{RED}').checked")


def test_what_the_visitor_does_is_announced_and_what_the_page_says_at_first_is_not(
    visitor: Visitor, page: str
) -> None:
    visitor.goto(page)
    at_first = visitor.read(
        "const status = document.querySelector('text-scale [aria-live=polite]');"
        "window.told = []; new MutationObserver(() => told.push(status.textContent))"
        ".observe(status, { childList: true, characterData: true, subtree: true });"
        "return status.textContent"
    )
    assert at_first == ""
    assert visitor.read(STATUS) == "Text size 100%"
    visitor.click(LARGER)
    visitor.click(LARGER)
    assert visitor.read("return told") == ["Text size 110%", "Text size 125%"]
    assert visitor.read(STATUS) == "Text size 125%"


def test_one_control_speaks_where_there_are_two(visitor: Visitor, controls: str) -> None:
    visitor.goto(f"{controls}/empty?body=" + quote("<text-scale></text-scale>" * 2))
    visitor.click(f"text-scale:last-of-type {LARGER}")
    words = "return [...document.querySelectorAll('text-scale p')].map(each => each.textContent)"
    # The second of each pair is live.
    assert visitor.read(words) == ["Text size 110%", "", "", "Text size 110%"]


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        ("uk", "Збільшити текст", "Розмір тексту 100%"),
        ("uk-Cyrl-UA", "Збільшити текст", "Розмір тексту 100%"),
        ("en-GB", "Larger text", "Text size 100%"),
        ("tlh", "Larger text", "Text size 100%"),
    ],
)
def test_an_empty_element_speaks_the_language_of_the_page(
    visitor: Visitor, controls: str, lang: str, name: str, said: str
) -> None:
    visitor.goto(f"{controls}/empty?lang={lang}")
    assert visitor.read(f"return document.querySelector('{LARGER}').ariaLabel") == name
    assert visitor.read(STATUS) == said


def test_a_wrong_attribute_is_reported_once_and_the_element_works(
    visitor: Visitor, controls: str
) -> None:
    visitor.goto(f"{controls}/empty")
    visitor.read("window.reports = []; addEventListener('error', (e) => reports.push(e.message))")
    visitor.read(
        "const scale = document.createElement('text-scale');"
        "scale.setAttribute('order', 'larger wider');"
        "const themes = document.createElement('theme-switch');"
        "themes.setAttribute('values', 'pink'); themes.setAttribute('default', 'pink');"
        "document.body.replaceChildren(scale, themes); document.body.prepend(scale)"
    )
    first, second, third = visitor.read("return reports")
    assert 'order="wider": use larger,reset,smaller' in first
    assert 'values="pink": use blue,green,orange,red' in second
    assert 'default="pink": use site,blue,green,orange,red' in third
    visitor.click(LARGER)
    visitor.click(RED)
    assert (visitor.read(SCALE), visitor.read(THEME)) == ("110", "red")


def test_the_page_can_prevent_a_change_and_learns_of_one(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    visitor.read(
        "window.seen = [];"
        "for (const type of ['preference-change', 'preference-changed'])"
        "  addEventListener(type, (event) => {"
        "    const { name, value, previousValue } = event.detail;"
        "    seen.push([type, event.target.localName, name, value, previousValue]);"
        "    if (value === 'red') event.preventDefault();"
        "  })"
    )
    visitor.click(LARGER)
    visitor.click(RED)
    assert visitor.read("return seen") == [
        ["preference-change", "text-scale", "text-scale", "110", "100"],
        ["preference-changed", "text-scale", "text-scale", "110", "100"],
        ["preference-change", "theme-switch", "theme", "red", ""],
    ]
    assert visitor.read(THEME) is None
    assert not visitor.read(f"return document.querySelector('{RED}').checked")


def test_a_script_may_choose_by_number_or_by_word(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    # A promise that a script returns has hung WebKit's driver.
    module = "import(document.querySelector('script[type=module]').src)"
    visitor.read(f"{module}.then((module) => {{ window.vydno = module }})")
    visitor.wait("return window.vydno")
    for given in ("150", "'125'"):
        visitor.read(f"vydno.set('text-scale', {given})")
        assert visitor.read(SCALE) == given.strip("'")
    visitor.read("vydno.set('text-scale', null)")
    assert visitor.read(SCALE) is None


def test_elements_may_come_move_and_go(visitor: Visitor, page: str) -> None:
    visitor.goto(page)
    visitor.read(
        "const scale = document.querySelector('text-scale'); scale.remove();"
        "document.body.append(document.createElement('text-scale'));"
        "document.body.append(scale); document.body.prepend(scale)"
    )
    assert visitor.read("return document.querySelectorAll('form button[value=larger]').length") == 2
    visitor.click(f"text-scale:last-of-type {LARGER}")
    assert visitor.read(STATUS) == "Text size 110%"


def test_where_cookies_are_refused_the_controls_work_for_the_page(
    visitor: Visitor, controls: str
) -> None:
    visitor.goto(f"{controls}/sandboxed")
    refused = "try { return document.cookie } catch (error) { return error.name }"
    assert visitor.read(refused) == "SecurityError"
    visitor.read("window.errors = []; addEventListener('error', (e) => errors.push(e.message))")
    visitor.click(LARGER)
    visitor.click(RED)
    assert (visitor.read(SCALE), visitor.read(THEME)) == ("110", "red")
    assert visitor.read("return errors") == []


def test_scheme_and_contrast_are_chosen_like_a_theme(visitor: Visitor, controls: str) -> None:
    both = quote("<color-scheme-switch></color-scheme-switch><contrast-switch></contrast-switch>")
    visitor.goto(f"{controls}/empty?body={both}")
    normal = visitor.read(SURFACE_ROLE)
    visitor.click("input[data-color-scheme=dark]")
    assert visitor.read("return getComputedStyle(document.documentElement).colorScheme") == "dark"
    dark = visitor.read(SURFACE_ROLE)
    visitor.click("input[data-contrast=more]")
    assert len({normal, dark, visitor.read(SURFACE_ROLE)}) == 3
    assert visitor.read(COOKIE) == "vydno=color-scheme=dark&contrast=more"
    visitor.click("input[data-contrast=system]")
    visitor.press("ArrowRight")
    assert visitor.read(COOKIE) == "vydno=color-scheme=dark&contrast=more"
    visitor.click("input[data-color-scheme=system]")
    visitor.click("input[data-contrast=system]")
    assert visitor.read(COOKIE) == ""


def test_the_panel_opens_by_keyboard_and_its_first_control_comes_next(
    visitor: Visitor, controls: str
) -> None:
    visitor.goto(f"{controls}/panel")
    visitor.press("Tab", "Enter")
    visitor.wait("return document.querySelector('details').open")
    visitor.press("Tab")
    assert visitor.read(FOCUS) == "larger"


def test_without_scripts_the_panel_is_open_where_its_form_comes_back(
    visitor: Visitor, controls: str
) -> None:
    visitor.goto(f"{controls}/panel?scripts=no")
    visitor.click("summary")
    visitor.click(LARGER)
    visitor.wait("return location.hash === '#vydno-panel-text-scale'")
    assert visitor.read(SCALE) == "110"
    visitor.wait("return document.querySelector('details').open")
