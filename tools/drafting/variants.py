"""Variants of one text for a test: other openings above the same facts."""

from collections.abc import Iterator
from dataclasses import replace

from tools.drafting.brief import Pattern
from tools.drafting.gathering import Fact, Material
from tools.drafting.patterns import Desk, Sketch
from tools.drafting.wording import about, asking, quantity, question, upper

NAMES = "ABCD"
LONGEST = 90  # characters of a headline


def variants(found: Sketch, desk: Desk) -> list[tuple[str, Sketch]]:
    """Return a sketch with its variants, each with its letter; alone it has none."""
    wanted = desk.brief.variants
    if wanted == 1:
        return [("", found)]
    every = [found, *_others(found, desk)]
    return list(zip(NAMES, every[:wanted], strict=False))


def headlines(material: Material, topic: str, audience: str) -> list[tuple[str, Fact]]:
    """Return openings with their facts, the most different ones first."""
    lines: dict[str, Fact] = {}
    for section in material.sections:
        if not section.facts:
            continue
        fact = section.facts[0]
        kind, said = about(section.title, topic)
        every = [question(fact, topic), quantity(fact), fact.text.rstrip(".")]
        every += (
            [f"What {audience} should know about {said}"] if audience and kind == "thing" else []
        )
        for line in every:
            lines.setdefault(line, fact)
    return [(line, fact) for line, fact in lines.items() if line and len(line) <= LONGEST]


def _others(found: Sketch, desk: Desk) -> Iterator[Sketch]:
    first = found.facts[0]
    asked = question(first, desk.brief.topic) or asking(found.title)
    number = quantity(first)
    openings: list[tuple[Pattern, str]] = [("question", asked), ("plain", "")]
    openings += [("number", f"{upper(number)}.")] if number else []
    for pattern, lead in openings:
        if pattern != found.pattern:
            yield replace(found, pattern=pattern, lead=lead, layout="prose", least=1)
    if found.pattern != "list" and len(found.facts) > 1:
        yield replace(found, pattern="list", lead="", layout="bullets", least=2)
