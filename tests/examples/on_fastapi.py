from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from vydno.web.asgi import configured, macros, preferences

app = FastAPI()
app.add_middleware(configured())


@app.get("/")
async def home(request: Request) -> HTMLResponse:
    vydno, chosen = macros(request, lang="uk"), preferences(request)
    return HTMLResponse(f"""<!doctype html>
        <html lang="uk"{vydno.html_attributes(chosen)}><title>Місто</title>{vydno.head()}
        {vydno.text_scale(chosen)}<h1>Місто</h1>{vydno.theme_switch(chosen)}""")
