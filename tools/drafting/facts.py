"""What checks know about a brand, and how they say what they found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tools.contract import Finding, Post

BETWEEN = "\n\n"  # what stands between the parts of a thread in the text that findings point into


@dataclass(frozen=True)
class Facts:
    """What the checks must know about the brand and the people it writes for."""

    brand: str = ""  # its name
    products: frozenset[str] = frozenset()  # what else is ours and has a name
    language: str = "en"
    locale: str = ""  # "de-AT"; empty is any place where the language is spoken
    address: Literal["formal", "informal", ""] = ""  # Sie or du, vous or tu, usted or tú
    rivals: frozenset[str] = frozenset()  # names that make a sentence a comparison
    label: Literal["always", "law", "never"] = "law"  # when a post says that AI helped


def whole(post: Post) -> str:
    """Return the text that findings point into."""
    return BETWEEN.join(post["parts"])


def placed(post: Post) -> Iterator[tuple[int, str]]:
    """Return the parts of a post, each with where it begins in the whole text."""
    start = 0
    for part in post["parts"]:
        yield start, part
        start += len(part) + len(BETWEEN)


def hint(rule: str, says: str, start: int = 0, end: int = 0) -> Finding:
    """Return something that a person should look at."""
    return Finding(rule=rule, says=says, start=start, end=end, blocks=False)


def stop(rule: str, says: str, start: int = 0, end: int = 0) -> Finding:
    """Return something that must not be published."""
    return Finding(rule=rule, says=says, start=start, end=end, blocks=True)
