"""Reply to a comment in public: what the articles say, or that a colleague has to look."""

import re

from prompts import loader
from tools.contract import Post
from tools.drafting.brief import Brief
from tools.drafting.check import check
from tools.drafting.counting import fits
from tools.drafting.gathering import Fact, Material, numbered
from tools.drafting.networks import NETWORKS
from tools.drafting.work import Made, Work

_PRAISE = re.compile(
    r"\b(?:love|loved|great|thank|thanks|amazing|awesome|best|wonderful|brilliant|perfect"
    r"|congrat\w*"
    r"|well done|impressed|fantastic)\b",
    re.I,
)
_UPSET = re.compile(
    r"\b(?:not work\w*|n[o']t working|broken|crash\w*|fail\w*|terrible|awful|worst|disappoint\w*"
    r"|angry"
    r"|useless|creepy|scam|refund|annoy\w*|hate|slow|wrong|four times|never again|lost|rip[- ]?off"
    r"|doesn'?t|didn'?t|won'?t|can'?t|ridiculous|joke|bad|unacceptable)\b",
    re.I,
)
NEAR = 0.1  # how much worse the second fact of a reply may be
_ASKS = re.compile(r"\?|^(?:how|what|when|where|which|who|can|do|does|is|are|will)\b", re.I)


async def replies(brief: Brief, material: Material, work: Work) -> Made:
    """Return a reply a network; it says only what an article says."""
    made = Made()
    facts = [fact for section in material.sections for fact in section.facts]
    facts = sorted(facts, key=lambda one: -one.score)[:2]
    facts = [fact for fact in facts if fact.score >= facts[0].score - NEAR]
    for network in brief.networks:
        made.posts.append(_reply(brief, facts, network, work))
    if not facts:
        made.notes.append("No article answers this comment, so the reply promises only a person.")
    return made


def mood(comment: str) -> str:
    """Say what a comment sounds like: upset, question, praise or plain."""
    if _UPSET.search(comment):
        return "upset"
    if _ASKS.search(comment.strip()):
        return "question"
    return "praise" if _PRAISE.search(comment) else "plain"


def _reply(brief: Brief, facts: list[Fact], network: str, work: Work) -> Post:
    """Return the reply with the most facts that fits and that nothing stands against."""
    every = [_said(brief, facts[:count], network, work) for count in range(len(facts), -1, -1)]
    fitting = [one for one in every if fits(one["parts"][0], NETWORKS[network])] or every[-1:]
    free = (one for one in fitting if not any(found["blocks"] for found in one["findings"]))
    return next(free, fitting[0])


def _said(brief: Brief, facts: list[Fact], network: str, work: Work) -> Post:
    said = [fact.text for fact in facts]
    text = loader.render("messages/comment_reply", mood=mood(brief.comment), facts=said)
    post = Post(
        network=network,
        title="Reply" if NETWORKS[network].title_needed else "",
        parts=[text],
        alt=[],
        evidence=numbered(facts),
        findings=[],
        extras={"pattern": "reply", "topic": "a comment", "reply to": brief.comment},
        when="",
    )
    return {**post, "findings": check(post, work.house.facts)}
