"""Rules about words and phrases, learned from what was replaced, removed and put in."""

from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.voice.learning.changes import Change, Token, compared
from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.learning.facts import Facts
from knowledge.voice.learning.judging import FOLLOWED, Verdict, judged
from knowledge.voice.learning.seeing import Key, Seen, Table, counted
from knowledge.voice.learning.stating import LITTLE, Stated, around, stated
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.wording import Avoid

NEARLY = 0.8  # of the edits that show a part must show the whole
COMMON = 0.6  # how often a rule about little words must have been followed
Found = tuple[AnyRule, Verdict]


class Wording:
    """Takes the change that most edits show, then the next one in what is left."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits, self._facts = edits, Facts(edits)
        self._changes = [change for edit in edits for change in compared(edit).changes]
        self._refused, self._replaced = set[Key](), False

    def found(self) -> Iterator[Found]:
        """Return the rules, the best shown first."""
        yield from self._pass()
        self._refused, self._replaced = set(), True
        yield from self._pass()

    def _pass(self) -> Iterator[Found]:
        seen = counted(self._changes, self._replaced)
        while (key := self._next(seen)) is not None:
            found = self._rule(key, seen)
            if found is None:
                self._refused.add(key)
                continue
            yield found
            self._changes = list(_without(self._changes, list(seen[key].values())))
            seen = counted(self._changes, self._replaced)

    def _next(self, seen: Table) -> Key | None:
        """Return what most edits show; of two, the longer."""
        often = {k: len(v) for k, v in seen.items() if len(v) >= LEAST and k not in self._refused}
        if not often:
            return None
        best = max(often, key=lambda key: (often[key], key.size, key))
        longer = [k for k, n in often.items() if best.within(k) and n >= NEARLY * often[best]]
        return max(longer, key=lambda key: (key.size, key)) if longer else best

    def _rule(self, key: Key, table: Table) -> Found | None:
        by_edit, against = table[key], set(table.get(key.back, ())) - set(table[key])
        seen = list(by_edit.values())
        facts = sum(self._facts.change(one.old, one.new) for one in seen) * 2 >= len(seen)
        if facts and (self._replaced or not self._facts.named(key)):
            return None
        stating = stated(key, seen, self._facts)
        plain = [] if facts else [stating, *_narrower(stating)]
        for one in (*plain, *around(key, seen, self._facts)):
            verdict = self._verdict(one, by_edit, against)
            holds = verdict.holds(followed=COMMON if one.little else FOLLOWED)
            if holds and one.rule is not None:
                return one.rule, verdict
        return None

    def _verdict(self, stating: Stated, by_edit: dict[int, Seen], against: set[int]) -> Verdict:
        """Judge a rule by all edits; those where the words changed into each other are for it."""
        if stating.rule is None:
            return Verdict((), (), ())
        asked, shown = judged(stating.rule, self._edits), set(by_edit) & set(stating.shown)
        kept = tuple(id for id in asked.kept if id not in shown)
        return Verdict(
            tuple(sorted(shown)),
            kept,
            tuple(against | set(asked.against if self._replaced else ()) - shown),
        )


def _narrower(stating: Stated) -> Iterator[Stated]:
    """Return the rule for starts of sentences only, where it was always one."""
    rule = stating.rule
    if isinstance(rule, Avoid) and stating.first:
        yield Stated(rule.model_copy(update={"first": True}), stating.shown, little=stating.little)


def _without(changes: Sequence[Change], seen: Sequence[Seen]) -> Iterator[Change]:
    """Return what is left of changes once some of it is explained."""
    explained = {id(one.change): one for one in seen}
    for change in changes:
        if id(change) in explained:
            yield from explained[id(change)].rest()
        else:
            yield change


def cases(edits: Sequence[Edit]) -> Iterator[str]:
    """Return how people write a term whose capitals or hyphens they corrected often enough."""
    forms = Counter[str]()
    for edit in edits:
        forms.update({form for form in _recased(edit)})
    often = (form for form, count in forms.items() if count >= LEAST)
    yield from (form for form in often if form.lower() not in LITTLE)


def _recased(edit: Edit) -> Iterator[str]:
    """Return runs of words that only got other capitals within a sentence."""
    run: tuple[int, int] | None = None
    for was, now in compared(edit).same:
        if not _other_case(was, now):
            continue
        if run and now.start - run[1] <= 1:
            run = (run[0], now.end)
            continue
        if run:
            yield edit.after[slice(*run)]
        run = (now.start, now.end)
    if run:
        yield edit.after[slice(*run)]


def _other_case(was: Token, now: Token) -> bool:
    """Say whether only capitals changed, and not because a sentence begins here now."""
    if was.text.lower() != now.text.lower() or (was.text.isupper() and len(was.text) > 1):
        return False
    begins = was.first or now.first
    return was.text[1:] != now.text[1:] if begins else was.text != now.text
