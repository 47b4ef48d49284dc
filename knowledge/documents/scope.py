"""Which documents may be used to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.audience import Audience


@dataclass(frozen=True)
class Scope:
    """Who asks, when, about which product and in which languages; empty means any."""

    today: date | None  # none is any day
    audience: Audience = "customer"
    product: str = ""
    languages: Sequence[str] = ()
