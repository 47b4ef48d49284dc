"""Read a rating from one to five, where a message is nothing else."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "lexicons" / "ratings.yaml"
LONGEST = 40  # characters of a message that can be one
_STARS = re.compile(r"[⭐★🌟]{1,5}[☆✩]{0,4}")
_OF_FIVE = re.compile(
    r"(\S+?)\s*(?:/\s*5|(?:out of|of|von|sur|de|su|van|z|av) (?:5|\w+)|"
    r"stars?|sterne?n?|étoiles?|estrellas?|stelle|sterren|estrelas?|gwiazdek|stjärnor)?"
)
_AROUND = " \t\n.,;:!?¡¿…\"'“”()[]*_~-"
_UNSEEN = re.compile("[\u20e3\ufe0f\u200d]")  # what makes a digit a keycap


def rated(text: str) -> int:
    """Return the rating that a message consists of, or 0."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().strip(_AROUND)
    if not plain or len(plain) > LONGEST:
        return 0
    if _STARS.fullmatch(plain):
        return sum(character in "⭐★🌟" for character in plain)
    found = _OF_FIVE.fullmatch(plain)
    word = found[1] if found else ""
    if len(word) == 1 and word in "12345":
        return int(word)
    return _words().get(word, 0)


@cache
def _words() -> dict[str, int]:
    """Return the words of all languages; none means two numbers."""
    known = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {word: score for words in known.values() for score, word in enumerate(words, 1)}
