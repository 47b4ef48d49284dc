"""Calls of the Telegram Bot API, and what its refusals mean."""

from typing import Any

import httpx

from integrations.channels.calling import Refusal, ask, asked_to_wait, fields, meaning, refused
from integrations.channels.contract import SendError

WHO = "Telegram"
_TOKEN = "the bot's token is unknown or revoked: get a new one from @BotFather and set `token`"
# First match decides.
REFUSALS = (
    Refusal(400, "there is no such chat: the person has to write to the bot", "chat not found"),
    Refusal(400, "the text is longer than Telegram takes", "too long"),
    Refusal(400, "the text is empty", "empty"),
    Refusal(400, "Telegram does not take this message"),
    Refusal(401, _TOKEN),
    Refusal(403, "the person blocked the bot: answer elsewhere, if at all", "blocked"),
    Refusal(403, "the person's account is deleted", "deactivated"),
    Refusal(403, "the bot may not write to this person before they write to it"),
    Refusal(404, _TOKEN),
    Refusal(
        409, "Telegram delivers to a webhook: set `receive` to webhook, or remove it", "webhook"
    ),
    Refusal(409, "another program asks Telegram for the same bot", permanent=False),
    Refusal(413, "the message is larger than Telegram takes"),
    Refusal(429, "Telegram asks us to wait", permanent=False),
    # A gateway that lost its answer: the message may be out.
    Refusal(502, "Telegram's gateway lost the answer", permanent=False, unknown=True),
    Refusal(504, "Telegram's gateway lost the answer", permanent=False, unknown=True),
)


async def call(
    client: httpx.AsyncClient,
    url: str,
    token: str,
    method: str,
    body: dict[str, Any],
    timeout: httpx.Timeout,
) -> Any:
    """Call a method and return its result, or raise ``SendError``."""
    # The token is a part of the path. As the target it is sent, and no log of requests shows it.
    address = httpx.URL(url)
    target = f"{address.path.rstrip('/')}/bot{token}/{method}".encode("ascii")
    answer = await ask(
        client, WHO, "POST", address.join(f"/{method}"), json=body, timeout=timeout,
        extensions={"target": target},
    )  # fmt: skip
    found = fields(answer)
    if answer.is_success:
        if found.get("ok") is not True:
            raise SendError("Telegram's answer cannot be read", unknown=True)
        return found.get("result")
    said = str(found.get("description", "")).lower()
    one = meaning(REFUSALS, answer.status_code, said)
    raise refused(answer, WHO, one, wait=_wait(answer, found))


def _wait(answer: httpx.Response, found: dict[str, Any]) -> float | None:
    parameters = found.get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, int | float) and not isinstance(asked, bool) and asked >= 0:
        return float(asked)
    return asked_to_wait(answer)
