"""Drafts say what the articles say, in the form of the network, and nothing else."""

import pytest

from knowledge.brands.content import Content
from tests.drafting.shelf import CONTENT, Shelf, asked
from tools.contract import Post
from tools.drafting.check import whole

pytestmark = pytest.mark.anyio


def quotes(post: Post) -> str:
    return " ".join(one["quote"] for one in post["evidence"])


async def test_three_drafts_are_made_each_with_its_sources() -> None:
    answer = await asked(
        "draft three LinkedIn posts about session summaries for event organisers, "
        "one with a question hook"
    )
    posts = answer["posts"]
    assert len(posts) == 3
    assert all(one["network"] == "linkedin" and one["evidence"] for one in posts)
    assert not any(finding["blocks"] for one in posts for finding in one["findings"])
    assert whole(posts[0]).split("\n")[0].endswith("?")
    assert len({whole(one) for one in posts}) == 3
    assert "quiethand drafts approve" in answer["text"]


async def test_every_sentence_is_the_articles_own_and_has_its_place() -> None:
    shelf = Shelf()
    answer = await asked("five facebook posts about session summaries", shelf=shelf)
    texts = {s.text for passage in shelf.passages for s in passage.sentences}
    for post in answer["posts"]:
        for one in post["evidence"]:
            assert one["quote"] in texts
            assert one["quote"].rstrip(".") in whole(post)


async def test_numbers_of_sources_are_not_published() -> None:
    answer = await asked("two posts about polls")
    assert "[1]" in answer["text"]
    assert not any("[" in whole(post) for post in answer["posts"])


async def test_sentences_that_lean_on_others_are_left_out() -> None:
    answer = await asked("six posts about session summaries")
    said = " ".join(whole(post) for post in answer["posts"])
    assert "It is ready soon" not in said
    assert "https://" not in said


async def test_what_was_assumed_is_shown() -> None:
    answer = await asked("a post about polls")
    assert "Assumed: network LinkedIn, audience event organisers." in answer["text"]


async def test_a_topic_that_no_article_knows_is_drafted_by_nobody() -> None:
    answer = await asked("three posts about pizza recipes")
    assert "posts" not in answer
    assert "no article in the knowledge base is about “pizza recipes”" in answer["text"]


async def test_without_a_topic_one_question_is_asked() -> None:
    answer = await asked("write a post")
    assert "What shall it be about?" in answer["text"]
    assert "network LinkedIn" in answer["text"]
    assert answer["asks"] == "drafting"


async def test_steps_stay_together_and_in_order() -> None:
    answer = await asked("a how-to post on how to read a session summary, about session summaries")
    (post,) = answer["posts"]
    assert "1. Open the session in the agenda.\n2. Choose Summary" in whole(post)


async def test_a_before_and_after_needs_a_source() -> None:
    answer = await asked("a before/after post about session summaries")
    assert "No before and after: no article says how it was before." in answer["text"]
    assert len(answer["posts"]) == 1


@pytest.mark.parametrize("network", ["X", "Bluesky", "Mastodon", "Threads", "TikTok", "YouTube"])
async def test_nothing_is_longer_than_its_network_takes(network: str) -> None:
    answer = await asked(f"three {network} posts about session summaries")
    assert answer["posts"]
    assert not [f for post in answer["posts"] for f in post["findings"] if f["blocks"]]


async def test_a_limit_in_characters_is_kept() -> None:
    answer = await asked("a tweet about session summaries under 120 characters")
    assert len(whole(answer["posts"][0])) <= 120


async def test_a_thread_has_parts_that_fit() -> None:
    answer = await asked("an X thread about session summaries")
    parts = answer["posts"][0]["parts"]
    assert len(parts) > 1
    assert all(len(part) <= 280 and "\n\n" not in part for part in parts)


async def test_no_hashtags_where_none_are_wanted() -> None:
    with_tags = await asked("a post about session summaries")
    without = await asked("a post about session summaries, no hashtags")
    assert "#SessionSummaries #EventProfs" in whole(with_tags["posts"][0])
    assert "#" not in whole(without["posts"][0])


async def test_a_call_to_action_stands_where_it_was_wished() -> None:
    answer = await asked("a post about polls, call to action: try a poll today")
    assert "Try a poll today." in whole(answer["posts"][0])
    own = await asked(
        "a post about polls", content=CONTENT.model_copy(update={"link": "https://a.example/p"})
    )
    assert "https://a.example/p" in whole(own["posts"][0])


async def test_variants_have_the_same_facts_and_other_openings() -> None:
    answer = await asked("two variants of a post about session summaries")
    one, other = answer["posts"]
    assert (one["extras"]["variant"], other["extras"]["variant"]) == ("A", "B")
    assert whole(one).split("\n")[0] != whole(other).split("\n")[0]
    assert one["evidence"][0]["quote"] == other["evidence"][0]["quote"]


async def test_a_tone_without_a_model_is_said_to_be_out_of_reach() -> None:
    answer = await asked("a funny post about polls in German")
    assert "Language “de”: without" in answer["text"]
    assert (
        "Tone “funny”: without a language model the words stay the articles' own" in answer["text"]
    )


async def test_a_brand_that_settled_nothing_still_gets_drafts() -> None:
    answer = await asked("two posts about polls", content=Content())
    assert len(answer["posts"]) == 2
    assert not any(finding["blocks"] for one in answer["posts"] for finding in one["findings"])


async def test_placeholders_are_not_looked_for() -> None:
    shelf = Shelf()
    await asked("a post about polls in <LOCATION_1>", shelf=shelf)
    assert "LOCATION" not in " ".join(shelf.asked)
