"""Read a table on a page; a table that only places things on it is no table."""

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from knowledge.documents.reading.marks import table

WIDEST = 50
TALLEST = 5000


def grid(node: LexborNode, said: Callable[[LexborNode], str]) -> str:
    """Return a table as Markdown, or nothing if it is none; a wide cell counts for each column."""
    if node.css_first("table table, ul, ol, h1, h2, h3, pre") is not None:
        return ""
    rows = [[c for c in row.iter() if c.tag in ("td", "th")] for row in node.css("tr")]
    rows = [row for row in rows if row]
    if node.attributes.get("role") == "presentation" or max(map(len, rows), default=0) < 2:
        return ""
    headed = all(cell.tag == "th" for cell in rows[0]) or _in_head(rows[0][0])
    text = table(_filled(rows, said), headed)
    caption = node.css_first("caption")
    return f"{said(caption).strip()}\n\n{text}" if caption is not None else text


def _filled(rows: list[list[LexborNode]], said: Callable[[LexborNode], str]) -> list[list[str]]:
    cells: dict[tuple[int, int], str] = {}
    for down, row in enumerate(rows):
        across = 0
        for cell in row:
            while (down, across) in cells:
                across += 1
            text, wide = said(cell), _span(cell, "colspan", WIDEST)
            tall = min(_span(cell, "rowspan", TALLEST), len(rows) - down)
            cells |= {(down + y, across + x): text for y in range(tall) for x in range(wide)}
            across += wide
    widths = [max((x for y, x in cells if y == down), default=-1) for down in range(len(rows))]
    return [[cells.get((y, x), "") for x in range(wide + 1)] for y, wide in enumerate(widths)]


def _span(cell: LexborNode, name: str, most: int) -> int:
    value = cell.attributes.get(name) or ""
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 6 else 1


def _in_head(cell: LexborNode) -> bool:
    row = cell.parent
    return row is not None and row.parent is not None and row.parent.tag == "thead"
