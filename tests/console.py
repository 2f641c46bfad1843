"""Executes the examples of the documentation that are no Python: console transcripts, and the files they use.

A fence marked `console` is a transcript: each line that begins with `$ ` is run by the shell, and what follows, up to
the next such line, must be its standard output. A command that fails must be followed by `$ echo $?`.
A fence directly below the line `<!-- file: NAME -->` is written to a file of that name, one below
`<!-- more: NAME -->` is added to its end.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sybil import Document, Example, Region

_FILE = re.compile(
    r"^<!-- (?P<how>file|more): (?P<name>[\w./-]+) -->\n(?P<fence>`{3,})[^\n]*\n(?P<body>.*?)^(?P=fence)$", re.M | re.S
)
_ASKS_STATUS = "echo $?"


class Command(NamedTuple):
    """One command of a transcript and the standard output that it must have."""

    line: str
    expected: str


def commands(transcript: str) -> list[Command]:
    """Split *transcript* at its dollar signs; a command that ends in a backslash goes on in the next line."""
    found: list[Command] = []
    for line in transcript.splitlines(keepends=True):
        if found and not found[-1].expected and found[-1].line.endswith("\\"):
            found[-1] = Command(f"{found[-1].line}\n{line.rstrip()}", "")
        elif line.startswith("$ "):
            found.append(Command(line[2:].rstrip(), ""))
        elif found:
            found[-1] = Command(found[-1].line, found[-1].expected + line)
        else:
            message = f"a transcript begins with '$ ', found {line!r}"
            raise ValueError(message)
    return found


def run(transcript: str, folder: Path) -> str | None:
    """Run *transcript* in *folder*; what is wrong with it, or None."""
    environment = os.environ | {
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        "PYTHONUTF8": "1",
    }
    steps, status = commands(transcript), 0
    for number, (line, expected) in enumerate(steps):
        script = f"(exit {status})\n{line}"  # so that `echo $?` sees the command above
        done = subprocess.run(
            ["/bin/sh", "-c", script], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        status = done.returncode
        if done.stdout != expected:
            return f"$ {line}\nexpected:\n{expected}\nfound:\n{done.stdout}\nstandard error:\n{done.stderr}"
        if status and [step.line for step in steps[number + 1 : number + 2]] != [_ASKS_STATUS]:
            return f"$ {line}\nended with status {status}\nstandard error:\n{done.stderr}"
    return None


def evaluate_transcript(example: Example) -> str | None:
    """Run a console fence in the current folder."""
    return run(str(example.parsed), Path.cwd())


def parse_files(document: Document) -> Iterator[Region]:
    """Find the fences that are to be written to files."""
    for match in _FILE.finditer(document.text):
        yield Region(match.start(), match.end(), (match["how"], match["name"], match["body"]), write_file)


def write_file(example: Example) -> None:
    """Write a file that later examples of the same document use."""
    how, name, body = example.parsed
    path = Path.cwd() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a" if how == "more" else "w", encoding="utf-8") as file:
        file.write(body)
