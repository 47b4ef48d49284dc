"""Neutral patterns that the brand's own sentences are put into; none adds a claim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from knowledge.documents.grounding import Meaning
from tools.drafting.brief import Brief, Pattern
from tools.drafting.gathering import Fact, Material, Section
from tools.drafting.wording import (
    LONG_ENOUGH,
    about,
    asking,
    changes,
    limits,
    phrase,
    printable,
    quantity,
    spoken,
    upper,
)


@dataclass(frozen=True)
class Sketch:
    """A text before it is fitted to a network: an opening, and facts in order."""

    pattern: Pattern
    title: str  # of the article
    lead: str
    facts: tuple[Fact, ...]
    layout: str  # prose, bullets, steps
    least: int = 1  # facts without which it would not be this pattern
    spare: tuple[str, ...] = ()  # other openings, where something stands against the first


@dataclass
class Desk:
    """What lies ready for the drafts of one request, and what of it was used."""

    material: Material
    brief: Brief
    meaning: Meaning
    used: set[str] = field(default_factory=set)
    turn: int = 0  # the draft that is being made

    def fresh(self, facts: Sequence[Fact]) -> list[Fact]:
        """Return what was not said yet, or all of it when everything was."""
        return [fact for fact in facts if self.new(fact)] or list(facts)

    def new(self, fact: Fact) -> bool:
        """Say whether no draft says it yet."""
        return fact.sentence.text not in self.used

    @property
    def sections(self) -> list[Section]:
        """Return the sections with facts, those that still have something new first."""
        own = [one for one in self.material.sections if one.facts]
        return sorted(own, key=lambda one: not any(map(self.new, one.facts)))


OWN = 0.15  # for a question about the article that most of the facts come from
ASKED, WAYS = 24, 3  # questions that are compared, in all and for one fact
Make = Callable[[Desk], Sketch | None]


def sketch(pattern: Pattern, desk: Desk) -> Sketch | None:
    """Return a sketch in this pattern, or nothing where the facts do not carry it."""
    return MAKE[pattern](desk)


def _question(desk: Desk) -> Sketch | None:
    """Open with a question that people ask about a fact, the one that the fact answers best."""
    asked = [
        (fact, section, way)
        for section in desk.sections
        for fact in section.facts
        if desk.new(fact)
        for way in printable(fact)[:WAYS]
    ][:ASKED]
    if not asked:
        section = desk.sections[0]
        facts = _told(desk, desk.fresh(section.facts)[0], section)
        return Sketch("question", section.title, asking(section.title), facts, "prose")
    texts = list(dict.fromkeys(fact.text for fact, _, _ in asked))
    every = desk.meaning([*(way for _, _, way in asked), *texts])
    facts_said = every[[len(asked) + texts.index(fact.text) for fact, _, _ in asked]]
    near = (every[: len(asked)] * facts_said).sum(axis=1)
    title = desk.material.title

    def fits(at: int) -> float:
        """Say how good a question is: near its answer and the topic, and long enough to be one."""
        found, section, way = asked[at]
        long = 0.05 * min(len(way.split()), LONG_ENOUGH)
        return float(near[at]) + found.score / 2 + long + OWN * (section.title == title)

    best = max(range(len(asked)), key=fits)
    fact, section, way = asked[best]
    spare = (*(spoken(one) for one in printable(fact) if one != way), asking(section.title))
    told = _told(desk, fact, section)
    return Sketch("question", section.title, spoken(way), told, "prose", spare=spare)


def _list(desk: Desk) -> Sketch | None:
    title = desk.material.title
    new = [(one.title == title, [f for f in one.facts if desk.new(f)]) for one in desk.sections]
    every = [fact for own, facts in new for fact in facts[: 2 if own else 1]]
    facts = sorted(dict.fromkeys(every), key=lambda f: -f.score)[:4]
    if len(facts) < 2:
        return None
    return Sketch("list", title, "", tuple(facts), "bullets", least=2)


def _number(desk: Desk) -> Sketch | None:
    title = desk.material.title
    for section in sorted(desk.sections, key=lambda one: one.title != title):
        for fact in desk.fresh(section.facts):
            said = quantity(fact)
            if said and desk.new(fact):
                told = _told(desk, fact, section)
                spare = ("A number to know:",)
                return Sketch("number", section.title, f"{said}.", told, "prose", spare=spare)
    return None


def _how_to(desk: Desk) -> Sketch | None:
    ready = sorted(desk.material.sections, key=lambda one: phrase(one.heading)[0] == "thing")
    for section in ready:
        steps = section.steps
        if 2 <= len(steps) <= 6 and desk.new(steps[0]):
            lead = _steps_lead(section)
            return Sketch("how_to", section.title, lead, steps, "steps", least=len(steps))
    return None


def _steps_lead(section: Section) -> str:
    kind, said = phrase(section.heading)
    if kind == "deed":
        return f"How to {said}:"
    return f"{upper(said)}, step by step:"


def _limits(desk: Desk) -> Sketch | None:
    title = desk.material.title
    own = [
        f for one in desk.material.sections if one.title == title for f in one.facts if limits(f)
    ]
    if len(own) < 2:
        return None
    kind, said = about(title, desk.brief.topic)
    leads = {
        "thing": f"Good to know, the limits of {said}:",
        "deed": f"Good to know before you {said}:",
    }
    lead = leads.get(kind, f"{upper(title)}, the limits:")
    return Sketch("limits", title, lead, tuple(own[:4]), "bullets", least=2)


def _before_after(desk: Desk) -> Sketch | None:
    for section in desk.sections:
        for fact in section.facts:
            if changes(fact):
                lead = f"What is different: {phrase(section.title)[1]}"
                return Sketch(
                    "before_after", section.title, lead, _told(desk, fact, section), "prose"
                )
    return None


def _plain(desk: Desk) -> Sketch | None:
    section = desk.sections[0]
    told = _told(desk, desk.fresh(section.facts)[0], section)
    return Sketch("plain", section.title, "", told[:3], "prose")


def _told(desk: Desk, fact: Fact, section: Section) -> tuple[Fact, ...]:
    """Return a fact, then what else its section says in reading order, then its article."""
    same = [one for one in desk.fresh(section.facts) if one != fact]
    near = sorted(same, key=lambda one: abs(one.sentence.start - fact.sentence.start))[:2]
    others = [
        one
        for other in desk.material.sections
        if other.document == section.document and other is not section
        for one in other.facts[:1]
        if desk.new(one)
    ]
    rest = sorted(near, key=lambda one: one.sentence.start)
    return (fact, *rest, *sorted(others, key=lambda one: -one.score)[: 4 - len(rest)])


MAKE: dict[Pattern, Make] = {
    "question": _question,
    "list": _list,
    "number": _number,
    "how_to": _how_to,
    "limits": _limits,
    "before_after": _before_after,
    "plain": _plain,
}
