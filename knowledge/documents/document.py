"""A document as every part of the house sees it, whatever file it came from."""

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from knowledge.audience import Audience

LONGEST_ID = 80
FORM = 4  # raise it when documents are cut or turned into vectors differently


class DocumentError(Exception):
    """A document cannot be used; says which and why, and what to do."""


@dataclass(frozen=True)
class About:
    """What is known about a document beside its text."""

    owner: str = ""
    reviewed: date | None = None
    audience: Audience = "customer"
    product: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    language: str = "en"

    def valid(self, today: date) -> bool:
        """Say whether it holds on a day."""
        return (self.valid_from or today) <= today <= (self.valid_until or today)


@dataclass(frozen=True)
class Document:
    """An article. The text is Markdown, and every span points into it."""

    id: str
    title: str
    text: str
    source: str = ""  # where it was read, below its root: a file or an address
    about: About = field(default_factory=About)

    @property
    def content(self) -> str:
        """Return a short name for what it says; the same content has the same name."""
        parts = [FORM, self.title, self.text, self.source, asdict(self.about)]
        plain = json.dumps(parts, default=str, sort_keys=True)
        return hashlib.blake2b(plain.encode(errors="replace"), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Changes:
    """What putting a source in did to documents, by id."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


FIELDS = tuple(About.__dataclass_fields__)


def about(fields: dict[str, Any], where: str) -> About:
    """Read a front matter, a table's columns or a page's head; other fields are ignored."""
    known = {name: fields[name] for name in FIELDS if fields.get(name) not in (None, "")}
    for name in ("reviewed", "valid_from", "valid_until"):
        if name in known:
            known[name] = _day(known[name], name, where)
    if (audience := known.get("audience", "customer")) not in ("customer", "team"):
        raise DocumentError(f"{where}: audience is customer or team, not {audience!r}")
    for name in ("owner", "product", "language"):
        if name in known:
            known[name] = str(known[name]).strip()
    return About(**known)


def _day(value: Any, name: str, where: str) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError as error:
        raise DocumentError(f"{where}: {name} is a date like 2026-01-31, not {value!r}") from error


def slug(text: str) -> str:
    """Return a name for addresses and files: small letters, digits and single dashes."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c if c.isalnum() else "-" for c in plain if not unicodedata.combining(c))
    return re.sub(r"-+", "-", kept).strip("-")[:LONGEST_ID].strip("-")
