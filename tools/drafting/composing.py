"""Fit a sketch to a network: as many facts as read well there, and nothing that it refuses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from tools.contract import Evidence, Post
from tools.drafting import threads
from tools.drafting.brief import Brief, Pattern
from tools.drafting.check import check
from tools.drafting.counting import fits, length
from tools.drafting.endings import closing, tagged
from tools.drafting.gathering import Fact, numbered
from tools.drafting.house import House
from tools.drafting.labels import MODEL, WORDS_BY, labelled
from tools.drafting.leads import list_lead
from tools.drafting.networks import NETWORKS, Network
from tools.drafting.patterns import Sketch
from tools.drafting.stated import rested

FACTS = {"x": 2, "bluesky": 2, "threads": 3, "mastodon": 3, "tiktok": 2, "instagram": 3,
         "linkedin": 4, "facebook": 3, "youtube": 5}  # fmt: skip
INSTEAD = {">": "›", "<": "‹"}  # of menus, where a network refuses the character


@dataclass(frozen=True)
class Trim:
    """How much goes into a text."""

    facts: int
    closing: bool = True
    tags: bool = True
    plain: bool = False  # without the title, where its words claim more than the facts show


@dataclass(frozen=True)
class Wording:
    """What is kept of a model's post: an opening, sentences, their evidence, what was dropped."""

    opening: str
    sentences: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    dropped: tuple[str, ...]


def composed(sketch: Sketch, brief: Brief, network: str, house: House, turn: int = 0) -> Post:
    """Return the longest form of a sketch that nothing stands against.

    A wished call to action that nothing shows is left out. Where every form has something against
    it, the first one is returned with its findings.
    """
    rules = NETWORKS[network]
    first = None
    quiet = [brief.model_copy(update={"call_to_action": ""})] if brief.call_to_action else []
    briefs = (brief, *quiet)
    for post in chain(*(_forms(sketch, one, rules, house, turn) for one in briefs)):
        checked = _checked(post, brief, house)
        if not any(one["blocks"] for one in checked["findings"]):
            return checked
        first = first or checked
    return first or _checked(_written(sketch, brief, rules, house, Trim(1), turn), brief, house)


def _forms(sketch: Sketch, brief: Brief, rules: Network, house: House, turn: int) -> Iterator[Post]:
    """Return ever plainer forms of a sketch that fit: each the longest of its kind."""
    if brief.thread and rules.thread:
        for one in _shorter(sketch):
            yield _thread(one, brief, rules, house, turn, plain=False)
            yield _thread(one, brief, rules, house, turn, plain=True)
        return
    for one in _shorter(sketch):
        most = min(len(one.facts), max(FACTS[rules.key], one.least))
        fitting = None
        for trims in (_trims(most, one, brief), _trims(most, one, brief, plain=True)):
            every = (_written(one, brief, rules, house, trim, turn) for trim in trims)
            fitting = next((post for post in every if _fit(post, rules, brief.longest)), None)
            if fitting:
                yield fitting
        if not fitting and one.layout == "steps" and rules.thread:
            yield _thread(one, brief, rules, house, turn, plain=False)


def _shorter(sketch: Sketch) -> list[Sketch]:
    """Return a sketch, then shorter ones: its shortest facts first, then each of them alone."""
    if sketch.layout == "steps":  # one step alone helps nobody
        return [sketch, replace(sketch, lead="Step by step:")]
    short = sorted(sketch.facts, key=lambda fact: len(fact.text))
    others = [replace(sketch, facts=tuple(short))] if sketch.layout == "bullets" else []
    others += [replace(sketch, lead=lead) for lead in sketch.spare]
    if sketch.layout == "prose" and sketch.lead:
        others.append(replace(sketch, pattern="plain", lead=""))
    alone = (Sketch("plain", sketch.title, "", (fact,), "prose") for fact in short)
    return [sketch, *others, *alone]


def worded(words: Wording, sketch: Sketch, brief: Brief, network: str, house: House) -> Post:
    """Return a post in a model's words, shortened from its end until it fits."""
    rules = NETWORKS[network]
    empty = _post(sketch.title, sketch.pattern, rules, "", (), brief)
    empty = {**empty, "evidence": list(words.evidence)}
    empty["extras"][WORDS_BY] = MODEL
    spoken = replace(house.facts, language=brief.language or house.facts.language)
    for ends, tags in ((True, True), (True, False), (False, False)):
        for count in range(len(words.sentences), 0, -1):
            blocks = [words.opening, *_pairs(list(words.sentences[:count]))]
            blocks += [closing(sketch.title, brief, house.content, rules)] if ends else []
            blocks += [tagged(sketch, brief, house.content, rules)] if tags else []
            text = "\n\n".join(block for block in blocks if block)
            post = labelled({**empty, "parts": [text]}, spoken)
            if _fit(post, rules, brief.longest):
                return _checked(post, brief, house)
    return _checked(post, brief, house)


