"""Parquet files: what `place_batch` makes of all rows, in their order, in memory that does not grow."""

from __future__ import annotations

import os
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adslot import preset
from adslot.batch import parquet, place_batch
from adslot.batch.parquet import Table, TableError
from tests.processes import STORY

POLICY = preset("longform")
TOLD = {"column": "html", "prefix": ""}


def written(path, count, **how):
    """A table of so many rows; every tenth has no page."""
    pages = [None if number % 10 == 9 else f"{STORY}<p>Ende {number}." for number in range(count)]
    kinds = pa.array(["a"] * count, pa.string()).dictionary_encode()
    table = pa.table({"html": pa.array(pages, pa.string()), "key": pa.array(range(count), pa.int64()), "kind": kinds})
    pq.write_table(table, path, **how)
    return table.combine_chunks()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 64, 500])
def test_it_is_what_place_batch_makes_of_all_rows(tmp_path, monkeypatch, jobs, count):
    """However many processes and row groups there are."""
    monkeypatch.setattr(parquet, "_GROUP", 200_000)
    table = written(tmp_path / "in.parquet", count, row_group_size=150)
    target = BytesIO()
    parts = list(Table(str(tmp_path / "in.parquet"), POLICY, TOLD).place(target, jobs))
    found = pq.read_table(BytesIO(target.getvalue()))
    (batch,) = table.to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
    assert found.to_pylist() == place_batch(batch, POLICY).to_pylist()
    assert found.schema.names == ["html", "key", "kind", "placements", "status", "warnings", "error"]
    assert sum(part.rows for part in parts) == count
    assert [row for part in parts for row, _ in part.faults] == list(range(10, count + 1, 10))
    assert all(fault == "html is null" for part in parts for _, fault in part.faults)


def test_a_second_run_over_its_output(tmp_path):
    """Makes the same file."""
    written(tmp_path / "in.parquet", 100)
    files = []
    for name in ("in.parquet", "once.parquet"):
        with (tmp_path / f"{'once' if name == 'in.parquet' else 'twice'}.parquet").open("wb") as file:
            list(Table(str(tmp_path / name), POLICY, TOLD).place(file, 1))
            files.append(file.name)
    once, twice = map(pq.read_table, files)
    assert once.equals(twice)


def test_a_process_that_dies_costs_its_rows(tmp_path, monkeypatch):
    """They stay as they were, and say why."""
    written(tmp_path / "in.parquet", 300)
    place = place_batch

    def dies(batch, *words, **more):
        if batch.num_rows and batch["key"][0].as_py() == 64:
            os._exit(9)
        return place(batch, *words, **more)

    monkeypatch.setattr(parquet, "place_batch", dies)
    target = BytesIO()
    list(Table(str(tmp_path / "in.parquet"), POLICY, TOLD).place(target, 2))
    rows = pq.read_table(BytesIO(target.getvalue())).to_pylist()
    assert [row["key"] for row in rows] == list(range(300))
    failed = [row for row in rows if row["error"] not in {None, "html is null"}]
    assert [row["key"] for row in failed] == list(range(64, 128))
    assert failed[0]["error"] == "its worker process ended with status 9"
    assert failed[0]["html"].startswith(STORY)
    assert failed[0]["html"].endswith("<p>Ende 64.")


@pytest.mark.parametrize("data", [b"", b"PAR1", b"no such file" * 99])
def test_what_is_no_parquet_file(tmp_path, data):
    """Is told as that."""
    (tmp_path / "in.parquet").write_bytes(data)
    with pytest.raises(TableError, match="no Parquet file"):
        Table(str(tmp_path / "in.parquet"), POLICY, TOLD)


def test_a_broken_file(tmp_path):
    """Rows that cannot be read are told by their number."""
    written(tmp_path / "in.parquet", 1000, row_group_size=100, compression="gzip")
    data = bytearray((tmp_path / "in.parquet").read_bytes())
    data[4 : len(data) // 2] = bytes(len(data) // 2 - 4)
    (tmp_path / "in.parquet").write_bytes(data)
    table = Table(str(tmp_path / "in.parquet"), POLICY, TOLD)
    with pytest.raises(TableError, match="row 1 and all below it cannot be read"):
        list(table.place(BytesIO(), 2))
