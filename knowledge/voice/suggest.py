"""Write a text as the rules would have it, as far as that is certain; a person decides."""

import re
from collections.abc import Iterable

from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.ruling import rules
from knowledge.voice.text import Text
from knowledge.voice.voice import Place, Voice

_ARTICLE = re.compile(r"(?<![\w'’-])([Aa]n?) ([^\W\d_]{2,})")
_NEAR = 4  # characters: an article, and what stands before it


def suggested(
    text: str,
    voice: Voice,
    place: Place = "direct_message",
    network: str = "",
    learned: bool = True,
) -> str:
    """Return a text with what its voice would change; only learned rules, or all."""
    known = rules(voice, place, network)
    return applied(text, [r for name, r in known if name.startswith("learned") or not learned])


def applied(text: str, known: Iterable[Rule]) -> str:
    """Return a text with the places changed where a rule knows what to write."""
    for rule in known:
        spots = [one for one in rule.spots(Text(text)) if one.instead is not None]
        for spot in sorted(spots, reverse=True):
            text = _put(text, spot)
    return text


def _put(text: str, spot: Spot) -> str:
    before, after = text[: spot.start], text[spot.end :]
    put = spot.instead or spot.start == spot.end
    whole = before + str(spot.instead) + after if put else _closed(before, after)
    near = max(0, spot.start - _NEAR)
    return whole[:near] + _ARTICLE.sub(_fitting, whole[near:], count=1)


def _fitting(match: re.Match[str]) -> str:
    """Return "a" or "an", as the word behind it sounds."""
    word = match[2].lower()
    vowel = word[0] in "aeiou" and not re.match(r"uni|use|usu|eu|one|once", word)
    right = "an" if vowel or re.match(r"hour|honest|honou?r", word) else "a"
    return f"{match[1][0]}{right[1:]} {match[2]}"


def _closed(before: str, after: str) -> str:
    """Put together what stands around a place that was taken out."""
    begins = not before.strip() or before.rstrip(" ")[-1] in ".!?…:\n"
    if not begins:
        gap = "" if re.match(r"[\s.,;:!?)]|$", after) or before[-1:].isspace() else " "
        return (
            re.sub(r"[ ,]+$", "", before) + after if _ends(after) else _spaced(before + gap, after)
        )
    after = re.sub(r"^[ \t]*[,;:]?[ \t]*(?:[.!?…]+(?=\s|$))?[ \t]*", "", after)
    start = before.rstrip(" ") + (" " if before.strip() and not before.endswith("\n") else "")
    return (start if after else start.rstrip()) + after[:1].upper() + after[1:]


def _ends(after: str) -> bool:
    return bool(re.match(r"\s*[.!?…]", after)) or not after.strip()


def _spaced(before: str, after: str) -> str:
    return before + after.lstrip(" ") if before[-1:] in " \n" else before + after
