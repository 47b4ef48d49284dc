"""How near a text is to a brand's voice: a score, and the places that cost some of it."""

from dataclasses import dataclass

from knowledge.finding import Finding
from knowledge.voice.rules.rule import Spot
from knowledge.voice.ruling import rules
from knowledge.voice.text import Text
from knowledge.voice.voice import Place, Voice

OFTEN = 3  # a rule costs no more than so many places


@dataclass(frozen=True)
class Checked:
    """What a voice says about a text: 1 is all in its voice."""

    score: float
    findings: list[Finding]


def checked(text: str, voice: Voice, place: Place = "direct_message", network: str = "") -> Checked:
    """Score a text, and mark why; the same text has the same score every time."""
    read, cost, findings = Text(text), 0.0, list[Finding]()
    for name, rule in rules(voice, place, network):
        spots = rule.spots(read)
        cost += rule.cost * min(len(spots), OFTEN)
        findings += [_finding(name, spot) for spot in spots]
    findings.sort(key=lambda one: (one["start"], one["end"], one["rule"]))
    return Checked(round(max(0.0, 1 - cost), 2), findings)


def _finding(name: str, spot: Spot) -> Finding:
    return Finding(
        rule=f"voice: {name}", says=spot.says, start=spot.start, end=spot.end, blocks=False
    )
