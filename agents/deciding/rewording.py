"""Say the same another way without a language model: by rules that a reviewer can foresee.

A sentence with a mark keeps its words about facts, and its mark; it goes as a whole or stays.
"""

import re
from collections.abc import Callable
from functools import partial

from agents.deciding.plainer import casual, formal, simple
from knowledge.documents.claim import claim
from knowledge.documents.sentences import ends
from tools.contract import MARK

KNOWN = (
    "shorter, no exclamation marks, no emoji, no hashtags, more formal, less formal, simpler, drop "
    'the last sentence, replace "this" with "that"'
)
Change = Callable[[str], str]

_LEADING = re.compile(r"^(?:\s*\[\d+\])+")
_EMOJI = re.compile(
    "[ \t]*[\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2600-\u27bf\U0001f300-\U0001faff]*"
)
_FILLER = re.compile(
    r"\b(?:please note that|just so you know,?|as you may know,?|of course,?|really|very|quite"
    r"|actually|basically|simply|also)[ ]+",
    re.IGNORECASE,
)
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}
_QUOTED = r"[\"'“‘](.+?)[\"'”’]"


def reworded(text: str, wish: str) -> str:
    """Return a text as it was wished for; unchanged where that is not understood, or untrue."""
    old = text
    for pattern, change in _WAYS:
        if found := re.search(pattern, wish, re.IGNORECASE):
            text = change(found)(text)
    return _tidy(text) if _true_to(old, text) else old


def _true_to(old: str, new: str) -> bool:
    """Say whether every fact that is left has the numbers that it had."""
    known: dict[str, set[str]] = {}
    for one in every(old):
        for mark in MARK.findall(one):
            known.setdefault(mark, set()).update(_values(one))
    shown = [(set(MARK.findall(one)), _values(one)) for one in every(new)]
    return all(
        marks <= set(known) and values <= set().union(*(known[mark] for mark in marks))
        for marks, values in shown
        if marks
    )


def _values(sentence: str) -> set[str]:
    found = claim(MARK.sub("", sentence)).values
    return {value for values in found.values() for value in values}


def every(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [one for line in text.split("\n") for one in sentences(line)]


def sentences(text: str) -> list[str]:
    """Return the sentences of a line, each with the marks behind it."""
    found: list[str] = []
    for start, end in ends(text, 0, len(text)):
        one = text[start:end].strip()
        if found and (marks := _LEADING.match(one)):
            found[-1] += f" {marks[0].strip()}"
            one = one[marks.end() :].strip()
        found += [one] if one else []
    return found


def _by_line(change: Callable[[list[str]], list[str]], text: str) -> str:
    """Change the sentences of a text line by line; a line with nothing left goes."""
    lines = text.split("\n")
    changed = [" ".join(change(sentences(line))) if line.strip() else "" for line in lines]
    return "\n".join(new for new, old in zip(changed, lines, strict=True) if new or not old)


def _shorter(text: str) -> str:
    """Take out what says nothing, then sentences that show nothing, then the last one."""
    less = _FILLER.sub("", text)
    said = every(less)
    shown = [one for one in said if MARK.search(one)]
    if shown and len(shown) < len(said):
        return _by_line(lambda line: [one for one in line if MARK.search(one)], less)
    if less != text or len(said) < 2:
        return less
    return _without(text, -1)


def _without(text: str, place: int) -> str:
    said = every(text)
    if len(said) < 2 or not -len(said) <= place < len(said):
        return text
    place, seen = place % len(said), -1

    def keep(line: list[str]) -> list[str]:
        nonlocal seen
        kept = []
        for one in line:
            seen += 1
            kept += [one] if seen != place else []
        return kept

    return _by_line(keep, text)


def _dropping(words: str, text: str) -> str:
    said = every(text)
    hit = [at for at, one in enumerate(said) if words.casefold() in one.casefold()]
    return _without(text, hit[0]) if hit else text


def _replacing(old: str, new: str, text: str) -> str:
    return re.sub(re.escape(old), lambda _: new, text, flags=re.IGNORECASE)


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text))
    return "\n".join(line[:1].upper() + line[1:] for line in text.strip().split("\n"))


def _place(found: re.Match[str]) -> Change:
    return lambda text: _without(text, _PLACES[found[1].lower()])


_WAYS: tuple[tuple[str, Callable[[re.Match[str]], Change]], ...] = (
    (rf"replace {_QUOTED} (?:with|by) {_QUOTED}", lambda m: partial(_replacing, m[1], m[2])),
    (rf"say {_QUOTED} instead of {_QUOTED}", lambda m: partial(_replacing, m[2], m[1])),
    (
        rf"(?:drop|delete|remove|cut|without) (?:the )?({'|'.join(_PLACES)}) sentence",
        _place,
    ),
    (rf"(?:drop|delete|remove|without) {_QUOTED}", lambda m: partial(_dropping, m[1])),
    (r"exclamation|shout", lambda _: lambda text: re.sub(r"!+(?=\?)|(?<=\?)!+", "", text)),
    (r"exclamation|shout", lambda _: lambda text: re.sub(r"!+", ".", text)),
    (r"\b(?:no|without|fewer|less|drop|remove)\b.{0,12}emoji", lambda _: partial(_EMOJI.sub, "")),
    (
        r"\b(?:no|without|drop|remove)\b.{0,12}hashtag",
        lambda _: partial(re.compile(r"[ \t]*#\w+").sub, ""),
    ),
    (r"(?<!less )(?<!in)\bformal|polite|professional", lambda _: formal),
    (r"less formal|informal|casual|friendl|warmer|relaxed", lambda _: casual),
    (r"simpl|plain|easier|clearer", lambda _: simple),
    (r"\bshort|\bbrief|concise|\btight|less text|too long", lambda _: _shorter),
)
