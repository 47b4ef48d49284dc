"""Find a word or a phrase in a text, in its other forms too, and say the other one in that form."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.voice.text import Span, Text

_PARTICLES = frozenset(["in", "out", "on", "off", "up", "down", "over", "back", "away"])
_NO_FORMS = re.compile(r"(?:ly|ss|[A-Z].*)$")
_ODD = {  # say: past form
    "buy": "bought", "begin": "began", "build": "built", "choose": "chose", "do": "did",
    "find": "found", "get": "got", "give": "gave", "go": "went", "keep": "kept", "let": "let",
    "make": "made", "meet": "met", "pay": "paid", "put": "put", "run": "ran", "say": "said",
    "see": "saw", "send": "sent", "set": "set", "show": "showed", "speak": "spoke",
    "take": "took", "tell": "told", "think": "thought", "write": "wrote",
}  # fmt: skip


def mentions(phrase: str, text: Text) -> Iterator[tuple[Span, str]]:
    """Return where a phrase stands, and in which form: its ending, or none."""
    raw = text.masked if phrase[:1].isalnum() else text.raw
    if _stem(phrase) not in text.low:
        return  # most are nowhere, and a pattern costs more than a look
    for ending, pattern in _patterns(phrase):
        for match in pattern.finditer(raw):
            yield Span(match.start(), match.end(), text.raw[match.start() : match.end()]), ending


def inflected(phrase: str, ending: str) -> str:
    """Return a phrase with the ending that another one had."""
    head, rest = _head(phrase)
    return head_with(head, ending) + rest if ending else phrase


def like(model: str, phrase: str) -> str:
    """Return a phrase with a capital where the one before it had one."""
    if model.isupper() and len(model) > 2 and phrase.islower():
        return phrase.upper()
    if model[:1].isupper() and phrase[:1].islower():
        return phrase[:1].upper() + phrase[1:]
    return phrase


def head_with(word: str, ending: str) -> str:
    """Return a word with an ending: ``use`` and ``ing`` make ``using``."""
    if ending == "ed" and word in _ODD:
        return _ODD[word]
    if ending in ("ed", "ing") and word.endswith("e") and not word.endswith(("ee", "ye")):
        return word[:-1] + ending
    if word[-1:] == "y" and word[-2:-1] not in "aeiou" and ending in ("s", "ed"):
        return word[:-1] + ("ies" if ending == "s" else "ied")
    if ending == "s" and word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if ending in ("ed", "ing") and _doubles(word):
        return word + word[-1] + ending
    return word + ending


@cache
def _stem(phrase: str) -> str:
    """Return the letters that every form begins with."""
    head = re.split(r"[\s'’]", phrase.lower())[0]
    return head[:2] if head in _ODD else head[: max(1, len(head) - 1)]


@cache
def _patterns(phrase: str) -> list[tuple[str, re.Pattern[str]]]:
    head, rest = _head(phrase)
    endings = ["", *_endings(head, rest)]
    return [(one, _pattern(head_with(head, one) + rest if one else phrase)) for one in endings]


def _endings(head: str, rest: str) -> list[str]:
    """Return the endings that the head of a phrase may have."""
    if not head.isalpha() or len(head) < 3 or _NO_FORMS.search(head):
        return []
    if rest and rest.split()[0] not in _PARTICLES:
        return []
    return ["s", "ed", "ing"]


def _head(phrase: str) -> tuple[str, str]:
    """Split a phrase at the word that changes: the only one, or a verb before its particle."""
    head, space, rest = phrase.partition(" ")
    return head, space + rest


def _pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word).replace("'", "['’]") for word in phrase.replace("’", "'").split()]
    before = r"(?<![\w'’-])" if phrase[:1].isalnum() else ""
    after = r"(?![\w-]|['’]\w)" if phrase[-1:].isalnum() else ""
    return re.compile(before + r"\s+".join(words) + after, re.IGNORECASE)


def _doubles(word: str) -> bool:
    return bool(re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", word)) and len(word) < 5
