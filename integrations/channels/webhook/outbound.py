"""Answers posted to the receiver's address, and what its refusals mean."""

from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field

from integrations.channels.calling import Refusal, ask, asked_to_wait, fields, meaning, refused
from integrations.channels.contract import Outgoing, Sent
from integrations.channels.webhook.inbound import DIALECT

WHO = "the receiver"
REFUSALS = (
    Refusal(401, "the receiver does not accept our signature: compare the secrets and the clocks"),
    Refusal(403, "the receiver does not let us in"),
    Refusal(404, "the receiver does not know this address or conversation"),
    Refusal(408, "the receiver did not wait for us", permanent=False),
    Refusal(409, "the receiver is still busy with the same message", permanent=False),
    Refusal(410, "the conversation is closed, or the person does not want to hear from us"),
    Refusal(425, "the receiver asks for another try", permanent=False),
    Refusal(429, "the receiver asks us to wait", permanent=False),
    # A gateway that lost its answer: the message may have been taken.
    Refusal(502, "a gateway lost the receiver's answer", permanent=False, unknown=True),
    Refusal(504, "a gateway lost the receiver's answer", permanent=False, unknown=True),
)


class _Answer(BaseModel):
    """One message for a person on your platform."""

    model_config = ConfigDict(title="Answer")

    id: str = Field(description="Ours; the same as the header Idempotency-Key.")
    conversation: str = Field(description="Yours, as you posted it.")
    text: str = Field(description="Plain text.")
    reply_to: str = Field(description="Your id of the message that is answered; may be empty.")
    by_person: bool = Field(description="Whether a person wrote or approved it.")


def schema() -> dict[str, Any]:
    """Return the JSON schema of what we post."""
    return {"$schema": DIALECT, **_Answer.model_json_schema()}


def body(outgoing: Outgoing) -> bytes:
    """Return the bytes that are signed and posted."""
    answer = _Answer(
        id=outgoing.mark,
        conversation=outgoing.conversation,
        text=outgoing.text,
        reply_to=outgoing.reply_to,
        by_person=outgoing.by_person,
    )
    return answer.model_dump_json().encode()


async def post(
    client: httpx.AsyncClient,
    url: str,
    raw: bytes,
    headers: Mapping[str, str],
    patience: httpx.Timeout,
    idempotent: bool,
) -> Sent:
    """Post the bytes, or raise ``SendError``; a receiver that keeps keys is never in doubt."""
    doubt = not idempotent
    answer = await ask(
        client, WHO, "POST", url, doubt=doubt, content=raw, headers=headers, timeout=patience
    )
    if answer.is_success:
        found = fields(answer).get("id")
        return Sent(str(found)[:200] if isinstance(found, str | int) else "")
    one = meaning(REFUSALS, answer.status_code)
    raise refused(answer, WHO, one, doubt=doubt, wait=asked_to_wait(answer))