def _trims(most: int, sketch: Sketch, brief: Brief, *, plain: bool = False) -> list[Trim]:
    """Return ever shorter ways to write it: fewer facts first, then no tags, then no closing."""
    counts = range(most, min(sketch.least, most) - 1, -1)
    every = [Trim(count, tags=brief.hashtags and not plain, plain=plain) for count in counts]
    every += [Trim(count, tags=False, plain=plain) for count in counts]
    return every + [Trim(count, closing=False, tags=False, plain=plain) for count in counts]


def _written(
    sketch: Sketch, brief: Brief, rules: Network, house: House, trim: Trim, turn: int
) -> Post:
    facts = sketch.facts[: trim.facts]
    blocks = [_lead(sketch, facts, brief, turn, trim.plain), *_body(sketch, facts)]
    if trim.closing:
        title = "" if trim.plain else sketch.title
        blocks.append(closing(title, brief, house.content, rules))
    blocks += [tagged(sketch, brief, house.content, rules)] if trim.tags else []
    text = "\n\n".join(block for block in blocks if block)
    title = _short_title(facts, rules) if trim.plain else sketch.title
    return _post(title, sketch.pattern, rules, text, facts, brief)


def _short_title(facts: tuple[Fact, ...], rules: Network) -> str:
    """Return a fact that is short enough for a title, where an article's own claims too much."""
    texts = (fact.text.rstrip(".") for fact in facts)
    return next((text for text in texts if len(text) <= rules.title), "Good to know")


def _lead(sketch: Sketch, facts: tuple[Fact, ...], brief: Brief, turn: int, plain: bool) -> str:
    if sketch.layout == "bullets" and not sketch.lead:
        return list_lead(sketch, len(facts), brief, turn, plain)
    return sketch.lead


def _body(sketch: Sketch, facts: tuple[Fact, ...]) -> list[str]:
    said = [fact.text for fact in facts]
    if sketch.layout == "steps":
        return ["\n".join(f"{place}. {text}" for place, text in enumerate(said, 1))]
    if sketch.layout == "bullets":
        return ["\n".join(f"• {text}" for text in said)]
    return [*said[:1], *_pairs(said[1:])] if sketch.pattern == "plain" else _pairs(said)


def _pairs(said: list[str]) -> list[str]:
    """Put two sentences into a paragraph, so that a telephone shows no wall of text."""
    return [" ".join(said[at : at + 2]) for at in range(0, len(said), 2)]


def _post(
    title: str, pattern: Pattern, rules: Network, text: str, facts: tuple[Fact, ...], brief: Brief
) -> Post:
    for refused, instead in INSTEAD.items():
        text = text.replace(refused, instead) if refused in rules.plain else text
    extras = {"pattern": pattern.replace("_", " "), "topic": brief.topic}
    return Post(
        network=rules.key,
        title=title[: rules.title],
        parts=[text],
        alt=[],
        evidence=numbered(list(facts)),
        findings=[],
        extras=extras,
        when="",
    )


def _thread(
    sketch: Sketch, brief: Brief, rules: Network, house: House, turn: int, *, plain: bool
) -> Post:
    """Return a post in several parts; a blank line only ever stands between parts."""
    trim = Trim(len(sketch.facts), tags=brief.hashtags and not plain, plain=plain)
    post = _written(sketch, brief, rules, house, trim, turn)
    lines = [line for line in post["parts"][0].split("\n") if line]
    parts: list[str] = []
    for line in lines:
        joined = f"{parts[-1]}\n{line}" if parts else line
        if parts and (len(parts) == 1 or not fits(joined, rules)):
            parts += threads.split(line, rules)
        else:
            parts[-1:] = [joined]
    return {**post, "parts": parts}


def _fit(post: Post, rules: Network, longest: int) -> bool:
    text = post["parts"][0]
    return fits(text, rules) and (not longest or length(text, rules) <= longest)


def _checked(post: Post, brief: Brief, house: House) -> Post:
    post = rested(post, brief, house.facts)
    return {**post, "findings": check(post, house.facts)}
