"""Learn the rules of a voice from edits: what is plain first, then what is left unexplained."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from knowledge.voice.learning.edits import LEAST, Edit, Proposal
from knowledge.voice.learning.families import habits, sorts_of_words, ways
from knowledge.voice.learning.frames import farewells, greetings
from knowledge.voice.learning.judging import Verdict, judged
from knowledge.voice.learning.limits import additions, exchanges, limits
from knowledge.voice.learning.shaping import shapes
from knowledge.voice.learning.wording import Wording, cases
from knowledge.voice.rules.arranged import Lists
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.wording import Written
from knowledge.voice.suggest import applied
from knowledge.voice.text import Text

Found = tuple[AnyRule, Verdict]
FEW = 3  # edits of one network say little about it


def mine(edits: Sequence[Edit]) -> list[Proposal]:
    """Return the rules that enough edits show and none contradict, the best shown first."""
    everywhere = [_placed(rule, verdict, edits) for rule, verdict in _mined(edits)]
    proposals = [one for one in everywhere if one is not None]
    held = {(one.rule.topic, one.network) for one in proposals}
    for network in sorted({edit.network for edit in edits} - {""}):
        for rule, verdict in _mined([edit for edit in edits if edit.network == network]):
            if not held & {(rule.topic, ""), (rule.topic, network)}:
                proposals.append(Proposal(rule, network, verdict.supports, verdict.kept))
    return sorted(proposals, key=lambda one: (-one.support, one.network, one.rule.topic))


def _placed(rule: AnyRule, verdict: Verdict, edits: Sequence[Edit]) -> Proposal | None:
    """Say where a rule holds: everywhere, on the one network that shows it, or not in all."""
    networks = {edit.id: edit.network for edit in edits}
    shown = Counter(networks[id] for id in verdict.supports)
    kept = Counter(networks[id] for id in verdict.kept)
    against = Counter(networks[id] for id in verdict.against)
    if len(shown) == 1:
        network = next(iter(shown))
        here = tuple(id for id in verdict.kept if networks[id] == network)
        return Proposal(rule, network, verdict.supports, here)
    for network in (kept | against) - shown:
        if network and kept[network] + against[network] >= FEW:
            return None
    return Proposal(rule, "", verdict.supports, verdict.kept)


def _mined(edits: Sequence[Edit]) -> list[Found]:
    if len(edits) < LEAST:
        return []
    mining = _Mining(edits)
    mining.take(lambda left: [*greetings(left), *farewells(left)])
    mining.take(lambda _: [Lists(use="never")])
    mining.take(ways)
    mining.take(lambda left: [Written(form=form) for form in cases(left)])
    mining.keep(list(Wording(mining.left).found()))
    mining.take(sorts_of_words)
    mining.take(limits)
    mining.take(additions)
    mining.take(exchanges)
    mining.take(lambda _: habits())
    mining.take(shapes)
    return mining.found


class _Mining:
    """Edits that lose, rule by rule, what is explained."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.left, self.found = list(edits), list[Found]()

    def take(self, candidates: Callable[[Sequence[Edit]], Iterable[AnyRule]]) -> None:
        """Keep the candidates that hold, the best shown first; one for each topic."""
        judgements = [(rule, judged(rule, self.left)) for rule in candidates(self.left)]
        holding = [(rule, verdict) for rule, verdict in judgements if verdict.holds()]
        holding.sort(key=lambda one: (-len(one[1].supports), len(one[1].kept)))
        self.keep(holding)

    def keep(self, found: Sequence[Found]) -> None:
        """Keep rules, and take their part out of the edits that show them."""
        for rule, verdict in found:
            if rule.topic not in {one.topic for one, _ in self.found}:
                self.found.append((rule, verdict))
                shown = set(verdict.supports)
                self.left = [
                    explained(edit, rule) if edit.id in shown else edit for edit in self.left
                ]


def explained(edit: Edit, rule: AnyRule) -> Edit:
    """Return what is left of an edit once a rule has done its part."""
    if isinstance(rule, Lists):
        return edit.explained(edit.after)  # what becomes of a list is written anew
    left = edit.explained(applied(edit.before, [rule]))
    open_spots = [spot for spot in rule.spots(left.was) if spot.start < spot.end]
    for sentence in reversed(left.was.sentences):
        if any(sentence.start <= spot.start < sentence.end for spot in open_spots):
            twin = _twin(sentence.text, left.now)
            left = left.explained(
                left.before[: sentence.start] + twin + left.before[sentence.end :]
            )
    return left


def _twin(sentence: str, text: Text) -> str:
    """Return the sentence of a text that is most like one, if any is."""
    words = Counter(sentence.lower().split())
    near = [
        ((words & Counter(one.text.lower().split())).total(), one.text) for one in text.sentences
    ]
    shared, best = max(near, default=(0, sentence))
    return best if shared * 2 >= words.total() - 1 else sentence
