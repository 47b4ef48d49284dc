"""Write labelled texts: ``python -m knowledge.language.training.personal.writing`` shows some."""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.language.training.personal.example import Example, Piece, joined
from knowledge.language.training.personal.pools import gather, lines
from knowledge.language.training.personal.values import Values
from knowledge.language.training.personal.wear import swapped, worn

_BETWEEN = (" ", " ", " ", "\n", "\n\n", " ... ", " - ", " / ")
_LANGUAGES = ("de", "fr", "es")
_PLAIN = "plain"  # sections whose names start so have capitalised things that are nobody


def written(
    seed: int, count: int, held_out: bool = False, words: Sequence[str] = ()
) -> Iterator[Example]:
    """Yield texts with exact spans; held_out draws the held names; words add to the plain ones."""
    chance = random.Random(seed)
    pools = gather(held_out)
    values = Values(replace(pools, words=(*pools.words, *words)), chance)
    sections = lines("templates.yaml")
    foreign = [(line, key) for key in _LANGUAGES for line in sections[key]]
    plain = [(line, "") for key in sections if key.startswith(_PLAIN) for line in sections[key]]
    kept = [key for key in sections if key not in _LANGUAGES and not key.startswith(_PLAIN)]
    people = [(line, "") for key in kept for line in sections[key]]
    for _ in range(count):
        pieces = list[Piece]()
        for _ in range(chance.choices((1, 2, 3), (78, 17, 5))[0]):
            line, language = chance.choice(_kind(chance.random(), people, plain, foreign))
            more = swapped(values.fill(line, language), values.pools.words, chance)
            pieces += [Piece(_between(pieces, chance)), *more] if pieces else more
        yield joined(worn(pieces, chance))


def _between(pieces: list[Piece], chance: random.Random) -> str:
    """Return what parts two sentences; a blank alone would join two names."""
    if pieces[-1].label:
        return chance.choice((". ", "\n\n", " - ", "! ", "? "))
    return chance.choice(_BETWEEN)


def _kind(draw: float, *kinds: list[tuple[str, str]]) -> list[tuple[str, str]]:
    people, plain, foreign = kinds
    if draw < 0.66:
        return people
    return plain if draw < 0.88 else foreign


def main() -> None:
    """Show a sample with its spans marked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    for example in written(options.seed, options.count, options.held_out):
        sys.stdout.write(f"{marked(example)}\n---\n")


def marked(example: Example) -> str:
    """Return the text with its spans in brackets."""
    text = example.text
    for start, end, label in reversed(example.spans):
        text = f"{text[:start]}[{label} {text[start:end]}]{text[end:]}"
    return text


if __name__ == "__main__":
    main()
