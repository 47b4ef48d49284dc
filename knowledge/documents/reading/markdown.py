"""Read Markdown with a front matter; the text stays as it is in the file."""

import re
from typing import Any

import yaml

from knowledge.documents.blocks import FRONT, parser, said
from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.article import article, title_of
from knowledge.documents.reading.decoding import decoded

EMPTY = frozenset(["null", "~"])
_FIELD = re.compile(r"(\w[\w -]*):(?:[ \t]+(?![&*!|>{\[])(.*))?")


class _Plain(yaml.BaseLoader):
    """Every value is words (`no` is Norwegian, not False), and nothing is said twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def read(content: bytes, source: str) -> list[Document]:
    """Return the one document in a Markdown file."""
    text = decoded(content, source)
    fields = _front(text, source)
    start = body(text)
    title = fields.get("title") or _first_heading(text[start:]) or title_of(source)
    return [article(source, title, text, fields, body=start)]


def body(text: str) -> int:
    """Return where the text begins behind its front matter."""
    front = FRONT.match(text)
    return front.end() if front else 0


def _front(text: str, source: str) -> dict[str, str]:
    front = FRONT.match(text)
    if front is None:
        return {}
    inside = front[0].strip().strip("-")
    try:
        fields: Any = yaml.load(inside, Loader=_Plain)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        fields = _line_by_line(inside)
        if fields is None:
            raise DocumentError(
                f"{source}: the front matter cannot be read. Write lines like `owner: Billing`."
            ) from error
    if not isinstance(fields, dict):
        raise DocumentError(
            f"{source}: what stands between the --- lines is no front matter. "
            "Write lines like `owner: Billing`, or start the file with its text."
        )
    return {str(k): v for k, v in fields.items() if isinstance(v, str) and v not in EMPTY}


def _line_by_line(inside: str) -> dict[str, str] | None:
    """Read `title: Keys: how to` as people mean it, which YAML does not allow."""
    lines = [line for line in inside.split("\n") if line.strip()]
    found = [_FIELD.fullmatch(line) for line in lines]
    return (
        None if None in found else {one[1]: (one[2] or "").strip(" \t\"'") for one in found if one}
    )


def _first_heading(text: str) -> str:
    tokens = parser().parse(text)
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return said(tokens[place + 1])
    return ""
