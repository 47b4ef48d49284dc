"""Rules about who speaks to whom: we or I, you or "the customer"."""

import re
from typing import Literal

from knowledge.voice.phrases import like
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text

Side = Literal["we", "i", "you", "Sie", "du", "vous", "tu"]
_INSTEAD: dict[str, dict[str, str]] = {
    "we": {"i am": "we are", "i'm": "we're", "i was": "we were", "i've": "we've", "i'll": "we'll",
           "i'd": "we'd", "i": "we", "me": "us", "my": "our", "mine": "ours", "myself": "ourselves",
           "the company": "we"},
    "i": {"we are": "I am", "we're": "I'm", "we were": "I was", "we've": "I've", "we'll": "I'll",
          "we'd": "I'd", "we": "I", "us": "me", "our": "my", "ours": "mine",
          "ourselves": "myself"},
    "you": {"the customer's": "your", "customers'": "your", "the user's": "your",
            "users'": "your", "the customer": "you", "the user": "you", "the reader": "you",
            "our customers": "you", "our users": "you"},
}  # fmt: skip
_PATTERNS: dict[str, str] = {  # of the side that is not wanted, where the verb changes too
    "du": r"(?<![.!?…]\s)(?<!\n)(?<!^)\b(?:Sie|Ihnen|Ihr(?:e[nmrs]?)?)\b",
    "Sie": r"(?i:\b(?:du|dich|dir|dein(?:e[nmrs]?)?|euch|euer|eure[nmrs]?)\b)",
    "tu": r"(?i:\b(?:vous|votre|vos)\b)",
    "vous": r"(?i:\b(?:tu|toi|ton|tes|ta)\b)",
}
_SAYS = {"we": 'Speak as "we", not as "I".', "i": 'Speak as "I", not as "we".'}


class Person(Rule):
    """Which person the text speaks in, or speaks to."""

    kind: Literal["person"] = "person"
    say: Side

    @property
    def topic(self) -> str:
        return "person speaker" if self.say in _SAYS else "person reader"

    @property
    def says(self) -> str:
        return _SAYS.get(self.say, f'Speak to the reader as "{self.say}".')

    def spots(self, text: Text) -> list[Spot]:
        if self.say in _PATTERNS:
            found = re.finditer(_PATTERNS[self.say], text.masked)
            return [Spot(one.start(), one.end(), self.says) for one in found]
        forms = _INSTEAD[self.say]
        spots = []
        for match in _pattern(self.say).finditer(text.masked):
            if match[0] == "US":
                continue  # the country
            other = forms[" ".join(match[0].lower().replace("’", "'").split())]
            spots.append(Spot(match.start(), match.end(), self.says, _cased(match, other)))
        return spots


def _pattern(side: Side) -> re.Pattern[str]:
    forms = "|".join(
        re.escape(one).replace("'", "['’]").replace(r"\ ", r"\s+") for one in _INSTEAD[side]
    )
    return re.compile(rf"(?<![\w'’.-])(?:{forms})(?![\w'’-]|\.\w)", re.IGNORECASE)


def _cased(match: re.Match[str], other: str) -> str:
    """Return the other person, with a capital only where a sentence begins."""
    before = match.string[: match.start()].rstrip()
    begins = (
        not before or before[-1] in ".!?…:" or "\n" in match.string[len(before) : match.start()]
    )
    return like("A", other) if begins else other
