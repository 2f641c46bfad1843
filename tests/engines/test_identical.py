"""Whoever maps the pages of an archive, each becomes what `adslot.place` makes of it, byte for byte."""

from __future__ import annotations

import csv
import json
from typing import Any

import duckdb
import fsspec
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

import adslot
from adslot.batch import place_batch


def pages(table):
    """By key. No row is there twice, and none has failed."""
    found = dict(zip(table["id"].to_pylist(), table["html"].to_pylist(), strict=True))
    assert len(found) == table.num_rows
    return found


@pytest.mark.parametrize("engine", ["ray", "spark"])
def test_by_an_engine(archive, engine):
    """Which is started for it, and tells how many rows there were."""
    words = ("--policy", archive.policy, "--engine", engine, "--jobs", "2", "--report", f"{engine}.json")
    archive.run("place", "tables", "-o", engine, *words)
    table = ds.dataset(archive.folder / engine, format="parquet").to_table()
    assert pages(table) == archive.filled
    assert table.schema.names == ["id", "html", "url", "context", "placements", "status", "warnings", "error"]
    report = json.loads((archive.folder / f"{engine}.json").read_text(encoding="utf-8"))
    slots = sum(map(len, table["placements"].to_pylist()))
    assert (report["rows"], report["placed"], report["failed"], report["slots"]) == (500, 500, 0, slots)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_in_one_file(archive, jobs):
    """However many processes there are."""
    target = f"filled-{jobs}.parquet"
    archive.run("place", "all.parquet", "-o", target, "--policy", archive.policy, "--jobs", jobs)
    assert pages(ds.dataset(archive.folder / target).to_table()) == archive.filled


def test_in_a_folder(archive):
    """With a table of what is known of each page."""
    folder = archive.folder
    (folder / "pages").mkdir()
    with (folder / "about.csv").open("w", encoding="utf-8", newline="") as file:
        about = csv.writer(file)
        about.writerow(["path", "url", "context"])
        for row in archive.rows:
            about.writerow([f"{row['id']}.html", row["url"], row["context"]])
            (folder / "pages" / f"{row['id']}.html").write_bytes(row["html"].encode())
    words = ("--policy", archive.policy, "--about", "about.csv", "--jobs", "2", "--encoding", "utf-8")
    archive.run("place", "pages", "-o", "placed", *words)
    found = {int(path.stem): path.read_bytes().decode() for path in (folder / "placed").glob("*.html")}
    assert found == archive.filled


def test_in_object_storage(archive):
    """Through Arrow, from and to where fsspec leads."""
    store, policy = fsspec.filesystem("memory"), adslot.load(archive.policy)
    store.put(str(archive.folder / "tables"), "/archive", recursive=True)
    given = ds.dataset("/archive", filesystem=store, format="parquet")
    schema = place_batch(pa.RecordBatch.from_pylist([], given.schema), policy).schema
    filled = (place_batch(batch, policy) for batch in given.to_batches(batch_size=64))
    ds.write_dataset(filled, "/filled", schema=schema, filesystem=store, format="parquet")
    assert pages(ds.dataset("/filled", filesystem=store, format="parquet").to_table()) == archive.filled


def test_in_a_query(archive):
    """As a function of DuckDB."""
    policy = adslot.load(archive.policy)

    def filled(html, url, context):
        batches = pa.table({"html": html, "url": url, "context": context}).to_batches()
        return pa.chunked_array([place_batch(batch, policy)["html"] for batch in batches], pa.string())

    with duckdb.connect() as database:
        how: dict[str, Any] = {"type": "arrow"}  # which its types do not know
        database.create_function("filled", filled, ["VARCHAR"] * 3, "VARCHAR", **how)
        query = "SELECT id, filled(html, url, context) FROM read_parquet(?)"
        rows = database.execute(query, [str(archive.folder / "tables" / "*.parquet")]).fetchall()
    assert dict(rows) == archive.filled
