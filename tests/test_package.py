"""The package as a whole: its names, what it loads, and the entry point."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

import adslot
from adslot.__main__ import main
from adslot._version import VERSION
from tests.processes import STORY


def run(*words: str) -> str:
    """The standard output of a Python with these words."""
    done = subprocess.run([sys.executable, *words], env=os.environ, capture_output=True, check=True, encoding="utf-8")
    return done.stdout


def test_every_public_name_is_there():
    """Each is found and listed; editors and type checkers read a stub that is made from the same table."""
    assert set(adslot.__all__) <= set(dir(adslot))
    assert [name for name in adslot.__all__ if getattr(adslot, name, None) is None] == []
    with pytest.raises(AttributeError, match="no attribute 'plcae'"):
        getattr(adslot, "plcae")  # noqa: B009
    assert pickle.loads(pickle.dumps(adslot.chars(3))) == adslot.chars(3)


def test_the_version_is_in_the_package():
    """It needs no metadata."""
    assert adslot.__version__ == VERSION
    assert "__version__" in dir(adslot)


def test_a_name_loads_only_what_it_needs():
    """Importing the package loads no part of it; a policy loads no HTML parser and no lxml."""
    assert run("-c", "import adslot, sys; print([m for m in sys.modules if m.startswith('adslot.')])") == "[]\n"
    loaded = run("-c", "import adslot, sys; adslot.loads(''); print(*sys.modules)").split()
    assert {"turbohtml", "lxml", "click", "jsonschema"}.isdisjoint(loaded)


def test_the_entry_point(monkeypatch, capsys):
    """It answers --version itself, and hands everything else on."""
    monkeypatch.setattr(sys, "argv", ["adslot", "--version"])
    main()
    assert capsys.readouterr().out == f"adslot, version {VERSION}\n"
    monkeypatch.setattr(sys, "argv", ["adslot", "strip", "--help"])
    with pytest.raises(SystemExit):
        main()
    assert "Usage:" in capsys.readouterr().out


def test_the_package_can_be_run():
    """`python -m adslot` is the command; --version loads nothing of the library."""
    assert re.fullmatch(r"adslot, version \d+\.\d+\.\S+\n", run("-m", "adslot", "--version"))
    assert "Usage:" in run("-m", "adslot", "strip", "--help")
    assert run("-m", "adslot", "--version") == run(
        "-c", "import sys; sys.argv = ['adslot', '--version']; from adslot.cli.commands import main; main()"
    )
    script = "import sys; sys.argv[1:] = ['--version']; from adslot.__main__ import main; main(); print(*sys.modules)"
    assert {"click", "attrs", "adslot.cli.commands"}.isdisjoint(run("-c", script).split())


# What takes long to load, and is of no use to a page that is filled: of Python, of others, and of adslot itself.
OF_NO_USE = frozenset(
    """
    asyncio concurrent.futures difflib email fractions html.entities http http.client importlib.resources logging lzma
    multiprocessing shutil socket sqlite3 ssl subprocess tempfile traceback xml.sax zipfile
    feedparser jinja2 lxml markupsafe pyarrow w3lib
    adslot.article.typed_blocks adslot.batch adslot.checker adslot.cli.diff adslot.cli.policy_commands
    adslot.cli.report_commands adslot.cli.serve adslot.cli.watching adslot.html.lxml_tree adslot.planner.explainer
    adslot.planner.what_if adslot.planner.solver.joint adslot.policy.file.schema adslot.policy.file.syntax
    adslot.policy.language.placeholders.automaton adslot.policy.templates.sandbox adslot.preview adslot.related.feeds
    adslot.related.files adslot.report
    """.split()
)


def test_a_page_is_filled_with_few_modules(tmp_path):
    """`adslot place` does not wait for what other commands need, nor for what this page and its policy do not ask for."""
    page = tmp_path / "page.html"
    page.write_text(f"<article>{STORY}</article>", encoding="utf-8")
    script = (
        "import sys; before = {*sys.modules}; sys.argv[1:] = ['place', sys.argv[1], '--preset', 'de-news']\n"
        "from adslot.__main__ import main\n"
        "try: main()\n"
        "finally: print('loaded:', *({*sys.modules} - before))"
    )
    page_with_slots, _, loaded = run("-c", script, str(page)).rpartition("loaded:")
    assert 'data-adslot="' in page_with_slots
    assert OF_NO_USE.intersection(loaded.split()) == set()
    assert all(find_spec(name) for name in OF_NO_USE if name.startswith("adslot."))
