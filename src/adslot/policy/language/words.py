"""The words of terms and anchors: names, numbers, and what stands in brackets, each with its column for the fault it may have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adslot.errors import ExpressionError, nearest
from adslot.patterns import pattern
from adslot.policy.language.selectors import SelectorError, parsed

Words = list[re.Match[str]]

_OPEN = pattern(r"(\w+)\(\s*")
_WORD = pattern(r"\S+")
_NUMBER = pattern(r"-?[0-9]{1,9}")
# What hides brackets and commas of a list: strings, and what is escaped.
_QUOTED = pattern(r"""\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'""")


class TermError(ExpressionError):
    """A term or an anchor that cannot be read."""


def words_of(text: str, start: int = 0) -> Words:
    """The words of *text* behind *start*."""
    return list(_WORD.finditer(text, start))


def number(text: str, words: Words, expected: str = "a number from 1, or from -1 back") -> tuple[int, Words]:
    """A number that *words* begin with, and the words behind it."""
    if not words:
        raise TermError(text, len(text.rstrip()), expected, "the end")
    found = words[0][0]
    if not _NUMBER.fullmatch(found) or int(found) == 0:
        raise TermError(text, words[0].start(), expected, repr(found))
    return int(found), words[1:]


def called(text: str, start: int, known: tuple[str, ...], end: int | None = None) -> tuple[str, str, int] | None:
    """What stands from *start* to the end in the form WORD(INNER), if it does: the word, the inner and its column."""
    end = len(text.rstrip()) if end is None else end
    call = _OPEN.match(text, start, end)
    if call is None:
        return None
    if call[1] not in known:
        expected = " or ".join(f"{each}(…)" for each in known)
        raise TermError(text, start, expected, repr(text[start:end]), nearest(call[1], known))
    inner, closed, more = text[call.end() : end].rpartition(")")
    if not closed:
        raise TermError(text, end, "a closing bracket", "the end")
    if more.strip():
        column = text.find(more.strip(), end - len(more))
        raise TermError(text, column, "nothing more", repr(more.strip()))
    return call[1], inner.rstrip(), call.end()


def expect_end(text: str, words: Words) -> None:
    """Nothing more may follow."""
    if words:
        raise TermError(text, words[0].start(), "nothing more", repr(text[words[0].start() :]))


def selector(text: str, css: str, column: int) -> str:
    """The selector *css*, which stands at *column* of *text*."""
    try:
        parsed(css)
    except SelectorError as error:
        raise SelectorError(text, column + error.column, error.expected, error.found) from error
    return css


def listed(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The parts of a list between two columns, parted by commas outside of brackets and strings, each with its column."""
    depth, begin, at = 0, start, start
    while at < end:
        if quoted := _QUOTED.match(text, at, end):
            at = quoted.end()
            continue
        depth += (text[at] in "([") - (text[at] in ")]")
        if text[at] == "," and not depth:
            yield text[begin:at], begin
            begin = at + 1
        at += 1
    yield text[begin:end], begin
