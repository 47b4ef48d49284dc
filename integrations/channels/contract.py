"""What a channel is: it checks and parses what a platform sends, and sends what we say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, runtime_checkable

Happened = Literal["message", "echo", "status", "handover", "edited", "deleted"]


class Forged(Exception):
    """The signature is missing, wrong, stale or replayed: nothing is stored."""


class BadPayload(Exception):
    """The body is not what this platform sends; names the fields, never their values."""


class SendError(Exception):
    """The platform did not take it, in words an operator may read.

    ``permanent``: trying again is no use. ``unknown``: it may have been taken; never sent again
    blindly. ``retry_after``: seconds that the platform asks us to wait. ``untried``: it never left
    here, so it is tried again for as long as it may be said.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        unknown: bool = False,
        retry_after: float | None = None,
        untried: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent, self.unknown, self.retry_after = permanent, unknown, retry_after
        self.untried = untried


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
    identity: str = ""  # signed by the brand: which of its customers it is; never stored


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
    idempotent_hours: float | None = None  # for so long; None is for ever
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


@dataclass(frozen=True)
class Standing:
    """What one harmless question to a platform told of an account."""

    fine: bool
    found: str  # in words: who we are there, or what is wrong
    arrives: str = ""  # how messages come: polled, a webhook's address, or that nobody knows
    todo: str = ""  # what an operator should do


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


@runtime_checkable
class Shared(Protocol):
    """A channel whose address is called for all accounts of an app."""

    def accounts(self, raw: bytes) -> list[str]:
        """Return the accounts that a delivery tells of, in its order."""
        ...


@runtime_checkable
class Asks(Protocol):
    """A channel whose platform can be asked whether our credentials are good."""

    async def standing(self) -> Standing:
        """Ask one harmless question."""
        ...


@runtime_checkable
class Registers(Protocol):
    """A channel whose platform can be told where to deliver."""

    def registering(self, address: str) -> list[str]:
        """Return the calls that registering makes, without secrets; or raise ``SendError``."""
        ...

    async def register(self, address: str) -> None:
        """Make them."""
        ...


@runtime_checkable
class Unregisters(Protocol):
    """A channel whose platform can be told to deliver no more."""

    async def unregister(self) -> None:
        """Tell it."""
        ...


class Ledger(Protocol):
    """Keeps what a day cost, for all processes."""

    def add(self, name: str, day: date, amount: int, most: int | None = None) -> bool:
        """Add to a day's sum, but say no where that would be more than the most."""
        ...

    def spent(self, name: str, day: date) -> int:
        """Return a day's sum."""
        ...


@runtime_checkable
class Spends(Protocol):
    """A channel that costs money by use."""

    def keep_in(self, ledger: Ledger) -> None:
        """Keep its sums there."""
        ...
