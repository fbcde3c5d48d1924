"""Build ``static/`` from the sources in ``widgets/`` with webassets."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import brotli
import minify
from webassets import Bundle, Environment
from webassets.filter import Filter

from .catalogues import ENGLISH, Language, languages, other_tags
from .frontend.package import package_files
from .modules import ESModules
from .themes.certificate import certificate
from .themes.css import stylesheet

SOURCES = Path(__file__).parent
MANIFEST = "manifest.json"
CERTIFICATE = "contrast-certificate.json"
TEXTS = "texts.json"
BRIDGES = ("bootstrap", "pico", "tailwind")
"""Hosts whose own colours can follow the theme, by the sheet that does it."""


class Minify(Filter):  # type: ignore[misc]  # webassets has no types
    """tdewolff-minify: nesting, ``light-dark()`` and ``calc()`` keep their meaning."""

    name = "tdewolff-minify"
    options: ClassVar[dict[str, str]] = {"mimetype": "mimetype"}

    def output(self, _in: io.StringIO, out: io.StringIO, **_: Any) -> None:
        """Write what was read, shorter."""
        out.write(minify.string(self.mimetype, _in.read()))


class Themes(Filter):  # type: ignore[misc]
    """From the seeds to the style sheet: colours are computed at build time only."""

    name = "themes"
    max_debug_level = None

    def open(self, out: io.StringIO, _source_path: str, **_: Any) -> None:
        """Write the style sheet of our own seeds."""
        out.write(stylesheet())


def _script(entry: str, *, output: str) -> Bundle:
    filters = [ESModules(), Minify(mimetype="application/javascript")]
    return Bundle(entry, filters=filters, output=output)


def _style(*sources: str, output: str, first: Filter | None = None) -> Bundle:
    filters = [*([first] if first else []), Minify(mimetype="text/css")]
    return Bundle(*sources, filters=filters, output=output)


def bundles() -> list[Any]:
    """Every file of ``static/`` that is made from sources."""
    text_scale = ("controls.css", "text_scale/text_scale.css")
    theme_switch = ("controls.css", "choice.css")
    color_scheme_switch = (*theme_switch, "color_scheme_switch/color_scheme_switch.css")
    contrast_switch = (*theme_switch, "contrast_switch/contrast_switch.css")
    both = dict.fromkeys(text_scale + theme_switch)
    every = dict.fromkeys((*both, *color_scheme_switch, *contrast_switch, "panel.css"))
    return [
        _script("vydno.js", output="vydno.js"),
        _script("vydno_all.js", output="vydno-all.js"),
        _script("early.js", output="vydno-early.js"),
        _script("fixed.js", output="vydno-fixed.js"),
        _script("classic.js", output="vydno-classic.js"),
        _script("server.js", output="vydno-server.js"),
        _script("text_scale/text_scale.js", output="text-scale.js"),
        _script("theme_switch/theme_switch.js", output="theme-switch.js"),
        _script("color_scheme_switch/color_scheme_switch.js", output="color-scheme-switch.js"),
        _script("contrast_switch/contrast_switch.js", output="contrast-switch.js"),
        _style(*both, output="vydno.css"),
        _style(*every, output="vydno-all.css"),
        _style(*text_scale, output="text-scale.css"),
        _style(*theme_switch, output="theme-switch.css"),
        _style(*color_scheme_switch, output="color-scheme-switch.css"),
        _style(*contrast_switch, output="contrast-switch.css"),
        _style("themes/seeds.toml", first=Themes(), output="themes.css"),
        *(_style(f"bridges/{host}.css", output=f"{host}.css") for host in BRIDGES),
    ]


def _hash(algorithm: str, content: bytes) -> str:
    digest = hashlib.new(algorithm, content).digest()
    return f"{algorithm}-{base64.b64encode(digest).decode()}"


def describe(content: bytes) -> dict[str, str | int]:
    """One entry of the manifest.

    ``bytes`` and ``brotli`` (quality 11) are sizes in bytes, ``version`` belongs into the address,
    ``integrity`` is for the attribute of that name (Subresource Integrity), and ``csp`` is the
    source expression that allows the file inline (Content Security Policy Level 3).
    """
    return {
        "bytes": len(content),
        "brotli": len(brotli.compress(content, quality=11)),
        "version": hashlib.sha256(content).hexdigest()[:12],
        "integrity": _hash("sha384", content),
        "csp": _hash("sha256", content),
    }


def _json(data: object, indent: int | None = None) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=indent) + "\n").encode()


def _texts(known: Mapping[str, Language], others: Mapping[str, str]) -> bytes:
    """All languages, for the server."""
    described = {
        tag: {"name": one.name, "direction": one.direction, "texts": one.texts}
        for tag, one in known.items()
    }
    return _json({"languages": described, "otherTags": others}, indent=1)


def _language_script(language: Language, others: Mapping[str, str]) -> bytes:
    """One language, for the elements of a page: a classic script and a module alike."""
    tags = [language.tag, *(other for other, tag in others.items() if tag == language.tag)]
    texts = json.dumps(language.texts, ensure_ascii=False)
    named = "".join(f"{json.dumps(tag.lower())}," for tag in tags)
    catalogues = '(globalThis[Symbol.for("vydno")] ??= {})'  # as strings.js has it
    source = f"for (const tag of [{named}]) {catalogues}[tag] = {texts};"
    return minify.string("application/javascript", source).encode()  # type: ignore[no-any-return]


def render() -> Mapping[str, bytes]:
    """All of ``static/`` as it should be, name to content: the same bytes at every call."""
    with TemporaryDirectory() as folder:
        environment: Any = Environment(directory=folder, load_path=[str(SOURCES)], cache=False)
        environment.manifest = False
        for bundle in bundles():
            environment.add(bundle)
            bundle.build(force=True)
        files = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.*"))}
    known = languages()
    others = other_tags(known)
    for tag, language in known.items():
        if tag != ENGLISH:  # which every script carries
            files[f"lang/{tag}.js"] = _language_script(language, others)
    manifest = {name: describe(content) for name, content in files.items()}
    return {
        **files,
        **package_files(files, manifest),
        MANIFEST: _json(manifest, indent=2),
        CERTIFICATE: _json(certificate()),
        TEXTS: _texts(known, others),
    }


def stale(folder: Path) -> list[str]:
    """The names in ``folder`` that are not what a build would write: changed, missing, or extra."""
    wanted = render()
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))


def build(folder: Path) -> list[str]:
    """Write ``folder`` and return the names that changed."""
    changed = stale(folder)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = render()
    for name in changed:
        path = folder / name
        if name in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(wanted[name])
        else:
            path.unlink()
    return changed
