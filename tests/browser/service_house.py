"""A console and a chat over the same rows, with the work between them."""

import asyncio
import re
import time
from pathlib import Path
from typing import Any

from agents.state import Decision
from integrations.bench.desk_rows import Seeded, fill
from integrations.channels.contract import Channel
from integrations.channels.web.channel import Config, WebChat
from integrations.channels.web.routes import add_web_chat
from integrations.console.roles import Role
from integrations.service.intake import Intake
from integrations.service.pace import Pace
from integrations.service.sender import Sender
from integrations.service.worker import Worker
from integrations.store.inbox import Inbox
from integrations.store.sends import Sends
from tests.console.desk_house import DeskHouse, name_of

BRAND = "ConnectSphere"
UNDO = 11  # seconds, after which an approved answer leaves


class ServiceHouse(DeskHouse):
    """One brand's service, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.channel, clock = WebChat(Config(account="site")), self.desk.now
        channels: dict[tuple[str, str], Channel] = {("web", "site"): self.channel}
        inbox = Inbox(self.engine, self.vault, clock)
        sends = Sends(self.engine, self.vault, clock, frozenset(channels))
        self.worker = Worker("w", self.house.agent, inbox, sends, _unheard)
        self.sender = Sender("s", sends, self.vault, channels, Pace(time.monotonic))
        intake = Intake(channels, inbox, clock, _unheard, burst=0.0)
        add_web_chat(self.app, self.channel, intake, self.vault, BRAND, lambda: 0.0)

    async def keep_working(self) -> None:
        """Do what is due until cancelled."""
        while True:
            while await self.worker.once() or await self.sender.once():
                pass
            await asyncio.sleep(0.02)

    def upset(self, text: str) -> str:
        """Let the agent find a complaint in what a customer will say; it wants a person's yes."""
        understood = re.sub(r"\+[\d ]+\d", "<PHONE_1>", text)
        self.desk.language.expect(understood, ("complaint", 0.9))
        return text

    async def complain(self, conversation: str, text: str) -> int:
        """Let a customer complain; return the draft that waits."""
        message = self.desk.message(self.upset(text), conversation=conversation)
        turn = await self.house.agent.receive(message)
        assert turn["draft"] is not None
        return turn["draft"]

    async def decide(self, draft: int, action: Any, text: str = "") -> None:
        """Let kim decide."""
        decision = Decision(draft=draft, revision=1, action=action, text=text, by="kim",
                            at=self.desk.now().isoformat())  # fmt: skip
        await self.house.reviewing.decide(decision)

    def cookie(self, role: Role) -> str:
        """Sign the person of a role in; return the secret that the browser keeps."""
        user = self.console.people.named(name_of(role))
        return self.console.sessions.begin(user.id, "test")

    def be_busy(self) -> Seeded:
        """Write what a busy brand has."""
        return fill(self.engine, self.desk.now(), 120, 1_500)


def _unheard(*_: object) -> None:
    """Wake nobody: the work goes on anyway."""
