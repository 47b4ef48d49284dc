"""Write a text so that one spelling of a word is like another."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

# Ten times as fast where PyYAML was built with it; both read only plain data.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS = Path(__file__).parent / "words"
WORD = re.compile(r"[^\W_]+(?:['&.-][^\W_]+)*|[%€$£+#]")
# Letters of other scripts that look Latin, as they are put into words to get past a filter.
_LOOKALIKES = str.maketrans(
    "абвгеёзикмнорстухіѕјһԁԛԝαβεικνορτυχѵ", "a6bree3ukmhopctyxisjhdqwabeikvoptuxv"
)
_SIGNS = str.maketrans(
    dict.fromkeys("’‘ʼ´`", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒−", "-")
    | {"—": "–", "…": ".", "⁄": "/", "ı": "i", "ł": "l", "ø": "o", "œ": "o", "æ": "a"}
    | {"№": "no ", "🥇": " number one ", "💯": " 100% ", "⭐": " stars ", "★": " stars "}
)
_LEET = str.maketrans("013457@$€!", "oieastases")
_IN_A_WORD = re.compile(r"(?<=[a-z])[013457@$€!](?=[a-z])|(?<![\w.,])[@$](?=[a-z]{3})")
_SPACED = re.compile(r"(?<!\w)(?:\w[ ._*-]){3,30}\w(?!\w)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)|_")
_TAG = re.compile(r"[#＃](\w*[^\W\d_]\w*)")


@cache
def words(file: str) -> Any:
    """Return one of the lists beside this file."""
    return yaml.load((WORDS / f"{file}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)


@cache
def stop(language: str) -> frozenset[str]:
    """Return the words of a language that carry no fact."""
    return frozenset(words("stop").get(language, "").split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return small letters without accents, digits of our own, and nothing that hides."""
    text = _TAG.sub(lambda tag: " # " + _CAMEL.sub(" ", tag[1]) + " ", text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).casefold()
    kept = (_plain(one) for one in unicodedata.normalize("NFD", text))
    text = "".join(kept)
    if not text.isascii():
        text = re.sub(r"\w+", _latin, text)
    text = text.replace("quatre-vingt", "quatrevingt")
    text = _SPACED.sub(lambda run: re.sub(r"[ ._*-]", "", run[0]), text)
    return " ".join(text.split())


def unmasked(folded: str) -> str:
    """Return a folded text with digits and signs inside words read as the letters they mimic."""
    return _IN_A_WORD.sub(lambda one: one[0].translate(_LEET), folded)


def tokens(folded: str) -> list[str]:
    """Return the words and signs of a folded text."""
    return WORD.findall(folded)


def stem(word: str) -> str:
    """Return a word without the commonest endings of our languages."""
    for end in ("ings", "ing", "ly", "ed", "ern", "en", "er", "es", "em", "s", "e", "n"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def _plain(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    if kind in ("So", "Sk", "Cc"):
        return " "  # pictures, and what changes them
    return "" if kind in ("Mn", "Me", "Cf") else letter


def _latin(word: re.Match[str]) -> str:
    """Read lookalikes as Latin where a word mixes scripts."""
    latin = word[0].translate(_LOOKALIKES)
    return latin if latin.isascii() and not word[0].isascii() and _mixed(word[0]) else word[0]


def _mixed(word: str) -> bool:
    return any(letter.isascii() and letter.isalpha() for letter in word) or len(word) > 3
