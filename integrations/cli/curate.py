"""What is worth sharing, picked from feeds, in the terminal."""

import json
import sys
from dataclasses import asdict

from integrations import feeds
from integrations.cli.terminal import plain
from integrations.http import FetchError, Outside
from integrations.opening import now
from integrations.settings import read as settings
from integrations.store.missing import Missing
from knowledge.brands.brand import load
from knowledge.language.encoder import Encoder
from tools.drafting.curated import Item, Pick, curated


def run(addresses: list[str], about: str, most: int, brand: str | None, as_json: bool) -> None:
    """Read feeds and print what fits; nothing is kept or published."""
    chosen = settings()
    own = load(brand or chosen.brand).settings
    wanted = addresses or own.content.feeds
    if not wanted:
        raise Missing("Give the address of a feed, or set feeds in [content] of brand.toml.")
    items: list[Item] = []
    outside = Outside(chosen.allow_private)
    try:
        for address in wanted:
            items += _read(address, outside)
    finally:
        outside.close()
    meaning = Encoder(chosen.cache, chosen.threads).meaning
    picks = curated(items, about or own.about or own.name, meaning, now().date(), most)
    sys.stdout.write("".join(_line(one, as_json) for one in picks))
    if not picks and not as_json:
        sys.stdout.write(f"Of {len(items)} entries none is near enough to the topic.\n")


def _read(address: str, outside: Outside) -> list[Item]:
    try:
        return feeds.read(address, outside)
    except FetchError as error:
        sys.stderr.write(f"quiethand: {plain(str(error))}\n")
        return []


def _line(pick: Pick, as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(pick), default=str) + "\n"
    return (
        f"{plain(pick.item.title)}\n    why: {plain(pick.why)}\n    fresh: {pick.fresh}\n"
        f"    credit: {plain(pick.credit)}\n"
    )
