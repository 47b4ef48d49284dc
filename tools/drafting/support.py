"""Say whether a quote shows what a sentence claims."""

import re
from collections import Counter
from collections.abc import Iterable

from tools.drafting.amounts import Amount, amounts
from tools.drafting.bounds import bounds
from tools.drafting.folding import fold, stem, stop, tokens
from tools.drafting.lexicon import LANGUAGES, Risky, likely

ALIKE = (5, 0.7)  # letters, and share of the longer word, in which forms of a word begin alike
FRAGMENT = 2  # words beside a number: "Up to 20 organisers" needs no condition
HALF = 0.5  # of a quote's words that a sentence keeps, so that it is still what was said
# "on the Team plan", "for Chrome": where a fact holds, and where nothing is said.
_NARROWS = re.compile(
    r"\b(?:on|in|for|with|from|by|under|and|or|sur|dans|pour|avec|en|para|con) "
    r"(?:the |le |la |les |el )?(?:plan |forfait )?([A-Z]\w+)"
)
_PLACES = re.compile(
    r"(?=\b(?:on|in|at|with|for|per|by|from|during|within|auf|im|mit|bei|fur|pro|sur|dans|avec|pour|par"
    r"|en|con|para|por)\b)"
)
_MARKS = " .,;:!?\"'()–-"
_AND = re.compile(
    r"\b(?:and|but|while|whereas|und|aber|wahrend|et|mais|tandis|y|pero|mientras)\b|;"
)
_NOT = re.compile(
    r"\b(?:not|no|never|without|cannot|none|neither|nor"
    r"|nicht|kein\w*|nie(?:mals|mand\w*)?|ohne|pas|jamais|sans"
    r"|aucun\w*|ni|nunca|sin|jamas|ningun\w*|hardly|excluded?|excluding)\b|n't\b"
)
# What makes a fact smaller than it sounds when it is left out.
_ONLY = re.compile(
    r"\b(?:only|except|unless|if|until|when|whenever|while|once|after|before|during|provided"
    r"|as long as|in case|at least|at most|up to|more than|less than|fewer than|excluding|may|might"
    r"|could|should|planned|plan to|plans to|expected|beta|preview|usually|often|sometimes|some"
    r"|most|nearly|almost|limited|requires?"
    r"|nur|ausser|falls|wenn|sobald|solange|wahrend|nachdem|bevor|mindestens|hochstens|bis zu"
    r"|meist\w*|oft|manchmal|einige|fast|geplant|konnte\w*"
    r"|seulement|uniquement|sauf|si|quand|lorsque|pendant|apres|avant|des que|au moins|au plus"
    r"|jusqu'a|souvent|parfois|certain\w*|presque|prevu\w*"
    r"|solo|solamente|salvo|excepto|cuando|mientras|durante|despues|antes|al menos|como maximo"
    r"|hasta|a menudo|a veces|algun\w*|casi|previst\w*)\b"
)


def supports(
    sentence: str,
    quote: str,
    risky: Iterable[Risky],
    known: frozenset[str] = frozenset(),
    *,
    part: bool = False,
) -> bool:
    """Say whether a quote has the numbers, the names and the words of a sentence.

    A synonym is not enough: who could tell "writes" from "deletes"? ``known`` are names that a
    quote need not repeat: the brand speaks in its own documents. A ``part`` may leave most of it
    out.
    """
    said, shown = fold(sentence), fold(quote)
    if shown.endswith("?"):
        return False  # a question shows nothing
    if said.strip(_MARKS) == shown.strip(_MARKS):
        return True
    risky = [one for one in risky if one.kind != "help"]
    if part and not risky and len(_content(said)) <= FRAGMENT:
        return _counted(said, shown) and _covered(said, shown, known)
    return (
        len(_NOT.findall(said)) == len(_NOT.findall(shown))
        and _limits(shown) <= _limits(said)
        and _counted(said, shown)
        and _worded(risky, shown)
        and _covered(said, shown, frozenset() if risky or amounts(said) else known)
        and _in_order(said, shown)
        and (part or _kept(said, quote, known))
    )


def mentions(sentence: str, quote: str, risky: Iterable[Risky]) -> bool:
    """Say whether a quote has the numbers and the risky words of a question."""
    return _counted(fold(sentence), fold(quote)) and _worded(risky, fold(quote))


def _limits(folded: str) -> Counter[str]:
    return Counter(_small(one) for one in _ONLY.findall(folded))


