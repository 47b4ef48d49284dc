"""Cut a document into passages and sentences that know where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice

from knowledge.documents.blocks import Block, Kind, blocks
from knowledge.documents.document import Document, slug
from knowledge.documents.instructions import planted
from knowledge.documents.sentences import asked, ends, plain, without_comments
from knowledge.language.tongue import foreign, language

WORDS = 100  # of a passage, about; the encoder reads not much more
LONG = 45  # words of a list item that is cut into its sentences
BESIDE = 2  # sentences after a planted one that go with it
STEPS = 250  # words of a numbered list that is kept in one passage


@dataclass(frozen=True)
class Sentence:
    """A sentence, list item or table row as it is said, and its span in the document's text."""

    text: str
    start: int
    end: int
    kind: Kind = "sentence"
    asked: tuple[str, ...] = ()  # how people ask for it, in its author's words


@dataclass(frozen=True)
class Passage:
    """A piece of what stands under one heading."""

    document: str
    title: str
    path: tuple[str, ...]  # headings above it, outermost first
    anchor: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def heading(self) -> str:
        """Return the nearest heading."""
        return self.path[-1] if self.path else self.title

    @property
    def name(self) -> str:
        """Return title and headings in one line."""
        parts = [self.title, *(one for one in self.path if one != self.title)]
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def text(self) -> str:
        """Return what it says."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def words(self) -> str:
        """Return all that its words are looked for in: headings, text, and how people ask."""
        ways = (way for sentence in self.sentences for way in sentence.asked)
        return " ".join((self.name, self.text, *ways))


Section = tuple[tuple[str, ...], list[tuple[bool, list[Sentence]]]]


def cut(document: Document) -> list[Passage]:
    """Return the passages of a document in reading order, without what is planted in it."""
    sections, own = _sections(document)
    return [
        Passage(
            document=document.id,
            title=document.title,
            path=path,
            anchor=slug(path[-1]) if path else "",
            start=sentences[0].start,
            end=sentences[-1].end,
            sentences=tuple(sentences),
        )
        for path, parts in sections
        for sentences in _pieces([(numbered, _honest(found, own)) for numbered, found in parts])
    ]


def left_out(document: Document) -> list[str]:
    """Return the sentences that no passage has, because they may be planted."""
    sections, own = _sections(document)
    every = [found for _, parts in sections for _, found in parts]
    return [one.text for found in every for one in found if one not in _honest(found, own)]


def _sections(document: Document) -> tuple[list[Section], str]:
    """Return what stands below each heading, and the language that it is written in."""
    text = document.text
    sections = [
        (path, [(block.numbered, list(_sentences(block, text))) for block in section])
        for path, section in groupby(blocks(text), key=lambda block: block.path)
    ]
    first = islice((one.text for _, parts in sections for _, f in parts for one in f), 10)
    return sections, language(" ".join(first)) or document.about.language


def _honest(sentences: list[Sentence], own: str) -> list[Sentence]:
    """Leave out what speaks to whoever answers, or in a tongue that its readers do not read.

    The next sentences of the same block may belong to it, so they are left out too.
    """
    last = -BESIDE - 1
    kept = []
    for place, one in enumerate(sentences):
        if planted(one.text) or foreign(one.text, own):
            last = place
        elif place - last > BESIDE:
            kept.append(one)
    return kept


def _pieces(section: list[tuple[bool, list[Sentence]]]) -> Iterator[list[Sentence]]:
    """Fill passages with whole blocks; a numbered list stays together where it can."""
    piece: list[Sentence] = []
    for numbered, group in groupby(section, key=lambda block: block[0]):
        for sentences in _runs([one for _, found in group for one in found], numbered):
            if piece and not _fits(piece, sentences, numbered):
                yield piece
                piece = []
            piece = [*piece, *sentences]
    if piece:
        yield piece


def _runs(sentences: list[Sentence], together: bool) -> Iterator[list[Sentence]]:
    """Hand out a short numbered list whole, anything else a sentence at a time."""
    if together and _words(sentences) <= STEPS:
        yield from [sentences] if sentences else []
    else:
        yield from ([sentence] for sentence in sentences)


def _fits(piece: list[Sentence], more: list[Sentence], numbered: bool) -> bool:
    return _words(piece) + _words(more) <= (STEPS if numbered else WORDS)


def _words(sentences: list[Sentence]) -> int:
    return sum(len(sentence.text.split()) for sentence in sentences)


def _sentences(block: Block, text: str) -> Iterator[Sentence]:
    """Return a block's sentences, each with the ways to ask that its author wrote behind it."""
    found = list(_plain_sentences(block, text))
    notes = asked(text, block.start, block.end)
    for place, sentence in enumerate(found):
        until = found[place + 1].start if place + 1 < len(found) else block.end
        ways = [way for at, ways in notes if sentence.start <= at < until for way in ways]
        yield replace(sentence, asked=tuple(ways)) if ways else sentence


def _plain_sentences(block: Block, text: str) -> Iterator[Sentence]:
    """A list item or a row that is short stays whole."""
    seen = without_comments(text[block.start : block.end])
    whole = block.said or plain(seen)
    if block.said or (block.kind != "sentence" and len(whole.split()) <= LONG):
        if whole:
            end = block.start + len(seen.rstrip())
            yield Sentence(whole, block.start, end, block.kind)
        return
    for start, end in ends(seen, 0, len(seen)):
        if said := plain(seen[start:end]):
            yield Sentence(said, block.start + start, block.start + end, block.kind)
