"""Beside posts: replies, image briefs, storyboards, headlines and campaigns."""

from datetime import date

import pytest

from tests.drafting.shelf import asked, work
from tools.drafting.brief import Brief
from tools.drafting.check import whole
from tools.drafting.patterns import sketch
from tools.drafting.replies import mood
from tools.drafting.storyboard import length, shots

pytestmark = pytest.mark.anyio


async def test_a_reply_answers_from_an_article() -> None:
    answer = await asked('reply to this comment: "can a poll have 10 answers"')
    (post,) = answer["posts"]
    assert whole(post).startswith("Thank you for asking.")
    assert "10 answers" in whole(post)
    assert post["extras"]["reply to"] == "can a poll have 10 answers"


async def test_a_reply_without_an_article_promises_only_a_person() -> None:
    answer = await asked('reply to this comment: "my dog ate the badge and nothing works"')
    (post,) = answer["posts"]
    assert "direct message" in whole(post)
    assert post["evidence"] == []
    assert "No article answers this comment" in answer["text"]


@pytest.mark.parametrize(
    ("comment", "sounds"),
    [
        ("I love it", "praise"),
        ("It does not work, great", "upset"),
        ("Is it free?", "question"),
        ("We were there", "plain"),
    ],
)
def test_a_comment_sounds_like_something(comment: str, sounds: str) -> None:
    assert mood(comment) == sounds


async def test_a_reply_needs_the_comment() -> None:
    answer = await asked("reply to the angry comment under yesterday's post")
    assert "Which comment shall I reply to?" in answer["text"]


async def test_an_image_brief_brings_the_description_of_the_picture() -> None:
    answer = await asked("image brief for Instagram about session summaries")
    (post,) = answer["posts"]
    brief = post["extras"]["image brief"]
    assert "1080 × 1350" in brief
    assert post["alt"][0] in brief
    assert post["evidence"][0]["quote"] in post["alt"][0]


async def test_a_storyboard_has_shots_that_fill_the_time_and_say_only_facts() -> None:
    answer = await asked("storyboard, 4 shots, 20 seconds, about session summaries")
    (post,) = answer["posts"]
    assert post["network"] == "tiktok"
    board = post["extras"]["storyboard"]
    assert board.count("Shot ") == 4
    assert all(word in board for word in ("Picture:", "On screen:", "Voice:", "captions"))
    assert not any(finding["blocks"] for finding in post["findings"])


@pytest.mark.parametrize("seconds", [15, 20, 30])
def test_a_video_is_not_longer_than_was_wished(seconds: int) -> None:
    here = work()
    material, _ = here.material("session summaries")
    made = sketch("plain", here.desk(Brief(topic="session summaries"), material))
    assert made
    assert length(shots(made, "session summaries", 0, seconds)) <= seconds


async def test_headlines_are_shown_by_the_evidence_of_their_post() -> None:
    answer = await asked("three headlines about session summaries")
    (post,) = answer["posts"]
    lines = {text for name, text in post["extras"].items() if name.startswith("headline")}
    assert len(lines) == 3
    assert not [one for one in post["findings"] if one["blocks"]]


async def test_a_campaign_has_phases_with_a_post_each() -> None:
    answer = await asked("campaign for session summaries starting 2026-12-01")
    assert "Campaign outline: session summaries" in answer["text"]
    phases = [post["extras"]["phase"] for post in answer["posts"]]
    assert phases[:3] == ["Announce", "Explain", "Show"]
    days = [date.fromisoformat(post["when"]) for post in answer["posts"]]
    assert days == sorted(days)
    assert days[0] > date(2026, 12, 1)
