"""The blocks of a Markdown text that say something, with their spans: CommonMark by markdown-it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_MARK = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"\s*(?:>\s*)+")

Kind = Literal["sentence", "item", "step"]


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, table row or piece of code: its headings and its span."""

    path: tuple[str, ...]
    start: int
    end: int
    kind: Kind = "sentence"
    numbered: bool = False  # part of a numbered list, at any depth
    said: str = ""  # what it says, where that is not simply the text of its span


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark and tables."""
    return MarkdownIt("commonmark").enable("table")


def blocks(text: str) -> Iterator[Block]:
    """Return the blocks in reading order. Comments and raw HTML are not among them."""
    front = FRONT.match(text)
    hidden = re.sub(r"[^\n]", " ", front[0]) if front else ""
    body = hidden + text[len(hidden) :]
    lines = _line_starts(body)
    tokens = parser().parse(body)
    headings: dict[int, str] = {}
    lists: list[bool] = []  # numbered or not, outermost first
    for place, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(token.type.startswith("ordered"))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "heading_open":
            level = int(token.tag[1])
            headings = {n: name for n, name in headings.items() if n < level}
            headings[level] = said(tokens[place + 1])
        elif token.type == "table_open":
            yield from _rows(tokens, place, tuple(headings.values()), lines)
        elif token.type in ("paragraph_open", "fence", "code_block") and token.map:
            yield _block(body, lines, token, tuple(headings.values()), lists)


def _block(
    text: str, lines: list[int], token: Token, path: tuple[str, ...], lists: list[bool]
) -> Block:
    start, end = _span(token, lines)
    if token.type != "paragraph_open":
        words = " ".join(token.content.split())
        return Block(path, start, end, "item", any(lists), words)
    if mark := (_MARK if lists else _QUOTE).match(text, start, end):
        start = mark.end()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    kind: Kind = "sentence" if not lists else "step" if lists[-1] else "item"
    return Block(path, start, end, kind, any(lists))


def _rows(
    tokens: Sequence[Token], place: int, path: tuple[str, ...], lines: list[int]
) -> Iterator[Block]:
    """Return each row of a table as "head: cell; head: cell"."""
    heads: list[str] = []
    cells: list[str] = []
    row: Token | None = None
    for token in tokens[place:]:
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type == "inline":
            cells.append(said(token))
        elif token.type == "tr_close" and row is not None:
            if heads:
                pairs = zip(heads, cells, strict=False)
                text = "; ".join(f"{h}: {c}" if h else c for h, c in pairs if c)
                yield Block(path, *_span(row, lines), kind="item", said=text)
            heads = heads or cells
        elif token.type == "table_close":
            return


def said(inline: Token) -> str:
    """Return the words of an inline token, without marks; comments are not words."""
    parts = []
    for child in inline.children or []:
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return " ".join("".join(parts).split())


def _span(token: Token, lines: list[int]) -> tuple[int, int]:
    first, last = token.map or (0, 0)
    return lines[first], lines[min(last, len(lines) - 1)]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for match in re.finditer(r"\n", text):
        starts.append(match.end())
    return [*starts, len(text)]
