"""Apply the rules to what was found and answered."""

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.policy.risk import risk
from agents.policy.rules import Case, decide
from agents.state import Risk, State
from knowledge.brands.brand import AutonomyRow, Brand, Mode

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
        "risk": case.risk,
        "team": _team(case, brand),
    }


def _case(state: State, brand: Brand) -> Case:
    signals, conversation = state["signals"], state["conversation"]
    limit = brand.settings.thresholds
    wanted = {i["name"] for i in state["intents"] if i["confidence"] >= limit.intent}
    wanted |= {ask["intent"] for ask in state.get("asks", []) if ask["intent"]}
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
    )


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
    if case.signals["crisis"]:
        return brand.team("crisis")
    named = [intent for intent in brand.settings.teams if intent in case.intents]
    first = ("privacy_request", "event_support", "complaint")
    named.sort(key=lambda intent: first.index(intent) if intent in first else len(first))
    return brand.team(named[0] if named else "default")
