"""The words of a text that are worth matching."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?|€")
_ENDINGS = ("ing", "ies", "ed", "es", "s", "ly")
_COMMON = frozenset(
    """a about an and any are as at be been but by can could did do does for from had has have how
    i if in into is it its me my no not of on or our should so such than that the their them then
    there these they this to us was we were what when where which who whom why will with would
    you your""".split()  # noqa: SIM905
)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the words that carry meaning, without endings, in order."""
    return tuple(_stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
