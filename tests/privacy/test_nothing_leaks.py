"""Values planted through every face are in the vault and nowhere else; and the search for them."""

import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from agents.redaction.kinds import Find
from agents.redaction.redact import Redactor
from evals.invented import SURE, Inventor, Plant
from evals.leaks import public, shown
from evals.planting import FACES, Planted, Planter
from evals.play import shared_reader
from evals.proving import ITS_LINE, Proof, prove, search
from evals.tracks import Searcher, Track, left
from integrations.library import open_library
from integrations.settings import Settings
from integrations.wiring import wire
from knowledge.documents.library import Library
from knowledge.language.reader import Reader

ALL = [*SURE, *SURE]  # so that every face has its turn


@pytest.fixture(scope="session")
def settings(data: Path) -> Settings:
    return Settings(data=Path(os.environ.get("QUIETHAND_DATA") or data))


@pytest.fixture(scope="session")
def reader(settings: Settings) -> Reader:
    return shared_reader(settings)


@pytest.fixture(scope="session")
def library(settings: Settings, reader: Reader) -> Library:
    return open_library(settings, encoder=reader.encoder)


@pytest.fixture(scope="module")
def proof(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings, reader: Reader, library: Library
) -> Proof:
    plants = Inventor(7).plants(len(ALL), ALL)
    return prove(tmp_path_factory.mktemp("planted"), plants, settings, reader, library)


def test_nothing_that_a_pattern_knows_is_found_outside_the_vault(proof: Proof) -> None:
    assert [(one.place, proof.planted[one.planted].plant.kind) for one in proof.tracks] == []
    assert {one.face for one in proof.planted} == set(FACES)


def test_everything_was_searched(proof: Proof) -> None:
    lists = {"printed turns", "lists", "exceptions", "reports", "model prompts"}
    files = {"debug.log", "connectsphere.sqlite", "articles", "requests"}
    assert lists | files <= set(proof.searched)


def test_the_vault_gives_every_original_back(proof: Proof) -> None:
    assert [one.said for one in proof.planted if one.restored is not True] == []
    assert proof.held >= len([one for one in proof.planted if one.face != "erasure"])


@pytest.mark.slow
def test_a_thousand_messages_leave_nothing(
    tmp_path: Path, settings: Settings, reader: Reader, library: Library
) -> None:
    many = Inventor(8).plants(1000, list(SURE))
    assert prove(tmp_path, many, settings, reader, library).tracks == []


PLACES = ("connectsphere.sqlite-wal", "printed turns")


class Blind:
    """A finder that finds nothing."""

    def find(self, text: str, known: Iterable[str] = ()) -> list[Find]:
        return []


@pytest.mark.anyio
async def test_a_house_that_finds_nothing_is_caught(
    tmp_path: Path, settings: Settings, reader: Reader, library: Library
) -> None:
    own = settings.model_copy(update={"data": tmp_path})
    house = wire(own, reader=reader, library=library)
    deps = replace(house.agent.deps, redactor=Redactor(Blind(), b"key"))
    blind = replace(house, agent=replace(house.agent, deps=deps))
    planter = Planter(blind, blind.agent)
    kinds = ["e-mail", "phone in words", "card", "name"]
    for number, plant in enumerate(Inventor(9).plants(4, kinds)):
        await planter.plant(plant, "customer")
        asked = f"What does the Team plan cost? Please cancel the plan of {plant.value} for me."
        await planter.say(asked, f"part {number}")
    found = list(search(tmp_path, planter))
    house.close()
    places = {place: {one.planted for one in found if one.place == place} for place in PLACES}
    assert places["connectsphere.sqlite-wal"] == {0, 1, 2, 3}
    assert places["printed turns"]  # only the part of a message that says a wish is printed


def planted(kind: str) -> Planted:
    return Planted(Inventor(10).plant(kind), "customer")


def written(plant: Plant) -> list[str]:
    value = plant.value
    number = "".join(one for one in plant.plain if one.isdigit())
    return [value, value.upper(), json.dumps(value), json.dumps(json.dumps(value)), number or value]


@pytest.mark.parametrize("way", range(5))
@pytest.mark.parametrize("kind", ["e-mail", "card over lines", "e-mail in Cyrillic", "iban"])
def test_a_value_in_a_log_is_found(tmp_path: Path, kind: str, way: int) -> None:
    one = planted(kind)
    line = f"{'x' * 5000} turn failed: {written(one.plant)[way]}, 5 ms\n"
    (tmp_path / "some.log").write_text(line, encoding="utf-8")
    assert Track(0, "some.log", False) in Searcher([one]).files(tmp_path)


def test_a_value_in_a_table_is_found(tmp_path: Path) -> None:
    one = planted("phone")
    with sqlite3.connect(tmp_path / "some.sqlite") as db:
        db.execute("create table notes (text)")
        db.execute("insert into notes values (?)", [f"{'x' * 4050}{one.plant.value}{'x' * 9000}"])
    db.close()
    assert Track(0, "some.sqlite", False) in Searcher([one]).files(tmp_path)


def test_half_a_name_is_found() -> None:
    one = planted("name")
    assert list(Searcher([one]).texts("prompts", [f"dear {one.plant.parts[1]}"])) == [
        Track(0, "prompts", True)
    ]


@pytest.mark.parametrize(
    ("kept", "rest"), [("card <PHONE_1> 4242", True), ("card <CARD_1>", False)]
)
def test_what_is_left_of_a_number_in_its_line_is_found(kept: str, rest: bool) -> None:
    plant = Plant("card", "4242 4242 4242 4242", "card {}", "4242 4242 4242 4242")
    assert left(Planted(plant, "customer", said="card 4242 4242 4242 4242", kept=kept)) is rest


def test_other_values_are_not_found() -> None:
    inventor = Inventor(11)
    said, others = inventor.plants(40), [inventor.plant("card") for _ in range(40)]
    searcher = Searcher([Planted(one, "customer") for one in others])
    assert list(searcher.texts("prompts", [one.text for one in said])) == []


def test_the_report_prints_no_value() -> None:
    one = planted("iban")
    row = public(Proof([one], [Track(0, ITS_LINE, True)], 0, []))
    assert row["found"] == 1
    assert one.plant.value not in shown(row)
    assert one.plant.value in shown(
        public(Proof([one], [Track(0, "x", False)], 0, []), verbose=True)
    )
