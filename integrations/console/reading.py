"""A document as people read it, with the place that an answer points to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.documents.passages import Passage, Sentence


@dataclass(frozen=True)
class Said:
    """A sentence, and whether it is the one that is looked for."""

    text: str
    lit: bool
    asked: tuple[str, ...]  # how people ask for it


@dataclass(frozen=True)
class Run:
    """Sentences of one sort: a paragraph, or the items of a list."""

    kind: str
    said: Sequence[Said]


@dataclass(frozen=True)
class Section:
    """What stands below one heading."""

    anchor: str
    heading: str
    level: int
    number: int  # of its first passage
    runs: Sequence[Run]

    @property
    def lit(self) -> bool:
        """Say whether the place that is looked for is in here."""
        return any(one.lit for run in self.runs for one in run.said)


def sections(passages: Sequence[Passage], start: int = -1, end: int = -1) -> list[Section]:
    """Return the sections in reading order; what lies between start and end is lit."""
    numbered = list(enumerate(passages, 1))
    found = []
    for path, group in groupby(numbered, key=lambda one: one[1].path):
        parts = list(group)
        number, first = parts[0]
        sentences = [sentence for _, passage in parts for sentence in passage.sentences]
        heading = path[-1] if path else first.title
        below = [name for name in path if name != first.title]
        level = min(max(len(below), 1), 3) + 1
        found.append(Section(first.anchor, heading, level, number, _runs(sentences, start, end)))
    return found


def _runs(sentences: Sequence[Sentence], start: int, end: int) -> list[Run]:
    return [
        Run(kind, [Said(s.text, s.start < end and start < s.end, s.asked) for s in group])
        for kind, group in groupby(sentences, key=lambda sentence: sentence.kind)
    ]
