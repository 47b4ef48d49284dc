"""Find what a post claims, and whether its evidence shows it.

A sentence is a claim until it is seen to be something else: a question, a call to action, a
greeting, an opinion, a heading. And those are claims too when they hold a number, a price or a
word that promises something ("Want to double your revenue?"). A claim needs one quote that has its
numbers, its names and its risky words, or it blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tools.contract import MARK, Evidence, Finding, Post
from tools.drafting.amounts import Amount, amounts
from tools.drafting.counting import LINK
from tools.drafting.facts import Facts, stop
from tools.drafting.folding import fold, tokens
from tools.drafting.labels import is_label
from tools.drafting.lexicon import Risky, holds, likely, risky, spoken
from tools.drafting.sentences import Said, items, said
from tools.drafting.stance import HARMLESS, Stance, stance
from tools.drafting.support import mentions, supports

_WHAT = {
    "price": "a price",
    "comparison": "a comparison",
    "better": "a comparison",
    "superlative": "a superlative",
    "promise": "a promise",
    "effect": "an effect",
    "health": "something about health",
    "finance": "something about money",
    "proof": "that others have shown it",
    "environment": "something about the environment",
    "number": "a number",
    "quantity": "that it always holds",
    "quality": "a quality",
    "help": "an effect",
    "statement": "a fact",
}
_DESCRIBED = frozenset({"quality", "quantity", "help", "better"})  # words that pictures need
_TOPIC = frozenset({"quality", "quantity", "help", "better"})
_FEW = 12  # things that a description of a picture may count
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Claim:
    """A sentence that claims something: which kinds of thing, the gravest first."""

    sentence: Said
    does: Stance
    kinds: tuple[str, ...]
    risky: tuple[Risky, ...]


def check(post: Post, facts: Facts) -> Iterator[Finding]:
    """Return the claims that no quote of the evidence shows; each blocks."""
    for claim in claims(post, facts):
        one = claim.sentence
        if not shown(claim, post["evidence"], facts):
            kind = claim.kinds[0]
            says = f"{one.where}“{one.text}” claims {_WHAT[kind]}, and no evidence shows it."
            yield stop(f"claim.{kind}", says, one.start, one.end)


def claims(post: Post, facts: Facts) -> list[Claim]:
    """Return what a post claims, shown or not."""
    listed = items(post)
    titles = {name for one in post["evidence"] for name in (one["title"], _heading(one["anchor"]))}
    told = (_untitled(one, titles) for one in said(post) if not is_label(one.text))
    found = (_claim(one, facts, listed) for one in told)
    return [one for one in found if one]


def shown(claim: Claim, evidence: list[Evidence], facts: Facts) -> bool:
    """Say whether one quote shows a claim, all of it; a title, where it only names its topic."""
    text, folded = claim.sentence.text, fold(claim.sentence.text)
    known = frozenset(part for name in (facts.brand,) if name for part in _names(name))
    quotes = [LINK.sub(" ", MARK.sub("", one["quote"])) for one in evidence]
    if any(fold(one["title"]) == folded for one in evidence) and "number" not in claim.kinds:
        return True
    if claim.does in ("question", "open") and not holds(folded, "offers"):
        return any(mentions(text, quote, claim.risky) for quote in quotes)
    names = claim.does in ("heading", "lead")  # a topic may be a small part of a quote
    return any(supports(text, quote, claim.risky, known, part=names) for quote in quotes)


def _heading(anchor: str) -> str:
    return " ".join(anchor.split("-"))


def _untitled(one: Said, titles: set[str]) -> Said:
    """Return a sentence without the titles and headings of its sources, which it may name."""
    text = one.text
    for title in sorted((title for title in titles if " " in title), key=len, reverse=True):
        text = text.replace(f"“{title}”", "")
        if text.casefold().startswith(title.casefold()) and not text[len(title) :][:1].isalnum():
            text = text[len(title) :]
    return replace(one, text=text) if text != one.text else one


def _names(name: str) -> list[str]:
    return [fold(name), *tokens(fold(name))]


def _claim(one: Said, facts: Facts, listed: int) -> Claim | None:
    """Return what a sentence claims; nothing for a question, an invitation, an opinion."""
    folded = fold(one.text)
    languages = spoken(folded, facts.language)
    numbers = [a for a in amounts(folded, languages) if _counts(a, one, folded, listed)]
    found = tuple(risky(folded, languages))
    does: Stance
    if one.place == "tag":
        does, harmless = "heading", _TOPIC
    elif one.place == "alt":
        does, harmless = "heading", _DESCRIBED
    else:
        does = stance(one.text, facts, likely(folded, facts.language))
        harmless = HARMLESS[does]
    found += tuple(Risky("comparison", name) for name in _rivals(folded, facts))
    kinds = {word.kind for word in found if word.kind not in harmless}
    if numbers:
        kinds.add("number")
    if not kinds and does != "statement":
        return None
    ordered = tuple(kind for kind in _WHAT if kind in kinds) or ("statement",)
    return Claim(one, does, ordered, tuple(word for word in found if word.kind not in harmless))


def _rivals(folded: str, facts: Facts) -> list[str]:
    return [
        name for name in map(fold, facts.rivals) if f" {name} " in f" {' '.join(tokens(folded))} "
    ]


def _counts(amount: Amount, one: Said, folded: str, listed: int) -> bool:
    """Say whether a number claims something: not the year of a hashtag, nor a list's length."""
    if one.place == "tag":
        return amount.value not in _YEARS
    if one.place == "alt" and not amount.unit and amount.value <= _FEW:
        return folded[amount.start].isdigit()
    return not (
        amount.value in (listed, *(range(2, 11) if not listed else ()))
        and not amount.unit
        and holds(folded[amount.end : amount.end + 25], "listing")
    )
