"""Two processes never hear one platform at once."""

import asyncio
from collections.abc import Callable

import pytest

from integrations.service.alone import only_one
from tests.timers.shop import Shop

pytestmark = pytest.mark.anyio


class Ears:
    """Hears until it is told to stop or breaks."""

    def __init__(self) -> None:
        self.open, self.began, self.breaks = 0, asyncio.Event(), asyncio.Event()

    async def listen(self) -> None:
        self.open += 1
        self.began.set()
        try:
            await self.breaks.wait()
            raise ConnectionError
        finally:
            self.open -= 1
            self.began.clear()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_second_begins_when_the_first_stops(shop: Shop) -> None:
    one, two = Ears(), Ears()
    listens = only_one(one.listen, shop.runners(), "post/shop", "a", beat=0.02)
    waits = only_one(two.listen, shop.runners(), "post/shop", "b", beat=0.02)
    first = asyncio.create_task(listens())
    await one.began.wait()
    second = asyncio.create_task(waits())
    await asyncio.sleep(0.2)
    assert (one.open, two.open) == (1, 0)
    await ended(first)
    await two.began.wait()
    assert (one.open, two.open) == (0, 1)
    await ended(second)
    assert two.open == 0


async def test_what_breaks_is_known_and_lets_go(shop: Shop) -> None:
    ears = Ears()
    ears.breaks.set()
    with pytest.raises(ConnectionError):
        await only_one(ears.listen, shop.runners(), "post/shop", "a", beat=0.02)()
    assert shop.runners().lease("post/shop", "b")


async def test_who_lost_it_stops_listening(shop: Shop) -> None:
    ears = Ears()
    listens = only_one(ears.listen, shop.runners(), "post/shop", "a", beat=0.02)
    task = asyncio.create_task(listens())
    await ears.began.wait()
    shop.runners().release("post/shop", "a")  # as if it had been silent for too long
    assert shop.runners().lease("post/shop", "b")
    await until(task.done)
    await task
    assert ears.open == 0
    assert shop.runners().hold("post/shop", "b")
