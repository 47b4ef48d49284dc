"""Public collections of questions and documents, as we measure them."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.bench import answers, retrieval
from knowledge.documents.document import Document
from knowledge.language.classifier import Progress
from knowledge.language.encoder import Encoder

Row = dict[str, Any]
WANTED = {
    "StackFAQ nDCG@10": 0.95,
    "SQuAD 2 passages nDCG@10": 0.91,
    "SciFact nDCG@10": 0.69,
    "SQuAD 2 answerable AUROC": 0.68,
    "StackFAQ known or removed AUROC": 0.95,
}


def measured(folder: Path, encoder: Encoder, progress: Progress) -> dict[str, float | None]:
    """Return what each bar came to."""
    threads, queries = _stackfaq(folder)
    passages, asked = _squad(folder)
    found: list[float | None] = []
    for documents, questions in (
        (threads, [(q["text"], frozenset(q["relevant"])) for q in queries]),
        (passages, [(q["text"], frozenset([q["context_id"]])) for q in asked if q["answers"]]),
        _scifact(folder),
    ):
        found.append(retrieval.measured(documents, questions, encoder, progress)["ndcg_at_10"])
    hard = [answers.Question(q["text"], bool(q["is_impossible"]), ()) for q in asked]
    found.append(answers.measured(passages, hard, encoder, progress)["auroc"])
    found.append(_known(threads, queries, encoder, progress))
    return dict(zip(WANTED, found, strict=True))


def _known(
    threads: list[Document], queries: list[Row], encoder: Encoder, progress: Progress
) -> float | None:
    """Take each half of the threads away in turn; whose thread is gone should be refused."""
    names = sorted({_thread(one.id) for one in threads})
    random.Random(5).shuffle(names)
    asked: list[answers.Asked] = []
    for half in (set(names[0::2]), set(names[1::2])):
        left = [one for one in threads if _thread(one.id) not in half]
        questions = [answers.Question(q["text"], str(q["thread"]) in half, ()) for q in queries]
        asked += answers.played(left, questions, encoder, progress)
    auroc: float | None = answers.counted(asked)["auroc"]
    return auroc


def _thread(id: str) -> str:
    return id.split("-")[1]


def _stackfaq(folder: Path) -> tuple[list[Document], list[Row]]:
    rows = _rows(folder / "stackfaq/shared.corpus.jsonl")
    threads = [Document(r["id"], r["question"], r["answer"], source=r["id"]) for r in rows]
    return threads, list(_rows(folder / "stackfaq/dev.queries.jsonl"))


def _squad(folder: Path) -> tuple[list[Document], list[Row]]:
    rows = _rows(folder / "squad2/dev.passages.jsonl")
    passages = [
        Document(r["id"], r["title"].replace("_", " "), r["text"], source=r["id"]) for r in rows
    ]
    return passages, list(_rows(folder / "squad2/dev.questions.jsonl"))


def _scifact(folder: Path) -> tuple[list[Document], list[retrieval.Question]]:
    rows = _rows(folder / "scifact/shared.corpus.jsonl")
    abstracts = [Document(str(r["id"]), r["title"], r["text"], source=str(r["id"])) for r in rows]
    queries = _rows(folder / "scifact/dev.train_queries.jsonl")
    return abstracts, [(q["text"], frozenset(map(str, q["relevant"]))) for q in queries]


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
