"""Read RSS and Atom feeds: fetched the one safe way, parsed from bytes."""

import calendar
import re
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]

from integrations.http import FetchError, Outside
from tools.drafting.curated import Item

MOST_BYTES = 5 * 1024 * 1024
MOST_ITEMS = 200
LONGEST = 500  # characters of a summary
_TAG = re.compile(r"<[^>]{0,2000}>")


def read(url: str, outside: Outside) -> list[Item]:
    """Return the entries of a feed; one that cannot be read says why."""
    page = outside.fetch(url, MOST_BYTES)
    # A stream, because text that looks like a path or an address would be opened.
    stream = BytesIO(page.content)
    found = feedparser.parse(stream, sanitize_html=True, resolve_relative_uris=False)
    if not found.entries and (found.bozo or not found.get("version")):
        raise FetchError(f"{url}: this is no RSS or Atom feed", permanent=True)
    source = _plain(found.feed.get("title")) or url
    items = (_item(entry, source) for entry in found.entries[:MOST_ITEMS])
    return [one for one in items if one.title and one.link.startswith(("https://", "http://"))]


def _item(entry: Any, source: str) -> Item:
    return Item(
        title=_plain(entry.get("title")),
        link=str(entry.get("link", "")),
        source=source,
        author=_plain(entry.get("author")),
        on=_day(entry),
        summary=_plain(entry.get("summary"))[:LONGEST],
    )


def _plain(text: object) -> str:
    """Return text without tags, on one line."""
    return " ".join(unescape(_TAG.sub(" ", str(text or ""))).split())


def _day(entry: Any) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    if not moment:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).date()
    except (OverflowError, ValueError, OSError):
        return None
