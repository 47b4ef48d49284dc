"""Two platforms, one brand: a shop and a forum whose customers may be the same people."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from agents.agent import Agent
from agents.graph import build
from integrations.channels.contract import Arrival
from integrations.contacts import People
from integrations.store.opt_outs import may_write_first
from integrations.store.standing import SqlContacts
from tests.service.stand import Recording, Stand, arrival

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


class Street(Stand):
    """A stand with a second channel, and people who look at contacts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.forum = Recording("forum")
        self.channels["post", "forum"] = self.forum
        contacts = SqlContacts(self.engine, self.desk.now, self.vault.secret)
        self.agent = Agent(build(), replace(self.agent.deps, contacts=contacts))
        self.people = People(self.vault, "ConnectSphere")
        self._events = iter(range(1, 1000))

    def event(self, text: str, **parts: object) -> Arrival:
        given = {"at": self.desk.now(), **parts}
        return arrival(f"e{next(self._events)}", text, **given)

    async def shop_hears(self, text: str, **parts: object) -> str:
        """Let somebody write in the shop; return what they are answered, if anything."""
        return await self._hears(self.channel, text, **parts)

    async def forum_hears(self, text: str, **parts: object) -> str:
        """Let somebody write in the forum."""
        return await self._hears(self.forum, text, **parts)

    async def _hears(self, channel: Recording, text: str, **parts: object) -> str:
        before = len(channel.sent)
        await self.intake.store(channel, [self.event(text, **parts)])
        self.desk.wait(seconds=3)
        await self.work()
        return "\n".join(one.text for one in channel.sent[before:])

    async def met(self) -> None:
        """Let one person write in both places."""
        await self.shop_hears("what does it cost?")
        await self.forum_hears("what does it cost?", conversation="c9", contact="kim-elsewhere")

    def name(self, account: str, foreign: str) -> str:
        return self.inbox.name("post", account, foreign)

    @property
    def in_shop(self) -> str:
        return self.name("shop", "kim")

    @property
    def in_forum(self) -> str:
        return self.name("forum", "kim-elsewhere")

    async def asked(self) -> str:
        """Have a code sent to the forum, and return it."""
        self.people.ask(self.in_shop, self.in_forum, "Ana")
        await self.work()
        found = CODE.search(self.forum.sent[-1].text)
        assert found
        return found[0]

    async def linked(self) -> None:
        """Link both, with proof."""
        await self.met()
        await self.shop_hears(await self.asked())

    def links(self) -> list[dict[str, Any]]:
        return [dict(link) for link in self.people.show(self.in_shop)["links"]]

    def may_write_first(self, contact: str) -> bool:
        with self.engine.begin() as db:
            return may_write_first(db, contact)
