"""The form endpoint: what the controls send when no script is there to take it.

A form that another site sent is refused. In this order:

1. ``Sec-Fetch-Site`` decides where it is sent (https and localhost, all browsers since 2023):
   ``same-origin`` and ``none`` pass, ``same-site`` and ``cross-site`` do not. It is about what the
   browser sees, so it holds behind a proxy that changes ``Host``, and for pages under
   ``Referrer-Policy: no-referrer``, whose forms say ``Origin: null``.
2. Otherwise ``Origin`` must be at our own host. ``null`` is refused, because a sandboxed frame of
   any site says so too: a site on plain http must not send ``Referrer-Policy: no-referrer``.
3. Otherwise ``Referer``, if there is one, must be at our own host.
4. A request that says nothing of the three passes: no browser of the last years sends such a one,
   and a preference of ours is not worth locking out an old browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ..preferences import Preferences
from .address import is_at, local_path, path_of
from .proxy import as_seen
from .response import Response, sentence
from .settings import Settings

# A return address of 2,000 characters, all of them encoded twice, and every preference fit in.
MAX_BODY = 4096
MEDIA_TYPE = "application/x-www-form-urlencoded"
RETURN_TO = "return-to"

# Fetch Metadata, section 2.3; a value that is not listed counts as none sent, as it asks there.
_FETCH_SITE = {"same-origin": True, "none": True, "same-site": False, "cross-site": False}


@dataclass(frozen=True, kw_only=True)
class FormRequest:
    """What the endpoint needs of a request; a header that was not sent is ``""``.

    ``body`` may stop anywhere beyond ``MAX_BODY`` bytes. ``scheme`` is ``http`` or ``https``.
    ``root_path`` is the prefix under which the application is mounted, ``""`` or ``/prefix``.
    ``site`` is the site's public origin (``https://city.example``) where a proxy hides it.
    """

    method: str
    content_type: str = ""
    body: bytes = b""
    cookie: str = ""
    host: str = ""
    origin: str = ""
    referer: str = ""
    sec_fetch_site: str = ""
    scheme: str = "http"
    root_path: str = ""
    site: str = ""

    @classmethod
    def of(
        cls,
        method: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        settings: Settings,
        scheme: str,
        root_path: str = "",
    ) -> FormRequest:
        """From what every door has; the names in ``headers`` are in lower case."""
        scheme, host = as_seen(scheme, headers.get("host", ""), headers, settings.proxy)
        return cls(
            method=method,
            content_type=headers.get("content-type", ""),
            body=body,
            cookie=headers.get("cookie", ""),
            host=host,
            origin=headers.get("origin", ""),
            referer=headers.get("referer", ""),
            sec_fetch_site=headers.get("sec-fetch-site", ""),
            scheme=scheme,
            root_path=root_path,
            site=settings.site,
        )


def answer(request: FormRequest) -> Response:
    """Store the preferences that were sent, and go back: 303, or 403, 405, 413, 415."""
    return take(request)[0]


def take(request: FormRequest) -> tuple[Response, Preferences | None]:
    """The answer, and what the visitor prefers now; None where the form was refused."""
    refusal = _refusal(request)
    return (refusal, None) if refusal else _stored(request)


def _refusal(request: FormRequest) -> Response | None:
    if request.method != "POST":
        return sentence(405, "This address takes a form sent by POST.", ("allow", "POST"))
    if not _sent_from_here(request):
        return sentence(403, "Nothing was changed: this form is not surely from our own page.")
    if request.content_type.partition(";")[0].strip().lower() != MEDIA_TYPE:
        return sentence(415, f"Send the form as {MEDIA_TYPE}.", ("accept", MEDIA_TYPE))
    if len(request.body) > MAX_BODY:
        return sentence(413, f"Send a form of at most {MAX_BODY} bytes.")
    return None


def _stored(request: FormRequest) -> tuple[Response, Preferences]:
    # Broken encodings become U+FFFD, which no valid value holds.
    fields = parse_qsl(
        request.body.decode(errors="replace"), keep_blank_values=True, errors="replace"
    )
    wanted = next((value for name, value in fields if name == RETURN_TO), "")
    preferences = Preferences.from_cookie_header(request.cookie).change(fields)
    response = Response(
        303,
        (
            ("location", _return_address(request, wanted)),
            ("set-cookie", preferences.set_cookie(secure=_is_secure(request))),
            ("cache-control", "no-store"),
            ("content-length", "0"),
        ),
    )
    return response, preferences


def _sent_from_here(request: FormRequest) -> bool:
    told = _FETCH_SITE.get(request.sec_fetch_site)
    if told is not None:
        return told
    source = request.origin or request.referer
    return not source or _is_ours(source, request)


def _is_ours(url: str, request: FormRequest) -> bool:
    return is_at(url, request.host) or is_at(url, request.site.partition("://")[2])


def _is_secure(request: FormRequest) -> bool:
    """Whether the browser sees https, which a proxy that ends TLS may not have told us."""
    return request.scheme == "https" or request.origin.startswith("https://")


def _return_address(request: FormRequest, wanted: str) -> str:
    """The first that is a path on this site: the form's own word, the ``Referer``, the root."""
    came_from = None
    if request.sec_fetch_site == "same-origin" or _is_ours(request.referer, request):
        came_from = path_of(request.referer)
    return local_path(wanted) or came_from or local_path(f"{request.root_path}/") or "/"
