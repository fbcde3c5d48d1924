from collections.abc import Callable
from typing import Any

from vydno.web.wsgi import VydnoMiddleware, macros, preferences


def home(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    vydno, chosen = macros(environ, lang="uk"), preferences(environ)
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    page = f"""<!doctype html>
        <html lang="uk"{vydno.html_attributes(chosen)}><title>Місто</title>{vydno.head()}
        {vydno.text_scale(chosen)}<h1>Місто</h1>{vydno.theme_switch(chosen)}"""
    return [page.encode()]


app = VydnoMiddleware(home)
