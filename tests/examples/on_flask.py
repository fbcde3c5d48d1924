from flask import Flask, render_template_string
from vydno.web.flask import Vydno

app = Flask(__name__)
app.config["VYDNO_LANG"] = "uk"
Vydno(app)


@app.get("/")
def home() -> str:
    return render_template_string("""<!doctype html>
        <html lang="uk"{{ vydno.html_attributes(preferences) }}>
        <title>Місто</title>{{ vydno.head() }}
        {{ vydno.text_scale(preferences) }}<h1>Місто</h1>{{ vydno.theme_switch(preferences) }}""")
