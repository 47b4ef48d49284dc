"""Let a language model put evidence into its own words, and keep only what the evidence shows."""

import logging

from pydantic import BaseModel, Field

from knowledge.documents.grounding import Meaning, unsupported
from knowledge.language.promises import promises
from prompts import loader
from tools.contract import Evidence
from tools.model import Model, ModelError

log = logging.getLogger(__name__)
LONGEST = 400  # characters of a sentence
DROPPED = 0.5  # when more than this share of the sentences cannot be shown, none is trusted


class Written(BaseModel):
    """One sentence, and what shows it."""

    text: str = Field(description="One sentence for the customer.", max_length=LONGEST)
    evidence: list[int] = Field(description="The numbers of the evidence that shows it.")


class Reply(BaseModel):
    """The model's answer."""

    sentences: list[Written] = Field(description="The answer, sentence by sentence.", max_length=8)


async def written(
    model: Model, brand: str, question: str, follows: str, shown: list[Evidence], meaning: Meaning
) -> tuple[str, list[Evidence]] | None:
    """Return text and evidence; nothing when the model has no answer that can be shown."""
    prompt = loader.render(
        "support_answer", brand=brand, question=question, follows=follows, evidence=shown
    )
    try:
        reply = await model.complete(prompt, Reply)
    except ModelError as error:
        log.warning("no written answer", extra={"action": "model_failed", "why": str(error)})
        return None
    quotes = {one["number"]: one for one in shown}
    kept = [one for one in reply.sentences if _holds(one, quotes, f"{question} {follows}", meaning)]
    if not kept or len(kept) < DROPPED * len(reply.sentences):
        return None
    return _numbered(kept, quotes)


def _holds(one: Written, quotes: dict[int, Evidence], question: str, meaning: Meaning) -> bool:
    unknown = [number for number in one.evidence if number not in quotes]
    why = "unknown evidence" if unknown else "a promise" if promises(one.text) else ""
    why = why or unsupported(
        one.text, [quotes[number]["quote"] for number in one.evidence], question, meaning
    )
    if why:
        log.info(
            "a sentence was dropped", extra={"action": "unsupported", "why": why.split(":")[0]}
        )
    return not why


def _numbered(kept: list[Written], quotes: dict[int, Evidence]) -> tuple[str, list[Evidence]]:
    """Number the evidence that is used from 1, in the order of use."""
    used = list(dict.fromkeys(number for one in kept for number in one.evidence))
    places = {number: place for place, number in enumerate(used, 1)}
    said = [
        f"{one.text.strip()} {''.join(f'[{places[n]}]' for n in dict.fromkeys(one.evidence))}"
        for one in kept
    ]
    return " ".join(said), [{**quotes[number], "number": places[number]} for number in used]
