"""Looking at paths and at a small web."""

from pathlib import Path

from integrations.documents.listing import MOST, Listing
from integrations.documents.sources import look
from integrations.http import FetchError, Page
from tests.documents.dict_library import DictLibrary

SITE = "https://help.example.org"


class Site:
    """A web of a few pages."""

    def __init__(self, **pages: tuple[str, bytes]) -> None:
        self.pages = {f"{SITE}/{name.replace('__', '.')}": page for name, page in pages.items()}
        self.asked: list[str] = []

    def fetch(self, url: str, most_bytes: int) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError(f"{url}: answers 404 Not Found", permanent=True)
        kind, content = self.pages[url]
        return Page(url, content, kind, "latin-1" if kind == "text/html" else "")


def looked(what: str | Path, site: Site | None = None) -> Listing:
    return look(str(what), DictLibrary().sources, MOST, site or Site())


def names(listing: Listing) -> list[str]:
    return [entry.source for entry in listing.entries]


def reasons(listing: Listing) -> str:
    return "; ".join(f"{one.source}: {one.reason}" for one in listing.broken)
