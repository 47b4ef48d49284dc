"""Put what was seen into the words of a rule."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from knowledge.voice.learning.changes import Token
from knowledge.voice.learning.facts import Facts
from knowledge.voice.learning.seeing import Key, Seen
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.frame import Contains
from knowledge.voice.rules.wording import Avoid, Say, Written

MOSTLY = 0.8
_PARTICLES = frozenset(["in", "out", "on", "off", "up", "down", "over", "back", "away"])
LITTLE = frozenset(
    ["a", "an", "the", "and", "or", "but", "so", "of", "to", "in", "on", "at", "by", "for", "with",
     "from", "as", "is", "are", "was", "were", "be", "been", "it", "its", "this", "that", "these",
     "those", "we", "our", "us", "you", "your", "i", "my", "me", "they", "their", "he", "she",
     "not", "no", "do", "does", "did", "have", "has", "had", "will", "can", "if", "when", "which",
     "who", "all", "any", "more", "then", "there", "here", "also", "than", "about", "into"]
)  # fmt: skip


class Stated(NamedTuple):
    """A rule in words, the edits that show it, and whether it is about little words only."""

    rule: AnyRule | None
    shown: tuple[int, ...]
    first: bool = False  # always where a sentence begins
    little: bool = False


def stated(key: Key, seen: Sequence[Seen], facts: Facts) -> Stated:
    """Return the rule that a change is."""
    shown = tuple(one.change.edit.id for one in seen)
    little = all(word in LITTLE for word in (*key.was, *key.now))
    first = all(one.old and one.old[0].first for one in seen)
    if key.kind == "avoid":
        rule = Avoid(phrase=_old(key, seen, facts), first=little)
        return Stated(rule if first or not little or len(key.was) > 1 else None, shown, first)
    if key.kind == "add":
        return Stated(None if little else _added(seen), shown)
    was, now = _old(key, seen, facts), _new(key, seen, facts)
    if _joined(was) == _joined(now):
        return Stated(Written(form=now), shown)
    if (beside := _particle(seen)) and len(key.was) == 1:
        was, now = f"{was} {beside}", f"{now} {beside}"
    return Stated(Say(say=now, instead_of=was), shown, little=little)


def around(key: Key, seen: Sequence[Seen], facts: Facts) -> Iterator[Stated]:
    """Return the rule with the one word that always stands beside it: "the AI" for "AI"."""
    if key.kind == "say" or key.size > 2:
        return
    was, now = _old(key, seen, facts), _new(key, seen, facts)
    for beside, shape in ((_right, "{} {}"), (_left, "{1} {0}")):
        near = [(one, token) for one in seen if (token := beside(one))]
        for word, count in Counter(token.low for _, token in near).most_common(1):
            if count < MOSTLY * len(seen) or word in LITTLE or word[0].isdigit():
                continue
            shown = [(one, token) for one, token in near if token.low == word]
            text = shown[0][1].text
            text = text if text.isupper() or facts.name(shown[0][1]) else word
            pair = [shape.format(part, text).strip() for part in (was, now)]
            ids = tuple(one.change.edit.id for one, _ in shown)
            yield Stated(Say(say=pair[1], instead_of=pair[0]), ids)


def _added(seen: Sequence[Seen]) -> Contains:
    texts = Counter(_slice(one.change.edit.after, one.new, True) for one in seen)
    where: Literal["start", "end", "anywhere"] = "anywhere"
    if _often(seen, lambda one: one.change.right is None and one.now[1] == len(one.change.now)):
        where = "end"
    elif _often(seen, lambda one: one.change.left is None and one.now[0] == 0):
        where = "start"
    return Contains(words=texts.most_common(1)[0][0], where=where)


def _often(seen: Sequence[Seen], holds: Callable[[Seen], bool]) -> bool:
    return sum(map(holds, seen)) >= MOSTLY * len(seen)


def _old(key: Key, seen: Sequence[Seen], facts: Facts) -> str:
    if not key.was:
        return ""
    texts = ((_slice(one.change.edit.before, one.old), one.old) for one in seen)
    return _surface(key.was, list(texts), facts)


def _new(key: Key, seen: Sequence[Seen], facts: Facts) -> str:
    if not key.now:
        return ""
    texts = ((_slice(one.change.edit.after, one.new), one.new) for one in seen)
    return _surface(key.now, list(texts), facts)


def _surface(
    words: Sequence[str], texts: Sequence[tuple[str, Sequence[Token]]], facts: Facts
) -> str:
    """Return how it is mostly written, without the capital of a sentence's first word."""
    same = [(text, tokens) for text, tokens in texts if [t.low for t in tokens] == list(words)]
    plain = Counter(_small(text, tokens, facts) for text, tokens in same)
    return plain.most_common(1)[0][0] if plain else " ".join(words)


def _small(text: str, tokens: Sequence[Token], facts: Facts) -> str:
    head = tokens[0]
    begins = head.first and head.text[1:].islower() and not facts.name(head)
    return text[:1].lower() + text[1:] if begins else text


def _slice(raw: str, words: Sequence[Token], ends: bool = False) -> str:
    end = words[-1].end
    if ends and words[0].first and words[-1].last and raw[end : end + 1] in (".", "!", "?"):
        end += 1
    return raw[words[0].start : end]


def _particle(seen: Sequence[Seen]) -> str:
    """Return the particle of a verb that always follows: "in" behind "log"."""
    words = {token.low if (token := _right(one)) else "" for one in seen}
    return words.pop() if len(words) == 1 and words <= _PARTICLES else ""


def _right(one: Seen) -> Token | None:
    change = one.change
    return change.now[one.now[1]] if one.now[1] < len(change.now) else change.right


def _left(one: Seen) -> Token | None:
    change = one.change
    return change.now[one.now[0] - 1] if one.now[0] else change.left


def _joined(text: str) -> str:
    return "".join(text.lower().replace("-", " ").split())
