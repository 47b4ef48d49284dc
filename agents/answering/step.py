"""Let the chosen tools work out an answer. Nothing is changed here."""

from collections.abc import Mapping

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import Ask, State
from tools.contract import Action, Answer, Request, Tool, ToolError, joined, say


async def answering(state: State, runtime: Runtime[Deps]) -> State:
    """Fill in each tool's form, and join what the tools would say."""
    language = runtime.context.language
    options = tuple(language.option(name) for name in state["options"])
    sure, tools = runtime.context.brand.settings.thresholds.answer, runtime.context.tools
    answers = []
    for ask in sorted(state["asks"], key=lambda ask: not ask.get("tried")):
        answer = await _one(ask, _request(ask, options, state), tools)
        if ask.get("tried") and answer["confidence"] >= sure:
            return {"answer": answer, "route": ask["tool"], "options": []}
        answers += [] if ask.get("tried") else [answer]
    return {"answer": joined(answers, sure)}


def _request(ask: Ask, options: tuple[str, ...], state: State) -> Request:
    return Request(
        ask["text"],
        ask["intent"],
        options,
        state["follows"],
        confirmed=state["confirmed"],
        conversation=state["conversation"]["id"],
        channel=state["message"]["channel"],
        contact=state["message"].get("contact", ""),
    )


async def _one(ask: Ask, request: Request, tools: Mapping[str, Tool]) -> Answer:
    tool = tools[ask["tool"]]
    form = tool.fill(request)
    try:
        answer = await tool.answer(form)
    except ToolError as error:
        return {**say(str(error)), "missing": [ask["text"]]}
    if tool.perform is not None and "confirm" not in answer:
        action = Action(tool=tool.name, form=form.model_dump(mode="json"))
        answer = {**answer, "actions": [*answer["actions"], action]}
    return answer
