"""Other words for the same: more formal, less formal, simpler. Pure."""

import re
from collections.abc import Mapping

_LONG = {
    "can't": "cannot", "won't": "will not", "n't": " not", "'re": " are", "'ve": " have",
    "'ll": " will", "'m": " am", "it's": "it is", "that's": "that is", "there's": "there is",
    "what's": "what is", "here's": "here is", "let's": "let us",
}  # fmt: skip
_STIFF = {
    "hi": "Hello", "hey": "Hello", "thanks": "thank you", "thx": "thank you",
    "ok": "all right", "okay": "all right", "a lot of": "many",
    "yeah": "yes", "asap": "as soon as possible", "kids": "children",
}  # fmt: skip
_LOOSE = {
    "do not": "don't", "does not": "doesn't", "is not": "isn't", "are not": "aren't",
    "cannot": "can't", "will not": "won't", "it is": "it's", "that is": "that's", "we are": "we're",
    "you are": "you're", "we have": "we've", "you have": "you've", "you will": "you'll",
    "we will": "we'll", "good day": "hi", "dear customer": "hi", "thank you": "thanks",
    "we apologise": "we're sorry", "we apologize": "we're sorry",
}  # fmt: skip
_PLAIN = {
    "utilise": "use", "utilize": "use", "in order to": "to", "prior to": "before",
    "subsequent to": "after", "assistance": "help",
    "commence": "start", "terminate": "end", "regarding": "about", "in the event that": "if",
    "at this point in time": "now", "due to the fact that": "because", "sufficient": "enough",
    "facilitate": "help", "obtain": "get", "require": "need", "requires": "needs", "via": "through",
    "furthermore": "also", "however": "but", "therefore": "so", "approximately": "about",
}  # fmt: skip
_JOINT = re.compile(
    r"(?:;|[ ][–—-])[ ]+(?=\w)|,[ ]+(?=(?:and|but|so) (?:we|you|it|they|this|that)\b)"
)


def formal(text: str) -> str:
    """Write short forms out, and greet and thank in full."""
    for short, long in _LONG.items():
        edge = r"\b" if short[0] != "'" and short != "n't" else ""
        text = re.sub(rf"{edge}{re.escape(short)}\b", _cased(long), _straight(text), flags=re.I)
    return _swapped(text, _STIFF)


def casual(text: str) -> str:
    """Use short forms, and greet and thank as people do."""
    return _swapped(text, _LOOSE)


def simple(text: str) -> str:
    """Use everyday words, and more full stops."""
    parts = _JOINT.split(_swapped(text, _PLAIN))
    ended = [f"{part}." if part[-1:].isalnum() else part for part in parts[:-1]]
    return " ".join(part[:1].upper() + part[1:] for part in [*ended, parts[-1]])


def _swapped(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = re.sub(rf"\b{re.escape(old)}\b", _cased(new), text, flags=re.IGNORECASE)
    return text


def _cased(new: str) -> "Cased":
    return Cased(new)


class Cased:
    """Writes a word as the one in whose place it stands: with a capital or without."""

    def __init__(self, word: str) -> None:
        self._word = word

    def __call__(self, found: re.Match[str]) -> str:
        """Return what is written in place of what was found."""
        first = found[0].lstrip(" '")[:1]
        return self._word[:1].upper() + self._word[1:] if first.isupper() else self._word


def _straight(text: str) -> str:
    return text.replace("’", "'")
