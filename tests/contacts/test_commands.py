"""Who is whom, from the terminal."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from integrations.store.links import link
from integrations.store.sealing import written
from tests.privacy.safe import Safe, person, quiethand

KIM, LEE = person(1), person(2)
Run = Callable[..., CompletedProcess[str]]
pytestmark = pytest.mark.anyio


@pytest.fixture
async def run(tmp_path: Path) -> Run:
    safe = Safe(tmp_path, name="connectsphere.sqlite")
    await safe.say("I am <PERSON_1>", KIM, contact="kim-7")
    await safe.say("I am <PERSON_1>", LEE, conversation="c2", contact="kim-elsewhere")
    await safe.say("hello", {}, conversation="c3", contact="lee-8")
    with safe.engine.begin() as db:
        link(db, "kim-7", "kim-elsewhere", "code", "typed the code", datetime.now(UTC))
    safe.engine.dispose()
    key = written(safe.master.secret)
    return lambda *words: quiethand(tmp_path, *words, QUIETHAND_MASTER_KEY=key)


async def test_a_person_is_shown_with_all_that_is_theirs(run: Run) -> None:
    done = run("contacts", "show", "c2", "--json")
    found = json.loads(done.stdout)
    assert [one["contact"] for one in found["contacts"]] == ["kim-elsewhere", "kim-7"]
    assert [one["origin"] for one in found["links"]] == ["code"]
    lines = run("contacts", "history", "kim-7", "--json").stdout.splitlines()
    assert {json.loads(line)["conversation"] for line in lines} == {"c1", "c2"}


async def test_a_code_goes_out_and_is_not_printed(run: Run) -> None:
    asked = ("contacts", "link", "lee-8", "kim-7", "--by", "ana", "--json")
    dry = json.loads(run(*asked, "--dry-run").stdout)
    done = json.loads(run(*asked).stdout)
    assert (dry["dry_run"], done["dry_run"]) == (True, False)
    assert (done["sent_to"], done["typed_in"]) == ("c1", "c3")
    lines = run("contacts", "history", "kim-7", "--json").stdout.splitlines()
    assert any("<CODE_1>" in json.loads(line)["text"] for line in lines)
    assert set(done) == {"sent_to", "typed_in", "minutes", "dry_run"}


async def test_a_link_is_undone_once(run: Run) -> None:
    undo = ("contacts", "unlink", "1", "--by", "ana")
    assert run(*undo, "--dry-run").stdout.startswith("Would undo: kim-7 and kim-elsewhere")
    assert run(*undo).stdout.startswith("Undone")
    again = run(*undo)
    assert (again.returncode, "Already undone by ana" in again.stderr) == (2, True)


async def test_erasing_shows_who_is_linked_and_takes_them_along(run: Run) -> None:
    dry = run("erase", "kim-7", "--dry-run", "--json").stdout.splitlines()
    assert [json.loads(line)["contact"] for line in dry] == ["kim-7", "kim-elsewhere"]
    done = run("erase", "kim-7", "--yes", "--json")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr
    gone = run("contacts", "show", "kim-elsewhere")
    assert (gone.returncode, gone.stdout) == (2, "")
    assert "There is no contact 'kim-elsewhere'" in gone.stderr
