"""Putting conversations away, and what is due later, in the terminal."""

import getpass
from dataclasses import asdict

from integrations.cli.moments import moment
from integrations.cli.privacy import Cellar, cellar, now, show
from integrations.cli.terminal import plain
from integrations.store.timers import Timer, Timers
from integrations.store.timing import Timing

WHAT = {
    "snooze": "back on the list",
    "hand_back": "the agent gets it back",
    "first_answer": "overdue when nobody answered",
    "rating": "asked how well we helped",
    "draft_due": "a draft is to be decided",
}


def snooze(
    conversation: str,
    until: str,
    lasting: str,
    by: str,
    why: str,
    brand: str | None,
    as_json: bool,
) -> None:
    """Put a conversation away until a time."""
    open_ = cellar(brand)
    time = moment(until, lasting, now(), open_.brand.settings.time_zone)
    who, reason = by or getpass.getuser(), open_.clean(why) if why else ""
    _timing(open_).snooze(open_.engine, conversation, time, who, reason)
    row = {"conversation": conversation, "until": time.isoformat(), "by": who, "why": reason}
    show(row, as_json, f"{conversation} is put away until {time:%Y-%m-%d %H:%M %Z}.")


def unsnooze(conversation: str, by: str, brand: str | None, as_json: bool) -> None:
    """Take a conversation back on the list."""
    open_, who = cellar(brand), by or getpass.getuser()
    _timing(open_).unsnooze(open_.engine, conversation, who)
    row = {"conversation": conversation, "by": who}
    show(row, as_json, f"{conversation} is on the list again.")


def list_timers(brand: str | None, as_json: bool) -> None:
    """Print what is due later, the next first."""
    found = Timers(cellar(brand).engine, now).waiting()
    for one in found:
        show(asdict(one), as_json, _shown(one))
    if not found and not as_json:
        show({}, False, "Nothing is due later.")


def retry(number: int, brand: str | None, as_json: bool) -> None:
    """Try a timer again that failed too often."""
    Timers(cellar(brand).engine, now).retry(number)
    show({"retried": number}, as_json, f"Timer {number} will be tried again.")


def _timing(open_: Cellar) -> Timing:
    settings = open_.brand.settings
    return Timing(settings.handoff, settings.sla, now)


def _shown(one: Timer) -> str:
    failed = f" FAILED after {one.attempts} tries ({one.error})" if one.state == "dead" else ""
    why = f" ({one.by}: {plain(one.why)})" if one.why else f" ({one.by})"
    return f"{one.id} {one.run_at[:16]} {one.conversation}: {WHAT[one.kind]}{why}{failed}"
