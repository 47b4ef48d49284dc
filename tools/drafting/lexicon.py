"""Find the words that make a sentence a claim."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from tools.drafting.folding import stop, unmasked, words
from tools.drafting.phrasebook import Phrasebook

LANGUAGES = ("en", "de", "fr", "es")
WEAK = frozenset({"better", "quality", "help", "quantity"})  # may stand in what claims nothing
_TAGGED = re.compile(r"# ?([a-z]{6,})")
_SMALL = re.compile(r"[^\W\d_]+")
_LONG = 5  # letters of a word that is looked for inside hashtags without capitals


@dataclass(frozen=True)
class Risky:
    """A word, or a few, that claim something, and what kind of thing."""

    kind: str
    words: str


def risky(folded: str, languages: Iterable[str]) -> list[Risky]:
    """Return what a folded sentence has of such words."""
    return list(_risky(folded, tuple(languages)))


@lru_cache(maxsize=4096)
def _risky(folded: str, languages: tuple[str, ...]) -> tuple[Risky, ...]:
    found: dict[tuple[str, str], Risky] = {}
    for text in dict.fromkeys((_bare(folded), unmasked(_bare(folded)))):
        for language in languages:
            for kind, said in _phrases(language).found(text):
                found[kind, said] = Risky(kind, said)
    for tag in _tagged(folded):
        found[tag.kind, tag.words] = tag
    return tuple(sorted(found.values(), key=lambda one: (one.kind, one.words)))


def _tagged(folded: str) -> Iterator[Risky]:
    """Return what hides in hashtags without capitals."""
    for tag in _TAGGED.findall(folded):
        if starts(tag, "tagged", ()):
            yield Risky("superlative", tag)
        for kind, known in _inside().items():
            if any(word in tag for word in known):
                yield Risky(kind, tag)


def likely(folded: str, language: str) -> list[str]:
    """Return the language a sentence seems to be in, by its small words; a few where they tie."""
    said = set(_SMALL.findall(folded))
    hits = {one: len(said & stop(one)) for one in LANGUAGES}
    if not max(hits.values()):
        return sorted(LANGUAGES, key=lambda one: (one != language, one))
    return [one for one in LANGUAGES if hits[one] == max(hits.values())]


def spoken(folded: str, language: str) -> list[str]:
    """Return every language a sentence may be in: all, where no small word tells."""
    said = set(_SMALL.findall(folded))
    if not any(said & stop(one) for one in LANGUAGES):
        return list(LANGUAGES)
    own = language if language in LANGUAGES else "en"
    return [one for one in LANGUAGES if said & stop(one) or one in ("en", own)]


def starts(folded: str, stance: str, languages: Iterable[str]) -> bool:
    """Say whether a sentence begins in one of the ways that a list of stances knows."""
    known = _stances(stance)
    return any(pattern.match(folded) for one, pattern in known.items() if one in (*languages, ""))


def begun(folded: str, stance: str, languages: Iterable[str]) -> str:
    """Return the beginning of a sentence that a list of stances knows, or nothing."""
    known = _stances(stance)
    found = (pattern.match(folded) for one, pattern in known.items() if one in languages)
    return max((one[0] for one in found if one), key=len, default="")


def holds(folded: str, stance: str, languages: Iterable[str] = ()) -> bool:
    """Say whether a sentence has such words anywhere."""
    known = _stances(stance)
    return any(pattern.search(folded) for one, pattern in known.items() if one in (*languages, ""))


def _bare(folded: str) -> str:
    """Return a sentence without the harmless uses of risky words."""
    return _stances("harmless")[""].sub(" ", folded)


@cache
def _stances(name: str) -> dict[str, re.Pattern[str]]:
    listed = words("stance")[name]
    by_language = {"": listed} if isinstance(listed, str) else listed
    return {one: re.compile(lines.replace("\n", "")) for one, lines in by_language.items()}


@cache
def _phrases(language: str) -> Phrasebook:
    listed = {**words("claims"), **words("effects")}
    return Phrasebook({kind: every.get(language, []) for kind, every in listed.items()})


@cache
def _inside() -> dict[str, list[str]]:
    """Return, by kind, the words that are long enough to be found inside a hashtag."""
    listed = {**words("claims"), **words("effects")}
    joined = {
        kind: [re.sub("[ -]", "", word.rstrip("*")) for every in by.values() for word in every]
        for kind, by in listed.items()
        if kind not in WEAK
    }
    return {
        kind: [word for word in every if word.isalpha() and len(word) >= _LONG]
        for kind, every in joined.items()
    }
