"""The words that different forms of a word come from: one rule for "uses" and "using"."""

from collections.abc import Iterator

from knowledge.voice.phrases import head_with


def common(was: str, now: str) -> Iterator[tuple[str, str]]:
    """Return the base forms of two phrases that changed with the same ending."""
    (head, *rest), (other, *tail) = was.split(), now.split()
    for ending in ("s", "ed", "ing"):
        for base in _bases(head, ending):
            for twin in _bases(other, ending):
                yield " ".join([base, *rest]), " ".join([twin, *tail])


def _bases(word: str, ending: str) -> list[str]:
    """Return what, with an ending, gives a word."""
    tries = {word[: -len(ending)], word[: -len(ending)] + "e", word[: -len(ending) - 1]}
    tries |= {word[:-2], word[:-3] + "y"}
    return sorted(one for one in tries if len(one) > 2 and head_with(one, ending) == word)
