"""What is found in a zip, and what is refused."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from integrations.documents.listing import Listing, SourceError
from tests.documents.looking import looked, names, reasons

Zipped = Callable[[Path], Listing]


@pytest.fixture
def zipped() -> Iterator[Zipped]:
    """Look into archives, and close them in the end."""
    with ExitStack() as stack:
        yield lambda file: stack.enter_context(closing(looked(file)))


def packed(file: Path, contents: dict[str, bytes], squeeze: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", squeeze) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file


def test_a_zip_is_read_without_unpacking_it(zipped: Zipped, tmp_path: Path) -> None:
    contents = {"docs/b.md": b"b", "a.md": b"a", "photo.png": b"p", "__MACOSX/a.md": b"m"}
    listing = zipped(packed(tmp_path / "docs.zip", contents))
    assert names(listing) == ["a.md", "docs/b.md"]
    assert [entry.read() for entry in listing.entries] == [("a.md", b"a"), ("docs/b.md", b"b")]
    assert (listing.skipped, listing.whole) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["docs.zip"]


@pytest.mark.parametrize("name", ["../up.md", "/etc/motd.md", "C:/x.md", "..\\up.md"])
def test_a_name_that_leads_out_of_a_zip_is_refused(
    zipped: Zipped, tmp_path: Path, name: str
) -> None:
    listing = zipped(packed(tmp_path / "docs.zip", {name: b"x", "a.md": b"a"}))
    assert names(listing) == ["a.md"]
    assert "leads out of the archive" in reasons(listing)


def test_a_zip_in_a_zip_is_refused(zipped: Zipped, tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"a.md": b"a"}).read_bytes()
    listing = zipped(packed(tmp_path / "outer.zip", {"inner.zip": inner, "a.md": b"a"}))
    assert (names(listing), reasons(listing)[:9]) == (["a.md"], "inner.zip")


def test_a_zip_bomb_is_refused_as_a_whole(zipped: Zipped, tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"a.md": b"a", "b.md": bytes(30_000_000)})
    listing = zipped(bomb)
    assert (names(listing), listing.whole) == ([], False)
    assert "zip bomb: b.md" in reasons(listing)


def test_a_zip_with_too_many_files_is_refused(zipped: Zipped, tmp_path: Path) -> None:
    many = {f"{number}.md": b"" for number in range(20_001)}
    listing = zipped(packed(tmp_path / "many.zip", many, zipfile.ZIP_STORED))
    assert names(listing) == []
    assert "20,001 files" in reasons(listing)


def test_a_zip_that_lies_about_a_size_is_refused(zipped: Zipped, tmp_path: Path) -> None:
    file = packed(tmp_path / "lie.zip", {"a.md": b"words " * 500})
    content = file.read_bytes()
    file.write_bytes(content.replace((3000).to_bytes(4, "little"), (30).to_bytes(4, "little")))
    (entry,) = zipped(file).entries
    with pytest.raises(SourceError, match="is damaged"):
        entry.read()


def test_a_protected_file_in_a_zip_is_named(zipped: Zipped, tmp_path: Path) -> None:
    file = packed(tmp_path / "locked.zip", {"a.md": b"a"})
    content = bytearray(file.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    assert "a.md: is protected by a password" in reasons(zipped(file))


def test_what_is_no_zip_is_said(zipped: Zipped, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"not a zip at all")
    assert "is not a zip that can be opened" in reasons(zipped(tmp_path / "no.zip"))


def test_of_two_files_with_one_name_the_first_counts(zipped: Zipped, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = packed_twice(tmp_path / "twice.zip")
    (entry,) = zipped(file).entries
    assert entry.read() == ("a.md", b"first")


def packed_twice(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.md", "first")
        archive.writestr("a.md", "second")
    return file
