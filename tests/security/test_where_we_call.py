"""Nobody who writes to us, or answers us, makes us call an address of their choice."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from integrations.channels.contract import Outgoing, SendError
from integrations.channels.webhook.channel import Config, Webhook
from integrations.http import FetchError, Outside
from integrations.web_client import open_client
from tests.fakes.local_platform import Answer, Platform, Request
from tests.fakes.webhook import SECRET
from tests.security.exposed import PLATFORMS, Exposed
from tests.security.exposed import Platform as Speaks

pytestmark = pytest.mark.anyio
HIDDEN = (
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://0/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://localhost/",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1:8080/",
    "http://[fe80::1]/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://0.0.0.0/",
    "file:///etc/passwd", "gopher://127.0.0.1/", "http://user:word@example.org/",
)  # fmt: skip


class Elsewhere(Platform):
    """Somewhere inside, which nobody outside may make us call."""

    def answer(self, request: Request) -> Answer:
        return Answer(200, b"{}")


class Leading(Platform):
    """Leads whoever asks to another address."""

    def __init__(self, to: str, status: int) -> None:
        super().__init__()
        self._to, self._status = to, status

    def answer(self, request: Request) -> Answer:
        return Answer(self._status, b"{}", {"Location": self._to})


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as inside:
        yield inside


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: one.kind)
async def test_addresses_in_a_message_are_never_called(
    house: Exposed, web: httpx.AsyncClient, elsewhere: Elsewhere, platform: Speaks
) -> None:
    content = json.loads(platform.another(1, f"look at {elsewhere.url}/a.png and {elsewhere.url}"))
    files = [{"kind": "image", "name": "a", "reference": f"{elsewhere.url}/b.png"}]
    if platform.kind == "webhook":
        content["attachments"] = files
    raw = json.dumps(content).encode()
    answer = await web.post(platform.path, content=raw, headers=platform.sign(raw, house.desk.time))
    assert answer.json() == {"stored": 1}
    await house.work()
    assert house.rows()["turns"] == 1
    assert elsewhere.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_an_answer_that_leads_elsewhere_is_not_followed(
    elsewhere: Elsewhere, status: int
) -> None:
    with Leading(f"{elsewhere.url}/inside", status) as leading:
        config = Config.model_validate(
            {"account": "shop", "url": f"{leading.url}/answers", "secret": SECRET}
        )
        async with open_client(20.0) as client:
            channel = Webhook(config, client, clock=lambda: datetime.now(UTC))
            with pytest.raises(SendError):
                await channel.send(Outgoing("qh-1", "c1", "Hello"))
    assert len(leading.asked) == 1
    assert elsewhere.asked == []


@pytest.mark.parametrize("address", HIDDEN)
def test_a_document_is_not_fetched_from_inside_however_the_address_is_written(
    address: str,
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]  # as a name server of the attacker's would

    outside = Outside(transport=httpx.MockTransport(lambda _: httpx.Response(200)), resolve=resolve)
    with pytest.raises(FetchError) as refused:
        outside.fetch(address)
    outside.close()
    assert refused.value.permanent


def test_a_document_that_leads_inside_is_not_fetched() -> None:
    led: list[str] = []

    def lead(request: httpx.Request) -> httpx.Response:
        led.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://inside.example/"})

    def resolve(host: str, port: int) -> list[str]:
        return ["169.254.169.254" if host == "inside.example" else "93.184.215.14"]

    outside = Outside(transport=httpx.MockTransport(lead), resolve=resolve)
    with pytest.raises(FetchError):
        outside.fetch("http://public.example/")
    outside.close()
    assert len(led) == 1
