"""Many drafts from the demo brand: none that its network refuses, none that claims beyond facts."""

from collections.abc import Callable, Iterator
from itertools import cycle, islice, product

import pytest

from integrations.content import open_studio
from integrations.wiring import House
from tests.drafting.shelf import place
from tools.contract import Post
from tools.drafting.brief import PATTERNS, Brief
from tools.drafting.check import check
from tools.drafting.counting import fits
from tools.drafting.networks import NETWORKS
from tools.drafting.posts import posts
from tools.drafting.work import Work

pytestmark = pytest.mark.anyio
TOPICS = (
    "session summaries", "polls", "accessibility", "ticket refunds", "badge printing",
    "networking suggestions", "hybrid events", "captions", "plans and prices", "free trial",
    "sponsors and booths", "breakout rooms", "certificates of attendance", "single sign-on",
    "recordings", "chat moderation", "data export", "personalised agenda", "discount codes",
    "webhooks", "mobile app", "reminder e-mails", "sub-processors", "time zones", "group tickets",
)  # fmt: skip
FRAMES = ("thing", "things", "know", "point", "points", "how to", "read more in", "good to know",
          "step by step", "do you know", "what is there", "what is different")  # fmt: skip


def briefs() -> Iterator[Brief]:
    """Every topic on every network, with patterns in turn."""
    shapes = cycle(product(PATTERNS, ("event organisers", "")))
    for topic, network in product(TOPICS, NETWORKS):
        pattern, audience = next(shapes)
        yield Brief(
            topic=topic, audience=audience, networks=[network], number=3, patterns=[pattern]
        )


async def drafted(house: House, most: int) -> list[Post]:
    """Draft with the real library until there are so many."""
    voices = house.agent.deps.voices
    assert voices
    work = Work(house.library, place(), open_studio(house.brand, voices))
    found: list[Post] = []
    for brief in briefs():
        material, _ = work.material(brief.topic)
        assert material.sections, brief.topic
        found += (await posts(brief, material, work)).posts
        if len(found) >= most:
            break
    return list(islice(found, most))


def unsourced(post: Post) -> list[str]:
    """Return the lines of a post that are neither quoted nor one of our neutral frames."""
    quoted = " ".join(one["quote"].rstrip(".") for one in post["evidence"]).replace(" > ", " › ")
    known = quoted.replace("›", ">") + quoted
    lines = [line for part in post["parts"] for line in part.splitlines() if line.strip()]
    return [line for line in lines if not (_framed(line) or _quoted(line, known))]


def _framed(line: str) -> bool:
    said = line.lower()
    return line.startswith("#") or line.endswith(("?", ":")) or any(w in said for w in FRAMES)


def _quoted(line: str, known: str) -> bool:
    plain = line.lstrip("•0123456789. ").rstrip(".")
    pieces = [piece.rstrip(".") for piece in plain.replace("; ", ". ").split(". ")]
    whole = known.lower().replace("; ", ". ")
    return plain.lower() in whole or all(piece.lower() in whole for piece in pieces)


def amiss(made: list[Post]) -> list[tuple[str, str, list[str]]]:
    """Return what is wrong in any of the drafts."""
    found = []
    for post in made:
        rules = NETWORKS[post["network"]]
        long = [part for part in post["parts"] if not fits(part, rules)]
        says = [one["says"] for one in check(post) if one["blocks"]]
        if long or says or unsourced(post):
            found.append((post["network"], post["parts"][0], [*long, *says, *unsourced(post)]))
    return found


async def test_forty_drafts_break_no_rule_and_claim_nothing_of_their_own(
    real_house: Callable[[], House],
) -> None:
    made = await drafted(real_house(), 40)
    assert len(made) == 40
    assert amiss(made) == []


@pytest.mark.slow
async def test_five_hundred_drafts_break_no_rule_and_claim_nothing_of_their_own(
    real_house: Callable[[], House],
) -> None:
    made = await drafted(real_house(), 500)
    assert len(made) == 500
    assert amiss(made) == []
    assert len({post["network"] for post in made}) == len(NETWORKS)
