"""Answer from the help centre: the sentences that say it, each with its source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from knowledge.documents.confidence import confidence
from knowledge.documents.follow_up import alone
from knowledge.documents.questions import questions, readings
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found
from tools.contract import Answer, Tool, joined, say
from tools.model import Model
from tools.support.doubts import disagreeing, outdated
from tools.support.quoting import evidence, laid_out, quotes
from tools.support.written import written

INTENTS = frozenset(
    {"question", "account_request", "purchase", "navigation", "evaluation", "complaint",
     "event_support"}
)  # fmt: skip
LOWER = 0.7  # what is left of our confidence when articles disagree
SHOWN = 8  # sentences of evidence that a language model is shown


class Documents(Protocol):
    """Where passages are found."""

    def search(self, question: str, scope: Scope, follows: str = "", most: int = 8) -> Found: ...

    def lapsed(self, scope: Scope) -> bool: ...

    def rarity(self, words: Iterable[str]) -> dict[str, float]: ...

    def meaning(self, texts: list[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Place:
    """For whom we answer, how sure we must be, and who may help with the words."""

    brand: str
    languages: tuple[str, ...]
    sure: float
    clock: Callable[[], datetime]
    model: Model | None = None


class SupportQuestion(BaseModel):
    """The form: what the customer wants to know."""

    question: str = Field(description="The question in the customer's words.")
    follows: str = Field(default="", description="The earlier question that it continues.")


def help_centre(documents: Documents, place: Place) -> Tool:
    """Build the tool around a search."""

    async def answer(form: SupportQuestion) -> Answer:
        parts = questions(form.question)
        if len(parts) == 1:
            return await _one(documents, place, form.question, form.follows)
        found = [await _one(documents, place, parts[0], form.follows)]
        for part, before in zip(parts[1:], parts, strict=False):
            alone = await _one(documents, place, part, "")
            sure = alone["confidence"] >= place.sure  # else the question before says what is meant
            found.append(alone if sure else await _one(documents, place, part, before))
        return joined(found, place.sure)

    return Tool(
        name="help_centre",
        purpose="answer questions from the help centre, with the source",
        audiences=frozenset({"customer"}),
        intents=INTENTS,
        form=SupportQuestion,
        fill=lambda asked: SupportQuestion(question=asked.text, follows=asked.follows),
        answer=answer,
    )


async def _one(documents: Documents, place: Place, question: str, follows: str) -> Answer:
    """Answer one question: written where a model may and can, else quoted."""
    scope = Scope(place.clock().date(), "customer", languages=place.languages)
    tried = (documents.search(one, scope, follows) for one in readings(question))
    found = max(tried, key=confidence)
    if not found.hits or not (follows or alone(question)):
        return {**say("", 0.0), "missing": [question]}
    sure, chosen = confidence(found), quotes(found)
    doubts = disagreeing(found, chosen, documents.rarity)
    if sure < place.sure and documents.lapsed(scope):
        doubts += outdated(documents.search, found, scope, follows)
    text, shown = laid_out([one.sentence for one in chosen]), evidence(chosen)
    if place.model and sure >= place.sure and not doubts:
        wide = evidence(quotes(found, SHOWN, near=1.0))
        said = await written(place.model, place.brand, question, follows, wide, documents.meaning)
        text, shown = said or (text, shown)
    return Answer(
        text=text,
        evidence=shown,
        confidence=round(
            max(place.sure, LOWER * sure) if doubts and sure >= place.sure else sure, 6
        ),
        actions=[],
        missing=[] if sure >= place.sure else [question],
        doubts=doubts,
    )
