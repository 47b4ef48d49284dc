"""Open questions in groups: grouping takes a while, so it is done beside and kept."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from integrations.groups import Group
from integrations.store.todo import Gap, SqlTodo

if TYPE_CHECKING:
    from integrations.wiring import House

PATIENCE = 3.0  # seconds that the first page waits for groups


class Grouping:
    """Groups as of the last time, with what changed since; new ones are worked out beside."""

    def __init__(self, todo: SqlTodo, house: Callable[[], Awaitable["House"]]) -> None:
        self._todo, self._house = todo, house
        self._groups: list[Group] = []
        self._known: frozenset[int] = frozenset()
        self._working: asyncio.Task[None] | None = None

    async def now(self) -> tuple[list[Group], bool]:
        """Return the groups, the largest first, and whether all questions are in them."""
        found = await self._todo.gaps()
        open_ = frozenset(gap.id for gap in found)
        if open_ != self._known:
            if self._working is None or self._working.done():
                self._working = asyncio.create_task(self._work(open_))
            if not self._known:
                await asyncio.wait({self._working}, timeout=PATIENCE)
        return _patched(self._groups, found), open_ <= self._known

    async def _work(self, open_: frozenset[int]) -> None:
        house = await self._house()
        self._groups = await asyncio.to_thread(lambda: asyncio.run(house.gaps.groups()))
        self._known = open_


def _patched(groups: list[Group], found: list[Gap]) -> list[Group]:
    """Return older groups without what is closed, and behind them what came since, one by one."""
    left = {gap.id: gap for gap in found}
    kept = []
    for group in groups:
        gaps = [left.pop(gap.id) for gap in group.gaps if gap.id in left]
        if gaps:
            kept.append(
                Group(gaps[0].id, group.question, gaps, group.nearest, group.title, group.doubts)
            )
    return kept + [Group(g.id, g.question, [g], "", "", g.doubts) for g in left.values()]
