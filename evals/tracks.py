"""Look for values in files and texts, in every spelling in which they may stand there."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agents.redaction.placeholders import WRITTEN
from agents.understanding.readable import INVISIBLE
from evals.planting import Planted

PART, OVERLAP = 2**22, 2**12  # bytes of a file read at once, and read again with the next
ANCHOR = 6  # bytes that are looked up before a spelling is compared
FEWEST = 9  # digits from which a number is looked for without its separators
_ESCAPED = re.compile(r"\\+u([0-9a-f]{4})")
_BETWEEN = re.compile(r"(?<=\d)[ .\-/()]{1,3}(?=\d)")
_NUMBER = re.compile(rf"\d{{{FEWEST},}}")


@dataclass(frozen=True)
class Track:
    """A value that was found."""

    planted: int  # its place in the list
    place: str
    partly: bool


class Searcher:
    """Knows all spellings of all values that were planted."""

    def __init__(self, planted: list[Planted]) -> None:
        self._words: dict[str, tuple[int, bool]] = {}
        self._numbers: dict[str, int] = {}
        for at, one in enumerate(planted):
            plant = one.plant
            self._words |= {plainly(part): (at, True) for part in plant.parts}
            self._words |= {plainly(value): (at, False) for value in (plant.value, plant.plain)}
            self._words |= {plant.value.casefold(): (at, False)}
            if len(number := re.sub(r"\D", "", plant.plain)) >= FEWEST:
                self._numbers[number] = at
        self._anchors: dict[int, list[str]] = {}
        for word in self._words:
            self._anchors.setdefault(int(_anchor(word)), []).append(word)
        self._sorted = np.array(sorted(self._anchors), dtype=np.int64)

    def texts(self, place: str, texts: Iterable[str]) -> Iterator[Track]:
        """Search texts that were heard."""
        yield from self._tracks(place, ["\n\n".join(texts)])

    def files(self, folder: Path) -> Iterator[Track]:
        """Search all files of a folder as they are, and every database row by row."""
        files = sorted(one for one in folder.rglob("*") if one.is_file())
        for file in files:
            yield from self._tracks(file.relative_to(folder).as_posix(), _parts(file))
        for file in files:  # afterwards: to open a database may take its log away
            if file.suffix in (".sqlite", ".sqlite3"):
                yield from self._tracks(file.relative_to(folder).as_posix(), _rows(file))

    def _tracks(self, place: str, texts: Iterable[str]) -> list[Track]:
        found = {hit for text in texts for hit in self._in(text)}
        return [Track(at, place, partly) for at, partly in sorted(found)]

    def _in(self, text: str) -> Iterator[tuple[int, bool]]:
        plain = plainly(text)
        windows = _windows(plain.encode("utf-8", "replace"))
        places = np.searchsorted(self._sorted, windows).clip(max=len(self._sorted) - 1)
        for anchor in np.unique(windows[self._sorted[places] == windows]):
            yield from (self._words[w] for w in self._anchors[int(anchor)] if w in plain)
        for number in _NUMBER.findall(_BETWEEN.sub("", plain)):
            if number in self._numbers:
                yield self._numbers[number], False


def left(planted: Planted) -> bool:
    """Say whether words of a value stand in the line that was kept of it."""
    around = planted.said.replace(planted.plant.value, " ")
    kept = _words(WRITTEN.sub(" ", planted.kept)) - _words(around)
    return bool(kept & _words(planted.plant.value))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{2,}", plainly(text)))


def plainly(text: str) -> str:
    """Bring a text into the form in which it is compared: escapes, width, case, gaps undone."""
    text = text.casefold()
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        for gap in ("\\n", "\\r", "\\t"):
            text = text.replace(gap, " ")
        text = text.replace("\\", "")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold()
    return " ".join(text.split())


def _anchor(word: str) -> np.int64:
    """Return a window from the middle: many values begin alike, or end alike."""
    windows = _windows(word.encode())
    return np.int64(windows[len(windows) // 2])


def _windows(data: bytes) -> NDArray[np.int64]:
    """Return every six bytes in a row as one number."""
    letters = np.frombuffer(data, np.uint8).astype(np.int64)
    count = max(0, len(letters) - ANCHOR + 1)
    windows = np.zeros(count, np.int64)
    for at in range(ANCHOR):
        windows = (windows << 8) | letters[at : at + count]
    return windows


def _parts(file: Path) -> Iterator[str]:
    rest = b""
    with file.open("rb") as stream:
        while part := stream.read(PART):
            yield (rest + part).decode("utf-8", "replace")
            rest = part[-OVERLAP:]


def _rows(file: Path) -> Iterator[str]:
    """Yield what a database holds; a long value lies in pieces in its file."""
    db = sqlite3.connect(file)
    try:
        yield "\n".join(db.iterdump())
    finally:
        db.close()
