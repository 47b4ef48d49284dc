"""Let the chosen tools work out an answer. Nothing is changed here."""

from collections.abc import Mapping

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import Ask, State
from tools.contract import Action, Answer, Evidence, Request, Tool, ToolError, say


async def answering(state: State, runtime: Runtime[Deps]) -> State:
    """Fill in each tool's form, and join what the tools would say."""
    language = runtime.context.language
    options = tuple(language.option(name) for name in state["options"])
    requests = [
        (ask, Request(ask["text"], ask["intent"], options, state["follows"]))
        for ask in state["asks"]
    ]
    answers = [await _one(ask, request, runtime.context.tools) for ask, request in requests]
    return {"answer": _joined(answers)}


async def _one(ask: Ask, request: Request, tools: Mapping[str, Tool]) -> Answer:
    tool = tools[ask["tool"]]
    form = tool.fill(request)
    try:
        answer = await tool.answer(form)
    except ToolError as error:
        return {**say(str(error)), "missing": [ask["text"]]}
    if tool.perform is not None:
        action = Action(tool=tool.name, form=form.model_dump(mode="json"))
        answer = {**answer, "actions": [*answer["actions"], action]}
    return answer


def _joined(answers: list[Answer]) -> Answer:
    """Put several answers under each other and number their evidence through."""
    texts: list[str] = []
    evidence: list[Evidence] = []
    for answer in answers:
        if answer["text"] and answer["text"] not in texts:
            texts.append(answer["text"])
        for item in answer["evidence"]:
            evidence.append({**item, "number": len(evidence) + 1})
    return Answer(
        text="\n\n".join(texts),
        evidence=evidence,
        confidence=min(answer["confidence"] for answer in answers),
        actions=[action for answer in answers for action in answer["actions"]],
        missing=[missing for answer in answers for missing in answer["missing"]],
    )
