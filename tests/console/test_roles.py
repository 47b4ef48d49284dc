"""Who may do what: the whole table, and every route of the console asked by every role."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from integrations.console.guard import Needs
from integrations.console.roles import ACTIONS, MATRIX, ROLES, Action, Person, Role
from tests.console.desk_house import DeskHouse

pytestmark = pytest.mark.anyio

# viewer, community manager, marketer, admin
TABLE = """
see       yes yes yes yes
decide    no  yes no  yes
talk      no  yes no  yes
reveal    no  yes no  yes
content   no  no  yes yes
teach     no  yes yes yes
voice     no  no  yes yes
people    no  no  no  yes
settings  no  yes yes yes
audit     no  no  no  yes
"""
OPEN = {
    ("GET", "/desk/"),
    ("GET", "/desk/sign-in"),
    ("POST", "/desk/sign-in/link"),
    ("POST", "/desk/sign-in/password"),
    ("GET", "/desk/sign-in/oidc"),
    ("GET", "/desk/sign-in/oidc/back"),
    ("GET", "/desk/static/{name}"),
}
ENDLESS = {"/desk/live"}  # an event stream
CELLS = [
    (role, row.split()[0], cell == "yes")
    for row in TABLE.strip().splitlines()
    for role, cell in zip(ROLES, row.split()[1:], strict=True)
]


@pytest.mark.parametrize(("role", "action", "may"), CELLS)
def test_the_table_says_who_may(role: Role, action: Action, may: bool) -> None:
    assert Person(1, "kim", role, "token").may(action) is may


def test_the_table_has_every_cell() -> None:
    assert {(role, action) for role, action, _ in CELLS} == {(r, a) for r in ROLES for a in ACTIONS}


def test_a_role_that_nobody_knows_has_no_rights() -> None:
    stranger = Person(1, "kim", "boss", "token")  # type: ignore[arg-type]
    assert not any(stranger.may(action) for action in ACTIONS)


def every(router: Any) -> Iterator[APIRoute]:
    """Yield the routes of a router and of those in it."""
    for one in router.routes:
        inner = getattr(one, "original_router", None)
        if inner is not None:
            yield from every(inner)
        elif isinstance(one, APIRoute):
            yield one
        else:  # nothing else may answer for the console, for nothing else has a guard
            assert not one.path.startswith("/desk"), one.path


def routes(house: DeskHouse) -> list[tuple[str, APIRoute]]:
    """Return every method and route of the console."""
    ours = [one for one in every(house.app) if one.path.startswith("/desk")]
    return [(method, one) for one in ours for method in sorted(one.methods or ())]


def wanted(needed: Dependant) -> Iterator[Needs]:
    for one in needed.dependencies:
        if isinstance(one.call, Needs):
            yield one.call
        yield from wanted(one)


@pytest.mark.parametrize("way", ["link", "password", "oidc"])
async def test_every_route_names_a_right(house_of_way: DeskHouse) -> None:
    found = {
        (method, one.path): list(wanted(one.dependant)) for method, one in routes(house_of_way)
    }
    assert {place for place, needs in found.items() if not needs} <= OPEN
    assert len(found) > 10
    assert all(len(needs) == 1 and needs[0].actions for needs in found.values() if needs)


def guarded(house: DeskHouse) -> Iterator[tuple[str, str, Needs]]:
    for method, one in routes(house):
        for needs in wanted(one.dependant):
            yield method, re.sub(r"\{[^}]*\}", "1", one.path), needs


@pytest.mark.parametrize("role", ROLES)
async def test_every_route_refuses_who_may_not(house: DeskHouse, role: Role) -> None:
    may, browser = MATRIX[role], house.client_as(role)
    refused = [one for one in guarded(house) if may.isdisjoint(one[2].actions)]
    assert bool(refused) is (role != "admin")
    for method, path, _ in refused:
        data = {"token": browser.token} if method != "GET" else None
        answer = await browser.client.request(method, path, data=data)
        assert answer.status_code == 403, (method, path)


@pytest.mark.parametrize("role", ROLES)
async def test_every_page_opens_for_who_may(house: DeskHouse, role: Role) -> None:
    may, browser = MATRIX[role], house.client_as(role)
    for method, path, needs in guarded(house):
        if method == "GET" and path not in ENDLESS and not may.isdisjoint(needs.actions):
            answer = await browser.get(path)
            assert answer.status_code in (200, 404, 422), (path, answer.status_code)


async def test_nobody_gets_anywhere_without_signing_in(house: DeskHouse) -> None:
    async with house.stranger() as one:
        for method, path, _ in guarded(house):
            answer = await one.request(method, path, data={} if method != "GET" else None)
            door = answer.headers.get("location", "").startswith("/desk/sign-in")
            assert (answer.status_code, door) == (303, True), (method, path)


async def test_nothing_is_changed_without_the_forms_token(house: DeskHouse) -> None:
    admin = house.client_as("admin")
    for method, path, _ in guarded(house):
        if method != "GET":
            for token in ("", "x" * 32, house.client_as("admin").token):
                answer = await admin.client.request(method, path, data={"token": token})
                assert answer.status_code == 403, (method, path)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_another_sites_page_changes_nothing(
    house: DeskHouse, headers: dict[str, str]
) -> None:
    admin = house.client_as("admin")
    for method, path, _ in guarded(house):
        if method != "GET":
            data = {"token": admin.token}
            answer = await admin.client.request(method, path, data=data, headers=headers)
            assert answer.status_code == 403, (method, path)
