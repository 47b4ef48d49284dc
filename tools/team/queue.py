"""Show the team what waits for them: drafts, handoffs and ideas."""

import re
from typing import Protocol, TypedDict

from pydantic import BaseModel, Field

from prompts import loader
from tools.contract import Answer, Request, Tool, ToolError, say


class Waiting(TypedDict):
    """One thing that waits."""

    id: int
    revision: int
    text: str
    about: str
    at: str


class Desk(Protocol):
    """Where things wait for people."""

    async def open_drafts(self) -> list[Waiting]: ...

    async def open_handoffs(self) -> list[Waiting]: ...

    async def latest_ideas(self) -> list[Waiting]: ...


class QueueCommand(BaseModel):
    """The form: one draft, or everything."""

    draft: int | None = Field(default=None, description="The number of a draft.")


def queue(desk: Desk) -> Tool:
    """Build the tool around the desk. It only shows: deciding is a person's own command."""

    async def answer(form: QueueCommand) -> Answer:
        drafts = await desk.open_drafts()
        if form.draft is not None:
            chosen = [draft for draft in drafts if draft["id"] == form.draft]
            if not chosen:
                raise ToolError(f"Draft {form.draft} does not wait for anybody.")
            return say(loader.render("messages/draft", draft=chosen[0]))
        handoffs, ideas = await desk.open_handoffs(), await desk.latest_ideas()
        text = loader.render("messages/queue", drafts=drafts, handoffs=handoffs, ideas=ideas)
        return say(text)

    return Tool(
        name="queue",
        purpose="show the drafts, handoffs and ideas that wait for you",
        audiences=frozenset({"team"}),
        intents=frozenset({"queue"}),
        form=QueueCommand,
        fill=_fill,
        answer=answer,
    )


def _fill(request: Request) -> QueueCommand:
    number = re.search(r"(?:draft|reply|number|no\.?|#)\s*#?(\d{1,9})\b", request.text.lower())
    return QueueCommand(draft=int(number[1]) if number else None)
