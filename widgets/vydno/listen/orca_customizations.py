"""Orca runs this file when it starts: its own way of being configured.

It says less about itself, and tells us when it has done all that came before.
"""

from __future__ import annotations

import os
import socket

from gi.repository import GLib
from orca import settings

# The keys stand in the transcript already.
settings.enableKeyEcho = False
# Reading starts when a key asks for it.
settings.sayAllOnLoad = False
settings.enablePositionSpeaking = True

# What a live region says waits for 100 ms, so that several make one message.
LIVE_REGION_WAITS = 150


def listen(path: str) -> socket.socket:
    """Answer each line with "settled", once the queue is empty and nothing waits any more."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)

    def on_ask(*_: object) -> bool:
        asked = connection.recv(1024)
        for _line in asked.splitlines():
            # Below the priority at which Orca handles events, so after all of them.
            GLib.idle_add(once_idle, priority=GLib.PRIORITY_LOW)
        return bool(asked)

    def once_idle() -> None:
        GLib.timeout_add(LIVE_REGION_WAITS, once_waited)

    def once_waited() -> None:
        GLib.idle_add(answer, priority=GLib.PRIORITY_LOW)

    def answer() -> None:
        connection.sendall(b"settled\n")

    GLib.io_add_watch(connection.fileno(), GLib.IO_IN, on_ask)
    return connection


# Orca may read this file again.
if not hasattr(settings, "vydno"):
    settings.vydno = listen(os.environ["VYDNO_LISTEN_ORCA"])
