"""What the audit reads from a server itself: sitemaps and robots.txt. Pages are the browser's."""

from __future__ import annotations

import io
import ssl
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import urllib3
from urllib3 import exceptions

from .. import __version__
from ..errors import VydnoError
from .address import origin
from .options import Options

AGENT = "vydno"
"""The name that robots.txt can call us by."""
_CONNECT, _READ = 10.0, 30.0
"""Seconds."""
_REDIRECTS = 5


class UnavailableError(VydnoError):
    """The server did not give what was asked for."""

    def __init__(self, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{url} could not be read: {reason}.")
        self.status = status
        """HTTP's, where there was an answer."""


class Client:
    """Reads with the login of the run, which goes to `origins` and to nobody else."""

    def __init__(self, options: Options, origins: Collection[str] = ()) -> None:
        self.origins = origins
        self._login = _login(options)
        trusting = "CERT_NONE" if options.ignore_https_errors else "CERT_REQUIRED"
        self._pool = urllib3.PoolManager(
            cert_reqs=trusting,
            timeout=urllib3.Timeout(connect=_CONNECT, read=_READ),
            retries=urllib3.Retry(
                total=None,
                connect=0,
                read=0,
                redirect=_REDIRECTS,
                status=0,
                other=0,
                remove_headers_on_redirect=list(self._login),
            ),
        )

    @contextmanager
    def open(self, url: str) -> Iterator[BinaryIO]:
        """What is there, unpacked by HTTP's rules. Raises UnavailableError."""
        headers = {"User-Agent": f"{AGENT}/{__version__}", "Accept-Encoding": "gzip"}
        if origin(url) in self.origins:
            headers |= self._login
        try:
            with warnings.catch_warnings():
                # Whoever gives --ignore-https-errors knows.
                warnings.simplefilter("ignore", exceptions.InsecureRequestWarning)
                response = self._pool.request("GET", url, headers=headers, preload_content=False)
        except exceptions.HTTPError as error:
            raise UnavailableError(url, _reason(error)) from None
        try:
            if response.status != 200:
                reason = f"the server answered {response.status}"
                raise UnavailableError(url, reason, response.status)
            # Who reads in pieces asks once more when the last byte is read.
            cast(urllib3.HTTPResponse, response).auto_close = False
            yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, response)))
        except exceptions.HTTPError as error:
            raise UnavailableError(url, _reason(error)) from None
        finally:
            response.close()

    def text(self, url: str, most: int) -> str:
        """The first `most` bytes of it as text. Raises UnavailableError."""
        with self.open(url) as file:
            return file.read(most).decode("utf-8-sig", errors="replace")


def _login(options: Options) -> dict[str, str]:
    headers = dict(options.header)
    if options.cookie:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in options.cookie)
    if options.basic_auth:
        headers |= {
            "Authorization": urllib3.make_headers(basic_auth=":".join(options.basic_auth))[
                "authorization"
            ]
        }
    return headers


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, exceptions.MaxRetryError) else error
    if isinstance(cause, exceptions.NameResolutionError):
        return "there is no such host"
    if isinstance(cause, exceptions.SSLError | ssl.SSLError):
        return "its certificate is not trusted (--ignore-https-errors trusts any)"
    if isinstance(cause, exceptions.NewConnectionError):
        return "nothing answers there"
    if isinstance(cause, exceptions.TimeoutError):
        return f"it did not answer within {_CONNECT:g} or {_READ:g} seconds"
    if isinstance(cause, exceptions.ResponseError):
        return f"it redirects more than {_REDIRECTS} times"
    if isinstance(cause, exceptions.DecodeError):
        return "it is not packed as it says"
    return "the connection broke"
