"""All patterns, in one place."""

from collections.abc import Callable, Iterator

from agents.redaction.kinds import Find
from agents.redaction.patterns.accounts import ibans
from agents.redaction.patterns.birthdays import birthdays
from agents.redaction.patterns.cards import cards
from agents.redaction.patterns.handles import handles
from agents.redaction.patterns.identities import identities
from agents.redaction.patterns.links import links
from agents.redaction.patterns.machines import machines
from agents.redaction.patterns.mail import mail
from agents.redaction.patterns.names import names
from agents.redaction.patterns.numbers import numbers
from agents.redaction.patterns.passwords import passwords
from agents.redaction.patterns.places import places
from agents.redaction.patterns.secrets import secrets
from agents.redaction.patterns.small_streets import small_streets
from agents.redaction.patterns.wallets import wallets

Pattern = Callable[[str], Iterator[Find]]

PATTERNS: tuple[Pattern, ...] = (
    mail,
    links,
    handles,
    machines,
    numbers,
    ibans,
    identities,
    secrets,
    passwords,
    cards,
    wallets,
    birthdays,
    names,
    places,
    small_streets,
)
