"""The voice of a brand: its page, and the rules that edits showed and people approved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from integrations.store.edits import Edits
from integrations.store.voice import KeptRule, VoiceRules
from knowledge.voice.learning.edits import Edit, Proposal
from knowledge.voice.learning.mining import mine
from knowledge.voice.rules.every import AnyRule
from knowledge.voice.rules.pictures import Emoji
from knowledge.voice.rules.wording import Say
from knowledge.voice.ruling import written
from knowledge.voice.text import Text
from knowledge.voice.voice import Place, Voice, load


@dataclass(frozen=True)
class Learning:
    """What edits show: rules to decide about, and rules that hold already."""

    edits: int
    proposals: list[Proposal]
    held: list[Proposal]


class SqlVoices:
    """The voices of one brand."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._rules, self._page = VoiceRules(engine, _never), load(folder)

    def of(self, network: str = "") -> Voice:
        """Return the voice for a network; none is the one that holds everywhere."""
        scopes = ("", "direct_message", "social_post", network)
        learned = (one for one in self._rules.learned() if not network or one.network in scopes)
        return self._page.taught(tuple(learned))


class Voicing:
    """What people do about the voice: look, learn, decide."""

    def __init__(self, engine: Engine, folder: Path, clock: Callable[[], datetime]) -> None:
        self.voices, self.rules = SqlVoices(engine, folder), VoiceRules(engine, clock)
        self._edits = Edits(engine)

    def learning(self) -> Learning:
        """Look what the approved edits show, and keep nothing."""
        edits = self._edits.all()
        found, voice = mine(edits), self.voices.of()
        held = [one for one in found if _holds(one, voice)]
        return Learning(len(edits), [one for one in found if one not in held], held)

    def learn(self) -> list[KeptRule]:
        """Look, and keep what is new for a person to decide."""
        return self.rules.propose(self.learning().proposals)

    def shown_by(self, rule: KeptRule, most: int) -> list[Edit]:
        """Return the newest edits that show a rule, as far as they are still kept."""
        return self._edits.all(rule.edits[-most:]) if rule.edits else []


def _holds(proposal: Proposal, voice: Voice) -> bool:
    """Say whether the page or an approved rule asks for it already."""
    rule, network = proposal.rule, proposal.network
    pages = [list(written(voice, place)) for place in _places(network)]
    if all(any(_covers(one, rule) for one in page) for page in pages):
        return True
    return any(one.rule == rule for one in voice.learned if one.network in ("", network))


def _places(network: str) -> tuple[Place, ...]:
    """Return where a rule for a network holds."""
    if network:
        return ("direct_message",) if network == "direct_message" else ("social_post",)
    return ("direct_message", "social_post")


def _covers(one: AnyRule, other: AnyRule) -> bool:
    """Say whether a rule asks for the same, whatever it excepts or would write instead."""
    if isinstance(one, Say) and isinstance(other, Say):
        spots = one.spots(Text(other.instead_of))
        return any(spot.instead == other.say for spot in spots)
    if isinstance(one, Emoji) and isinstance(other, Emoji):
        return one.most == other.most and not other.least
    return _asked(one) == _asked(other)


def _asked(rule: AnyRule) -> dict[str, Any]:
    return rule.model_dump(exclude={"allowed", "instead", "cut", "first"})


def _never() -> datetime:
    raise RuntimeError("voices are only read")
