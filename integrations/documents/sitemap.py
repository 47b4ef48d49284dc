"""Addresses in a sitemap, or in a plain list."""

import re
import zlib

from integrations.documents.listing import SourceError, check_size

UNPACKED = 60 * 1024 * 1024  # bytes; the protocol allows 50 MB
GZIP = b"\x1f\x8b"
SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>/]")


def unpacked(content: bytes) -> bytes:
    """Return a file as it was before gzip."""
    if not content.startswith(GZIP):
        return content
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpack.decompress(content, UNPACKED + 1)
    except zlib.error as error:
        raise SourceError("is damaged: it cannot be unpacked") from error
    check_size(len(plain), UNPACKED)
    if not unpack.eof:
        raise SourceError("is damaged: its end is missing")
    return plain


def is_sitemap(content: bytes) -> bool:
    """Say whether this is a sitemap or an index of sitemaps."""
    return bool(SITEMAP.search(content[:4096]))


def pages_and_sitemaps(content: bytes) -> tuple[list[str], list[str]]:
    """Return the pages and the further sitemaps that a sitemap names."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        top = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"is a broken sitemap: {error}") from error
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    for name, addresses in found.items():
        for place in top.iterfind(f"{{*}}{name}/{{*}}loc"):
            if address := (place.text or "").strip():
                addresses.append(address)
    return found["url"], found["sitemap"]


def listed(content: bytes) -> list[str]:
    """Return the addresses of a text that holds nothing else; remarks begin with #."""
    try:
        lines = [line.strip() for line in content.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        return []
    lines = [line for line in lines if line and not line.startswith("#")]
    if all(re.fullmatch(r"https?://\S+", line) for line in lines):
        return list(dict.fromkeys(lines))
    return []
