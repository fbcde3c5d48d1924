from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from vydno.web.asgi import configured, macros, preferences


async def home(request: Request) -> HTMLResponse:
    vydno, chosen = macros(request, lang="uk"), preferences(request)
    return HTMLResponse(f"""<!doctype html>
        <html lang="uk"{vydno.html_attributes(chosen)}><title>Місто</title>{vydno.head()}
        {vydno.text_scale(chosen)}<h1>Місто</h1>{vydno.theme_switch(chosen)}""")


app = Starlette(routes=[Route("/", home)], middleware=[Middleware(configured())])
