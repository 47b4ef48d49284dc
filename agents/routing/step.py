"""Decide which tools answer the message, or that none does."""

from collections.abc import Iterable, Mapping

from langgraph.runtime import Runtime
from pydantic import BaseModel, Field

from agents.deps import Deps, Language
from agents.state import Ask, Intent, State
from knowledge.audience import Audience
from knowledge.documents.questions import asks as asks_something
from prompts import loader
from tools.contract import Tool
from tools.model import Model, ModelError
from tools.privacy.wishes import how_to

NOBODY = "nobody"
STANDING = "standing"  # the message is about its writer and nothing else
CLARIFY = "clarify"
MISTAKEN = frozenset({"feature_request", "out_of_scope", "small_talk"})  # for a question, at times
ALIKE = 0.8  # how sure several intents of one tool must be together
OFFERED = 3  # options in a clarifying question
# These count only when nothing else is wanted: an insult beside a wish is an upset customer's.
LIGHT = frozenset({"small_talk", "closing", "praise", "abuse", "out_of_scope"})


class Choice(BaseModel):
    """The model's pick."""

    intent: str = Field(description="Exactly one of the intent names, or 'unclear'.")


async def routing(state: State, runtime: Runtime[Deps]) -> State:
    """Pick the tools by intent and audience; unsure means one clarifying question."""
    deps, audience = runtime.context, state["message"]["audience"]
    if "standing" in state and state["standing"]["whole"]:
        return {"route": STANDING, "asks": [], "options": [], "unserved": []}
    wanted = _wanted(state["intents"], deps.brand.settings.thresholds.intent)
    options = [] if wanted else _options(state["intents"])
    if not wanted and state["intents"] and deps.model:
        wanted = await _asked(deps.model, state, deps.language, audience)
    wanted = wanted or _alike(state["intents"], deps.tools, audience)
    if not wanted and state["signals"]["readable"] == "text":
        ask = Ask(tool=CLARIFY, intent="", text=state["considered"])
        asks = [ask, *_tried(state, [], deps.tools)]
        return {"route": CLARIFY, "options": options, "asks": asks, "unserved": []}
    wanted.sort(key=lambda intent: state["considered"].find(intent["text"]))
    asks, unserved = _asks(wanted, state["considered"], deps.tools, audience)
    route = asks[0]["tool"] if asks else NOBODY
    asks += _tried(state, wanted, deps.tools)
    return {"route": route, "asks": asks, "options": options, "unserved": unserved}


def _tried(state: State, wanted: list[Intent], tools: Mapping[str, Tool]) -> list[Ask]:
    """Try the question tool too, where a question may have been taken for something else."""
    audience, text = state["message"]["audience"], state["considered"]
    tool = _tool("question", tools, audience)
    known = MISTAKEN | ({"privacy_request"} if how_to(text) else set())
    mistaken = {intent["name"] for intent in wanted} <= known and asks_something(text)
    if audience != "customer" or tool is None or not mistaken:
        return []
    return [Ask(tool=tool.name, intent="question", text=text, tried=True)]


def _wanted(intents: Iterable[Intent], limit: float) -> list[Intent]:
    """Keep what we are sure of; courtesies do not count beside a real wish."""
    sure = [intent for intent in intents if intent["confidence"] >= limit]
    return [intent for intent in sure if intent["name"] not in LIGHT] or sure[:1]


def _alike(
    intents: Iterable[Intent], tools: Mapping[str, Tool], audience: Audience
) -> list[Intent]:
    """Take the best of several intents that one tool serves, when it is nearly surely one."""
    shares: dict[str, float] = {}
    for intent in intents:
        tool = _tool(intent["name"], tools, audience)
        if tool and intent["name"] not in LIGHT:
            shares[tool.name] = shares.get(tool.name, 0.0) + intent["confidence"]
            if shares[tool.name] >= ALIKE:
                return [intent]
    return []


def _options(intents: Iterable[Intent]) -> list[str]:
    return [i["name"] for i in intents if i["name"] not in LIGHT][:OFFERED]


async def _asked(
    model: Model, state: State, language: Language, audience: Audience
) -> list[Intent]:
    """Let the model choose where the local classifier is unsure; a wrong name is no choice."""
    names = language.known(audience)
    about = {name: language.about(name) for name in names}
    prompt = loader.render("routing", message=state["considered"], intents=about)
    try:
        choice = await model.complete(prompt, Choice)
    except ModelError:
        return []
    if choice.intent not in names:
        return []
    return [Intent(name=choice.intent, confidence=1.0, text=state["considered"])]


def _asks(
    wanted: list[Intent], whole: str, tools: Mapping[str, Tool], audience: Audience
) -> tuple[list[Ask], list[str]]:
    """Give each wish to the tool that serves it here; a lone wish gets all the text."""
    asks: list[Ask] = []
    unserved: list[str] = []
    for intent in wanted:
        tool = _tool(intent["name"], tools, audience)
        text = intent["text"] if len(wanted) > 1 else whole
        if tool is None:
            unserved.append(intent["name"])
        elif not any(ask["tool"] == tool.name and ask["text"] == text for ask in asks):
            asks.append(Ask(tool=tool.name, intent=intent["name"], text=text))
    return asks, unserved


def _tool(intent: str, tools: Mapping[str, Tool], audience: Audience) -> Tool | None:
    fits = (t for t in tools.values() if intent in t.intents and audience in t.audiences)
    return next(fits, None)
