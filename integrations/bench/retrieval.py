"""How well passages are found: nDCG, reciprocal rank, recall, and how quickly."""

import math
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from integrations.bench.rows import BenchError
from integrations.bench.shelves import filled, lines, read_documents
from knowledge.documents.document import Document
from knowledge.documents.library import Library
from knowledge.documents.scope import Scope
from knowledge.language.classifier import Progress
from knowledge.language.encoder import Encoder

Question = tuple[str, frozenset[str]]  # what is asked, and the ids that answer it
TOP = 10


def from_files(
    documents: Path, questions: Path, encoder: Encoder, progress: Progress
) -> dict[str, Any]:
    """Measure with rows of a file."""
    return measured(read_documents(documents), read_questions(questions), encoder, progress)


def read_questions(file: Path) -> list[Question]:
    """Read rows with a text and the ids of relevant documents."""
    found = []
    for where, row in lines(file):
        try:
            text, relevant = str(row["text"]), frozenset(map(str, row["relevant"]))
        except (KeyError, TypeError) as error:
            raise BenchError(f"{where}: want an object with id, text and relevant") from error
        if relevant:
            found.append((text, relevant))
    return found


def measured(
    documents: Sequence[Document],
    questions: Sequence[Question],
    encoder: Encoder,
    progress: Progress,
) -> dict[str, Any]:
    """Index, ask every question, score the ranking of documents."""
    progress(f"indexing {len(documents)} documents")
    encoder.meaning(["warm"])
    began = time.perf_counter()
    with filled(documents, encoder) as library:
        indexed = time.perf_counter() - began
        progress(f"asking {len(questions)} questions")
        times, ranks = [], []
        for text, relevant in questions:
            began = time.perf_counter()
            found = ranked(library, text)
            times.append(time.perf_counter() - began)
            ranks.append(([id in relevant for id in found], len(relevant)))
        passages = len(library.stock.entries)
    return {
        "ndcg_at_10": _mean([_ndcg(hits, count) for hits, count in ranks]),
        "mrr_at_10": _mean([_reciprocal(hits) for hits, _ in ranks]),
        "recall_at_5": _mean([sum(hits[:5]) / count for hits, count in ranks]),
        "ms_per_query": round(1000 * statistics.median(times), 2),
        "index_seconds": round(indexed, 2),
        "documents": len(documents),
        "passages": passages,
        "questions": len(questions),
    }


def ranked(library: Library, question: str) -> list[str]:
    """Return the ten best documents: each as good as its best passage."""
    scope = Scope(datetime.now(UTC).date())
    hits = library.search(question, scope, most=4 * TOP).hits
    return list(dict.fromkeys(hit.passage.document for hit in hits))[:TOP]


def _ndcg(hits: list[bool], count: int) -> float:
    gained = sum(1 / math.log2(place + 2) for place, hit in enumerate(hits) if hit)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(count, TOP)))


def _reciprocal(hits: list[bool]) -> float:
    return next((1 / place for place, hit in enumerate(hits, 1) if hit), 0.0)


def _mean(values: list[float]) -> float:
    return round(sum(values) / max(len(values), 1), 4)
