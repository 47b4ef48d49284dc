"""Let the chosen tools work out an answer. Nothing is changed here."""

import re
from collections.abc import Mapping

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import Ask, State
from tools.contract import Action, Answer, Evidence, Request, Tool, ToolError, say

MARK = re.compile(r"\[(\d+)\]")


async def answering(state: State, runtime: Runtime[Deps]) -> State:
    """Fill in each tool's form, and join what the tools would say."""
    language = runtime.context.language
    options = tuple(language.option(name) for name in state["options"])
    requests = [
        (ask, Request(ask["text"], ask["intent"], options, state["follows"]))
        for ask in state["asks"]
    ]
    answers = [await _one(ask, request, runtime.context.tools) for ask, request in requests]
    return {"answer": joined(answers, runtime.context.brand.settings.thresholds.answer)}


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


def joined(answers: list[Answer], limit: float) -> Answer:
    """Put what we are sure of under each other, with its evidence numbered through."""
    sure = [answer for answer in answers if answer["confidence"] >= limit]
    missing = [part for answer in answers for part in answer["missing"]]
    if not sure:
        return {**max(answers, key=lambda one: one["confidence"]), "missing": missing}
    texts: list[str] = []
    evidence: list[Evidence] = []
    for answer in sure:
        text = _shifted(answer["text"], len(evidence))
        if answer["evidence"] and any(
            answer["evidence"][0]["quote"] == e["quote"] for e in evidence
        ):
            continue  # two questions with the same answer
        if text and text not in texts:
            texts.append(text)
            evidence += [{**e, "number": e["number"] + len(evidence)} for e in answer["evidence"]]
    return Answer(
        text="\n\n".join(texts),
        evidence=evidence,
        confidence=min(answer["confidence"] for answer in sure),
        actions=[action for answer in sure for action in answer["actions"]],
        missing=missing,
    )


def _shifted(text: str, by: int) -> str:
    return MARK.sub(lambda mark: f"[{int(mark[1]) + by}]", text) if by else text
