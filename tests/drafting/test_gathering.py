"""What may be said about a topic is gathered from articles that mean it."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from knowledge.documents.confidence import confidence
from knowledge.documents.scope import Scope
from knowledge.documents.search import Found
from tests.drafting.shelf import Shelf
from tools.drafting.gathering import MEANT, PLAIN, gathered
from tools.drafting.tool import SURE

TOPIC = "session summaries"


@pytest.mark.parametrize(("clear", "meant"), [(MEANT - 0.1, False), (MEANT + 0.1, True)])
def test_a_way_to_ask_alone_does_not_make_an_article_about_it(clear: float, meant: bool) -> None:
    shelf = Shelf()
    found = replace(shelf.search(TOPIC, Scope(date(2026, 11, 22))), clear=clear)
    half_sure = next(
        one for one in map(partial(nearer, found), range(30)) if SURE <= confidence(one) < PLAIN
    )
    assert bool(gathered(half_sure, TOPIC, shelf.rarity).sections) is meant


def nearer(found: Found, step: int) -> Found:
    """Return it with sentences that are nearer to the topic with each step."""
    hits = (replace(hit, near=(step / 30,) * len(hit.near)) for hit in found.hits)
    return replace(found, hits=tuple(hits))
