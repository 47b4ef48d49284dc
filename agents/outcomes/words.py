"""The brand's own words for a verdict: a message text with its blanks filled in."""

from agents.deps import Deps
from agents.outcomes.hours import is_open, next_opening
from agents.state import State
from prompts import loader

# Message texts that stand under an answer instead of in its place.
KEEPING = ("", "unknown_part", "no_tool")


def words(state: State, deps: Deps, team: str) -> str:
    """Return what is said: what was answered, then the message text of the rule, if it has one."""
    answer = state.get("answer")
    said = answer["text"] if answer and _keeps(state) else ""
    template = state.get("says", "")
    parts = [said, _rendered(template, state, deps, team) if template else ""]
    parts += [_rendered(beside, state, deps, team)] if (beside := _beside(state)) else []
    settings = deps.brand.settings
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n\n{settings.signature}" if settings.signature and text else text


def _beside(state: State) -> str:
    """Return the message text about a choice that was written in one go with other things."""
    standing = state.get("standing")
    told = standing and not standing["whole"] and standing["says"].startswith("opted")
    return standing["says"] if standing and told else ""


def _keeps(state: State) -> bool:
    """An answer goes along with a reply, when only a part is missing, or when it is acted on."""
    replies = state["verdict"] == "reply" and state.get("says", "") in KEEPING
    return replies or state.get("acts", False)


def _rendered(template: str, state: State, deps: Deps, team: str) -> str:
    settings, now = deps.brand.settings, deps.clock()
    option = deps.language.option
    unserved = [option(name) for name in state.get("unserved", [])]
    abilities = [t.purpose for t in deps.tools.values() if "team" in t.audiences and t.purpose]
    opened = is_open(settings, now)
    return loader.render(
        f"messages/{template}",
        name=settings.name,
        languages=settings.languages,
        team=team,
        open=opened,
        opens="" if opened else next_opening(settings, now),
        abilities=abilities,
        wanted=" or ".join(unserved),
        options=[option(name) for name in state.get("options", [])],
        language=state["standing"]["language"] if "standing" in state else "",
        score=state["standing"].get("score", 0) if "standing" in state else 0,
    )
