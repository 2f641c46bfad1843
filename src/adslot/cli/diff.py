"""The diff of a page and the same page with its slots, in the form that `diff -u`, git and patch have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from itertools import takewhile

import click

from adslot.cli.lines import LOOKS
from adslot.cli.paths import shown
from adslot.patterns import pattern

# What a line begins with, and how it looks.
_LOOK_OF = {"---": "heading", "+++": "heading", "@@": "place", "-": "removed", "+": "added"}
# As in patch files: a line ends with a line feed, and with nothing else.
_LINE = pattern(r"[^\n]*\n|[^\n]+")
_NO_END = "\\ No newline at end of file\n"


def diff_of(path: str, before: bytes, after: bytes, *, colour: bool = False) -> bytes:
    """What was inserted into the page at *path*, nothing where both are the same; bytes stay as they are in the page.

    With *colour*, as terminals show it, and in lines that were changed the part that is new stands out.

    >>> print(diff_of("a.html", b"<p>a</p>\\n<p>b</p>\\n", b"<p>a</p>\\n<hr><p>b</p>\\n").decode(), end="")
    --- a.html
    +++ a.html
    @@ -1,2 +1,2 @@
     <p>a</p>
    -<p>b</p>
    +<hr><p>b</p>
    """
    if b"\0" in before:
        return b"" if before == after else f"Binary files {shown(path)} and {shown(path)} differ\n".encode()
    old, new = (_LINE.findall(data.decode(errors="surrogateescape")) for data in (before, after))
    lines = unified_diff(old, new, *2 * (_named(path),))
    return "".join(_painted(lines) if colour else map(_ended, lines)).encode(errors="surrogateescape")


def _named(path: str) -> str:
    """*path* as patch takes it: a tab ends a name that has blanks."""
    name = shown(path)
    return f"{name}\t" if " " in name else name


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _painted(lines: Iterable[str]) -> Iterator[str]:
    """*lines* in colours; of a line that takes the place of another one, what is new is underlined."""
    removed: list[str] = []
    for number, line in enumerate(lines):
        marks = ("---", "+++") if number < len(("---", "+++")) else ("@@", "-", "+")
        mark = next((mark for mark in marks if line.startswith(mark)), "")
        text, _, end = _ended(line).partition("\n")
        if mark == "+" and removed:
            yield f"{_compared(removed.pop(0)[1:].rstrip(chr(10)), text)}\n{end}"
            continue
        if mark == "-":
            removed.append(line)
        else:
            removed.clear()
        yield f"{click.style(text, **LOOKS[_LOOK_OF[mark]]) if mark else text}\n{end}"


def _compared(old: str, line: str) -> str:
    """An added *line* in colours, with what it has more than the *old* one underlined."""
    text = line[1:]
    start = _shared(old, text)
    end = _shared(old[start:][::-1], text[start:][::-1])
    parts = (line[: start + 1], False), (text[start : len(text) - end], True), (text[len(text) - end :], False)
    return "".join(click.style(part, **LOOKS["added"], underline=new or None) for part, new in parts if part)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
