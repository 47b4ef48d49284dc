"""How well questions are answered from documents, and how well others are refused."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from integrations.bench.rows import BenchError
from integrations.bench.shelves import filled, lines, read_documents
from knowledge.documents.document import Document
from knowledge.documents.library import Library
from knowledge.documents.sentences import plain
from knowledge.language.classifier import Progress
from knowledge.language.encoder import Encoder
from tools.contract import Answer
from tools.support.help_centre import Place, SupportQuestion, help_centre

SURE = 0.5


@dataclass(frozen=True)
class Question:
    """What is asked, whether the documents say it, and in which words."""

    text: str
    impossible: bool
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question with what came of it."""

    question: Question
    answer: Answer
    seconds: float
    unsupported: int

    @property
    def answered(self) -> bool:
        """Say whether it would have been answered."""
        return self.answer["confidence"] >= SURE


def from_files(
    documents: Path, questions: Path, encoder: Encoder, progress: Progress
) -> dict[str, Any]:
    """Measure with rows of a file."""
    return measured(read_documents(documents), read_questions(questions), encoder, progress)


def read_questions(file: Path) -> list[Question]:
    """Read rows with a text, whether it has no answer, and the answers that count."""
    found = []
    for where, row in lines(file):
        try:
            answers = tuple(map(str, row.get("answers") or ()))
            found.append(Question(str(row["text"]), bool(row["is_impossible"]), answers))
        except KeyError as error:
            raise BenchError(f"{where}: want an object with text and is_impossible") from error
    return found


def measured(
    documents: Sequence[Document],
    questions: Sequence[Question],
    encoder: Encoder,
    progress: Progress,
) -> dict[str, Any]:
    """Put the documents in, ask everything, and count."""
    return counted(played(documents, questions, encoder, progress))


def played(
    documents: Sequence[Document],
    questions: Sequence[Question],
    encoder: Encoder,
    progress: Progress,
) -> list[Asked]:
    """Put the documents in, and ask everything."""
    progress(f"indexing {len(documents)} documents")
    with filled(documents, encoder) as library:
        progress(f"asking {len(questions)} questions")
        return asyncio.run(_all(library, questions))


async def _all(library: Library, questions: Sequence[Question]) -> list[Asked]:
    tool = help_centre(library, Place("", (), SURE, lambda: datetime.now(UTC)))
    found = []
    for question in questions:
        began = time.perf_counter()
        answer: Answer = await tool.answer(SupportQuestion(question=question.text))
        seconds = time.perf_counter() - began
        found.append(Asked(question, answer, seconds, _unsupported(library, answer)))
    return found


def _unsupported(library: Library, answer: Answer) -> int:
    """Count the quotes that do not stand in their document."""
    count = 0
    for one in answer["evidence"]:
        document = library.document(one["document"])
        said = plain(document.text[one["start"] : one["end"]]) if document else ""
        count += said != one["quote"]
    return count


def counted(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the shares that we promise to report."""
    known = [one for one in asked if not one.question.impossible]
    refused = [one for one in asked if not one.answered]
    right = [one for one in refused if one.question.impossible]
    said = [one for one in known if one.answered]
    shown = [one for one in said if _holds(one)]
    return {
        "answered": _share(len(asked) - len(refused), len(asked)),
        "refusal_precision": _share(len(right), len(refused)),
        "refusal_recall": _share(len(right), len(asked) - len(known)),
        "auroc": _auroc(asked),
        "answer_in_text": _share(len(shown), len(said)),
        "unsupported_sentences": sum(one.unsupported for one in asked),
        "ms_per_question": round(1000 * statistics.median(o.seconds for o in asked), 2),
        "questions": len(asked),
    }


def _holds(one: Asked) -> bool:
    text = one.answer["text"].lower()
    return any(answer.lower() in text for answer in one.question.answers)


def _auroc(asked: Sequence[Asked]) -> float | None:
    from sklearn.metrics import roc_auc_score

    there = [not one.question.impossible for one in asked]
    if len(set(there)) < 2:
        return None
    return round(float(roc_auc_score(there, [one.answer["confidence"] for one in asked])), 4)


def _share(some: int, all_of_them: int) -> float | None:
    return round(some / all_of_them, 4) if all_of_them else None
