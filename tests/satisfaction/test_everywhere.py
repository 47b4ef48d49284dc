"""The question on a chat page, and what becomes of ratings when a person's data goes."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from integrations.channels.web.history import History
from integrations.retention import sweep
from integrations.store.erasure import erase
from integrations.store.export import exported
from integrations.store.review_schema import episodes, ratings
from integrations.store.schema import conversations
from knowledge.brands.brand import BrandError, Retention, load
from tests.satisfaction.asking import Asking

pytestmark = pytest.mark.anyio


@dataclass
class Page:
    """A chat page of the customer."""

    shop: Asking

    def rates(self) -> bool:
        return History(self.shop.vault, "post", "shop").view("c1").rates


async def test_a_chat_page_shows_buttons_while_we_ask(shop: Asking) -> None:
    page = Page(shop)
    await shop.hears()
    assert not page.rates()
    await shop.later(minutes=16)
    assert page.rates()
    await shop.hears("4")
    assert not page.rates()


async def test_buttons_go_when_something_else_is_written(shop: Asking) -> None:
    await shop.asked()
    shop.wait(seconds=5)
    await shop.take(shop.event("one more thing"))
    assert not Page(shop).rates()


async def test_a_person_is_given_their_ratings_and_they_go_with_them(
    shop: Asking, tmp_path: Path
) -> None:
    await shop.asked()
    await shop.hears("4")
    contact = shop.inbox.name("post", "shop", "kim")
    told = exported(shop.vault, contact, "ana")["conversations"][0]
    assert [one["score"] for one in told["ratings"]] == [4]
    erase(shop.vault, contact, "ana", tmp_path / "nothing")
    assert (shop.scores(), shop.rates().together.began) == ([], 0)


async def test_what_is_old_goes_with_its_conversation(shop: Asking) -> None:
    await shop.asked()
    await shop.hears("4")
    shop.wait(days=800)
    sweep(shop.engine, Retention(), shop.desk.now)
    sweep(shop.engine, Retention(), shop.desk.now)
    with shop.engine.begin() as db:
        left = [db.scalar(select(func.count()).select_from(table))
                for table in (conversations, episodes, ratings)]  # fmt: skip
    assert left == [0, 0, 0]


@pytest.mark.parametrize("line", ["after_minutes = 1440", "after_minutes = 0", "asks = true"])
def test_a_brand_cannot_ask_too_late(tmp_path: Path, line: str) -> None:
    (tmp_path / "brand.toml").write_text(f'name = "Shop"\n[satisfaction]\n{line}\n')
    with pytest.raises(BrandError, match="satisfaction"):
        load(str(tmp_path))
