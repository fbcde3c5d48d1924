"""The studio: themes side by side, on a page, in numbers, and a new one from a hue or a brand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from io import BytesIO
from mimetypes import guess_type
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from vydno import VydnoError
from vydno.strings import text
from vydno.themes.colour_vision import distances
from vydno.themes.css import stylesheet
from vydno.themes.export import FORMATS, Files, Themes
from vydno.themes.pairs import ROLES, VARIANTS, Pair, floor, pairs
from vydno.themes.seeds import MOST_CHROMA, Seed, load
from vydno.themes.solver import Theme, UnsatisfiableSeedError, build, build_all

from . import studio_state as known
from .content import LANGUAGES, PAGES, address, other
from .pages import Pages, language_of
from .security import security_headers
from .studio_matrix import SHAPES, matrices, nearest, tried
from .studio_preview import preview
from .studio_state import EVERY, Refusal, RefusedError, State

_VIEWS = ("studio", "studio_page", "studio_contrast", "studio_new")
_STYLE = "/studio/theme/style.css"

# The fields that each view's form has; what else the address says travels hidden.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "studio": ("theme", "scheme", "contrast", "scale", "vision", "forced"),
    "studio_page": ("page", "theme", "scheme", "contrast", "scale", "width", "vision", "forced"),
    "studio_contrast": ("theme", "scheme", "contrast", "role", "colour"),
    "studio_new": ("start", "name", "hue", "chroma", "brand"),
}
# A new theme's fields are hidden in every other form, and written out there.
_SEED = ("start", "name", "hue", "chroma", "brand")

_OURS = build_all(load())


@lru_cache(maxsize=64)
def _built(name: str, hue: float | None, chroma: float | None, brand: str) -> Theme:
    return build(Seed(name, hue, chroma, brand))


@dataclass(frozen=True)
class Bench:
    """A state with the themes that it makes, and everything a view says of them."""

    state: State
    new: Theme | None

    @classmethod
    def of(cls, state: State) -> Bench:
        """Build the new theme, if there is one; raise RefusedError if it cannot be."""
        return cls(state, _new(state))

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """Every theme by name, the new one first."""
        return ({self.new.name: self.new} if self.new else {}) | _OURS

    @property
    def worn(self) -> str:
        """The theme of a view that shows only one."""
        return next(iter(self.themes)) if self.state.theme == EVERY else self.state.theme

    @property
    def made(self) -> str:
        """The theme of the view that makes one; until then it is one of ours."""
        return self.new.name if self.new else self.worn

    @property
    def variant(self) -> str:
        """The variant of a view that shows only one."""
        scheme = "light" if self.state.scheme == EVERY else self.state.scheme
        return f"{scheme}-more" if self.state.contrast == "more" else scheme

    @property
    def variants(self) -> list[str]:
        """The variants that are asked for, light before dark and normal before more."""
        return [variant for variant in VARIANTS if self._wants(variant)]

    def _wants(self, variant: str) -> bool:
        scheme, _, more = variant.partition("-")
        return self.state.scheme in (EVERY, scheme) and self.state.contrast in (
            EVERY,
            more or "normal",
        )

    def shown(self) -> list[str]:
        """The themes that are asked for."""
        return list(self.themes) if self.state.theme == EVERY else [self.state.theme]

    def closest(self, theme: str, variant: str) -> Pair:
        """The pair that is nearest to its limit."""
        found = pairs(theme, variant, self.themes[theme].variants[variant])
        return min(found, key=lambda pair: pair.margin)

    @property
    def styles(self) -> str:
        """The style sheet of all themes, ours and the new one, and of the colour that is tried."""
        css = stylesheet(_OURS | ({self.new.name: self.new} if self.new else {}))
        if not self.state.role:
            return css
        role, colour = self.state.role, self.state.colour
        return f"{css}@layer site {{ .tried {{ --vydno-{role}: {colour}; }} }}\n"


def _new(state: State) -> Theme | None:
    if not state.start:
        return None
    by_hue = state.start == "hue"
    numbers = (state.hue, state.chroma, "") if by_hue else (None, None, state.brand)
    try:
        return _built(state.name, *numbers)
    except UnsatisfiableSeedError as error:
        raise RefusedError(Refusal("brand", "weak", _weak(error))) from None
    except VydnoError:
        raise RefusedError(Refusal("start", "seed")) from None


def _weak(error: UnsatisfiableSeedError) -> dict[str, Any]:
    """What the sentence says of a brand colour that cannot be an accent."""
    pair = error.pair
    return {
        "foreground": pair.foreground,
        "surface": pair.surface,
        "ratio": floor(pair.ratio, 2),
        "target": pair.target,
        "nearest": error.nearest,
    }


class Studio:
    """Answers with the studio's views, the pages in its frames, its style sheets and exports."""

    def __init__(self, pages: Pages, *, javascript: bool) -> None:
        self.pages = pages
        self.framing = security_headers(javascript=javascript, frames=True)
        self.framed = security_headers(javascript=False, framed=True)
        self.routes = [Route(PAGES[view], partial(self.view, view)) for view in _VIEWS]

    def files(self, folder: str) -> list[BaseRoute]:
        """What is no page of its own, below a language's folder."""
        return [
            Mount(f"{folder}/studio/preview", routes=[Route("/", self.preview)]),
            Mount(
                f"{folder}/studio/theme",
                routes=[Route("/style.css", self.style), Route("/export/{name}", self.export)],
            ),
        ]

    def view(self, view: str, request: Request) -> Response:
        """One of the four views; an address that is refused gets the sentences and nothing else."""
        state = State()
        try:
            state = State.from_query(_query(request))
            bench = Bench.of(state)
        except RefusedError as refused:
            # The form keeps what it can; the theme that is chosen may be the one that cannot be.
            refusing = Bench(replace(state, theme=EVERY), None)
            return self._render(request, view, refusing, 400, refused.refusals)
        return self._render(request, view, bench)

    def preview(self, request: Request) -> Response:
        """A page of the site as the state wears it, for a frame."""
        try:
            bench = Bench.of(State.from_query(_query(request)))
        except RefusedError as refused:
            return self._refused(request, refused)
        response = preview(self.pages, request, bench.state, self._style(request, bench))
        response.headers.update(self.framed)
        return response

    def style(self, request: Request) -> Response:
        """The style sheet of all themes with the new one."""
        try:
            css = Bench.of(State.from_query(_query(request))).styles
        except RefusedError as refused:
            return self._refused(request, refused)
        return Response(css, media_type="text/css", headers=_CACHED)

    def export(self, request: Request) -> Response:
        """A file of the theme that the state wears."""
        try:
            bench = Bench.of(State.from_query(_query(request)))
            files = exports(bench.themes[bench.worn])
            name = request.path_params["name"]
            if name not in files:
                choices = {"choices": ", ".join(files)}
                raise RefusedError(Refusal("format", "choice", choices))
        except RefusedError as refused:
            return self._refused(request, refused)
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        kind = guess_type(name)[0] or "text/plain"
        return Response(files[name], media_type=kind, headers=_CACHED | disposition)

    def _render(
        self,
        request: Request,
        view: str,
        bench: Bench,
        status: int = 200,
        refusals: tuple[Refusal, ...] = (),
    ) -> Response:
        language, state = language_of(request), bench.state
        here = partial(_address, language)
        kept = State() if refusals else state
        code = other(language)
        about = bench.made if view == "studio_new" else bench.worn
        strings = self.pages.strings[language]["studio"]
        response = self.pages.render(
            request,
            view,
            template=view,
            status=status,
            workshop=True,
            known=known,
            known_variants=VARIANTS,
            most_chroma=MOST_CHROMA,
            roles=[role for role in ROLES if role != "focus-gap"],
            shapes=SHAPES,
            bench=bench,
            state=state,
            here=here(view, kept),
            return_to=here(view, kept),
            counterpart=_address(code, view, kept),
            view=address(language, view),
            views=[(name, here(name, kept)) for name in _VIEWS],
            at=lambda name, **changes: address(language, name) + state.query(**changes),
            file=lambda path, **changes: f"{LANGUAGES[language]}{path}{state.query(**changes)}",
            hidden=list(_hidden(kept, view)),
            sheet="" if refusals else self._style(request, bench),
            label=partial(_label, language),
            number=partial(_number, strings["decimal"]),
            ratio=partial(_ratio, strings["decimal"]),
            refusals=[(self._sentence(language, each), each) for each in refusals],
            about=about,
            files=exports(bench.themes[about]) if not refusals else {},
            apart=distances({n: t.variants for n, t in bench.themes.items()}),
            **_numbers(bench, about),
        )
        response.headers.update(self.framing)
        return response

    def _style(self, request: Request, bench: Bench) -> str:
        """The address of the style sheet that this state needs beside the site's own, or ""."""
        state = bench.state
        if not (bench.new or state.role):
            return ""
        mine = State(**{name: getattr(state, name) for name in (*_SEED, "role", "colour")})
        return LANGUAGES[language_of(request)] + _STYLE + mine.query()

    def _refused(self, request: Request, refused: RefusedError) -> Response:
        language = language_of(request)
        sentences = [self._sentence(language, refusal) for refusal in refused.refusals]
        return PlainTextResponse("\n".join(sentences) + "\n", 400)

    def _sentence(self, language: str, refusal: Refusal) -> str:
        words = self.pages.strings[language]["studio"]
        details = {
            key: _number(words["decimal"], value) if isinstance(value, float) else value
            for key, value in refusal.details.items()
        }
        for key in ("foreground", "surface"):
            if key in details:
                details[key] = words["roles"][details[key]]
        sentence: str = words["errors"][refusal.key].format(**details)
        return f"{words['fields'][refusal.field]}: {sentence}"


