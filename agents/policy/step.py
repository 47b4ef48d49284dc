"""Apply the rules to what was found and answered."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.policy.promised import promised
from agents.policy.risk import risk
from agents.policy.rules import Case, decide
from agents.state import Risk, State
from knowledge.brands.brand import AutonomyRow, Brand, Mode

URGENT = frozenset({"privacy_request", "event_support", "complaint"})
MANNERS = frozenset({"abuse", "praise"})
STRICT: tuple[Mode, ...] = ("auto", "draft", "off")


async def policy(state: State, runtime: Runtime[Deps]) -> State:
    """Write the verdict and the team it concerns; nothing else may."""
    brand = runtime.context.brand
    case = _case(state, brand)
    rule = decide(case)
    return {
        "verdict": rule.verdict,
        "reason": rule.reason,
        "says": rule.says,
        "acts": rule.acts,
        "risk": case.risk,
        "team": _team(case, brand),
    }


def _case(state: State, brand: Brand) -> Case:
    signals, conversation = state["signals"], state["conversation"]
    limit = brand.settings.thresholds
    wanted = {i["name"] for i in state["intents"] if i["confidence"] >= limit.intent}
    wanted |= {ask["intent"] for ask in state.get("asks", []) if ask["intent"]}
    wanted |= set(state.get("unserved", []))
    wanted -= _mistaken(state)
    answer, level = state.get("answer"), risk(signals)
    answered = bool(answer and answer["text"] and answer["confidence"] >= limit.answer)
    return Case(
        owner=conversation["owner"],
        audience=state["message"]["audience"],
        intents=frozenset(wanted),
        mode=_mode(brand, state["message"]["channel"], wanted, level),
        risk=level,
        signals=signals,
        language_known=signals["language"] in ("", *brand.settings.languages),
        route=state.get("route", ""),
        asked_back=conversation["asked_back"],
        recent=tuple(line["route"] for line in conversation["history"]),
        answered=answered,
        missing=bool(answer and answer["missing"]),
        actions=bool(answer and answer["actions"]),
        sure=state["sure"] or not state.get("options"),
        unserved=bool(state.get("unserved")),
        doubtful=bool(answer and answer["doubts"]),
        promises=bool(answer and promised(answer)),
        asks_yes=bool(answer and "confirm" in answer),
        said_yes=bool(state.get("confirmed")),
        standing=_standing(state),
    )


def _standing(state: State) -> str:
    """Return what the message says about its writer, where it says nothing else."""
    standing = state.get("standing")
    return standing["says"] if standing and standing["whole"] else ""


def _mistaken(state: State) -> set[str]:
    """Return what a how-to question was taken for, once the help centre has answered it."""
    tried = {ask["tool"] for ask in state.get("asks", []) if ask.get("tried")}
    return {"privacy_request"} if state.get("route") in tried else set()


def _mode(brand: Brand, channel: str, intents: set[str], level: Risk) -> Mode:
    """Read the autonomy ladder for each intent; the strictest rung counts."""
    rows = brand.settings.autonomy
    found = [_rung(rows, channel, intent, level) for intent in intents or {""}]
    return max(found, key=STRICT.index)


def _rung(rows: list[AutonomyRow], channel: str, intent: str, level: Risk) -> Mode:
    case = {"channel": channel, "intent": intent, "risk": level}
    for row in rows:
        given = row.model_dump(exclude={"mode"}, exclude_none=True)
        if all(case[key] == value for key, value in given.items()):
            return row.mode
    return "draft"  # a ladder without a last row: a person looks


def _team(case: Case, brand: Brand) -> str:
    """Pick the team: of several wishes the first of URGENT, else one that is more than manners."""
    if case.signals["crisis"]:
        return brand.team("crisis")
    wishes = (case.intents - MANNERS) or case.intents
    named = sorted(wishes, key=lambda i: (i not in URGENT, i not in brand.settings.teams, i))
    return brand.team(named[0] if named else "default")
