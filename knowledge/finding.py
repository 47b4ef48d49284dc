"""What there is to look at in a text: the shape that voice, networks and policy share."""

from typing import TypedDict


class Finding(TypedDict):
    """Something to look at in a text: which rule, in words, and where."""

    rule: str
    says: str
    start: int
    end: int
    blocks: bool  # nothing is published while it stands
