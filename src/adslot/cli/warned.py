"""Warnings of many files: each is reported once, for the first file that has it, with the number of the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import attrs
import click

from adslot.cli.files import Inputs, tell
from adslot.cli.paths import shown


@attrs.define
class _Repeated:
    first: str
    others: int = 0


class Warned:
    """What is to be reported of *inputs*: of a single one at once, of many in the end, however that comes.

    Each is a *noun*, such as a row of a table, which are many whatever their file is.
    """

    def __init__(self, inputs: Inputs, noun: str = "file") -> None:
        self._inputs, self._noun = inputs, noun
        self._found: dict[str, _Repeated] = {}

    def add(self, path: str, warnings: Iterable[str], number: int = 1) -> None:
        """Take the *warnings* of one file, or of a *number* of them."""
        if self._noun == "file" and not self._inputs.are_many:
            tell(path, warnings)
            return
        for warning in dict.fromkeys(warnings):
            if warning in self._found:
                self._found[warning].others += number
            else:
                self._found[warning] = _Repeated(path, number - 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for warning, each in self._found.items():
            others = f" and {each.others} other {self._noun}{'s' * (each.others > 1)}" if each.others else ""
            click.echo(f"adslot: {shown(each.first) or repr(each.first)}{others}: {warning}", err=True)
