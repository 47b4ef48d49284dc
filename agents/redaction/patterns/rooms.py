"""Rooms, pages and days that are numbered as houses in a street are."""

import re

_INSIDE = re.compile(
    r"(?:Im|Am|Auf der|In der|Via|Zum|Zur) (?:Raum|Saal|Seite|Zoom|Teams|Kapitel|Schritt|Halle"
    r"|Track|Plan|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Event|Jahr|Version|Session"
    r"|Folie|Slide|App|Slack|Chat|Monat|Quartal) ?\d"
)
_LEADS = re.compile(r"(?:Am|Im|Zum|Zur|Auf der|Via) ")
_SHUT = re.compile(r"\s{0,3}(?:[,.;)\n|]|$|in |\d{4}|[A-Z]{1,2}-\d)")


def is_room(text: str, start: int, end: int) -> bool:
    """Say whether what looks as a street is a room, a day or the begin of a sentence."""
    if not _LEADS.match(text, start):
        return False
    return bool(_INSIDE.match(text, start)) or not _SHUT.match(text, end)
