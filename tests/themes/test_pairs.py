"""The proof, done again from the style sheet's text and WCAG's formulas alone."""

import json
import re
from itertools import product

import minify
import pytest
from vydno.themes.css import PRINT, stylesheet
from vydno.themes.pairs import RULES, SURFACES, all_pairs, failures, floor
from vydno.themes.seeds import load
from vydno.themes.solver import build_all

Colours = dict[str, dict[str, dict[str, str]]]

CSS = {
    "as written": stylesheet(),
    "as served": minify.string("text/css", stylesheet()),
}
VARIANTS = ("light", "dark", "light-more", "dark-more")

# Written out again on purpose: a rule that vanished from the solver's table would not be missed.
TARGETS = {
    "text": (12, 15),
    "text-muted": (5, 7),
    **dict.fromkeys(
        ("link", "link-visited", "danger", "success", "warning", "info"),
        (4.5, 7),
    ),
    **dict.fromkeys(("accent", "accent-hover", "border-strong", "focus-ring"), (3, 4.5)),
}
PAIRS = [
    *((role, surface, *TARGETS[role]) for role, surface in product(TARGETS, SURFACES)),
    ("on-accent", "accent", 4.5, 7),
    ("on-accent", "accent-hover", 4.5, 7),
    ("selection-text", "selection", 4.5, 7),
    ("focus-ring", "focus-gap", 3, 4.5),
    ("accent", "focus-gap", 3, 4.5),
    ("accent-hover", "focus-gap", 3, 4.5),
]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    linear = []
    for place in (0, 2, 4):
        value = int(digits[place : place + 2], 16) / 255
        linear.append(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def colours(css: str) -> Colours:
    """Theme to variant to role to hex, read from the rules of a style sheet."""
    css = css[: css.index("@media", css.index("data-theme=red"))]
    rules = re.findall(r"([^{}]*data-theme[^{}]*)\{([^{}]*)\}", css)
    shared = next(body for selector, body in rules if "data-theme=" not in selector)
    found: Colours = {}
    for selector, body in rules:
        for theme in set(re.findall(r"\[data-theme=([a-z]+)\]", selector)):
            found[theme] = roles(f"{shared};{body}")
    return found


def roles(body: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {variant: {} for variant in VARIANTS}
    for role, value in re.findall(r"--vydno-([a-z-]+):([^;]*)", body):
        hexes = re.findall(r"#[0-9a-f]{3,6}", value)
        for variant, colour in zip(VARIANTS, hexes * 2, strict=False):
            found[variant][role] = colour
    for palette in found.values():
        palette["focus-gap"] = palette["surface"]
    return found


@pytest.mark.parametrize("css", CSS.values(), ids=CSS)
def test_every_colour_passes_on_every_surface_it_may_stand_on(css: str) -> None:
    checked = 0
    for theme, variants in colours(css).items():
        for variant, palette in variants.items():
            for role, surface, normal, more in PAIRS:
                least = more if variant.endswith("more") else normal
                reached = ratio(palette[role], palette[surface])
                assert reached >= least, f"{theme} {variant}: {role} on {surface} is {reached}"
                checked += 1
    assert checked == 4 * 4 * len(PAIRS)


def test_the_style_sheet_says_what_the_solver_found() -> None:
    wanted = {name: theme.variants for name, theme in build_all(load()).items()}
    found = colours(CSS["as served"])
    for theme, variant in product(wanted, VARIANTS):
        for role, colour in wanted[theme][variant].items():
            assert luminance(found[theme][variant][role]) == pytest.approx(luminance(colour))


def test_the_table_of_rules_holds_exactly_the_pairs_that_this_test_knows() -> None:
    listed = [
        (role, surface, rule.normal, rule.more)
        for rule in RULES
        for role, surface in product(rule.foregrounds, rule.surfaces)
    ]
    assert sorted(listed) == sorted(PAIRS)


def test_the_certificate_agrees_with_the_independent_ratios() -> None:
    found = colours(CSS["as served"])
    pairs = all_pairs({name: theme.variants for name, theme in build_all(load()).items()})
    assert len(pairs) == 4 * 4 * len(PAIRS)
    for pair in pairs:
        palette = found[pair.theme][pair.variant]
        again = ratio(palette[pair.foreground], palette[pair.surface])
        assert pair.ratio == pytest.approx(again, rel=1e-12)


def test_a_weakened_palette_fails_and_the_pair_is_named() -> None:
    variants = build_all(load())["orange"].variants
    # Radix' white on orange-9, which reaches 2.97.
    weak = {**variants["light"], "accent": "#f76b15", "on-accent": "#ffffff"}
    found = failures(all_pairs({"orange": {**variants, "light": weak}}))
    assert "on-accent #ffffff on accent #f76b15 in orange, light: 2.9" in "".join(map(str, found))
    assert found[0].margin == min(pair.margin for pair in found)
    assert all(pair.variant == "light" for pair in found)


def test_a_ratio_is_never_rounded_up() -> None:
    assert floor(4.49999) == 4.499
    assert floor(4.5) == 4.5
    assert floor(21.0) == 21.0


def test_paper_is_white_with_black_ink_and_a_grey_that_passes_as_accent() -> None:
    assert {PRINT[role] for role in SURFACES} == {"#ffffff"}
    assert PRINT["text"] == PRINT["link"] == "#000000"
    for role, surface, normal, _ in PAIRS:
        assert ratio(PRINT[role], PRINT[surface]) >= normal, f"{role} on {surface}"


def test_pairs_can_be_written_as_json() -> None:
    pair = all_pairs({name: theme.variants for name, theme in build_all(load()).items()})[0]
    assert json.loads(json.dumps(pair.as_data())) == {
        "theme": "blue",
        "variant": "light",
        "foreground": "text",
        "surface": "surface",
        "ratio": floor(pair.ratio),
        "target": 12,
    }
