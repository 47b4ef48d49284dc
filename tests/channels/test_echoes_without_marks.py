"""Instagram and X bring no mark of ours back: a lost answer is settled by the echo all the same."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from integrations.channels.contract import Channel
from integrations.service.intake import Intake
from integrations.service.sender import Sender
from integrations.service.worker import Worker
from integrations.store.settling import Settling
from tests.channels.every import PLATFORMS, SETTINGS, parts
from tests.fakes import meta, x
from tests.fakes.local_platform import Platform, Trouble
from tests.service.stand import Stand, arrival

pytestmark = pytest.mark.anyio
FOLLOWER = "880000000000001"


def instagram_echo(text: str, milliseconds: int, app: str) -> bytes:
    """Return what Instagram tells of our words."""
    content = json.loads(meta.fixture("instagram__echo_app"))
    event = content["entry"][0]["messaging"][0]
    event["timestamp"] = milliseconds
    event["message"] |= {"text": text, "app_id": int(app)}
    return json.dumps(content).encode()


def x_echo(text: str, milliseconds: int, app: str) -> bytes:
    """Return what X tells of our words."""
    content = json.loads(x.fixture("sent_by_us"))
    (direct,) = content["data"]["payload"]["direct_message_events"]
    direct["created_timestamp"] = str(milliseconds)
    direct["message_create"] |= {"source_app_id": app}
    direct["message_create"]["message_data"]["text"] = text
    return json.dumps(content).encode()


@dataclass
class Case:
    """One platform whose answer to a message was lost."""

    kind: str
    stand: Stand
    platform: Platform
    channel: Channel
    echo: Callable[[str, int, str], bytes]
    app: str

    async def lose_an_answer(self) -> str:
        """Say something, and lose the answer; return what was said."""
        place = FOLLOWER if self.kind == "instagram" else f"{x.OWN}-{x.PERSON}"
        heard = arrival("e1", conversation=place, contact="kim", at=self.stand.desk.now())
        await self.stand.inbox.take(self.kind, self.channel.account, [heard], 0.0)
        await self.work()
        self.platform.troubles.append(Trouble(cut=True))
        channels = {(self.kind, self.channel.account): self.channel}
        stand = self.stand
        await Sender("elsewhere:1:x:s", stand.sends, stand.vault, channels, stand.pace).once()
        body = json.loads(self.platform.asked[-1].body)
        return str(body["text"] if self.kind == "x" else body["message"]["text"])

    async def hear(self, text: str, app: str) -> None:
        """Take the echo in."""
        raw = self.echo(text, int(self.stand.desk.now().timestamp() * 1000), app)
        stand, key = self.stand, (self.kind, self.channel.account)
        intake = Intake({key: self.channel}, stand.inbox, stand.desk.now, lambda _: None)
        signed = {"x-twitter-webhooks-signature": x.signature(raw)} | meta.signed(raw)
        assert await intake.deliver(*key, raw, signed) == 1
        await self.work()

    async def work(self) -> None:
        stand, recall = self.stand, Settling(self.stand.engine, self.stand.vault).mark
        one = Worker("elsewhere:1:x:w", stand.agent, stand.inbox, stand.sends, lambda: None, recall)
        assert await one.once()


@pytest.fixture(params=["instagram", "x"])
async def case(
    request: pytest.FixtureRequest, tmp_path: Path, client: httpx.AsyncClient
) -> AsyncIterator[Case]:
    kind, stand = str(request.param), Stand(tmp_path)
    echo, app = (x_echo, x.APP) if kind == "x" else (instagram_echo, meta.APP)
    with PLATFORMS[kind]() as platform:
        form, made = parts(kind)
        settings = form.model_validate(SETTINGS[kind] | {"url": platform.url})
        channel = made(settings, client, stand.desk.now)
        yield Case(kind, stand, platform, channel, echo, app)
    stand.close()


async def test_the_echo_settles_it(case: Case) -> None:
    text = await case.lose_an_answer()
    assert case.stand.states("outbox") == ["unknown"]
    await case.hear(text, case.app)
    assert case.stand.states("outbox") == ["sent"]
    assert len(case.platform.asked) == 1


async def test_a_colleague_who_says_the_same_settles_nothing(case: Case) -> None:
    text = await case.lose_an_answer()
    await case.hear(text, "777000777")
    assert case.stand.states("outbox") == ["unknown"]
