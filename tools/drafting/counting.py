"""Count a text as the network it is for counts it."""

import re
import unicodedata
from functools import cache
from typing import Any

from tools.drafting.networks import Network

# What a sentence puts behind a link is not part of it.
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?'’”)\]}]", re.IGNORECASE)
# Addresses without https:// are links on X too; taking one too many only counts too much.
BARE = re.compile(r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}(?:/\S*)?(?![\w@])", re.I)
_FAR_MENTION = re.compile(r"(?<![\w/])(@\w+)@[\w.-]+\w")
_EMOJI = r"\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3"
_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))  # X counts these 1


def length(text: str, network: Network) -> int:
    """Return how long a network finds a text."""
    if network.unit == "weighted":
        return _weighted(text, network.link)
    if network.unit == "bytes":
        return len(text.encode())
    if network.unit == "units":
        return len(text.encode("utf-16-le")) // 2
    if network.unit == "emoji_bytes":
        return sum(len(g.encode()) if is_emoji(g) else len(g) for g in graphemes(text))
    if network.link:
        text = _FAR_MENTION.sub(r"\1", LINK.sub("x" * network.link, text))
    return len(graphemes(text))


def fits(text: str, network: Network) -> bool:
    """Say whether a text may be one post, or one part of a thread."""
    if network.bytes and len(text.encode()) > network.bytes:
        return False
    return length(text, network) <= network.most


def graphemes(text: str) -> list[str]:
    """Return what a reader sees as one character each."""
    return list(_pattern(r"\X").findall(text))


def is_emoji(grapheme: str) -> bool:
    """Say whether a character is a picture."""
    if len(grapheme) == 1 and ord(grapheme) < 0x2000:
        return False  # digits, # and the copyright sign are pictures only when dressed up
    return bool(_pattern(_EMOJI).search(grapheme))


@cache
def _pattern(words: str) -> Any:
    """Return a pattern that knows Unicode's tables; loading them takes a tenth of a second."""
    import regex  # type: ignore[import-untyped]

    return regex.compile(words)


def emoji(text: str) -> list[str]:
    """Return the pictures of a text."""
    return [one for one in graphemes(text) if is_emoji(one)]


def _weighted(text: str, link: int) -> int:
    """Count as X does: links alike, pictures 2, Latin 1, everything else 2."""
    text = unicodedata.normalize("NFC", text)
    links = len(LINK.findall(text)) * link
    text = LINK.sub("", text)
    short = sum(max(0, link - len(one[0])) for one in BARE.finditer(text))
    return links + short + sum(_weight(one) for one in graphemes(text))


def _weight(grapheme: str) -> int:
    if is_emoji(grapheme):
        return 2
    return sum(1 if any(a <= ord(c) <= b for a, b in _LIGHT) else 2 for c in grapheme)
