"""The diff of a page and the same page with its slots, in the form that `diff -u`, git and patch have."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile

import attrs
import click

from adslot.cli.changes import Change
from adslot.cli.lines import LOOKS
from adslot.cli.paths import shown
from adslot.patterns import pattern

# What a line begins with, and how it looks.
_LOOK_OF = {"---": "heading", "+++": "heading", "@@": "place", "-": "removed", "+": "added"}
# As in patch files: a line ends with a line feed, and with nothing else.
_LINE = pattern(rb"[^\n]*\n|[^\n]+")
_NO_END = "\\ No newline at end of file\n"
# What steers a terminal, as signs for it: in colours a page is shown, not taken further.
_SIGNS = {**{code: 0x2400 + code for code in range(0x20) if code != ord("\t")}, 0x7F: 0x2421}
_SIGNS.update(dict.fromkeys(range(0x80, 0xA0), 0xFFFD))
# So many lines that stay are shown above and below others.
_AROUND = 3


def diff_of(path: str, before: bytes, after: bytes, changes: Sequence[Change], *, colour: bool = False) -> bytes:
    """The *changes* that make *after* of the page at *path*; bytes stay as they are in the page.

    With *colour*, as terminals show it: in lines that were changed the part that is new stands out, and signs stand for
    what would steer the terminal.

    >>> change = Change((9, 9), (9, 13))
    >>> print(diff_of("a.html", b"<p>a</p>\\n<p>b</p>\\n", b"<p>a</p>\\n<hr><p>b</p>\\n", [change]).decode(), end="")
    --- a.html
    +++ a.html
    @@ -1,2 +1,2 @@
     <p>a</p>
    -<p>b</p>
    +<hr><p>b</p>
    """
    if not changes:
        return b""
    if b"\0" in before:
        return f"Binary files {shown(path)} and {shown(path)} differ\n".encode()
    lines = _diff(_named(path), _LINE.findall(before), _LINE.findall(after), changes)
    written = _painted(map(_harmless, lines)) if colour else map(_ended, lines)
    return "".join(written).encode(errors="surrogateescape")


@attrs.frozen
class _Lines:
    """Lines of the *old* page that others of the *new* one stand for, each as (first, behind the last)."""

    old: tuple[int, int]
    new: tuple[int, int]


def _diff(name: str, old: Sequence[bytes], new: Sequence[bytes], changes: Iterable[Change]) -> Iterator[str]:
    """The lines of the diff, as `difflib.unified_diff` writes them."""
    yield f"--- {name}\n"
    yield f"+++ {name}\n"
    for hunk in _hunks(_changed(old, new, changes)):
        first, last = hunk[0], hunk[-1]
        above, below = min(_AROUND, first.old[0]), min(_AROUND, len(old) - last.old[1])
        numbers = (
            _numbers(first.old[0] - above, last.old[1] + below),
            _numbers(first.new[0] - above, last.new[1] + below),
        )
        yield f"@@ -{numbers[0]} +{numbers[1]} @@\n"
        at = first.old[0] - above
        for each in hunk:
            yield from _marked(" ", old[at : each.old[0]])
            yield from _marked("-", old[slice(*each.old)])
            yield from _marked("+", new[slice(*each.new)])
            at = each.old[1]
        yield from _marked(" ", old[at : at + below])


def _changed(old: Sequence[bytes], new: Sequence[bytes], changes: Iterable[Change]) -> list[_Lines]:
    """The lines that the *changes* touch, those that touch one another together, without those that stay the same."""
    found: list[_Lines] = []
    starts = [list(accumulate(map(len, lines), initial=0))[:-1] or [0] for lines in (old, new)]
    for change in changes:
        was, now = (
            (bisect_right(at, start) - 1, bisect_right(at, end))
            for at, (start, end) in zip(starts, (change.old, change.new), strict=True)
        )
        if found and (was[0] <= found[-1].old[1] or now[0] <= found[-1].new[1]):
            last = found.pop()
            was, now = (last.old[0], was[1]), (last.new[0], now[1])
        found.append(_Lines(was, now))
    return [_trimmed(old[slice(*each.old)], new[slice(*each.new)], each) for each in found]


def _trimmed(old: Sequence[bytes], new: Sequence[bytes], lines: _Lines) -> _Lines:
    """*lines* without those at either end that are the same in both."""
    top = _shared(old, new)
    end = _shared(old[top:][::-1], new[top:][::-1])
    return _Lines(
        (lines.old[0] + top, lines.old[0] + len(old) - end), (lines.new[0] + top, lines.new[0] + len(new) - end)
    )


def _hunks(changed: Iterable[_Lines]) -> list[list[_Lines]]:
    """What is *changed*, that between which few lines stay together."""
    hunks: list[list[_Lines]] = []
    for each in changed:
        if hunks and each.old[0] - hunks[-1][-1].old[1] <= 2 * _AROUND:
            hunks[-1].append(each)
        else:
            hunks.append([each])
    return hunks


def _numbers(first: int, end: int) -> str:
    """Lines in the head of a hunk, the first and how many; of none the one above, a lone one without a number.

    >>> _numbers(0, 3), _numbers(4, 5), _numbers(4, 4)
    ('1,3', '5', '4,0')
    """
    count = end - first
    return f"{first + 1}" if count == 1 else f"{first + 1 if count else first},{count}"


def _marked(mark: str, lines: Iterable[bytes]) -> Iterator[str]:
    return (mark + line.decode(errors="surrogateescape") for line in lines)


def _named(path: str) -> str:
    """*path* as patch takes it: a tab ends a name that has blanks."""
    name = shown(path)
    return f"{name}\t" if " " in name else name


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _harmless(line: str) -> str:
    text = line.rstrip("\r\n")
    return text.translate(_SIGNS) + line[len(text) :]


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


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """How many characters, or lines, both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
