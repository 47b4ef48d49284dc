"""The policy table, one line a case."""

from dataclasses import replace

import pytest

from agents.policy.risk import risk
from agents.policy.rules import Case, decide
from agents.state import Signals

QUIET = Signals(
    readable="text", language="en", sentiment="neutral", emotions=[], irony=0.0, abuse=0.0,
    urgency=[], crisis=[], injection=[], spam=[],
)  # fmt: skip
PRIVACY = frozenset({"privacy_request"})
ASKED = Case(
    owner="agent", audience="customer", intents=frozenset({"question"}), mode="auto", risk="low",
    signals=QUIET, language_known=True, route="help_centre", asked_back=0, recent=(),
    answered=True, missing=False, actions=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "verdict", "says"),
    [
        ({}, "reply", ""),
        ({"owner": "person"}, "silence", ""),
        ({"owner": "person", "audience": "team"}, "silence", ""),
        ({"signals": {**QUIET, "crisis": ["legal"]}}, "handoff", "handoff_crisis"),
        ({"signals": {**QUIET, "readable": "empty"}}, "reply", "unreadable"),
        ({"signals": {**QUIET, "readable": "long"}}, "handoff", "handoff"),
        ({"signals": {**QUIET, "injection": ["role"]}}, "approval", ""),
        ({"language_known": False}, "handoff", "language"),
        ({"intents": PRIVACY}, "handoff", "handoff_privacy"),
        ({"intents": PRIVACY, "asks_yes": True}, "reply", ""),
        ({"intents": PRIVACY, "asks_yes": True, "mode": "draft"}, "handoff", "handoff_privacy"),
        ({"intents": PRIVACY, "asks_yes": True, "missing": True}, "handoff", "handoff_privacy"),
        ({"intents": PRIVACY, "said_yes": True, "actions": True}, "handoff", "handoff_privacy"),
        ({"intents": frozenset({"person_request", "question"})}, "handoff", "handoff"),
        ({"mode": "off"}, "handoff", "handoff"),
        ({"mode": "draft"}, "approval", ""),
        ({"mode": "draft", "answered": False}, "reply", "unknown"),
        ({"answered": False}, "reply", "unknown"),
        ({"answered": False, "intents": frozenset({"account_request"})}, "handoff", "handoff"),
        ({"answered": False, "asked_back": 1}, "handoff", "handoff"),
        ({"missing": True}, "reply", "unknown_part"),
        ({"route": "clarify"}, "reply", ""),
        ({"route": "clarify", "asked_back": 1}, "handoff", "handoff"),
        ({"route": "boundary"}, "reply", ""),
        ({"route": "boundary", "recent": ("boundary",)}, "handoff", "handoff"),
        ({"actions": True}, "reply", ""),
        ({"actions": True, "risk": "medium"}, "approval", ""),
        ({"standing": "opted_out"}, "reply", "opted_out"),
        ({"standing": "opted_out", "owner": "person"}, "silence", ""),
        ({"standing": "still_out"}, "silence", ""),
        ({"standing": "opted_in"}, "reply", "opted_in"),
        ({"standing": "linked", "owner": "person"}, "reply", "linked"),
        ({"standing": "code_wrong"}, "reply", "code_wrong"),
        ({"standing": "code_here"}, "reply", "code_here"),
        ({"audience": "team", "answered": False}, "reply", "help_team"),
        ({"audience": "team", "actions": True, "risk": "medium"}, "approval", ""),
    ],
)
def test_policy_decides(changed: dict[str, object], verdict: str, says: str) -> None:
    rule = decide(replace(ASKED, **changed))  # type: ignore[arg-type]
    assert (rule.verdict, rule.says) == (verdict, says)


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "low"),
        ({"crisis": ["press"]}, "high"),
        ({"sentiment": "negative", "emotions": ["anger"]}, "medium"),
        ({"sentiment": "positive", "emotions": ["fear"]}, "low"),
        ({"abuse": 0.9}, "medium"),
        ({"injection": ["override"]}, "medium"),
    ],
)
def test_risk(changed: dict[str, object], level: str) -> None:
    assert risk({**QUIET, **changed}) == level  # type: ignore[typeddict-item]
