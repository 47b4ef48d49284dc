"""Rules about a whole way of writing: contractions, spelling, person, formats, capitals."""

from collections.abc import Iterator, Sequence

from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.learning.judging import PASSIVE, judged, numbered
from knowledge.voice.rules.arranged import Asks, Lists, Titles
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.formats import FORMATS, Format
from knowledge.voice.rules.leaning import NoWordsOf, Speech, sorts
from knowledge.voice.rules.marks import Marks
from knowledge.voice.rules.person import Person
from knowledge.voice.rules.pictures import HashtagStyle
from knowledge.voice.rules.shape import CapitalWords
from knowledge.voice.rules.shortened import Contractions
from knowledge.voice.rules.spelling import Spelling


def ways(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return the ways of writing that edits may show."""
    for use in ("never", "always"):
        yield from several(Contractions(use=use), edits, 2)
    for variant in ("en-GB", "en-US"):
        yield from several(Spelling(variant=variant), edits, 2)
    for side in ("we", "i", "you", "Sie", "du", "vous", "tu"):
        yield Person(say=side)
    yield _capitals(edits)
    yield PASSIVE
    yield from several(Marks(mark="(", instead=""), edits, 3)
    for style in ("CamelCase", "lowercase"):
        yield HashtagStyle(style=style)
    for case in ("sentence", "title"):
        yield Titles(case=case)
    yield from (Format(of=of, style=style) for of, styles in FORMATS.items() for style in styles)


def sorts_of_words(edits: Sequence[Edit]) -> Iterator[AnyRule]:
    """Return rules about sorts of words; one word is a rule about that word."""
    for sort in sorts():
        yield from several(NoWordsOf(sort=sort), edits, 2)
    for use in ("plain", "formal", "casual"):
        yield from several(Speech(use=use), edits, 3)


def habits() -> Iterator[AnyRule]:
    """Return what a text does as a whole: ask, list."""
    for where in ("start", "end"):
        yield Asks(where=where)
        yield Asks(where=where, use="never")
    yield Lists(use="always")


def several(rule: AnyRule, edits: Sequence[Edit], least: int) -> list[AnyRule]:
    """Return a rule if different words show it, not one word only."""
    showing = numbered(edits, judged(rule, edits).supports)
    words = {
        edit.before[spot.start : spot.end].lower()
        for edit in showing
        for spot in rule.spots(edit.was)
    }
    return [rule] if len(words) >= least and len(showing) >= LEAST else []


def _capitals(edits: Sequence[Edit]) -> CapitalWords:
    """Allow the capitals that people left or put in."""
    loud = CapitalWords()
    kept = {edit.after[spot.start : spot.end] for edit in edits for spot in loud.spots(edit.now)}
    gone = {edit.before[spot.start : spot.end] for edit in edits for spot in loud.spots(edit.was)}
    quiet = {one for one in gone & kept if _mostly_quiet(one, edits)}
    return CapitalWords(allowed=tuple(sorted(kept - quiet)))


def _mostly_quiet(word: str, edits: Sequence[Edit]) -> bool:
    was = sum(word in edit.before for edit in edits)
    now = sum(word in edit.after for edit in edits)
    return now * 2 < was
