"""When something that is put away comes back."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LATER = {
    "hour": "in an hour",
    "three": "in three hours",
    "morning": "tomorrow at nine",
    "monday": "next Monday at nine",
}
NINE = time(9)


def moment(choice: str, now: datetime, zone: str) -> datetime | None:
    """Return the moment that a choice means where the brand is."""
    if choice in ("hour", "three"):
        return now + timedelta(hours=1 if choice == "hour" else 3)
    local = now.astimezone(ZoneInfo(zone))
    days = {"morning": 1, "monday": 7 - local.weekday()}.get(choice)
    if days is None:
        return None
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, NINE, local.tzinfo).astimezone(now.tzinfo)
