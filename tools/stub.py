"""Stubs: what editors and type checkers read of names and fields that are made when the package is loaded.

`make generate` writes them.
"""

from __future__ import annotations

import adslot
from adslot.guards import GUARDS

_WIDTH = 120
_MADE = "# Made by tools/stub.py.\n\n"


def package() -> str:
    """The stub of the package, made from the table of public names."""
    imports = [_imported(module, names.split()) for module, names in sorted(_homes().items())]
    names = "".join(f'    "{name}",\n' for name in adslot.__all__)
    head = f'"""{adslot.__doc__}"""\n\n{_MADE}'
    return f"{head}{''.join(imports)}\n__version__: str\n\n__all__ = [\n{names}]\n"


def switches() -> str:
    """The stub of `adslot.policy.switches`, made from the guards that there are."""
    fields = "".join(f"    {field}: bool = {guard.default}\n" for field, guard in GUARDS.items())
    head = '"""`Guards`: a switch for each guard that there is."""\n\n'
    return f'{head}{_MADE}import attrs\n\n@attrs.frozen\nclass Guards:\n    """Which guards are on."""\n\n{fields}'


def _homes() -> dict[str, str]:
    homes: dict[str, str] = vars(adslot)["_HOMES"]
    return homes


def _imported(module: str, names: list[str]) -> str:
    """The statement that imports *names*, each under its own name so that it counts as exported."""
    line = f"from {module} import {', '.join(f'{name} as {name}' for name in sorted(names, key=_order))}\n"
    if len(line) <= _WIDTH + 1:
        return line
    lines = "".join(f"    {name} as {name},\n" for name in sorted(names, key=_order))
    return f"from {module} import (\n{lines})\n"


def _order(name: str) -> tuple[bool, str]:
    return name[0].islower(), name
