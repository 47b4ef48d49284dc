"""Times as people type them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from integrations.store.missing import Missing

_LASTING = re.compile(r"(\d{1,5})\s*([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def moment(until: str, lasting: str, now: datetime, zone: str) -> datetime:
    """Return the time that is meant; one without a zone is in the brand's."""
    if bool(until) == bool(lasting):
        raise Missing("Say either --for 2h or --until 2026-11-23T09:00.")
    return now + duration(lasting) if lasting else _until(until, zone)


def duration(text: str) -> timedelta:
    """Read 30m, 2h or 3d."""
    found = _LASTING.fullmatch(text.strip().lower())
    if not found or not int(found[1]):
        raise Missing(f"{text!r} is no duration; write 30m, 2h or 3d.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _until(text: str, zone: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Missing(f"{text!r} is no time; write 2026-11-23 or 2026-11-23T09:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
