"""Turns of one conversation at the same time lose nothing."""

import asyncio

import pytest

from tests.desk import Desk

pytestmark = pytest.mark.anyio


async def test_turns_at_the_same_time_all_count(desk: Desk) -> None:
    await desk.say("what does Team cost?")
    turns = await asyncio.gather(*(desk.say(f"what does Team cost? {n}") for n in range(4)))
    assert len({turn["id"] for turn in turns}) == 4
    conversation = await desk.records.conversation(desk.message("x"))
    assert conversation["version"] == 5
    assert len(await desk.outbox()) == 5


async def test_first_messages_at_the_same_time_make_one_conversation(desk: Desk) -> None:
    turns = await asyncio.gather(*(desk.say(f"what does it cost {n}") for n in range(4)))
    assert {turn["conversation"] for turn in turns} == {"c1"}
    assert len(await desk.outbox()) == 4
