"""`adslot demo`: the main job on an article that comes with adslot, for a first look without a file of one's own."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import click

import adslot
from adslot.cli.completing import file_names, folder_names
from adslot.cli.files import Inputs, Joined, tell, write_page
from adslot.cli.lines import joined
from adslot.cli.paths import shown
from adslot.cli.program import Command
from adslot.cli.streams import put, takes_colour
from adslot.related.files import load_related
from adslot.report.overview import overview_lines

_PAGE, _POLICY, _RELATED = "nachtzug.html", "portal.toml", "nachtzug.related.json"
# What there is to go on with: the policy of the tutorial, too, and the stylesheet of the page.
_FILES = (_PAGE, "landbote.css", "nachtzug.toml", _POLICY, _RELATED)


@click.command(cls=Command)
@click.option("-o", "--output", metavar="FILE", shell_complete=file_names, help="Write the filled page there, too.")
@click.option(
    "--files",
    "files_to",
    metavar="FOLDER",
    shell_complete=folder_names,
    help="Write its page, policies and articles there instead.",
)
def demo(output: str | None, files_to: str | None) -> None:
    """Fill an article that comes with adslot, and show its slots."""
    if files_to is not None:
        if output is not None:
            raise click.UsageError("-o is for the filled page, and with --files none is filled")
        _write_files(Path(files_to))
        return
    folder = _folder()
    page = (folder / _PAGE).read_bytes()
    result = adslot.place(page, adslot.load(folder / _POLICY), related=load_related(folder / _RELATED))
    put(joined(overview_lines(result.plan, width=shutil.get_terminal_size((80, 24)).columns), colour=takes_colour()))
    inserted = len(result.html) - len(page)
    back = "the very same page again" if adslot.strip(result.html) == page else "another page, which is a fault"
    put(f"\n\n{inserted} bytes inserted into {len(page)}; without its slots it is {back}.\n")
    if output is None:
        tell("demo", ["-o demo.html writes the page, and --files examples what it is made of"])
    else:
        Joined(output, Inputs([])).write(result.html)


def _write_files(target: Path) -> None:
    """Write the files of the example to a folder. What is there already and is something else stays."""
    folder = _folder()
    found = {name: (folder / name).read_bytes() for name in _FILES}
    for name, data in found.items():
        there = target / name
        if there.exists() and not (there.is_file() and there.read_bytes() == data):
            raise click.UsageError(f"{shown(str(there))} exists, and is another file: name another folder")
    for name, data in found.items():
        write_page(target / name, data)
    tell("demo", [f"{shown(str(target))} has {', '.join(found)}"])


def _folder() -> Path:
    """Where the example is: in the package, or in a checkout, which the package is read from, beside it."""
    packed = Path(str(files("adslot.cli") / "example"))
    return packed if packed.is_dir() else Path(__file__).parents[3] / "examples"
