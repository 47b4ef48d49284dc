"""Words that, alone in a message, say whether we may write first."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

FILE = Path(__file__).parent / "lexicons" / "opting.yaml"
LONGEST = 60  # characters of a line that can be such a word
Way = Literal["out", "in"]
_AROUND = " \t.,;:!?¡¿…\"'“”„‘’()[]<>*_~-"


@dataclass(frozen=True)
class Opted:
    """What somebody chose, by which listed word, and in which language."""

    way: Way
    word: str
    language: str


def opted(text: str, languages: Sequence[str], own: dict[Way, list[str]]) -> Opted | None:
    """Return the choice, where a message is nothing else; a brand's own words are known too."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or any(len(line) > LONGEST for line in lines):
        return None
    choices = [_choice(_plain(line), languages, own) for line in lines]
    first = choices[0]
    same = first is not None and all(one and one.way == first.way for one in choices)
    return first if same else None


def _choice(word: str, languages: Sequence[str], own: dict[Way, list[str]]) -> Opted | None:
    known = list(_known(word, own, languages[0]))
    known.sort(key=lambda one: one.language not in languages)  # "stop" is a word in many
    return known[0] if known else None


def _known(word: str, own: dict[Way, list[str]], language: str) -> Iterator[Opted]:
    for way, words in own.items():
        if word in map(_plain, words):
            yield Opted(way, word, language)
    yield from _listed().get(word, ())


@cache
def _listed() -> dict[str, list[Opted]]:
    ways = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    found: dict[str, list[Opted]] = {}
    for way, tongues in ways.items():
        for language, words in tongues.items():
            for word in map(_plain, words):
                found.setdefault(word, []).append(Opted(way, word, language))
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(folded.split()).strip(_AROUND)
