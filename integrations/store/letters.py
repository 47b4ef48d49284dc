"""A message on its way, as senders see it."""

from dataclasses import dataclass
from typing import Any

PREFIX = "qh-"  # of what we sent ourselves, wherever a platform tells us about it


@dataclass(frozen=True)
class Letter:
    """One message on its way, with placeholders, and where it goes."""

    id: int
    turn: str
    worker: str
    conversation: str
    channel: str
    account: str
    address: str
    text: str
    by_person: bool
    attempts: int
    at: str
    last_heard: str
    reply_to: str

    @property
    def mark(self) -> str:
        """Name it in the same way at every try, and as nothing else is ever named."""
        return f"{PREFIX}{self.turn}"


def letter_of(row: Any, home: Any, address: str, worker: str) -> Letter:
    """Make a letter of its row and of where it goes."""
    return Letter(
        id=row["id"],
        turn=row["turn"],
        worker=worker,
        conversation=row["conversation"],
        channel=home["channel"],
        account=home["account"],
        address=address,
        text=row["text"],
        by_person=bool(row["by_person"]),
        attempts=row["attempts"] + 1,
        at=row["at"],
        last_heard=home["last_heard"],
        reply_to=home["last_external"],
    )
