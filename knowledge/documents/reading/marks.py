"""Write words from other formats as Markdown that says the same words."""

import re
from collections.abc import Iterable, Sequence

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\ud800-\udfff]"
)
_SPACE = re.compile(r"[^\S\n]+")
_INLINE = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\[(?=[^\]\n]*\][(:\[])"
)
_START = re.compile(
    r"^(?:(#{1,6}(?=\s|$)|[-+>](?=\s|$)|[-=~]{2,}(?=\s*$)|~~~|\|)|(\d{1,9})(?=[.)]\s))"
)


def clean(text: str) -> str:
    """Return text without signs that nobody sees, with single spaces."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def words(text: str) -> str:
    """Return words with every sign escaped that Markdown would read as a mark."""
    return _INLINE.sub(lambda match: f"\\{match[0]}", clean(text))


def paragraph(text: str) -> str:
    """Return a paragraph of words that are escaped already; no line of it starts a list."""
    lines = (_line(line.strip()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def heading(text: str, level: int) -> str:
    """Return a heading of words that are escaped already."""
    one = re.sub(r"(#+)\Z", r"\\\1", " ".join(text.split()))
    return f"{'#' * min(max(level, 1), 6)} {one}"


def item(blocks: Sequence[str], mark: str) -> str:
    """Return a list item made of blocks."""
    inside = "\n\n".join(blocks).replace("\n\n- ", "\n- ")
    pad = " " * (len(mark) + 1)
    return f"{mark} " + re.sub(r"\n(?=[^\n])", f"\n{pad}", inside)


def table(rows: Iterable[Sequence[str]], headed: bool) -> str:
    """Return a table of escaped cells; without a head of its own it gets an empty one."""
    cells = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in rows]
    width = max(map(len, cells))
    cells = [[*row, *[""] * (width - len(row))] for row in cells]
    if not headed:
        cells.insert(0, [""] * width)
    cells.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _line(line: str) -> str:
    if match := _START.match(line):
        place = match.end(2) if match[2] else 0
        return f"{line[:place]}\\{line[place:]}"
    return line
