"""What makes of `adslot place` a run over an archive: the options for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import attrs
import click

from adslot.cli.filling import Filling
from adslot.cli.paths import is_folder


@attrs.frozen(kw_only=True)
class Archive:
    """What was asked for: how many *jobs*, which pages, and where the *report* goes."""

    jobs: int | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    report: str | None

    @property
    def is_asked(self) -> bool:
        """Whether any of it was."""
        return bool(self.jobs or self.include or self.exclude or self.report)

    def folder_of(self, filling: Filling) -> str:
        """The one input, which is a folder. Wrong usage where it is not."""
        if len(filling.inputs) != 1 or not is_folder(filling.inputs[0]):
            raise click.UsageError("--jobs, --include, --exclude and --report are for one folder: name it")
        return filling.inputs[0]


def archive_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a run over an archive, as one `Archive` behind its `Filling`."""

    @click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar="N",
        help="Fill a folder by N processes, and of it only what has changed.",
    )
    @click.option(
        "--include", metavar="GLOB", multiple=True, help="Only pages whose path in the folder matches; repeatable."
    )
    @click.option(
        "--exclude", metavar="GLOB", multiple=True, help="No page whose path in the folder matches; repeatable."
    )
    @click.option("--report", metavar="FILE", help="Write totals and failures there, as JSON.")
    @wraps(command)
    def run(
        filling: Filling,
        *,
        jobs: int | None,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        report: str | None,
        **rest: Any,
    ) -> None:
        command(filling, Archive(jobs=jobs, include=include, exclude=exclude, report=report), **rest)

    return run
