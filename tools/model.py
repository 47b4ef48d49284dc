"""A language model, as tools and the agent see it: optional, and it only fills in forms."""

from typing import Protocol, TypeVar

from pydantic import BaseModel

Form = TypeVar("Form", bound=BaseModel)


class ModelError(Exception):
    """The language model gave no usable form."""


class Model(Protocol):
    """A language model that fills in a form."""

    async def complete(self, prompt: str, form: type[Form]) -> Form: ...
