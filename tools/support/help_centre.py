"""Answer from the help centre: the sentences that say it, each with its source."""

import math
import re
from typing import Protocol

from pydantic import BaseModel, Field

from knowledge.documents.index import Hit
from knowledge.documents.passages import Sentence
from tools.contract import Answer, Evidence, Tool, say

INTENTS = frozenset(
    {"question", "account_request", "purchase", "navigation", "evaluation", "complaint",
     "event_support"}
)  # fmt: skip
HOW = re.compile(
    r"\bhow (?:do|can|to|could|should)\b(?! (?:you|they))", re.IGNORECASE
)  # wants steps
NEAR = 0.12  # how much worse than the best a sentence may be and still be quoted
MOST = 3  # sentences
MIDDLE, STEEP = 0.53, 14.0  # where a score becomes a confidence of one half, and how quickly


class Documents(Protocol):
    """Where passages are found."""

    def search(self, question: str, follows: str = "", most: int = 3) -> list[Hit]: ...


class SupportQuestion(BaseModel):
    """The form: what the customer wants to know."""

    question: str = Field(description="The question in the customer's words.")
    follows: str = Field(default="", description="The earlier question that it continues.")


def help_centre(documents: Documents) -> Tool:
    """Build the tool around a search."""

    async def answer(form: SupportQuestion) -> Answer:
        hits = documents.search(form.question, form.follows)
        if not hits:
            return {**say("", 0.0), "missing": [form.question]}
        quoted = _quoted(hits[0], steps=bool(HOW.search(form.question)))
        confidence = 1 / (1 + math.exp(-STEEP * (hits[0].best - MIDDLE)))
        return Answer(
            text=_text(hits[0], quoted),
            evidence=_evidence(hits[0], quoted),
            confidence=round(confidence, 3),
            actions=[],
            missing=[] if confidence >= 0.5 else [form.question],
        )

    return Tool(
        name="help_centre",
        purpose="answer questions from the help centre, with the source",
        audiences=frozenset({"customer"}),
        intents=INTENTS,
        form=SupportQuestion,
        fill=lambda asked: SupportQuestion(question=asked.text, follows=asked.follows),
        answer=answer,
    )


def _quoted(hit: Hit, *, steps: bool) -> list[int]:
    """Choose sentences in reading order; steps are quoted all or not at all."""
    best = max(range(len(hit.scores)), key=lambda place: hit.scores[place])
    sentences = hit.passage.sentences
    steps = steps and any(one.step for one in sentences)
    if sentences[best].step or steps:
        return [place for place, sentence in enumerate(sentences) if sentence.step]
    near = [place for place, score in enumerate(hit.scores) if score >= hit.best - NEAR]
    ranked = sorted(near, key=lambda place: -hit.scores[place])[:MOST]
    return sorted(place for place in ranked if not sentences[place].step)


def _text(hit: Hit, quoted: list[int]) -> str:
    sentences = [hit.passage.sentences[place] for place in quoted]
    if sentences[0].step:
        return "\n".join(f"{n}. {_plain(one)} [{n}]" for n, one in enumerate(sentences, 1))
    return " ".join(f"{_plain(one)} [{n}]" for n, one in enumerate(sentences, 1))


def _plain(sentence: Sentence) -> str:
    """Leave out the marks of Markdown: a direct message shows them as they are."""
    return re.sub(r"\*\*|__|`", "", sentence.text)


def _evidence(hit: Hit, quoted: list[int]) -> list[Evidence]:
    passage = hit.passage
    return [
        Evidence(
            number=number,
            document=passage.document,
            title=passage.title,
            anchor=passage.anchor,
            quote=passage.sentences[place].text,
            start=passage.sentences[place].start,
            end=passage.sentences[place].end,
        )
        for number, place in enumerate(quoted, 1)
    ]
