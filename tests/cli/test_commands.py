"""The commands as a person types them, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def quiethand(data: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QUIETHAND_DATA": str(data)}
    command = [sys.executable, "-m", "integrations.cli", *words]
    return subprocess.run(
        command, env=environment, input=stdin, capture_output=True, text=True, timeout=300
    )


def test_help_lists_the_commands(data: Path) -> None:
    done = quiethand(data, "--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("chat", "say", "drafts", "label", "doctor"))


def test_lines_of_one_conversation(data: Path) -> None:
    done = quiethand(
        data, "say", "-", "--json", stdin="how much is the Starter plan?\nand for teams?\n\n"
    )
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["conversation"] == second["conversation"]
    assert "€49" in first["text"]
    assert "€149" in second["text"]
    assert set(first) >= {
        "outcome", "text", "route", "intents", "signals", "evidence", "verdict", "reason", "team",
        "turn", "conversation", "timings",
    }  # fmt: skip
    explained = quiethand(data, "why", second["turn"])
    assert "plans-and-prices" in explained.stdout


def test_a_draft_is_decided_once(data: Path) -> None:
    say = quiethand(data, "say", "How much is the Team plan?", "--channel", "public", "--json")
    draft = str(json.loads(say.stdout)["draft"])
    assert draft in quiethand(data, "drafts").stdout
    assert quiethand(data, "drafts", "approve", draft, "--revision", "9").returncode == 2
    assert quiethand(data, "drafts", "approve", draft, "--by", "me").returncode == 0
    again = quiethand(data, "drafts", "reject", draft)
    assert (again.returncode, "Already approved by me" in again.stderr) == (2, True)


def test_a_handoff_and_back(data: Path) -> None:
    say = quiethand(data, "say", "I want to talk to a human being", "--json")
    turn = json.loads(say.stdout)
    assert turn["outcome"] == "handoff"
    assert turn["conversation"] in quiethand(data, "handoffs").stdout
    assert quiethand(data, "handoffs", "back", turn["conversation"]).returncode == 0
    assert quiethand(data, "handoffs", "back", turn["conversation"]).returncode == 2


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("say", "hi", "--brand", "nowhere"), "No brand 'nowhere'"),
        (("why", "t0"), "There is no turn 't0'"),
        (("drafts", "show", "999"), "There is no draft 999"),
        (("handoffs", "back", "nobody"), "There is no conversation 'nobody'"),
    ],
)
def test_a_mistake_is_one_line(data: Path, words: tuple[str, ...], complaint: str) -> None:
    done = quiethand(data, *words)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_setting_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETHAND_MODEL", "nonsense")
    done = quiethand(data, "say", "hi")
    assert (done.returncode, "QUIETHAND_MODEL" in done.stderr) == (2, True)


def test_the_doctor_finds_nothing_wrong(data: Path) -> None:
    done = quiethand(data, "doctor", "--json")
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert all(finding["ok"] for finding in findings)


ODD = [
    "   ",
    "😀",
    "???",
    "\u202e\u200b",
    "مرحبا كيف حالك اليوم",
    "x" * 100_000,
    "a\x00b",
    "`rm -rf`",
]


def test_odd_texts_have_an_outcome_each(data: Path) -> None:
    done = quiethand(data, "say", "-", "--json", stdin="\n".join([*ODD, ""]))
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    assert len(outcomes) == len(ODD)
    assert set(outcomes) <= {"reply", "approval", "handoff", "silence"}


def test_bytes_that_are_no_text_have_an_outcome(data: Path) -> None:
    command = [sys.executable, "-m", "integrations.cli", "say", "-", "--json"]
    environment = {**os.environ, "QUIETHAND_DATA": str(data)}
    done = subprocess.run(
        command, env=environment, input=b"\xff\xfe\x00\x01\n", capture_output=True, timeout=300
    )
    assert json.loads(done.stdout)["outcome"] in ("reply", "handoff")
