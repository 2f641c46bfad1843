"""What every test run needs: Hypothesis profiles, and the examples of README, docs and docstrings as tests.

The examples of one document share their names and a working folder of their own with a copy of `examples/` in it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

from tests.console import evaluate_transcript, parse_files

ROOT = Path(__file__).parent

# Laws parse whole pages: a slow example is no failure, and the time of one says nothing on a shared machine.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
# Laws about slots pass over pages that get none; how many these are differs from version to version of Hypothesis.
_PATIENT = settings(deadline=None, suppress_health_check=[*_SLOW, HealthCheck.filter_too_much])
settings.register_profile("fast", _PATIENT, max_examples=25, derandomize=True, database=None)
settings.register_profile("ci", _PATIENT, max_examples=200, derandomize=True, database=None)
settings.register_profile("nightly", _PATIENT, max_examples=20_000, print_blob=True)
settings.load_profile("ci")  # another one: pytest --hypothesis-profile=NAME


def enter_folder(namespace: dict[str, Any]) -> None:
    """Go to a new folder that has a copy of `examples/`."""
    folder = tempfile.TemporaryDirectory(prefix="adslot-docs-")
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", Path(folder.name) / "examples")
    namespace["_folder"], namespace["_came_from"] = folder, Path.cwd()
    os.chdir(folder.name)


def leave_folder(namespace: dict[str, Any]) -> None:
    """Go back and remove the folder."""
    os.chdir(namespace["_came_from"])
    namespace["_folder"].cleanup()


_pages = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser(language="console", evaluator=evaluate_transcript),
        parse_files,
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md", "docs/*/*/*.md"],
    setup=enter_folder,
    teardown=leave_folder,
)
_docstrings = Sybil(
    parsers=[DocTestParser()],
    patterns=["src/adslot/*.py", "src/adslot/*/*.py", "src/adslot/*/*/*.py", "src/adslot/*/*/*/*.py"],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (_pages + _docstrings).pytest()
