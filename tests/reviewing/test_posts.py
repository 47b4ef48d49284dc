"""Posts for networks are drafts too: deciding about one changes the draft and sends nothing."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pydantic import BaseModel

from agents.deps import StaleDecision
from integrations.store.missing import Missing
from tests.reviewing.office import Office
from tools.contract import Answer, Evidence, Finding, Post, Request, Tool, joined, say

pytestmark = pytest.mark.anyio
ASKS = "draft two posts"
BEST = "We are the best."
SHOWN = Evidence(
    number=1, document="plans", title="Plans", anchor="", quote="It has seats.", start=0, end=13
)


class Wish(BaseModel):
    """Nothing to fill in."""


def checked(post: Post) -> list[Finding]:
    """Find one word that nobody can show."""
    at = post["parts"][0].find("best")
    found = Finding(rule="claim", says="Nobody showed that.", start=at, end=at + 4, blocks=True)
    return [found] if at >= 0 else []


def post(network: str, *parts: str) -> Post:
    made = Post(
        network=network, title=f"On {network}", parts=list(parts), alt=[], evidence=[SHOWN],
        findings=[], extras={}, when="",
    )  # fmt: skip
    return {**made, "findings": checked(made)}


def maker() -> Tool:
    """Build a tool that has two posts ready."""

    async def answer(_: Wish) -> Answer:
        made = [post("linkedin", BEST), post("x", "It has seats. [1]", "And more.")]
        return {**say("Here are two."), "posts": made}

    def fill(_: Request) -> Wish:
        return Wish()

    return Tool("maker", "", frozenset({"team"}), frozenset({"make"}), Wish, fill, answer)


@pytest.fixture
async def made(office: Office) -> Office:
    """An office in which a marketer has asked for two posts."""
    office.desk.language.expect(ASKS, ("make", 0.9))
    tools: Mapping[str, Tool] = {**office.agent.deps.tools, "maker": maker()}
    office.use(replace(office.agent.deps, tools=tools, check_post=checked))
    turn = await office.agent.receive(office.desk.message(ASKS, who="team"))
    assert (turn["outcome"], turn["draft"], turn["drafts"]) == ("reply", None, [1, 2])
    return office


async def test_each_post_is_a_draft_of_its_own(made: Office) -> None:
    found = [(row.kind, row.network, row.title, row.status) for row in made.all("drafts")]
    assert found == [
        ("post", "linkedin", "On linkedin", "open"),
        ("post", "x", "On x", "open"),
    ]
    assert made.words(2) == ["It has seats. [1]\n\nAnd more."]
    assert made.all("revisions", draft=2)[0].answer["evidence"] == [SHOWN]


async def test_an_approved_post_is_not_sent(made: Office) -> None:
    before = len(made.all("outbox"))
    decided = await made.decide("approve", draft=2)
    assert (decided.status, decided.leaves_at) == ("approved", "")
    assert len(made.all("outbox")) == before
    assert made.all("conversations")[0].owner == "agent"


async def test_what_stands_against_a_post_keeps_it_from_being_approved(made: Office) -> None:
    with pytest.raises(StaleDecision, match="Nobody showed that"):
        await made.decide("approve", draft=1)
    assert made.draft(1).status == "open"


@pytest.mark.parametrize(
    ("text", "status"), [("We have seats.", "edited"), ("Still the best.", "open")]
)
async def test_edited_words_are_looked_at_again(made: Office, text: str, status: str) -> None:
    decided = await made.decide("edit", draft=1, text=text)
    assert (decided.status, decided.revision) == (status, 2)
    assert made.words(1) == [BEST, text]
    assert ("Nobody showed that" in decided.said) == (status == "open")
    assert made.all("revisions", draft=1)[1].answer["posts"][0]["parts"] == [text]


async def test_a_thread_keeps_its_parts(made: Office) -> None:
    await made.decide("edit", draft=2, text="One.\n\nTwo.\n\nThree.")
    post = made.all("revisions", draft=2)[1].answer["posts"][0]
    assert post["parts"] == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("action", ["approve", "reject"])
async def test_a_decision_about_a_post_can_be_taken_back(made: Office, action: str) -> None:
    await made.decide(action, draft=2)
    decided = await made.reviewing.undo(2, "kim")
    assert (decided.status, decided.revision) == ("open", 2)


async def test_a_post_has_no_conversation_to_take_over(made: Office) -> None:
    with pytest.raises(Missing, match="no customer"):
        await made.decide("take_over", draft=2)


async def test_a_person_who_speaks_leaves_posts_alone(made: Office) -> None:
    place = made.draft(2).conversation
    await made.reviewing.take_over(place, "kim")
    await made.reviewing.speak(place, "hello", "kim")
    assert made.draft(2).status == "open"


def test_posts_of_several_answers_are_kept() -> None:
    one: Answer = {**say("one"), "posts": [post("x", "a")]}
    other: Answer = {**say("two"), "posts": [post("x", "b")]}
    assert [made["parts"] for made in joined([one, other], 0.5)["posts"]] == [["a"], ["b"]]
