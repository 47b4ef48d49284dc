"""Links that carry a person, a token or a way in."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from agents.redaction.kinds import Find

_LINK = re.compile(
    r"(?<![\w@])(?:https?://|www\.|(?:ftp|sftp|ssh|postgres(?:ql)?|mysql|redis|mongodb(?:\+srv)?"
    r"|amqps?)://)[^\s<>\"'`|]{3,4000}+",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w@/.-])(?:[\w-]{1,40}\.){1,3}(?:com|us|net|org|io|de|fr|es|co|app|me|ai|uk)/"
    r"[^\s<>\"'`|]{3,2000}+"
)
_CLOSING = ".,;:!?)]}*_"
_KEYS = re.compile(
    r"(?:^|[?&;#/])(?:[\w.-]{0,20}(?:token|secret|passw(?:or)?d|pwd|api_?key|signature|sig"
    r"|session|auth|jwt|otp"
    r"|e?mail|phone|mobile|ssn|user_?(?:id|name)|uid|customer(?:_?id)?|account(?:_?id)?|member"
    r"(?:_?id)?"
    r"|invite|ticket|order|name|dob|birth\w{0,5}|address|access_?code)|code|key|pin|hash|sid|tk"
    r"|pwd|u|to"
    r"|user|t)=[^&\s#]{3}",
    re.IGNORECASE,
)
_HARMLESS_KEYS = re.compile(
    r"(?:^|[?&;#/])(?:utm_\w+|ref|file_?name|lang|page|q|t)=[^&]*", re.IGNORECASE
)
_PLACES = re.compile(
    r"/(?:users?|u|profiles?|accounts?|members?|customers?|orders?|tickets?|invoices?|reset[\w-]*"
    r"|invites?"
    r"|invitations?|join|verify|confirm|magic|unsubscribe|share|j|attendees?|registrations?"
    r"|my)/[\w.%@~-]{0,60}\d",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"[A-Za-z0-9_-]{20,400}")
_MEETS = re.compile(
    r"(?:meet\.google\.com/[a-z]{3}-|zoom\.us/[jsw]/\d|wa\.me/\d|teams\.microsoft\.com/l/meetup)"
)


def links(text: str) -> Iterator[Find]:
    """Find links that are about somebody; a plain public address is nobody's."""
    yield from _bare(text)
    if "://" not in text and "www." not in text.lower():
        return
    for found in _LINK.finditer(text):
        address = found[0].rstrip(_CLOSING)
        if _personal(address):
            yield Find(found.start(), found.start() + len(address), "LINK", 0.9)


def _bare(text: str) -> Iterator[Find]:
    if "/" not in text or "." not in text:
        return
    for found in _BARE.finditer(text):
        address = found[0].rstrip(_CLOSING)
        if _personal(f"https://{address}"):
            yield Find(found.start(), found.start() + len(address), "LINK", 0.85)


def _personal(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True  # nobody can say what a broken address carries
    if "@" in parts.netloc or "@" in unquote(parts.query) or _MEETS.search(address):
        return True
    asked = _HARMLESS_KEYS.sub("", f"?{parts.query}")
    way = f"{parts.path}#{parts.fragment}"
    return bool(
        _KEYS.search(asked) or _KEYS.search(f"#{parts.fragment}") or _PLACES.search(way)
    ) or _random(f"{way} {parts.query}")


def _random(way: str) -> bool:
    """Say whether a part of the way is too mixed for a word."""
    for part in _SEGMENT.finditer(way):
        digits = sum(map(str.isdigit, part[0]))
        cases = len({character.isupper() for character in part[0] if character.isalpha()})
        words = re.split(r"[-_]", part[0])
        if digits >= 3 and max(map(len, words)) >= 12 and (cases == 2 or digits >= 5):
            return True
    return False
