"""What makes of `adslot place` a run over an archive: the options for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import attrs
import click

from adslot.cli.filling import Filling
from adslot.cli.paths import is_folder

TABLE = ".parquet"
LOCAL = "local"


@attrs.frozen(kw_only=True)
class Archive:
    """What was asked for: how many *jobs*, which pages, what a table says *about* them, where the *report* goes, and of a table which *column*.

    *prefix* begins the names of the columns that a table gets. An *engine* other than "local" fills tables only, at
    an *address* if not here.
    """

    jobs: int | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    about: str | None
    report: str | None
    column: str | None
    prefix: str | None
    engine: str
    address: str | None

    @property
    def is_local(self) -> bool:
        """Whether the work is done by processes of our own. Wrong usage for an address that nobody needs."""
        if self.engine == LOCAL and self.address is not None:
            raise click.UsageError("--address is that of a cluster: --engine ray or --engine spark")
        if self.jobs is not None and self.address is not None:
            raise click.UsageError("--jobs are processes of this machine: a cluster at an --address has its own")
        return self.engine == LOCAL

    @property
    def is_asked(self) -> bool:
        """Whether any of it was."""
        return bool(self.jobs or self.include or self.exclude or self.about or self.report)

    def table_of(self, filling: Filling) -> str | None:
        """The one input if it is a Parquet file, or an engine's, else None. Wrong usage where it is told what is of no use to it."""
        if not self.is_local and len(filling.inputs) != 1:
            raise click.UsageError(f"--engine {self.engine} is for one Parquet file, or one folder of these: name it")
        is_table = len(filling.inputs) == 1 and (filling.inputs[0].endswith(TABLE) or not self.is_local)
        if is_table and (self.include or self.exclude or self.about):
            raise click.UsageError("--include, --exclude and --about are for a folder")
        if not is_table and (self.column is not None or self.prefix is not None):
            raise click.UsageError("--column and --column-prefix are for one Parquet file")
        return filling.inputs[0] if is_table else None

    def folder_of(self, filling: Filling) -> str:
        """The one input, which is a folder. Wrong usage where it is not."""
        if len(filling.inputs) != 1 or not is_folder(filling.inputs[0]):
            raise click.UsageError("--jobs, --include, --exclude, --about and --report are for one folder: name it")
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
    @click.option(
        "--about",
        metavar="FILE",
        help="A table of what is known of each page: CSV, JSON lines or Parquet; or front-matter: each says it itself.",
    )
    @click.option("--report", metavar="FILE", help="Write totals and failures there, as JSON.")
    @click.option("--column", metavar="NAME", help='The column of a Parquet file that has the pages; default: "html".')
    @click.option(
        "--column-prefix", "prefix", metavar="TEXT", help="Begin the names of columns that are added with this."
    )
    @click.option(
        "--engine",
        type=click.Choice([LOCAL, "ray", "spark"]),
        default=LOCAL,
        show_default=True,
        help="Who fills a Parquet file, or a folder of these.",
    )
    @click.option("--address", metavar="URL", help="The cluster of the engine; default: one of this machine.")
    @wraps(command)
    def run(filling: Filling, **given: Any) -> None:
        asked = {name: given.pop(name) for name in attrs.fields_dict(Archive)}
        command(filling, Archive(**asked), **given)

    return run
