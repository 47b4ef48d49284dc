"""Who may be writing."""

from typing import Literal

Audience = Literal["customer", "team"]
