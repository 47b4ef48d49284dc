"""Try to send what is refused, and look at the refusal."""

import pytest

from integrations.channels.contract import Channel, Outgoing, SendError


async def error_of(channel: Channel, outgoing: Outgoing, *secrets: str) -> SendError:
    """Return the error, which names neither the text nor a secret."""
    with pytest.raises(SendError) as refused:
        await channel.send(outgoing)
    said = str(refused.value)
    assert not outgoing.text.strip() or outgoing.text not in said
    assert not [secret for secret in secrets if secret in said]
    return refused.value


def judged(error: SendError) -> tuple[bool, bool, float | None]:
    """Return what an error means: for good, in doubt, and how long to wait."""
    return error.permanent, error.unknown, error.retry_after
