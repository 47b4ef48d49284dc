"""Gather what may be said about a topic: the brand's own sentences, section by section."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.documents.confidence import confidence
from knowledge.documents.passages import Passage, Sentence
from knowledge.documents.search import Found, Hit
from knowledge.documents.words import words
from tools.contract import Evidence
from tools.support.quoting import evidence

SURE = 0.6  # share of the topic's rare words that what was found must have
PLAIN = 0.75  # how sure a search must be; below, it is said which articles are near
MEANT = 0.5  # how clearly an article is meant, where only a way to ask for it is near
WEAK = 0.62  # a passage this much worse than the best is about something else
OWN = 0.5  # share of the topic's weight that a section must have in its words
TITLED, FIRST, SCREEN = 0.15, 0.1, 0.15  # for naming the matter, for opening an article; for menus
WORDS = (4, 26)  # of a sentence that can stand in a post

_LEANS = re.compile(
    r"^(?:it|they|this|that|these|those|he|she|there|here|such|both|otherwise|also|then|after that"
    r"|in this case|before that|instead|too|else|so|but|and|or|each of them|its|their|the same"
    r"|the others?|neither|either|an? (?:other|request|code|copy)|for this|with this|more)\b",
    re.I,
)
_POINTS = re.compile(
    r"^the (?:message|code|link|reply|button|switch|notice|box|window|entry|banner|form|key"
    r"|choices?"
    r"|setting|change|address|list|mail|limit|question|contact|person)\b(?! (?:to|of|for|from"
    r"|that|which|who|about)\b)",
    re.I,
)  # fmt: skip
_BACK = re.compile(
    r"\b(?:see below|see above|as above|the following|listed here|below|this (?:page|article"
    r"|list))\b",
    re.I,
)
_ADDRESS = re.compile(r"https?://|@\w|\.example\b")
_PATH = re.compile(r"\w > \w")
_SCREEN = re.compile(
    r"\bswitch(?:ed)? (?:on|off)\b|\b(?:tick|click|choose|press)\b|\bthe (?:right|button|tab"
    r"|field|message|key) |\b[a-z]+ in [A-Z][a-z]+ and\b"
)
_ORDER = re.compile(
    r"^(?:choose|open|click|press|select|tap|enter|go to|sign in|write|add|type|turn|switch|send"
    r"|check"
    r"|ask|use|close|set|start|print|scan|copy|reload|allow|wait|plug|connect|share|keep|move|put"
    r"|give|show|read|try|make|change|tell|test|enlarge|upload|download|do not|don't|install|update"
    r"|follow|contact|call|pick|save|invite|name|create|delete|remove|hide|find|look|agree|confirm"
    r"|mute|speak|place|join|restart|repeat|paste|drag|pay|note)\b",
    re.I,
)


@dataclass(frozen=True)
class Fact:
    """A sentence of the brand's that can be quoted, and where it stands."""

    passage: Passage
    sentence: Sentence
    score: float

    @property
    def text(self) -> str:
        """Return it as it is published."""
        text = self.sentence.text.strip()
        return text if text.endswith((".", "!", "?")) else f"{text}."

    @property
    def order(self) -> bool:
        """Say whether it tells the reader to do something."""
        return bool(_ORDER.match(self.text))


@dataclass(frozen=True)
class Section:
    """What stands under one heading: facts that stand alone, best first, and steps in order."""

    document: str
    title: str
    heading: str
    facts: tuple[Fact, ...]
    steps: tuple[Fact, ...]


@dataclass(frozen=True)
class Material:
    """All that may be said, the nearest section first, and how well it fits the topic."""

    sections: tuple[Section, ...] = ()
    sure: float = 0.0

    @property
    def title(self) -> str:
        """Return the title of the article that most of it comes from."""
        return self.sections[0].title if self.sections else ""


Rarity = Callable[[Iterable[str]], dict[str, float]]


def gathered(found: Found, topic: str, rarity: Rarity) -> Material:
    """Return the sections that are about the topic; nothing when none is."""
    sure = confidence(found)
    if not found.hits or found.covered < SURE or (sure < PLAIN and found.clear < MEANT):
        return Material(sure=min(sure, found.covered / 2))
    limit = WEAK * found.hits[0].score
    weights = _weights(found.hits[0].passage, topic, rarity)
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in found.hits:
        if hit.score >= limit and _share(hit.passage, weights) >= OWN:
            groups.setdefault((hit.passage.document, hit.passage.heading), []).append(hit)
    sections = (_section(hits) for hits in groups.values())
    return Material(tuple(one for one in sections if one.facts or one.steps), sure)


def numbered(facts: list[Fact]) -> list[Evidence]:
    """Return facts as numbered evidence, each once."""
    once = {(fact.passage.document, fact.sentence.start): fact for fact in facts}
    return evidence(list(once.values()))


def _weights(best: Passage, topic: str, rarity: Rarity) -> dict[str, float]:
    """Return how much each word of the topic tells, of those that the best passage says."""
    said = frozenset(words(f"{best.name} {best.text}"))
    known = [word for word in words(topic) if word in said]
    return rarity(known) if known else {}


def _share(passage: Passage, weights: dict[str, float]) -> float:
    said = frozenset(words(f"{passage.name} {passage.text}"))
    whole = sum(weights.values())
    return sum(w for word, w in weights.items() if word in said) / whole if whole else 1.0


def _section(hits: list[Hit]) -> Section:
    passage = hits[0].passage
    every = [
        Fact(hit.passage, sentence, score + _worth(sentence, hit.passage))
        for hit in hits
        for sentence, score in zip(hit.passage.sentences, hit.sentences, strict=True)
    ]
    facts = [one for one in every if _stands(one)]
    steps = [one for one in every if one.sentence.kind == "step" and not _ADDRESS.search(one.text)]
    return Section(
        passage.document,
        passage.title,
        passage.heading,
        tuple(sorted(facts, key=lambda one: -one.score)),
        tuple(sorted(steps, key=lambda one: one.sentence.start)),
    )


def _worth(sentence: Sentence, passage: Passage) -> float:
    """Return what makes a sentence good to open with, beside what it says of the topic."""
    named = set(words(passage.title)) & set(words(sentence.text))
    opens = sentence.start == passage.start and passage.heading == passage.title
    screen = bool(_SCREEN.search(sentence.text))
    return TITLED * bool(named) + FIRST * opens - SCREEN * screen


def _stands(fact: Fact) -> bool:
    """Say whether a sentence can be read alone, and by somebody who has nothing open."""
    text, count = fact.text, len(fact.text.split())
    if fact.sentence.kind == "step" or fact.order or not WORDS[0] <= count <= WORDS[1]:
        return False
    return not any(one.search(text) for one in (_LEANS, _POINTS, _BACK, _ADDRESS, _PATH))
