"""When the brand's people are at work. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.brands.brand import DAYS, Settings


def is_open(settings: Settings, now: datetime) -> bool:
    """Say whether people are at work at this moment."""
    local = now.astimezone(ZoneInfo(settings.time_zone))
    span = settings.hours.get(DAYS[local.weekday()])
    return bool(span and span[0] <= local.time() < span[1])


def next_opening(settings: Settings, now: datetime) -> str:
    """Say when people are next at work, as a customer would read it; empty when never."""
    local = now.astimezone(ZoneInfo(settings.time_zone))
    for ahead in range(8):
        day = local + timedelta(days=ahead)
        span = settings.hours.get(DAYS[day.weekday()])
        if span and (ahead or local.time() < span[0]):
            name = {0: "today", 1: "tomorrow"}.get(ahead, f"{DAYS[day.weekday()].capitalize()}")
            return f"{name} at {span[0]:%H:%M} ({settings.time_zone})"
    return ""
