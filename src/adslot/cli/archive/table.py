"""`adslot place` with a Parquet file: its rows are filled, in their order, and written to another one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from adslot.batch.parquet import Table, TableError
from adslot.cli.archive.account import Account, Failure
from adslot.cli.archive.fill import report
from adslot.cli.archive.options import Archive
from adslot.cli.archive.progress import Progress
from adslot.cli.files import STDIN, InputError, Inputs, see_folder
from adslot.cli.filling import Filling
from adslot.cli.paths import shown
from adslot.cli.streams import ResultLostError
from adslot.cli.warned import Warned
from adslot.cli.writing import being_written, clean


def fill_table(filling: Filling, archive: Archive, output: str | None, told: dict[str, Any], *, strict: bool) -> None:
    """Fill the rows of a file, with what `place` is *told* of all of them. Ends with status 1 where some failed."""
    (path,) = filling.inputs
    if output is None or output in {"", STDIN}:
        raise click.UsageError("a Parquet file needs another one for its output: -o FILE")
    check_use(told, strict=strict)
    see_folder(Path(output).parent, output)
    table = _opened(path, filling, archive, told)
    account, progress = Account(table.rows, "rows"), Progress(table.rows, "rows")
    target = Path(output)
    with Warned(Inputs(filling.inputs), "row") as warned:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            clean(target.parent)
            with being_written(target) as file:
                for part in table.place(file, archive.jobs or 1):
                    account.placed += part.rows - len(part.faults)
                    account.slots += part.slots
                    account.failures += [Failure(f"{path}: row {row}", fault) for row, fault in part.faults]
                    for row, warnings in part.warnings:
                        warned.add(f"{path}: row {row}", warnings)
                    progress.tell(account.done)
        except OSError as error:
            raise ResultLostError(error, shown(output)) from error
        finally:
            progress.end()
    report(account, progress.seconds, archive.report)
    if account.status:
        sys.exit(account.status)


def check_use(told: dict[str, Any], *, strict: bool) -> None:
    """Wrong usage for options that are of no use to a table."""
    if strict or told["url"] is not None:
        raise click.UsageError("--strict and --url are for pages; rows have a column for their URLs")


def told_of_rows(archive: Archive, told: dict[str, Any]) -> dict[str, Any]:
    """What `place_batch` is told, beside the policy, where `place` is *told* that."""
    of_all = {name: value for name, value in told.items() if name != "url"}
    return {**of_all, "column": archive.column or "html", "prefix": archive.prefix or ""}


def _opened(path: str, filling: Filling, archive: Archive, told: dict[str, Any]) -> Table:
    """The file, once nothing speaks against reading it. Wrong usage for a wrong column."""
    try:
        return Table(path, filling.policy, told_of_rows(archive, told))
    except (TypeError, ValueError) as error:
        raise click.UsageError(f"{shown(path)}: {error}") from error
    except TableError as error:
        raise InputError(f"{shown(path)}: {error}") from error
