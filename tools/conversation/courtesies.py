"""What is said without looking anything up; the words are in prompts/messages."""

from dataclasses import dataclass

from pydantic import BaseModel

from knowledge.audience import Audience
from prompts import loader
from tools.contract import Answer, Request, Tool, say

EVERYBODY: frozenset[Audience] = frozenset({"customer", "team"})
CUSTOMERS: frozenset[Audience] = frozenset({"customer"})
TEAM: frozenset[Audience] = frozenset({"team"})


class Nothing(BaseModel):
    """A form without fields."""


@dataclass(frozen=True)
class Courtesy:
    """A message text and the intents it answers."""

    name: str
    template: str
    intents: frozenset[str]
    audiences: frozenset[Audience]


COURTESIES = (
    Courtesy("greeting", "greeting", frozenset({"small_talk"}), CUSTOMERS),
    Courtesy("closing", "closing", frozenset({"closing"}), CUSTOMERS),
    Courtesy("hello", "greeting_team", frozenset({"small_talk"}), TEAM),
    Courtesy("welcome", "closing_team", frozenset({"closing"}), TEAM),
    Courtesy("praise", "praise", frozenset({"praise"}), CUSTOMERS),
    Courtesy("boundary", "boundary", frozenset({"abuse"}), CUSTOMERS),
    Courtesy("scope", "out_of_scope", frozenset({"out_of_scope"}), CUSTOMERS),
    Courtesy("cancelled", "cancelled", frozenset({"cancel"}), EVERYBODY),
)


def courtesies(brand: str) -> list[Tool]:
    """Build a tool for each courtesy."""
    return [_tool(courtesy, brand) for courtesy in COURTESIES]


def _tool(courtesy: Courtesy, brand: str) -> Tool:
    async def answer(form: Nothing) -> Answer:
        return say(loader.render(f"messages/{courtesy.template}", name=brand))

    return Tool(
        name=courtesy.name,
        purpose="",
        audiences=courtesy.audiences,
        intents=courtesy.intents,
        form=Nothing,
        fill=lambda _: Nothing(),
        answer=answer,
    )


class Options(BaseModel):
    """The form of a clarifying question: what could be meant."""

    options: list[str]


def clarify() -> Tool:
    """Build the tool that asks one question with at most three concrete options."""

    async def answer(form: Options) -> Answer:
        return say(loader.render("messages/clarify", options=form.options))

    def fill(request: Request) -> Options:
        return Options(options=list(request.options))

    return Tool("clarify", "", EVERYBODY, frozenset(), Options, fill, answer)
