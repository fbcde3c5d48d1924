"""``vydno themes``: what it prints, what it writes, and how it ends."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from vydno.themes.certificate import palettes, summary
from vydno.themes.cli import WeakThemesError, report, themes
from vydno.themes.colour_vision import VISIONS
from vydno.themes.css import stylesheet
from vydno.themes.export import FORMATS, GROUP, bundle, dtcg
from vydno.themes.pairs import VARIANTS
from vydno.themes.seeds import OURS, Seed, dumps, load
from vydno.themes.solver import build, build_all

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in an empty folder; its exit status is the first thing to assert."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: object, status: int = 0) -> Result:
        result = CliRunner().invoke(themes, list(map(str, arguments)))
        assert result.exit_code == status, result.output
        return result

    return invoke


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def written() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())


class TestCheck:
    def test_our_themes_pass_and_the_numbers_are_printed(self, run: Run) -> None:
        printed = run("check").stdout
        assert "864 pairs, 0 failures" in printed
        assert all(word in printed for word in ("protan", "dark-more", "surface-tint"))

    def test_the_summary_is_there_as_json(self, run: Run) -> None:
        assert json.loads(run("check", "--json").stdout) == json.loads(json.dumps(summary()))

    def test_our_seed_file_is_the_default(self, run: Run) -> None:
        assert run("check", OURS).stdout == run("check").stdout

    def test_our_style_sheet_and_our_tokens_say_the_same(self, run: Run) -> None:
        css = write("our.css", stylesheet())
        [text] = bundle(build_all(load())).values()
        tokens = write("our.resolver.json", text)
        for file in (css, tokens):
            found = json.loads(run("check", file, "--json").stdout)
            assert (found["pairs"], found["failures"], found["too-near"]) == (864, [], [])
            assert found["colour-vision"] == summary()["colour-vision"]

    def test_accents_that_are_too_near_end_with_1_and_are_named(self, run: Run) -> None:
        near = write(
            "near.toml", "[moss]\nhue = 140\nchroma = 0.1\n[leaf]\nhue = 150\nchroma = 0.1"
        )
        assert "the accents of moss and leaf in light" in run("check", near, status=1).stderr

    def test_a_pair_that_fails_is_named(self) -> None:
        weak = {name: dict(variants) for name, variants in palettes().items()}
        weak["red"]["dark"] = {**weak["red"]["dark"], "text-muted": "#555555"}
        message = r"text-muted #555555 on surface #[0-9a-f]{6} in red"
        with pytest.raises(WeakThemesError, match=message):
            report(summary(weak), as_json=True)

    @pytest.mark.parametrize("suffix", ["css", "json", "toml"])
    def test_a_weakened_palette_ends_with_1_whatever_its_form(self, run: Run, suffix: str) -> None:
        ours = build_all(load())
        link = ours["red"].variants["light"]["link"]
        colours = {name: dict(palette) for name, palette in ours["red"].variants.items()}
        colours["light"]["link"] = "#ff8888"
        text = {
            "css": stylesheet({"red": ours["red"]}).replace(link, "#ff8888", 1),
            "json": json.dumps(_weak_tokens("red", "light", "link", "#ff8888")),
            "toml": dumps(Seed("red", colours=colours)),
        }
        weak = write(f"weak.{suffix}", text[suffix])
        errors = run("check", weak, status=1).stderr
        assert "link #ff8888 on " in errors
        assert "in red, light: 2." in errors

    def test_a_theme_alone_is_near_to_none(self, run: Run) -> None:
        assert "ΔE" not in run("check", write("a.toml", "[a]\nhue = 9\nchroma = 0.1")).stdout

    def test_somebody_elses_colours_come_with_their_pairs(self, run: Run) -> None:
        css = write("site.css", ":root { --ink: #777; --page: #fff } @import 'more.css';")
        pairs = write(
            "pairs.toml", "[[pairs]]\nforeground = '--ink'\nsurface = '--page'\ntarget = 4.5"
        )
        result = run("check", css, "--pairs", pairs, status=1)
        assert (
            "--ink #777777 on --page #ffffff in default, light: 4.478, needs 4.5" in result.stderr
        )
        assert "1 pairs, 1 failures" in result.stdout
        assert "Left out" not in result.stdout

    def test_names_cannot_speak_to_the_terminal(self, run: Run) -> None:
        css = write("site.css", "[data-theme='a\x1b]0;b'] { --ink: #777; --page: #fff }")
        pairs = write(
            "pairs.toml", "[[pairs]]\nforeground = '--ink'\nsurface = '--page'\ntarget = 4.5"
        )
        assert "\x1b" not in run("check", css, "--pairs", pairs, status=1).output


def _weak_tokens(theme: str, variant: str, role: str, colour: str) -> dict[str, object]:
    files = dtcg({theme: build_all(load())[theme]})
    document: dict[str, object] = json.loads(files[f"{theme}/{variant}.tokens.json"])
    group = document[GROUP]
    assert isinstance(group, dict)
    group[role]["$value"] = colour
    return document


class TestNew:
    def test_a_hue_makes_a_theme_and_its_seed_is_kept(self, run: Run) -> None:
        result = run("new", "sea", "--hue", 220, "--chroma", 0.1)
        assert load(Path("themes.toml")) == {"sea": Seed("sea", 220, 0.1)}
        assert build(Seed("sea", 220, 0.1)).variants["dark"]["accent"] in result.stdout
        assert "216 pairs, 0 failures" in result.stdout
        assert result.stderr == "Added to themes.toml: sea\n"

    def test_a_brand_colour_is_kept_exactly(self, run: Run) -> None:
        run("new", "mine", "--brand", "#0A75D0", "--seeds", "brand.toml")
        [theme] = build_all(load(Path("brand.toml"))).values()
        assert theme.variants["light"]["accent"] == "#0a75d0"

    def test_a_second_theme_stands_beside_the_first(self, run: Run) -> None:
        run("new", "sea", "--hue", 220)
        result = run("new", "lake", "--hue", 225)
        assert list(load(Path("themes.toml"))) == ["sea", "lake"]
        assert "the accents of sea and lake in light are" in result.stderr


class TestImport:
    def test_what_was_exported_comes_back_equal(self, run: Run) -> None:
        run("export", "--format", "dtcg", "--output", "tokens")
        run("import", "tokens/vydno.resolver.json")
        assert load(Path("themes.toml")) == load()

    def test_figmas_files_come_back_under_a_name(self, run: Run) -> None:
        run("export", "red", "--format", "figma", "--output", "figma")
        run("import", *(f"figma/red/{variant}.json" for variant in VARIANTS), "--name", "crimson")
        [theme] = build_all(load(Path("themes.toml"))).values()
        assert theme.name == "crimson"
        assert theme.variants == palettes()["red"]

    def test_accents_alone_are_enough_if_one_says_so(self, run: Run) -> None:
        run("export", "blue", "--format", "figma", "--output", "figma")
        run("import", "figma/blue/light.json", "--name", "sky", "--accents")
        assert load(Path("themes.toml")) == {"sky": Seed("sky", brand="#005cb1")}

    def test_tokens_that_fail_end_with_1_and_nothing_is_kept(self, run: Run) -> None:
        run("export", "red", "--format", "dtcg", "--output", "tokens")
        weak = _weak_tokens("red", "light", "link", "#ff8888")
        write("tokens/red/light.tokens.json", json.dumps(weak))
        errors = run("import", "tokens/vydno.resolver.json", status=1).stderr
        assert "link #ff8888 on surface-tint" in errors
        assert not Path("themes.toml").exists()


class TestExport:
    @pytest.mark.parametrize("format_", FORMATS)
    def test_files_are_written_and_named(self, run: Run, format_: str) -> None:
        result = run("export", "red", "--format", format_, "--output", "out")
        assert sorted(result.stdout.split()) == written()
        files = FORMATS[format_]({"red": build_all(load())["red"]})
        assert {name: Path("out", name).read_text() for name in files} == files

    def test_without_a_folder_it_goes_to_standard_output(self, run: Run) -> None:
        assert run("export", "--format", "css").stdout == stylesheet()
        assert run("export", "--format", "scss").stdout.count("#") == 16 * 21
        resolver = json.loads(run("export", "--format", "dtcg").stdout)
        assert len(resolver["modifiers"]["mode"]["contexts"]) == 16
        assert written() == []

    def test_themes_of_ones_own_can_be_exported(self, run: Run) -> None:
        run("new", "sea", "--hue", 220)
        css = run("export", "--seeds", "themes.toml", "--format", "css").stdout
        assert "[data-theme=sea]" in css
        assert "data-theme=blue" not in css


SEEDS = "[sea]\nhue = 220\nchroma = 0.1\n"


@pytest.mark.parametrize(
    ("command", "files", "says"),
    [
        # A seed
        ("check a.toml", {"a.toml": "[sea"}, "no TOML"),
        ("check a.toml", {"a.toml": ""}, "has no theme"),
        ("check a.toml", {"a.toml": "[sea]\nhue = 400\nchroma = 0"}, "hue of the theme sea is 400"),
        ("check a.toml", {"a.toml": "[sun]\nbrand = '#ffcc00'"}, "The nearest brand that works is"),
        ("check a.toml", {"a.toml": "[a.colours.dim]"}, "there are light, dark"),
        ("check a.toml --pairs a.toml", {"a.toml": SEEDS}, "take --pairs away"),
        ("check none.toml", {}, "does not exist"),
        ("new Sea --hue 220", {}, "'Sea' is no name for a theme"),
        ("new <b> --hue 220", {}, "'<b>' is no name for a theme"),
        ("new sea", {}, "Give either --hue or --brand"),
        ("new sea --hue 1 --brand #005cb1", {}, "Give either --hue or --brand"),
        ("new sea --hue nan", {}, "hue of the theme sea is nan"),
        ("new sea --hue blue", {}, "'blue' is not a valid float"),
        ("new sea --hue 1 --chroma 9", {}, "chroma of the theme sea is 9"),
        ("new sea --brand=", {}, "--brand is empty"),
        ("new sea --brand color(display-p3_1_0_0)", {}, "give an opaque sRGB colour"),
        ("new sea --brand #ffcc00", {}, "The nearest brand that works is"),
        ("new sea --hue 1", {"themes.toml": SEEDS}, "has a theme sea already"),
        ("new sun --hue 1", {"themes.toml": "[sea"}, "no TOML"),
        ("new sun --hue 1 --seeds no/where.toml", {}, "could not be written"),
        # Somebody else's files
        ("check a.css", {"a.css": ":root{--a:#fff}"}, "of our roles"),
        ("check a.css --pairs a.toml", {"a.css": ":root{--a:#fff}", "a.toml": "["}, "not be read"),
        (
            "check a.css --pairs p.toml",
            {
                "a.css": ":root{--a:#fff}",
                "p.toml": "[[pairs]]\nforeground='--b'\nsurface='--a'\ntarget=3",
            },
            "has no '--b'",
        ),
        (
            "check a.css --pairs p.toml",
            {
                "a.css": ":root{--a:color(display-p3 1 0 0)}",
                "p.toml": "[[pairs]]\nforeground='#000'\nsurface='--a'\ntarget=3",
            },
            "outside sRGB",
        ),
        ("check a.json", {"a.json": "[]"}, "no JSON object"),
        ("check a.txt", {"a.txt": ""}, "neither a seed file"),
        ("import a.json", {"a.json": "{}"}, "has no design tokens"),
        ("import a.json", {"a.json": "{"}, "is no JSON"),
        ("import a.json", {"a.json": '{"a": {"$value": "#fff"}}'}, "name no theme; give one"),
        ("import a.json --name a", {"a.json": '{"a": {"$value": "#fff"}}'}, "are of no variant"),
        ("import a.json", {}, "does not exist"),
        # What to take away
        ("export none --format css", {}, "no theme 'none'; there are blue, green, orange, red"),
        ("export --format figma", {}, "say with --output where to"),
        ("export --format sketch", {}, "'sketch' is not one of"),
        ("export --format css --seeds a.toml", {"a.toml": ""}, "has no theme"),
        ("export --format dtcg --output a.toml/b", {"a.toml": SEEDS}, "could not be written"),
        ("sheet none", {}, "no theme 'none'"),
    ],
)
def test_bad_input_ends_with_2_and_one_sentence_and_nothing_is_written(
    run: Run, command: str, files: dict[str, str], says: str
) -> None:
    for name, text in files.items():
        write(name, text)
    arguments = [word.replace("_", " ") for word in command.split()]
    result = run(*arguments, status=2)
    assert says in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1 or result.stderr.startswith("Usage:")
    assert {name: Path(name).read_text() for name in written()} == files


def test_the_sheet_says_where_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from vydno.themes import sheet

    shot = Image.new("RGB", (40, 30))
    monkeypatch.setattr(
        sheet,
        "photograph",
        lambda themes, **_: dict.fromkeys(product(VISIONS, themes, VARIANTS), shot),
    )
    assert run("sheet", "red", "--output", "red.png").stdout == "red.png\n"
    assert written() == ["red.png"]
