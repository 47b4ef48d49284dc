"""The way into the console for whoever starts it: the first admin, and a link."""

import getpass
import re
import sys

from integrations.opening import Store
from integrations.store.missing import Missing
from integrations.store.people import RESERVED, People
from integrations.store.sessions import Sessions


def way_in(store: Store, address: str) -> str:
    """Say how to sign in; the first start makes an admin of the machine's user."""
    clock = store.vault.clock
    people, sessions = People(store.engine, clock), Sessions(store.engine, clock)
    name = own_name()
    if not people.all():
        people.add(name, "admin", by=name)
    try:
        user = people.named(name)
    except Missing:
        return f"console at {address}/desk; `quiethand users link NAME` makes a link to sign in"
    seen = sys.stderr.isatty() or not sessions.anybody()  # a log keeps no way in for strangers
    if not seen or user.disabled_at:
        return f"console at {address}/desk; `quiethand users link {name}` makes a link to sign in"
    door = link(address, sessions.link(user.id, name))
    return f"console: {door} signs {name} in once, for 30 minutes"


def link(address: str, secret: str) -> str:
    """Return the address that signs in."""
    return f"{address}/desk/sign-in?link={secret}"


def own_name() -> str:
    """Name the machine's user in a way that the console takes."""
    try:
        name = re.sub(r"[^\w .'-]", "", getpass.getuser())
    except (OSError, KeyError, ImportError):  # a container may have no user of that number
        name = ""
    return name if name and name.lower() not in RESERVED else "admin"
