"""`place --diff`: what would be inserted, as a diff that patch takes, in colours on a terminal."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from adslot import place, preset
from adslot.cli.commands import main
from adslot.cli.diff import diff_of
from tests import strategies

PAGE = "".join(f"<p>Absatz {number}. {'Die Bahn fährt. ' * 30}</p>\n" for number in range(6))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder that has one page; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text(PAGE, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def test_a_diff_is_printed_and_nothing_written(run):
    """The page stays as it is; the slots stand in the lines that are added."""
    result = run("place", "--diff", "--preset", "de-news", "page.html")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == ["--- page.html", "+++ page.html"]
    assert sum("data-adslot=" in line for line in lines) == sum(line.startswith("+<") for line in lines) > 2
    assert Path("page.html").read_text(encoding="utf-8") == PAGE
    assert [path.name for path in Path().iterdir()] == ["page.html"]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_patch_makes_the_filled_page_of_a_diff(run):
    """Byte for byte, also where the last line has no end."""
    Path("page.html").write_text(PAGE.rstrip(), encoding="utf-8")
    Path("page.diff").write_bytes(run("place", "--diff", "--preset", "de-news", "page.html").stdout_bytes)
    subprocess.run(["patch", "-s", "page.html", "page.diff"], check=True)
    assert Path("page.html").read_text(encoding="utf-8") == place(PAGE.rstrip(), preset("de-news")).html


def test_several_pages_need_no_folder(run):
    """One diff after the other; an output is wrong usage."""
    Path("second.html").write_text(PAGE, encoding="utf-8")
    result = run("place", "--diff", "--preset", "de-news", "page.html", "second.html")
    assert result.stdout.count("--- ") == 2
    wrong = run("place", "--diff", "--preset", "de-news", "page.html", "-o", "out.html")
    assert wrong.exit_code == 2
    assert "--diff prints and writes nothing: leave out -o" in wrong.stderr


def test_pages_that_stay_as_they_are(run):
    """Nothing is printed of them; of pages in UTF-16 only that they differ."""
    assert run("place", "--diff", "--preset", "de-news", "page.html", "--context", "x=1").stdout
    Path("page.html").write_text("<p></p>", encoding="utf-8")
    assert run("place", "--diff", "--preset", "de-news", "page.html").stdout == ""
    page = PAGE.encode("utf-16")
    assert diff_of("a\n", page, page) == b""
    assert diff_of("a\n", page, page + b"x") == b"Binary files a\\n and a\\n differ\n"


def test_colours():
    """Removed lines are red, added ones green, and what is new in a line that was changed is underlined."""
    before, after = b"<p>a</p>\n<p>b</p>\n<p>c</p>", b"<p>a</p>\n<p>b</p><hr>\n<p>c</p>\n<hr>\n"
    lines = diff_of("a", before, after, colour=True).decode().splitlines()
    assert lines == [
        "\x1b[1m--- a\x1b[0m",
        "\x1b[1m+++ a\x1b[0m",
        "\x1b[36m@@ -1,3 +1,4 @@\x1b[0m",
        " <p>a</p>",
        "\x1b[31m-<p>b</p>\x1b[0m",
        "\x1b[31m-<p>c</p>\x1b[0m",
        "\\ No newline at end of file",
        "\x1b[32m+<p>b</p>\x1b[0m\x1b[32m\x1b[4m<hr>\x1b[0m",
        "\x1b[32m+<p>c</p>\x1b[0m",
        "\x1b[32m+<hr>\x1b[0m",
    ]


@given(
    st.one_of(strategies.articles, st.text("a-+\n\r@ ", max_size=30)), st.text("a-+\n@", max_size=9), st.integers(0, 99)
)
def test_the_added_lines_and_those_that_stay_make_the_new_page(html, new, at):
    """Colours add nothing but themselves, and bytes that are no UTF-8 stay."""
    before = html.encode() + b"\xff"
    after = before[:at] + new.encode() + before[at:]
    plain = diff_of("a", before, after)
    assert click.unstyle(diff_of("a", before, after, colour=True).decode(errors="surrogateescape")) == plain.decode(
        errors="surrogateescape"
    )
    assert (plain == b"") == (before == after)
