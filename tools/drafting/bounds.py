"""Say how a number is bounded: at most, at least, or about so many."""

import re

from tools.drafting.amounts import Amount

_MOST = re.compile(
    r"(?:up to|at most|no more than|maximum(?: of)?|max\.?|under|below|less than|fewer than|within"
    r"|bis zu|hochstens|maximal|unter|weniger als|jusqu'a|au plus|moins de|hasta|como maximo"
    r"|menos de)(?: \w+)?$"
)
_LEAST = re.compile(
    r"(?:at least|more than|over|from|above|minimum(?: of)?|starting (?:at|from)|mindestens"
    r"|mehr als|uber|ab|au moins|plus de|a partir de|des|al menos|mas de|desde)(?: \w+)?$"
)
_ABOUT = re.compile(
    r"(?:about|around|approximately|roughly|nearly|almost|circa|ca\.?|etwa|rund"
    r"|ungefahr|fast|environ|presque|pres de|unos|unas|casi|alrededor de)(?: \w+)?$"
)


def bounds(text: str, amount: Amount) -> tuple[bool, bool, bool]:
    """Return whether a number is a most, a least or an about."""
    before = text[: amount.start].rstrip(" €$£")
    plus = text[amount.end : amount.end + 2].strip().startswith("+")
    return (
        bool(_MOST.search(before)),
        bool(_LEAST.search(before)) or plus,
        bool(_ABOUT.search(before)),
    )
