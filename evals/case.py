"""What a case says, and reading it from a file; a mistake names file, line and field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from agents.state import Action, Verdict
from knowledge.audience import Audience

FOLDER = Path(__file__).parent / "cases"
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)  # support is open
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class CaseError(Exception):
    """A file of cases cannot be used; says file, line and field."""


def _many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _span(value: object) -> object:
    found = re.fullmatch(r"(\d+)([smhd])", str(value))
    if not found:
        raise ValueError("write a time as 20s, 5m, 25h or 2d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


OneOrMore = Annotated[list[str], BeforeValidator(_many)]
Span = Annotated[timedelta, BeforeValidator(_span)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expect(_Strict):
    """What must hold after a turn; what is left out is not looked at."""

    outcome: Annotated[list[Verdict], BeforeValidator(_many)] = []  # any of these
    route: OneOrMore = []  # any of these
    intents: list[str] = []  # each found, and sure enough for the brand
    intents_not: list[str] = []
    says: OneOrMore = []
    says_not: OneOrMore = []
    cites: OneOrMore = []  # documents among the evidence
    team: str | None = None
    reason: str | None = None  # part of the reason
    language: str | None = None
    crisis: list[str] | None = None  # each found; an empty list: none at all
    injection: bool | None = None
    model_never_sees: OneOrMore = []
    model_asked: int | None = None  # how often so far
    stored_never_has: OneOrMore = []
    note_says: OneOrMore = []  # the newest handoff's note for the colleague
    note_says_not: OneOrMore = []
    owner: str | None = None
    refused: bool = False  # the decision or hand-back is turned down
    episode: int | None = None  # of the conversation; a new one begins with nothing open
    sent: int | None = None  # messages to the outside so far, in this conversation
    drafts: int | None = None  # drafts that wait, in all conversations
    ideas: int | None = None  # customers' ideas kept so far


class Decide(_Strict):
    """What a reviewer decides."""

    action: Action
    draft: int = 1
    revision: int = 1
    text: str = ""


class Step(_Strict):
    """One thing that happens: a message, a decision, a hand-back, or only time that goes by."""

    say: str | None = None
    repeat: int = Field(default=1, ge=1)  # the text so many times over
    who: Audience | None = Field(default=None, alias="as")
    channel: str | None = None
    conversation: str | None = None
    id: str | None = None
    decide: Decide | None = None
    hand_back: bool = False
    wait: Span | None = None
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_event(self) -> Self:
        events = sum((self.say is not None, self.decide is not None, self.hand_back))
        if events > 1 or (not events and self.wait is None):
            raise ValueError("a turn is one of say, decide, hand_back, or only wait")
        return self


class Case(_Strict):
    """A conversation and what must come of it."""

    name: str = Field(min_length=3)
    who: Audience = Field(default="customer", alias="as")
    channel: str = "terminal"
    at: datetime = WEDNESDAY
    model_answers: list[dict[str, Any] | str] | None = None  # "down": the model does not answer
    known_gap: str = ""  # why it does not hold yet; when it does, this line must go
    message: str | None = None
    expect: Expect | None = None
    turns: list[Step] = []

    @model_validator(mode="after")
    def _message_or_turns(self) -> Self:
        if (self.message is None) == (not self.turns):
            raise ValueError("give either a message or turns")
        if self.turns and self.expect:
            raise ValueError("with turns, each turn has its own expect")
        if self.at.tzinfo is None:
            raise ValueError("'at' needs a time zone, such as 2026-11-18T10:00:00Z")
        return self

    @property
    def steps(self) -> list[Step]:
        """Return what happens, in order."""
        return self.turns or [Step(say=self.message, expect=self.expect or Expect())]


@dataclass(frozen=True)
class Row:
    """A case and where it stands."""

    file: str
    line: int
    case: Case


def load(folder: Path = FOLDER) -> list[Row]:
    """Return every case of every file in the folder."""
    rows = [row for file in sorted(folder.glob("*.yaml")) for row in _rows(file)]
    places: dict[str, str] = {}
    for row in rows:
        place = f"{row.file}:{row.line}"
        if row.case.name in places:
            raise CaseError(f"{place}: name: {places[row.case.name]} has the same name")
        places[row.case.name] = place
    return rows


def _rows(file: Path) -> Iterator[Row]:
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError(f"{file}: {error}") from error
    if not isinstance(root, yaml.SequenceNode):
        raise CaseError(f"{file}:1: a file of cases is a list")
    for node in root.value:
        yield Row(file.stem, int(node.start_mark.line) + 1, _case(file, node))


def _case(file: Path, node: yaml.Node) -> Case:
    try:
        return Case.model_validate(yaml.SafeLoader("").construct_document(node))
    except ValidationError as error:
        complaints = [_complaint(file, node, one) for one in error.errors()]
        raise CaseError("\n".join(complaints)) from error


def _complaint(file: Path, node: yaml.Node, error: Any) -> str:
    field = ".".join(str(part) for part in error["loc"]) or "case"
    message = error["msg"].removeprefix("Value error, ")
    return f"{file}:{_line(node, error['loc'])}: {field}: {message}"


def _line(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """Walk down the path as far as it goes and return the line there."""
    line = node.start_mark.line
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            pairs = [(node.value[part], node.value[part])]
        else:
            pairs = []
        if not pairs:
            break
        line, node = pairs[0][0].start_mark.line, pairs[0][1]
    return int(line) + 1
