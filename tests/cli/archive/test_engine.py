"""`adslot place --engine`: what fits together, and what is told of a table that an engine has filled."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from adslot.batch.engines import EngineError, Filled
from adslot.cli.archive import engine
from adslot.cli.commands import main
from tests.processes import STORY

PRESET = ("--preset", "longform")


def here(job):
    """An engine in this process."""
    Path(job.target).mkdir()
    filled, source = Filled(), Path(job.source)
    for number, path in enumerate(sorted(source.glob("*.parquet")) if source.is_dir() else [source]):
        batches = list(job.filled(pq.read_table(path).to_batches()))
        pq.write_table(pa.Table.from_batches(batches), Path(job.target, f"{number}.parquet"))
        filled.add(pa.Table.from_batches(batches).select(job.added))
    return filled


@pytest.fixture
def asked(monkeypatch):
    """The engines that were asked for, with their jobs."""
    jobs = []

    def noted(name, job):
        jobs.append((name, job))
        return here(job)

    monkeypatch.setattr(engine, "_engine", lambda name: partial(noted, name))
    return jobs


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder that has a folder of tables; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for number in range(2):
        table = pa.table({"key": [7, 8], "html": [STORY, None], "related": ["7", None]})
        pq.write_table(table if number else table.slice(1), f"in/{number}.parquet")
    return lambda *words: CliRunner().invoke(main, ["place", *PRESET, *words])


def test_a_folder_of_tables_is_filled(run, asked):
    """Rows that failed are told by what is wrong with them."""
    result = run("in", "-o", "out", "--engine", "ray", "--jobs", "2", "--report", "report.json")
    assert result.exit_code == 1
    assert "adslot: in: 2 rows: html is null\n" in result.stderr
    assert "adslot: in: 1 row: related: expected a list, found int\n" in result.stderr
    assert "3 rows: 0 placed, 0 unchanged, 3 failed; 0 slots; " in result.stderr
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["failed"] == 3
    assert report["failures"][0] == {"file": "in: 2 rows", "message": "html is null"}
    ((name, job),) = asked
    assert (name, job.processes, job.address, job.told["column"]) == ("ray", 2, None, "html")


def test_a_file_is_filled_on_a_cluster(run, asked):
    """What is told of several rows is told once."""
    page = f'<html lang="fr">{STORY}'
    pq.write_table(pa.table({"html": [page] * 3}), "a.parquet")
    result = run("a.parquet", "-o", "out", "--engine", "spark", "--address", "spark://a:7077")
    assert result.exit_code == 0
    assert pq.read_table("out")["status"].to_pylist() == ["optimal"] * 3
    ((name, job),) = asked
    assert (name, job.processes, job.address) == ("spark", None, "spark://a:7077")


def test_an_engine_that_cannot(run, monkeypatch):
    """Says why, in a line."""

    def fails(_job):
        raise EngineError("Ray: no such file")

    monkeypatch.setattr(engine, "_engine", lambda _name: fails)
    result = run("in", "-o", "out", "--engine", "ray")
    assert (result.exit_code, result.stderr) == (1, "adslot: in: Ray: no such file\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["in"], "-o FOLDER"),
        (["in", "-o", "-"], "-o FOLDER"),
        (["in", "-o", "in"], "there already"),
        (["in", "in", "-o", "o"], "name it"),
        (["in", "-o", "o", "--strict"], "--strict and --url"),
        (["in", "-o", "o", "--include", "*"], "are for a folder"),
        (["in", "-o", "o", "--jobs", "2", "--address", "a:1"], "a cluster at an --address has its own"),
        (["in", "-o", "o", "--engine", "local", "--address", "a:1"], "--engine ray or --engine spark"),
        (["in", "--diff"], "--diff is for pages"),
    ],
)
def test_wrong_use(run, asked, words, told):
    """Is told before an engine is started."""
    result = run("--engine", "ray", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not asked
