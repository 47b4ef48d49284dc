"""Rules about how a text begins and ends: greeting, sign-off, words that never lack."""

import re
from typing import ClassVar, Literal

from knowledge.voice.phrases import mentions
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import EMOJI, Text

NAME = "{name}"
_NAMED = r"(?:<[A-Z_]+_\d+>|[A-Z][\w’'-]*)"
_HELLO = (
    r"hello|hi|hey|hiya|howdy|dear|greetings|good (?:morning|afternoon|evening|day)|welcome"
    r"|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|moin|servus|bonjour|salut|hola|ciao"
)
_GREETING = re.compile(
    rf"\s*(?P<word>(?i:{_HELLO})(?i: there| all| everyone| everybody| team| folks| again| friends"
    r"| customer)?)(?P<name>,? " + _NAMED + r"(?: " + _NAMED + r")?)?"
    r"(?P<mark>[ ]?[,!.:–—]+|(?=\s*\n))(?P<space>\s*)"
)
_BYE = (
    r"(?:best|kind|kindest|warm|warmest|many|with kind|with best|with warm)(?: regards| wishes)?"
    r"|regards|cheers|sincerely|yours(?: sincerely| truly| faithfully)?|all the best|take care"
    r"|(?:many )?thanks(?: again)?|thank you|best wishes|talk soon|see you soon"
    r"|have a (?:great|nice|lovely|good) (?:day|one|week|weekend)"
    r"|mit freundlichen grüßen|viele grüße|liebe grüße|lg|vg"
)
_TEAM = (
    rf"(?:The |Your |the |your )?(?:{_NAMED}|[Tt]eam)"
    rf"(?:[ ,]+(?:{_NAMED}|[Tt]eam|from|at|of|the))*"
)
_SIGNED = re.compile(
    rf"(?:\s*\n\s*|(?<=[.!?])\s+)"
    rf"(?P<words>(?i:{_BYE})[,.!]?(?:\s*\n?\s*(?:[-–—] ?)?{_TEAM})?"
    rf"|[-–—] ?{_TEAM}"
    rf"|(?<=\n)(?:The |Your )?(?:{_NAMED} ){{0,3}}(?:[Tt]eam|{_NAMED}))\s*[.!]?\s*$"
)


class Greeting(Rule):
    """How a text greets, if it does."""

    kind: Literal["greeting"] = "greeting"
    allowed: tuple[str, ...] = ()  # none is no greeting at all
    needed: bool = False

    @property
    def says(self) -> str:
        if not self.allowed:
            return "No greeting."
        words = " or ".join(f'"{one}"' for one in self.allowed)
        return f"Begin with {words}." if self.needed else f"Of greetings only {words}."

    def spots(self, text: Text) -> list[Spot]:
        found = greeted(text.raw)
        if found is None:
            best = f"{_without_name(self.allowed[0])} " if self.allowed else ""
            return [Spot(0, 0, self.says, best)] if self.needed else []
        form, match = found
        if _plain(form) in map(_plain, self._forms()):
            return []
        end = match.end() if not self.allowed else match.end() - len(match["space"])
        name = (match["name"] or "").strip(" ,")
        instead = self.allowed[0].replace(NAME, name) if self.allowed else ""
        return [Spot(match.start(), end, self.says, " ".join(instead.split()).replace(" ,", ","))]

    def _forms(self) -> list[str]:
        """Return what is allowed, with a name and without."""
        bare = [_without_name(one) for one in self.allowed]
        named = [re.sub(r"([,!.:–—]*)$", rf" {NAME}\1", one, count=1) for one in bare]
        return [*self.allowed, *bare, *named]


class SignOff(Rule):
    """How a text takes its leave, if it does."""

    kind: Literal["sign_off"] = "sign_off"
    allowed: tuple[str, ...] = ()
    needed: bool = False

    @property
    def says(self) -> str:
        if not self.allowed:
            return "No sign-off."
        words = " or ".join(f'"{_line(one)}"' for one in self.allowed)
        return f"End with {words}." if self.needed else f"Of sign-offs only {words}."

    def spots(self, text: Text) -> list[Spot]:
        if any(_plain(text.raw).endswith(_plain(one)) for one in self.allowed):
            return []
        found = signed(text.raw)
        if found is None:
            end = len(text.raw.rstrip())
            return [Spot(end, end, self.says, f"\n\n{self.allowed[0]}")] if self.needed else []
        start, end = found.span("words")
        instead = self.allowed[0] if self.allowed else ""
        return [Spot(start if instead else found.start(), end, self.says, instead)]


class Contains(Rule):
    """Words that a text always has: at its start, at its end, or anywhere."""

    cost: ClassVar[float] = 0.08

    kind: Literal["contains"] = "contains"
    words: str
    where: Literal["start", "end", "anywhere"] = "anywhere"

    @property
    def topic(self) -> str:
        return f"contains {_plain(self.words)}"

    @property
    def says(self) -> str:
        verbs = {"start": "Begin with", "end": "End with"}
        return f'{verbs.get(self.where, "Add")} "{_line(self.words)}".'

    def spots(self, text: Text) -> list[Spot]:
        said = any(True for _ in mentions(self.words, text))
        if said or _plain(self.words) in _plain(text.raw):
            return []
        start, end = 0, len(text.raw.rstrip())
        if self.where == "start":
            return [Spot(start, start, self.says, f"{self.words} ")]
        instead = f" {self.words}" if self.where == "end" else None
        return [Spot(end, end, self.says, instead)]


def greeted(raw: str) -> tuple[str, re.Match[str]] | None:
    """Return the greeting of a text, with a blank for the name, and its place."""
    match = _GREETING.match(raw)
    if match is None:
        return None
    name = match["name"] or ""
    comma = "," if name.startswith(",") else ""
    form = match["word"] + (f"{comma} {NAME}" if name else "") + match["mark"].strip()
    return form, match


def signed(raw: str) -> re.Match[str] | None:
    """Return the sign-off of a text."""
    return _SIGNED.search(raw)


def _without_name(form: str) -> str:
    return re.sub(r",? \{name\}", "", form)


def _line(words: str) -> str:
    return " ".join(words.split())


def _plain(text: str) -> str:
    return " ".join(EMOJI.sub(" ", text).lower().replace("’", "'").split()).rstrip(" .!,")
