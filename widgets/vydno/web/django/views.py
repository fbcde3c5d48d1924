"""The form endpoint and the files."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.views.decorators.csrf import csrf_exempt

from ...static import static_dir
from ..files import built_files
from ..form import MAX_BODY, FormRequest, take
from ..response import Response
from .configuration import configuration


@csrf_exempt  # it has a guard of its own, which needs no token and so no session
def preferences(request: HttpRequest) -> HttpResponse:
    """Take the form."""
    config = configuration()
    headers = _headers(request) | {"host": request.get_host()}
    form = FormRequest.of(
        request.method or "",
        headers,
        _body(request),
        settings=config.settings,
        scheme=request.scheme or "http",
        root_path=get_script_prefix().rstrip("/"),
    )
    answer, stored = take(form)
    config.accounts.took(request, stored)
    return _response(answer)


def file(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a file, for good where its version is asked for."""
    files, query = built_files(static_dir()), request.META.get("QUERY_STRING", "")
    return _response(files.respond(request.method or "", name, query, _headers(request)))


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        return bytes(MAX_BODY + 1)


def _response(answer: Response) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    del response.headers["Content-Type"]
    for name, value in answer.headers:
        response.headers[name] = value
    return response
