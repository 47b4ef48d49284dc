"""How edits speak about a rule: for it, past it, or against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.voice.learning.edits import LEAST, Edit
from knowledge.voice.rules.arranged import Asks, Lists, Paragraphs, Titles, paragraphs
from knowledge.voice.rules.formats import Format
from knowledge.voice.rules.frame import Contains, Greeting, SignOff
from knowledge.voice.rules.leaning import Speech
from knowledge.voice.rules.marks import Marks
from knowledge.voice.rules.person import Person
from knowledge.voice.rules.pictures import Emoji, Hashtags, HashtagStyle
from knowledge.voice.rules.rule import Rule, Spot
from knowledge.voice.rules.shape import SentenceWords
from knowledge.voice.rules.shortened import Contractions
from knowledge.voice.rules.spelling import Spelling

FOLLOWED = 1 / 3  # of the edits that could have shown a rule must have
WAY = 1 / 5  # where the rule is about a way of writing, and the other way stands there now
OUTWEIGHS = 8  # edits for a rule excuse one against it
_WAYS = (Contractions, Format, Person, Speech, Spelling)
PASSIVE = Marks(mark="passive")
Rearranging = Paragraphs | SentenceWords | Titles | HashtagStyle
Speaks = Literal["for", "past", "against", ""]


@dataclass(frozen=True)
class Verdict:
    """Which edits are for a rule, which left it aside, and which did the contrary."""

    supports: tuple[int, ...]
    kept: tuple[int, ...]
    against: tuple[int, ...]
    followed: float = FOLLOWED

    def holds(self, least: int = LEAST, followed: float = 0.0) -> bool:
        """Say whether the rule may be proposed."""
        followed = followed or self.followed
        count = len(self.supports)
        if count < least or len(self.against) * OUTWEIGHS > count:
            return False
        return count >= followed * (count + len(self.kept))


def judged(rule: Rule, edits: Sequence[Edit]) -> Verdict:
    """Ask every edit about a rule."""
    said = [(edit.id, speaks(rule, edit)) for edit in edits]
    kept = () if only_adds(rule) else tuple(id for id, says in said if says == "past")
    return Verdict(
        tuple(id for id, says in said if says == "for"),
        kept,
        tuple(id for id, says in said if says == "against"),
        WAY if isinstance(rule, _WAYS) or rule == PASSIVE else FOLLOWED,
    )


def speaks(rule: Rule, edit: Edit) -> Speaks:
    """Say what one edit says about a rule."""
    before, after = rule.spots(edit.was), rule.spots(edit.now)
    if len(after) > len(before):
        return "" if before or not _undone(rule, edit) else "against"
    if not before:
        return ""
    if len(after) == len(before):
        return "past"
    return "for" if _shown(rule, before, edit, partly=bool(after)) else ""


def only_adds(rule: Rule) -> bool:
    """Say whether a rule asks for something that most texts simply do not have."""
    if isinstance(rule, Greeting | SignOff):
        return rule.needed
    if isinstance(rule, Emoji | Hashtags | Marks):
        return rule.least > 0
    if isinstance(rule, Asks | Lists):
        return rule.use == "always"
    if isinstance(rule, Format):
        return rule.of == "the last line"
    return isinstance(rule, Contains | Paragraphs)


def _shown(rule: Rule, spots: list[Spot], edit: Edit, partly: bool) -> bool:
    """Say whether the other way of writing stands there now, not just less text."""
    if isinstance(rule, Format):
        return rule.ways(edit.now) > rule.ways(edit.was)
    if isinstance(rule, Rearranging):
        return not partly and _rearranged(rule, edit)
    others = {one.instead for one in spots if one.instead and one.start != one.end}
    if not others or isinstance(rule, Marks | Greeting):
        return not partly or (rule == PASSIVE and _as_many(edit))
    return any(_more(one, edit.before, edit.after) for one in others)


def _rearranged(rule: Rearranging, edit: Edit) -> bool:
    """Say whether the words were put in another way, not just left out."""
    if isinstance(rule, HashtagStyle):
        was, now = ({one.text.lower() for one in text.hashtags} for text in (edit.was, edit.now))
        return bool(was & now)
    if isinstance(rule, Titles):
        old, new = (text.lines[0].text for text in (edit.was, edit.now))
        return old != new and old.lower() == new.lower()
    if isinstance(rule, Paragraphs):
        return len(paragraphs(edit.after)) > len(paragraphs(edit.before))
    return len(edit.now.sentences) >= len(edit.was.sentences)


def _undone(rule: Rule, edit: Edit) -> bool:
    """Say whether what a rule asks for was taken back, not just more was written."""
    if isinstance(rule, Paragraphs):
        return len(paragraphs(edit.after)) < len(paragraphs(edit.before))
    if isinstance(rule, SentenceWords):
        return len(edit.now.sentences) < len(edit.was.sentences)
    return True


def _as_many(edit: Edit) -> bool:
    return len(edit.now.sentences) == len(edit.was.sentences)


def _more(words: str, before: str, after: str) -> bool:
    """Say whether words stand more often in a text, with these capitals or with any."""
    plain, was, now = _even(words), _even(before), _even(after)
    exact = now.count(plain) > was.count(plain)
    return exact or now.lower().count(plain.lower()) > was.lower().count(plain.lower())


def _even(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def numbered(edits: Sequence[Edit], ids: Sequence[int]) -> list[Edit]:
    """Return the edits with these numbers."""
    wanted = set(ids)
    return [edit for edit in edits if edit.id in wanted]
