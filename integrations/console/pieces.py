"""A text in pieces: what stands for personal data, what points to evidence, what was found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from integrations.store.restoring import GRAMMAR
from knowledge.documents.sentences import ends
from tools.contract import MARK, Evidence, Finding
from tools.drafting.brief import BRIEF

_LINES = re.compile(r"[^\n]+")
_MARKED = re.compile(rf" ?{MARK.pattern}")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is shown in one way."""

    text: str
    token: str = ""  # PERSON_1, when it stands for an original
    mark: int = 0  # the number of the evidence it points to
    says: str = ""  # what was found here
    blocks: bool = False


@dataclass(frozen=True)
class Source:
    """The passage behind a sentence."""

    number: int
    title: str
    quote: str
    url: str


@dataclass(frozen=True)
class Sentence:
    """A sentence with what it rests on."""

    pieces: list[Piece]
    sources: list[Source]
    ends: bool  # its line


def sentences(
    text: str, evidence: Iterable[Evidence] = (), findings: Sequence[Finding] = ()
) -> list[Sentence]:
    """Return the sentences of a text with their evidence; those that have none stay together."""
    known = {one["number"]: source(one) for one in evidence}
    found: list[Sentence] = []
    for line in _LINES.finditer(text):
        spans = _with_marks(text, list(ends(text, line.start(), line.end())))
        for start, end in spans:
            numbers = dict.fromkeys(int(n) for n in MARK.findall(text[start:end]))
            sources = [known[number] for number in numbers if number in known]
            if found and not (sources or found[-1].sources or found[-1].ends):
                inside = [*found.pop().pieces, Piece(" "), *pieces(text, findings, start, end)]
            else:
                inside = pieces(text, findings, start, end)
            found.append(Sentence(inside, sources, (start, end) == spans[-1]))
    return found


def _with_marks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Let a sentence keep the marks that stand behind its full stop."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and (alone := re.match(r"(?:\s*\[\d+\])+\s*", text[start:end])):
            kept[-1] = (kept[-1][0], start + len(alone[0].rstrip()))
            start += len(alone[0])
        if start < end:
            kept.append((start, end))
    return kept


def pieces(
    text: str, findings: Sequence[Finding] = (), start: int = 0, end: int | None = None
) -> list[Piece]:
    """Cut a text wherever the way of showing it changes."""
    end = len(text) if end is None else end
    special = {
        m.start(): m for shape in (GRAMMAR, _MARKED) for m in shape.finditer(text, start, end)
    }
    cuts = {start, end, *special, *(m.end() for m in special.values())}
    cuts |= {min(max(f[at], start), end) for f in findings for at in ("start", "end")}
    inside = {place for m in special.values() for place in range(m.start() + 1, m.end())}
    places = sorted(cuts - inside)
    return [_piece(text, a, b, special.get(a), findings) for a, b in pairwise(places)]


def _piece(
    text: str, start: int, end: int, special: re.Match[str] | None, findings: Sequence[Finding]
) -> Piece:
    here = [one for one in findings if one["start"] < end and start < one["end"]]
    says = "; ".join(dict.fromkeys(one["says"] for one in here))
    token, mark = "", 0
    if special and special[0].startswith("<"):
        token = special[0][1:-1]
    elif special:
        mark = int(special[1])
    return Piece(text[start:end], token, mark, says, any(one["blocks"] for one in here))


def source(one: Evidence) -> Source:
    """Return where a passage is read, in its document or on its page; a brief has none."""
    document = quote(one["document"], safe="")
    place = f"?start={one['start']}&end={one['end']}#{quote(one['anchor'])}"
    return Source(
        number=one["number"],
        title=one["title"] or one["document"],
        quote=one["quote"],
        url="" if one["document"] == BRIEF else f"/desk/documents/{document}{place}",
    )
