"""Try what a new guard takes: one file in guards/, its test, and what `make generate` writes.

In a copy of the project the guard and the test of `tools/guard` are added, and the tests that speak of guards are run,
with the pages of the documentation. Run it from the project's root: make guard, or python -m tools.new_guard [TESTS]
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copytree, ignore_patterns

from adslot.guards import GUARDS

ROOT = Path(__file__).parents[1]
_APART = ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist")
_GUARD, _TEST = "src/adslot/guards/listings.py", "tests/guards/test_listings.py"
_MADE = [
    "ARCHITECTURE.md",
    "docs/images/guard-listings.svg",
    "docs/reference/adslot.schema.json",
    "docs/reference/checks.md",
    "docs/reference/guards/listings.md",
    "docs/reference/guards/index.md",
    "docs/reference/policy.md",
    "docs/reference/refusals.md",
    "src/adslot/policy/switches.pyi",
]
_OF_GUARDS = re.compile(r"\bGUARDS\b|\bGuards\b|\bguards\b|\bREFUSALS\b|\bFINDINGS\b|\bjson_schema\b")
# They ask the same of many policies as the rest, and take longer than all of it.
_SLOW = {"browser", "contrib", "servers", "solver", "test_house.py", "test_processes.py"}


def main() -> int:
    """The exit code of the tests in the copy."""
    with tempfile.TemporaryDirectory(prefix="adslot-guard-") as folder:
        copy = Path(folder, "project")
        copytree(ROOT, copy, ignore=_APART)
        before = _files(copy)
        _add(copy)
        _run(copy, "-m", "tools.generate")
        changed = sorted(path for path, text in _files(copy).items() if before.get(path) != text)
        if changed != sorted([_GUARD, _TEST, *_MADE]):
            print("other files have changed than those of a new guard:", *changed, sep="\n  ")
            return 1
        words = [
            "-n",
            "auto",
            "--dist",
            "loadfile",
            "--hypothesis-profile=fast",
            "-q",
            "-p",
            "no:cacheprovider",
        ]
        return _run(copy, "-m", "pytest", *words, *(sys.argv[1:] or _suite(copy)), check=False)


def _add(copy: Path) -> None:
    """The guard as the last one, and its test."""
    guard = (ROOT / "tools/guard/listings.py").read_text(encoding="utf-8")
    guard = re.sub(r"order=\d+", f"order={len(GUARDS) + 1}", guard)
    (copy / _GUARD).write_text(guard, encoding="utf-8")
    (copy / _TEST).write_text((ROOT / "tools/guard/test_listings.py").read_text(encoding="utf-8"), encoding="utf-8")


def _suite(copy: Path) -> list[str]:
    """The tests that speak of guards, and the documentation but for sites of frameworks, which take their time."""
    tests = [path for path in (copy / "tests").rglob("test_*.py") if _SLOW.isdisjoint(path.parts)]
    found = [path for path in tests if _OF_GUARDS.search(path.read_text(encoding="utf-8"))]
    pages = [path for path in (copy / "docs").iterdir() if path.name != "integrations"]
    return [*(str(path.relative_to(copy)) for path in sorted([*found, *pages])), "README.md"]


def _files(copy: Path) -> dict[str, bytes]:
    return {path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()}


def _run(copy: Path, *words: str, check: bool = True) -> int:
    """Run a Python in the copy, with the package there."""
    environment = os.environ | {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *words], cwd=copy, env=environment, check=check).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
