"""A brief is read from a colleague's words; what was not said is assumed and listed."""

from datetime import date

import pytest

from knowledge.brands.content import Content
from tools.drafting.brief import Brief
from tools.drafting.reading import brief

CONTENT = Content(networks=["linkedin", "x"], audience="event organisers")
SATURDAY = date(2026, 11, 21)


def read(text: str) -> Brief:
    return brief(text, CONTENT, SATURDAY)


def test_a_whole_brief_is_read_and_nothing_is_assumed() -> None:
    found = read(
        "draft three LinkedIn posts about real-time summaries for event organisers, "
        "one with a question hook"
    )
    assert (found.kind, found.number, found.networks) == ("post", 3, ["linkedin"])
    assert (found.topic, found.audience) == ("real-time summaries", "event organisers")
    assert (found.pattern(0), found.asked_for(1), found.assumed) == ("question", False, [])


def test_what_was_not_said_is_assumed_and_shown() -> None:
    found = read("some posts about polls")
    assert (found.networks, found.audience, found.number) == (["linkedin"], "event organisers", 3)
    assert found.assumed == ["network LinkedIn", "audience event organisers", "number 3"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("need a tweet, under 200 chars, about early bird tickets", "early bird tickets"),
        ("x thread, 6 parts, how hybrid events fail", "how hybrid events fail"),
        ("instagram caption for the badge printer", "badge printer"),
        ("content calendar for next week about polls, linkedin and x", "polls"),
        ("posts on polls, quizzes and games, with a list", "polls, quizzes and games"),
        ('visual idea for "never miss a talk"', "never miss a talk"),
        ("posts about Lisbon in German", "Lisbon"),
        ("write a post", ""),
        ("something for bluesky", ""),
        ("ideas for monday", ""),
    ],
)  # fmt: skip
def test_the_topic_is_what_it_is_about(text: str, topic: str) -> None:
    assert read(text).topic == topic


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        ("posts for linkedin, insta and tiktok about polls", ["linkedin", "instagram", "tiktok"]),
        ("tweet about polls", ["x"]),
        ("a toot about polls", ["mastodon"]),
        ("threads post about polls", ["threads"]),
        ("an X thread about polls", ["x"]),
        ("YouTube description about polls", ["youtube"]),
    ],
)
def test_networks_are_read_in_the_order_they_are_named(text: str, networks: list[str]) -> None:
    assert read(text).networks == networks


def test_every_network_means_every_network() -> None:
    assert len(read("a post about polls for every network").networks) == 9


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('answer this comment: "do you sell my data?"', "reply"),
        ("content calendar for October about polls", "calendar"),
        ("plan next week's posts about polls", "calendar"),
        ("campaign concept for session summaries", "campaign"),
        ("image brief about polls", "image_brief"),
        ("storyboard for a 20 second video about polls", "storyboard"),
        ("five headlines about polls", "headlines"),
        ("make it punchier", "rewrite"),
        ("two tweets about polls", "post"),
    ],
)
def test_the_kind_is_read(text: str, kind: str) -> None:
    assert read(text).kind == kind


def test_wishes_about_the_form_are_read() -> None:
    found = read(
        "a funny tweet about polls under 200 characters, no hashtags, cta: try a poll today"
    )
    assert (found.tone, found.longest, found.hashtags) == ("funny", 200, False)
    assert found.call_to_action == "try a poll today"
    assert read("two variants of a tweet about polls").variants == 2
    assert read("two variants of a tweet about polls").number == 1
    board = read("storyboard, 5 shots, 30 seconds, about polls")
    assert (board.shots, board.seconds, board.networks) == (5, 30, ["tiktok"])
    assert all(read("4 posts about polls, all with a list").asked_for(n) for n in range(4))


def test_a_comment_is_kept_as_it_was_written() -> None:
    found = read('Reply to this comment on LinkedIn: "Why is there no sound, again?"')
    assert found.comment == found.topic == "Why is there no sound, again?"
    assert found.networks == ["linkedin"]


@pytest.mark.parametrize(
    ("text", "starts", "weeks"),
    [
        ("calendar about polls for next week", date(2026, 11, 23), 1),
        ("calendar about polls for October", date(2027, 10, 1), 4),
        ("calendar about polls for December, 2 weeks", date(2026, 12, 1), 2),
        ("calendar about polls starting 2026-12-07", date(2026, 12, 7), 1),
        ("calendar about polls starting 2020-01-01", SATURDAY, 1),
        ("calendar about polls starting 2026-99-99", None, 1),
    ],
)
def test_a_plan_never_begins_in_the_past(text: str, starts: date | None, weeks: int) -> None:
    found = read(text)
    assert (found.starts, found.weeks) == (starts, weeks)


def test_no_request_is_too_large_or_too_odd() -> None:
    assert read("9999 posts about polls").number == 12
    assert read("").topic == ""
    assert read("for " * 3000).kind == "post"
    assert read("about " * 3000 + "x").number == 1
