"""A regular expression as a program: what it reads, one character at a time, and in which order it would try.

Only what can be followed without going back: characters, groups, alternatives and repetitions. Conditions
on a place, such as `\\b`, are asked there. References to groups, atomic groups and possessive repetitions
are refused: they say how to go back, and here nothing does.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from re import _constants as sre  # type: ignore[attr-defined] # the reader of `re` itself, which typeshed lacks
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any, TypeAlias

import attrs

# Instructions of one expression: repetitions with a number are written out.
MOST_INSTRUCTIONS = 1_000

_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}
_PLACES = {
    sre.AT_BEGINNING: "^",
    sre.AT_BEGINNING_STRING: r"\A",
    sre.AT_BOUNDARY: r"\b",
    sre.AT_NON_BOUNDARY: r"\B",
    sre.AT_END: "$",
    sre.AT_END_STRING: r"\Z",
}
_LOOKS = {
    (sre.ASSERT, 1): "(?=",
    (sre.ASSERT_NOT, 1): "(?!",
    (sre.ASSERT, -1): "(?<=",
    (sre.ASSERT_NOT, -1): "(?<!",
}
_FLAGS = {"a": re.A, "i": re.I, "m": re.M}


class PatternError(ValueError):
    """An expression that cannot be read, or not without going back."""


@attrs.frozen
class Char:
    """Reads one character that *pattern* matches, and no other one than *others* does; and goes on at *then*."""

    pattern: str
    others: str
    then: int


@attrs.frozen
class Split:
    """Goes on at each of *ways*, the first of them first."""

    ways: Sequence[int]


@attrs.frozen
class Assertion:
    """Goes on at *then* where *pattern* matches, which reads nothing."""

    pattern: str
    then: int


@attrs.frozen
class Found:
    """The end."""


Instruction: TypeAlias = Char | Split | Assertion | Found


def program(expressions: Sequence[str]) -> tuple[Sequence[Instruction], int]:
    """The instructions of alternatives, the first of them preferred, and where they begin. Raises PatternError.

    >>> program(["ab"])
    ([Found(), Char(pattern='b', others='[^b]', then=0), Char(pattern='a', others='[^a]', then=1), Split(ways=(2,))], 3)
    """
    writer = _Writer()
    ways = tuple(writer.sequence(*_read(expression), 0) for expression in expressions)
    return writer.code, writer.add(Split(ways))


def _read(expression: str) -> tuple[Any, int]:
    """What `re` reads, and its flags; a dot is any character, as placeholders may have several lines."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of `[[a]`, which a later Python may read otherwise
            tree = reader.parse(expression)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(str(error)) from error
    return tree, tree.state.flags | re.S


@attrs.frozen
class _Repeat:
    """*tree*, from *least* to *most* times; as often as possible, or as seldom."""

    least: int
    most: Any
    tree: Any
    is_greedy: bool

    def split(self, more: int, then: int) -> Split:
        """Once more, or on; the preferred one first."""
        return Split((more, then) if self.is_greedy else (then, more))


