"""The commands that write pages: slots put in, and taken out."""

from __future__ import annotations

import sys
from typing import Any

import click

import adslot
from adslot.cli.archive.options import Archive, archive_options
from adslot.cli.files import Input, Inputs, Output
from adslot.cli.filling import Filling, fills_pages
from adslot.cli.options import encoding_option, id_prefix_option, inputs_argument, mode_option, output_option
from adslot.cli.program import Command
from adslot.cli.streams import put, takes_colour
from adslot.cli.warned import Warned


@click.command(cls=Command)
@fills_pages
@archive_options
@output_option
@mode_option
@encoding_option
@id_prefix_option
@click.option("--strict", is_flag=True, help="End with status 1 where a rule has fewer slots than its min.")
@click.option("--diff", "is_diff", is_flag=True, help="Write no page, but print what would be inserted, as a diff.")
def place(
    filling: Filling,
    archive: Archive,
    output: str | None,
    mode: str,
    encoding: str | None,
    id_prefix: str | None,
    strict: bool,
    is_diff: bool,
) -> None:
    """Write the inputs with their slots."""
    if not filling.resolved.rules:
        click.echo("adslot: the policy has no rules: nothing will be placed", err=True)
    if is_diff and output is not None:
        raise click.UsageError("--diff prints and writes nothing: leave out -o")
    is_table = archive.table_of(filling) is not None
    if is_diff and (is_table or archive.is_asked):
        raise click.UsageError("--diff is for pages: it prints nothing of a table, or of a run over an archive")
    told = {**filling.told, "mode": mode, "encoding": encoding, "id_prefix": id_prefix}
    if not archive.is_local:
        from adslot.cli.archive.engine import fill_by_engine  # noqa: PLC0415  # pyarrow is an extra

        fill_by_engine(filling, archive, output, told, strict=strict)
    elif is_table:
        from adslot.cli.archive.table import fill_table  # noqa: PLC0415  # pyarrow is an extra

        fill_table(filling, archive, output, told, strict=strict)
    elif archive.is_asked:
        from adslot.cli.archive.fill import fill_archive  # noqa: PLC0415  # its processes and journal cost a page nothing

        fill_archive(filling, archive, output, told, strict=strict)
    else:
        _fill_each(filling, output, told, strict=strict, is_diff=is_diff)


def _fill_each(filling: Filling, output: str | None, told: dict[str, Any], *, strict: bool, is_diff: bool) -> None:
    """Fill one input after the other, and write it, or print what would be inserted."""
    files = Inputs(filling.inputs, output)
    target = None if is_diff else Output(output, files)
    warned, short = Warned(files), list[str]()

    def work(file: Input) -> None:
        data = file.read(told["encoding"])
        result = adslot.place(data, filling.policy, **told)
        warned.add(file.path, result.plan.warnings)
        if target is None:
            put(_diff(file.path, data, result, told))
        else:
            target.write(file, result.html)
        short.extend(result.plan.unmet)

    with warned:
        files.each(work)
    if strict and short:
        sys.exit(1)


@click.command(cls=Command)
@inputs_argument
@output_option
@mode_option
@encoding_option
def strip(inputs: tuple[str, ...], output: str | None, mode: str, encoding: str | None) -> None:
    """Write the inputs without slots, byte for byte as before."""
    files = Inputs(inputs, output)
    target = Output(output, files)
    files.each(lambda file: target.write(file, adslot.strip(file.read(encoding), mode=mode, encoding=encoding)))


def _diff(path: str, data: bytes, result: adslot.Result[bytes], told: dict[str, Any]) -> bytes:
    from adslot.cli.changes import changes_of  # noqa: PLC0415  # a page that is written does not wait for them
    from adslot.cli.diff import diff_of  # noqa: PLC0415

    known = {name: told[name] for name in ("mode", "encoding", "context")}
    return diff_of(path, data, result.html, changes_of(data, result, **known), colour=takes_colour())
