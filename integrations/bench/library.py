"""How quickly a large library is searched, and how quickly pages are read in."""

import random
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from integrations.documents.ingest import ingest
from integrations.store.database import open_database
from integrations.store.shelf import SqlShelf
from knowledge.documents.document import Document
from knowledge.documents.library import Library
from knowledge.documents.scope import Scope
from knowledge.documents.vectors import Vectors, embedded
from knowledge.language.classifier import Progress
from knowledge.language.encoder import Encoder

NOUNS = """ticket badge speaker stage invoice plan attendee recording session sponsor booth webhook
    caption workspace organiser hall agenda summary payment refund room poll seat report""".split()  # noqa: SIM905
VERBS = """opens closes shows sends keeps moves prints counts allows blocks records starts ends
    renews covers lists marks needs replaces returns""".split()  # noqa: SIM905
WORDS = 14  # of a sentence
QUESTIONS = 60
AT_ONCE = 500


class Scattered(Encoder):
    """Gives every text some direction: finding is timed, not reading."""

    def meaning(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), 384))
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def searched(passages: int, encoder: Encoder, progress: Progress) -> dict[str, Any]:
    """Time searches among so many passages, warm."""
    chance = random.Random(3)
    with TemporaryDirectory(prefix="quiethand-bench-", ignore_cleanup_errors=True) as folder:
        with _library(Path(folder), Scattered(Path(folder))) as library:
            for start in range(0, passages, AT_ONCE):
                count = min(AT_ONCE, passages - start)
                some = [_document(start + n, 6, chance) for n in range(count)]
                library.replace("bench", str(start), "", some)
                if start % 10_000 == 0:
                    progress(f"{start:,} of {passages:,} passages")
        with _library(Path(folder), encoder) as library:
            began = time.perf_counter()
            assert library.stock
            opened = time.perf_counter() - began
            times = _times(library, chance)
            return {
                "passages": len(library.stock.entries),
                "open_seconds": round(opened, 2),
                "search_p50_ms": round(1000 * statistics.median(times), 2),
                "search_p95_ms": round(1000 * sorted(times)[int(len(times) * 0.95)], 2),
                "resident_mb": _resident(),
            }


def read_in(pages: int, encoder: Encoder, progress: Progress) -> dict[str, Any]:
    """Time how long so many pages take, and how memory grows in the second half of them."""
    halfway = 0.0

    def watch(done: int, total: int, source: str) -> None:
        nonlocal halfway
        if done == total // 2:
            halfway = _resident()
        if done % 100 == 0:
            progress(f"{done:,} of {total:,} pages")

    with TemporaryDirectory(prefix="quiethand-bench-", ignore_cleanup_errors=True) as folder:
        place = _written(Path(folder) / "pages", pages)
        encoder.meaning(["warm"])
        with _library(Path(folder), encoder) as library:
            began = time.perf_counter()
            ingest(str(place), library, watch=watch)
            first = time.perf_counter()
            ingest(str(place), library)
            again = time.perf_counter() - first
    return {
        "pages": pages,
        "ingest_seconds": round(first - began, 1),
        "again_seconds": round(again, 2),
        "memory_second_half_ratio": round(_resident() / max(halfway, 1.0), 3),
        "resident_mb": _resident(),
    }


def _written(place: Path, pages: int) -> Path:
    chance = random.Random(4)
    place.mkdir()
    for number in range(pages):
        text = _document(number, 24, chance).text
        (place / f"page-{number}.md").write_text(text, encoding="utf-8")
    return place


@contextmanager
def _library(folder: Path, encoder: Encoder) -> Iterator[Library]:
    engine = open_database(folder / "bench.sqlite")
    vectors = Vectors(embedded(folder / "chroma"), "passages")
    yield Library(SqlShelf(engine), vectors, encoder, folder)
    engine.dispose()


def _times(library: Library, chance: random.Random) -> list[float]:
    scope, times = Scope(datetime.now(UTC).date()), []
    for number in range(QUESTIONS + 10):
        began = time.perf_counter()
        library.search(f"how do I {_sentence(chance).lower()}", scope)
        if number >= 10:
            times.append(time.perf_counter() - began)
    return times


def _document(number: int, sentences: int, chance: random.Random) -> Document:
    parts = [f"# {chance.choice(NOUNS).title()} {number}", ""]
    for place in range(sentences):
        if place and place % 6 == 0:
            parts += ["", f"## {chance.choice(NOUNS).title()} and {chance.choice(NOUNS)}", ""]
        parts.append(f"{_sentence(chance).capitalize()}.")
    return Document(f"page-{number}", f"Page {number}", "\n".join(parts), source=str(number))


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(NOUNS if n % 3 else VERBS) for n in range(WORDS - 1)]
    return f"{' '.join(words)} {chance.randrange(10_000)}"


def _resident() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
