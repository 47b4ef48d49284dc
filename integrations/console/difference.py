"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "out", "in"]
_PIECE = re.compile(r"<[A-Z][A-Z_]*_\d+>|[^\W_]+(?:['’][^\W_]+)*|\s+|[^\w\s]|_")
LONGEST = 2_000  # words of a text that are compared; what is longer is shown as one change


@dataclass(frozen=True)
class Part:
    """A stretch of text that stayed, went or came."""

    change: Change
    text: str


def difference(before: str, after: str) -> list[Part]:
    """Return the parts of both texts in reading order: what went stands before what came."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > LONGEST and before != after:
        return _joined(iter([Part("out", before), Part("in", after)]))
    return _joined(_parts(old, new))


def distance(before: str, after: str) -> float:
    """Return which share of the words changed: 0 for none, 1 for all."""
    old = [word for word in _PIECE.findall(before) if not word.isspace()]
    new = [word for word in _PIECE.findall(after) if not word.isspace()]
    if not old and not new:
        return 0.0
    same = sum(size for _, _, size in _matcher(old, new).get_matching_blocks())
    return 1 - same / max(len(old), len(new))


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(str.isspace, old, new, autojunk=False)


def _parts(old: list[str], new: list[str]) -> Iterator[Part]:
    for kind, start, end, first, last in _matcher(old, new).get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(old[start:end]))
            continue
        yield Part("out", "".join(old[start:end]))
        yield Part("in", "".join(new[first:last]))


def _joined(parts: Iterator[Part]) -> list[Part]:
    """Let a lone space between two changes change with them, so that phrases stay together."""
    found: list[Part] = []
    out, come = "", ""
    for part in parts:
        if part.change == "same" and not (part.text.isspace() and (out or come)):
            found += _changes(out, come)
            out, come = "", ""
            found.append(part)
        elif part.change == "same":
            out, come = out + part.text, come + part.text
        elif part.change == "out":
            out += part.text
        else:
            come += part.text
    return [one for one in [*found, *_changes(out, come)] if one.text]


def _changes(out: str, come: str) -> list[Part]:
    """Return a change without the space that both sides end with."""
    end = ""
    while out and come and out[-1] == come[-1] and out[-1].isspace():
        end, out, come = out[-1] + end, out[:-1], come[:-1]
    return [Part("out", out), Part("in", come), Part("same", end)]
