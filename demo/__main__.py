"""`python3 -m demo`: set up what is missing, then serve the demo and say where."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from demo import environment

if TYPE_CHECKING:  # at run time these are there only after the set-up
    from starlette.applications import Starlette

DEFAULT_PORT = 8000
# How far to look for a free port when nobody asked for a particular one.
PORTS_TO_TRY = 100
# Open connections may finish for so long after Ctrl+C.
SECONDS_TO_FINISH = 2


class ListenError(Exception):
    """The demo cannot listen there; the message says why and what to do."""

    def __init__(self, sentence: str, *, taken: bool = False) -> None:
        super().__init__(sentence)
        self.taken = taken


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until Ctrl+C. Returns 0 then, and 2 when the demo could not be served."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    options = _parser().parse_args(arguments)
    try:
        # A port that is taken is said at once, not after a set-up that takes a minute.
        listen(options.host, options.port).close()
        environment.ensure("demo", "demo", arguments)
        listener = listen(options.host, options.port)
        return _serve(listener, options)
    except ListenError as refused:
        environment.say(str(refused))
        return environment.COULD_NOT_RUN
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m demo",
        description="Serve the demo: a municipal site with A+ A A− and four themes.",
        epilog="The first run makes .venv and installs what the demo needs.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=_port,
        help=f"port to listen on; 0 takes any free one (default: {DEFAULT_PORT} or the next free)",
    )
    parser.add_argument(
        "--no-javascript", action="store_true", help="serve the pages without any script"
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"'{text}' is not a port: give a number from 0 to 65535")
    return int(text)


# Listening


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket, on the next free port when none is given. Raises ListenError."""
    if port is not None:
        return _listen(host, port)
    last = DEFAULT_PORT + PORTS_TO_TRY - 1
    for candidate in range(DEFAULT_PORT, last + 1):
        try:
            return _listen(host, candidate)
        except ListenError as refused:
            if not refused.taken:
                raise
    raise ListenError(
        f"Ports {DEFAULT_PORT} to {last} are all taken. Choose another one with --port, "
        "or any free one with --port 0."
    )


def _listen(host: str, port: int) -> socket.socket:
    failure: OSError | None = None
    for family, kind, protocol, _, address in _addresses(host, port):
        try:
            return _open(socket.socket(family, kind, protocol), address)
        except OSError as refused:
            failure = refused
            if refused.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                break  # another address of the same host would only hide the reason
    raise _reason(failure, host, port)


def _addresses(host: str, port: int) -> Sequence[tuple[int, int, int, str, tuple[object, ...]]]:
    try:
        return socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ListenError(
            f"There is no address '{host}'. Use --host 127.0.0.1 for this computer only, "
            "or --host 0.0.0.0 for the whole network."
        ) from None


def _open(listener: socket.socket, address: tuple[object, ...]) -> socket.socket:
    try:
        if os.name == "posix":  # elsewhere it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _reason(failure: OSError | None, host: str, port: int) -> ListenError:
    code = failure.errno if failure else None
    if code == errno.EADDRINUSE:
        return ListenError(
            f"Port {port} on {host} is taken by another program. Stop that program, choose "
            "another port with --port, or leave --port out to get the next free one.",
            taken=True,
        )
    if code in (errno.EACCES, errno.EPERM):
        return ListenError(
            f"This user may not listen on port {port}. Choose a port from 1024 up, "
            f"for example --port {DEFAULT_PORT}."
        )
    if code in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
        return ListenError(
            f"This computer has no address '{host}' to listen on. Use --host 127.0.0.1, "
            "or --host 0.0.0.0 for all of its addresses."
        )
    return ListenError(f"Cannot listen on {host}, port {port}: {failure}.")


def address_of(listener: socket.socket, host: str) -> str:
    """The address to open in a browser. Every-address hosts are shown as this computer's own."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host.strip("[]"), host.strip("[]"))  # noqa: S104
    shown = f"[{host.replace('%', '%25')}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}/"


# Serving


def _serve(listener: socket.socket, options: argparse.Namespace) -> int:
    import uvicorn
    from vydno import VydnoError

    class Server(uvicorn.Server):
        """Says where it is once it answers there."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _announce(listener, options)

    try:
        app = _app(javascript=not options.no_javascript)
    except VydnoError as wrong:
        environment.say(str(wrong))
        return environment.COULD_NOT_RUN
    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=SECONDS_TO_FINISH, server_header=False
    )
    server = Server(config)
    server.run([listener])
    return 0 if server.started else environment.COULD_NOT_RUN


def _app(*, javascript: bool) -> Starlette:
    from demo.app import create_app

    return create_app(javascript=javascript)


def _announce(listener: socket.socket, options: argparse.Namespace) -> None:
    port = listener.getsockname()[1]
    if options.port is None and port != DEFAULT_PORT:
        environment.say(f"Port {DEFAULT_PORT} is taken, so the demo uses {port}.")
    address = address_of(listener, options.host)
    print(f"Vydno demo: {address} (Ctrl+C stops it)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
