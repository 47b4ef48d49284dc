"""Privacy requests as a person types them: an erasure is asked about before it is done."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from integrations.store.requests import SqlRequests
from integrations.store.sealing import written
from tests.privacy.safe import Safe, person, quiethand

pytestmark = pytest.mark.anyio
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
async def run(tmp_path: Path) -> Run:
    safe = Safe(tmp_path, name="connectsphere.sqlite")
    await safe.say("I am <PERSON_1> at <EMAIL_1>", person(1), contact="kim-7")
    await SqlRequests(safe.engine, safe.now).ask("erase", "c1", "turn1")
    safe.engine.dispose()
    key = written(safe.master.secret)
    return lambda *words: quiethand(tmp_path, *words, QUIETHAND_MASTER_KEY=key)


async def test_an_erasure_is_approved_after_a_question(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("requests", "--json").stdout)["contact"] == "kim-7"
    assert "1 erase of kim-7 in c1" in run("requests").stdout
    asked = run("requests", "approve", "1")  # nobody answers
    assert (asked.returncode, "Of kim-7 there is: " in asked.stderr) == (1, True)
    dry = json.loads(run("requests", "approve", "1", "--dry-run", "--json").stdout)
    assert (dry["contact"], dry["would_erase"]["conversations"]) == ("kim-7", 1)
    done = run("requests", "approve", "1", "--yes", "--by", "ana", "--json")
    assert json.loads(done.stdout)["report"]["conversations"] == 1, done.stderr
    assert run("requests").stdout == "No privacy request waits.\n"
    assert not (tmp_path / "articles").exists()  # the help centre was not read in


@pytest.mark.parametrize(
    "words",
    [
        ("requests", "approve", "1", "--yes"),
        ("requests", "reject", "1", "--why", "No."),
        ("erase", "kim-7", "--yes"),
    ],
)
async def test_who_decides_is_not_left_empty(run: Run, words: tuple[str, ...]) -> None:
    refused = run(*words, "--by", " ")
    assert (refused.returncode, "--by NAME" in refused.stderr) == (2, True)
    assert "1 erase of kim-7" in run("requests").stdout


@pytest.mark.parametrize("words", [("requests", "approve", "1"), ("erase", "kim-7")])
async def test_an_empty_name_is_no_default(run: Run, words: tuple[str, ...]) -> None:
    refused = run(*words, "--yes", "--by", "")
    assert (refused.returncode, "--by NAME" in refused.stderr) == (2, True)
