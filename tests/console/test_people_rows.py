"""People and sessions as rows, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select

from integrations.store.audit import Audit
from integrations.store.database import open_database
from integrations.store.people import People, PeopleError
from integrations.store.people_schema import sessions, sign_in_links
from integrations.store.places import Place
from integrations.store.sessions import Sessions
from tests.conftest import Clock


@pytest.fixture
def engine(place: Place) -> Iterator[Engine]:
    opened = open_database(place)
    yield opened
    opened.dispose()


@pytest.fixture
def people(engine: Engine, clock: Clock) -> People:
    return People(engine, clock)


def test_a_link_that_many_follow_at_once_lets_one_in(
    engine: Engine, people: People, clock: Clock
) -> None:
    link = Sessions(engine, clock).link(people.add("kim", "viewer", by="ada").id, by="ada")
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(Sessions(engine, clock).follow, [link] * 8))
    assert len([secret for secret in done if secret]) == 1
    assert Audit(engine).verify() is None


def test_of_two_admins_who_disable_each_other_one_stays(engine: Engine, people: People) -> None:
    names = ["ada", "bo"]
    for name in names:
        people.add(name, "admin", by="ada")

    def disable(name: str) -> bool:
        try:
            people.disable(name, by="them")
        except PeopleError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(disable, names))
    assert sorted(done) == [False, True]


def test_no_secret_is_kept(engine: Engine, people: People, clock: Clock) -> None:
    user = people.add("kim", "viewer", by="ada")
    link, secret = Sessions(engine, clock).link(user.id, "ada"), Sessions(engine, clock)
    session = secret.begin(user.id, "link")
    with engine.connect() as db:
        rows: list[Any] = [*db.execute(select(sign_in_links)), *db.execute(select(sessions))]
    kept = " ".join(str(value) for row in rows for value in row)
    assert link not in kept
    assert session not in kept


def test_what_is_over_is_swept(engine: Engine, people: People, clock: Clock) -> None:
    user, door = people.add("kim", "viewer", by="ada"), Sessions(engine, clock)
    door.link(user.id, "ada")
    door.begin(user.id, "link")
    clock.wait(days=8)
    door.link(user.id, "ada")
    door.begin(user.id, "link")
    with engine.connect() as db:
        assert len(db.execute(select(sign_in_links)).all()) == 1
        assert len(db.execute(select(sessions)).all()) == 1
