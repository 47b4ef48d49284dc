"""Documents come in once, follow their files, and survive what is broken."""

import subprocess
import sys
from pathlib import Path

import pytest

from integrations.documents.ingest import ingest
from tests.documents.dict_library import DictLibrary
from tests.documents.looking import SITE, Site

ARTICLE = "# Refunds\n\nRefunds take five days.\n"


@pytest.fixture
def library() -> DictLibrary:
    return DictLibrary()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "billing").mkdir(parents=True)
    (folder / "billing" / "invoices.md").write_text("# Invoices\n\nWe send them monthly.\n")
    (folder / "refunds.md").write_text(ARTICLE)
    return folder


def test_a_folder_comes_in(folder: Path, library: DictLibrary) -> None:
    report = ingest(str(folder), library)
    assert report.added == ["billing-invoices", "refunds"]
    assert (report.root, report.files, report.usable, report.broken) == (str(folder), 2, 2, [])
    assert {one.source for one in library.documents()} == {"billing/invoices.md", "refunds.md"}


def test_an_unchanged_folder_is_not_touched(folder: Path, library: DictLibrary) -> None:
    ingest(str(folder), library)
    library.calls.clear()
    report = ingest(str(folder), library)
    assert library.calls == []
    assert (report.unchanged, report.added, report.changed, report.removed) == (2, [], [], [])


def test_what_changed_is_read_again_and_what_is_gone_goes(
    folder: Path, library: DictLibrary
) -> None:
    ingest(str(folder), library)
    (folder / "refunds.md").write_text(ARTICLE + "\nOr six.\n")
    (folder / "new.md").write_text("# New\n\nNew text.\n")
    (folder / "billing" / "invoices.md").unlink()
    report = ingest(str(folder), library)
    assert (report.added, report.changed) == (["new"], ["refunds"])
    assert report.removed == ["billing-invoices"]
    assert library.ids == ["new", "refunds"]


def test_a_rehearsal_says_the_same_and_changes_nothing(folder: Path, library: DictLibrary) -> None:
    ingest(str(folder), library)
    (folder / "refunds.md").write_text(ARTICLE + "\nOr six.\n")
    (folder / "new.md").write_text("# New\n\nNew text.\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no")
    (folder / "billing" / "invoices.md").unlink()
    before = dict(library.held)
    rehearsed = ingest(str(folder), library, dry_run=True)
    assert library.held == before
    assert rehearsed == ingest(str(folder), library)
    assert [one.source for one in rehearsed.broken] == ["broken.pdf"]


def test_a_broken_file_is_named_and_keeps_its_last_good_version(
    folder: Path, library: DictLibrary
) -> None:
    ingest(str(folder), library)
    (folder / "refunds.md").write_bytes(b"---\nreviewed: soon\n---\n# Refunds\n")
    (folder / "new.md").write_text("# New\n\nNew text.\n")
    report = ingest(str(folder), library)
    (broken,) = report.broken
    assert (broken.source, report.added, report.usable) == ("refunds.md", ["new"], 2)
    assert "reviewed is a date" in broken.reason
    assert not broken.reason.startswith("refunds.md")
    assert library.ids == ["billing-invoices", "new", "refunds"]


def test_an_empty_or_missing_folder_takes_nothing_away(folder: Path, library: DictLibrary) -> None:
    ingest(str(folder), library)
    (folder / "refunds.md").unlink()
    (folder / "billing" / "invoices.md").unlink()
    assert "holds no document" in ingest(str(folder), library).broken[0].reason
    (folder / "billing").rmdir()
    folder.rmdir()
    assert "no such file" in ingest(str(folder), library).broken[0].reason
    assert library.ids == ["billing-invoices", "refunds"]


def test_a_file_or_folder_of_a_known_folder_is_not_taken_twice(
    folder: Path, library: DictLibrary
) -> None:
    ingest(str(folder), library)
    (folder / "refunds.md").write_text(ARTICLE + "\nOr six.\n")
    assert ingest(str(folder / "refunds.md"), library).changed == ["refunds"]
    (folder / "billing" / "vat.md").write_text("# VAT\n\nIt is added.\n")
    (folder / "billing" / "invoices.md").unlink()
    report = ingest(str(folder / "billing"), library)
    assert (report.added, report.removed) == (["billing-vat"], ["billing-invoices"])
    assert library.ids == ["billing-vat", "refunds"]


