"""When and how long, in words of where the brand is."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)(?: UTC)?")


def left(at: str, now: datetime) -> float:
    """Return the seconds until a moment."""
    return max(0.0, (datetime.fromisoformat(at) - now).total_seconds())


def due(at: str, now: datetime) -> str:
    """Say how long there is, or how late it is."""
    if not at:
        return ""
    seconds = (datetime.fromisoformat(at) - now).total_seconds()
    minutes = round(abs(seconds) / 60)
    if minutes < 120:
        span = f"{minutes} min"
    elif minutes < 48 * 60:
        span = f"{round(minutes / 60)} h"
    else:
        span = f"{round(minutes / 1440)} days"
    return f"due in {span}" if seconds > 0 else f"{span} late"


def here(text: str, zone: str, now: datetime) -> str:
    """Return a text whose times, which are UTC, are told as people here read them."""
    place = ZoneInfo(zone)

    def told(found: re.Match[str]) -> str:
        at = datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC).astimezone(place)
        today = at.date() == now.astimezone(place).date()
        return at.strftime("%H:%M" if today else "%d %b %H:%M").removeprefix("0" * (not today))

    return _WRITTEN.sub(told, text)
