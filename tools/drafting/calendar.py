"""A plan of posts by day, and how it is handed to a calendar or a table."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The days of a week for so many posts: apart from each other, and no Monday or Friday first.
DAYS = {1: [1], 2: [1, 3], 3: [1, 2, 3], 4: [0, 1, 2, 3], 5: [0, 1, 2, 3, 4]}
WEEK = 7
COLUMNS = ("day", "time", "network", "status", "draft", "title", "text")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a table program would work out


@dataclass(frozen=True)
class Planned:
    """A post of the plan, as it is handed out."""

    draft: int
    network: str
    day: date
    text: str
    status: str = "open"
    title: str = ""


def days(starts: date, weeks: int, per_week: int) -> list[date]:
    """Return the days of a plan, none before it begins and none twice while there are others."""
    found: list[date] = []
    monday = starts - timedelta(days=starts.weekday())
    week = 0
    while len(found) < weeks * per_week:
        own = DAYS.get(per_week) or [n % WEEK for n in range(per_week)]
        every = (monday + timedelta(days=WEEK * week + day) for day in sorted(own))
        found += [day for day in every if day >= starts]
        week += 1
    return found[: weeks * per_week]


def as_csv(plan: Sequence[Planned], at: str) -> str:
    """Return the plan as a table; a cell never begins like a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in plan:
        row = [one.day.isoformat(), at, one.network, one.status, one.draft, one.title, one.text]
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def as_ical(plan: Sequence[Planned], at: str, zone: str, brand: str, now: datetime) -> bytes:
    """Return the plan as a calendar of quarter hours, in the brand's time zone."""
    from icalendar import Calendar, Event  # a third of a second that no other page waits for

    calendar = Calendar()
    calendar.add("prodid", f"-//Quiethand//{brand}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{brand}: posts")
    hour = time.fromisoformat(at)
    for one in plan:
        begins = datetime.combine(one.day, hour, ZoneInfo(zone)).astimezone(UTC)
        event = Event()
        event.add("uid", f"draft-{one.draft}@quiethand")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=15))
        event.add("summary", f"{one.network}: {_short(one)}")
        event.add("description", one.text)
        event.add("categories", [one.network])
        event.add("status", "CONFIRMED" if one.status in ("approved", "edited") else "TENTATIVE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _short(one: Planned) -> str:
    first = one.title or next((line for line in one.text.splitlines() if line.strip()), "")
    return first[:80]


def _cell(value: object) -> object:
    said = str(value)
    return f"'{said}" if isinstance(value, str) and said.startswith(_FORMULA) else value
