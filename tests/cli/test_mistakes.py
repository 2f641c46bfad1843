"""What people get wrong on the command line, and all that they are told: read as a person would, not only compared.

The table is `mistakes.toml`. To write what is told anew, and to judge it by eye: python -m tests.cli.test_mistakes
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest
from click.testing import CliRunner

from adslot.cli.commands import main

TABLE = Path(__file__).with_name("mistakes.toml")
MISTAKES = tomllib.loads(TABLE.read_text(encoding="utf-8"))
# What click adds to this, and in which quotes, differs from release to release.
_NO_SUCH = re.compile(r"^(Error: No such \w+):? '?([\w-]+)'?.*$")
RULE = '\n[[rules]]\nname = "in-text"\nslot = "mehr"\nat = "end"\n'
FILES = {
    "page.html": "<p>Der Fluss steigt.</p><p>Die Pumpen laufen.</p>",
    "two/a.html": "<p>Eins.</p>",
    "two/b.html": "<p>Zwei.</p>",
    "adslot.toml": f'[slots.mehr]\nkind = "promo"\nhtml = "<b>x</b>"\n{RULE}',
    "wrong.toml": '[limits]\nads = "4"\n',
    "declared.toml": '[context]\nsection = ["sport", "politik"]\nsubscriber = "bool"\n',
    "notes.txt": "x",
    "related.json": '[{"title": "Takt"}]',
    "broken.json": '[{"title": "Takt",}]',
    "binary.html": "\0\1\2" * 100,
}


def told(command):
    """The status of a command and what it tells on standard error, without the two lines that name its help."""
    result = CliRunner().invoke(main, shlex.split(command), input="", prog_name="adslot")
    lines = [
        _NO_SUCH.sub(r"\1 \2", line)
        for line in result.stderr.splitlines()
        if line and not line.startswith(("Usage: ", "Try 'adslot"))
    ]
    return result.exit_code, "\n".join(lines) + "\n", result.stdout


def prepare(folder):
    """The files that the commands are given."""
    for name, text in FILES.items():
        file = Path(folder) / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake(name, tmp_path, monkeypatch):
    """Told once, in words that name what was given; nothing is written, on standard output or elsewhere."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    mistake = MISTAKES[name]
    assert told(mistake["command"]) == (mistake["status"], mistake["told"], "")
    assert {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()} == FILES.keys()
    assert all((tmp_path / file).read_text(encoding="utf-8") == text for file, text in FILES.items())


def test_there_are_enough():
    """Of every command."""
    commands = {word for mistake in MISTAKES.values() for word in mistake["command"].split()}
    assert set(main.list_commands(click.Context(main))) <= commands
    assert len(MISTAKES) > 55


def _written():
    """The table, with what is told now."""
    for name, mistake in MISTAKES.items():
        with TemporaryDirectory() as folder:
            prepare(folder)
            os.chdir(folder)
            status, found, _ = told(mistake["command"])
            os.chdir("/")
        yield f"[{name}]\ncommand = '''{mistake['command']}'''\nstatus = {status}\ntold = '''\n{found}'''\n"


if __name__ == "__main__":
    head = TABLE.read_text(encoding="utf-8").partition("\n[")[0].rstrip()
    TABLE.write_text(f"{head}\n\n" + "\n".join(_written()), encoding="utf-8")
