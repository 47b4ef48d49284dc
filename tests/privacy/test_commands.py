"""The commands about personal data as a person types them, on a database that has some."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from integrations.cli.say import words
from integrations.outgoing import packed
from integrations.store.sealing import written
from tests.privacy.safe import Safe, person, quiethand

KIM, LEE = person(1), person(2)
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
async def run(tmp_path: Path) -> Run:
    safe = Safe(tmp_path, name="connectsphere.sqlite")
    await safe.say("I am <PERSON_1> at <EMAIL_1>", KIM, contact="kim-7")
    await safe.say("I am <PERSON_1>", LEE, conversation="c2", contact="lee-8")
    safe.engine.dispose()
    key = written(safe.master.secret)
    return lambda *words: quiethand(tmp_path, *words, QUIETHAND_MASTER_KEY=key)


@pytest.mark.anyio
async def test_a_person_is_erased_and_it_shows(run: Run) -> None:
    asked = run("erase", "kim-7")  # nobody answers
    assert (asked.returncode, "Of kim-7 there is: " in asked.stderr) == (1, True)
    dry = json.loads(run("erase", "c1", "--dry-run", "--json").stdout)
    assert (dry["contact"], dry["would_erase"]["vault"]) == ("kim-7", 3)
    done = run("erase", "kim-7", "--yes", "--by", "ana", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["erased"], said["searched"], said["found"]) == (dry["would_erase"], 3, 0)
    again = run("erase", "kim-7", "--yes")
    assert (again.returncode, "There is no contact 'kim-7'" in again.stderr) == (2, True)
    assert run("reveal", "c2", "<EMAIL_1>", "--by", "ana", "--why", "it bounced").returncode == 0


@pytest.mark.anyio
async def test_what_stays_somewhere_fails_the_erasure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.log").write_text(KIM["<PHONE_1>"])
    done = run("erase", "kim-7", "--yes", "--json")
    assert (done.returncode, json.loads(done.stdout)["found"]) == (1, 1)
    assert json.loads(done.stdout)["places"] == ["<PHONE_1> in old.log"]


@pytest.mark.anyio
async def test_one_original_is_shown_to_who_gives_a_reason(run: Run) -> None:
    assert run("reveal", "c1", "EMAIL_1").returncode == 2
    assert run("reveal", "c1", "EMAIL_1", "--by", "ana", "--why", "").returncode == 2
    shown = run("reveal", "c1", "EMAIL_1", "--by", "ana", "--why", "it bounced")
    assert shown.stdout.strip() == KIM["<EMAIL_1>"]


@pytest.mark.anyio
async def test_a_reason_is_kept_without_what_it_quotes(run: Run, tmp_path: Path) -> None:
    run("reveal", "c1", "EMAIL_1", "--by", "ana", "--why", "bo@example.org wrote it bounced")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.sqlite*"))
    assert b"wrote it bounced" in kept
    assert b"bo@example.org" not in kept


@pytest.mark.anyio
async def test_an_export_is_for_one_pair_of_eyes(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "kim.json"
    done = run("export", "kim-7", "--out", str(out))
    assert (done.returncode, KIM["<EMAIL_1>"] in done.stdout) == (0, False), done.stderr
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert KIM["<EMAIL_1>"] in out.read_text()
    assert run("export", "kim-7", "--out", str(out)).returncode == 2  # never over another file
    nobody = run("export", "nobody", "--out", str(tmp_path / "nobody.json"))
    assert (nobody.returncode, (tmp_path / "nobody.json").exists()) == (2, False)


@pytest.mark.anyio
async def test_a_list_of_erasures_comes_back(run: Run, tmp_path: Path) -> None:
    run("erase", "kim-7", "--yes")
    (tmp_path / "list").write_text(run("erase", "--list").stdout)
    done = run("erase", "--replay", str(tmp_path / "list"))
    assert (done.returncode, "Nobody on this list" in done.stdout) == (0, True)
    (tmp_path / "list").write_text("{}")
    assert run("erase", "--replay", str(tmp_path / "list")).returncode == 0
    (tmp_path / "list").write_text("nonsense")
    assert run("erase", "--replay", str(tmp_path / "list")).returncode == 2


@pytest.mark.anyio
async def test_the_terminal_shows_what_the_customer_gets(tmp_path: Path) -> None:
    safe = Safe(tmp_path)
    turn = await safe.say("I am <PERSON_1>", KIM)
    shown = words(turn, await packed(safe.desk, safe.vault, "c1"))
    assert shown.startswith(f"Noted, {KIM['<PERSON_1>']}.")
    turn = await safe.say("hm", {}, conversation="c3", answer="Dear <PERSON_9>")
    shown = words(turn, await packed(safe.desk, safe.vault, "c3"))
    assert "a person must look" in shown
    assert "Dear" not in shown
    safe.engine.dispose()
