"""Tell the language of a message, or that it is too short to tell."""

import re
from functools import cache
from typing import Any

ENOUGH = 16  # letters; shorter Latin-script texts are not judged
SURE = 0.75
FULL, QUITE_SURE = 8, 0.85  # words of a sentence that may be called foreign, and how surely

# Words that English cannot do without; seeing them saves asking (and loading) the identifier.
_COMMON = """
a about all am an and any are as at be been but by can could did do does for from get had has
have how i if in is it just me my need no not of on or our out please should so than that the
their them then there they this to too up was we were what when where which who why will with
would yes you your i'm don't can't it's isn't
"""
_ENGLISH = frozenset(re.findall(r"\S+", _COMMON))
_ENOUGH_ENGLISH, _LITTLE_ENGLISH = 0.3, 0.15  # of the words
_WORD = re.compile(r"[a-z']+")

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_MASKED = re.compile(r"<[A-Z]+_\d+>|https?://\S+|[@#]\w+")


def language(text: str) -> str:
    """Return an ISO 639-1 code, or nothing when unsure."""
    bare = _MASKED.sub(" ", text[:600])
    words = _WORD.findall(bare.lower().replace("’", "'"))
    if words and sum(word in _ENGLISH for word in words) / len(words) >= _ENOUGH_ENGLISH:
        return "en"
    letters = _LETTER.findall(bare)
    foreign = len(letters) - len(_LATIN.findall(bare))
    if len(letters) < ENOUGH and foreign < 3:
        return ""
    code, certainty = _identifier().classify(bare)
    if foreign > len(letters) / 2:
        return str(code)
    return str(code) if certainty >= SURE else ""


def foreign(text: str, own: str) -> bool:
    """Say whether a sentence is surely in another language than the text around it."""
    bare = _MASKED.sub(" ", text)
    words, letters = _WORD.findall(bare.lower()), len(_LETTER.findall(bare))
    strange = letters - len(_LATIN.findall(bare)) > letters / 2
    english = sum(word in _ENGLISH for word in words) / max(len(words), 1)
    if letters < ENOUGH / 2 or not (strange or len(words) >= FULL):
        return False
    if own == "en" and not strange and english >= _LITTLE_ENGLISH:
        return False
    code, certainty = _identifier().classify(bare)
    return bool(code != own and (strange or certainty >= QUITE_SURE))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
