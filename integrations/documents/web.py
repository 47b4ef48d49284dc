"""Pages from the web: one, those of a sitemap, or those of a list."""

from collections.abc import Iterable
from functools import partial
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import urlsplit

from integrations.documents.archive import look_into_archive
from integrations.documents.listing import (
    Broken,
    Entry,
    Listing,
    Raw,
    SourceError,
    nothing,
)
from integrations.documents.sitemap import is_sitemap, listed, pages_and_sitemaps, unpacked
from integrations.http import FetchError, Page

SITEMAPS = 1_000  # of an index
PAGES = 100_000
AT_ONCE = 4
BOM = b"\xef\xbb\xbf"
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
VAGUE = ("", "text/plain", "application/octet-stream", "binary/octet-stream")


class Fetches(Protocol):
    """What goes out for us."""

    def fetch(self, url: str, most_bytes: int) -> Page:
        """Return what an address answers."""


def look_at_address(address: str, outside: Fetches, most: int) -> Listing:
    """List what stands behind an address."""
    address = address.partition("#")[0]
    try:
        page = outside.fetch(address, most)
    except FetchError as error:
        return nothing(address, str(error).removeprefix(f"{address}: "))
    if page.content.startswith(b"PK\x03\x04") and _suffix(page.url) == ".zip":
        return look_into_archive(page.content, address, most)
    if found := look_at_list(address, page.content, outside, most):
        return found
    return Listing(address, [Entry(address, partial(_raw, address, page))])


def look_at_list(root: str, content: bytes, outside: Fetches, most: int) -> Listing | None:
    """List the pages of a sitemap or of a plain list, if this is one."""
    listing = Listing(root, at_once=AT_ONCE)
    try:
        content = unpacked(content)
        if is_sitemap(content):
            pages = _pages(content, outside, most, listing)
        elif not (pages := listed(content)):
            return None
    except SourceError as error:
        return nothing(root, str(error))
    if not pages or len(pages) > PAGES:
        listing.whole = False
        listing.broken.append(Broken(root, f"lists {len(pages):,} pages; 1 to {PAGES:,} are read"))
    for page in dict.fromkeys(one.partition("#")[0] for one in pages[:PAGES]):
        listing.entries.append(Entry(page, partial(_fetched, page, outside, most)))
    return listing


def _pages(content: bytes, outside: Fetches, most: int, listing: Listing) -> list[str]:
    """Return the pages of a sitemap and of those that it names."""
    pages, sitemaps = pages_and_sitemaps(content)
    for sitemap in sitemaps[:SITEMAPS]:
        try:
            inner = unpacked(outside.fetch(sitemap, most).content)
            more, deeper = pages_and_sitemaps(inner)
            if deeper:
                raise SourceError("is an index inside an index; ingest it by itself")
            pages += more
        except (FetchError, SourceError) as error:
            listing.whole = False
            listing.broken.append(Broken(sitemap, str(error).removeprefix(f"{sitemap}: ")))
    return pages


def _fetched(address: str, outside: Fetches, most: int) -> Raw:
    try:
        return _raw(address, outside.fetch(address, most))
    except FetchError as error:
        raise SourceError(str(error).removeprefix(f"{address}: ")) from error


def _raw(address: str, page: Page) -> Raw:
    """Name a page by its address, or by its path where its kind has another ending."""
    there, kind = _suffix(address), page.kind
    if kind in SUFFIXES:
        wanted = SUFFIXES[kind]
    elif kind not in VAGUE and not kind.startswith("text/"):
        raise SourceError(f"is {kind}, which is no document")
    else:
        plain = ".txt" if kind == "text/plain" else ".html"
        wanted = there if there in _known() else plain
    if wanted == there or (wanted == ".html" and there not in _known()):
        return Raw(address, _marked(page))
    parts = urlsplit(address)
    path = parts.path.strip("/") or parts.netloc
    return Raw(f"{path} {parts.query}".strip() + wanted, _marked(page))


def _suffix(address: str) -> str:
    return PurePosixPath(urlsplit(address).path).suffix.lower()


def _marked(page: Page) -> bytes:
    """Return text in UTF-8, marked as such, where the other side said what it is."""
    if not page.charset or not page.kind.startswith("text/"):
        return page.content
    try:
        return BOM + page.content.decode(page.charset).removeprefix("\ufeff").encode()
    except (LookupError, UnicodeError):  # what it said is not true
        return page.content


def _known() -> Iterable[str]:
    from knowledge.documents.reading.formats import KNOWN

    return KNOWN
