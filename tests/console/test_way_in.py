"""The first admin, and the commands about users and the audit log."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import delete

from integrations.cli.first import own_name, way_in
from integrations.store.people_schema import sessions, sign_in_links, users
from tests.cli.test_commands import quiethand
from tests.console.desk_house import DeskHouse

HERE = "http://127.0.0.1:8321"
LINK = re.compile(r"sign-in\?link=([\w-]+)")


@pytest.fixture
def fresh(house: DeskHouse) -> DeskHouse:
    """A console in which nobody ever was."""
    with house.engine.begin() as db:
        for table in (sign_in_links, sessions, users):
            db.execute(delete(table))
    return house


def test_the_first_start_makes_an_admin_and_says_how_they_get_in(fresh: DeskHouse) -> None:
    found = LINK.search(way_in(fresh.store, HERE))
    [admin] = fresh.console.people.all()
    assert (admin.name, admin.role) == (own_name(), "admin")
    assert found
    assert fresh.console.sessions.behind(found[1]) == admin.name


def test_a_log_keeps_no_way_in_once_somebody_was_here(fresh: DeskHouse) -> None:
    found = LINK.search(way_in(fresh.store, HERE))
    assert found
    fresh.console.sessions.follow(found[1])
    assert "quiethand users link" in way_in(fresh.store, HERE)


def test_nobody_becomes_an_admin_later(house: DeskHouse) -> None:
    said = way_in(house.store, HERE)
    assert "quiethand users link NAME" in said
    assert len(house.console.people.all()) == 4


def test_users_and_the_audit_log_in_the_terminal(data: Path) -> None:
    made = quiethand(data, "users", "add", "kim", "--role", "community manager")
    assert LINK.search(made.stdout)
    assert quiethand(data, "users", "role", "kim", "marketer").returncode == 0
    assert quiethand(data, "users", "disable", "kim").returncode == 0
    assert "kim marketer (disabled)" in quiethand(data, "users").stdout
    entries = quiethand(data, "audit", "export").stdout.splitlines()
    actions = [one["action"] for one in map(json.loads, entries) if one["what"] == "user kim"]
    assert actions == ["user_added", "link_made", "role_given", "user_disabled"]
    report = json.loads(quiethand(data, "audit", "verify", "--json").stdout)
    assert (report["broken"], report["entries"]) == (None, len(entries))
    assert quiethand(data, "audit", "verify", "--seal", report["seal"]).returncode == 0
    assert quiethand(data, "audit", "verify", "--seal", "0" * 64).returncode == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("link", "nobody"), "There is no user 'nobody'"),
        (("role", "nobody", "boss"), "There is no role 'boss'"),
        (("add", "a/b"), "is not a name here"),
        (("password", "nobody"), "There is no user"),
    ],
)
def test_a_mistake_about_users_is_one_line(
    data: Path, words: tuple[str, ...], complaint: str
) -> None:
    done = quiethand(data, "users", *words, stdin="long enough it is\n")
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
