"""A brand: a folder of settings, documents, voice and intents, checked when it is opened."""

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from knowledge.brands.content import Content
from knowledge.brands.handing import Handoff, Sla
from knowledge.brands.reviewing import Approval
from knowledge.brands.satisfaction import Satisfaction
from knowledge.language.opting import Way

BUNDLED = Path(__file__).parent

_ENDLESS = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")

Mode = Literal["auto", "draft", "off"]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)


class BrandError(Exception):
    """The brand folder cannot be used; says file, line and field."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone such as 'Europe/Berlin'") from error
    return name


def _span(text: object) -> object:
    if not isinstance(text, str) or not re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", text):
        raise ValueError("write opening hours as '09:00-17:00'")
    opens, closes = (time.fromisoformat(part) for part in text.split("-"))
    if opens >= closes:
        raise ValueError("opening hours must end after they begin")
    return (opens, closes)


def _pattern(text: str) -> str:
    """Refuse what is no pattern, and what a hostile text could make it work on for ever."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a pattern: {error}") from error
    if _ENDLESS.search(text):
        raise ValueError(f"{text!r} repeats without an end; write {{1,20}} instead of + or *")
    return text


Hours = Annotated[tuple[time, time], BeforeValidator(_span)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AutonomyRow(_Strict):
    """Who speaks in a case: the agent, the agent after a person's approval, or a person."""

    mode: Mode
    channel: str | None = None
    intent: str | None = None
    risk: Literal["low", "medium", "high"] | None = None


class Thresholds(_Strict):
    """How sure the agent must be."""

    intent: float = Field(default=0.5, ge=0, le=1)
    answer: float = Field(default=0.5, ge=0, le=1)


class Retention(_Strict):
    """For how many days things are kept; 0 is for ever."""

    lines: int = Field(default=365, ge=0)
    turns: int = Field(default=365, ge=0)
    drafts: int = Field(default=365, ge=0)
    handoffs: int = Field(default=365, ge=0)
    gaps: int = Field(default=365, ge=0)
    vault: int = Field(default=365, ge=0)
    outbox: int = Field(default=30, ge=0)
    reveals: int = Field(default=1095, ge=0)


class Privacy(_Strict):
    """What is personal here, and what only looks it."""

    allow: list[str] = []
    may_reveal: list[str] = []  # who may see an original; empty is everybody with this terminal
    orders: list[Annotated[str, AfterValidator(_pattern)]] = []


class Disclosure(_Strict):
    """When customers are told that a machine answers: first in an episode, or never."""

    when: Literal["first", "never"] = "first"


class OptOut(_Strict):
    """Words of the brand's own that alone in a message end or allow that we write first."""

    stop: list[Annotated[str, Field(min_length=2, max_length=60)]] = []
    start: list[Annotated[str, Field(min_length=2, max_length=60)]] = []

    @property
    def words(self) -> dict[Way, list[str]]:
        """Return them as they are looked for."""
        return {"out": self.stop, "in": self.start}


class Settings(_Strict):
    """What ``brand.toml`` may say."""

    name: str = Field(min_length=1)
    about: str = ""
    languages: list[str] = Field(default=["en"], min_length=1)
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    signature: str = ""
    hours: dict[Day, Hours] = {}
    teams: dict[str, str] = {"default": "support"}
    thresholds: Thresholds = Thresholds()
    autonomy: list[AutonomyRow] = []
    retention: Retention = Retention()
    handoff: Handoff = Handoff()
    sla: Sla = Sla()
    approval: Approval = Approval()
    content: Content = Content()
    privacy: Privacy = Privacy()
    disclosure: Disclosure = Disclosure()
    opt_out: OptOut = OptOut()
    satisfaction: Satisfaction = Satisfaction()


class Brand(_Strict):
    """An opened brand folder."""

    folder: Path
    settings: Settings

    def team(self, intent: str) -> str:
        """Return the team that takes a handoff for this intent."""
        return self.settings.teams.get(intent, self.settings.teams.get("default", "support"))


def find(name: str) -> Path:
    """Return the folder of a bundled brand, or of one given as a path."""
    for folder in (Path(name), BUNDLED / name):
        if (folder / "brand.toml").is_file():
            return folder
    known = sorted(file.parent.name for file in BUNDLED.glob("*/brand.toml"))
    raise BrandError(
        f"No brand {name!r}: give a folder with a brand.toml, or one of {', '.join(known)}."
    )


def load(name: str) -> Brand:
    """Open a brand folder; a mistake in it names the file, the line and the field."""
    folder = find(name)
    file = folder / "brand.toml"
    try:
        text = file.read_text(encoding="utf-8")
        return Brand(folder=folder, settings=Settings.model_validate(tomllib.loads(text)))
    except UnicodeDecodeError as error:
        raise BrandError(f"{file}: not UTF-8 text (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise BrandError(f"{file}: {error}") from error
    except ValidationError as error:
        raise BrandError("\n".join(_complaint(file, text, e) for e in error.errors())) from error


def _complaint(file: Path, text: str, error: Any) -> str:
    path = [part for part in error["loc"] if part != "[key]"]
    field = ".".join(str(part) for part in path)
    return f"{file}:{_line(text, path)}: {field}: {error['msg'].removeprefix('Value error, ')}"


def _line(text: str, path: list[str | int]) -> int:
    """Find the line of a field: its table first, then its key (or the table itself)."""
    lines = text.splitlines()
    start, place = 0, 0
    if len(path) > 1:
        header = re.compile(rf"\s*\[{{1,2}}\s*{re.escape(str(path[0]))}\s*\]{{1,2}}")
        tables = [number for number, line in enumerate(lines) if header.match(line)]
        nth = path[1] if isinstance(path[1], int) else 0
        start = place = tables[min(nth, len(tables) - 1)] if tables else 0
    key = re.compile(rf"\s*\"?{re.escape(str(path[-1]))}\"?\s*=") if path else None
    for number in range(start, len(lines)):
        if key and key.match(lines[number]):
            place = number
            break
        if number > start and lines[number].startswith("["):
            break
    return place + 1
