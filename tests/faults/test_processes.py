"""Several processes at one database: one holds it, many open it, an old one is made new."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from integrations.app import make_app
from integrations.service.numbers import Numbers
from integrations.service.service import Service
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio
GOOD = {"x-signature": "good", "content-type": "application/json"}
HOLD = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
db.execute("ROLLBACK")
db.close()
"""
OPEN = """
import sys
from contextlib import closing
from pathlib import Path
from sqlalchemy import text
from integrations.store.database import open_database
sys.stdin.readline()
engine = open_database(Path(sys.argv[1]))
with engine.begin() as db:
    print(db.execute(text("SELECT version_num FROM alembic_version")).scalar(), flush=True)
engine.dispose()
"""
OLD = "0006"
TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name != 'alembic_version'"


@pytest.mark.parametrize("seconds", [1.0, pytest.param(8.0, marks=pytest.mark.slow)])
async def test_a_database_that_another_process_holds_loses_nothing(
    stand: Stand, seconds: float
) -> None:
    holds = [sys.executable, "-c", HOLD, str(stand.desk.file), str(seconds)]
    app = make_app(stand.intake, Service([]), Numbers(stand.engine, stand.desk.now), lambda: "")
    transport = httpx.ASGITransport(app)
    with subprocess.Popen(holds, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert await asyncio.to_thread(other.stdout.readline) == "held\n"
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as web:
            raws = [json.dumps({"id": f"e{n}", "text": "what does it cost?"}) for n in range(20)]
            posts = [web.post("/channels/post/shop", content=raw, headers=GOOD) for raw in raws]
            waiting = [asyncio.create_task(post) for post in posts]
            assert (await web.get("/healthz")).status_code == 200  # while they wait
            answers = await asyncio.gather(*waiting)
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {200, 503}
    assert stand.states("inbox") == ["ready"] * statuses.count(200)
    assert statuses.count(200) > 0


def opened_by(file: Path, processes: int) -> list[str]:
    """Open a database in several processes at the same moment; return what each found."""
    opens = [sys.executable, "-c", OPEN, str(file)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(opens, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for _ in range(processes)
    ]
    said = []
    for one in running:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in running:
        found, trouble = one.communicate(timeout=100)
        said.append(found.strip() or trouble[-300:])
    return said


def test_a_new_database_that_many_open_at_once_is_made_once(tmp_path: Path) -> None:
    found = opened_by(tmp_path / "records.sqlite", 3)
    assert len(set(found)) == 1, found
    assert found[0].isdigit()


def go_back(stand: Stand) -> None:
    """Turn a database into the one that the release before had, with the same rows."""
    old = stand.desk.file.with_name("old.sqlite")
    engine = create_engine(f"sqlite:///{old}", execution_options={"place": old})
    config = Config()
    config.set_main_option("script_location", "integrations.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
    engine.dispose()
    stand.engine.dispose()
    stand.desk.records._engine.dispose()
    with closing(sqlite3.connect(old)) as db:
        db.execute("ATTACH ? AS new", (str(stand.desk.file),))
        for (name,) in db.execute(TABLES).fetchall():
            mine, theirs = (columns(db, schema, name) for schema in ("main", "new"))
            same = ", ".join(f'"{one}"' for one in mine if one in theirs)
            db.execute(f"INSERT INTO main.{name} ({same}) SELECT {same} FROM new.{name}")
        db.commit()
    old.replace(stand.desk.file)


def columns(db: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA {schema}.table_info({table})")]


async def test_an_old_database_with_waiting_rows_is_made_new_by_many_at_once(
    stand: Stand,
) -> None:
    await stand.take(arrival("e1"), arrival("e2", conversation="c2", contact="lee"))
    go_back(stand)
    found = opened_by(stand.desk.file, 3)
    assert len(set(found)) == 1, found
    assert found[0] > OLD
    stand.desk.wait(seconds=3)
    await stand.work()
    assert (stand.states("inbox"), len(stand.channel.sent)) == (["done", "done"], 2)
