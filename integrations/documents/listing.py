"""What there is to read: sources below a root, each read when its turn comes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

MOST = 50 * 1024 * 1024  # bytes of one file, where nothing else is said


class SourceError(Exception):
    """A source cannot be read; says why, and what to do."""


class Raw(NamedTuple):
    """The bytes of a source, under the name that says its format and becomes its id."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Entry:
    """A source that can be read."""

    source: str  # below its root: a file, or an address
    read: Callable[[], Raw]


@dataclass(frozen=True)
class Broken:
    """A source that could not be read."""

    source: str
    reason: str


def _nothing_open() -> None:
    pass


@dataclass
class Listing:
    """All that was found at one place."""

    root: str
    entries: list[Entry] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    skipped: int = 0
    whole: bool = True  # what is not listed is gone
    within: str = ""  # ... as far as it lies below this
    folders: dict[str, str] = field(default_factory=dict)  # possible other roots, and their place
    at_once: int = 1  # how many may be read at the same time
    close: Callable[[], None] = _nothing_open


def nothing(root: str, reason: str) -> Listing:
    """Return the listing of a place where nothing can be had; nothing is gone because of it."""
    return Listing(root, broken=[Broken(root, reason)], whole=False)


def check_size(size: int, most: int) -> None:
    """Refuse what is too big to be read."""
    if size > most:
        raise SourceError(
            f"is larger than {most / 1024 / 1024:,.3g} MB; split it, or allow more with --max-mb"
        )
