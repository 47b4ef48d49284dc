"""How the brand sounds: its rules, those that edits propose, and a text held against them."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from integrations.console.difference import Part, difference
from integrations.console.guard import needs
from integrations.console.parts import Console
from integrations.console.pieces import Piece, pieces
from integrations.console.roles import Person
from integrations.store.missing import Missing
from integrations.store.voice import KeptRule
from integrations.voicing import Voicing
from knowledge.voice.check import Checked, checked
from knowledge.voice.learning.edits import LEAST
from knowledge.voice.ruling import written
from knowledge.voice.suggest import suggested
from knowledge.voice.voice import Place

PATH = "/desk/voice"
EXAMPLES = 5  # edits beside a proposal
LONGEST = 10_000  # characters that are held against the voice
NETWORKS = ("x", "linkedin", "instagram", "facebook", "threads", "tiktok", "youtube", "bluesky",
            "mastodon")  # fmt: skip
SEES, DECIDES = Depends(needs("see")), Depends(needs("voice"))
Reader = Annotated[Person, SEES]
Decider = Annotated[Person, DECIDES]
Field = Annotated[str, Form(max_length=LONGEST)]


@dataclass(frozen=True)
class Beside:
    """An edit as two texts, side by side."""

    draft: int
    before: list[Part]
    after: list[Part]


@dataclass(frozen=True)
class Proposed:
    """A rule that waits, with edits that show it."""

    rule: KeptRule
    edits: list[Beside]


@dataclass(frozen=True)
class Held:
    """A text that was held against the voice."""

    text: str
    network: str
    result: Checked
    marked: list[Piece]
    better: list[Part]


def routes(console: Console) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    voicing = Voicing(console.store.engine, console.store.brand.folder, console.clock)
    _seen(router, console, voicing)
    _decided(router, console, voicing)
    return router


def _seen(router: APIRouter, console: Console, voicing: Voicing) -> None:
    @router.get(PATH, response_class=HTMLResponse)
    async def page(request: Request, person: Reader) -> Response:
        """Show the rules that hold and those that wait."""
        shown = await run_in_threadpool(_shown, voicing)
        return console.pages.render(request, "voice.html", person, **shown, held=None)

    @router.post(PATH + "/check", response_class=HTMLResponse)
    async def check(
        request: Request, person: Reader, text: Field = "", network: Field = ""
    ) -> Response:
        """Score a text, and mark why."""
        shown = await run_in_threadpool(_shown, voicing)
        held = await run_in_threadpool(_held, voicing, text, network) if text.strip() else None
        return console.pages.render(request, "voice.html", person, **shown, held=held)


def _decided(router: APIRouter, console: Console, voicing: Voicing) -> None:
    @router.post(PATH + "/learn")
    async def learn(request: Request, person: Decider) -> Response:
        """Look for rules in what people approved."""
        found = await run_in_threadpool(voicing.learning)
        waiting = await run_in_threadpool(voicing.rules.propose, found.proposals)
        words = f"{len(waiting)} proposed, from {found.edits} edits."
        return console.pages.back(request, person, PATH, words)

    @router.post(PATH + "/{number}")
    async def decide(number: int, request: Request, person: Decider, do: Field = "") -> Response:
        """Approve a rule, refuse it, or take that back."""
        acts = {"approve": voicing.rules.approve, "refuse": voicing.rules.refuse,
                "undo": voicing.rules.undo}  # fmt: skip
        try:
            if do not in acts:
                raise Missing("Say what to do: approve, refuse or undo.")
            one = await run_in_threadpool(acts[do], number, person.name)
        except Missing as missing:
            return console.pages.back(request, person, PATH, str(missing), "bad")
        return console.pages.back(
            request, person, PATH, f"{one.state.capitalize()}: {one.rule.says}"
        )


def _shown(voicing: Voicing) -> dict[str, Any]:
    kept, voice = voicing.rules.all(), voicing.voices.of()
    messages, posts = (list(written(voice, place)) for place in ("direct_message", "social_post"))
    return {
        "proposed": [_proposed(voicing, one) for one in kept if one.state == "proposed"],
        "approved": [one for one in kept if one.state == "approved"],
        "others": [one for one in kept if one.state in ("refused", "undone")],
        "both": [one.says for one in messages if one in posts],
        "messages": [one.says for one in messages if one not in posts],
        "posts": [one.says for one in posts if one not in messages],
        "guide": voice.guide,
        "version": voicing.rules.version(),
        "least": LEAST,
        "networks": NETWORKS,
    }


def _proposed(voicing: Voicing, rule: KeptRule) -> Proposed:
    edits = voicing.shown_by(rule, EXAMPLES)
    parts = [(edit.id, difference(edit.before, edit.after)) for edit in edits]
    return Proposed(
        rule, [Beside(id, _without(all, "in"), _without(all, "out")) for id, all in parts]
    )


def _without(parts: list[Part], change: str) -> list[Part]:
    return [part for part in parts if part.change != change]


def _held(voicing: Voicing, text: str, network: str) -> Held:
    network = network if network in NETWORKS else ""
    place: Place = "social_post" if network else "direct_message"
    voice = voicing.voices.of(network)
    result = checked(text, voice, place, network)
    better = suggested(text, voice, place, network, learned=False)
    changes = difference(text, better) if better != text else []
    return Held(text, network, result, pieces(text, result.findings), changes)
