"""Broken policy files: whatever stands in one, it is a policy or a PolicyError that says where, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from adslot import Policy, PolicyError, dumps, load, loads, to_mapping
from adslot.cli.commands import main
from tests.strategies import every_policy

PIECES = [
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    '"',
    "'",
    '"""',
    "'''",
    "\n",
    ".",
    ",",
    "#",
    "\\",
    "\\u00",
    "0",
    "-",
    "false",
    "1e5",
]
PIECES += [
    "1979-05-27 07:32:00",
    "[[cases]]\n",
    "when = {a = 1}\n",
    'extends = "de-news"\n',
    "\r\n",
    "\t",
    "\x00",
    "é",
    "[rules]\n",
]


@st.composite
def broken(draw, text):
    """*text* with up to three pieces cut out of it or put into it, and lines repeated."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start if draw(st.booleans()) else min(len(text), start + draw(st.integers(0, 30)))
        lines = text.splitlines(keepends=True) or [""]
        piece = draw(st.sampled_from(PIECES) | st.sampled_from(lines) | st.just(""))
        text = text[:start] + piece + text[end:]
    return text


def located(problem, text):
    """Whether a problem is told at a place that the text has."""
    lines = text.split("\n")
    if problem.line is None:
        return "of a sensible size" in problem.expected
    return 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 2


@given(st.data())
def test_a_broken_text_is_told_where(data):
    """Each problem has its file, line and column."""
    text = data.draw(broken(dumps(data.draw(every_policy()))))
    try:
        assert isinstance(loads(text, file="p.toml"), Policy)
    except PolicyError as error:
        assert error.problems
        assert all(problem.file in ("p.toml", "de-news.toml") for problem in error.problems)
        assert [problem for problem in error.problems if not located(problem, text)] == []


@given(st.data())
def test_broken_json_is_told_where(data):
    """The same for JSON files, and for policies in a project's file."""
    with pytest.MonkeyPatch.context() as patch:
        policy = data.draw(every_policy())
        text = data.draw(broken(json.dumps(to_mapping(policy), indent=1)))
        read = Path.read_text  # of built-in templates, which are kept
        own = ("p.json", "pyproject.toml")
        patch.setattr(Path, "read_text", lambda path, *_, **__: text if path.name in own else read(path, "utf-8"))
        try:
            load("p.json")
        except PolicyError as error:
            assert [problem for problem in error.problems if not located(problem, text)] == []
        text = data.draw(broken(dumps(policy).replace("[[", "[[tool.adslot.").replace("\n[", "\n[tool.adslot.")))
        try:
            load("pyproject.toml")
        except PolicyError as error:
            assert {problem.file for problem in error.problems} <= {"pyproject.toml", "de-news.toml"}


@given(st.binary(max_size=200) | st.text(max_size=99).map(lambda text: text.encode("utf-16")))
def test_any_bytes_end_the_command_with_2_or_are_a_policy(tmp_path_factory, data):
    """The message begins with the file's name."""
    path = tmp_path_factory.getbasetemp() / "broken.toml"
    path.write_bytes(data)
    result = CliRunner().invoke(main, ["place", "-", "--policy", str(path)], input=b"<p>a</p>")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code:
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"{path}:")


@given(st.data())
def test_a_broken_file_ends_the_command_with_2(tmp_path_factory, data):
    """All of its problems are told at their lines, and nothing is written."""
    path = tmp_path_factory.getbasetemp() / "broken.toml"
    path.write_text(data.draw(broken(dumps(data.draw(every_policy())))), encoding="utf-8", newline="")
    result = CliRunner().invoke(main, ["explain", "-", "--policy", str(path)], input=b"<p>a</p>")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code:
        assert result.exit_code == 2
        assert str(path) in result.stderr or "de-news.toml:" in result.stderr
