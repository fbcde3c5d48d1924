"""What a run audits: addresses, files, folders, sitemaps, and the links of their pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import VydnoError
from . import folder, sitemap
from .address import checked, origin, same
from .crawl import Crawl
from .fetch import Client
from .files import seen_from_here
from .findings import PageResult
from .folder import Folder
from .options import MOST_PAGES, Options
from .referred import referred
from .robots import Robots

_WEB = ("http", "https")
_LOOKED_THROUGH = 200  # pages of a folder, for what they refer to; they mostly share it


class Targets:
    """The pages of a run: those that are known at its start, and those that they link to."""

    def __init__(
        self,
        starts: Sequence[str],
        crawl: Crawl | None = None,
        folders: Iterable[Folder] = (),
        *,
        origins: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> None:
        self.origins = origins
        """`https://city.example` of each site that was named, which alone may get the login."""
        self.notes = notes
        """What people must be told before the run: what is left out, and why."""
        self._starts = starts
        self._crawl = crawl
        self._folders = tuple(folders)

    def start(self) -> Sequence[str]:
        """The addresses that are known."""
        return self._starts

    def more(self, url: str, links: Sequence[str]) -> list[str]:  # noqa: ARG002
        """The addresses that the page led to and that the run follows."""
        if not self._crawl:
            return []
        for one in self._folders:
            links = [one.tidied(link) for link in links]
        return self._crawl.more(links)

    def name(self, url: str) -> str:
        """What a page is called: its address, or the path of its file."""
        for one in self._folders:
            if one.holds(url):
                return one.name_of(url)
        return url

    def names(self) -> list[str]:
        """What the pages are called that are known at the start."""
        return [self.name(url) for url in self._starts]

    def leave_out(self, names: Collection[str]) -> None:
        """Do not audit these, as somebody has."""
        self._starts = [url for url in self._starts if self.name(url) not in names]

    def named(self, page: PageResult) -> PageResult:
        """The page's result under that name, which is the same in the next run."""
        name = self.name(page.url)
        findings = tuple(replace(finding, page=name) for finding in page.findings)
        facts = tuple(replace(fact, page=name) for fact in page.facts)
        return replace(page, url=name, findings=findings, facts=facts)

    def left_out(self) -> list[str]:
        """What a crawl saw and did not follow, in sentences, when the run is over."""
        if not self._crawl:
            return []
        said = []
        if self._crawl.left_out:
            said.append(f"Pages that the crawl saw and did not go to: {self._crawl.left_out}.")
        elsewhere = self._crawl.elsewhere.most_common(1)
        if elsewhere and not self._crawl.followed:
            said.append(
                f"The crawl followed nothing: most links lead to {elsewhere[0][0]}; start there if "
                "it is the same site."
            )
        return said


@contextmanager
def targets(options: Options) -> Iterator[Targets]:
    """What the options name; folders are served as long as the context lasts.

    Raises VydnoError, before anything is audited, for what cannot be.
    """
    with ExitStack() as stack:
        reading = _Reading(options, stack)
        starts = reading.all()
        crawl = None
        if options.crawl:
            limit = min(options.crawl, options.max_pages or options.crawl)
            crawl = Crawl(starts, limit, reading.may_follow())
        notes = [*reading.notes, *reading.without_login(starts)]
        origins = [*reading.named]
        yield Targets(starts, crawl, reading.folders, origins=origins, notes=notes)


