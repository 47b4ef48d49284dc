"""Drafts for networks come from a colleague's message, wait for a person, and are kept whole."""

import pytest
from sqlalchemy import Engine

from integrations.store.database import open_database
from integrations.store.posts import Posts
from tests.desk import Desk

pytestmark = pytest.mark.anyio
TEXT = "three LinkedIn posts about the cost of plans"


def kept(desk: Desk) -> Posts:
    engine: Engine = open_database(desk.file)
    return Posts(engine)


async def test_the_teams_posts_wait_as_drafts(desk: Desk) -> None:
    desk.language.expect(TEXT, ("drafting", 0.95))
    turn = await desk.say(TEXT, who="team")
    assert (turn["outcome"], turn["route"]) == ("reply", "drafting")
    (post,) = kept(desk).of(turn["drafts"])
    assert (post["status"], post["network"], post["blocks"]) == ("open", "linkedin", [])
    assert "The Team plan costs €149 per month." in post["text"]
    assert post["extras"]["topic"] == "cost of plans"


async def test_an_approved_post_is_sent_to_nobody(desk: Desk) -> None:
    desk.language.expect(TEXT, ("drafting", 0.95))
    (number,) = (await desk.say(TEXT, who="team"))["drafts"]
    before = await desk.outbox()
    await desk.decide("approve", draft=number)
    assert kept(desk).of([number])[0]["status"] == "approved"
    assert await desk.outbox() == before


async def test_a_customer_gets_no_drafts_made(desk: Desk) -> None:
    desk.language.expect(TEXT, ("drafting", 0.95))
    turn = await desk.say(TEXT)
    assert turn["route"] != "drafting"
    assert "drafts" not in turn
    assert kept(desk).latest() == []


async def test_a_topic_that_was_missing_is_taken_from_the_next_message(desk: Desk) -> None:
    desk.language.expect("write a post", ("drafting", 0.95))
    asked = await desk.say("write a post", who="team")
    assert "What shall it be about?" in asked["text"]
    turn = await desk.say("about the cost of plans", who="team")
    assert (turn["route"], len(turn["drafts"])) == ("drafting", 1)


async def test_a_colleague_who_turns_to_something_else_is_not_held_to_the_question(
    desk: Desk,
) -> None:
    desk.language.expect("write a post", ("drafting", 0.95))
    desk.language.expect("show the queue", ("queue", 0.95))
    await desk.say("write a post", who="team")
    assert (await desk.say("show the queue", who="team"))["route"] == "queue"


async def test_no_article_means_no_draft(desk: Desk) -> None:
    said = "a post about pizza"
    desk.language.expect(said, ("drafting", 0.95))
    turn = await desk.say(said, who="team")
    assert "I drafted nothing" in turn["text"]
    assert kept(desk).latest() == []
