"""Who is at the same draft, told to the others and stored nowhere."""

import pytest

from integrations.console.presence import Other, Presence
from tests.conftest import Clock

HERE = "draft 1"


@pytest.fixture
def presence(clock: Clock) -> Presence:
    return Presence(clock)


def test_nobody_is_told_of_themselves(presence: Presence) -> None:
    presence.opened(HERE, "kim")
    assert presence.others(HERE, "kim") == []
    assert presence.others(HERE, "ada") == [Other("kim", typing=False)]


def test_who_opened_a_page_counts_for_a_minute(presence: Presence, clock: Clock) -> None:
    presence.opened(HERE, "kim")
    clock.wait(seconds=61)
    assert presence.others(HERE, "ada") == []


def test_an_open_page_counts_for_as_long_as_it_is_open(presence: Presence, clock: Clock) -> None:
    with presence.here(HERE, "kim"), presence.here(HERE, "kim"):
        clock.wait(hours=2)
        assert presence.others(HERE, "ada") == [Other("kim", typing=False)]
    assert presence.others(HERE, "ada") == []


def test_one_of_two_pages_that_closes_leaves_the_other(presence: Presence) -> None:
    with presence.here(HERE, "kim"):
        with presence.here(HERE, "kim"):
            assert presence.pages("kim") == 2
        assert presence.others(HERE, "ada") == [Other("kim", typing=False)]


def test_typing_is_over_soon_after_the_last_key(presence: Presence, clock: Clock) -> None:
    with presence.here(HERE, "kim"):
        presence.types(HERE, "kim")
        assert presence.others(HERE, "ada") == [Other("kim", typing=True)]
        clock.wait(seconds=7)
        assert presence.others(HERE, "ada") == [Other("kim", typing=False)]


def test_another_draft_has_others(presence: Presence) -> None:
    presence.opened("draft 2", "kim")
    assert presence.others(HERE, "ada") == []