def test_a_folder_takes_over_what_was_read_from_inside_it(
    folder: Path, library: DictLibrary
) -> None:
    ingest(str(folder / "billing"), library)
    assert library.ids == ["invoices"]
    report = ingest(str(folder), library)
    assert (report.added, report.removed) == (["billing-invoices", "refunds"], ["invoices"])
    assert library.ids == ["billing-invoices", "refunds"]


def test_a_root_with_a_name_follows_its_folder(
    folder: Path, tmp_path: Path, library: DictLibrary
) -> None:
    ingest(str(folder), library, root="brand")
    folder = folder.rename(tmp_path / "moved")
    library.calls.clear()
    assert ingest(str(folder), library, root="brand").unchanged == 2
    assert library.calls == []
    (folder / "refunds.md").unlink()
    (folder / "billing" / "invoices.md").unlink()
    report = ingest(str(folder), library, root="brand")
    assert (report.removed, report.broken) == (["billing-invoices", "refunds"], [])


def test_a_root_with_a_name_takes_over_what_its_folder_gave(
    folder: Path, library: DictLibrary
) -> None:
    ingest(str(folder), library)
    (folder / "refunds.md").write_bytes(b"---\nreviewed: soon\n---\n# Refunds\n")
    ingest(str(folder), library, root="brand")
    assert library.ids == ["billing-invoices", "refunds"]
    assert library.sources("brand").keys() == {"billing/invoices.md"}
    assert library.calls[-2:] == [
        ("drop", "billing/invoices.md"),
        ("replace", "billing/invoices.md"),
    ]


def test_the_articles_of_a_brand_are_left_to_the_brand(folder: Path, library: DictLibrary) -> None:
    (folder / "brand.toml").write_text('name = "Spa"')
    (folder / "documents").mkdir()
    (folder / "documents" / "steam.md").write_text("# Steam\n\nIt is hot.\n")
    report = ingest(str(folder), library)
    assert (report.added, report.skipped) == (["billing-invoices", "refunds"], 2)


def test_a_file_with_several_documents_is_one_source(tmp_path: Path, library: DictLibrary) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\nCan I pay later?,Yes.\nIs it free?,No.\n")
    assert len(ingest(str(file), library).added) == 2
    file.write_text("question,answer\nCan I pay later?,Yes.\n")
    report = ingest(str(file), library)
    assert (len(report.removed), len(library.ids)) == (1, 1)


def test_a_larger_file_is_left_alone(folder: Path, library: DictLibrary) -> None:
    with (folder / "huge.md").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    report = ingest(str(folder), library)
    (broken,) = report.broken
    assert (broken.source, len(report.added)) == ("huge.md", 2)
    assert "larger than 50 MB" in broken.reason


def test_progress_is_told_for_each_file(folder: Path, library: DictLibrary) -> None:
    told = []
    ingest(str(folder), library, watch=lambda *words: told.append(words))
    assert told == [(1, 2, "billing/invoices.md"), (2, 2, "refunds.md")]


def test_pages_of_a_sitemap_come_and_go(library: DictLibrary) -> None:
    def sitemap(*pages: str) -> tuple[str, bytes]:
        inner = "".join(f"<url><loc>{SITE}/{page}</loc></url>" for page in pages)
        return "application/xml", f"<urlset>{inner}</urlset>".encode()

    page = ("text/html", b"<html><title>A page</title><main><p>Some words here.</p></main></html>")
    site = Site(map__xml=sitemap("a", "b"), a=page, b=page)
    report = ingest(f"{SITE}/map.xml", library, outside=site)
    assert (report.added, report.broken) == (["a", "b"], [])
    assert library.sources(f"{SITE}/map.xml").keys() == {f"{SITE}/a", f"{SITE}/b"}
    del site.pages[f"{SITE}/b"]
    assert ingest(f"{SITE}/map.xml", library, outside=site).removed == []
    site.pages[f"{SITE}/map.xml"] = sitemap("a")
    assert ingest(f"{SITE}/map.xml", library, outside=site).removed == ["b"]
    del site.pages[f"{SITE}/map.xml"]
    report = ingest(f"{SITE}/map.xml", library, outside=site)
    assert (report.usable, report.removed, library.ids) == (0, [], ["a"])


def test_nothing_is_fetched_where_no_way_out_is_given(library: DictLibrary) -> None:
    (broken,) = ingest(f"{SITE}/a", library).broken
    assert "nothing is fetched" in broken.reason


def test_parsers_are_loaded_when_they_are_needed(folder: Path) -> None:
    code = (
        "import sys, integrations.documents.ingest\n"
        "print({'httpx', 'pypdf', 'docx', 'lxml', 'selectolax', 'markdown_it'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
