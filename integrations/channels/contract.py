"""What a channel is: it checks and parses what a platform sends, and sends what we say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Happened = Literal["message", "echo", "status", "handover", "edited", "deleted"]


class Forged(Exception):
    """The signature is missing, wrong, stale or replayed: nothing is stored."""


class BadPayload(Exception):
    """The body is not what this platform sends; names the fields, never their values."""


class SendError(Exception):
    """The platform did not take it, in words an operator may read.

    ``permanent``: trying again is no use. ``unknown``: it may have been taken; never sent again
    blindly. ``retry_after``: seconds that the platform asks us to wait.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        unknown: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent, self.unknown, self.retry_after = permanent, unknown, retry_after


@dataclass(frozen=True)
class Attachment:
    """A file that came along; listed to people, never fetched by itself."""

    kind: str  # image, video, audio, file, location, contact, sticker
    name: str = ""
    reference: str = ""  # the platform's id or address


@dataclass(frozen=True)
class Arrival:
    """One thing that a platform told us."""

    happened: Happened
    external: str  # the platform's id of this event or message; one an account
    conversation: str  # where to answer, as the platform names it
    at: datetime
    contact: str = ""  # the platform's id of the person
    name: str = ""  # as the platform shows it
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    ours: str = ""  # our mark, on an echo or a status of what we sent
    state: str = ""  # a status: sent, delivered, read, failed; a handover: person, agent


@dataclass(frozen=True)
class Capabilities:
    """What a platform allows, as data that policy and the sender read."""

    longest: int  # of one message
    counted_in: Literal["characters", "bytes"] = "characters"
    window_hours: float | None = None  # after the person's last message; None is for ever
    window_for_people_hours: float | None = None  # for words that a person approved
    formatting: Literal["plain", "markdown", "html"] = "plain"
    buttons: int = 0
    streaming: bool = False
    echo: bool = False  # tells us what was sent in its own app
    idempotent: bool = False  # the same mark twice is sent once
    account_per_second: float = 10.0
    recipient_per_second: float = 1.0
    public: bool = False  # everybody can read it


@dataclass(frozen=True)
class Outgoing:
    """One message on its way, with its originals restored."""

    mark: str  # the same for every try
    conversation: str  # as the platform names it
    text: str
    by_person: bool = False  # a person wrote or approved it
    last_heard: datetime | None = None  # from the person it goes to
    reply_to: str = ""  # the platform's id of their last message


@dataclass(frozen=True)
class Sent:
    """The platform took it."""

    external: str  # its id of the message; empty where it tells none


class Channel(Protocol):
    """One account on one platform."""

    kind: str
    account: str
    capabilities: Capabilities

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """Answer the platform's question whether this address is ours; None refuses."""
        ...

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> None:
        """Raise ``Forged`` unless the platform sent exactly these bytes just now."""
        ...

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what happened; what we do not handle is left out, what is broken refused."""
        ...

    async def send(self, outgoing: Outgoing) -> Sent:
        """Hand a message to the platform, or raise ``SendError``."""
        ...
