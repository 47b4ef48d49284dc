"""The rule about contractions: "don't" or "do not"."""

import re
from typing import Literal

from knowledge.voice.phrases import like
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.text import Text

_ODD = {"can't": "cannot", "won't": "will not", "shan't": "shall not", "ain't": "is not",
        "let's": "let us", "y'all": "you all", "i'm": "I am"}  # fmt: skip
_ENDS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS = frozenset(["it", "that", "what", "who", "where", "here", "there", "he", "she", "how", "when"])
_NOT = ["do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "would", "could",
        "should"]  # fmt: skip
_PAIRS = {  # said in full: short
    **{f"{one} not": f"{one}n't" for one in _NOT},
    **{"cannot": "can't", "can not": "can't", "will not": "won't", "let us": "let's"},
    **{"i am": "I'm", "i will": "I'll", "i have": "I've"},
    **{f"{who} are": f"{who}'re" for who in ("we", "you", "they")},
    **{f"{who} have": f"{who}'ve" for who in ("we", "you", "they")},
    **{f"{who} will": f"{who}'ll" for who in ("we", "you", "they", "it")},
    **{f"{who} is": f"{who}'s" for who in ("it", "that", "what", "here", "there")},
}
_SHORT = re.compile(r"(?<!\w)[^\W\d_]+['’](?:[a-z]{1,2})(?!\w)", re.IGNORECASE)
_BEEN = re.compile(r"\s+(?:been|got)\b")
_FULL = re.compile(
    r"(?<!\w)(?:" + "|".join(one.replace(" ", r"\s+") for one in _PAIRS) + r")(?!\w)(?!\s*[.,?!])",
    re.IGNORECASE,
)


class Contractions(Rule):
    """Whether words are run together."""

    kind: Literal["contractions"] = "contractions"
    use: Literal["never", "always"]

    @property
    def says(self) -> str:
        if self.use == "never":
            return "No contractions: write the words out."
        return "Use contractions, as people speak."

    def spots(self, text: Text) -> list[Spot]:
        pattern = _SHORT if self.use == "never" else _FULL
        spots = []
        for match in pattern.finditer(text.masked):
            if (other := self._other(text.masked, match)) is not None:
                says = f'Write "{other}" instead of "{match[0]}".'
                spots.append(Spot(match.start(), match.end(), says, like(match[0], other)))
        return spots

    def _other(self, whole: str, match: re.Match[str]) -> str | None:
        if self.use == "never":
            return in_full(match[0], bool(_BEEN.match(whole, match.end())))
        return _PAIRS[" ".join(match[0].lower().split())]


def in_full(word: str, been: bool = False) -> str | None:
    """Return what a contraction stands for; none where it is no contraction."""
    plain = word.lower().replace("’", "'")
    if plain in _ODD:
        return _ODD[plain]
    for ending, full in _ENDS.items():
        if plain.endswith(ending) and len(plain) > len(ending):
            head = plain.removesuffix(ending)
            return f"{'I' if head == 'i' else head} {full}"
    head, _, ending = plain.partition("'")
    if ending == "s" and head in _IS:
        return f"{head} {'has' if been else 'is'}"
    return None
