"""Contexts on the command line: how values are read, what is said of that, and what a policy's declarations refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot.cli.commands import main
from adslot.cli.contexts import context_of

CASE = """
[slots.mehr]
kind = "promo"
html = "<b>Mehr</b>"
[[rules]]
name = "end"
slot = "mehr"
at = "end"
[[cases]]
when = { subscriber = true }
limits = { slots = 0 }
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder with two policies and three pages; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in "abc":
        Path(f"in/{name}.html").write_text("<p>Eins.</p>", encoding="utf-8")
    Path("adslot.toml").write_text(CASE, encoding="utf-8")
    Path("declared.toml").write_text(f'[context]\nsubscriber = "bool"\n{CASE}', encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    "text, value",
    [
        ("true", True),
        ("false", False),
        ("5", 5),
        ("-3", -3),
        ("+1_000", 1000),
        ("0", 0),
        ("sport", "sport"),
        ("", ""),
        ('"5"', "5"),
        ("'true'", "true"),
        ('"a\\nb"', "a\nb"),
        ('"a', '"a'),
        ("'a'b'", "'a'b'"),
        ("a=b", "a=b"),
        ("12.11.2026", "12.11.2026"),
    ],
)
def test_values_are_read_as_toml_has_them(text, value, capsys):
    """And what is no value of TOML is a text; nothing is said of it."""
    found = context_of((f"key={text}",))["key"]
    assert (found, type(found)) == (value, type(value))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "text, told",
    [
        ("True", "; a bool is true"),
        ("FALSE", "; a bool is false"),
        ("yes", "; a bool is true"),
        ("007", "; a number is whole, and begins with no zero"),
        ("5.0", "; a number is whole, and begins with no zero"),
        ("1e3", "; a number is whole, and begins with no zero"),
        ("9" * 50, "; a number is whole, and begins with no zero"),
    ],
)
def test_what_looks_like_something_else_is_told(text, told, capsys):
    """It is a text all the same."""
    assert context_of((f"key={text}",)) == {"key": text}
    assert capsys.readouterr().err == f"adslot: --context key: {text!r} is read as a text{told}\n"


@pytest.mark.parametrize("command", [["place", "in/a.html"], ["explain", "in/a.html"], ["check", "in"], ["css"]])
def test_a_context_that_the_policy_does_not_declare_is_wrong_usage(run, command):
    """Status 2, once, before any file is read."""
    result = run(*command, "--policy", "declared.toml", "--context", "subscriber=True")
    told = 'context.subscriber: expected true or false, found "True", which is a text'
    assert (result.exit_code, result.stderr.splitlines()[1:], result.stdout) == (2, [told], "")
    assert run(*command, "--policy", "declared.toml", "--context", "subscriber=true").exit_code == 0


@pytest.mark.parametrize("command", [["check", "in"], ["css"], ["presets", "adslot.toml"]])
def test_commands_without_a_plan_doubt_a_context_too(run, command):
    """A case that is nearly met is told of the option."""
    told = run(*command, "--context", "subscriber=True").stderr
    assert 'adslot: --context: the context has subscriber = "True"' in told


def test_a_warning_of_many_files_is_told_once(run):
    """With the first file and the number of the others; of a single one as ever."""
    Path("in/b.html").write_text("<p>Eins.</p><!-- adslot: here fehlt -->", encoding="utf-8")
    warning = 'the context has subscriber = "True", which is a text, and a case asks for true, which is a bool'
    result = run("place", "in", "-o", "out", "--context", "subscriber=True")
    assert result.stderr.splitlines()[2:] == [
        f"adslot: in/a.html and 2 other files: {warning}",
        "adslot: in/b.html: an editor's marker asks for the slot 'fehlt', which the policy does not have",
    ]
    single = run("place", "in/a.html", "--context", "subscriber=True")
    assert single.stderr.splitlines()[2:] == [f"adslot: in/a.html: {warning}"]
