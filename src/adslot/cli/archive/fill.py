"""`adslot place` with a folder as an archive: a run over it, and what is told in the end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from adslot.batch.journal import Journal
from adslot.cli.archive.about import About, AboutError
from adslot.cli.archive.account import Account
from adslot.cli.archive.mirror import Mirror
from adslot.cli.archive.options import Archive
from adslot.cli.archive.run import JOURNAL, Run
from adslot.cli.archive.work import FRONT_MATTER, Work
from adslot.cli.files import STDIN, Inputs, make_output_folder, see_folder
from adslot.cli.filling import Filling
from adslot.cli.paths import shown
from adslot.cli.signals import stopping
from adslot.cli.streams import ResultLostError, put, reason_of
from adslot.cli.warned import Warned
from adslot.cli.writing import write
from adslot.errors import MissingExtraError


def fill_archive(filling: Filling, archive: Archive, output: str | None, told: dict[str, Any], *, strict: bool) -> None:
    """Fill a folder, with what `place` is *told* of its pages. Ends the program with a status where some failed."""
    folder = archive.folder_of(filling)
    if output in {None, "", STDIN}:
        raise click.UsageError("a folder needs a folder for its outputs: -o FOLDER")
    assert output is not None  # noqa: S101  # for the type checker
    see_folder(Path(output), output)
    about = _about(archive.about)
    mirror = Mirror(folder, output, archive.include, archive.exclude)
    make_output_folder(output)
    with stopping() as stop:
        journal = Journal(Path(output, JOURNAL))
        with Warned(Inputs(filling.inputs)) as warned:
            run = Run(mirror, Work(filling.policy, told, archive.about == FRONT_MATTER), about, journal, warned, stop)
            run.go(archive.jobs or 1)
        journal.close()
        if journal.fault is not None:
            click.echo(
                f"adslot: the journal {shown(str(Path(output, JOURNAL)))} is not kept: {journal.fault}", err=True
            )
        report(run.account, run.progress.seconds, archive.report)
    if run.account.status or (strict and run.account.short):
        sys.exit(run.account.status or 1)


def _about(path: str | None) -> About | None:
    """The table at *path*, None where pages tell of themselves; what is wrong with it ends the program with status 2."""
    try:
        if path == FRONT_MATTER:
            import adslot.cli.archive.front_matter  # noqa: F401, PLC0415  # an extra, which may be missing

            return None
        return None if path is None else About(path)
    except (AboutError, MissingExtraError) as error:
        fault = str(error)
    except OSError as error:
        fault = reason_of(error)
    click.echo(f"adslot: {shown(path or '')}: {fault}", err=True)
    sys.exit(2)


def report(account: Account, seconds: float, path: str | None) -> None:
    """Tell of a run, and write the account of it to *path* if there is one. Raises ResultLostError."""
    for line in account.lines(seconds):
        click.echo(f"adslot: {line}", err=True)
    if path == STDIN:
        put(account.data(seconds))
    elif path is not None:
        try:
            write(Path(path), account.data(seconds))
        except OSError as error:
            raise ResultLostError(error, shown(path)) from error
