"""Labels for files of any format: nothing lost, nothing doubled, whatever stops the run."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from integrations.labelling.job import Job, Summary, Watch, perform, prepared
from integrations.labelling.labeller import Labeller, added, chosen
from integrations.labelling.rows import LabelError
from knowledge.brands.brand import load
from knowledge.language.encoder import Encoder
from knowledge.language.reader import Reader

POSTS = ["I love this so much 😍", "worst app ever, I hate it", "meeting at 10", "", "ok"]
TASKS = ["sentiment", "emotion", "irony", "abuse"]


class Stopped(Exception):
    pass


def nobody(_: int, __: float, ___: float) -> None:
    pass


def stop(rows: int, _: float, __: float) -> None:
    if rows >= 1024:
        raise Stopped


@pytest.fixture(scope="module")
def labeller(data: Path) -> Labeller:
    encoder = Encoder(data / "cache", threads=1)
    reader = Reader(encoder, data / "cache", load("connectsphere").folder)
    return Labeller(reader, TASKS, "customer")


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    file = tmp_path / "posts.csv"
    with file.open("w", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["id", "text"])
        rows.writerows(enumerate(POSTS))
    return file


@pytest.fixture
def many(tmp_path: Path) -> Path:
    file = tmp_path / "many.jsonl"
    rows = (json.dumps({"n": n, "text": f"post {n % 7}"}) for n in range(1200))
    file.write_text("".join(f"{row}\n" for row in rows))
    return file


def label(
    file: Path,
    labeller: Labeller,
    out: Path,
    *,
    column: str = "text",
    restart: bool = False,
    watch: Watch = nobody,
) -> Summary:
    job = Job(file, out, column, added(TASKS), {"tasks": TASKS})
    source, known = prepared(job, restart)
    return perform(job, source, known, labeller, 2, watch)


def rows_of(file: Path) -> list[dict[str, object]]:
    if file.suffix == ".parquet":
        return list(pq.read_table(file).to_pylist())
    if file.suffix == ".jsonl":
        return [json.loads(line) for line in file.read_text().splitlines()]
    with file.open(newline="") as handle:
        return list(csv.DictReader(handle))


def test_rows_keep_their_columns_through_every_format(
    posts: Path, labeller: Labeller, tmp_path: Path
) -> None:
    done = label(posts, labeller, tmp_path / "a.jsonl")
    rows = rows_of(tmp_path / "a.jsonl")
    assert list(rows[0]) == ["id", "text", *added(TASKS)]
    assert [row["text"] for row in rows] == POSTS
    assert [row["sentiment"] for row in rows[:2]] == ["positive", "negative"]
    assert (rows[3]["sentiment"], done.troubles) == (None, {"empty": 1})
    label(posts, labeller, tmp_path / "a.parquet")
    assert rows_of(tmp_path / "a.parquet") == rows
    label(posts, labeller, tmp_path / "a.csv")
    assert [row["sentiment"] or None for row in rows_of(tmp_path / "a.csv")] == [
        row["sentiment"] for row in rows
    ]


def test_a_jsonl_line_is_kept_as_it_was_spelt(labeller: Labeller, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "fine", "price": 1.10, "\\u00e4": [1e3]}\n')
    label(tmp_path / "a.jsonl", labeller, tmp_path / "b.jsonl")
    line = (tmp_path / "b.jsonl").read_text()
    assert line.startswith('{"text": "fine", "price": 1.10, "\\u00e4": [1e3], "sentiment": ')


def test_parquet_keeps_its_types(labeller: Labeller, tmp_path: Path) -> None:
    columns = {"text": ["great", None], "at": pa.array([1, 2], pa.timestamp("ns")), "n": [[1], []]}
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    label(tmp_path / "a.parquet", labeller, tmp_path / "b.parquet")
    schema = pq.read_schema(tmp_path / "b.parquet")
    assert schema.field("at").type == pa.timestamp("ns")
    assert schema.field("emotions").type == pa.list_(pa.string())
    label(tmp_path / "a.parquet", labeller, tmp_path / "b.jsonl")
    assert rows_of(tmp_path / "b.jsonl")[0]["at"] == "1970-01-01 00:00:00.000000001"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_file_without_rows_keeps_its_columns(
    labeller: Labeller, tmp_path: Path, ending: str
) -> None:
    (tmp_path / "a.csv").write_text("text,id\n")
    assert label(tmp_path / "a.csv", labeller, tmp_path / f"b.{ending}").rows == 0
    assert rows_of(tmp_path / f"b.{ending}") == []


def test_broken_lines_are_kept_without_labels(labeller: Labeller, tmp_path: Path) -> None:
    lines = [b'{"text": "fine"}', b'{"text": ', b'{"text": 5}', b'{"id": 1}', b'{"text": "\xff"}']
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    done = label(tmp_path / "a.jsonl", labeller, tmp_path / "b.jsonl")
    written = (tmp_path / "b.jsonl").read_bytes().splitlines()
    assert json.loads(written[1])["broken_line"] == '{"text":'
    assert written[4].startswith(b'{"text": "\xff", "sentiment": null')
    assert done.troubles == {"broken line": 1, "not text": 1, "no text": 1, "undecodable": 1}
    assert (done.rows, done.labelled) == (5, 1)


def test_ragged_rows_lose_no_cell(labeller: Labeller, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id;text\n1;fine\n2\n3;one;two\n4;caf\xe9\n\n")
    done = label(tmp_path / "a.csv", labeller, tmp_path / "b.csv")
    lines = (tmp_path / "b.csv").read_bytes().splitlines()
    assert [line.split(b";")[:2] for line in lines[2:4]] == [[b"2", b""], [b"3", b'"one']]
    assert lines[4].startswith(b"4;caf\xe9;;")
    assert done.troubles == {"ragged row": 2, "undecodable": 1}


def test_refusals_say_what_to_do(posts: Path, labeller: Labeller, tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="'id', 'text'"):
        label(posts, labeller, tmp_path / "a.csv", column="body")
    with pytest.raises(LabelError, match="another file"):
        label(posts, labeller, posts)
    with pytest.raises(LabelError, match=r"\.parquet"):
        label(posts, labeller, tmp_path / "a.xlsx")
    with pytest.raises(LabelError, match="not there"):
        label(tmp_path / "nothing.csv", labeller, tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text("sentiment,text\n")
    with pytest.raises(LabelError, match="already has a column 'sentiment'"):
        label(tmp_path / "a.csv", labeller, tmp_path / "b.csv")
    with pytest.raises(LabelError, match="--restart to replace"):
        label(posts, labeller, tmp_path / "a.csv")
    with pytest.raises(LabelError, match="no task 'joy'"):
        chosen("irony, joy")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_stopped_run_goes_on(many: Path, labeller: Labeller, tmp_path: Path, ending: str) -> None:
    out, whole = tmp_path / f"out.{ending}", tmp_path / f"whole.{ending}"
    with pytest.raises(Stopped):
        label(many, labeller, out, watch=stop)
    if ending != "parquet":  # half a batch that was written after the last note
        with out.open("ab") as handle:
            handle.write(b"half a row")
    done = label(many, labeller, out)
    assert (done.resumed_at, done.rows) == (1024, 1200)
    label(many, labeller, whole)
    assert rows_of(out) == rows_of(whole)


def test_another_file_is_not_continued(many: Path, labeller: Labeller, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(Stopped):
        label(many, labeller, out, watch=stop)
    many.write_text('{"text": "two"}\n{"text": "three"}\n')
    with pytest.raises(LabelError, match="--restart"):
        label(many, labeller, out)
    assert label(many, labeller, out, restart=True).rows == 2


def test_a_killed_process_loses_and_doubles_nothing(data: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "posts.jsonl", tmp_path / "out.jsonl"
    rows = (json.dumps({"n": n, "text": f"post number {n}"}) for n in range(3000))
    file.write_text("".join(f"{row}\n" for row in rows))
    command = [sys.executable, "-m", "integrations.cli", "label", str(file), "--out", str(out),
               "--tasks", "irony", "--json"]  # fmt: skip
    environment = {**os.environ, "QUIETHAND_DATA": str(data)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as victim:
        while not (tmp_path / "out.jsonl.progress").exists() and victim.poll() is None:
            time.sleep(0.02)
        victim.send_signal(signal.SIGKILL)
    for start in (512, 3000):  # goes on, and then finds everything done
        again = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert again.returncode == 0, again.stderr
        assert json.loads(again.stdout)["resumed_at"] >= start
    assert [row["n"] for row in rows_of(out)] == list(range(3000))
