"""Make a document of what a reader found in a file."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from knowledge.documents.document import LONGEST_ID, Document, DocumentError, about, slug

OTHER_NAMES = {
    "lang": "language",
    "last_reviewed": "reviewed",
    "reviewed_on": "reviewed",
    "expires": "valid_until",
}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def article(
    source: str, title: str, text: str, fields: Mapping[str, Any], *, id: str = "", body: int = 0
) -> Document:
    """Return a document; its text says something from the place `body` on."""
    if not any(map(str.isalnum, text[body:])):
        raise DocumentError(f"{source}: there is no text in it. Add some or take it away.")
    path = _path(source)
    return Document(
        id=name(id) if id else name(path),
        title=" ".join(title.split()),
        text=text,
        source=source,
        about=about(_known(fields), source),
    )


def name(words: str) -> str:
    """Return an id; what is too long for one ends in a number of its own."""
    short = slug(words)
    if short and len(words) <= LONGEST_ID:
        return short
    number = hashlib.blake2b(words.encode(errors="replace"), digest_size=4).hexdigest()
    return f"{short[: LONGEST_ID - len(number) - 1].strip('-')}-{number}".strip("-")


def title_of(source: str) -> str:
    """Return a title for a file that has none."""
    words = re.sub(r"[-_\s]+", " ", PurePosixPath(_path(source)).name).strip()
    return words[:1].upper() + words[1:]


def _path(source: str) -> str:
    """Return a file or an address as a path without its ending."""
    if "://" not in source:
        return _SUFFIX.sub("", source)
    parts = urlsplit(source)
    path = _SUFFIX.sub("", unquote(parts.path).strip("/")) or parts.hostname or ""
    return f"{path} {parts.query}" if parts.query else path


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields under our names: "Valid until" is valid_until, en-GB is en."""
    known: dict[str, Any] = {}
    for key, value in fields.items():
        plain = re.sub(r"[\s-]+", "_", str(key).strip().lower())
        known.setdefault(OTHER_NAMES.get(plain, plain), value)
    if language := str(known.get("language") or "").strip():
        known["language"] = re.split(r"[-_]", language)[0].lower()
    if audience := str(known.get("audience") or "").strip():
        known["audience"] = audience.lower()
    return known
