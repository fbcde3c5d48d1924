"""vydno.web.django: what is Django's own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from vydno.static import static_dir

from .doors import FORM, application, send, set_up_django

set_up_django()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import RequestFactory, override_settings  # noqa: E402
from django.utils.translation import override as language  # noqa: E402
from vydno.web.django.checks import check_project  # noqa: E402
from vydno.web.django.configuration import configuration  # noqa: E402
from vydno.web.django.context_processors import vydno as in_context  # noqa: E402
from vydno.web.django.middleware import VydnoMiddleware  # noqa: E402

ENDPOINT = "/vydno/preferences"
RED = {"cookie": "vydno=theme=red&text-scale=125"}


@pytest.fixture(autouse=True)
def urls() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.web.django_urls"):
        yield


def get(path: str, **headers: str) -> Any:
    return send(application("django"), "GET", path, headers=headers)


# Tags


def test_there_is_a_tag_for_every_macro() -> None:
    from vydno.templating import Macros
    from vydno.web.django.templatetags.vydno import register

    assert set(register.tags) == {f"vydno_{name}" for name in Macros().names}


def test_a_tag_takes_the_macro_s_keywords_and_gives_the_way_back() -> None:
    template = engines["django"].from_string(
        "{% load vydno %}{% vydno_theme_switch values='red blue' default='blue' label=name %}"
    )
    request = RequestFactory().get("/news", {"page": "2"})
    drawn = template.render({"name": "<b>"}, request)
    assert 'name="return-to" value="/news?page=2"' in drawn
    assert re.findall(r'data-theme="(\w+)"', drawn) == ["red", "blue"]
    assert '<legend aria-hidden="true">&lt;b&gt;</legend>' in drawn


def test_a_tag_speaks_the_active_language() -> None:
    template = engines["django"].from_string("{% load vydno %}{% vydno_text_scale %}")
    request = RequestFactory().get("/")
    with language("en-gb"):
        assert "Larger text" in template.render({}, request)
    with language("uk"):
        assert "Збільшити текст" in template.render({}, request)
    with language("vi"):  # a visitor's wish, perhaps: no page of the site may fail by it
        assert '<text-scale id="text-scale" lang="en">' in template.render({}, request)


def test_a_tag_without_the_request_says_what_is_missing() -> None:
    template = engines["django"].from_string("{% load vydno %}{% vydno_html_attributes %}")
    with pytest.raises(ImproperlyConfigured, match="render\\(request, template, context\\)"):
        template.render({})


def test_a_page_can_leave_a_preference_aside() -> None:
    page = get("/drawn?fixed=theme", **RED).text
    assert '<html lang="uk" data-text-scale="125" data-vydno-fixed="theme">' in page
    assert "vydno-fixed.js" in page
    assert len(re.findall(r"<fieldset [^>]*\bdisabled", page)) == 1
    assert "vydno-fixed.js" not in get("/drawn", **RED).text


def test_a_page_for_everybody_does_not_vary() -> None:
    page = get("/cached", **RED)
    assert '<html lang="uk">' in page.text
    assert "vary" not in page.headers


def test_the_context_processor_asks_only_when_it_is_used() -> None:
    request = RequestFactory().get("/", headers=RED)
    context = in_context(request)
    assert not hasattr(request, "_vydno")
    assert context["preferences"]["theme"] == "red"
    assert str(context["vydno"].head()).count("<link") == 2


# The form among Django's own middlewares


def test_the_form_needs_neither_a_token_nor_a_slash_at_its_end() -> None:
    assert settings.APPEND_SLASH
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    answer = send(application("django"), "POST", ENDPOINT, headers=FORM, content="theme=red")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_behind_a_proxy_django_s_own_remedies_hold() -> None:
    headers = {
        **FORM,
        "origin": "https://city.example",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "city.example",
    }
    app = application("django")
    names: dict[str, Any] = {
        "ALLOWED_HOSTS": ["city.example"],
        "USE_X_FORWARDED_HOST": True,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    }
    assert send(app, "POST", ENDPOINT, headers=headers, content="theme=red").status_code == 403
    with override_settings(**names):
        answer = send(app, "POST", ENDPOINT, headers=headers, content="theme=red")
    assert (answer.status_code, answer.headers["set-cookie"][-8:]) == (303, "; Secure")


def test_below_force_script_name_the_page_knows_its_addresses() -> None:
    with override_settings(FORCE_SCRIPT_NAME="/city"):
        page = get("/drawn").text
    assert 'action="/city/vydno/preferences#text-scale"' in page


# Files


def test_the_finder_finds_our_files_and_no_others() -> None:
    assert finders.find("vydno/vydno.js") == str(static_dir() / "vydno.js")
    for path in (
        "vydno/",
        "vydno",
        "vydno/../pyproject.toml",
        "vydno/missing.js",
        "other/vydno.js",
    ):
        assert not finders.find(path)


def test_collectstatic_collects_them_all(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
    collected, built = tmp_path / "vydno", static_dir()
    assert {path.relative_to(collected) for path in collected.rglob("*")} == {
        path.relative_to(built) for path in built.rglob("*")
    }


def test_without_the_finder_the_included_addresses_serve_them() -> None:
    with override_settings(STATICFILES_FINDERS=[]):
        page = get("/drawn").text
    (address,) = re.findall(r'src="([^"]+vydno\.js[^"]*)"', page)
    assert address.startswith("/vydno/static/vydno.js?v=")
    assert get(address).headers["cache-control"].endswith("immutable")


def test_the_files_can_lie_at_a_cdn() -> None:
    with override_settings(VYDNO={"asset_base": "https://cdn.example/"}):
        assert 'src="https://cdn.example/vydno.js?v=' in get("/drawn").text


# Settings


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "VYDNO must be a dictionary of settings"),
        ({"lang": "uk"}, r"There is no setting VYDNO\['lang'\]; there are VYDNO\['site'\]"),
        ({"site": "city.example"}, r"VYDNO\['site'\] must be an origin"),
        ({"proxy": "nginx"}, r"VYDNO\['proxy'\] must be one of"),
        ({"asset_base": 5}, r"VYDNO\['asset_base'\] must be a path or an address"),
        ({"load": "no.such"}, r"VYDNO\['load'\] must be a function or its dotted name"),
        ({"load": "load"}, r"VYDNO\['load'\] must be a function or its dotted name"),
        ({"load": 5, "store": print}, r"VYDNO\['load'\] must be a function of the request"),
        ({"load": print}, r"VYDNO\['load'\] is given without VYDNO\['store'\]"),
    ],
)
def test_a_wrong_setting_is_an_error_by_its_name(given: Any, message: str) -> None:
    with (
        override_settings(VYDNO=given),
        pytest.raises(ImproperlyConfigured, match=message) as error,
    ):
        configuration()
    assert "\n" not in str(error.value)


def test_a_wrong_setting_stops_the_start_of_any_server() -> None:
    script = (
        "import django; from django.conf import settings; "
        "settings.configure(INSTALLED_APPS=['vydno.web.django'], VYDNO={'site': 'x'}); "
        "django.setup()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: VYDNO['site'] must be an origin without a "
        "path, such as 'https://city.example'; 'x' is not."
    )


def test_a_middleware_without_its_application_stops_the_start() -> None:
    with (
        override_settings(INSTALLED_APPS=[]),
        pytest.raises(ImproperlyConfigured, match=r"INSTALLED_APPS lacks 'vydno\.web\.django'"),
    ):
        VydnoMiddleware(lambda _: HttpResponse())


def test_a_sound_project_passes_the_checks() -> None:
    assert check_project() == []


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"MIDDLEWARE": []}, "MIDDLEWARE lacks 'vydno.web.django.middleware.VydnoMiddleware'"),
        ({"ROOT_URLCONF": "tests.web.django_urls_without"}, "The form has no address; add path"),
        (
            {"TEMPLATES": [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]},
            "lacks the context processor 'django.template.context_processors.request'",
        ),
    ],
)
def test_what_a_project_lacks_is_a_check_s_error(broken: dict[str, Any], message: str) -> None:
    with override_settings(**broken):
        (found,) = check_project()
    assert message in found.msg
    assert str(found.id).startswith("vydno.E")


def test_a_project_whose_own_language_vydno_does_not_speak_is_warned() -> None:
    with override_settings(LANGUAGE_CODE="vi"):
        (found,) = check_project()
    assert found.id == "vydno.W001"
    assert found.msg.startswith("LANGUAGE_CODE is 'vi', a language that Vydno does not speak: ")
