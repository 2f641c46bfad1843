"""What the commands say of wrong usage, and in which encoding."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot.cli.commands import main

POLICY = """
[slots.mehr]
kind = "promo"
html = "<b>Größe →</b>"
[[rules]]
name = "größe"
slot = "mehr"
at = "end"
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder with a policy and a page; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("größe→.html").write_text("<p>Größe → eins.</p><p>Zwei 🚀.</p>", encoding="utf-8")
    Path("adslot.toml").write_text(POLICY, encoding="utf-8")
    Path("wrong.toml").write_text(POLICY.replace("promo", "→"), encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


@pytest.mark.parametrize("command", ["place", "strip", "sections", "explain", "check", "init"])
def test_an_encoding_that_is_none_is_wrong_usage(run, command):
    """With the one that was meant; no file is read."""
    result = run(command, "größe→.html", "--encoding", "utf9")
    assert (result.exit_code, result.stdout) == (2, "")
    told = "'--encoding': unknown encoding 'utf9', or one that no browser reads (did you mean 'utf8'?)"
    assert told in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("rule", "told"),
    [("grösse", "did you mean 'größe'?"), ("x", "its rules are größe"), ("gröse", "did you mean 'größe'?")],
)
def test_a_rule_that_is_none_is_wrong_usage(run, rule, told):
    """With the one that was meant, or all that there are."""
    result = run("explain", "größe→.html", "--rule", rule)
    assert result.exit_code == 2
    assert f"the policy has no rule {rule!r}; {told}" in " ".join(result.stderr.split())


@pytest.mark.parametrize("encoding", ["latin-1", "ascii:strict", "cp437", "utf-8"])
@pytest.mark.parametrize(
    "command",
    ["place größe→.html", "explain größe→.html", "explain größe→.html --format json", "explain größe→.html --sheet"]
    + ["sections größe→.html", "check größe→.html", "presets adslot.toml", "init größe→.html -o -", "css", "schema"]
    + ["place --help", "explain größe→.html --rule →", "place fehlt→.html", "place größe→.html --policy wrong.toml"],
)
def test_the_encoding_of_the_terminal_breaks_no_command(run, command, encoding):
    """What it lacks is escaped; the status is what it would be."""
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-m", "adslot", *command.split()]
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"codec" not in done.stderr
    assert done.returncode == run(*command.split()).exit_code
