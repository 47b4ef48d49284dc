"""The console's users in the terminal: whoever is at this machine has an admin's rights."""

import getpass
import json
import sys

from integrations.cli.first import link, own_name
from integrations.cli.terminal import plain
from integrations.cli.up import of_brand
from integrations.console.roles import ROLES
from integrations.opening import now
from integrations.settings import Settings
from integrations.store.database import open_database
from integrations.store.people import People, PeopleError, User
from integrations.store.places import place_of
from integrations.store.sessions import LINK, Sessions
from knowledge.brands.brand import load

HERE = "http://127.0.0.1:8321"


class Users:
    """What the commands work on."""

    def __init__(self, brand: str | None) -> None:
        self.settings: Settings = of_brand(brand)
        place = place_of(self.settings, load(self.settings.brand).folder.name)
        self.engine = open_database(place)
        self.people, self.sessions = People(self.engine, now), Sessions(self.engine, now)


def list_users(brand: str | None, as_json: bool) -> None:
    """Print a user a line."""
    found = Users(brand).people.all()
    for user in found:
        sys.stdout.write((json.dumps(_row(user)) if as_json else _line(user)) + "\n")
    if not found and not as_json:
        sys.stdout.write("Nobody yet: `quiethand up` makes the first admin.\n")


def add_user(name: str, role: str, email: str, brand: str | None) -> None:
    """Add a user and print their first link."""
    users = Users(brand)
    user = users.people.add(name, _role(role), own_name(), email)
    _print_link(users, user, "")


def print_link(name: str, address: str, brand: str | None) -> None:
    """Print a link."""
    users = Users(brand)
    user = users.people.named(name)
    if user.disabled_at:
        raise PeopleError(f"{name} is disabled; `quiethand users enable` lets them in again.")
    _print_link(users, user, address)


def give_role(name: str, role: str, brand: str | None) -> None:
    """Change what somebody may do."""
    Users(brand).people.give_role(name, _role(role), own_name())
    sys.stdout.write(f"{plain(name)} is a {role} now.\n")


def let_in(name: str, may: bool, brand: str | None) -> None:
    """Let somebody in, or not any more."""
    people = Users(brand).people
    (people.enable if may else people.disable)(name, own_name())
    said = "may sign in again" if may else "is let in no more, and signed out everywhere"
    sys.stdout.write(f"{plain(name)} {said}.\n")


def set_password(name: str, remove: bool, brand: str | None) -> None:
    """Set or remove a password."""
    from integrations.console.passwords import hashed

    users = Users(brand)
    users.people.named(name)
    users.people.set_password(name, "" if remove else hashed(_asked(name)), own_name())
    done = "signs in by link only" if remove else "has a new password, and is signed out"
    sys.stdout.write(f"{plain(name)} {done}.\n")
    if not remove and users.settings.sign_in != "password":
        sys.stderr.write("QUIETHAND_SIGN_IN is not password yet: the page does not ask for one.\n")


def _asked(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"New password of {plain(name)}: ")
    if getpass.getpass("Again: ") != first:
        raise PeopleError("That was not the same twice.")
    return first


def _print_link(users: Users, user: User, address: str) -> None:
    where = address or users.settings.address or HERE
    minutes = int(LINK.total_seconds() // 60)
    sys.stderr.write(f"Signs {plain(user.name)} in once, within {minutes} minutes:\n")
    sys.stdout.write(link(where, users.sessions.link(user.id, own_name())) + "\n")


def _role(role: str) -> str:
    if role not in ROLES:
        raise PeopleError(f"There is no role {role!r}; there are {', '.join(ROLES)}.")
    return role


def _row(user: User) -> dict[str, str | bool]:
    return {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "disabled": bool(user.disabled_at),
        "password": bool(user.password),
        "provider": bool(user.subject),
    }


def _line(user: User) -> str:
    disabled = " (disabled)" if user.disabled_at else ""
    email = f" <{plain(user.email)}>" if user.email else ""
    return f"{plain(user.name)}{email} {user.role}{disabled}"
