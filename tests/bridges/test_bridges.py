"""A host's own components in every variant: each text on its ground, each edge and each ring."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from vydno.assets import BRIDGES

from tests import axe, npm

from .kits import KITS, VARIANTS, Kit, low, open_kit, pairs, survey, wear, write

# Sixty-four measurements of a whole page, or sixteen runs of axe, on a machine that may be busy.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

each_kit = pytest.mark.parametrize("kit", KITS, ids=str)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, npm.Archive]:
    try:
        return npm.fetch(tmp_path_factory.mktemp("npm"), [kit.package for kit in KITS])
    except npm.NoNpmError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the bridges were not held against their hosts: {error}")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 900, "height": 900}) as context:
        yield context.new_page()


def test_every_bridge_is_held_against_its_host() -> None:
    assert [kit.name for kit in KITS] == list(BRIDGES)


@each_kit
def test_no_pair_of_colours_is_too_weak_in_any_variant_and_state(
    kit: Kit, archives: Mapping[str, npm.Archive], page: Page, tmp_path: Path
) -> None:
    open_kit(page, (tmp_path / write(tmp_path, kit, archives[kit.package])).as_uri())
    measured, weak = survey(page)
    assert weak == []
    # Each element of the page in each state and variant, and not an empty page sixty-four times.
    assert measured > 64 * 30


@each_kit
def test_axe_finds_no_violation_in_any_variant(
    kit: Kit, archives: Mapping[str, npm.Archive], page: Page, tmp_path: Path
) -> None:
    open_kit(page, (tmp_path / write(tmp_path, kit, archives[kit.package])).as_uri())
    axe.inject(page)
    found = []
    for variant in VARIANTS:
        wear(page, variant)
        # What axe could not decide was measured above.
        found += [f"{variant}: {each}" for each in axe.run(page) if "undecided" not in each]
    assert found == []


@pytest.mark.parametrize("kit", KITS[:2], ids=str)
def test_without_its_bridge_a_host_has_weak_pairs(
    kit: Kit, archives: Mapping[str, npm.Archive], page: Page, tmp_path: Path
) -> None:
    name = write(tmp_path, kit, archives[kit.package], bridged=False)
    open_kit(page, (tmp_path / name).as_uri())
    variant = VARIANTS[-1]
    wear(page, variant)
    assert len(low(pairs(page, "rest"), variant)) > 10


@each_kit
def test_a_page_that_chose_nothing_is_the_hosts(
    kit: Kit, archives: Mapping[str, npm.Archive], page: Page, tmp_path: Path
) -> None:
    look = "() => { const look = getComputedStyle(document.body); return [look.color,"
    look += " look.backgroundColor, getComputedStyle(document.querySelector('a')).color] }"
    seen = []
    for bridged in (True, False):
        name = write(tmp_path, kit, archives[kit.package], bridged=bridged)
        open_kit(page, (tmp_path / name).as_uri())
        seen.append(page.evaluate(look))
    if kit.name == "tailwind":  # its classes are of the bridge, and always follow it
        assert seen[0][:2] == seen[1][:2]
    else:
        assert seen[0] == seen[1]
