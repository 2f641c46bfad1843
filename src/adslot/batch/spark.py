"""Spark: a table filled by the executors of a cluster, or by processes of this machine, through `mapInArrow`."""

from __future__ import annotations

import os
import sys
from typing import Any

from adslot.batch.arrow import pa
from adslot.batch.engines import ROWS, EngineError, Filled, Job
from adslot.errors import MissingExtraError

try:
    from py4j.protocol import Py4JError, Py4JJavaError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as sql
except ImportError as error:
    raise MissingExtraError("spark", "Tables on Spark") from error


def fill(job: Job) -> Filled:
    """Do a *job*. Raises EngineError."""
    try:
        session = _session(job)
        try:
            _write(session, job)
            return _counted(session.read.parquet(job.target), job)
        finally:
            session.stop()
    except (PySparkException, Py4JError, OSError) as error:
        raise EngineError(f"Spark: {_first_line(error)}") from error


def _session(job: Job) -> Any:
    """A session at the address of the *job*; without one, on this machine, or where the one that runs this program is."""
    builder = SparkSession.builder.appName("adslot")
    if job.address is None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the one on the path, which may lack adslot
        builder = builder.master(f"local[{job.processes}]") if job.processes else builder
    else:
        builder = builder.master(job.address)
    session = builder.getOrCreate()
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS)
    session.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")  # the other one has no time zone
    return session


def _write(session: Any, job: Job) -> None:
    pages = session.read.parquet(job.source)
    empty = pa.RecordBatch.from_pylist([], job.schema(pages.limit(0).toArrow().schema))
    types = session.createDataFrame(pa.Table.from_batches([empty])).schema
    pages.mapInArrow(job.filled, types).write.parquet(job.target)


def _counted(table: Any, job: Job) -> Filled:
    placements, warnings, error = map(sql.col, map("`{}`".format, job.added))
    ((rows, slots),) = table.select(sql.count("*"), sql.sum(sql.size(placements))).collect()
    filled = Filled(rows, slots or 0)
    filled.faults.update(dict(table.where(error.isNotNull()).groupBy(error).count().collect()))
    sentences = table.select(sql.explode(sql.array_distinct(warnings)).alias("warning"))
    filled.warnings.update(dict(sentences.groupBy("warning").count().collect()))
    return filled


def _first_line(error: Exception) -> str:
    """What is said of an error before its traceback."""
    cause = error.java_exception if isinstance(error, Py4JJavaError) else error
    return str(cause).strip().partition("\n")[0]
