"""`adslot preview`: one page of one article or many, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot.cli.commands import main
from tests.preview import stories


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with a policy and two articles."""
    monkeypatch.chdir(tmp_path)
    Path("adslot.toml").write_text(stories.POLICY, encoding="utf-8")
    Path("a.html").write_text(stories.LONG, encoding="utf-8")
    Path("b.html").write_text(stories.SHORT, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["preview", *arguments])


def test_one_article():
    """No index."""
    assert run("a.html", "-o", "neu/report.html").exit_code == 0
    page = Path("neu/report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and page.count('class="report"') == 1 and 'id="index"' not in page


def test_several_articles():
    """An index, and each of them; an article that cannot be read costs the others nothing."""
    Path("c.html").write_bytes(b"\0\0\0")
    done = run("a.html", "b.html", "c.html", "-o", "report.html")
    assert done.exit_code == 1 and "c.html: a binary file" in done.stderr
    page = Path("report.html").read_text(encoding="utf-8")
    assert page.count('class="report"') == 2 and 'id="index"' in page


def test_standard_output():
    """With a hyphen; the warnings go elsewhere."""
    done = run("a.html", "-o", "-")
    assert done.stdout.startswith("<!doctype html>") and "adslot: policy: adslot.toml" in done.stderr


def test_nothing_is_written_where_nothing_was_read():
    """An old page stays."""
    Path("report.html").write_text("alt", encoding="utf-8")
    assert run("gibtesnicht.html", "-o", "report.html").exit_code == 1
    assert Path("report.html").read_text(encoding="utf-8") == "alt"


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("", "-o names no file"),
        (".", "-o . is a folder: name the file to write"),
        ("neu/", "-o neu/ is a folder"),
        ("a.html", "-o a.html is an input, which would be lost"),
        ("b.html/report.html", "b.html is no folder"),
    ],
)
def test_outputs_that_cannot_be(output, said):
    """Are told before any article is read."""
    done = run("a.html", "-o", output)
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_a_page_that_cannot_be_written(monkeypatch):
    """Is told in one line, with the status 1."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("adslot.cli.files.write", full)
    done = run("a.html", "-o", "report.html")
    assert done.exit_code == 1 and "report.html: No space left on device" in done.stderr
