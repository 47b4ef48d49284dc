"""Put people and places into real sentences that have none, and pass others as they are."""

import random
import re
from collections.abc import Iterable, Iterator

from knowledge.language.training.personal.example import Example, Piece, joined
from knowledge.language.training.personal.pools import gather, lines
from knowledge.language.training.personal.values import Values
from knowledge.language.training.personal.wear import worn


def inserted(texts: Iterable[str], seed: int, held_out: bool = False) -> Iterator[Example]:
    """Yield each text with a person, a place or both put where a writer might."""
    chance = random.Random(seed)
    values = Values(gather(held_out), chance)
    around = lines("around.yaml")
    for text in texts:
        pieces = [Piece(text.strip())]
        pieces = _put(pieces, values, around, chance)
        yield joined(worn(pieces, chance) if chance.random() < 0.5 else pieces)


def negatives(texts: Iterable[str]) -> Iterator[Example]:
    """Yield each text as one that names nobody and no place."""
    return (Example(text, ()) for text in texts if text.strip())


def _put(
    pieces: list[Piece], values: Values, around: dict[str, tuple[str, ...]], chance: random.Random
) -> list[Piece]:
    draw, text = chance.random(), pieces[0].text
    if draw < 0.3:
        return [*values.fill(chance.choice(around["before"])), Piece(" " + _low(text, chance))]
    if draw < 0.6:
        return [Piece(text), *values.fill(chance.choice(around["after"]))]
    if draw < 0.72:
        front = values.fill(chance.choice(around["before"]))
        return [*front, Piece(" " + text), *values.fill(chance.choice(around["after"]))]
    filling, owner = values.fill(chance.choice(around["within"])), values.fill("{name}")
    return _within(text, filling, owner, chance)


def _within(
    text: str, filling: list[Piece], owner: list[Piece], chance: random.Random
) -> list[Piece]:
    """Put the filling at the end of the last clause, or between two words."""
    core = text.rstrip(" .!?")
    ending = text[len(core) :]
    words = core.split(" ")
    if re.search(r"\bmy\b", text) and chance.random() < 0.3:
        before, after = re.split(r"\bmy\b", text, maxsplit=1)
        return [Piece(before), *owner, Piece(f"'s{after}")]
    if chance.random() < 0.8 or len(words) < 3:
        return [Piece(core + " "), *filling, Piece(ending)]
    at = chance.randint(1, len(words) - 1)
    start, end = " ".join(words[:at]), " ".join(words[at:])
    return [Piece(start + " "), *filling, Piece(f" {end}{ending}")]


def _low(text: str, chance: random.Random) -> str:
    return text[:1].lower() + text[1:] if chance.random() < 0.4 and text[:2] != "I " else text
