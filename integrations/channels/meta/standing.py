"""What Meta says of an account, and the calls that set its webhook."""

from typing import Any

import httpx

from integrations.channels.contract import SendError, Standing
from integrations.channels.meta.outbound import Call, Graph, call

NAMES = ("name", "username", "verified_name", "display_phone_number")
FIELDS = {
    "page": (
        "messages,message_echoes,message_edits,message_deliveries,messaging_postbacks,"
        "messaging_handovers,standby"
    ),
    "instagram": (
        "messages,message_echoes,message_edit,messaging_postbacks,messaging_seen,"
        "messaging_handover,standby"
    ),
}


async def account(
    client: httpx.AsyncClient, graph: Graph, number: str, fields: str
) -> dict[str, Any]:
    """Return what Meta knows of an account; the token has to be of it."""
    return await call(client, graph, Call("GET", number, {"fields": f"id,{fields}"}))


async def page(
    client: httpx.AsyncClient, graph: Graph, number: str, what: str, app: Graph, app_id: str
) -> Standing:
    """Say how a page or an Instagram account stands."""
    name = "name" if what == "page" else "username"
    found = await account(client, graph, number, name)
    try:
        told = await call(client, app, Call("GET", f"{app_id}/subscriptions"))
    except SendError as error:
        return Standing(True, _named(found), f"nobody knows where Meta delivers: {error}")
    rows = told.get("data")
    mine = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    where = next((str(one.get("callback_url")) for one in mine if one.get("object") == what), "")
    return _delivered(_named(found), where)


async def number(client: httpx.AsyncClient, graph: Graph, number: str) -> Standing:
    """Say how a WhatsApp number stands."""
    fields = "verified_name,display_phone_number,webhook_configuration"
    found = await account(client, graph, number, fields)
    set_up = found.get("webhook_configuration")
    places = set_up if isinstance(set_up, dict) else {}
    order = ("phone_number", "whatsapp_business_account", "application")
    return _delivered(
        _named(found), next((str(places[one]) for one in order if places.get(one)), "")
    )


def page_calls(address: str, what: str, app_id: str, token: str) -> list[tuple[bool, Call]]:
    """Return the calls that set a webhook, and whether the app makes them."""
    fields = FIELDS[what]
    body = {"object": what, "callback_url": address, "verify_token": token, "fields": fields}
    mine = {"subscribed_fields": fields}
    return [
        (True, Call("POST", f"{app_id}/subscriptions", body=body)),
        (False, Call("POST", "me/subscribed_apps", body=mine)),
    ]


def number_calls(address: str, number: str, token: str) -> list[tuple[bool, Call]]:
    """Return the call that sets a number's webhook."""
    place = {"override_callback_uri": address, "verify_token": token}
    return [(False, Call("POST", number, body={"webhook_configuration": place}))]


def _named(found: dict[str, Any]) -> str:
    return next((str(found[name]) for name in NAMES if found.get(name)), str(found.get("id", "")))


def _delivered(found: str, where: str) -> Standing:
    if where:
        return Standing(True, found, f"webhook at {where}")
    todo = "set the webhook: `quiethand channels register`, or in the app's settings at Meta"
    return Standing(False, found, "no webhook is set", todo)
