"""What the agent needs from outside; integrations/ supplies it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from agents.redaction.redact import Redactor
from agents.state import (
    Conversation,
    Decision,
    Draft,
    Line,
    Message,
    Outcome,
    Standing,
    Turn,
)
from knowledge.audience import Audience
from knowledge.brands.brand import Brand
from knowledge.language.found import Found
from knowledge.language.mood import Mood
from knowledge.language.phrases import Phrases
from tools.contract import Finding, Post, Tool
from tools.model import Model

if TYPE_CHECKING:  # the rules of voice take longer to load than all the rest of this page
    from knowledge.voice.voice import Voice


class StaleDecision(Exception):
    """The draft was decided or replaced meanwhile, in words a reviewer may read."""


class Conflict(Exception):
    """The conversation changed while this turn was being worked out."""


class Language(Protocol):
    """Reads a text on this machine."""

    def read(self, text: str, meant: str, audience: Audience) -> tuple[list[Found], Mood]: ...

    def option(self, intent: str) -> str: ...

    def about(self, intent: str) -> str: ...

    def known(self, audience: Audience) -> Sequence[str]: ...

    phrases: Phrases


class Records(Protocol):
    """Conversations, turns, drafts and what is to be sent; a turn commits as a whole or not."""

    async def seen(self, turn: str) -> Turn | None: ...

    async def conversation(self, message: Message) -> Conversation: ...

    async def known(self, conversation: str) -> Conversation: ...

    async def held(self, conversation: str) -> Conversation: ...

    async def waiting(self, conversation: str, contact: str) -> Sequence[Draft]: ...

    async def draft(self, decision: Decision) -> tuple[Draft, Conversation]: ...

    async def commit(self, event: "Event", turn: Turn) -> Turn: ...


class Contacts(Protocol):
    """Who is shown to be whom, and who wants to hear nothing unasked."""

    async def opted_out(self, contact: str) -> bool: ...

    async def typed(self, contact: str, code: str) -> Standing | None: ...

    async def asked_about(self, conversation: str) -> int: ...


class Voices(Protocol):
    """How the brand sounds on a network; none is everywhere."""

    def of(self, network: str) -> "Voice": ...


@dataclass(frozen=True)
class Event:
    """Everything a turn changes, handed over in one piece."""

    message: Message | None
    conversation: Conversation
    outcome: Outcome
    lines: Sequence[Line] = ()
    decision: Decision | None = None
    draft: Draft | None = None
    posts: Sequence[Draft] = ()  # drafts that are nobody's reply
    revision: Draft | None = None  # new words for the draft that was decided about
    stays: bool = False  # that draft is open still
    replaces: Sequence[int] = ()  # open drafts that are answered anew
    by: str = ""  # the person whose act it is
    originals: Mapping[str, str] = field(default_factory=dict)  # by placeholder, for the vault
    timer: int | None = None  # that is done with this turn
    standing: Standing | None = None


@dataclass(frozen=True)
class Deps:
    """Everything a step may use, passed in, never imported."""

    brand: Brand
    language: Language
    tools: Mapping[str, Tool]
    records: Records
    clock: Callable[[], datetime]
    redactor: Redactor
    model: Model | None = None
    contacts: Contacts | None = None  # without it no code and no opt-out is heard
    voices: Voices | None = None  # without it no draft is held against the voice
    check_post: Callable[[Post], list[Finding]] | None = None  # before it is published
