from typing import Any

from litestar import Litestar, MediaType, Request, get
from vydno.web.asgi import VydnoMiddleware, macros, preferences


@get("/", media_type=MediaType.HTML)
async def home(request: Request[Any, Any, Any]) -> str:
    vydno, chosen = macros(request, lang="uk"), preferences(request)
    return f"""<!doctype html>
        <html lang="uk"{vydno.html_attributes(chosen)}><title>Місто</title>{vydno.head()}
        {vydno.text_scale(chosen)}<h1>Місто</h1>{vydno.theme_switch(chosen)}"""


# Around the whole: Litestar's own middlewares do not see addresses that have no handler.
app = VydnoMiddleware(Litestar([home]))
