"""Keep a customer's idea where the team reads it."""

from typing import Protocol

from pydantic import BaseModel, Field

from prompts import loader
from tools.contract import Answer, Tool, say


class Ideas(Protocol):
    """Where ideas are kept; a repeated key changes nothing."""

    async def idea(self, text: str, key: str) -> None: ...


class Idea(BaseModel):
    """The form: the idea in the customer's words."""

    text: str = Field(description="What the customer wishes for.", max_length=2000)


def note_idea(ideas: Ideas, brand: str) -> Tool:
    """Build the tool around a place for ideas."""

    async def answer(form: Idea) -> Answer:
        return say(loader.render("messages/idea_noted", name=brand))

    async def perform(form: Idea, key: str) -> None:
        await ideas.idea(form.text, key)

    return Tool(
        name="note_idea",
        purpose="note a customer's idea for the team",
        audiences=frozenset({"customer"}),
        intents=frozenset({"feature_request"}),
        form=Idea,
        fill=lambda request: Idea(text=request.text[:2000]),
        answer=answer,
        perform=perform,
    )
