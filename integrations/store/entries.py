"""What waits for people, as they see it."""

from dataclasses import dataclass

from integrations.store.waiting import Counts


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see; empty is everything."""

    kind: str = ""  # reply, comment, post, handoff
    team: str = ""
    assignee: str = ""
    risk: str = ""
    channel: str = ""
    overdue: bool = False
    away: bool = False  # what was put away, in place of what was not


@dataclass(frozen=True)
class Entry:
    """One thing that waits."""

    kind: str
    number: int
    revision: int
    conversation: str
    channel: str
    network: str
    title: str
    about: str  # what was asked
    text: str  # what would be said, or the note of the handoff
    team: str
    assignee: str
    risk: str
    at: str
    due_at: str
    overdue: bool
    back_at: str = ""  # until when it is put away
    blocked: bool = False  # something was found in it that has to go first


@dataclass(frozen=True)
class Page:
    """Some of what waits, where the next page begins, and how much waits in all."""

    entries: tuple[Entry, ...]
    after: str  # empty at the end
    counts: Counts
    channels: list[str]
