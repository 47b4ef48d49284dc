"""Bring documents in: what is new or changed is read, what is gone goes."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from integrations.documents.listing import MOST, Broken, Entry, Listing, Raw, SourceError
from integrations.documents.rehearsal import Library, Rehearsal
from integrations.documents.sources import look
from knowledge.documents.document import FORM, Changes, Document, DocumentError

if TYPE_CHECKING:
    from integrations.documents.web import Fetches

READERS = 1  # raise it when a reader makes something else of the same bytes

Watch = Callable[[int, int, str], None]  # how many are done, of how many, and the last one
Read = Callable[[], Raw]


def quiet(done: int, total: int, source: str) -> None:
    """Tell nobody."""


@dataclass
class Report:
    """What came of it; documents by id."""

    root: str
    files: int = 0
    unchanged: int = 0  # files
    skipped: int = 0  # hidden files and unknown formats
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    usable: int = 0  # files

    def note(self, changes: Changes) -> None:
        """Add what one source changed."""
        self.added += changes.added
        self.changed += changes.changed
        self.removed += changes.removed


def ingest(
    what: str,
    library: Library,
    *,
    most: int = MOST,
    dry_run: bool = False,
    outside: "Fetches | None" = None,
    watch: Watch = quiet,
    root: str = "",
) -> Report:
    """Bring the library in step with a file, a folder, an archive or an address."""
    with closing(look(what, library.sources, most, outside, root)) as listing:
        report = Report(listing.root, len(listing.entries), skipped=listing.skipped)
        report.broken += listing.broken
        _Run(listing, Rehearsal(library) if dry_run else library, report).through(watch)
    return report


class _Run:
    """One listing on its way into a library."""

    def __init__(self, listing: Listing, library: Library, report: Report) -> None:
        self._listing, self._library, self._report = listing, library, report
        self._known = library.sources(listing.root)
        self._elsewhere = {  # what was read before from a folder further down
            f"{place}{source}": (folder, source)
            for folder, place in listing.folders.items()
            for source in library.sources(folder)
        }

    def through(self, watch: Watch) -> None:
        """Take every entry in, then drop what is gone."""
        for number, (entry, read) in enumerate(_in_turn(self._listing), 1):
            self._take(entry, read)
            watch(number, len(self._listing.entries), entry.source)
        if self._listing.whole:
            self._forget()

    def _take(self, entry: Entry, read: Read) -> None:
        """Put one source in; one that is broken keeps its last good version."""
        try:
            raw = read()
            digest = _digest(raw)
            if digest == self._known.get(entry.source):
                self._report.unchanged += 1
            else:
                self._replace(entry.source, digest, _documents(raw, entry.source))
            self._report.usable += 1
        except (SourceError, DocumentError) as error:
            reason = str(error).removeprefix(f"{entry.source}: ")
            self._report.broken.append(Broken(entry.source, reason))

    def _replace(self, source: str, digest: str, documents: Sequence[Document]) -> None:
        if source in self._elsewhere:  # first, so that its ids are free
            self._report.removed += self._library.drop(*self._elsewhere.pop(source))
        self._report.note(self._library.replace(self._listing.root, source, digest, documents))

    def _forget(self) -> None:
        there = {entry.source for entry in self._listing.entries}
        there |= {broken.source for broken in self._report.broken}
        gone = [
            (self._listing.root, source)
            for source in sorted(self._known)
            if source.startswith(self._listing.within) and source not in there
        ]
        gone += [at for source, at in sorted(self._elsewhere.items()) if source not in there]
        for folder, source in gone:
            self._report.removed += self._library.drop(folder, source)


def _digest(raw: Raw) -> str:
    digest = hashlib.blake2b(b"%d.%d" % (READERS, FORM), digest_size=16)
    digest.update(raw.name.encode() + b"\0")
    digest.update(raw.content)
    return digest.hexdigest()


def _documents(raw: Raw, source: str) -> Sequence[Document]:
    from knowledge.documents.reading.formats import read

    try:
        documents = read(raw.content, raw.name)
    except DocumentError as error:
        raise DocumentError(str(error).removeprefix(f"{raw.name}: ")) from error
    if not documents:
        raise DocumentError("holds no text")
    return [replace(document, source=source) for document in documents]


def _in_turn(listing: Listing) -> Iterator[tuple[Entry, Read]]:
    """Hand out entries in order; those that come over a network are fetched ahead."""
    if listing.at_once == 1:
        yield from ((entry, entry.read) for entry in listing.entries)
        return
    waiting: deque[tuple[Entry, Read]] = deque()
    with ThreadPoolExecutor(listing.at_once) as pool:
        try:
            for entry in listing.entries:
                waiting.append((entry, pool.submit(entry.read).result))
                if len(waiting) > listing.at_once:
                    yield waiting.popleft()
            yield from waiting
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
