"""A language model, as tools and the agent see it: optional, and it only fills in forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, Protocol, TypedDict, TypeVar

from pydantic import BaseModel

Form = TypeVar("Form", bound=BaseModel)


class ModelError(Exception):
    """The language model gave no usable form."""


class Model(Protocol):
    """A language model that fills in a form."""

    async def complete(self, prompt: str, form: type[Form]) -> Form: ...


class Use(TypedDict):
    """One call of a model, for the trace and the bill; nothing of what was said."""

    model: str
    result: Literal["filled", "failed"]
    seconds: float
    tokens_in: int
    tokens_out: int
    spend: float  # in the currency of the prices that are set


_uses: ContextVar[list[Use] | None] = ContextVar("uses", default=None)


@contextmanager
def noting_uses() -> Iterator[list[Use]]:
    """Return a list to which every call of a model inside the block is added."""
    uses: list[Use] = []
    before = _uses.set(uses)
    try:
        yield uses
    finally:
        _uses.reset(before)


def note(use: Use) -> None:
    """Add a call to the list of whoever wants to know."""
    if (uses := _uses.get()) is not None:
        uses.append(use)
