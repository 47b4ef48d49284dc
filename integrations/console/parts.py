"""What the pages of the console are made with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from integrations.console.feed import Feed
from integrations.console.presence import Presence
from integrations.console.rendering import Pages
from integrations.opening import Clock, Store
from integrations.settings import Settings
from integrations.store.audit import Audit
from integrations.store.people import People
from integrations.store.sessions import Sessions

if TYPE_CHECKING:
    from integrations.wiring import House  # brings the encoder; a page opens it when it needs it


@dataclass(frozen=True)
class Console:
    """What one brand's console has at hand."""

    store: Store
    settings: Settings
    house: Callable[[], Awaitable["House"]]
    clock: Clock
    feed: Feed
    presence: Presence
    pages: Pages
    people: People
    sessions: Sessions
    audit: Audit
    client: httpx.AsyncClient  # with which a sign-in provider is asked
    seconds: Callable[[], float]  # a clock for limits
