"""`adslot demo`: the main job on an article that comes with adslot, for a first look without a file of one's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

import adslot
from adslot.cli.files import Input, Inputs, Output, tell
from adslot.cli.program import Command
from adslot.cli.report import explanation
from adslot.cli.streams import put
from adslot.related.files import load_related

_PAGE, _POLICY, _RELATED = "nachtzug.html", "portal.toml", "nachtzug.related.json"


@click.command(cls=Command)
@click.option("-o", "--output", metavar="FILE", help="Write the filled page there, too.")
def demo(output: str | None) -> None:
    """Fill an article that comes with adslot, and show what was placed where."""
    folder = _folder()
    page = (folder / _PAGE).read_bytes()
    result = adslot.place(page, adslot.load(folder / _POLICY), related=load_related(folder / _RELATED))
    put(explanation(result.plan, brief=True))
    inserted = len(result.html) - len(page)
    back = "the very same page again" if adslot.strip(result.html) == page else "another page, which is a fault"
    put(f"\n\n{inserted} bytes inserted into {len(page)}; without its slots it is {back}.\n")
    if output is None:
        tell("demo", ["adslot demo -o demo.html writes the page"])
        return
    inputs = Inputs([str(folder / _PAGE)])
    target = Output(output, inputs)

    def work(file: Input) -> None:
        target.write(file, result.html)

    inputs.each(work)


def _folder() -> Path:
    """Where the example is: in the package, or in a checkout, which the package is read from, beside it."""
    packed = Path(str(files("adslot.cli") / "example"))
    return packed if packed.is_dir() else Path(__file__).parents[3] / "examples"
