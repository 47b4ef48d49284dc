"""Put beside a post what goes with it, and keep only the form that the checks let through."""

from collections.abc import Iterable, Mapping, Sequence

from tools.contract import Evidence, Post
from tools.drafting.check import check
from tools.drafting.gathering import Fact, numbered
from tools.drafting.house import House


def finished(
    post: Post,
    facts: Iterable[Fact],
    house: House,
    extras: Mapping[str, str],
    alt: Sequence[str] = (),
) -> Post:
    """Return a post with more beside it and the facts of that, checked as a whole."""
    whole: Post = {
        **post,
        "alt": [*post["alt"], *alt],
        "extras": {**post["extras"], **extras},
        "evidence": _rested(post["evidence"], numbered(list(facts))),
    }
    return {**whole, "findings": check(whole, house.facts)}


def held(post: Post, forms: Iterable[Post]) -> Post | None:
    """Return the first form against which nothing more stands than stood against the post."""
    return next((form for form in forms if _blocks(form) <= _blocks(post)), None)


def _blocks(post: Post) -> set[str]:
    return {one["says"] for one in post["findings"] if one["blocks"]}


def _rested(known: list[Evidence], more: list[Evidence]) -> list[Evidence]:
    """Return evidence with more of it, each sentence once and numbered in order."""
    there = {(one["document"], one["start"]) for one in known}
    new = [one for one in more if (one["document"], one["start"]) not in there]
    places = enumerate(new, len(known) + 1)
    return [*known, *(Evidence(**{**one, "number": place}) for place, one in places)]
