"""Do what an answer says it does."""

from agents.deps import Deps
from agents.state import State


async def acted(state: State, deps: Deps) -> list[str]:
    """Let tools change things, the only place where they do; the turn is the key."""
    answer, lines = state.get("answer"), list[str]()
    for action in answer["actions"] if answer else []:
        tool = deps.tools[action["tool"]]
        if tool.perform is not None:
            form = tool.form.model_validate(action["form"])
            line = await tool.perform(form, state["turn"])
            lines += [line] if line else []
    return lines
