"""Choose what to quote: the best supported sentences, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.documents.passages import Passage, Sentence
from knowledge.documents.search import Found
from tools.contract import Evidence

HOW = re.compile(
    r"\bhow (?:do|can|to|could|should|would)\b(?! (?:you|they))|\bsteps?\b|\bset(?:ting)? up\b",
    re.IGNORECASE,
)  # wants steps
NEAR = 0.2  # how much worse than the best a sentence may be and still be quoted
KIND = 0.1  # what a sentence loses without a number, where a number is asked for
MOST = 3  # sentences; steps that belong together count as one


@dataclass(frozen=True)
class Quote:
    """A sentence that may be said, and where it stands."""

    passage: Passage
    sentence: Sentence


def quotes(found: Found, most: int = MOST, near: float = NEAR) -> list[Quote]:
    """Return the best sentences in reading order, each text once; steps all or not at all."""
    ranked = _ranked(found)
    if not ranked:
        return []
    limit, chosen, texts = ranked[0][0] - near, dict[tuple[int, int], Quote](), set[str]()
    units = 0
    for score, hit, place in ranked:
        text = found.hits[hit].passage.sentences[place].text
        if (hit, place) in chosen or text in texts:
            continue
        if score < limit or units == most:
            break
        units += 1
        for at in _together(found, hit, place, first=units == 1):
            passage = found.hits[hit].passage
            chosen[hit, at] = Quote(passage, passage.sentences[at])
            texts.add(passage.sentences[at].text)
    return [chosen[key] for key in sorted(chosen)]


def _ranked(found: Found) -> list[tuple[float, int, int]]:
    every = (
        (score - KIND * (not fits), hit, place)
        for hit, one in enumerate(found.hits)
        for place, (score, fits) in enumerate(zip(one.sentences, one.fitting, strict=True))
    )
    return sorted(every, key=lambda one: (-one[0], one[1], one[2]))


def _together(found: Found, hit: int, place: int, *, first: bool) -> list[int]:
    """Return what is quoted with a sentence: a step brings the others, so does a "how"."""
    sentences = found.hits[hit].passage.sentences
    steps = [at for at, one in enumerate(sentences) if one.kind == "step"]
    if place in steps:
        return steps
    return sorted([place, *steps]) if first and HOW.search(found.question) else [place]


def laid_out(sentences: Sequence[Sentence]) -> str:
    """Put sentences into running text, list items under each other, steps with numbers."""
    lines: list[str] = []
    several = sum(one.kind == "item" for one in sentences) > 1
    for kind, said in _numbered(sentences):
        if kind == "step":
            lines.append(said)
        elif kind == "item" and several:
            lines.append(f"- {said}")
        elif lines and not re.match(r"- |\d+\. ", lines[-1]):
            lines[-1] = f"{lines[-1]} {said}"
        else:
            lines.append(said)
    return "\n".join(lines)


def _numbered(sentences: Sequence[Sentence]) -> Iterator[tuple[str, str]]:
    steps = 0
    for number, sentence in enumerate(sentences, 1):
        steps = steps + 1 if sentence.kind == "step" else 0
        mark = f"{steps}. " if steps else ""
        yield sentence.kind, f"{mark}{sentence.text} [{number}]"


class Quoted(Protocol):
    """A sentence and the passage that it stands in."""

    @property
    def passage(self) -> Passage: ...

    @property
    def sentence(self) -> Sentence: ...


def evidence(chosen: Sequence[Quoted]) -> list[Evidence]:
    """Return what is quoted as numbered evidence."""
    return [
        Evidence(
            number=number,
            document=one.passage.document,
            title=one.passage.title,
            anchor=one.passage.anchor,
            quote=one.sentence.text,
            start=one.sentence.start,
            end=one.sentence.end,
        )
        for number, one in enumerate(chosen, 1)
    ]
