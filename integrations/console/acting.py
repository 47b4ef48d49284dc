"""What people do with drafts: one form for each decision, and many low-risk ones at once."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import StringConstraints
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from integrations.console.draft_page import shown
from integrations.console.draft_view import Kept
from integrations.console.guard import Forbidden, needs
from integrations.console.later import moment
from integrations.console.parts import Console
from integrations.console.roles import Action, Person
from integrations.console.sign_in import local
from integrations.console.spans import here
from integrations.store.missing import Missing
from integrations.store.reading import reading
from integrations.store.schema import drafts

if TYPE_CHECKING:
    from agents.state import Decision
    from integrations.reviewing import Decided, Refused, Reviewing

DRAFT = "/desk/drafts/{number}"
QUEUE = "/desk"
Decider = Annotated[Person, Depends(needs("decide", "content"))]
Field = Annotated[str, Form()]
Number = Annotated[int, Form()]
Seen = Annotated[str, StringConstraints(pattern=r"^\d{1,9}\.\d{1,9}$")]  # draft 12, revision 1
Chosen = Annotated[list[Seen], Form(alias="draft", default_factory=list, max_length=100)]
Numbers = Annotated[list[int], Form(alias="draft", default_factory=list, max_length=100)]
Act = Callable[["Reviewing"], Awaitable["Decided"]]
ACTS = ("approve", "edit", "reject", "rewrite", "take_over")


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    _one(router, console)
    _many(router, console)
    _elsewhere(router, console)
    return router


def _one(router: APIRouter, console: Console) -> None:
    @router.post(DRAFT)
    async def decide(
        number: int,
        request: Request,
        person: Decider,
        do: Field = "",
        revision: Number = 0,
        text: Field = "",
        code: Field = "",
        why: Field = "",
        next: Field = "",
    ) -> Response:
        """Carry out a decision about the revision that was seen."""
        if do not in ACTS:
            raise Missing("There is no such decision.")
        reason = f"{code}: {why}".strip(": ") if code else why
        decision = _decision(console, person, (number, revision, do), text, reason)
        said, done = await tried(console, person, [number], lambda r: r.decide(decision))
        if not done and do in ("edit", "rewrite"):  # nobody loses what they wrote
            kept = Kept(do, text if do == "edit" else why, said)
            return await shown(console, request, person, number, kept, 409)
        path = local(next) if next else f"/desk/drafts/{number}"
        return console.pages.back(request, person, path, said, "good" if done else "bad")


def _many(router: APIRouter, console: Console) -> None:
    @router.post("/desk/bulk")
    async def approve(
        request: Request, person: Decider, chosen: Chosen, next: Field = QUEUE
    ) -> Response:
        """Approve what was ticked; what is not low in risk, or changed meanwhile, stays."""
        seen = [(int(n), int(r)) for n, _, r in (one.partition(".") for one in chosen)]
        await check(console, person, [number for number, _ in seen])
        decisions = [_decision(console, person, (n, r, "approve")) for n, r in seen]
        results = await (await console.house()).reviewing.decide_all(decisions)
        for number, _ in seen:
            console.feed.tell("decision", str(number), person.name)
        said, good = _summed(results)
        said = words(console, said)
        return console.pages.back(request, person, local(next), said, "good" if good else "bad")

    @router.post("/desk/undo")
    async def undo(
        request: Request, person: Decider, chosen: Numbers, next: Field = QUEUE
    ) -> Response:
        """Take back what has not left yet."""
        said, good = "Nothing was chosen.", False
        for number in chosen:
            act = _undoing(number, person.name)
            said, good = await tried(console, person, [number], act)
        return console.pages.back(request, person, local(next), said, "good" if good else "bad")


def _elsewhere(router: APIRouter, console: Console) -> None:
    @router.post(DRAFT + "/later")
    async def later(
        number: int, request: Request, person: Decider, until: Field = "", why: Field = ""
    ) -> Response:
        """Put a draft away until a time."""
        at = moment(until, console.clock(), console.store.brand.settings.time_zone)
        if at is None:
            raise Missing("There is no such time.")
        return await _back(
            console, request, person, number, lambda r: r.snooze(number, at, person.name, why)
        )

    @router.post(DRAFT + "/assign")
    async def assign(number: int, request: Request, person: Decider, to: Field = "") -> Response:
        """Give a draft to somebody, or to nobody."""
        return await _back(
            console, request, person, number, lambda r: r.assign(number, to, person.name)
        )


async def _back(
    console: Console, request: Request, person: Person, number: int, act: Act
) -> Response:
    said, done = await tried(console, person, [number], act)
    path = f"/desk/drafts/{number}"
    return console.pages.back(request, person, path, said, "good" if done else "bad")


async def tried(
    console: Console, person: Person, numbers: Sequence[int], act: Act
) -> tuple[str, bool]:
    """Do it if this person may; return what to say, and whether it was done."""
    await check(console, person, numbers)
    reviewing = (await console.house()).reviewing
    try:
        done = await act(reviewing)
    except refusals() as error:
        return words(console, str(error)), False
    for number in numbers:
        console.feed.tell("decision", str(number), person.name)
    if done.leaves_at:
        return f"{done.said.partition(';')[0]}. Until it leaves you can undo it.", True
    return words(console, done.said), True


def words(console: Console, said: str) -> str:
    """Return what was said with the times of where the brand is."""
    return here(said, console.store.brand.settings.time_zone, console.clock())


def refusals() -> tuple[type[Exception], ...]:
    """Return what says no in words for a reviewer; it comes with the agent, so it comes late."""
    from agents.agent import NotChecked
    from agents.deps import Conflict, StaleDecision

    return (StaleDecision, Conflict, NotChecked, Missing)


async def check(console: Console, person: Person, numbers: Sequence[int]) -> None:
    """Refuse whoever may not decide about a draft of its kind."""
    for kind in await run_in_threadpool(_kinds, console, numbers):
        right: Action = "content" if kind == "post" else "decide"
        if not person.may(right):
            raise Forbidden(right)


def _kinds(console: Console, numbers: Sequence[int]) -> list[str]:
    query = select(drafts.c.kind).where(drafts.c.id.in_(numbers)).distinct()
    with reading(console.store.engine) as db:
        return list(db.scalars(query))


def _decision(
    console: Console, person: Person, what: tuple[int, int, str], text: str = "", reason: str = ""
) -> "Decision":
    number, revision, action = what
    return cast(
        "Decision",
        {
            "draft": number,
            "revision": revision,
            "action": action,
            "text": text.replace("\r\n", "\n").strip(),
            "by": person.name,
            "at": console.clock().isoformat(),
            "reason": reason.strip(),
            "role": person.role,
        },
    )


def _undoing(number: int, by: str) -> Act:
    return lambda reviewing: reviewing.undo(number, by)


def _summed(results: "list[Decided | Refused]") -> tuple[str, bool]:
    refused: list[Any] = [one for one in results if hasattr(one, "why")]
    done = len(results) - len(refused)
    told = [f"{done} approved."] if done else []
    told += [f"Draft {one.draft} stays: {one.why}" for one in refused]
    return " ".join(told) or "Nothing was ticked.", bool(done)
