"""Write src/adslot/__init__.pyi: the public names as editors and type checkers read them.

Run it from the project's root: python -m tools.stub
"""

from __future__ import annotations

from pathlib import Path

import adslot

STUB = Path(__file__).parents[1] / "src/adslot/__init__.pyi"
_WIDTH = 120


def text() -> str:
    """The stub, made from the table of public names."""
    imports = [_imported(module, names.split()) for module, names in sorted(_homes().items())]
    names = "".join(f'    "{name}",\n' for name in adslot.__all__)
    head = f'"""{adslot.__doc__}"""\n\n# Made by tools/stub.py.\n\n'
    return f"{head}{''.join(imports)}\n__version__: str\n\n__all__ = [\n{names}]\n"


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


if __name__ == "__main__":
    STUB.write_text(text(), encoding="utf-8")
