"""Labels for files of any format: nothing lost, nothing doubled, whatever stops the run."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from integrations.labelling.job import Done, run
from integrations.labelling.labels import Labeller
from integrations.labelling.rows import LabelError
from knowledge.brands.brand import load
from knowledge.language.encoder import Encoder
from knowledge.language.reader import Reader

POSTS = ["I love this so much 😍", "worst app ever, I hate it", "meeting at 10", "", "ok"]


def nobody(_: Done, __: float) -> None:
    pass


@pytest.fixture(scope="module")
def labeller(data: Path) -> Labeller:
    encoder = Encoder(data / "cache")
    reader = Reader(encoder, data / "cache", load("connectsphere").folder)
    return Labeller(reader, ["sentiment", "emotion", "irony", "abuse"], "customer")


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    file = tmp_path / "posts.csv"
    with file.open("w", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["id", "text"])
        rows.writerows(enumerate(POSTS))
    return file


def label(file: Path, labeller: Labeller, out: Path, *, restart: bool = False) -> Done:
    return run(file, "text", labeller, out, restart=restart, watch=nobody)


def test_rows_keep_their_columns_through_every_format(
    posts: Path, labeller: Labeller, tmp_path: Path
) -> None:
    done = label(posts, labeller, tmp_path / "a.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [row["text"] for row in rows] == POSTS
    assert [row["sentiment"] for row in rows[:2]] == ["positive", "negative"]
    assert (rows[3]["sentiment"], done.troubles) == (None, {"empty": 1})
    label(posts, labeller, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["sentiment"] for row in table] == [row["sentiment"] for row in rows]
    label(posts, labeller, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="") as handle:
        again = list(csv.DictReader(handle))
    assert [row["sentiment"] or None for row in again] == [row["sentiment"] for row in rows]
    assert not list(tmp_path.glob("*.progress"))


def test_a_broken_line_is_kept_without_labels(labeller: Labeller, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "fine"}\n{"text": \n{"text": 5}\n')
    done = label(tmp_path / "a.jsonl", labeller, tmp_path / "b.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text().splitlines()]
    assert (len(rows), rows[1]["sentiment"], rows[2]["text"]) == (3, None, 5)
    assert done.troubles == {"broken line": 1, "not text": 1}


def test_refusals_say_what_to_do(posts: Path, labeller: Labeller, tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="'id', 'text'"):
        run(posts, "body", labeller, tmp_path / "a.csv", restart=False, watch=nobody)
    with pytest.raises(LabelError, match="written over"):
        label(posts, labeller, posts)
    with pytest.raises(LabelError, match=r"\.parquet"):
        label(posts, labeller, tmp_path / "a.xlsx")
    with pytest.raises(LabelError, match="there is no file"):
        label(tmp_path / "nothing.csv", labeller, tmp_path / "a.csv")
    label(posts, labeller, tmp_path / "a.csv")
    with pytest.raises(LabelError, match="already has a column"):
        label(tmp_path / "a.csv", labeller, tmp_path / "b.csv")


class Stopped(Exception):
    pass


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_stopped_run_goes_on(labeller: Labeller, tmp_path: Path, ending: str) -> None:
    file, out = tmp_path / "posts.jsonl", tmp_path / f"out.{ending}"
    file.write_text(
        "".join(json.dumps({"n": n, "text": f"post {n % 7}"}) + "\n" for n in range(1200))
    )

    def stop(done: Done, _: float) -> None:
        if done.batches == 2:
            raise Stopped

    with pytest.raises(Stopped):
        run(file, "text", labeller, out, restart=False, watch=stop)
    if ending != "parquet":  # half a batch that was written after the last note
        with out.open("ab") as handle:
            handle.write(b"half a row")
    done = label(file, labeller, out)
    assert (done.resumed_at, done.rows) == (1024, 1200)
    whole = tmp_path / f"whole.{ending}"
    label(file, labeller, whole)
    assert rows_of(out) == rows_of(whole)


def rows_of(file: Path) -> object:
    return pq.read_table(file).to_pylist() if file.suffix == ".parquet" else file.read_bytes()


def test_another_file_is_not_continued(labeller: Labeller, tmp_path: Path) -> None:
    file, out = tmp_path / "posts.jsonl", tmp_path / "out.jsonl"
    file.write_text('{"text": "one"}\n')

    def stop(_: Done, __: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        run(file, "text", labeller, out, restart=False, watch=stop)
    file.write_text('{"text": "two"}\n{"text": "three"}\n')
    with pytest.raises(LabelError, match="--restart"):
        label(file, labeller, out)
    assert label(file, labeller, out, restart=True).rows == 2


def test_a_killed_process_loses_and_doubles_nothing(data: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "posts.jsonl", tmp_path / "out.jsonl"
    file.write_text(
        "".join(json.dumps({"n": n, "text": f"post number {n}"}) + "\n" for n in range(3000))
    )
    command = [sys.executable, "-m", "integrations.cli", "label", str(file), "--out", str(out),
               "--tasks", "irony"]  # fmt: skip
    environment = {**os.environ, "QUIETHAND_DATA": str(data)}
    victim = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    notes = tmp_path / "out.jsonl.progress"
    while not notes.exists() and victim.poll() is None:
        time.sleep(0.02)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    numbers = [json.loads(line)["n"] for line in out.read_text().splitlines()]
    assert numbers == list(range(3000))
