"""What is found at an address, and what is refused."""

import gzip
import io
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from integrations.documents.listing import SourceError
from tests.documents.looking import SITE, Site, looked, names, reasons


def sitemap(addresses: Iterable[str], top: str = "urlset", one: str = "url") -> bytes:
    inner = "".join(f"<{one}><loc> {address}\n</loc></{one}>" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{top} xmlns="{space}">{inner}</{top}>'.encode()


def test_a_page_is_named_by_its_address_and_its_kind() -> None:
    site = Site(help=("text/html", b"<p>caf\xe9"), paper=("application/pdf", b"%PDF"))
    listing = looked(f"{SITE}/help#top", site)
    assert (listing.root, names(listing)) == (f"{SITE}/help", [f"{SITE}/help"])
    assert listing.entries[0].read() == (f"{SITE}/help", "\ufeff<p>café".encode())
    assert looked(f"{SITE}/paper", site).entries[0].read() == ("paper.pdf", b"%PDF")
    assert site.asked == [f"{SITE}/help", f"{SITE}/paper"]


def test_a_page_that_fails_is_said() -> None:
    listing = looked(f"{SITE}/gone")
    assert (names(listing), listing.whole) == ([], False)
    assert reasons(listing) == f"{SITE}/gone: answers 404 Not Found"


def test_a_picture_is_no_document() -> None:
    (entry,) = looked(f"{SITE}/logo", Site(logo=("image/png", b"\x89PNG"))).entries
    with pytest.raises(SourceError, match="is image/png, which is no document"):
        entry.read()


@pytest.mark.parametrize("squeeze", [bytes, gzip.compress])
def test_a_sitemap_lists_its_pages_once(squeeze: type[bytes]) -> None:
    pages = sitemap([f"{SITE}/a", f"{SITE}/b", f"{SITE}/a#part"])
    site = Site(sitemap__xml=("text/xml", squeeze(pages)), a=("text/html", b"a"))
    listing = looked(f"{SITE}/sitemap.xml", site)
    assert (names(listing), listing.whole) == ([f"{SITE}/a", f"{SITE}/b"], True)
    assert listing.entries[0].read().name == f"{SITE}/a"
    with pytest.raises(SourceError, match=r"^answers 404"):
        listing.entries[1].read()


def test_an_index_of_sitemaps_is_followed() -> None:
    index = sitemap([f"{SITE}/one.xml", f"{SITE}/two.xml"], "sitemapindex", "sitemap")
    one, two = sitemap([f"{SITE}/a"]), sitemap([f"{SITE}/b"])
    kind = "application/xml"
    whole = Site(sitemap__xml=(kind, index), one__xml=(kind, one), two__xml=(kind, two))
    listing = looked(f"{SITE}/sitemap.xml", whole)
    assert (names(listing), listing.whole) == ([f"{SITE}/a", f"{SITE}/b"], True)
    part = Site(sitemap__xml=(kind, index), one__xml=(kind, one))
    listing = looked(f"{SITE}/sitemap.xml", part)
    assert (names(listing), listing.whole) == ([f"{SITE}/a"], False)
    assert reasons(listing) == f"{SITE}/two.xml: answers 404 Not Found"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (sitemap([]), "lists 0 pages"),
        (sitemap([f"{SITE}/a"])[:-9], "broken sitemap"),
        (gzip.compress(bytes(70_000_000)), "larger than"),
        (gzip.compress(sitemap([f"{SITE}/a"]))[:12] + b"????", "is damaged"),
    ],
    ids=["empty", "cut off", "bomb", "damaged"],
)
def test_a_bad_sitemap_is_said_and_nothing_is_gone(content: bytes, complaint: str) -> None:
    listing = looked(f"{SITE}/sitemap.xml", Site(sitemap__xml=("text/xml", content)))
    assert (names(listing), listing.whole) == ([], False)
    assert complaint in reasons(listing)


def test_a_sitemap_cannot_name_files_of_ours(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    doctype = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    content = sitemap(["&x;"]).replace(b"<urlset", doctype.encode() + b"<urlset", 1)
    listing = looked(f"{SITE}/sitemap.xml", Site(sitemap__xml=("text/xml", content)))
    assert names(listing) == []


@pytest.mark.parametrize("name", ["pages.txt", "pages"])
def test_a_file_of_addresses_is_a_list_of_pages(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(f"# our pages\n\n{SITE}/a\n{SITE}/b\n{SITE}/a\n")
    listing = looked(file)
    assert (listing.root, names(listing)) == (str(file), [f"{SITE}/a", f"{SITE}/b"])


def test_a_text_that_mentions_an_address_is_a_document(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(f"See\n{SITE}/a\n")
    listing = looked(file)
    assert (listing.root, names(listing)) == (str(tmp_path), ["note.txt"])


def test_a_zip_from_the_web_is_opened() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.md", "text")
    site = Site(docs__zip=("application/zip", content.getvalue()))
    with closing(looked(f"{SITE}/docs.zip", site)) as listing:
        assert [entry.read() for entry in listing.entries] == [("a.md", b"text")]
