"""Why a browser would not show a page, in one sentence each, whoever drives it."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?:net::)?((?:ERR|NS_ERROR|SSL|SEC|MOZILLA)_[A-Z_]+)")
_OF_CERTIFICATES = re.compile("ERR_CERT_|SEC_ERROR_|MOZILLA_PKIX_ERROR_")
_TRUST = " (--ignore-https-errors trusts any)"
CERTIFICATE = f"the browser does not trust its certificate{_TRUST}"
_NETWORK = {
    "ERR_NAME_NOT_RESOLVED": "its host name is not known",
    "ERR_CONNECTION_REFUSED": "nothing answers at its address",
    "ERR_CONNECTION_RESET": "its server broke the connection off",
    "ERR_EMPTY_RESPONSE": "its server answered nothing",
    "ERR_CONNECTION_TIMED_OUT": "its host does not answer",
    "ERR_ADDRESS_UNREACHABLE": "its host cannot be reached",
    "ERR_INTERNET_DISCONNECTED": "there is no network",
    "ERR_TOO_MANY_REDIRECTS": "it redirects without end",
    "ERR_INVALID_URL": "its address is none",
    "ERR_UNSAFE_PORT": "browsers refuse its port",
    "ERR_INVALID_AUTH_CREDENTIALS": "it asks for a name and a password",
    "ERR_CERT_AUTHORITY_INVALID": f"nobody whom the browser trusts signed its certificate{_TRUST}",
    "ERR_CERT_COMMON_NAME_INVALID": f"its certificate is another host's{_TRUST}",
    "ERR_CERT_DATE_INVALID": f"its certificate has expired{_TRUST}",
    "ERR_ABORTED": "the browser gave up loading it: it is a download, or has no content",
    "NS_ERROR_UNKNOWN_HOST": "its host name is not known",
    "NS_ERROR_CONNECTION_REFUSED": "nothing answers at its address",
    "NS_ERROR_REDIRECT_LOOP": "it redirects without end",
}
# WebKitGTK has no codes.
_WORDS = {
    "redirection": "ERR_TOO_MANY_REDIRECTS",
    "connection refused": "ERR_CONNECTION_REFUSED",
    "error resolving": "ERR_NAME_NOT_RESOLVED",
    "connection reset": "ERR_CONNECTION_RESET",
    "connection terminated": "ERR_EMPTY_RESPONSE",
    "timed out": "ERR_CONNECTION_TIMED_OUT",
    "unreachable": "ERR_ADDRESS_UNREACHABLE",
    "can’t be shown": "ERR_INVALID_URL",
    "not allowed to use restricted network port": "ERR_UNSAFE_PORT",
}
DOWNLOAD = "it is a download, not a page"
CRASHED = "the page crashed the browser's renderer"
CLOSED = "the browser was closed"
ELSEWHERE = "the page went elsewhere while it was audited"
SILENT = "the browser did not answer in time"
HANGS = "a script of the page does not let the browser answer"
DIALOGS = "it opens dialogs without end"
NOTHING_CAME = _NETWORK["ERR_ABORTED"]
NO_ADDRESS = _NETWORK["ERR_INVALID_URL"]
NO_SCRIPT = "the page takes no script of the audit"


def has_code(text: str) -> bool:
    """Whether a browser's message names a failure by a code."""
    return _CODE.search(text) is not None


def network(text: str) -> str | None:
    """The sentence for what a browser says of a failure; `None` when it says nothing known."""
    if found := _CODE.search(text):
        unknown = (
            CERTIFICATE if _OF_CERTIFICATES.match(found[1]) else f"the browser said {found[1]}"
        )
        return _NETWORK.get(found[1], unknown)
    for said, code in _WORDS.items():
        if said in text.lower():
            return _NETWORK[code]
    return f"the browser said: {text.strip()[:200]}" if text.strip() else None


def too_late(seconds: float) -> str:
    """For a server that did not answer."""
    return f"it did not answer within {seconds:g} s"


def too_long(seconds: float) -> str:
    """For a page that used up its time."""
    return f"it took longer than {seconds:g} s"
