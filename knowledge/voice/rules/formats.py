"""Rules about things that can be written in several ways: times, dates, money, lists, quotes."""

import re
from typing import Literal

from knowledge.voice.rules.converting import converted
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import EMOJI, Text

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DIGITS = r"\d[\d.,]*"
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
_ITEM = r"[\w’'-]+(?: [\w’'-]+)?"
_NO_UNIT = r"(?![\w.,:/%°€£$-]*\d|[\w%°€£$]|\s*(?:am|pm|a\.m|p\.m|%|€|GB|MB|kg|km)\b)"

FORMATS: dict[str, dict[str, str]] = {  # what: style: how it looks
    "numbers": {
        "digits": rf"(?<![\w€£$.,:/#-])[2-9]{_NO_UNIT}|(?<![\w€£$.,:/#-])1[0-2]{_NO_UNIT}",
        "words": rf"(?i:(?<![\w-])(?:{_SMALL})(?![\w-]))",
    },
    "clock": {
        "24 hours": r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]|\s?[ap]\.?m)",
        "am and pm": (
            r"(?i:(?<![\d:.])(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?"
            r"\s?[ap](?:\.m\.(?=\s+[a-z\d])|\.?m\b))"
        ),
    },
    "dates": {
        "12 March": rf"(?<!\d)\d{{1,2}} {_MONTH}\b",
        "March 12": rf"\b{_MONTH} \d{{1,2}}(?!\d|st|nd|rd|th)",
        "12th March": rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th) (?:of )?{_MONTH}\b",
        "March 12th": rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)\b",
        "2026-03-12": r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)",
        "12/03/2026": r"(?<!\d)\d{1,2}/\d{1,2}/\d{2,4}(?!\d)",
        "12.03.2026": r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)",
    },
    "per cent": {
        "%": r"(?<=\d)%",
        "(space) %": r"(?<=\d)[ \u202f\xa0]%",
        "percent": r"(?i:(?<=\d)[ -]percent\b)",
        "per cent": r"(?i:(?<=\d) per cent\b)",
    },
    "money": {
        "€49": rf"[€£$]{_DIGITS}(?<![.,])",
        "€ 49": rf"[€£$] {_DIGITS}(?<![.,])",
        "49 €": rf"(?<![\d.,]){_DIGITS} [€£$]",
        "49€": rf"(?<![\d.,]){_DIGITS}[€£$]",
        "EUR 49": rf"\b(?:EUR|GBP|USD) {_DIGITS}(?<![.,])",
        "49 EUR": rf"(?<![\d.,]){_DIGITS} (?:EUR|GBP|USD)\b",
        "49 euros": rf"(?i:(?<![\d.,]){_DIGITS} (?:euros?|pounds?|dollars?)\b)",
    },
    "thousands": {
        "1,000": r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])",
        "1.000": r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])",
        "1 000": r"(?<![\d.,])\d{1,3}(?:[ \u202f\xa0]\d{3})+(?!\d)",
        "1000": r"(?<![\w.,/-])(?!(?:19|20)\d\d(?!\d))\d{4,7}(?![\w,/-])",
        "1k": r"(?<![\w.,])\d{1,3}[kK]\b",
    },
    "ranges": {
        "10-20": r"(?<![\w-])\d+-\d+(?![\w-])",
        "10–20": r"(?<!\w)\d+–\d+(?!\w)",
        "10 to 20": r"(?<![\w.,])\d+ to \d+(?!\w)",
    },
    "quotation marks": {
        "straight": r"\"",
        "curly": "[“”]",
        "single": r"(?<!\w)['‘’](?=\w)[^'\n‘’]{2,}['’](?!\w)",
    },
    "apostrophes": {"straight": r"(?<=\w)'(?=\w)", "curly": r"(?<=\w)’(?=\w)"},
    "dots": {"...": r"\.{3,}", "…": "…"},
    "dashes": {
        "spaced short": r"(?<=\w) – (?=\S)",
        "long": r"(?<=\w)—(?=\w)",
        "spaced long": r"(?<=\w) — (?=\S)",
        "hyphen": r"(?<=\w) --? (?=\S)",
    },
    "and": {
        "and": r"(?i:(?<![\w])and(?!\w))",
        "&": r"(?<=\s)&(?=\s)",
        "+": r"(?<=[^\W\d_] )\+(?= [^\W\d_])",
    },
    "lists of three": {
        "comma before and": rf"(?:{_ITEM}, )+{_ITEM}, (?:and|or) (?=\w)",
        "no comma before and": rf"(?:{_ITEM}, )+[\w’'-]+(?<!,) (?:and|or) (?=\w)",
    },
    "bullets": {
        "-": r"(?m:^[ \t]*-(?= ))", "•": r"(?m:^[ \t]*•(?= ))", "*": r"(?m:^[ \t]*\*(?= ))",
        "1.": r"(?m:^[ \t]*\d{1,2}\.(?= ))", "✅": r"(?m:^[ \t]*(?:✅|✔️|👉|➡️)(?= ))",
    },
    "space behind a sentence": {"one": r"(?<=[.!?]) (?=\S)", "two": r"(?<=[.!?])  (?=\S)"},
    "the last line": {"full stop": r"(?<=\w)[.](?=\s*\Z)", "no full stop": r"(?<=\w)(?=\s*\Z)"},
    "ordinals": {
        "1st": r"\b\d{1,2}(?:st|nd|rd|th)\b",
        "first": r"(?i:\b(?:first|second|third|fourth|fifth)\b)",
    },
    "units": {
        "5 GB": r"(?<![\w.])\d+ (?:GB|MB|TB|kg|km|ms|min|fps|px)\b",
        "5GB": r"(?<![\w.])\d+(?:GB|MB|TB|kg|km|ms|min|fps|px)\b",
    },
}  # fmt: skip
_TAIL = re.compile(rf"(?:\s|[#@]\w+|{EMOJI.pattern})+\Z")
_LINKED = re.compile(r"https?://\S+\s*\Z")


class Format(Rule):
    """The one way to write something."""

    kind: Literal["format"] = "format"
    of: str
    style: str

    @property
    def topic(self) -> str:
        return f"format {self.of}"

    @property
    def says(self) -> str:
        return f"{self.of.capitalize()}: {self.style}."

    def spots(self, text: Text) -> list[Spot]:
        raw = self._raw(text)
        right = {(m.start(), m.end()) for m in re.finditer(FORMATS[self.of][self.style], raw)}
        spots = []
        for style, pattern in FORMATS[self.of].items():
            if style == self.style:
                continue
            for match in re.finditer(pattern, raw):
                if not any(start < match.end() and match.start() < end for start, end in right):
                    instead = converted(self.of, self.style, match[0])
                    spots.append(Spot(match.start(), match.end(), self.says, instead))
        return spots

    def ways(self, text: Text) -> int:
        """Count how often a text writes it in this way."""
        return len(re.findall(FORMATS[self.of][self.style], self._raw(text)))

    def _raw(self, text: Text) -> str:
        """Return the text to look at: the last line ends before its hashtags and emoji."""
        if self.of != "the last line":
            return text.raw
        bare = _TAIL.sub("", text.raw)
        return "" if _LINKED.search(bare) else bare  # nobody puts a full stop behind a link