# A theme's files are made from what their address says, which is all that they depend on.
_CACHED = {"Cache-Control": "public, max-age=3600"}


def _numbers(bench: Bench, about: str) -> dict[str, Any]:
    """The matrix of one theme in the variant that the state is about, with what is tried."""
    role = bench.state.role
    palette = tried(bench.themes[about].variants[bench.variant], role, bench.state.colour)
    found = matrices(about, bench.variant, palette)
    every = [pair for matrix in found for pair in matrix.found]
    failed = [pair for pair in every if not pair.passes]
    # A surface has no row of its own: what would pass in its place is said of the whole matrix.
    weak = any(role in (pair.foreground, pair.surface) for pair in failed)
    return {
        "matrices": found,
        "found": every,
        "failed": failed,
        "weak": weak,
        "instead": nearest(role, bench.variant, palette) if weak else "",
        "tightest": min(every, key=lambda pair: pair.margin),
    }


def exports(theme: Theme) -> Mapping[str, bytes]:
    """File name to content: the theme in each format; one of several files is an archive."""
    return dict(_download(theme, name, make) for name, make in FORMATS.items())


def _download(theme: Theme, form: str, make: Callable[[Themes], Files]) -> tuple[str, bytes]:
    files = make({theme.name: theme})
    if len(files) == 1:
        return f"{theme.name}.{form}", "".join(files.values()).encode()
    archive = BytesIO()
    with ZipFile(archive, "w") as writer:
        for name, content in files.items():
            # Without a date, so that it is the same file each time.
            writer.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return f"{theme.name}-{form}.zip", archive.getvalue()


def _query(request: Request) -> str:
    """The query as it came: what is no ASCII in it is refused with the rest, not by an error."""
    raw: bytes = request.scope["query_string"]
    return raw.decode("latin-1")


def _address(language: str, view: str, state: State) -> str:
    return address(language, view) + state.query()


def _hidden(state: State, view: str) -> list[tuple[str, str]]:
    """What a view's form does not ask for; the new theme's name may change, and so its choice."""
    without = set(_FIELDS[view])
    if view == "studio_new" and state.theme == state.name:
        without.add("theme")
    return list(state.pairs(*without))


def _label(language: str, theme: str) -> str:
    """A theme's name as people read it; a new one has none but its own."""
    return text(language, theme) if theme in known.THEMES else theme


def _number(decimal: str, value: float, digits: int = 3) -> str:
    """A number as the language writes it, without zeros at its end."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", decimal)


def _ratio(decimal: str, value: float, digits: int = 2) -> str:
    """What was measured, cut and never rounded up, so that 4.4996 does not read as 4.5."""
    return f"{floor(value, digits):.{digits}f}".replace(".", decimal)
