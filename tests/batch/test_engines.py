"""Engines: what they are told of a table and tell of it; `make engines` starts them."""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from importlib import import_module

import pyarrow as pa
import pytest

from adslot import MissingExtraError, preset
from adslot.batch import place_batch
from adslot.batch.engines import EngineError, Filled, Job
from tests.processes import STORY

POLICY = preset("longform")
JOB = Job(source="in", target="out", policy=POLICY, told={"column": "html", "prefix": "a_", "context": {"x": 1}})


def test_a_job_travels_with_its_policy_and_fills_batches():
    """As `place_batch` does, with what it is told."""
    batch = pa.RecordBatch.from_pydict({"html": [STORY, None]})
    job = pickle.loads(pickle.dumps(JOB))
    (filled,) = job.filled(iter([batch]))
    assert filled == place_batch(batch, POLICY, prefix="a_", context={"x": 1})
    assert job.schema(batch.schema) == filled.schema


@pytest.mark.parametrize("kind", [pa.int64(), None])
def test_a_table_without_pages_is_refused(kind):
    """Before any process is asked."""
    schema = pa.schema([pa.field("html" if kind else "body", kind or pa.string())])
    with pytest.raises(EngineError, match=r"^column: expected"):
        JOB.schema(schema)


def test_parts_are_counted():
    """By what is wrong with their rows, and what is told of them."""
    filled = Filled()
    rows = [
        {"a_placements": [{"id": "1"}, {"id": "2"}], "a_warnings": ["w", "w", "v"], "a_error": None},
        {"a_placements": [], "a_warnings": ["w"], "a_error": "html is null"},
    ]
    for _ in range(2):
        filled.add(pa.Table.from_pylist(rows).select(JOB.added))
    assert filled == Filled(4, 4, Counter({"html is null": 2}), Counter({"w": 4, "v": 2}))


@pytest.mark.parametrize(("name", "package"), [("ray_data", "ray"), ("spark", "pyspark"), ("spark", "py4j.protocol")])
def test_who_lacks_an_engine_is_told_how_to_get_it(monkeypatch, name, package):
    """By the name of the extra."""
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"adslot.batch.{name}", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'adslot\[(ray|spark)\]'"):
        import_module(f"adslot.batch.{name}")
