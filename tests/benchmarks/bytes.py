"""`python -m tests.benchmarks.bytes`: what we make a visitor download, beside what others do.

Our figures are the manifest's. The others' are measured on packages that npm fetches into a
temporary folder; where it cannot, those of an earlier measurement are printed and called recorded.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import brotli
from rich.console import Console
from rich.table import Table
from vydno.static import manifest

QUALITY = 11  # brotli's highest, at which static files are compressed ahead of time
SECONDS_TO_FETCH = 120
RADIX = [f"{hue}{end}.css" for hue in ("blue", "green", "orange", "red") for end in ("", "-dark")]


@dataclass(frozen=True)
class Size:
    """Bytes as they are and after brotli at its highest quality."""

    plain: int
    brotli: int

    @classmethod
    def of(cls, content: bytes) -> Size:
        return cls(len(content), len(brotli.compress(content, quality=QUALITY)))


@dataclass(frozen=True)
class Peer:
    """Files of a package on npm that do a similar job, taken together."""

    package: str
    version: str
    files: Sequence[str]
    recorded: Size
    remark: str = ""

    @property
    def archive(self) -> str:
        """What `npm pack` calls the package's file."""
        return f"{self.package.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


@dataclass(frozen=True)
class Budget:
    """The most that the files may take together, in bytes after brotli; None is no limit."""

    what: str
    files: Sequence[str]
    limit: int | None
    peers: Sequence[Peer] = ()


TOGGLE = Peer(
    "dark-mode-toggle",
    "0.18.0",
    ["dist/dark-mode-toggle.min.mjs"],
    Size(10_134, 2_354),
    "one widget, its styles inside",
)

BUDGETS = (
    Budget(
        "both elements",
        ["vydno.js"],
        2_000,
        [
            TOGGLE,
            Peer(
                "theme-change", "3.0.4", ["index.js"], Size(4_094, 1_237), "no controls of its own"
            ),
            Peer("next-themes", "0.4.6", ["dist/index.mjs"], Size(3_360, 1_332), "and React"),
            Peer("bvi", "1.0.2", ["dist/js/bvi.min.js"], Size(38_843, 8_735)),
            Peer("accessibility", "6.1.0", ["dist/main.bundle.js"], Size(79_500, 15_840)),
            Peer("sienna-accessibility", "2.2.333", ["dist/sienna.min.js"], Size(65_993, 17_827)),
        ],
    ),
    Budget(
        "early script",
        ["vydno-early.js"],
        250,
        [
            Peer(
                "dark-mode-toggle",
                "0.18.0",
                ["dist/dark-mode-toggle-stylesheets-loader.min.js"],
                Size(708, 284),
            )
        ],
    ),
    Budget(
        "controls' CSS",
        ["vydno.css"],
        1_500,
        [Peer("bvi", "1.0.2", ["dist/css/bvi.min.css"], Size(78_737, 4_384))],
    ),
    Budget(
        "four themes × light/dark × normal/more",
        ["themes.css"],
        1_500,
        [
            Peer(
                "@radix-ui/colors",
                "3.0.0",
                RADIX,
                Size(8_305, 1_334),
                "light/dark only, contrast not guaranteed",
            )
        ],
    ),
    # No budget: the fairest line against a script that carries its styles.
    Budget("one widget with its styles", ["theme-switch.js", "theme-switch.css"], None, [TOGGLE]),
)


def ours(budget: Budget) -> Size:
    """What the budget's files take, by the manifest."""
    entries = [manifest()[name] for name in budget.files]
    return Size(*(sum(int(entry[key]) for entry in entries) for key in ("bytes", "brotli")))


def missed(budgets: Iterable[Budget]) -> list[Budget]:
    """The budgets that our files do not keep."""
    return [one for one in budgets if one.limit is not None and ours(one).brotli > one.limit]


# What others make


def fetch(peers: Iterable[Peer], folder: Path) -> bool:
    """Whether npm is there and brought the packages of all peers into the folder."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    packages = sorted({f"{peer.package}@{peer.version}" for peer in peers})
    command = [npm, "pack", "--ignore-scripts", "--silent", *packages]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS_TO_FETCH)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def measure(peer: Peer, folder: Path) -> Size:
    """The files one after another, as a site bundles them; nothing is unpacked to the disk."""
    with tarfile.open(folder / peer.archive) as archive:
        return Size.of(b"".join(_read(archive, f"package/{name}") for name in peer.files))


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise FileNotFoundError(f"{name} is no file of the package")
    return file.read()


def theirs(budgets: Iterable[Budget]) -> tuple[bool, dict[str, Size]]:
    """Whether it was measured just now; and package and files to what they take."""
    peers = [peer for budget in budgets for peer in budget.peers]
    with tempfile.TemporaryDirectory(prefix="vydno-bytes-") as name:
        folder = Path(name)
        fetched = fetch(peers, folder)
        return fetched, {
            _key(peer): measure(peer, folder) if fetched else peer.recorded for peer in peers
        }


def _key(peer: Peer) -> str:
    return " ".join([peer.package, *peer.files])


# Output


def table(budgets: Iterable[Budget], peers: Mapping[str, Size], *, fetched: bool) -> Table:
    """A section a budget: our files, then the peers', then what of ours has none."""
    budgets = list(budgets)
    title = f"Bytes, and bytes after brotli {QUALITY}"
    result = Table("what", "bytes", "brotli", "budget", "", title=title)
    for column in result.columns[1:4]:
        column.justify = "right"
    for budget in budgets:
        for row in _rows(budget, peers, "measured" if fetched else "recorded"):
            result.add_row(*row)
        result.add_section()
    named = {name for budget in budgets for name in budget.files}
    for name in sorted(set(manifest()) - named):
        size = ours(Budget(name, [name], None))
        result.add_row(name, f"{size.plain:,}", f"{size.brotli:,}")
    return result


def _rows(budget: Budget, peers: Mapping[str, Size], how: str) -> Iterator[tuple[str, ...]]:
    size = ours(budget)
    limit = "" if budget.limit is None else f"{budget.limit:,}"
    verdict = "MISSED" if missed([budget]) else "kept" if limit else ""
    what = f"{budget.what}: {' + '.join(budget.files)}"
    yield what, f"{size.plain:,}", f"{size.brotli:,}", limit, verdict
    for peer in budget.peers:
        size = peers[_key(peer)]
        remark = "; ".join(filter(None, [how, peer.remark]))
        yield f"  {peer.package} {peer.version}", f"{size.plain:,}", f"{size.brotli:,}", "", remark


def main() -> int:
    """Print the table; 0 when every budget is kept, 1 when one is missed."""
    fetched, peers = theirs(BUDGETS)
    # What is not a terminal is as wide as it must be: no line of data is folded.
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table(BUDGETS, peers, fetched=fetched))
    if not fetched:
        console.print("npm could not fetch the others: their figures are those recorded before.")
    if over := missed(BUDGETS):
        console.print(f"Missed: {', '.join(budget.what for budget in over)}.")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
