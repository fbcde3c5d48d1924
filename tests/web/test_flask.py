"""vydno.web.flask: what is Flask's own."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from flask import Flask, render_template_string, session
from vydno import VydnoError
from vydno.web import flask
from werkzeug.middleware.proxy_fix import ProxyFix

from .doors import FORM

PAGE = "<html{{ vydno.html_attributes(preferences) }}>{{ vydno.text_scale(preferences) }}"
FIXED = "{% set preferences = preferences.fixing('theme') %}" + PAGE


def made(**config: Any) -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="of a test", **config)
    flask.Vydno(app)
    app.add_url_rule("/page", "page", lambda: render_template_string(PAGE))
    app.add_url_rule("/fixed", "fixed", lambda: render_template_string(FIXED))
    app.add_url_rule("/shared", "shared", lambda: render_template_string("the same for all"))
    return app


def test_a_template_that_shows_nothing_of_it_does_not_vary() -> None:
    client = made().test_client()
    assert client.get("/page").headers["Vary"] == "Cookie"
    assert "Vary" not in client.get("/shared").headers


def test_a_page_that_writes_the_session_varies_once() -> None:
    app = made()

    @app.get("/session")
    def in_session() -> str:
        session["seen"] = True
        return flask.preferences()["theme"]

    answer = app.test_client().get("/session")
    assert answer.headers.getlist("Vary") == ["Cookie"]
    assert len(answer.headers.getlist("Set-Cookie")) == 1


def test_the_addresses_and_the_language_are_those_of_the_configuration() -> None:
    app = made(VYDNO_ENDPOINT="/look", VYDNO_STATIC="/files/", VYDNO_LANG="uk")
    client = app.test_client()
    page = client.get("/page").text
    assert 'action="/look#text-scale"' in page
    assert "Збільшити текст" in page
    assert client.post("/look", data={"theme": "red"}).status_code == 303
    assert client.get("/files/vydno.js").status_code == 200


def test_an_extension_may_be_given_its_application_later() -> None:
    extension, app = flask.Vydno(), Flask(__name__)
    extension.init_app(app)
    assert app.test_client().post("/vydno/preferences", data={"theme": "red"}).status_code == 303


def test_the_form_needs_no_token_of_flask_wtf_for_it_has_a_guard_of_its_own() -> None:
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "of a test"
    importlib.import_module("flask_wtf.csrf").CSRFProtect(app)  # it has no types to import
    flask.Vydno(app)
    app.add_url_rule("/other", "other", lambda: "", methods=["POST"])
    client = app.test_client()
    assert client.post("/vydno/preferences", data={"theme": "red"}).status_code == 303
    assert client.post("/other").status_code == 400


def test_behind_a_proxy_flask_s_own_remedy_holds() -> None:
    app = made()
    app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)  # type: ignore[method-assign]
    headers = {
        **FORM,
        "Origin": "https://city.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "city.example",
    }
    answer = app.test_client().post("/vydno/preferences", data="theme=red", headers=headers)
    assert (answer.status_code, answer.headers["Set-Cookie"][-8:]) == (303, "; Secure")


def test_a_page_can_leave_a_preference_aside() -> None:
    client = made().test_client()
    client.set_cookie("vydno", "theme=red&text-scale=125")
    page = client.get("/fixed").text
    assert page.startswith('<html data-text-scale="125" data-vydno-fixed="theme">')


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"VYDNO_ENDPOINT": "look"}, "VYDNO_ENDPOINT must be a path that starts with one slash"),
        ({"VYDNO_STATIC": "/files"}, "VYDNO_STATIC must end with a slash: '/files/'"),
        ({"VYDNO_STATIC": None}, "VYDNO_STATIC must be a path"),
        ({"VYDNO_SITE": "city.example"}, "VYDNO_SITE must be an origin"),
        ({"VYDNO_PROXY": True}, "VYDNO_PROXY must be one of '', 'x-forwarded', 'forwarded'"),
        ({"VYDNO_ASSET_BASE": "https://cdn.example"}, "VYDNO_ASSET_BASE must be a path or an"),
        ({"VYDNO_LANG": "українська"}, "VYDNO_LANG must be a language tag"),
        ({"VYDNO_LANG": "tlh"}, "VYDNO_LANG is 'tlh', a language that Vydno does not speak"),
        ({"VYDNO_LANGUAGE": "uk"}, "There is no setting VYDNO_LANGUAGE; there are VYDNO_ENDPOINT"),
    ],
)
def test_a_wrong_setting_fails_at_the_start_by_its_name(
    config: dict[str, Any], message: str
) -> None:
    with pytest.raises(VydnoError, match=message) as error:
        made(**config)
    assert "\n" not in str(error.value)


def test_an_application_without_the_extension_is_told_so() -> None:
    with Flask(__name__).test_request_context(), pytest.raises(VydnoError, match="call Vydno"):
        flask.preferences()
