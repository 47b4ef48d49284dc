"""Order and ticket numbers, in the shapes the brand names."""

import re
from collections.abc import Callable, Iterator, Sequence

from agents.redaction.kinds import Find


def orders(patterns: Sequence[str]) -> Callable[[str], Iterator[Find]]:
    """Return a function that finds the brand's order numbers."""
    shapes = [re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in patterns]

    def find(text: str) -> Iterator[Find]:
        for shape in shapes:
            for found in shape.finditer(text):
                if found[0]:
                    yield Find(*found.span(), "ORDER", 0.95)

    return find