class _Reading:
    """Turns the options into addresses, and serves what has none."""

    def __init__(self, options: Options, stack: ExitStack) -> None:
        self.options = options
        self.folders: list[Folder] = []
        self.notes: list[str] = []
        self.named: dict[str, None] = {}
        """Origins, in order: of what people wrote, not of what a server's sitemap says."""
        self._stack = stack

    def all(self) -> list[str]:
        """Every address once, up to the limit."""
        most = self.options.max_pages or MOST_PAGES
        found: dict[str, str] = {}
        for url in self._named():
            key = same(url)
            if len(found) == most and key not in found:
                if not self.options.max_pages:
                    raise VydnoError(
                        f"There are more than {most:,} pages; say with --max-pages how many of "
                        "them to audit."
                    )
                self.notes.append(f"There are more pages, which --max-pages {most} leaves out.")
                break
            found.setdefault(key, url)
        if not found:
            raise VydnoError(_nothing(self.options))
        return list(found.values())

    def _named(self) -> Iterator[str]:
        for text in self.options.targets:
            yield from self._one(text, Path())
        if self.options.urls_file:
            yield from self._lines(self.options.urls_file)
        for source in self.options.sitemap:
            yield from self._sitemap(source)

    def _one(self, text: str, base: Path) -> Iterator[str]:
        path = _path(text)
        if path is None:
            yield self._address(text)
        elif (base / path).is_dir():
            root = (base / path).resolve()
            pages = folder.pages_in(root)
            yield from map(self._serve(root, pages, base / path).url_of, pages)
        elif (base / path).is_file():
            yield self._file(base / path)
        elif _looks_like_path(text):
            raise VydnoError(f"There is no file or folder {text!r}.")
        else:
            yield self._address(text)

    def _address(self, text: str) -> str:
        url = checked(text)
        home = origin(url)
        self.named[home] = None
        if home.startswith("http://") and ":" not in home.removeprefix("http://"):
            # Where such a site leads at once; nobody else can answer there.
            self.named[home.replace("http://", "https://", 1)] = None
        return url

    def _file(self, path: Path) -> str:
        if path.suffix.lower() not in folder.PAGES:
            raise VydnoError(
                f"{path} is not a page, which ends with {', '.join(folder.PAGES)}; for a list of "
                "addresses there is --urls-file, for a sitemap --sitemap."
            )
        own = path.parent.resolve()
        page = own / path.name
        return self._serve(own, [page], path).url_of(page)

    def _serve(self, own: Path, pages: Sequence[Path], named: Path) -> Folder:
        """The folder of some pages, and outside of it what they refer to, file by file."""
        needs = referred(pages[:_LOOKED_THROUGH])
        outside = {file for file in needs.files if not file.is_relative_to(own)}
        near = {file for file in outside if _is_near(own, file)}
        served = self._root(Path(os.path.commonpath([own, *near])))
        served.serves(own, *near)
        self.notes += _about(named, near, outside - near, needs.missing)
        return served

    def _root(self, root: Path) -> Folder:
        for served in self.folders:
            if root.is_relative_to(served.root):
                return served
        served = self._stack.enter_context(folder.serve(root, whole=False))
        self.folders.append(served)
        self.named[served.address] = None
        return served

    def _lines(self, file: Path) -> Iterator[str]:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise VydnoError(f"{file} could not be read as text: {error}.") from None
        for number, line in enumerate(lines, start=1):
            # A fragment's # follows its page at once, a comment's stands apart.
            text = f" {line}".partition(" #")[0].strip()
            try:
                yield from self._one(text, file.parent) if text else ()
            except VydnoError as error:
                raise VydnoError(f"{file}, line {number}: {error}") from None

    def _sitemap(self, source: str) -> Iterator[str]:
        web = urlsplit(source).scheme in _WEB
        if web:
            self._address(source)
        client = Client(self.options, self.named)

        def open_(place: str) -> AbstractContextManager[BinaryIO]:
            if web:
                return client.open(checked(place))
            return cast(AbstractContextManager[BinaryIO], _local(source, place).open("rb"))

        for place, of in sitemap.addresses(source, open_):
            try:
                yield checked(urljoin(of, place)) if web else self._address(place)
            except VydnoError as error:
                raise VydnoError(f"{of}: {error}") from None

    def may_follow(self) -> Callable[[str], bool]:
        """Whether a crawl may go there; what is served here is ours."""
        robots = Robots(Client(self.options, self.named))
        own = tuple(self.folders)
        return lambda url: any(one.holds(url) for one in own) or robots.allow(url)

    def without_login(self, starts: Iterable[str]) -> list[str]:
        """The sites that a sitemap names and that the login is not sent to, in sentences."""
        told = self.options
        if not (told.cookie or told.header or told.basic_auth):
            return []
        others = dict.fromkeys(one for one in map(origin, starts) if one not in self.named)
        return [
            f"The login is not sent to {one}, which only a sitemap names; add it as a target if it "
            "is meant."
            for one in others
        ]


def _path(text: str) -> Path | None:
    """The path that a text may be; `None` for an address."""
    split = urlsplit(text) if "://" in text else None
    if split is None:
        return Path(text)
    return Path(unquote(split.path)) if split.scheme == "file" else None


def _is_near(own: Path, file: Path) -> bool:
    """Whether a file may be served with the pages of a folder: both lie in one that is neither the
    whole disk nor everybody's, and nothing on the way to the file is hidden."""
    root = Path(os.path.commonpath([own, file])) if own.anchor == file.anchor else Path(own.anchor)
    too_much = Path("~").expanduser().resolve().is_relative_to(root) or root == Path(root.anchor)
    return not too_much and not any(
        part.startswith(".") for one in (own, file) for part in one.relative_to(root).parts
    )


def _about(
    named: Path, near: Collection[Path], far: Collection[Path], missing: Collection[Path]
) -> Iterator[str]:
    """What people must know of the files that pages of this disk refer to, in sentences."""
    if near:
        files = _some(map(seen_from_here, sorted(near)))
        yield f"{named} refers to files outside of its folder, which are served too: {files}."
    if far:
        yield (
            f"{named} refers to files that are not served, being hidden or too far from its folder:"
            f" {_some(sorted(far))}."
        )
    if missing:
        files = _some(map(seen_from_here, missing))
        yield f"{named} refers to style sheets that are not there: {files}."


def _some(names: Iterable[object]) -> str:
    """`a.css, b.css, c.css and 4 more`."""
    first, *rest = map(str, names)
    shown, more = [first, *rest[:2]], len(rest) - 2
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _looks_like_path(text: str) -> bool:
    return text.startswith(("file:", "/", "./", "../", "~")) or text.lower().endswith(folder.PAGES)


def _local(source: str, place: str) -> Path:
    """The file of a sitemap that another local one names: beside it, whatever host it is to be on.

    Nothing is fetched for a local file, and nothing outside its folder is read.
    """
    first = _path(source) or Path(source)
    return first if place == source else first.parent / Path(urlsplit(place).path).name


def _nothing(options: Options) -> str:
    if options.urls_file:
        return f"{options.urls_file} names no page."
    if options.sitemap:
        return f"{options.sitemap[0]} names no page."
    return "Say what to audit: an address, an HTML file or a folder, --urls-file or --sitemap."
