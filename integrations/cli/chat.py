"""The terminal conversation: steps as they run, evidence, and commands that begin with a slash."""

import asyncio
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from agents.agent import OnStep
from agents.deps import StaleDecision
from agents.state import Step, Turn
from integrations import outgoing
from integrations.cli.deciding import decision_on
from integrations.cli.house import message, new_conversation, opened
from integrations.cli.say import said, words
from integrations.cli.why import explained
from integrations.store.records import Missing
from integrations.wiring import House
from knowledge.audience import Audience

HELP = """\
/why             explain the last turn
/as customer     write as a customer (or: /as team)
/new             begin a new conversation
/drafts          what waits for approval
/approve N       send draft N as shown (also: /edit N your words, /reject N, /rewrite N shorter)
/back            give this conversation back to the agent after a handoff
/quit            leave (or Ctrl-D)"""


@dataclass
class Session:
    """One person at the terminal."""

    house: House
    console: Console
    runner: asyncio.Runner
    who: Audience
    conversation: str
    last: Turn | None = None
    seen: dict[int, int] = field(default_factory=dict)  # draft -> revision that was shown


def run(brand: str | None, who: Audience, conversation: str | None) -> None:
    """Talk until the person leaves."""
    console = Console(highlight=False)
    house = opened(brand)
    with asyncio.Runner() as runner:
        name = conversation or new_conversation(who)
        session = Session(house, console, runner, who, name)
        with console.status("warming up"):
            runner.run(asyncio.to_thread(house.warm_up))
        console.print(
            f"[bold]{escape(house.brand.settings.name)}[/] — you write as a {who} in {name}; "
            "/help lists the commands"
        )
        while _next(session):
            pass


def _next(session: Session) -> bool:
    """Take one line; say whether to go on."""
    try:
        line = session.console.input(f"[bold cyan]{session.who}>[/] ").strip("\n")
    except (EOFError, KeyboardInterrupt):
        session.console.print()
        return False
    if line.startswith("/"):
        return _command(session, line)
    if line.strip():
        _receive(session, line)
    return True


def _receive(session: Session, line: str) -> None:
    with session.console.status("reading") as status:
        coming = message(line, session.who, session.conversation)
        turn = session.runner.run(session.house.agent.receive(coming, _shown(status, session)))
    _show(session, turn)


def _shown(status: Status, session: Session) -> OnStep:
    def on_step(step: Step) -> None:
        found = f" ({step['found']})" if step["found"] else ""
        session.console.print(f"[dim]  {step['name']}{escape(found)} {step['ms']:.0f} ms[/]")
        status.update(step["name"])

    return on_step


def _show(session: Session, turn: Turn) -> None:
    session.last = turn
    if turn["draft"] is not None:
        session.seen[turn["draft"]] = 1
    house = session.house
    parcels = session.runner.run(outgoing.packed(house.desk, house.vault, session.conversation))
    session.console.print(escape(words(turn, parcels)))
    for parcel in parcels:
        if parcel.kept != turn["text"]:
            session.console.print(f"[green]{escape(said(parcel))}[/]")
    session.runner.run(outgoing.sent(house.desk, parcels))


def _command(session: Session, line: str) -> bool:
    name, _, rest = line[1:].partition(" ")
    if name in ("quit", "exit", "q"):
        return False
    actions = {"why": _why, "as": _as, "new": _new, "drafts": _drafts, "back": _back,
               "approve": _decide, "edit": _decide, "reject": _decide,
               "rewrite": _decide}  # fmt: skip
    if name not in actions:
        session.console.print(HELP)
        return True
    try:
        actions[name](session, name, rest.strip())
    except (StaleDecision, Missing, ValueError) as error:
        session.console.print(f"[red]{escape(str(error))}[/]")
    return True


def _why(session: Session, _: str, __: str) -> None:
    text = explained(session.last) if session.last else "Nothing was said yet."
    session.console.print(escape(text))


def _as(session: Session, _: str, who: str) -> None:
    if who not in ("customer", "team"):
        raise ValueError("Write /as customer or /as team.")
    session.who = "team" if who == "team" else "customer"
    _new(session, "", "")


def _new(session: Session, _: str, __: str) -> None:
    session.conversation = new_conversation(session.who)
    session.console.print(f"A new conversation: {session.conversation}")


def _drafts(session: Session, _: str, __: str) -> None:
    found = session.runner.run(session.house.desk.open_drafts())
    for draft in found:
        session.seen[draft["id"]] = draft["revision"]
        session.console.print(escape(f"{draft['id']} for: {draft['about']}\n    {draft['text']}"))
    if not found:
        session.console.print("No draft waits.")


def _decide(session: Session, action: str, rest: str) -> None:
    number, _, text = rest.partition(" ")
    if not number.isdigit():
        raise ValueError(f"Write /{action} and the number of a draft.")
    if int(number) not in session.seen:
        raise ValueError(f"Look at draft {number} first: /drafts.")
    why = text if action == "rewrite" else ""
    decision = decision_on(int(number), action, session.seen[int(number)], text, "", why)
    decided = session.runner.run(session.house.reviewing.decide(decision))
    session.seen[decided.draft] = decided.revision
    if decided.turn and decided.status != "open":
        _show(session, decided.turn)
    else:
        session.console.print(escape(decided.said))


def _back(session: Session, _: str, __: str) -> None:
    session.last = session.runner.run(
        session.house.reviewing.hand_back(session.conversation, "you")
    )
    session.console.print("The agent has this conversation again.")
