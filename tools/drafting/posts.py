"""Make the posts of a brief from what was found: one a pattern, none twice."""

from dataclasses import replace

from tools.contract import Post
from tools.drafting.brief import ROTATION, Brief, Pattern
from tools.drafting.composing import composed, worded
from tools.drafting.gathering import Material
from tools.drafting.networks import NETWORKS
from tools.drafting.patterns import Desk, Sketch, sketch
from tools.drafting.variants import variants
from tools.drafting.work import Made, Work
from tools.drafting.written import written

DROPPED = "Left out, because no article shows it: {}"


async def posts(brief: Brief, material: Material, work: Work) -> Made:
    """Return the drafts, and what could not be made as it was wished."""
    made = Made()
    for network in brief.networks:
        desk = work.desk(brief, material)
        for place in range(brief.number):
            if not await _one(place, network, desk, work, made):
                break
    wanted = brief.number * len(brief.networks) * brief.variants
    if len(made.posts) < wanted:
        made.notes.append(f"The articles carry {len(made.posts)} of the {wanted} that you wanted.")
    return made


async def _one(place: int, network: str, desk: Desk, work: Work, made: Made) -> bool:
    """Add one draft with its variants; say whether there was anything left to say."""
    found, note = chosen(place, desk)
    made.notes += [note] if note and note not in made.notes else []
    if found is None or not any(map(desk.new, found.facts)):
        return False
    for name, one in variants(found, desk):
        post = await drafted(one, desk.brief, network, work, place, made.notes)
        other = sketch("plain", desk) if one.layout == "steps" and _blocked(post) else None
        if other:
            post = await drafted(other, desk.brief, network, work, place, made.notes)
        if name:
            post["extras"]["variant"] = name
        if not any(post["parts"] == other["parts"] for other in made.posts):
            made.posts.append(post)
            desk.used.update(quote["quote"] for quote in post["evidence"])
    return True


def _blocked(post: Post) -> bool:
    return any(finding["blocks"] for finding in post["findings"])


async def drafted(
    found: Sketch, brief: Brief, network: str, work: Work, place: int, notes: list[str]
) -> Post:
    """Return one post: in a model's words where there is one and they hold, else in our own."""
    if work.place.model:
        wording = await written(work.place.model, found, brief, network, work)
        if wording:
            notes += [DROPPED.format(f"“{text}”") for text in wording.dropped]
            return worded(wording, found, brief, network, work.house)
        notes += (
            [] if _plainly(NETWORKS[network].name) in notes else [_plainly(NETWORKS[network].name)]
        )
    return composed(found, brief, network, work.house, place)


def chosen(place: int, desk: Desk) -> tuple[Sketch | None, str]:
    """Return the sketch of one draft; where its pattern has no facts, of the next that has."""
    wished, note = desk.brief.pattern(place), ""
    if made := sketch(wished, desk):
        return _shared(made, desk), note
    if desk.brief.asked_for(place):
        note = _why_not(wished)
    at = ROTATION.index(wished) if wished in ROTATION else 0
    for other in (*ROTATION[at + 1 :], *ROTATION[:at]):
        if made := sketch(other, desk):
            return _shared(made, desk), note
    return None, note


def _shared(made: Sketch, desk: Desk) -> Sketch:
    """Leave facts for the other drafts, where there are few."""
    every = sum(len(section.facts) for section in desk.material.sections)
    share = max(1, made.least, every // desk.brief.number)
    return made if made.layout == "steps" else replace(made, facts=made.facts[:share])


def _plainly(network: str) -> str:
    return f"The model's words for {network} could not be shown; these are the articles' own."


def _why_not(pattern: Pattern) -> str:
    says = {
        "before_after": "No before and after: no article says how it was before.",
        "how_to": "No how-to: no article has steps for this.",
        "number": "No draft with a number: no article has one for this.",
        "limits": "No draft about limits: no article names any for this.",
    }
    return says.get(pattern, f"Not enough facts for the pattern {pattern}.")
