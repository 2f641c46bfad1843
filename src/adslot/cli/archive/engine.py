"""`adslot place --engine`: a table that Ray or Spark fills, and what is told of it in the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from adslot.batch.engines import EngineError, Filled, Job
from adslot.cli.archive.account import Account, Failure
from adslot.cli.archive.fill import report
from adslot.cli.archive.options import Archive
from adslot.cli.archive.progress import Progress
from adslot.cli.archive.table import check_use, told_of_rows
from adslot.cli.files import STDIN, InputError, Inputs
from adslot.cli.filling import Filling
from adslot.cli.paths import shown
from adslot.cli.warned import Warned


def fill_by_engine(
    filling: Filling, archive: Archive, output: str | None, told: dict[str, Any], *, strict: bool
) -> None:
    """Have an engine fill a table, with what `place` is *told* of its rows. Ends with status 1 where some failed."""
    (path,) = filling.inputs
    if output is None or output in {"", STDIN}:
        raise click.UsageError("an engine writes a folder: -o FOLDER")
    if Path(output).exists():
        raise click.UsageError(f"-o {shown(output)} is there already: an engine writes a new folder")
    check_use(told, strict=strict)
    progress = Progress(0, "rows")
    filled = _filled(archive, filling, output, told_of_rows(archive, told))
    _report(path, filled, filling, progress.seconds, archive.report)


def _filled(archive: Archive, filling: Filling, output: str, told: dict[str, Any]) -> Filled:
    (path,) = filling.inputs
    job = Job(
        source=path,
        target=output,
        policy=filling.policy,
        told=told,
        processes=archive.jobs,
        address=archive.address,
    )
    try:
        return _engine(archive.engine)(job)
    except EngineError as error:
        raise InputError(f"{shown(path)}: {error}") from error


def _engine(name: str) -> Callable[[Job], Filled]:
    """Raises MissingExtraError."""
    if name == "ray":
        from adslot.batch.ray_data import fill as by_ray  # noqa: PLC0415  # an extra

        return by_ray
    from adslot.batch.spark import fill as by_spark  # noqa: PLC0415  # an extra

    return by_spark


def _report(path: str, filled: Filled, filling: Filling, seconds: float, file: str | None) -> None:
    account = Account(filled.rows, "rows", slots=filled.slots)
    for fault, rows in filled.faults.most_common():
        account.failures.append(Failure(f"{path}: {rows:,} row{'s' * (rows > 1)}", fault, rows))
    account.placed = filled.rows - account.failed
    with Warned(Inputs(filling.inputs), "row") as warned:
        for warning, rows in filled.warnings.most_common():
            warned.add(f"{path}: a row", [warning], rows)
    report(account, seconds, file)
    if account.status:
        sys.exit(account.status)
