"""Style sheets of other people, fetched from npm when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import npm


@dataclass(frozen=True, kw_only=True)
class Package:
    """A style sheet, a page's body that uses it, and what is to be found in it."""

    npm: str
    """Name and version."""
    sheet: str
    """Its path in the package."""
    body: str = ""
    """Of a page that shows what is mended in it."""
    found: Mapping[str, int] = field(default_factory=dict)
    """Usual rules to how many places break them."""
    mended: int = 0
    """Values that `--fix` replaces."""

    def __str__(self) -> str:
        return self.npm


_PROSE = (
    "<h1>Громада</h1><h2>Новини</h2><h3>Події</h3><p>Сьогодні <b>відкрили</b> міст. <small>Фото"
    "</small> <code>code</code> <a href='#'>Далі</a></p><ul><li>Один<li>Два</ul><blockquote>Слово"
    "</blockquote><table><tr><th>День<td>12</table><pre>pre</pre>"
)

PACKAGES = (
    Package(
        npm="bootstrap@3.4.1",
        sheet="dist/css/bootstrap.css",
        body=f"<div class=container>{_PROSE}<p class=lead>Вступ</p><a class='btn btn-lg "
        "btn-primary'>Далі</a><a class='btn btn-xs'>Ні</a><div class='panel panel-default'><div "
        "class=panel-heading><h3 class=panel-title>Панель</h3></div><div class=panel-body>Текст"
        "</div></div><div class=jumbotron><h1>Ласкаво</h1><p>просимо</p></div><input "
        "class='form-control input-lg' value=1><ul class=pagination><li><a>1</a></ul><span "
        "class=badge>3</span></div>",
        found={
            "text-fixed-size": 47,
            "root-fixed-size": 1,
            "line-height-fixed": 16,
            "height-clips-text": 1,
        },
        mended=48,
    ),
    Package(
        npm="leaflet@1.9.4",
        sheet="dist/leaflet.css",
        body="<div class=leaflet-container style='height:300px'><div class=leaflet-popup>"
        "<div class=leaflet-popup-content-wrapper><div class=leaflet-popup-content><p>Тут</p></div>"
        "</div><a class='leaflet-popup-close-button'>×</a></div><div class='leaflet-bar "
        "leaflet-control leaflet-control-zoom'><a class=leaflet-control-zoom-in>+</a></div>"
        "<div class='leaflet-control-attribution'>Мапа</div></div>",
        found={"text-fixed-size": 3, "line-height-fixed": 3, "height-clips-text": 1},
        mended=3,
    ),
    Package(
        npm="github-markdown-css@5.8.1",
        sheet="github-markdown-light.css",
        body=f"<article class=markdown-body>{_PROSE}<kbd>Ctrl</kbd></article>",
        found={"text-fixed-size": 6, "line-height-fixed": 1},
        mended=6,
    ),
    Package(
        npm="flatpickr@4.6.13",
        sheet="dist/flatpickr.css",
        body="<div class='flatpickr-calendar open inline'><div class=flatpickr-months><div "
        "class=flatpickr-month><div class=flatpickr-current-month>Травень</div></div></div><div "
        "class=flatpickr-weekdays><span class=flatpickr-weekday>Пн</span></div><div "
        "class=dayContainer><span class=flatpickr-day>1</span></div><div class='flatpickr-time'>"
        "<input value=12></div></div>",
        found={"text-fixed-size": 2, "line-height-fixed": 4, "height-clips-text": 3},
        mended=2,
    ),
    Package(
        npm="spectre.css@0.5.9",
        sheet="dist/spectre.css",
        body=f"{_PROSE}<button class='btn btn-lg'>Так</button><span class=label>Мітка</span>"
        "<div class=toast>Слово</div>",
        found={"root-fixed-size": 1},
        mended=1,
    ),
    Package(
        npm="govuk-frontend@5.11.0",
        sheet="dist/govuk/govuk-frontend.min.css",
        body="<a class='govuk-header__link govuk-header__link--homepage'>GOV</a><p "
        "class=govuk-body>Текст</p><div class=govuk-warning-text><span "
        "class=govuk-warning-text__icon>!</span><strong class=govuk-warning-text__text>Увага"
        "</strong></div>",
        found={"text-fixed-size": 2, "line-height-fixed": 1},
        mended=2,
    ),
    Package(npm="purecss@3.0.0", sheet="build/pure.css", found={"text-keyword-size": 1}),
    Package(npm="bootstrap@5.3.8", sheet="dist/css/bootstrap.css"),
    Package(npm="@picocss/pico@2.1.1", sheet="css/pico.css"),
    Package(npm="normalize.css@8.0.1", sheet="normalize.css"),
    Package(npm="milligram@1.4.1", sheet="dist/milligram.css"),
    Package(npm="water.css@2.1.1", sheet="out/light.css"),
)


def fetch(folder: Path) -> Mapping[str, bytes]:
    """The style sheets by package. Raises NoNpmError."""
    archives = npm.fetch(folder, [package.npm for package in PACKAGES])
    return {package.npm: archives[package.npm].read(package.sheet) for package in PACKAGES}
