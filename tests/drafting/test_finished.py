"""What stands beside a post is checked with it, rests on evidence, or is left off."""

from dataclasses import replace

import pytest

from integrations.models.scripted import ScriptedModel
from tests.drafting.shelf import CONTENT, Shelf, asked, work
from tools.contract import Post
from tools.drafting.check import check, whole
from tools.drafting.gathering import Fact
from tools.drafting.house import House
from tools.drafting.image_brief import pictured
from tools.drafting.networks import NETWORKS

pytestmark = pytest.mark.anyio
HOUSE = House("ConnectSphere", CONTENT)
BESIDE = ("three image briefs", "storyboard", "ten headlines")


def blocks(post: Post) -> list[str]:
    return [one["says"] for one in check(post, HOUSE.facts) if one["blocks"]]


def fact(document: str) -> Fact:
    passage = next(one for one in Shelf().passages if one.document == document)
    return Fact(passage, passage.sentences[-1], 1.0)


@pytest.mark.parametrize("topic", ["session summaries", "polls"])
@pytest.mark.parametrize("wish", BESIDE)
@pytest.mark.parametrize("network", [one.name for one in NETWORKS.values()])
async def test_nothing_stands_against_what_is_made(wish: str, network: str, topic: str) -> None:
    answer = await asked(f"{wish} for {network} about {topic}")
    assert answer["posts"]
    assert [blocks(post) for post in answer["posts"]] == [[] for _ in answer["posts"]]


@pytest.mark.parametrize("wish", BESIDE)
async def test_findings_are_those_of_the_whole_post(wish: str) -> None:
    for post in (await asked(f"{wish} about polls"))["posts"]:
        assert post["findings"] == check(post, HOUSE.facts)


async def test_what_a_video_says_is_in_the_evidence() -> None:
    (post,) = (await asked("storyboard about polls"))["posts"]
    said = post["extras"]["storyboard"]
    quotes = [one["quote"] for one in post["evidence"]]
    assert "A session can have 20 polls." in said
    assert "A session can have 20 polls." not in whole(post)
    assert "A session can have 20 polls." in quotes
    assert [one["number"] for one in post["evidence"]] == list(range(1, len(quotes) + 1))


async def test_a_picture_that_claims_more_than_its_fact_is_plainer() -> None:
    (post,) = (await asked("a post about polls"))["posts"]
    own = fact("polls")
    boasts = replace(own, passage=replace(own.passage, path=("The best polls in the world",)))
    made = pictured(post, replace(boasts, sentence=fact("summaries").sentence), HOUSE)
    assert made
    assert "best" not in made["extras"]["image brief"]
    assert blocks(made) == []


async def test_a_picture_without_a_plain_form_is_left_off() -> None:
    (post,) = (await asked("a post about polls"))["posts"]
    own = fact("polls")
    left = replace(own, sentence=replace(own.sentence, text="TODO: say what polls are."))
    assert pictured(post, left, HOUSE) is None


@pytest.mark.parametrize("comment", ["Your app is the worst, I lost 3 sessions", "50 % faster!"])
async def test_the_comment_of_another_is_no_claim_of_ours(comment: str) -> None:
    (post,) = (await asked(f'reply to this comment: "{comment}"'))["posts"]
    assert blocks(post) == []


@pytest.mark.parametrize("act", ["get 20 % off until 30 November", "book for €29 by 12 March"])
async def test_dates_and_prices_of_the_brief_have_the_brief_as_their_source(act: str) -> None:
    (post,) = (await asked(f"a post about polls, call to action: {act}"))["posts"]
    (row,) = [one for one in post["evidence"] if one["document"] == "brief"]
    assert act[1:] in row["quote"]
    assert row["quote"] in whole(post)
    assert blocks(post) == []


async def test_a_brief_is_no_source_of_superlatives() -> None:
    answer = await asked("a post about polls, call to action: try the best platform")
    (post,) = answer["posts"]
    assert "best" not in whole(post)
    assert "“try the best platform” is left out" in answer["text"]
    assert "brief" not in [one["document"] for one in post["evidence"]]


async def test_dates_and_prices_that_no_draft_shows_are_said() -> None:
    answer = await asked("a post about polls on 12 March for €29")
    assert "Not shown in any draft: 12 March, €29." in answer["text"]
    shown = await asked("a post about polls, call to action: book for €29 by 12 March")
    assert "Not shown" not in shown["text"]


async def test_the_days_of_a_plan_are_no_missing_facts() -> None:
    answer = await asked("campaign for session summaries starting 2026-12-01")
    assert "Not shown" not in answer["text"]


async def test_a_label_speaks_the_language_that_was_wished() -> None:
    shown = {"text": "A poll can have 10 answers.", "evidence": [1, 2, 3]}
    model = ScriptedModel({"opening": {"text": "", "evidence": []}, "sentences": [shown]})
    always = CONTENT.model_copy(update={"label": "always"})
    (post,) = (await asked("a post about polls in German", model, always))["posts"]
    assert post["extras"]["words_by"] == "model"
    assert "Mit Hilfe von KI geschrieben." in whole(post)


def test_the_house_of_these_tests_is_that_of_the_shelf() -> None:
    assert work().house.facts == HOUSE.facts
