"""Ingesting, listing, showing, removing and checking, as a person types it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.documents.local_server import served

PARKING = """---
title: Parking at the venue
owner: Grounds
reviewed: 2026-10-01
---
# Parking at the venue

## Bicycles

Bicycles may stand beside the north gate.
"""


@pytest.fixture(scope="module")
def house(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose documents are these tests' own; the encoder is everybody's."""
    house = tmp_path_factory.mktemp("house")
    (data / "cache").mkdir(exist_ok=True)
    (house / "cache").symlink_to(data / "cache")
    (house / "spa" / "documents").mkdir(parents=True)
    (house / "spa" / "brand.toml").write_text('name = "Spa"')
    (house / "spa" / "documents" / "steam.md").write_text("# Steam\n\nThe steam bath is hot.\n")
    return house


def quiethand(data: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QUIETHAND_DATA": str(data),
        "QUIETHAND_BRAND": str(data / "spa"),
    }
    command = [sys.executable, "-m", "integrations.cli", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "parking.md").write_text(PARKING)
    return folder


def test_a_document_comes_in_is_shown_and_goes(house: Path, folder: Path) -> None:
    first = quiethand(house, "ingest", folder)
    assert (first.returncode, first.stderr.count("Traceback")) == (0, 0), first.stderr
    assert "1 document added" in first.stdout
    (again,) = rows(quiethand(house, "ingest", folder, "--json"))
    assert (again["unchanged"], again["added"], again["broken"]) == (1, [], [])

    (listed,) = (
        r for r in rows(quiethand(house, "documents", "list", "--json")) if r["id"] == "parking"
    )
    assert (listed["owner"], listed["reviewed"], listed["source"]) == (
        "Grounds", "2026-10-01", "parking.md",
    )  # fmt: skip
    shown = quiethand(house, "documents", "show", "parking").stdout
    assert "#bicycles Parking at the venue > Bicycles" in shown
    assert "Bicycles may stand beside the north gate." in shown
    (whole,) = rows(quiethand(house, "documents", "show", "parking", "--json"))
    part = whole["passages"][-1]
    assert "north gate" in whole["text"][part["start"] : part["end"]]

    removed = quiethand(house, "documents", "remove", "parking")
    assert "comes back when parking.md is read again" in removed.stdout
    assert quiethand(house, "documents", "show", "parking").returncode == 2
    assert quiethand(house, "documents", "remove", "parking").returncode == 2
    (back,) = rows(quiethand(house, "ingest", folder, "--json"))
    assert back["added"] == ["parking"]


def test_the_articles_of_the_brand_come_in_once(house: Path) -> None:
    for what in (house / "spa" / "documents", house / "spa" / "documents" / "steam.md"):
        (report,) = rows(quiethand(house, "ingest", what, "--json"))
        assert (report["root"], report["unchanged"], report["added"]) == ("brand", 1, [])
    ids = [row["id"] for row in rows(quiethand(house, "documents", "list", "--json"))]
    assert [id for id in ids if id.startswith("steam")] == ["steam"]


def test_a_rehearsal_is_printed_and_changes_nothing(house: Path, folder: Path) -> None:
    (folder / "lockers.md").write_text("# Lockers\n\nLockers take a coin.\n")
    done = quiethand(house, "ingest", folder / "lockers.md", "--dry-run")
    assert (done.returncode, "+ lockers" in done.stdout) == (0, True)
    assert quiethand(house, "documents", "show", "lockers").returncode == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("good.md", b"# Good\n\nGood words.\n", 1), ("worse.pdf", b"%PDF-1.4 no", 2)],
)
def test_the_exit_code_says_how_it_went(
    house: Path, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 no")
    done = quiethand(house, "ingest", tmp_path, "--dry-run")
    assert done.returncode == code
    assert f"{tmp_path}: bad.pdf: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("what", "complaint"),
    [
        ("nowhere", "there is no such file or folder"),
        ("http://127.0.0.1:9/", "private network"),
        ("ftp://help.example.org/", "only http"),
    ],
)
def test_what_cannot_be_had_is_one_line(house: Path, what: str, complaint: str) -> None:
    done = quiethand(house, "ingest", what)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert complaint in done.stderr


def test_a_server_of_ours_is_read_where_that_is_allowed(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIETHAND_ALLOW_PRIVATE", "true")
    with served({"/sauna": b"<h1>Sauna</h1><p>It is open on Fridays.</p>"}) as server:
        done = quiethand(house, "ingest", f"http://{server}/sauna", "--dry-run")
    assert (done.returncode, "+ sauna" in done.stdout) == (0, True)


def test_the_limit_of_a_file_is_set_by_an_option(house: Path, folder: Path) -> None:
    (folder / "long.md").write_text("# Long\n\n" + "Many words. " * 1000)
    done = quiethand(house, "ingest", folder, "--dry-run", "--max-mb", "0.01")
    assert done.returncode == 1
    assert "long.md: is larger than 0.01 MB" in done.stderr


def test_a_name_cannot_write_on_the_terminal(house: Path, folder: Path) -> None:
    (folder / "odd\x1b[31m\n.pdf").write_bytes(b"%PDF-1.4 no")
    done = quiethand(house, "ingest", folder, "--dry-run")
    assert done.returncode == 1
    assert "\x1b" not in done.stderr + done.stdout


def test_what_is_wrong_with_a_document_is_found(house: Path, folder: Path) -> None:
    (folder / "old-lifts.md").write_text(
        "---\nreviewed: 2019-01-01\n---\n# Lifts\n\nThe lifts stop at ten.\n"
    )
    quiethand(house, "ingest", folder / "old-lifts.md")
    done = quiethand(house, "documents", "check", "--json")
    quiethand(house, "documents", "remove", "old-lifts")
    found = {one["kind"] for one in rows(done) if one["document"] == "old-lifts"}
    assert (done.returncode, found) == (1, {"stale", "ownerless"})
