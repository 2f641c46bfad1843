"""Columns: how wide a text is in a terminal, and what of it fits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from unicodedata import east_asian_width

# So much of a text in a report, unless there is less room.
TEXT_WIDTH = 52


def columns(text: str) -> int:
    """How many columns of a terminal *text* takes, at most: Chinese and Japanese take two each.

    >>> columns("Bahn"), columns("鉄道")
    (4, 4)
    """
    return _ends(text)[-1]


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """*text* in lines of at most *width* columns; those after the first are indented further. Too long words are broken.

    >>> wrapped("Die Bahn fährt wieder.", 12, " ")
    [' Die Bahn', '   fährt', '   wieder.']
    """
    lines, line, further = list[str](), indent, f"{indent}  "
    for word in text.split():
        for part in _parts(word, width - len(further)):
            if line not in (indent, further) and columns(line) + 1 + columns(part) > width:
                lines.append(line)
                line = further
            line += part if line in (indent, further) else f" {part}"
    return [*lines, line]


def _parts(word: str, width: int) -> Iterator[str]:
    """*word* in parts that fit a line."""
    while columns(word[: width + 1]) > width:
        at = max(bisect_right(_ends(word[: width + 1]), width) - 1, 1)
        yield word[:at]
        word = word[at:]
    yield word


def cut(text: str, width: int = TEXT_WIDTH) -> str:
    """*text* in at most *width* columns of a terminal, where Chinese and Japanese take two each.

    >>> cut("Die Bahn fährt wieder.", 10), cut("鉄道が再開した。", 10)
    ('Die Bahn…', '鉄道が再…')
    """
    ends = _ends(text)
    if ends[-1] <= width:
        return text
    return text[: bisect_right(ends, width - 1) - 1].rstrip() + "…"


def cut_start(text: str, width: int) -> str:
    """The end of *text* in at most *width* columns: from a word on, if that leaves half of it.

    >>> cut_start("Die Bahn fährt ab Montag.", 16), cut_start("鉄道が再開した。", 10)
    ('… ab Montag.', '…開した。')
    """
    ends = _ends(text)
    if ends[-1] <= width:
        return text
    at = bisect_left(ends, ends[-1] - (width - 1))
    word = text.find(" ", at)
    return f"…{text[word if word != -1 and 2 * (ends[-1] - ends[word]) > width else at :]}"


def _ends(text: str) -> Sequence[int]:
    """How many columns there are up to each place in *text*, its end included."""
    return [*accumulate((1 + (east_asian_width(char) in "WF") for char in text), initial=0)]
