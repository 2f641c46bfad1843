"""The documentation's console examples are really run, and a wrong one is told."""

import pytest
from sybil import Document, Example

from tests.console import Command, commands, parse_files, run, write_file


def test_commands_are_split_at_the_dollar_signs():
    transcript = "$ printf a\n$ cat <<E \\\n  b\nout\nput\n"
    assert commands(transcript) == [Command("printf a", ""), Command("cat <<E \\\n  b", "out\nput\n")]


def test_a_transcript_begins_with_a_dollar_sign():
    with pytest.raises(ValueError, match="begins with"):
        commands("adslot strip\n")


def test_the_output_is_compared_exactly(tmp_path):
    assert run("$ echo a; echo b\na\nb\n", tmp_path) is None
    wrong = run("$ echo a\na \n", tmp_path)
    assert wrong is not None
    assert "expected:\na \n" in wrong


def test_commands_run_in_the_folder(tmp_path):
    (tmp_path / "page.html").write_text("<p>x</p>\n", encoding="utf-8")
    assert run("$ cat page.html\n<p>x</p>\n", tmp_path) is None


def test_a_failure_is_told_unless_the_status_is_shown(tmp_path):
    assert run("$ (exit 2)\n$ echo $?\n2\n", tmp_path) is None
    assert "status 2" in (run("$ (exit 2)\n", tmp_path) or "")
    assert "status 2" in (run("$ (exit 2)\n$ echo on\non\n", tmp_path) or "")


def test_standard_error_is_not_compared(tmp_path):
    assert run("$ echo talk >&2; echo result\nresult\n", tmp_path) is None


def test_a_named_fence_becomes_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = Document("text\n\n<!-- file: a/b.toml -->\n```toml\nx = 1\n```\n", "page.md")
    regions = list(parse_files(document))
    assert len(regions) == 1
    write_file(Example(document, 3, 1, regions[0], {}))
    assert (tmp_path / "a" / "b.toml").read_text(encoding="utf-8") == "x = 1\n"
