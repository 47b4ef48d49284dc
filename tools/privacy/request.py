"""Take a customer's wish to have their data erased or sent, once they have confirmed it."""

from typing import Literal, Protocol

from pydantic import BaseModel, Field

from prompts import loader
from tools.contract import Answer, Confirm, Request, Tool, say
from tools.model import Model, ModelError
from tools.privacy.wishes import Wish, wish
from tools.support.help_centre import Place

INTENT = "privacy_request"
PUBLIC = "public"  # everybody could write there, so a yes proves nothing


class Requests(Protocol):
    """Where requests wait for a person; a repeated key changes nothing."""

    async def ask(self, kind: str, conversation: str, key: str) -> int: ...

    async def theirs(self, conversation: str, contact: str) -> bool: ...


class PrivacyRequest(BaseModel):
    """The form: what is wanted, and whether it was confirmed."""

    kind: Wish
    confirmed: bool = False
    conversation: str = ""
    contact: str = ""
    text: str = ""  # where the phrases leave it open
    again: bool = False  # they said a yes that was not plain


class Meant(BaseModel):
    """What a language model takes a message for."""

    kind: Literal["erase", "export", "other"] = Field(description="erase, export or other")


def privacy(requests: Requests, place: Place) -> Tool:
    """Build the tool around a place for requests."""

    async def answer(form: PrivacyRequest) -> Answer:
        if not await requests.theirs(form.conversation, form.contact):
            return _left(form.text)
        if form.confirmed:
            return say(loader.render(f"messages/privacy_{form.kind}_noted", name=place.brand))
        kind = await _asked(place.model, form.text) if place.model and form.text else form.kind
        if kind == "other":
            return _left(form.text)
        text = loader.render(f"messages/privacy_{kind}", name=place.brand)
        if form.again:
            text = loader.render("messages/privacy_plain_yes") + "\n\n" + text
        return {**say(text), "confirm": Confirm(intent=INTENT, what=kind)}

    async def perform(form: PrivacyRequest, key: str) -> str | None:
        if not form.confirmed:
            return None
        number = await requests.ask(form.kind, form.conversation, key)
        return to_decide(number, form.kind)

    return Tool(
        name="privacy",
        purpose="take a request to erase or send what we keep about a customer",
        audiences=frozenset({"customer"}),
        intents=frozenset({INTENT}),
        form=PrivacyRequest,
        fill=_fill,
        answer=answer,
        perform=perform,
    )


def to_decide(number: int, kind: str) -> str:
    """Tell the colleague who takes over what to do with a request."""
    return f"Privacy request {number} ({kind}): quiethand requests approve {number}"


def _left(text: str) -> Answer:
    """Leave it to a person from the start."""
    return {**say("", 0.0), "missing": [text]}


def _fill(request: Request) -> PrivacyRequest:
    if request.channel == PUBLIC:
        return PrivacyRequest(kind="other")
    text, where, who = request.text[:2000], request.conversation, request.contact
    if request.confirmed in ("erase", "export"):
        kind: Wish = "erase" if request.confirmed == "erase" else "export"
        return PrivacyRequest(kind=kind, confirmed=True, text=text, conversation=where, contact=who)
    kind, again = wish(request.text), bool(request.follows)
    text = text if kind == "other" else ""
    return PrivacyRequest(kind=kind, text=text, again=again, conversation=where, contact=who)


async def _asked(model: Model, text: str) -> Wish:
    """Let the model say what the phrases do not; the customer is asked either way."""
    try:
        return (await model.complete(loader.render("privacy_wish", message=text), Meant)).kind
    except ModelError:
        return "other"
