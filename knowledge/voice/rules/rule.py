"""What a measurable rule of a voice is: it finds its places in a text, and says why."""

from typing import ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

from knowledge.voice.text import Text


class Spot(NamedTuple):
    """A place that breaks a rule, and what could stand there; none is for a person to find."""

    start: int
    end: int
    says: str
    instead: str | None = None


class Rule(BaseModel):
    """Something about a text that can be measured."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cost: ClassVar[float] = 0.05  # of the score, for each place

    kind: str

    @property
    def topic(self) -> str:
        """Name what it settles; of two rules on one topic the later one holds."""
        return self.kind

    @property
    def says(self) -> str:
        """Say it in words, as a person would."""
        raise NotImplementedError

    def spots(self, text: Text) -> list[Spot]:
        """Return the places that break it."""
        raise NotImplementedError
