"""Tell the team what the agent can do for them."""

from collections.abc import Callable, Sequence

from prompts import loader
from tools.contract import Answer, Tool, say
from tools.conversation.courtesies import Nothing


def team_help(brand: str, abilities: Callable[[], Sequence[str]]) -> Tool:
    """Build the tool around the list of what the catalogue holds."""

    async def answer(form: Nothing) -> Answer:
        text = loader.render("messages/help_team", name=brand, abilities=abilities(), wanted="")
        return say(text)

    return Tool(
        name="help",
        purpose="say what I can do",
        audiences=frozenset({"team"}),
        intents=frozenset({"help", "out_of_scope"}),
        form=Nothing,
        fill=lambda _: Nothing(),
        answer=answer,
    )
