"""Addresses of machines on a network."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from agents.redaction.kinds import Find

_FOUR = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_SIX = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{3,39}+(?:\.\d{1,3}){0,3}(?![\w:])")
_CARD = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])"
    r"|(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])"
)
_VERSION = re.compile(
    r"(?:\b(?:v|ver|version|build|release|firmware|windows|macos|ios|android|chrome|firefox|safari"
    r"|edge|sdk|driver|section|step|chapter|clause|kapitel|abschnitt|schritt)\s?|[A-Za-z]/)$",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?<![\w.])\d{1,3}(?:[\[(]\.[\])]\d{1,3}){3}(?!\w)"
    r"|(?:(?<=mac[ :=])|(?<=mac[:=] ))[0-9A-Fa-f]{12}(?!\w)",
    re.IGNORECASE,
)
_BEFORE = 12


def machines(text: str) -> Iterator[Find]:
    """Find internet and network card addresses, but neither versions nor the machine itself."""
    for found in _HIDDEN.finditer(text):
        yield Find(*found.span(), "IP", 0.9)
    if text.count(".") < 2 and text.count(":") < 2 and text.count("-") < 5:
        return
    for shape in (_FOUR, _SIX):
        for found in shape.finditer(text):
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            if _somewhere(found[0]) and not _VERSION.search(before):
                yield Find(*found.span(), "IP", 0.95)
    for found in _CARD.finditer(text):
        yield Find(*found.span(), "IP", 0.9)


def _somewhere(address: str) -> bool:
    if address.count(":") < 2 and ":" in address:
        return False
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return not (found.is_loopback or found.is_unspecified)