def _small(word: str) -> str:
    return word.removesuffix("s")


def _counted(said: str, shown: str) -> bool:
    """Say whether each number is in the quote, with its unit, its bounds and what it counts."""
    there = amounts(shown, LANGUAGES)
    return all(
        any(_same(one, said, other, shown) for other in there) for one in amounts(said, LANGUAGES)
    )


def _same(one: Amount, said: str, other: Amount, shown: str) -> bool:
    """Say whether a number is that of the quote: value, unit, bounds and what it counts."""
    if (one.value, one.unit) != (other.value, other.unit):
        return False
    if bounds(said, one) != bounds(shown, other):
        return False
    behind, there = _next(said[one.end :], 1), _next(_clause(shown[other.end :]), 3)
    if behind and behind[0] in there:
        return True
    if behind and not one.unit and there:
        return False
    before, around = _next(said[: one.start], -2), _next(shown[: other.start], -4) + there
    return not before or any(word in around for word in before)


def _clause(text: str) -> str:
    """Return a text up to its next number, comma or "and"."""
    ends = [one.start for one in amounts(text, LANGUAGES)[:1]]
    ends += [one.start() for one in (_AND.search(text), re.search(r"[,;:(]", text)) if one]
    return text[: min(ends, default=len(text))]


def _next(text: str, most: int) -> list[str]:
    """Return the stems of the words that follow, or with a negative number go before."""
    found = [stem(word) for word in _content(text)]
    return found[:most] if most > 0 else found[most:]


def _content(folded: str) -> list[str]:
    """Return the words that carry a fact, without numbers."""
    for one in reversed(amounts(folded, LANGUAGES)):
        folded = folded[: one.start] + " " + folded[one.end :]
    return [word for word in tokens(folded) if word[0].isalpha() and not _empty(word)]


def _empty(word: str) -> bool:
    return any(word in stop(one) for one in LANGUAGES)


def _worded(risky: Iterable[Risky], shown: str) -> bool:
    """Say whether a quote has each risky word itself: "fast" does not show "fastest"."""
    there = {_small(word) for word in tokens(shown)}
    words = {word for one in risky for word in _content(one.words)}
    return all(_small(word) in there for word in words)


def _covered(said: str, shown: str, known: frozenset[str]) -> bool:
    """Say whether a quote has every word of a sentence, but for the brand and pale verbs."""
    there = set(_content(shown))
    words = [
        word for word in _content(said) if word not in known and stem(word) not in stop("pale")
    ]
    return all(any(_akin(word, other) for other in there) for word in words)


def _akin(word: str, other: str) -> bool:
    """Say whether two words are forms of one: "summaries" and "summary"."""
    if stem(word) == stem(other):
        return True
    pairs = zip(word, other, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(word), len(other)))
    return same >= ALIKE[0] and same >= ALIKE[1] * max(len(word), len(other))


def _in_order(said: str, shown: str) -> bool:
    """Say whether the words come in the order of the quote, or with its end in front.

    Bags of words are not enough: "allows downloads of a session" has the words of another claim.
    """
    there = _words(shown)
    cuts = [0, *(one.start() for one in _PLACES.finditer(said))]
    return any(_follows(_words(f"{said[at:]} {said[:at]}"), there) for at in cuts)


def _follows(words: list[str], there: list[str]) -> bool:
    place = 0
    for word in (one for one in words if any(_akin(one, other) for other in there)):
        place = next((at for at in range(place, len(there)) if _akin(word, there[at])), -1) + 1
        if not place:
            return False
    return True


def _kept(said: str, quote: str, known: frozenset[str]) -> bool:
    """Say whether a sentence keeps half of a quote, and every name that narrows it."""
    shown = fold(quote)
    words, there = _words(shown), _words(said)
    kept = sum(any(_akin(word, one) for one in there) for word in words)
    if kept < HALF * len(words):
        return False
    if likely(shown, "en")[0] == "de":
        return True
    names = (fold(one) for one in _NARROWS.findall(quote))
    return all(name in known or f" {name} " in f" {' '.join(tokens(said))} " for name in names)


def _words(folded: str) -> list[str]:
    """Return words and numbers in order, each number written one way."""
    for one in reversed(amounts(folded, LANGUAGES)):
        number = f"n{one.value}{one.unit}".replace(".", "d")
        folded = f"{folded[: one.start]} {number} {folded[one.end :]}"
    return [stem(word) for word in tokens(folded) if word[0].isalpha() and not _empty(word)]
