"""Parquet files: read and written row by row, so that memory does not grow with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import attrs

from adslot.batch.arrow import pa, pq
from adslot.batch.columns import filled_schema, place_batch, unplaced
from adslot.batch.workers import LATER, Done, done_by
from adslot.errors import AdslotError
from adslot.policy.policy import Policy

_ROWS = 64  # of a task: some hundred KB of pages, so that it fits into memory whatever the file's row groups are
_WINDOW = 3  # tasks of each process that may wait for one before them
_GROUP = 32_000_000  # bytes of a row group that is written
_BUFFER = 1 << 20


class TableError(AdslotError):
    """A file that is no Parquet file, or none that can be placed."""


@attrs.frozen
class Part:
    """What became of some *rows*: how many *slots* they got, and by number the *faults* and *warnings* of some."""

    rows: int
    slots: int
    faults: tuple[tuple[int, str], ...]
    warnings: tuple[tuple[int, tuple[str, ...]], ...]


@attrs.frozen
class _Task:
    first: int
    rows: bytes


@attrs.frozen
class _Work:
    """Places the rows of a task, as bytes of Arrow's stream format there and back."""

    policy: Policy
    told: Mapping[str, Any]

    def __call__(self, task: _Task) -> bytes:
        return _packed(place_batch(_unpacked(task.rows), self.policy, **self.told))


class Table:
    """The Parquet file at *path*, whose `column` has the pages; *told* is all that `place_batch` is told, but the policy.

    Raises OSError, TableError for what is no such file, TypeError and ValueError for a wrong column.
    """

    def __init__(self, path: str, policy: Policy, told: Mapping[str, Any]) -> None:
        with Path(path).open("rb"):
            pass  # Arrow's own words for a file that cannot be read are long
        try:
            self._file = pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER)
        except pa.ArrowException as error:
            raise TableError(f"no Parquet file: {error}") from error
        self._work, self._told = _Work(policy, told), told
        self._schema = filled_schema(self._file.schema_arrow, policy, told)

    @property
    def rows(self) -> int:
        """How many there are."""
        count: int = self._file.metadata.num_rows
        return count

    def place(self, target: IO[bytes], jobs: int) -> Iterator[Part]:
        """Write the table with slots to *target*, in its order, and tell of each part of it. Raises TableError."""
        with pq.ParquetWriter(target, self._schema) as writer:
            group: list[pa.RecordBatch] = []
            for first, batch in self._placed(jobs):
                group.append(batch)
                if sum(each.nbytes for each in group) > _GROUP:
                    writer.write_table(pa.Table.from_batches(group), row_group_size=self.rows)
                    group = []
                yield _part(first, batch)
            if group:
                writer.write_table(pa.Table.from_batches(group), row_group_size=self.rows)

    def _placed(self, jobs: int) -> Iterator[tuple[int, pa.RecordBatch]]:
        """The batches in their order, each with the number of its first row."""
        order = _Order(self._tasks(), _WINDOW * jobs)
        for done in done_by(jobs, self._work, order.tasks(), ahead=1):
            for each in order.ready(done):
                yield each.task.first, self._answer(each)

    def _answer(self, done: Done[_Task, bytes]) -> pa.RecordBatch:
        if done.answer is not None:
            return _unpacked(done.answer)
        how = {name: self._told[name] for name in ("column", "prefix")}
        return unplaced(_unpacked(done.task.rows), done.fault or "", **how)

    def _tasks(self) -> Iterator[_Task]:
        first = 0
        try:
            for batch in self._file.iter_batches(batch_size=_ROWS):
                yield _Task(first, _packed(batch))
                first += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise TableError(f"row {first + 1} and all below it cannot be read: {error}") from error


class _Order:
    """Puts what was done in any order into that of the tasks. No more than *window* of them wait for one."""

    def __init__(self, tasks: Iterator[_Task], window: int) -> None:
        self._given, self._window = tasks, window
        self._begun: deque[int] = deque()
        self._done: dict[int, Done[_Task, bytes]] = {}

    def tasks(self) -> Iterator[Any]:
        """The tasks, and between them `LATER` as long as too many wait."""
        for task in self._given:
            while len(self._begun) >= self._window:
                yield LATER
            self._begun.append(task.first)
            yield task

    def ready(self, done: Done[_Task, bytes]) -> Iterator[Done[_Task, bytes]]:
        """What of all that was done is next in order."""
        self._done[done.task.first] = done
        while self._begun and self._begun[0] in self._done:
            yield self._done.pop(self._begun.popleft())


def _packed(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _unpacked(data: bytes) -> pa.RecordBatch:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()


def _part(first: int, batch: pa.RecordBatch) -> Part:
    """What the last four columns of a batch say."""
    placements, _, warnings, error = (each.to_pylist() for each in batch.columns[-4:])
    return Part(
        rows=batch.num_rows,
        slots=sum(map(len, placements)),
        faults=tuple((first + number, each) for number, each in enumerate(error, 1) if each is not None),
        warnings=tuple((first + number, tuple(each)) for number, each in enumerate(warnings, 1) if each),
    )