class _Writer:
    """Writes instructions from the end of an expression to its start: each is told where to go on."""

    def __init__(self) -> None:
        self.code: list[Instruction] = [Found()]

    def add(self, instruction: Instruction) -> int:
        if len(self.code) >= MOST_INSTRUCTIONS:
            raise PatternError(f"longer than {MOST_INSTRUCTIONS} characters with its repetitions written out")
        self.code.append(instruction)
        return len(self.code) - 1

    def sequence(self, tree: Any, flags: int, then: int) -> int:
        for operator, value in reversed(list(tree)):
            then = self._one(operator, value, flags, then)
        return then

    def _one(self, operator: Any, value: Any, flags: int, then: int) -> int:
        if operator in _WRITTEN:
            return self.add(_char(operator, value, flags, then))
        if operator is sre.BRANCH:
            return self.add(Split(tuple(self.sequence(each, flags, then) for each in value[1])))
        if operator is sre.SUBPATTERN:
            _, added, dropped, tree = value
            return self.sequence(tree, (flags | added) & ~dropped, then)
        if operator is sre.MAX_REPEAT or operator is sre.MIN_REPEAT:
            least, most, tree = value
            return self._repeat(_Repeat(least, most, tree, operator is sre.MAX_REPEAT), flags, then)
        if operator is sre.AT or operator in (sre.ASSERT, sre.ASSERT_NOT):
            return self.add(Assertion(_flagged(operator, _place(operator, value), flags), then))
        raise PatternError(f"{_NAMES.get(operator, 'a construct')} cannot be followed without going back")

    def _repeat(self, repeat: _Repeat, flags: int, then: int) -> int:
        begin = then
        if repeat.most is sre.MAXREPEAT:
            begin = self.add(Split(()))
            self.code[begin] = repeat.split(self.sequence(repeat.tree, flags, begin), then)
        else:
            for _ in range(repeat.most - repeat.least):
                begin = self.add(repeat.split(self.sequence(repeat.tree, flags, begin), then))
        for _ in range(repeat.least):
            begin = self.sequence(repeat.tree, flags, begin)
        return begin


def _char(operator: Any, value: Any, flags: int, then: int) -> Char:
    pattern = _WRITTEN[operator](value)
    if operator is sre.ANY:
        return Char("(?s:.)", "(?!)", then) if flags & re.S else Char(".", r"\n", then)
    if operator is sre.LITERAL:
        others = f"[^{pattern}]"
    else:
        others = f"[{pattern[2:]}" if pattern.startswith("[^") else f"[^{pattern[1:]}"
    return Char(_flagged(operator, pattern, flags), _flagged(operator, others, flags), then)


def _flagged(operator: Any, pattern: str, flags: int) -> str:
    """*pattern* with those of *flags* that make a difference to it; the search for a beginning likes none best."""
    letters = "".join(letter for letter, flag in _FLAGS.items() if flags & flag)
    if operator in _WRITTEN:
        letters = letters.replace("m", "")
    if operator is sre.LITERAL and pattern.lower() == pattern.upper():
        letters = ""
    return f"(?{letters}:{pattern})" if letters else pattern


def _literal(code: int) -> str:
    return re.escape(chr(code))


def _class(items: Any) -> str:
    parts = []
    for operator, value in items:
        if operator is sre.NEGATE:
            parts.append("^")
        elif operator is sre.RANGE:
            parts.append(f"{_literal(value[0])}-{_literal(value[1])}")
        else:
            parts.append(_CATEGORIES[value] if operator is sre.CATEGORY else _literal(value))
    return f"[{''.join(parts)}]"


_WRITTEN: dict[Any, Callable[[Any], str]] = {
    sre.LITERAL: _literal,
    sre.NOT_LITERAL: lambda code: f"[^{_literal(code)}]",
    sre.ANY: lambda _: ".",
    sre.IN: _class,
}
_NAMES = {
    sre.GROUPREF: "a reference to a group",
    sre.GROUPREF_EXISTS: "a condition on a group",
    getattr(sre, "ATOMIC_GROUP", None): "an atomic group",
    getattr(sre, "POSSESSIVE_REPEAT", None): "a possessive repetition",
}


def _place(operator: Any, value: Any) -> str:
    """A condition on a place, written anew; what it looks at must have a fixed length."""
    if operator is sre.AT:
        return _PLACES[value]
    direction, tree = value
    return f"{_LOOKS[operator, direction]}{''.join(_fixed(*each) for each in tree)})"


def _fixed(operator: Any, value: Any) -> str:
    if operator in _WRITTEN:
        return _WRITTEN[operator](value)
    if operator is sre.AT:
        return _PLACES[value]
    if operator is sre.BRANCH:
        return f"(?:{'|'.join(''.join(_fixed(*one) for one in each) for each in value[1])})"
    if operator is sre.SUBPATTERN and not value[1] and not value[2]:
        return "".join(_fixed(*each) for each in value[3])
    raise PatternError("a look to either side can have no repetitions in it")
