"""What a tool is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from pydantic import BaseModel

from knowledge.audience import Audience


class ToolError(Exception):
    """The tool could not do it, in words a user may read."""


class Evidence(TypedDict):
    """The passage behind a sentence: where it stands and what it says there."""

    number: int
    document: str
    title: str
    anchor: str
    quote: str
    start: int
    end: int


class Answer(TypedDict):
    """What a tool would say, why we may say it, and what saying it would do."""

    text: str
    evidence: list[Evidence]
    confidence: float
    actions: list["Action"]
    missing: list[str]  # what was asked and could not be answered


class Action(TypedDict):
    """A tool's effect that waits for policy: the tool and its filled form."""

    tool: str
    form: dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What a tool is given to fill in its form."""

    text: str
    intent: str
    options: tuple[str, ...] = ()
    follows: str = ""  # the question that this one continues


@dataclass(frozen=True)
class Tool:
    """A named ability with a form to fill in.

    ``answer`` only reads. A tool that changes something does it in ``perform``, which runs
    after policy, and after a person where policy asks for one; its key makes a repeat harmless.
    """

    name: str
    purpose: str
    audiences: frozenset[Audience]
    intents: frozenset[str]
    form: type[BaseModel]
    fill: Callable[[Request], BaseModel]
    answer: Callable[[Any], Awaitable[Answer]]
    perform: Callable[[Any, str], Awaitable[None]] | None = None


def say(text: str, confidence: float = 1.0, *, actions: list[Action] | None = None) -> Answer:
    """Answer with a text that needs no evidence: a courtesy, a question, a fact about ourselves."""
    return Answer(text=text, evidence=[], confidence=confidence, actions=actions or [], missing=[])
