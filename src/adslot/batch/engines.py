"""Engines: what Ray and Spark are told of a table that they fill, and what they tell of it.

Each maps `place_batch` over the batches of a Parquet file, or of a folder of these, and writes another folder. The
policy goes to their processes as a value, and no file of this machine with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from adslot.batch.arrow import pa
from adslot.batch.columns import filled_schema, place_batch
from adslot.errors import AdslotError
from adslot.policy.policy import Policy

ROWS = 64  # placed at a time: some hundred KB of pages


class EngineError(AdslotError):
    """An engine that does not start, is not found, or cannot read or write what it is told to."""


@attrs.frozen(kw_only=True)
class Job:
    """Fill the table *source*, and write it to the folder *target*, by a *policy* and what else `place_batch` is *told*.

    The engine runs at an *address*; without one it is started here, with so many *processes*, None for all cores.
    """

    source: str
    target: str
    policy: Policy
    told: Mapping[str, Any]
    processes: int | None = None
    address: str | None = None

    @property
    def added(self) -> list[str]:
        """The names of the added columns that are counted: `placements`, `warnings` and `error`."""
        return [f"{self.told['prefix']}{name}" for name in ("placements", "warnings", "error")]

    def schema(self, given: pa.Schema) -> pa.Schema:
        """That of the filled table. Raises EngineError where the pages are not in the *given* one."""
        try:
            return filled_schema(given, self.policy, self.told)
        except (TypeError, ValueError) as error:
            raise EngineError(str(error)) from error

    def filled(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """*batches* with slots."""
        for batch in batches:
            yield place_batch(batch, self.policy, **self.told)


@attrs.define
class Filled:
    """What became of a table: *rows* and *slots*, and how many rows had which *faults* and *warnings*."""

    rows: int = 0
    slots: int = 0
    faults: Counter[str] = attrs.field(factory=Counter)
    warnings: Counter[str] = attrs.field(factory=Counter)

    def add(self, part: pa.Table) -> None:
        """Count a part of the table, of the columns `Job.added`."""
        placements, warnings, error = (column.to_pylist() for column in part.columns)
        self.rows += part.num_rows
        self.slots += sum(map(len, placements))
        self.faults.update(each for each in error if each is not None)
        self.warnings.update(warning for each in warnings for warning in dict.fromkeys(each))
