"""The opening of a list, which says how many things follow and about what."""

from knowledge.documents.words import words
from tools.drafting.brief import Brief
from tools.drafting.patterns import Sketch
from tools.drafting.wording import COUNTED, about, lower, upper

SHORT = 8  # words of an opening that is read at once


def list_lead(made: Sketch, count: int, brief: Brief, turn: int, plain: bool = False) -> str:
    """Return the opening of a list, which says how many things follow."""
    (kind, said), audience = about(made.title, brief.topic), brief.audience
    if len({fact.passage.title for fact in made.facts[:count]}) > 1 and _shown(made, brief):
        kind, said = "thing", lower(brief.topic)
    things = f"{upper(COUNTED[count])} thing{'s' * (count > 1)}"
    if plain:
        return f"{things} {audience} should know:" if audience else f"{things} to know:"
    if kind == "question":
        return said
    if kind == "deed":
        return f"{things} to know before you {said}:"
    if kind == "clause":
        return f"{upper(said)}, in {COUNTED[count]} point{'s' * (count > 1)}:"
    to_them = f"{things} {audience} should know about {said}:"
    if audience and len(to_them.split()) <= SHORT:
        return to_them
    ways = (f"{things} to know about {said}:", f"{upper(said)} in {COUNTED[count]} points:")
    return ways[turn % len(ways)]


def _shown(made: Sketch, brief: Brief) -> bool:
    """Say whether the facts have every word of the topic, so that it claims nothing of its own."""
    said = {word for fact in made.facts for word in words(f"{fact.passage.name} {fact.text}")}
    return bool(brief.topic) and set(words(brief.topic)) <= said
