"""A handful of articles that are found by the words they share with a topic."""

from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from knowledge.brands.content import Content
from knowledge.documents.document import Document
from knowledge.documents.passages import Passage, cut
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found, Hit
from knowledge.documents.words import words
from tools.contract import Answer, Request
from tools.drafting.tool import drafting
from tools.drafting.work import Studio, Work
from tools.model import Model
from tools.support.help_centre import Place

SUMMARIES = """
Session summaries are short notes that AI Assist makes from a session. <!-- asked: what are session notes | can AI write a summary of a session -->
The Starter plan has no session summaries. <!-- asked: are session summaries part of Starter -->

## When a summary appears

During a live session, the summary is refreshed every 2 minutes. <!-- asked: how often is the summary refreshed | nobody told me -->
A session must last at least 5 minutes to get a summary.
It is ready soon.

## Read a summary

1. Open the session in the agenda.
2. Choose **Summary** next to the chat.

## Limits

Session summaries can contain mistakes, especially with names. See https://help.example.org.
Session summaries are not translated.
"""  # noqa: E501
POLLS = """
Polls are included in all plans. A poll can have 10 answers.
A session can have 20 polls.
"""
NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
CONTENT = Content(networks=["linkedin", "x"], audience="event organisers", hashtags=["EventProfs"])


class Shelf:
    def __init__(self, *documents: Document) -> None:
        known = documents or (
            Document("summaries", "Session summaries", SUMMARIES),
            Document("polls", "Polls", POLLS),
        )
        self.passages = [passage for one in known for passage in cut(one)]
        self.asked: list[str] = []

    def search(self, question: str, scope: Scope, follows: str = "", most: int = 8) -> Found:
        self.asked.append(question)
        wanted = set(words(question))
        ranked = sorted(((_share(wanted, p), p) for p in self.passages), key=lambda one: -one[0])
        hits = tuple(_hit(share, passage) for share, passage in ranked[:most] if share)
        best = hits[0].score if hits else 0.0
        return Found(question, np.ones(2, np.float32), hits, best, best)

    def lapsed(self, scope: Scope) -> bool:
        return False

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        return dict.fromkeys(words, 1.0)

    def meaning(self, texts: list[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 512), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[sum(map(ord, word)) % 512] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32)
        return np.asarray(rows / np.maximum(lengths, 1e-6), np.float32)


def _share(wanted: set[str], passage: Passage) -> float:
    return len(wanted & set(words(passage.words))) / len(wanted) if wanted else 0.0


def _hit(share: float, passage: Passage) -> Hit:
    several = (share,) * len(passage.sentences)
    return Hit(passage, share, share, share, share, several, several, (True,) * len(several))


def place(model: Model | None = None) -> Place:
    return Place("ConnectSphere", ("en",), 0.5, lambda: NOW, model)


def work(model: Model | None = None, shelf: Shelf | None = None) -> Work:
    return Work(shelf or Shelf(), place(model), Studio(CONTENT))


async def asked(
    text: str, model: Model | None = None, content: Content = CONTENT, shelf: Shelf | None = None
) -> Answer:
    """Ask the tool as the team does."""
    tool = drafting(shelf or Shelf(), place(model), Studio(content))
    return await tool.answer(tool.fill(Request(text, "drafting")))
