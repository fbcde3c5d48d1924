"""vydno.web.vary: the response's Vary header names Cookie, once."""

from __future__ import annotations

import pytest
from vydno.web.vary import with_cookie


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [b"Cookie"]),
        ([b""], [b"Cookie"]),
        ([b"Accept-Encoding"], [b"Accept-Encoding, Cookie"]),
        ([b"Accept-Encoding", b"Origin , Accept"], [b"Accept-Encoding, Origin, Accept, Cookie"]),
        ([b"Cookie"], [b"Cookie"]),
        ([b"accept-encoding,cookie"], [b"accept-encoding,cookie"]),
        ([b"X-Cookie"], [b"X-Cookie, Cookie"]),
        ([b"*"], [b"*"]),
    ],
)
def test_cookie_is_named_once_beside_what_was_there(
    before: list[bytes], after: list[bytes]
) -> None:
    headers = [(b"content-type", b"text/html"), *((b"Vary", value) for value in before)]
    found = [value for name, value in with_cookie(headers) if name.lower() == b"vary"]
    assert found == after


def test_other_headers_keep_their_order() -> None:
    headers = [(b"b", b"1"), (b"vary", b"Origin"), (b"a", b"2"), (b"b", b"3")]
    assert with_cookie(iter(headers))[:-1] == [(b"b", b"1"), (b"a", b"2"), (b"b", b"3")]
