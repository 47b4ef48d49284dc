"""The bench of the console asks for every page that there is."""

from pathlib import Path

from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from integrations.bench.console import found_pages
from integrations.bench.desk_rows import Seeded
from integrations.console.app import PARTS
from tests.console.desk_house import DeskHouse

LINKS = (
    '<a href="/desk?after=a~1~b~2"><a href="/desk/gaps/7"><a href="/desk/documents/plans?start=1">'
)


def test_every_page_is_timed(tmp_path: Path) -> None:
    house = DeskHouse(tmp_path)
    pages = [
        route
        for part in PARTS
        for route in part(house.console).routes
        if isinstance(route, APIRoute)
        and "GET" in (route.methods or ())
        and route.response_class is HTMLResponse
    ]
    house.close()
    timed = found_pages(LINKS, Seeded([1], 2, "c")).values()
    asked = [path.partition("?")[0] for path in timed]
    assert len(pages) > 15
    assert [one.path for one in pages if not any(map(one.path_regex.match, asked))] == []
