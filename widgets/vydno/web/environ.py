"""WSGI's environ and headers, to and from what the pure functions take and give."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from .form import MAX_BODY, FormRequest
from .response import Response
from .settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def path_of(environ: WSGIEnvironment) -> str:
    """The path below the prefix under which the application is mounted."""
    return _text(environ.get("PATH_INFO", "")) or "/"


def root_path(environ: WSGIEnvironment) -> str:
    """That prefix, ``""`` or ``/prefix``."""
    return _text(environ.get("SCRIPT_NAME", "")).rstrip("/")


def request_headers(environ: WSGIEnvironment) -> dict[str, str]:
    """Header names in lower case to values."""
    headers = {
        name.removeprefix("HTTP_").lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    # HTTP/1.0 knows no Host.
    headers.setdefault("host", f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}")
    return headers


def read_body(environ: WSGIEnvironment, *, at_most: int) -> bytes:
    """The request's body, or its beginning if it is longer than ``at_most`` bytes."""
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("wsgi.input_terminated"):  # a body in chunks, which has no length
        wanted = at_most + 1
    else:
        wanted = min(int(length), at_most + 1) if length.isascii() and length.isdigit() else 0
    body: bytes = environ["wsgi.input"].read(wanted) if wanted else b""
    return body


def form_request(environ: WSGIEnvironment, settings: Settings) -> FormRequest:
    """What the endpoint needs of the request; its body is read."""
    return FormRequest.of(
        environ["REQUEST_METHOD"],
        request_headers(environ),
        read_body(environ, at_most=MAX_BODY),
        settings=settings,
        scheme=environ["wsgi.url_scheme"],
        root_path=root_path(environ),
    )


def send(
    response: Response, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """The whole response; to HEAD only its headers."""
    status = f"{response.status} {HTTPStatus(response.status).phrase}"
    start_response(status, list(response.headers))
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else response.body]


def to_bytes(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def to_text(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _text(path: str) -> str:
    """WSGI hands bytes over as Latin-1 (PEP 3333, Unicode Issues)."""
    return path.encode("latin-1").decode(errors="replace")
