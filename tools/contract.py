"""What a tool is."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from pydantic import BaseModel

from knowledge.audience import Audience
from knowledge.finding import Finding as Finding

MARK = re.compile(r"\[(\d+)\]")


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


class Post(TypedDict):
    """A text for a network, as it would be published."""

    network: str
    title: str
    parts: list[str]  # of a thread; most have one
    alt: list[str]  # the description of each picture
    evidence: list[Evidence]
    findings: list[Finding]
    extras: dict[str, str]  # image brief, storyboard and the like, by name
    when: str  # a day, where it is planned


class Answer(TypedDict):
    """What a tool would say, why we may say it, and what saying it would do."""

    text: str
    evidence: list[Evidence]
    confidence: float
    actions: list["Action"]
    missing: list[str]  # what was asked and could not be answered
    doubts: list[str]  # why it may be wrong: articles that disagree, or no longer hold
    posts: NotRequired[list[Post]]  # that become drafts
    asks: NotRequired[str]  # for what is missing: the intent that the next message goes on with
    confirm: NotRequired["Confirm"]  # what a yes would set going; nothing is done before


class Confirm(TypedDict):
    """A question that wants a plain yes: the intent a yes goes on with, and what it is about."""

    intent: str
    what: str


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
    confirmed: str = ""  # what we asked about, and this message said yes to
    conversation: str = ""
    channel: str = ""
    contact: str = ""  # who writes; left out, the conversation's


@dataclass(frozen=True)
class Tool:
    """A named ability with a form to fill in.

    ``answer`` only reads. A tool that changes something does it in ``perform``, which runs
    after policy, and after a person where policy asks for one; its key makes a repeat harmless.
    It may return a line for the colleague who takes over.
    """

    name: str
    purpose: str
    audiences: frozenset[Audience]
    intents: frozenset[str]
    form: type[BaseModel]
    fill: Callable[[Request], BaseModel]
    answer: Callable[[Any], Awaitable[Answer]]
    perform: Callable[[Any, str], Awaitable[str | None]] | None = None


def say(text: str, confidence: float = 1.0, *, actions: list[Action] | None = None) -> Answer:
    """Answer with a text that needs no evidence: a courtesy, a question, a fact about ourselves."""
    return Answer(
        text=text,
        evidence=[],
        confidence=confidence,
        actions=actions or [],
        missing=[],
        doubts=[],
    )


def joined(answers: list[Answer], limit: float) -> Answer:
    """Put what we are sure of under each other, with its evidence numbered through."""
    sure = [answer for answer in answers if answer["confidence"] >= limit]
    missing = [part for answer in answers for part in answer["missing"]]
    doubts = [doubt for answer in answers for doubt in answer["doubts"]]
    if not sure:
        best = max(answers, key=lambda one: one["confidence"])
        return {**best, "missing": missing, "doubts": doubts}
    texts: list[str] = []
    evidence: list[Evidence] = []
    for answer in sure:
        text = _shifted(answer["text"], len(evidence))
        if _said(answer, evidence):
            continue  # two questions with the same answer
        if text and text not in texts:
            texts.append(text)
            evidence += [{**e, "number": e["number"] + len(evidence)} for e in answer["evidence"]]
    whole = Answer(
        text="\n\n".join(texts),
        evidence=evidence,
        confidence=min(answer["confidence"] for answer in sure),
        actions=[action for answer in sure for action in answer["actions"]],
        missing=missing,
        doubts=doubts,
    )
    return _with_more(whole, sure)


def _with_more(whole: Answer, sure: list[Answer]) -> Answer:
    """Add the posts of all, and the question of one: one answer cannot settle two questions."""
    if made := [post for answer in sure for post in answer.get("posts", [])]:
        whole["posts"] = made
    if len(sure) == 1 and "asks" in sure[0]:
        whole["asks"] = sure[0]["asks"]
    asked = [answer["confirm"] for answer in sure if "confirm" in answer]
    if asked and all(one == asked[0] for one in asked):
        whole["confirm"] = asked[0]
    return whole


def _said(answer: Answer, evidence: list[Evidence]) -> bool:
    """Say whether everything that an answer quotes was quoted before."""
    known = {one["quote"] for one in evidence}
    return bool(answer["evidence"]) and all(one["quote"] in known for one in answer["evidence"])


def _shifted(text: str, by: int) -> str:
    return MARK.sub(lambda mark: f"[{int(mark[1]) + by}]", text) if by else text
