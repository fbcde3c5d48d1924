"""A real Selenium Grid on this machine: a hub, and nodes that can be taken away."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3

from ..browsers import Browser, Grid

SECONDS_TO_START = 90
SESSIONS = 2
"""Of each node."""
# Started in a moment and ended in a minute: the JVM need not think about it.
JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


class Node:
    """A process that leads a group, with the drivers and browsers that it starts."""

    def __init__(self, command: list[str], log: Path) -> None:
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                command,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "SE_AVOID_STATS": "true", "SE_OFFLINE": "true"},
            )

    def kill(self) -> None:
        """As a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class RunningGrid:
    """The hub's address, and its nodes."""

    def __init__(self, grid: Grid, chromium: Browser, folder: Path) -> None:
        self._grid = grid
        self._folder = folder
        self._chromium = chromium
        port, publish, subscribe = free_ports(3)
        self._bus = [
            *("--publish-events", f"tcp://127.0.0.1:{publish}"),
            *("--subscribe-events", f"tcp://127.0.0.1:{subscribe}"),
        ]
        self.address = f"http://127.0.0.1:{port}"
        self.hub = self._start("hub", port, *self._bus)
        self.nodes: list[Node] = []

    def add_node(self) -> Node:
        """A further node with Chromium."""
        [port] = free_ports(1)
        config = self._folder / f"node-{port}.json"
        config.write_text(json.dumps({"node": self._configuration()}))
        node = self._start(
            f"node-{port}",
            port,
            *("node", "--config", str(config), "--hub", self.address),
            *self._bus,
            name="node",
        )
        self.nodes.append(node)
        return node

    def _configuration(self) -> dict[str, Any]:
        stereotype = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": self._chromium.executable},
        }
        driver = {
            "display-name": "Chromium",
            "webdriver-executable": self._chromium.driver,
            "max-sessions": SESSIONS,
            "stereotype": json.dumps(stereotype),
        }
        return {
            "detect-drivers": False,
            "max-sessions": SESSIONS,
            "override-max-sessions": True,
            "driver-configuration": [driver],
        }

    def _start(self, log: str, port: int, *arguments: str, name: str = "") -> Node:
        role = [] if name else ["hub"]
        command = [self._grid.java, *JVM, "-jar", self._grid.jar, *role, *arguments]
        return Node(
            [*command, "--host", "127.0.0.1", "--port", str(port)], self._folder / f"{log}.log"
        )

    def wait_for_nodes(self, number: int) -> None:
        """Until so many of them are up. Raises TimeoutError."""
        end = time.monotonic() + SECONDS_TO_START
        with urllib3.PoolManager(retries=False, timeout=SECONDS_TO_START) as pool:
            while time.monotonic() < end:
                if self._nodes_up(pool) >= number:
                    return
                time.sleep(0.1)  # nobody tells us
        raise TimeoutError(f"the nodes did not come up; see {self._folder}")

    def _nodes_up(self, pool: urllib3.PoolManager) -> int:
        try:
            status = pool.request("GET", f"{self.address}/status").json()["value"]
        except urllib3.exceptions.HTTPError:
            return 0
        return sum(node["availability"] == "UP" for node in status.get("nodes", []))

    def close(self) -> None:
        for process in (*self.nodes, self.hub):
            process.kill()


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def running_grid(
    grid: Grid, chromium: Browser, folder: Path, *, nodes: int
) -> Iterator[RunningGrid]:
    """A hub with so many nodes, all up."""
    started = RunningGrid(grid, chromium, folder)
    try:
        for _ in range(nodes):
            started.add_node()
        started.wait_for_nodes(nodes)
        yield started
    finally:
        started.close()
