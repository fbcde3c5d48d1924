from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from vydno import Preferences
from vydno.templating import install
from vydno.web.wsgi import VydnoMiddleware

templates = Environment(autoescape=True)
install(templates, lang="uk")
PAGE = templates.from_string("""<!doctype html>
    <html lang="uk"{{ vydno.html_attributes(preferences) }}>
    <title>Місто</title>{{ vydno.head() }}
    {{ vydno.text_scale(preferences) }}<h1>Місто</h1>{{ vydno.theme_switch(preferences) }}""")


def home(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    chosen = Preferences.from_cookie_header(environ.get("HTTP_COOKIE", ""))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie")])
    return [PAGE.render(preferences=chosen).encode()]


app = VydnoMiddleware(home)
