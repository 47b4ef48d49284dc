"""Say that a machine answers, before anything else, once an episode. Pure."""

from agents.deps import Deps
from agents.routing.step import STANDING
from agents.state import Outcome, State
from prompts import loader

PUBLIC = "public"  # everybody reads it, and there is little room
SAYS_SO = frozenset({"greeting"})  # these texts say it themselves


def disclosed(text: str, state: State, deps: Deps) -> Outcome:
    """Return what is said, with the disclosure where it is due, and whether it is in there."""
    if not text or not _due(state, deps):
        return {"text": text}
    if state.get("route") in SAYS_SO:
        return {"text": text, "disclosed": True}
    short = state["message"]["channel"] == PUBLIC
    template, gap = ("disclosure_public", " ") if short else ("disclosure", "\n\n")
    name, language = deps.brand.settings.name, _language(state, deps)
    first = loader.render(f"messages/{template}", name=name, language=language)
    return {"text": f"{first}{gap}{text}", "disclosed": True}


def _due(state: State, deps: Deps) -> bool:
    """Say whether a customer reads the machine's words here, and was not told yet.

    What a person wrote in place of a draft is that person's, and to call it automated is untrue.
    """
    edited = "decision" in state and state["decision"]["action"] == "edit"
    customer = state["message"]["audience"] == "customer"
    told = state["conversation"].get("disclosed", False)
    return deps.brand.settings.disclosure.when == "first" and customer and not (told or edited)


def _language(state: State, deps: Deps) -> str:
    """Return the language of the word they wrote, theirs if the brand speaks it, or the brand's."""
    languages = deps.brand.settings.languages
    if state.get("route") == STANDING and state["standing"]["language"]:
        return state["standing"]["language"]
    theirs = state["signals"]["language"] if "signals" in state else ""
    return theirs if theirs in languages else languages[0]
