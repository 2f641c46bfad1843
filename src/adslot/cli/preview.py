"""`adslot preview`: articles with their slots on a page to look at."""

from __future__ import annotations

import sys

import click

import adslot
from adslot.cli.completing import file_names
from adslot.cli.files import Input, Inputs, Joined
from adslot.cli.filling import Filling, fills_pages
from adslot.cli.options import encoding_option, mode_option
from adslot.cli.program import Command
from adslot.cli.warned import Warned
from adslot.cli.watching import watch_option


@click.command(cls=Command)
@fills_pages
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    shell_complete=file_names,
    help='Write the page there; "-" is standard output.',
)
@mode_option
@encoding_option
@watch_option
def preview(filling: Filling, output: str, mode: str, encoding: str | None) -> None:
    """Write a page to look at: slots, gaps, and the reasons of each."""
    from adslot.preview.page import Page  # noqa: PLC0415  # Jinja and JSON cost the other commands nothing

    files = Inputs(filling.inputs)
    target = Joined(output, files)
    warned, page = Warned(files), Page()

    def work(file: Input) -> None:
        data = file.read(encoding)
        result = adslot.place(data, filling.policy, **filling.told, mode=mode, encoding=encoding)
        warned.add(file.path, result.plan.warnings)
        page.add(file.path, result.plan, result.html)

    with warned:
        status = files.status_of_all(work)
    if not page.is_empty:
        target.write(page.html().encode(errors="replace"))
    if status:
        sys.exit(status)
