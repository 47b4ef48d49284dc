"""Say the same in other words, as a reviewer asked: the facts and their marks stay."""

import logging
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from agents.deciding.rewording import every, reworded
from agents.deps import Deps
from agents.outcomes.findings import with_words
from agents.state import Draft
from knowledge.documents.claim import claim
from knowledge.documents.grounding import unsupported
from knowledge.language.promises import promises
from prompts import loader
from tools.contract import MARK, Answer
from tools.model import ModelError

log = logging.getLogger(__name__)
LONGEST = 600  # characters of a sentence
_SHORTER = re.compile(r"\bshort|\bbrief|concise|\btight|less text|too long|drop|remove", re.I)
_TOKEN = re.compile(r"<[A-Z]+_\d+>")


class Sentence(BaseModel):
    """One sentence, and the evidence that its old form had."""

    text: str = Field(description="One sentence.", max_length=LONGEST)
    evidence: list[int] = Field(description="The numbers behind the old sentence.")
    new_line: bool = Field(default=False, description="A paragraph or list item begins with it.")


class Rewritten(BaseModel):
    """The model's text."""

    sentences: list[Sentence] = Field(description="The new text, in order.", max_length=40)


async def rewritten(draft: Draft, wish: str, deps: Deps) -> Answer:
    """Return the draft's answer as the reviewer wants it."""
    answer = draft["answer"]
    text = await _by_model(answer, wish, deps) or reworded(answer["text"], wish)
    used = {int(mark) for mark in MARK.findall(text)}
    shown = [one for one in answer["evidence"] if one["number"] in used]
    kept = shown if MARK.search(answer["text"]) else answer["evidence"]
    return {**with_words(answer, text), "evidence": kept}


async def _by_model(answer: Answer, wish: str, deps: Deps) -> str:
    """Return the model's words where they say what the old ones said, else nothing."""
    if deps.model is None:
        return ""
    old = answer["text"]
    name, evidence = deps.brand.settings.name, answer["evidence"]
    prompt = loader.render("rewriting", brand=name, wish=wish, text=old, evidence=evidence)
    try:
        made = await deps.model.complete(prompt, Rewritten)
    except ModelError as error:
        log.warning("not rewritten", extra={"action": "model_failed", "why": str(error)})
        return ""
    if why := _lost(answer, made.sentences, shorter=bool(_SHORTER.search(wish))):
        log.info("words were not taken", extra={"action": "unsupported", "why": why.split(":")[0]})
        return ""
    return _joined(made.sentences)


def _lost(answer: Answer, made: Sequence[Sentence], *, shorter: bool) -> str:
    """Say what new words lost of the old ones, or made up."""
    if not made or set(_TOKEN.findall(_joined(made))) - set(_TOKEN.findall(answer["text"])):
        return "nothing, or a placeholder that was not there"
    old = every(answer["text"])
    complaints = [*(_beyond(one, answer) for one in made), *(_gone(one, made) for one in old)]
    if shorter:
        marked = [one for one in old if MARK.search(one)]
        complaints = complaints[: len(made)]
        complaints += ["every fact"] if marked and not any(one.evidence for one in made) else []
    return next(filter(None, complaints), "")


def _beyond(one: Sentence, answer: Answer) -> str:
    """Say what a new sentence claims that neither the old text nor its evidence does."""
    quotes = {e["number"]: e["quote"] for e in answer["evidence"]}
    unknown = [number for number in one.evidence if number not in quotes]
    if unknown:
        return "unknown evidence"
    if promises(one.text) and not promises(answer["text"]):
        return "a promise"
    source = [quotes[number] for number in one.evidence] or [MARK.sub("", answer["text"])]
    return unsupported(MARK.sub("", one.text), source, answer["text"], _near)


def _gone(old: str, made: Sequence[Sentence]) -> str:
    """Say which number of a fact is in no new sentence with the same evidence."""
    numbers = {int(mark) for mark in MARK.findall(old)}
    if not numbers:
        return ""
    said = " ".join(one.text for one in made if numbers & set(one.evidence))
    values = {value for kind in claim(MARK.sub("", old)).values.values() for value in kind}
    kept = {value for kind in claim(said).values.values() for value in kind}
    return "" if said and values <= kept else "a fact"


def _near(texts: list[str]) -> NDArray[np.float32]:
    """Rewording stays near by itself; here words, numbers and names are compared."""
    return np.ones((len(texts), 1), np.float32)


def _joined(made: Sequence[Sentence]) -> str:
    text = ""
    for one in made:
        marks = "".join(f"[{number}]" for number in dict.fromkeys(one.evidence))
        said = f"{MARK.sub('', one.text).strip()} {marks}".strip()
        text += ("\n" if one.new_line else " ") + said if text else said
    return text
