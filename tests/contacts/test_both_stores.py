"""Links, codes and opt-outs on SQLite and on Postgres."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agents.deps import Conflict
from integrations.contacts import People
from integrations.erasing import VaultErasing
from integrations.store.contacts_schema import link_codes, links
from integrations.store.links import link, linked
from integrations.store.opt_outs import OptOuts
from integrations.store.places import Place
from integrations.store.standing import SqlContacts, settle
from integrations.store.vault_schema import vault
from tests.privacy.safe import Safe, person

pytestmark = pytest.mark.anyio


@pytest.fixture
async def safe(place: Place, tmp_path: Path) -> Safe:
    one = Safe(tmp_path / "safe", place=place)
    await one.say("I am <PERSON_1>", person(1), contact="kim-7")
    await one.say("I am <PERSON_1>", person(2), conversation="c2", contact="kim-elsewhere")
    return one


@pytest.fixture(autouse=True)
def closed(safe: Safe) -> Iterator[None]:
    yield
    safe.engine.dispose()


def asked(safe: Safe) -> str:
    """Ask for a code, and read it where only its conversation may."""
    People(safe.vault, "Brand").ask("kim-7", "kim-elsewhere", "Ana")
    with safe.engine.connect() as db:
        tokens = db.scalars(select(vault.c.token).where(vault.c.token.startswith("<CODE_")))
        token = max(tokens)
    return safe.vault.restore("c2", token)


async def test_a_code_is_used_once_whoever_else_tries_at_that_moment(safe: Safe) -> None:
    contacts, code = SqlContacts(safe.engine, safe.now, safe.vault.secret), asked(safe)
    first, second = await contacts.typed("kim-7", code), await contacts.typed("kim-7", code)
    assert first is not None
    assert second is not None
    with safe.engine.begin() as db:
        settle(db, "kim-7", first, safe.now())
    with pytest.raises(Conflict), safe.engine.begin() as db:
        settle(db, "kim-7", second, safe.now())
    with safe.engine.begin() as db:
        assert linked(db, "kim-elsewhere") == ["kim-elsewhere", "kim-7"]


async def test_two_tries_at_one_moment_are_not_counted_as_one(safe: Safe) -> None:
    contacts = SqlContacts(safe.engine, safe.now, safe.vault.secret)
    asked(safe)
    tries = [await contacts.typed("kim-7", code) for code in ("BBBB-BBBB", "CCCC-CCCC")]
    outcomes = []
    for one in tries:
        assert one is not None
        try:
            with safe.engine.begin() as db:
                settle(db, "kim-7", one, safe.now())
            outcomes.append("counted")
        except Conflict:
            outcomes.append("again")
    assert outcomes == ["counted", "again"]
    with safe.engine.begin() as db:
        assert db.execute(select(link_codes.c.tries)).scalar_one() == 1


async def test_a_link_stands_there_once(safe: Safe) -> None:
    with safe.engine.begin() as db:
        for _ in range(2):
            link(db, "kim-7", "kim-elsewhere", "code", "typed it", safe.now())
        [row] = db.execute(select(links)).all()
    with pytest.raises(IntegrityError), safe.engine.begin() as db:
        db.execute(links.insert().values({**row._mapping, "id": row.id + 1}))


async def test_opting_out_twice_is_once(safe: Safe) -> None:
    with safe.engine.begin() as db:
        OptOuts.add(db, "kim-7", "stop", safe.now())
        OptOuts.add(db, "kim-7", "stop", safe.now() + timedelta(days=1))
        assert OptOuts.since(db, "kim-7") == safe.now().isoformat()
        OptOuts.remove(db, "kim-7")
        assert not OptOuts.has(db, "kim-7")


async def test_erasing_leaves_nothing_of_it(safe: Safe) -> None:
    asked(safe)
    with safe.engine.begin() as db:
        link(db, "kim-7", "kim-elsewhere", "code", "typed it", safe.now())
        OptOuts.add(db, "kim-elsewhere", "stop", safe.now())
    report = VaultErasing(safe.vault, safe.folder).erase("kim-7", "Ana")
    assert (report["conversations"], report["found"]) == (2, 0)
    rows = safe.rows()
    assert [rows[name] for name in ("links", "link_codes", "opt_outs", "contacts")] == 4 * [[]]
