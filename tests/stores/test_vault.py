"""Originals are sealed, come back only where they belong, and nobody looks unseen."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.outgoing import packed, sent
from integrations.store.database import StoreError, open_database
from integrations.store.keyring import LEGACY
from integrations.store.missing import Missing
from integrations.store.places import Place
from integrations.store.restoring import UnknownPlaceholder
from integrations.store.sealing import MasterKey, new_key
from integrations.store.vault import Vault
from tests.privacy.safe import Safe, person

KIM = person(1)
NAME, EMAIL = KIM["<PERSON_1>"], KIM["<EMAIL_1>"]


@pytest.fixture
def safe(tmp_path: Path, place: Place) -> Iterator[Safe]:
    one = Safe(tmp_path, place=place)
    yield one
    one.engine.dispose()


@pytest.mark.anyio
async def test_no_original_is_on_disk(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    kept = safe.bytes()
    assert b"I am <PERSON_1>" in kept
    assert all(value.encode() not in kept for value in KIM.values())


@pytest.mark.anyio
@pytest.mark.parametrize(
    "written",
    ["<PERSON_1>", "<person_1>", "< PERSON_1 >", "&lt;PERSON_1&gt;", "<PERSON\\_1>", "<Person 1>",
     "<PERSON_01>", "<`PERSON_1`>"],
)  # fmt: skip
async def test_a_known_placeholder_comes_back_however_it_is_written(
    safe: Safe, written: str
) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    assert safe.vault.restore("c1", f"Dear **{written}**, hi") == f"Dear **{NAME}**, hi"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "text",
    ["Dear <PERSON_2>", "Dear <person_7>", "see <STREET_NAME_1>", "call PHONE_1", "Dear <PERSON_1",
     "[EMAIL_1]", "&lt;IBAN_1&gt;", "<PERSON_99999999>"],
)  # fmt: skip
async def test_an_invented_or_broken_placeholder_is_never_sent(safe: Safe, text: str) -> None:
    await safe.say("I am <PERSON_1>", KIM, answer=text)
    with pytest.raises(UnknownPlaceholder):
        safe.vault.restore("c1", text)
    parcels = await packed(safe.desk, safe.vault, "c1")
    assert [(one.text, bool(one.problem)) for one in parcels] == [("", True)]
    await sent(safe.desk, parcels)
    assert [row[5] for row in safe.rows()["outbox"]] == ["blocked"]


@pytest.mark.parametrize(
    "text", ["1 < 2 > 0", "<b>bold</b>", "you wrote (EMAIL_1)", "a <br 1> b", "ORDER 12", "x_1"]
)
def test_ordinary_text_stays(safe: Safe, text: str) -> None:
    assert safe.vault.restore("c1", text) == text


@pytest.mark.anyio
async def test_what_goes_out_is_restored_once(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    parcels = await packed(safe.desk, safe.vault, "c1")
    assert [one.text for one in parcels] == [f"Noted, {NAME}."]
    await sent(safe.desk, parcels)
    assert await packed(safe.desk, safe.vault, "c1") == []


@pytest.mark.anyio
async def test_another_conversation_gets_nothing(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    await safe.say("hello", {}, conversation="c2", answer="hi")
    with pytest.raises(UnknownPlaceholder):
        safe.vault.restore("c2", "Dear <PERSON_1>")


@pytest.mark.anyio
async def test_what_is_kept_is_not_kept_anew(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", {"<PERSON_1>": NAME})
    await safe.say("I am <PERSON_1>", {"<PERSON_1>": "somebody else"})
    assert safe.vault.restore("c1", "<PERSON_1>") == NAME


@pytest.mark.anyio
async def test_a_contact_has_one_key_in_all_conversations(safe: Safe) -> None:
    for number in range(6):
        await safe.say("I am <PERSON_1>", KIM, conversation=f"c{number}", contact="kim")
    assert [row[0] for row in safe.rows()["contacts"]] == ["kim"]


@pytest.mark.anyio
async def test_two_houses_make_one_key(safe: Safe, tmp_path: Path) -> None:
    other = Safe(tmp_path, safe.master, place=safe.place)
    other.turns = 100
    await asyncio.gather(
        *(
            one.say("I am <PERSON_1>", KIM, conversation=f"{one.turns}-{number}", contact="kim")
            for one in (safe, other)
            for number in range(8)
        )
    )
    assert len(safe.rows()["contacts"]) == 1
    for row in safe.rows()["conversations"]:
        assert other.vault.restore(row[0], "<PERSON_1>") == NAME
    other.engine.dispose()


@pytest.mark.anyio
async def test_a_contact_that_comes_later_takes_the_conversation(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", {"<PERSON_1>": NAME})
    await safe.say("mail <EMAIL_1>", {"<EMAIL_1>": EMAIL}, contact="kim")
    assert safe.vault.restore("c1", "<PERSON_1> <EMAIL_1>") == f"{NAME} {EMAIL}"
    assert [row[1] for row in safe.rows()["conversations"]] == ["kim"]


@pytest.mark.anyio
async def test_a_row_that_was_moved_does_not_open(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    await safe.say("I am <PERSON_1>", person(2), conversation="c2")
    with safe.engine.begin() as db:
        db.exec_driver_sql(
            "UPDATE vault SET ciphertext = (SELECT ciphertext FROM vault AS other WHERE "
            "other.conversation = 'c2' AND other.token = vault.token) WHERE conversation = 'c1'"
        )
    with pytest.raises(StoreError, match="does not open"):
        safe.vault.restore("c1", "<PERSON_1>")


@pytest.mark.anyio
async def test_a_look_is_written_down_without_the_value(safe: Safe) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    assert safe.vault.reveal("c1", "<EMAIL_1>", "ana", "a letter came back") == EMAIL
    assert [row[1:5] for row in safe.rows()["reveals"]] == [
        ("ana", "a letter came back", "c1", "<EMAIL_1>")
    ]
    assert EMAIL.encode() not in safe.bytes()


@pytest.mark.anyio
@pytest.mark.parametrize(("token", "by", "why"), [("<EMAIL_1>", " ", "x"), ("<EMAIL_1>", "x", "")])
async def test_nobody_looks_unseen(safe: Safe, token: str, by: str, why: str) -> None:
    await safe.say("I am <PERSON_1>", KIM)
    with pytest.raises(Missing, match="who looks"):
        safe.vault.reveal("c1", token, by, why)
    assert safe.rows()["reveals"] == []


def test_what_is_not_kept_is_not_shown(safe: Safe) -> None:
    with pytest.raises(Missing, match="keeps no <EMAIL_4>"):
        safe.vault.reveal("c1", "<EMAIL_4>", "ana", "a letter came back")


def test_a_wrong_key_refuses_and_changes_nothing(safe: Safe) -> None:
    before = safe.rows()
    with pytest.raises(StoreError, match="is not the one that locked"):
        Vault(safe.engine, MasterKey(new_key()), safe.now)
    assert safe.rows() == before


def test_the_old_key_of_digests_moves_into_the_vault(tmp_path: Path) -> None:
    old = bytes(range(32))
    (tmp_path / LEGACY).write_bytes(old)
    safe = Safe(tmp_path)
    assert safe.vault.secret == old
    assert not (tmp_path / LEGACY).exists()
    safe.engine.dispose()


def test_a_database_of_before_the_vault_is_carried_over(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite"
    _older(file)
    engine = open_database(file)
    with engine.connect() as db:
        assert db.exec_driver_sql("SELECT id, contact FROM conversations").all() == [("c1", "c1")]
        ideas = db.exec_driver_sql("SELECT key, conversation, text FROM ideas ORDER BY id").all()
        assert ideas == [("t1", "c1", "a dark mode"), ("t9", None, "an app")]
        assert db.exec_driver_sql("SELECT text FROM lines").all() == [("hello",)]
    engine.dispose()


def _older(file: Path) -> None:
    """Write a database as the release before left it."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0003")
    engine.dispose()
    old = sqlite3.connect(file)
    old.execute("INSERT INTO conversations VALUES ('c1','test','customer',1,1,'agent','','{}','')")
    old.execute("INSERT INTO turns VALUES ('t1','c1','message','reply',1.0,'{}','')")
    old.execute("INSERT INTO lines VALUES (1,'c1',1,'t1','customer','','hello','')")
    old.execute("INSERT INTO ideas VALUES (1,'t1','a dark mode',''), (2,'t9','an app','')")
    old.commit()
    old.close()
