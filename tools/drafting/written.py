"""Let a language model word a sketch, and keep only the sentences that the facts show."""

import logging

from pydantic import BaseModel, Field

from knowledge.documents.grounding import unsupported
from knowledge.language.promises import promises
from prompts import loader
from tools.contract import Evidence
from tools.drafting.brief import Brief
from tools.drafting.composing import Wording
from tools.drafting.gathering import numbered
from tools.drafting.networks import NETWORKS
from tools.drafting.patterns import Sketch
from tools.drafting.work import Work
from tools.model import Model, ModelError

log = logging.getLogger(__name__)
LONGEST = 400  # characters of a sentence
ROOM = 120  # characters for what stands below: where to read on, hashtags
DROPPED = 0.5  # when more than this share of the sentences cannot be shown, none is trusted


class Worded(BaseModel):
    """One sentence, and what shows it."""

    text: str = Field(description="One sentence of the post.", max_length=LONGEST)
    evidence: list[int] = Field(description="The numbers of the evidence that shows it.")


class Draft(BaseModel):
    """The model's post."""

    opening: Worded = Field(description="The first line: a question, or a shown sentence.")
    sentences: list[Worded] = Field(description="The post, sentence by sentence.", max_length=8)


async def written(
    model: Model, sketch: Sketch, brief: Brief, network: str, work: Work
) -> Wording | None:
    """Return the model's words for a sketch; nothing when it has none that can be shown."""
    shown, rules = numbered(list(sketch.facts)), NETWORKS[network]
    most = brief.longest or rules.most
    prompt = loader.render(
        "drafting",
        brand=work.place.brand,
        network=rules.name,
        topic=brief.topic,
        audience=brief.audience,
        tone=brief.tone,
        goal=brief.goal,
        language=brief.language,
        pattern=sketch.pattern.replace("_", " "),
        most=len(sketch.facts),
        characters=max(100, min(most, 1500) - ROOM),
        evidence=shown,
    )
    try:
        draft = await model.complete(prompt, Draft)
    except ModelError as error:
        log.warning("no written draft", extra={"action": "model_failed", "why": str(error)})
        return None
    return _kept(draft, shown, brief, work)


def _kept(draft: Draft, shown: list[Evidence], brief: Brief, work: Work) -> Wording | None:
    quotes = {one["number"]: one for one in shown}
    kept = [one for one in draft.sentences if not _why_not(one, quotes, brief, work)]
    dropped = [one.text for one in draft.sentences if one not in kept]
    if not kept or len(dropped) > DROPPED * len(draft.sentences):
        return None
    opening = draft.opening.text.strip()
    if not _opens(draft.opening, quotes, brief, work):
        dropped, opening = [opening, *dropped], ""
    used = dict.fromkeys(number for one in kept for number in one.evidence)
    places = enumerate(used, 1)
    evidence = [Evidence(**{**quotes[number], "number": place}) for place, number in places]
    texts = tuple(one.text.strip() for one in kept)
    return Wording(opening, texts, tuple(evidence), tuple(dropped))


def _opens(one: Worded, quotes: dict[int, Evidence], brief: Brief, work: Work) -> bool:
    """A question may open without evidence, where it brings in no number or name of its own."""
    if not one.text.strip().endswith("?"):
        return not _why_not(one, quotes, brief, work)
    known = [quote["quote"] for quote in quotes.values()]
    why = unsupported(one.text, known, brief.topic, work.documents.meaning)
    return not why.startswith(("a number", "a name", "a link", "an absolute", "an instruction"))


def _why_not(one: Worded, quotes: dict[int, Evidence], brief: Brief, work: Work) -> str:
    unknown = [number for number in one.evidence if number not in quotes]
    why = "unknown evidence" if unknown else "a promise" if promises(one.text) else ""
    own = [quotes[number]["quote"] for number in one.evidence if number in quotes]
    why = why or unsupported(one.text, own, brief.topic, work.documents.meaning)
    if why:
        log.info(
            "a sentence was dropped", extra={"action": "unsupported", "why": why.split(":")[0]}
        )
    return why
