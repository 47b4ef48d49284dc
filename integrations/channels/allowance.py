"""Whether a message may go out now, by what its platform allows."""

from datetime import datetime, timedelta

from integrations.channels.contract import Capabilities, SendError


class TooLate(Exception):
    """The platform's time to answer is over; says what a person may do."""


def check_window(
    allowed: Capabilities, by_person: bool, heard: datetime | None, now: datetime
) -> None:
    """Raise ``TooLate`` once the platform takes no such words; who is not known is let through."""
    hours = allowed.window_hours
    if hours is None or heard is None:
        return
    people = max(hours, allowed.window_for_people_hours or hours)
    if now - heard <= timedelta(hours=people if by_person else hours):
        return
    if now - heard > timedelta(hours=people):
        raise TooLate(f"the person wrote more than {_long(people)} ago: they have to write first")
    raise TooLate(
        f"the person wrote more than {_long(hours)} ago: only what a person approves may go out, "
        f"within {_long(people)}"
    )


def check_key(allowed: Capabilities, since: datetime, now: datetime) -> None:
    """Raise ``SendError`` when a further try might say it twice: its key is forgotten by now."""
    hours = allowed.idempotent_hours
    if allowed.idempotent and hours is not None and now - since > timedelta(hours=hours):
        words = f"it was tried before, and the platform keeps a key for {_long(hours)} only"
        raise SendError(f"{words}: look whether it went out", unknown=True)


def _long(hours: float) -> str:
    if hours > 48 and hours % 24 == 0:
        return f"{hours / 24:g} days"
    return "an hour" if hours == 1 else f"{hours:g} hours"
