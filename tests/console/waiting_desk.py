"""A desk on which something waits: drafts as the agent made them."""

import re

from tests.console.desk_house import DeskHouse

ANSWER = "The Team plan costs €149 per month."


async def complain(house: DeskHouse, conversation: str = "c1", text: str = "") -> int:
    """Let a customer complain; return the draft that waits."""
    said = text or f"the cost in {conversation} is a joke"
    understood = re.sub(r"\+[\d ]+\d", "<PHONE_1>", said)
    house.desk.language.expect(understood, ("complaint", 0.9))
    turn = await house.house.agent.receive(house.desk.message(said, conversation=conversation))
    assert turn["draft"] is not None
    return turn["draft"]


async def ask_for_a_person(house: DeskHouse, conversation: str = "p1") -> None:
    """Let a customer ask for a person."""
    said = "let me talk to a person"
    house.desk.language.expect(said, ("person_request", 0.9))
    await house.house.agent.receive(house.desk.message(said, conversation=conversation))


def words(html: str) -> str:
    """Return what a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def unsent(house: DeskHouse, conversation: str = "c1") -> list[str]:
    return [text for _, text in await house.house.desk.unsent(conversation)]
