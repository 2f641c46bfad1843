"""Ray Data: a table filled by the processes of a Ray cluster, or of one that is started for it on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from adslot.batch.arrow import pa
from adslot.batch.engines import ROWS, EngineError, Filled, Job
from adslot.errors import MissingExtraError

try:
    import ray
    import ray.data
except ImportError as error:
    raise MissingExtraError("ray", "Tables on Ray") from error


def fill(job: Job) -> Filled:
    """Do a *job*. Raises EngineError."""
    try:
        with _connected(job):
            _write(job)
            return _counted(job)
    except (ray.exceptions.RayError, pa.ArrowException, OSError, RuntimeError, ValueError) as error:
        raise EngineError(f"Ray: {_first_line(error)}") from error


@contextmanager
def _connected(job: Job) -> Iterator[None]:
    """Connected to the cluster of the *job*: that of its address, the one that runs this program, or a new one."""
    ray.init(job.address or os.environ.get("RAY_ADDRESS", "local"), num_cpus=job.processes)
    try:
        yield
    finally:
        ray.shutdown()


def _write(job: Job) -> None:
    pages = ray.data.read_parquet(_address(job.source))
    job.schema(pages.schema().base_schema)
    filled = pages.map_batches(partial(_filled, ray.put(job)), batch_format="pyarrow", batch_size=ROWS)
    filled.write_parquet(_address(job.target), mode=ray.data.SaveMode.ERROR)


def _filled(sent: Any, part: pa.Table) -> pa.Table:
    """A *part* of the table, filled by a worker process: the job was *sent* to it as a reference."""
    job = _fetched(sent)
    batches = list(job.filled(part.combine_chunks().to_batches()))
    return pa.Table.from_batches(batches, None if batches else job.schema(part.schema))


@cache
def _fetched(sent: Any) -> Job:
    """The job behind a reference, which each worker process fetches once."""
    job: Job = ray.get(sent)
    return job


def _counted(job: Job) -> Filled:
    filled = Filled()
    for part in ray.data.read_parquet(_address(job.target), columns=job.added).iter_batches(batch_format="pyarrow"):
        filled.add(part.select(job.added))
    return filled


def _address(path: str) -> str:
    """A path of this machine in full, as processes elsewhere may have another working folder; any URL as it is."""
    return path if "://" in path else str(Path(path).absolute())


def _first_line(error: Exception) -> str:
    """What an error is, and says before its traceback."""
    cause = getattr(error, "cause", None) or error
    text, *_ = str(cause).strip().split("\n")
    return f"{type(cause).__name__}: {text}"
