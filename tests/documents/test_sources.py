"""What is found on the disk, and what is refused."""

from pathlib import Path

import pytest

from integrations.documents.listing import SourceError
from tests.documents.looking import looked, names, reasons


def test_a_folder_is_listed_with_all_below_it(tmp_path: Path) -> None:
    for name in ("b.md", "a.HTML", "deep/er/c.txt", ".hidden.md", ".git/x.md", "photo.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Text")
    listing = looked(tmp_path)
    assert names(listing) == ["a.HTML", "b.md", "deep/er/c.txt"]
    assert (listing.root, listing.skipped, listing.whole) == (str(tmp_path), 3, True)
    assert listing.entries[1].read() == ("b.md", b"# Text")


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (inside / "a.md").write_text("text")
    (inside / "same.md").symlink_to(inside / "a.md")
    (inside / "file.md").symlink_to(outside / "secret.md")
    (inside / "folder").symlink_to(outside)
    (inside / "circle").symlink_to(inside)
    (inside / "loop.md").symlink_to(inside / "loop.md")
    listing = looked(inside)
    assert names(listing) == ["a.md", "same.md"]
    assert {one.source for one in listing.broken} == {"file.md", "folder"}
    assert "link out of its folder" in reasons(listing)


def test_a_file_that_became_a_link_is_refused_when_it_is_read(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.md").write_text("text")
    (entry,) = looked(inside).entries
    (tmp_path / "secret.md").write_text("secret")
    (inside / "a.md").unlink()
    (inside / "a.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(SourceError, match="link out of its folder"):
        entry.read()


@pytest.mark.parametrize("name", ["nothing.md", "no/folder"])
def test_what_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    listing = looked(tmp_path / name)
    assert (names(listing), listing.whole) == ([], False)
    assert "no such file or folder" in reasons(listing)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"png")
    listing = looked(tmp_path)
    assert (names(listing), listing.whole) == ([], False)
    assert "holds no document" in reasons(listing)
    assert ".docx" in reasons(listing)


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (entry,) = looked(tmp_path).entries
    with pytest.raises(SourceError, match=r"larger than 50 MB.*--max-mb"):
        entry.read()
