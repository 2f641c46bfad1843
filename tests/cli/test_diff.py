"""`place --diff`: what would be inserted, as a diff that patch takes, in colours on a terminal."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from adslot import Result, place, preset
from adslot.cli.changes import Change, changes_of
from adslot.cli.commands import main
from adslot.cli.diff import diff_of
from tests import strategies
from tests.slots import own

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
    assert diff_of("a\n", page, page, []) == b""
    assert (
        diff_of("a\n", page, page + b"x", [Change((len(page),) * 2, (len(page), len(page) + 1))])
        == b"Binary files a\\n and a\\n differ\n"
    )


def test_colours():
    """Removed lines are red, added ones green, and what is new in a line that was changed is underlined."""
    before, after = b"<p>a</p>\n<p>b</p>\n<p>c</p>", b"<p>a</p>\n<p>b</p><hr>\n<p>c</p>\n<hr>\n"
    changes = [Change((17, 17), (17, 21)), Change((26, 26), (30, 36))]
    lines = diff_of("a", before, after, changes, colour=True).decode().splitlines()
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


def diff(page: bytes, result: Result[bytes], *, colour: bool = False) -> str:
    """The diff of a page and what became of it."""
    text = diff_of("a", page, result.html, changes_of(page, result), colour=colour)
    return text.decode(errors="surrogateescape")


def test_a_page_does_not_steer_the_terminal():
    """Where colours are shown; what is written on into a file stays as it is."""
    before = b"<p>\x1b]0;Titel\x07a\x9b\r1\tb</p>\r\n"
    after = b"<p>x</p>" + before
    changes = [Change((0, 0), (0, 8))]
    lines = click.unstyle(diff_of("a", before, after, changes, colour=True).decode(errors="surrogateescape")).split(
        "\n"
    )
    assert lines[4] == "+<p>x</p><p>␛]0;Titel␇a\udc9b␍1\tb</p>\r"
    assert before[:-1].decode(errors="surrogateescape") in diff_of("a", before, after, changes).decode(
        errors="surrogateescape"
    )


def patched(page: bytes, diff: str) -> bytes:
    """What *diff* makes of *page*, read as the manual of patch says: heads of hunks, and lines by their first sign."""
    old = re.findall(r"[^\n]*\n|[^\n]+", page.decode(errors="surrogateescape"))
    lines = re.findall(r"[^\n]*\n", diff)[2:]
    new: list[str] = []
    at, counts = 0, [0, 0]
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        body = line[1:-1] if following.startswith("\\") else line[1:]
        if head := re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            assert counts == [0, 0]
            counts = [int(count or 1) for count in head.group(2, 4)]
            first = int(head[1]) - (counts[0] > 0)
            new, at = new + old[at:first], first
            assert len(new) == int(head[3]) - (counts[1] > 0)
        elif line[0] in " -":
            assert old[at] == body
            at += 1
        if line[0] in " +":
            new.append(body)
        if line[0] in " -+":
            counts = [counts[0] - (line[0] in " -"), counts[1] - (line[0] in " +")]
    return "".join(new + old[at:]).encode(errors="surrogateescape")


@given(
    st.text("a-+\n\r@ ", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.text("a-+\n@", min_size=1, max_size=9)), max_size=4),
)
def test_the_added_lines_and_those_that_stay_make_the_new_page(page, inserts):
    """Colours add nothing but themselves, and bytes that are no UTF-8 stay."""
    before, after, changes, end = page.encode() + b"\xff", b"", [], 0
    for at, new in sorted((min(at, len(page)), new) for at, new in inserts):
        after += before[end:at]
        changes.append(Change((at, at), (len(after), len(after) + len(new))))
        after, end = after + new.encode(), at
    after += before[end:]
    plain = diff_of("a", before, after, changes).decode(errors="surrogateescape")
    coloured = diff_of("a", before, after, changes, colour=True).decode(errors="surrogateescape")
    assert click.unstyle(coloured).replace("␍", "\r") == plain
    assert patched(before, plain) == after


@given(st.one_of(strategies.articles, strategies.texts), strategies.policies(), strategies.policies())
def test_pages_with_and_without_slots(html, policy, later):
    """Of a page that has slots already, what was lifted out is taken away, and what is there again is not told."""
    page = html.replace("\0", "").encode(errors="replace")
    for given_policy in (policy, later):
        result = place(page, given_policy)
        assert patched(page, diff(page, result)) == result.html
        page = result.html


def test_what_is_the_same_is_not_told():
    """A slot that stays where it was is none of the diff; another that goes is."""
    story = "".join(f"<p>Absatz {number}.</p>\n" for number in range(20))
    page = place(story, preset("de-news")).html.encode()
    old = own("alt", "alt").encode() + page
    assert diff(page, place(page, preset("de-news"))) == ""
    lines = diff(old, place(old, preset("de-news"))).splitlines()
    assert [line[0] for line in lines if line[0] in "+-"][2:] == ["-", "+"]
    assert "adslot-article-end" not in "".join(lines)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16-be", "iso-2022-jp"])
def test_encodings(encoding):
    """Offsets are those of the bytes, in whatever encoding the page is."""
    page = "".join(f"<p>日本の鉄道 {number}</p>\n" for number in range(9)).encode(encoding, "xmlcharrefreplace")
    for name in ("ja-news", "de-news"):
        result = place(page, preset(name), encoding=encoding)
        text = page
        for change in reversed(changes_of(page, result, encoding=encoding)):
            assert len(text[slice(*change.old)]) < 700
            text = text[: change.old[0]] + result.html[slice(*change.new)] + text[change.old[1] :]
        assert text == result.html != page
        page = result.html


def test_a_page_that_is_read_otherwise_without_its_slots():
    """Where offsets in the page as it was given say nothing of the page without slots, lines are told all the same."""
    slot = own(content='<meta charset="windows-1251"><div class="adslot-label">Anzeige</div>')
    page = "".join(f"<p>Fähre {number}, {'Küste ' * 30}</p>\n" for number in range(9)).encode("cp1252") + slot.encode()
    result = place(page, preset("de-news"))
    assert changes_of(page, result) == (Change((0, len(page)), (0, len(result.html))),)
    assert patched(page, diff(page, result)) == result.html != page


def test_a_page_of_equal_lines():
    """What is known of the slots is not searched for: few lines, and at once, however often a line is there."""
    line = "<p>\nDer Fluss steigt seit Montag, und am Ufer stehen Pumpen bereit.\n</p>\n"
    page = (line * 4000).encode()
    text = diff(page, place(page, preset("longform")))
    assert len(text.splitlines()) < 100
    assert text.count("\n@@") > 5
