"""How a brand sounds: the measurable rules at the top of its ``voice.md``, and learned ones."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from knowledge.brands.brand import BrandError
from knowledge.voice.rules.every import AnyRule

FILE = "voice.md"
Place = Literal["direct_message", "social_post"]


def _count(value: object) -> object:
    """Take ``3`` for ``{most: 3}``."""
    return {"most": value} if isinstance(value, int | float) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Most(_Strict):
    """A limit, and what is aimed at."""

    most: float = Field(ge=0)
    target: float | None = None


Limit = Annotated[Most, BeforeValidator(_count)]


class Capitals(_Strict):
    """Words in capitals."""

    most: int = 0
    allowed: tuple[str, ...] = ()


class Pictures(_Strict):
    """How many emoji, by place, and which."""

    direct_message: int | None = None
    social_post: int | None = None
    allowed: tuple[str, ...] = ()


class Tags(_Strict):
    """How many hashtags, by place, and how they are written."""

    direct_message: int | None = None
    social_post: int | None = None
    style: Literal["CamelCase", "lowercase", ""] = ""


class Greetings(_Strict):
    """How a conversation opens, and how it goes on."""

    first_message: str = ""
    later_messages: str = ""


class Persons(_Strict):
    """Who speaks, and to whom."""

    brand: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()
    assistant: tuple[str, ...] = ()


class Preferred(_Strict):
    """One word in place of others."""

    say: str
    instead_of: tuple[str, ...] = Field(alias="not")


class Learned(_Strict):
    """A rule that people's edits showed and a person approved."""

    id: int
    network: str = ""  # or direct_message; none is everywhere
    rule: AnyRule


class Voice(_Strict):
    """What ``voice.md`` may say, the page below it, and what was learned since."""

    spelling: Literal["en-GB", "en-US", ""] = ""
    sentence_words: Limit | None = None
    sentences_in_a_direct_message: Limit | None = None
    reading_grade: Limit | None = None
    person: Persons = Persons()
    contractions: Literal["never", "always", "free"] = "free"
    exclamation_marks: Limit | None = None
    capital_words: Capitals | None = None
    emoji: Pictures = Pictures()
    hashtags: Tags = Tags()
    greeting: Greetings | None = None
    signature: str = ""
    preferred: tuple[Preferred, ...] = ()
    banned: tuple[str, ...] = ()
    guide: str = ""  # the page, in words
    learned: tuple[Learned, ...] = ()

    def taught(self, learned: tuple[Learned, ...]) -> "Voice":
        """Return this voice with learned rules."""
        return self.model_copy(update={"learned": learned})


def load(folder: Path) -> Voice:
    """Read a brand folder's voice; a folder without one has a voice that asks for nothing."""
    file = folder / FILE
    if not file.is_file():
        return Voice()
    try:
        text = file.read_text(encoding="utf-8")
        head, guide = _parted(text)
        return Voice.model_validate({**_mapping(file, head), "guide": guide})
    except UnicodeDecodeError as error:
        raise BrandError(f"{file}: not UTF-8 text (byte {error.start})") from error
    except yaml.YAMLError as error:
        raise BrandError(f"{file}: {error}") from error
    except ValidationError as error:
        raise BrandError("\n".join(_complaint(file, text, e) for e in error.errors())) from error


def _parted(text: str) -> tuple[str, str]:
    """Split the measurable rules between the two lines of dashes from the page."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        return "", text.strip()
    ends = [number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"]
    end = ends[0] if ends else len(lines)
    return "".join(lines[1:end]), "".join(lines[end + 1 :]).strip()


def _mapping(file: Path, head: str) -> dict[str, Any]:
    values = yaml.load(head, yaml.CSafeLoader) if head.strip() else {}
    if not isinstance(values, dict):
        raise BrandError(f"{file}:2: write rules as `name: value`, one a line")
    for own in ("guide", "learned"):
        if own in values:
            raise BrandError(f"{file}: {own}: this is not written here")
    return values


def _complaint(file: Path, text: str, error: Any) -> str:
    path = [str(part) for part in error["loc"]]
    starts = f"{path[0]}:" if path else ""
    lines = (n for n, line in enumerate(text.splitlines(), 1) if starts and line.startswith(starts))
    return f"{file}:{next(lines, 1)}: {'.'.join(path)}: {error['msg']}"
