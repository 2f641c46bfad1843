"""The parts of ARCHITECTURE.md that are made from the code: what stands in the package, its floors, a line per module.

Run it from the project's root: python -m tools.house
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import adslot

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "ARCHITECTURE.md"
PACKAGE = Path(adslot.__file__ or "").parent


def architecture(page: str) -> str:
    """*page* with these parts made anew; all else was written by hand, and stays."""
    for part, lines in (("entries", _entries()), ("floors", _floors()), ("modules", _modules())):
        page = _replaced(page, part, lines)
    return page


def _entries() -> Iterator[str]:
    """What `ls` shows of the package, each with what it holds."""
    yield "```text"
    for path in sorted(PACKAGE.iterdir()):
        if path.suffix == ".py" or (path / "__init__.py").exists():
            name = path.name if path.suffix else f"{path.name}/"
            yield f"{name:13}{said_by(path)}"
    yield "```"


def _floors() -> Iterator[str]:
    """The layers of the outermost import contract."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    yield "```text"
    yield from next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    yield "```"


def _modules() -> Iterator[str]:
    """A line for each module below a folder of the package; one of the package itself stands among the entries."""
    for room in sorted(path.parent for path in PACKAGE.glob("*/__init__.py")):
        yield from ("", f"### `{room.name}/`", "")
        for path in sorted(room.rglob("*.py"), key=lambda path: _name(path, room)):
            if path != room / "__init__.py":
                yield f"- `{_name(path, room)}`: {said_by(path)}"


def _name(path: Path, room: Path) -> str:
    """`foreign/ads` for a module, `foreign/` for a package."""
    return path.relative_to(room).as_posix().removesuffix(".py").removesuffix("__init__")


def said_by(path: Path) -> str:
    """The first line of the docstring of a module, or of a package."""
    file = path / "__init__.py" if path.is_dir() else path
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0]


def _replaced(page: str, part: str, lines: Iterable[str]) -> str:
    """*page* with *lines* between the two comments of *part*."""
    made = "".join(f"{line}\n" for line in lines)
    pattern = rf"(<!-- made: {part} -->\n).*?(<!-- end -->)"
    page, count = re.subn(pattern, lambda found: f"{found[1]}{made}{found[2]}", page, count=1, flags=re.S)
    if not count:
        message = f"the page has no place for {part}"
        raise ValueError(message)
    return page


if __name__ == "__main__":
    PAGE.write_text(architecture(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
