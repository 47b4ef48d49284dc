"""Read questions with their answers, a row each: CSV, or JSON a line."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.article import article
from knowledge.documents.reading.decoding import decoded

Row = tuple[str, dict[str, Any]]  # where it stands, and its fields

QUESTION = ("question", "q", "title")
ANSWER = ("answer", "a", "text")
SEPARATORS = ",;\t|"
_PAGE = re.compile(r"<(?:p|br|div|ul|ol|li|h[1-6]|table|span|strong|a\s)[^>]*>", re.IGNORECASE)


def read(content: bytes, source: str) -> list[Document]:
    """Return a document for each row."""
    text = decoded(content, source)
    rows = _json_lines(text, source) if text.lstrip().startswith("{") else _table(text, source)
    found = [_document(source, where, fields) for where, fields in rows]
    if not found:
        raise DocumentError(f"{source}: there is no row in it. Add some or take it away.")
    return found


def _table(text: str, source: str) -> Iterator[Row]:
    head = text.lstrip("\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.DictReader(
        StringIO(text.lstrip("\n"), newline=""), delimiter=separator, strict=True
    )
    try:
        names = [_plain(name) for name in reader.fieldnames or []]
        if not set(names) & set(ANSWER):
            raise DocumentError(
                f"{source}: no column is called answer. Name the columns question and answer."
            )
        reader.fieldnames = names
        for row in reader:
            if any(value for key, value in row.items() if isinstance(key, str)):
                yield f"{source}, line {reader.line_num}", dict(row)
    except csv.Error as error:
        raise DocumentError(
            f"{source}, line {reader.line_num + 1}: this is no table row ({error}). "
            "Check its quotation marks."
        ) from error


def _json_lines(text: str, source: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{source}, line {number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DocumentError(f"{where}: this is no JSON. Write one object a line.") from error
        if not isinstance(fields, dict):
            raise DocumentError(f'{where}: write an object like {{"question": "", "answer": ""}}.')
        yield where, {_plain(name): value for name, value in fields.items()}


def _document(source: str, where: str, fields: dict[str, Any]) -> Document:
    question, answer = _first(fields, QUESTION), _first(fields, ANSWER)
    known = str(fields.get("id") or "").strip() or question
    if not answer:
        raise DocumentError(f"{where}: the answer is missing. Write it or take the row away.")
    if not known:
        raise DocumentError(f"{where}: the question is missing. Write it, or give an id.")
    return article(source, question, _markdown(answer), _about(fields), id=known)


def _markdown(answer: str) -> str:
    """Return an answer as Markdown; help desks often export pages."""
    if not _PAGE.search(answer):
        return answer
    from knowledge.documents.reading.html import markdown

    return markdown(answer)


def _first(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if isinstance(value := fields.get(name), str) and value.strip():
            return value.encode(errors="replace").decode().strip()
    return ""


def _about(fields: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if isinstance(value, str)}


def _plain(name: object) -> str:
    return str(name or "").strip().lower()
