"""What a conversation looks like after a turn. Pure."""

from datetime import datetime, timedelta

from agents.state import Conversation, Line, OpenQuestion, State

KEPT_NOTES = 20  # of the summary; older ones become a count
IDLE = timedelta(hours=24)  # after that a conversation begins anew


def began_anew(conversation: Conversation, now: datetime) -> Conversation:
    """Start a new episode when nothing was said for a day and no person has the conversation."""
    history = conversation["history"]
    if not history or conversation["owner"] == "person":
        return conversation
    if now - datetime.fromisoformat(history[-1]["at"]) < IDLE:
        return conversation
    return given_back(conversation)


def given_back(conversation: Conversation) -> Conversation:
    """Return the conversation as a fresh episode of the agent's: nothing open, nothing tried."""
    return {
        **conversation,
        "episode": conversation["episode"] + 1,
        "owner": "agent",
        "team": "",
        "history": [],
        "summary": [],
        "question": None,
        "topic": "",
        "asked_back": 0,
        "disclosed": False,
    }


def after(state: State) -> Conversation:
    """Return the conversation with this turn in it."""
    before, verdict = state["conversation"], state["verdict"]
    if "decision" in state and verdict == "silence":
        return _held(state) if state["decision"]["action"] == "take_over" else before
    conversation: Conversation = {
        **before,
        "summary": _summary(before["summary"], state),
        "disclosed": state.get("outcome", {}).get("disclosed") or before.get("disclosed", False),
    }
    if before["owner"] == "person":
        return conversation
    question = _question(state)
    unclear = question is not None and not question.keys() & {"confirms", "goes_on"}
    handed = verdict == "handoff"
    return {
        **conversation,
        "owner": "person" if handed else "agent",
        "team": state.get("team", "") if handed else "",
        "question": question,
        "topic": _topic(state),
        "asked_back": before["asked_back"] + 1 if unclear else 0,
    }


def _held(state: State) -> Conversation:
    """Return the conversation of a draft that somebody took over."""
    team = state["draft"].get("team", "") or state["conversation"]["team"]
    return {**state["conversation"], "owner": "person", "team": team}


def replaced(state: State) -> list[int]:
    """Return the open drafts that this turn answers anew, or leaves to a person."""
    anew = "newly" in state and state["verdict"] != "silence"
    return state.get("waiting", []) if anew or state["verdict"] == "handoff" else []


def _question(state: State) -> OpenQuestion | None:
    """Return what we asked: which option is meant, or whether to do what cannot be undone."""
    outcome = state.get("outcome", {})
    asked = outcome.get("asked", [])
    if not asked:
        return None
    question = OpenQuestion(options=asked, about=state.get("considered", ""))
    if what := outcome.get("confirms"):
        question |= {"confirms": what, "by": state["message"].get("contact", "")}
    if outcome.get("goes_on"):
        question["goes_on"] = True
    return question


def _topic(state: State) -> str:
    """The last question that was answered from evidence is what a follow-up refers to."""
    answer = state.get("answer")
    if answer and answer["evidence"]:
        return state.get("follows") or state.get("considered", "")
    return "" if state.get("route") == "cancelled" else state["conversation"]["topic"]


def new_lines(state: State, now: datetime) -> list[Line]:
    """Return what this turn adds to the history."""
    message, route = state["message"], state.get("route", "")
    lines: list[Line] = []
    if "decision" not in state:
        who, said = message["audience"], state.get("newly", message["text"])
        lines.append(Line(who=who, text=said[:2000], at=message["at"], route=route))
    text = state.get("outcome", {}).get("text", "")
    if text and state["verdict"] in ("reply", "handoff"):
        lines.append(Line(who="agent", text=text[:2000], at=now.isoformat(), route=route))
    return lines


def _summary(notes: list[str], state: State) -> list[str]:
    """Add one short line a turn; the oldest lines fold into a count, so it never grows."""
    said = " ".join(state["message"]["text"].split())[:100]
    notes = [*notes, f"{said} -> {state['verdict']} ({state.get('route') or 'nothing'})"]
    if len(notes) <= KEPT_NOTES:
        return notes
    folded = int(notes[0].split()[0]) if notes[0].endswith("earlier turns") else 1
    return [f"{folded + 1} earlier turns", *notes[2:]]
