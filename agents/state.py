"""What the handling of one event carries through the graph. Plain data only."""

from typing import Any, Literal, NotRequired, TypedDict

from knowledge.audience import Audience
from knowledge.language.mood import Mood
from tools.contract import Answer, Evidence, Finding
from tools.model import Use

Verdict = Literal["reply", "approval", "handoff", "silence"]
Risk = Literal["low", "medium", "high"]
Action = Literal["approve", "edit", "reject", "rewrite", "take_over", "expire"]
Kind = Literal[
    "message", "decision", "hand_back", "take_over", "person", "notice", "reminder", "rating"
]


class Message(TypedDict):
    """One incoming message, as every channel delivers it."""

    channel: str
    conversation: str
    id: str
    audience: Audience
    text: str
    at: str  # ISO 8601, UTC
    contact: NotRequired[str]  # the person's name for machines; left out, the conversation's
    name: NotRequired[str]  # as the channel shows it; the door takes it off
    apart: NotRequired[list[str]]  # several written in one go, each as it came; taken off too
    arrivals: NotRequired[list[int]]  # rows of the inbox that are done with this turn


class Line(TypedDict):
    """One line of a conversation's history, redacted."""

    who: Literal["customer", "team", "agent", "person"]
    text: str
    at: str
    route: str


class OpenQuestion(TypedDict):
    """What we asked the customer, and the message that made us ask."""

    options: list[str]  # intents, in the order they were offered
    about: str
    confirms: NotRequired[str]  # what a plain yes sets going
    by: NotRequired[str]  # the contact who was asked
    goes_on: NotRequired[bool]  # the next message says what was missing


class Conversation(TypedDict):
    """One person with one account of the brand, as far as this turn needs it."""

    id: str
    version: int
    episode: int
    owner: Literal["agent", "person"]
    team: str
    history: list[Line]  # the last lines of this episode, oldest first
    summary: list[str]  # what happened in earlier turns of this episode, a line each
    question: OpenQuestion | None
    topic: str
    asked_back: int  # clarifying questions in a row
    placeholders: dict[str, str]
    disclosed: NotRequired[bool]  # that a machine answers, in this episode
    channel: NotRequired[str]  # that it began on
    contact: NotRequired[str]  # whose it is


class Intent(TypedDict):
    """Something the writer wants, and the part of the message that says so."""

    name: str
    confidence: float
    text: NotRequired[str]  # the record of a turn leaves it out where it is the whole message


class Signals(Mood):
    """What else understanding found: the mood, and what sort of text it is."""

    readable: Literal["text", "empty", "emoji", "long"]


class Ask(TypedDict):
    """One thing to answer, and the tool that shall."""

    tool: str
    intent: str
    text: str
    tried: NotRequired[bool]  # in place of all others, when it is sure


class Standing(TypedDict):
    """What a message says about its writer, where it says nothing else."""

    says: str  # a message text: opted_out, opted_in, linked, code_wrong, rated, ...; or still_out
    whole: bool  # nothing else was written in one go with it
    word: str  # the listed word; never the message
    language: str  # of that word
    code: int  # the row of the code that was typed; none is 0
    tries: int  # at that code before this one
    score: NotRequired[int]  # from 1 to 5, of a rating
    episode: NotRequired[int]  # that is rated


class Draft(TypedDict):
    """Words that wait for a person."""

    id: int
    revision: int
    message: Message
    route: str
    answer: Answer
    kind: NotRequired[str]  # reply, comment, post; left out, a reply
    team: NotRequired[str]
    risk: NotRequired[Risk]
    findings: NotRequired[list[Finding]]  # of voice and of the network
    assignee: NotRequired[str]


class Decision(TypedDict):
    """What a reviewer said about one revision of one draft."""

    draft: int
    revision: int
    action: Action
    text: str  # of an edit: the words that go out instead
    by: str
    at: str
    reason: NotRequired[str]  # of a rejection: a code and words; of a rewrite: what is asked for
    role: NotRequired[str]  # of whoever decides, where steps of approval name roles
    stays: NotRequired[bool]  # an edit of words that others have yet to approve


class Outcome(TypedDict, total=False):
    """What will be written: text for the outside, and who has the conversation from now on."""

    text: str
    note: str  # for the person who takes over
    asked: list[str]  # intents offered in a clarifying question
    gaps: list[str]  # questions that we could not answer
    doubts: list[str]  # why not: articles that disagree, or no longer hold
    tasks: list[str]  # what was promised, for a person to do
    confirms: str  # what a plain yes to this sets going
    goes_on: bool  # the next message says what was missing
    disclosed: bool  # it says that a machine answers


class State(TypedDict, total=False):
    """Each key is written by the place named on its right, and by no other."""

    turn: str  # the door
    message: Message  # the door, redacted
    conversation: Conversation  # the door
    decision: Decision  # the door
    draft: Draft  # the door, for a decision
    standing: Standing  # the door
    waiting: list[int]  # the door: drafts that are open for who writes
    newly: str  # the door: what was written now, where a draft's message is taken along
    considered: str  # understanding: the message as it is meant
    follows: str  # understanding: the question that this one continues
    confirmed: str  # understanding: what the message says a plain yes to
    intents: list[Intent]  # understanding, best first
    sure: bool  # understanding
    signals: Signals  # understanding
    route: str  # routing; answering, where the tool that was tried knows the answer
    asks: list[Ask]  # routing
    options: list[str]  # routing, answering: intents to offer in a clarifying question
    unserved: list[str]  # routing: intents that no tool serves
    answer: Answer  # answering; deciding, for a decision
    risk: Risk  # policy
    verdict: Verdict  # policy; deciding, for a decision
    reason: str  # policy; deciding, for a decision
    stays: bool  # deciding: the draft is open still, with its new words
    says: str  # policy: the message text that goes with the verdict
    acts: bool  # policy: a handoff does first what the answer says
    team: str  # policy; handoff, where policy did not run
    outcome: Outcome  # reply, approval, handoff


class Step(TypedDict):
    """One step as it finished, for faces that show progress."""

    name: str
    ms: float
    found: str


class Turn(TypedDict):
    """The record of one event: what came, what was found, what was decided and why."""

    id: str
    conversation: str
    episode: int
    kind: Kind
    outcome: Verdict
    text: str
    route: str
    intents: list[Intent]
    signals: dict[str, Any]
    evidence: list[Evidence]
    verdict: Verdict
    reason: str
    risk: Risk
    team: str
    draft: int | None
    drafts: NotRequired[list[int]]  # posts that were made
    discloses: NotRequired[bool]  # its text says that a machine answers
    steps: list[Step]
    timings: dict[str, float]
    prompts: NotRequired[dict[str, str]]  # files that were filled in, with their fingerprints
    models: NotRequired[list[Use]]  # calls of a language model
