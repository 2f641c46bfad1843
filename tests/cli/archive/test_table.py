"""`adslot place articles.parquet -o out.parquet`: whole or not at all, with an account of its rows."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from adslot import place, preset
from adslot.cli.commands import main
from tests.processes import STORY

PRESET = ("--preset", "longform")
FILLED = place(STORY, preset("longform")).html


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder that has a table; gives the result."""
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"key": [7, 8, 9], "html": [STORY, None, STORY]}), "in.parquet")
    return lambda *words: CliRunner().invoke(main, list(words))


def test_rows_are_filled(run):
    """Each tells what became of it; a row that failed costs the exit status 0, and stands in the report."""
    result = run("place", *PRESET, "in.parquet", "-o", "new/out.parquet", "--jobs", "2", "--report", "report.json")
    assert result.exit_code == 1
    assert "adslot: in.parquet: row 2: html is null\n" in result.stderr
    assert "3 rows: 2 placed, 0 unchanged, 1 failed; " in result.stderr
    rows = pq.read_table("new/out.parquet").to_pylist()
    assert [row["html"] for row in rows] == [FILLED, None, FILLED]
    assert [row["key"] for row in rows] == [7, 8, 9]
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["rows"] == 3
    assert report["failures"] == [{"file": "in.parquet: row 2", "message": "html is null"}]


def test_a_file_over_itself(run):
    """Is read to its end before it is replaced."""
    for _ in range(2):
        assert run("place", *PRESET, "in.parquet", "-o", "in.parquet").exit_code == 1
    assert pq.read_table("in.parquet")["html"].to_pylist() == [FILLED, None, FILLED]
    assert [path.name for path in Path().iterdir()] == ["in.parquet"]


def test_columns_have_the_names_that_are_asked_for(run):
    """Of the pages, and of what is added."""
    pq.write_table(pa.table({"body": [STORY], "status": ["live"]}), "in.parquet")
    words = ("place", *PRESET, "in.parquet", "-o", "out.parquet", "--column", "body")
    assert "column 'status' of its own" in run(*words).stderr
    assert run(*words, "--column-prefix", "adslot_").exit_code == 0
    (row,) = pq.read_table("out.parquet").to_pylist()
    assert (row["body"], row["status"], row["adslot_status"]) == (FILLED, "live", "optimal")


@pytest.mark.parametrize(
    "words",
    [
        ["in.parquet"],
        ["in.parquet", "-o", "-"],
        ["in.parquet", "-o", "o.parquet", "--strict"],
        ["in.parquet", "-o", "o.parquet", "--url", "/a"],
        ["in.parquet", "-o", "o.parquet", "--include", "*"],
        ["in.parquet", "-o", "o.parquet", "--column", "none"],
        ["in.parquet", "-o", "o.parquet", "--column", "key"],
        ["a.html", "--column", "html"],
    ],
)
def test_wrong_use(run, words):
    """Is told before anything is written."""
    assert run("place", *PRESET, *words).exit_code == 2
    assert not Path("o.parquet").exists()


@pytest.mark.parametrize("data", [b"no table", None])
def test_a_file_that_is_no_table(run, data):
    """Or is not there: one line."""
    Path("in.parquet").unlink()
    if data is not None:
        Path("in.parquet").write_bytes(data)
    result = run("place", *PRESET, "in.parquet", "-o", "out.parquet")
    assert result.exit_code == 1
    assert "adslot: in.parquet: " in result.stderr
    assert not Path("out.parquet").exists()


def test_warnings_are_told_once(run):
    """With the first row that has them."""
    result = run("place", "--preset", "de-news", "in.parquet", "-o", "out.parquet")
    assert "adslot: in.parquet: row 1 and 1 other row: rule 'related' places nothing" in result.stderr
