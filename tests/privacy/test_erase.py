"""Erasing takes everything of one person, nothing of another, and shows it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.store.erasure import about_to_erase, again, erase, erased
from integrations.store.missing import Missing
from integrations.store.places import Place
from integrations.store.restoring import UnknownPlaceholder
from tests.privacy.safe import Safe, person

KIM, LEE = person(1), person(2)
COUNTED = {
    "conversations": 2, "turns": 3, "lines": 6, "drafts": 1, "revisions": 1, "outbox": 3,
    "episodes": 2, "handoffs": 3, "gaps": 3, "tasks": 3, "ideas": 3, "vault": 6, "keys": 1,
}  # fmt: skip


@pytest.fixture
def safe(tmp_path: Path, place: Place) -> Iterator[Safe]:
    one = Safe(tmp_path, place=place)
    yield one
    one.engine.dispose()


async def _two_people(safe: Safe) -> None:
    await safe.say("I am <PERSON_1> at <EMAIL_1>", KIM, conversation="c1", contact="kim-7")
    await safe.say("it broke", {}, conversation="c1", contact="kim-7", answer="hm", draft=True)
    await safe.say("call <PHONE_1>", KIM, conversation="c2", contact="kim-7")
    await safe.say("I am <PERSON_1> at <EMAIL_1>", LEE, conversation="c3", contact="lee-8")
    safe.vault.reveal("c1", "<EMAIL_1>", "ana", "about kim")


@pytest.mark.anyio
async def test_all_of_one_person_goes(safe: Safe) -> None:
    await _two_people(safe)
    contact, counts = about_to_erase(safe.vault, "kim-7")
    assert (contact, {name: n for name, n in counts.items() if n}) == ("kim-7", COUNTED)
    done = erase(safe.vault, "kim-7", "ana", safe.folder)
    assert (done.counts, done.searched, done.found, done.compacted) == (counts, 3, [], True)
    left = safe.rows()
    for table, rows in left.items():
        assert not any("c1" in row or "c2" in row or "kim-7" in row for row in rows), table
    kept = safe.bytes()
    assert all(trace not in kept for trace in (b"kim-7", b"about kim", b"it broke"))
    assert left["erasures"][0][1] == safe.vault.digest("kim-7")
    assert left["erasures"][0][3] == counts


@pytest.mark.anyio
async def test_another_person_stays_whole(safe: Safe) -> None:
    await _two_people(safe)
    before = safe.rows()
    erase(safe.vault, "kim-7", "ana", safe.folder)
    assert safe.vault.restore("c3", "<PERSON_1>") == LEE["<PERSON_1>"]
    for table in ("lines", "turns", "vault", "ideas", "contacts"):
        assert [row for row in before[table] if row in safe.rows()[table]] == safe.rows()[table]
        assert safe.rows()[table]


@pytest.mark.anyio
async def test_who_looked_stays_without_saying_at_whom(safe: Safe) -> None:
    await _two_people(safe)
    erase(safe.vault, "kim-7", "ana", safe.folder)
    rows = [row[1:5] for row in safe.rows()["reveals"]]
    assert rows == [("ana", "", safe.vault.digest("kim-7"), "<EMAIL_1>")]


@pytest.mark.anyio
async def test_the_same_person_begins_anew(safe: Safe) -> None:
    await _two_people(safe)
    erase(safe.vault, "kim-7", "ana", safe.folder)
    with pytest.raises(UnknownPlaceholder):
        safe.vault.restore("c1", "<PERSON_1>")
    await safe.say("hello, <EMAIL_1>", {"<EMAIL_1>": "new@example.org"}, contact="kim-7")
    assert safe.vault.restore("c1", "<EMAIL_1>") == "new@example.org"
    with pytest.raises(UnknownPlaceholder):
        safe.vault.restore("c1", "<PERSON_1>")


@pytest.mark.anyio
@pytest.mark.parametrize("spelling", [str, str.upper, lambda value: f'"{value}"'])
async def test_a_value_that_got_past_the_door_is_found(safe: Safe, spelling: object) -> None:
    await _two_people(safe)
    assert callable(spelling)
    await safe.say(f"send {spelling(KIM['<EMAIL_1>'])}", {}, conversation="c3")
    (safe.folder / "quiethand.log").write_text(f"seen {spelling(KIM['<PHONE_1>'])}\n")
    done = erase(safe.vault, "c2", "ana", safe.folder)
    places = {(one.token, one.place) for one in done.found}
    assert places >= {("<EMAIL_1>", "lines"), ("<PHONE_1>", "quiethand.log")}
    assert (("<EMAIL_1>", "safe.sqlite") in places) == (safe.place == safe.file)
    assert all(value not in repr(done) for value in KIM.values())


@pytest.mark.anyio
async def test_an_accent_is_found_where_it_is_escaped(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", {"<PERSON_1>": "Zoë Żółw"}, contact="kim-7")
    (safe.folder / "quiethand.log").write_text('{"who": "zo\\u00eb \\u017c\\u00f3\\u0142w"}')
    done = erase(safe.vault, "kim-7", "ana", safe.folder)
    assert [one.place for one in done.found] == ["quiethand.log"]


@pytest.mark.anyio
@pytest.mark.parametrize(("text", "found"), [("ask Bo today", 1), ("Books for all", 0)])
async def test_a_short_value_is_found_as_a_word(safe: Safe, text: str, found: int) -> None:
    await safe.say("I am <PERSON_1>", {"<PERSON_1>": "Bo"}, contact="kim-7", answer="ok")
    await safe.say("hi", {}, conversation="c3", answer=text)
    done = erase(safe.vault, "kim-7", "ana", safe.folder)
    assert [one.place for one in done.found if one.place == "lines"] == ["lines"] * found
    assert bool(done.found) == bool(found)


@pytest.mark.anyio
async def test_what_is_published_is_named_and_no_failure(safe: Safe) -> None:
    await safe.say("I live in <LOCATION_1>", {"<LOCATION_1>": "Hamburg"}, contact="kim-7")
    with safe.engine.begin() as db:
        db.exec_driver_sql(
            "INSERT INTO documents VALUES ('d','','','','Offices','We are in hamburg.','',NULL,"
            "'customer','',NULL,NULL,'en')"
        )
    done = erase(safe.vault, "kim-7", "ana", safe.folder)
    assert (done.found, done.published) == ([], ["<LOCATION_1>"])


@pytest.mark.anyio
async def test_nobody_is_erased_by_mistake(safe: Safe) -> None:
    await _two_people(safe)
    before = safe.rows()
    with pytest.raises(Missing, match="no contact 'kim'"):
        erase(safe.vault, "kim", "ana", safe.folder)
    assert safe.rows() == before


@pytest.mark.anyio
async def test_after_a_backup_the_list_erases_again(tmp_path: Path) -> None:
    safe = Safe(tmp_path)
    await _two_people(safe)
    copy = sqlite3.connect(safe.file)
    copy.execute("VACUUM INTO ?", (str(safe.folder / "b"),))
    copy.close()
    safe.wait(hours=1)
    erase(safe.vault, "kim-7", "ana", safe.folder)
    recorded = erased(safe.engine)
    safe.engine.dispose()
    (safe.folder / "b").rename(safe.file)
    back = Safe(safe.folder, safe.master)
    assert [one.contact for one in again(back.vault, recorded, "ana", back.folder)] == ["kim-7"]
    back.wait(hours=2)
    await back.say("hello", {}, conversation="c1", contact="kim-7", answer="hi")
    assert again(back.vault, recorded, "ana", back.folder) == []
    back.engine.dispose()
