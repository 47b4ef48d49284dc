"""What is a fact and no matter of voice: numbers, names, days, placeholders."""

import re
from collections.abc import Sequence

from knowledge.voice.learning.changes import Token, tokens
from knowledge.voice.learning.edits import Edit
from knowledge.voice.learning.seeing import Key

_DAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
     "february", "march", "april", "june", "july", "august", "september", "october", "november",
     "december", "today", "tomorrow", "yesterday", "spring", "summer", "autumn", "winter"]
)  # fmt: skip


class Facts:
    """Tells facts from words, knowing how all edits write them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        capital, small = set[str](), set[str]()
        for edit in edits:
            for token in (*tokens(edit.was), *tokens(edit.now)):
                if token.text[:1].islower():
                    small.add(token.low)
                elif not token.first and not token.text.isupper():
                    capital.add(token.low)
        self._names = capital - small - {"i"}

    def change(self, was: Sequence[Token], now: Sequence[Token]) -> bool:
        """Say whether a change is one of facts: something measured, dated or named."""
        both = (*was, *now)
        if any(re.search(r"\d|^<", one.text) or one.low in _DAYS for one in both):
            return True
        if not was or not now:
            return len(both) == 1 and self.name(both[0])
        shared = {one.low for one in was} & {one.low for one in now}
        return not shared and all(self.name(one) for one in both)

    def name(self, token: Token) -> bool:
        """Say whether a word is always written like a name."""
        return token.low in self._names

    def named(self, key: Key) -> bool:
        """Say whether one name was put in or left out, and nothing else."""
        return key.size == 1 and all(word in self._names for word in (*key.was, *key.now))
