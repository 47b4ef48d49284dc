"""What is learned from: what the agent wrote and what a person made of it; and what came out."""

from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.voice.rules.every import AnyRule
from knowledge.voice.text import Text

LEAST = 5  # edits that must show a rule


@dataclass(frozen=True)
class Edit:
    """A draft before and after a person's approved edit."""

    id: int
    before: str
    after: str
    network: str = ""  # or direct_message

    @cached_property
    def was(self) -> Text:
        """Return what the agent wrote, read."""
        return Text(self.before)

    @cached_property
    def now(self) -> Text:
        """Return what the person wrote, read."""
        return Text(self.after)

    def explained(self, before: str) -> "Edit":
        """Return what is left of the edit once a rule has done its part."""
        return replace(self, before=before)


@dataclass(frozen=True)
class Proposal:
    """A rule that edits show, and which edits those are."""

    rule: AnyRule
    network: str
    edits: tuple[int, ...]
    kept: tuple[int, ...] = ()  # edits that could have shown it and did not

    @property
    def support(self) -> int:
        """Count the edits that show it."""
        return len(self.edits)
