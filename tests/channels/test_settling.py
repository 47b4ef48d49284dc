"""An echo without a mark of ours: told by its id, else by its words."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from integrations.channels.contract import SendError
from integrations.service.worker import Worker
from integrations.store.schema import conversations, outbox
from integrations.store.settling import Settling
from tests.service.stand import START, Recording, Stand, arrival

pytestmark = pytest.mark.anyio
LOST = SendError("cut", unknown=True)


class Recalling(Stand):
    """A stand whose workers know what we said ourselves."""

    def worker(self) -> Worker:
        recall = Settling(self.engine, self.vault).mark
        name = f"elsewhere:1:x:{next(self._names)}"
        return Worker(name, self.agent, self.inbox, self.sends, lambda: None, recall)

    async def echo(self, text: str, state: str = "agent", external: str = "x1") -> None:
        """Hear what our side said."""
        await self.answer(arrival(external, text, happened="echo", state=state, at=self.desk.now()))

    def owner(self) -> str:
        with self.engine.begin() as db:
            return str(db.scalars(select(conversations.c.owner)).one())


Make = Callable[..., Recalling]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Make]:
    stands: list[Recalling] = []

    def make(**capabilities: object) -> Recalling:
        stands.append(Recalling(tmp_path, Recording("shop", **capabilities)))
        return stands[-1]

    yield make
    for stand in stands:
        stand.close()


@pytest.mark.parametrize("state", ["agent", ""])
async def test_the_words_settle_a_send_whose_answer_was_lost(made: Make, state: str) -> None:
    stand = made()
    stand.channel.troubles = [LOST]
    await stand.answer(arrival("e1"))
    assert stand.states("outbox") == ["unknown"]
    await stand.echo(f" {stand.channel.sent[0].text}\n", state)
    assert stand.states("outbox") == ["sent"]
    assert stand.owner() == "agent"


async def test_the_end_of_a_long_message_settles_all_of_it(made: Make) -> None:
    stand = made(longest=20)
    await stand.answer(arrival("e1"))
    texts = [one.text for one in stand.channel.sent]
    assert len(texts) > 1
    with stand.engine.begin() as db:
        db.execute(update(outbox).values(state="unknown", external=""))
    await stand.echo(texts[0])
    assert stand.states("outbox") == ["unknown"]
    await stand.echo(texts[-1], external="x2")
    assert stand.states("outbox") == ["sent"]


@pytest.mark.parametrize(
    ("words", "state"), [("Something else.", "agent"), ("", "agent"), (None, "person")]
)
async def test_other_words_and_other_programs_settle_nothing(
    made: Make, words: str | None, state: str
) -> None:
    stand = made()
    stand.channel.troubles = [LOST]
    await stand.answer(arrival("e1"))
    await stand.echo(stand.channel.sent[0].text if words is None else words, state)
    assert stand.states("outbox") == ["unknown"]


@pytest.mark.parametrize("moved", [timedelta(days=-1), timedelta(days=2)])
async def test_an_echo_of_another_time_settles_nothing(made: Make, moved: timedelta) -> None:
    stand = made()
    stand.channel.troubles = [LOST]
    await stand.answer(arrival("e1"))
    text = stand.channel.sent[0].text
    at = stand.desk.now() + moved
    await stand.answer(arrival("x1", text, happened="echo", state="agent", at=at))
    assert stand.states("outbox") == ["unknown"]


async def test_what_has_the_id_that_sending_returned_is_ours_whatever_it_says(made: Make) -> None:
    stand = made()
    await stand.answer(arrival("e1"))
    await stand.echo("Shown in another way.", "", external="theirs-1")
    assert stand.owner() == "agent"
    await stand.echo("A colleague answers.", "", external="another-id")
    assert stand.owner() == "person"


async def test_the_same_words_in_another_conversation_settle_nothing(made: Make) -> None:
    stand = made()
    stand.channel.troubles = [LOST]
    await stand.answer(arrival("e1"))
    text = stand.channel.sent[0].text
    away = arrival("x1", text, happened="echo", state="agent", conversation="c2", at=START)
    await stand.answer(away)
    assert stand.states("outbox") == ["unknown"]
