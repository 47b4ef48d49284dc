"""Questions that ask the same, and what a person is to write about them."""

from dataclasses import dataclass

from integrations.store.todo import Gap

TODO = "(write the answer here: one fact in each sentence)"


@dataclass(frozen=True)
class Group:
    """Questions that ask the same, under the number of the oldest."""

    number: int
    question: str
    gaps: list[Gap]
    nearest: str  # the document that comes closest to an answer
    title: str
    doubts: list[str]
