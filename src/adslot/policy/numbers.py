"""Whole numbers that can be computed with and written.

Python's have no bounds, but none of more than a few thousand digits is made a text: to do so is a ValueError, wherever
it happens. So what comes from Python code is held to bounds, and put in words where it is beyond all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sized
from math import log10
from typing import Any

import attrs

# More than any article has of anything, and few enough digits to be computed with.
LARGEST = 10**9 - 1
# What names a thing or a reader: as large as databases have them.
LARGEST_ID = 2**128
# A text of more characters is shortened where values show themselves.
_BRIEF = 30


def told(value: object) -> str:
    """*value* as Python writes it, but for numbers in it that are too long to be written.

    >>> told((7, 10**4400))
    '(7, a number of 4401 digits)'
    """
    try:
        return repr(value)
    except ValueError:
        return _in_words(value)


def brief(value: object) -> str:
    """*value* as `told`, but no more than the beginning of a long text, with its length.

    >>> brief("Moin."), brief("Wort " * 100)
    ("'Moin.'", "'Wort Wort Wort Wort '… (500 chars)")
    """
    if isinstance(value, str | bytes) and len(value) > _BRIEF:
        return f"{value[: _BRIEF - 10]!r}… ({len(value):,} {'chars' if isinstance(value, str) else 'bytes'})"
    shown = told(value)
    return shown if len(shown) <= 2 * _BRIEF else f"{shown[: 2 * _BRIEF]}…"


def how_many(value: Sized) -> str:
    """The number of things in *value*, for values that show how many they have.

    >>> how_many((1, 2))
    '<2>'
    """
    return f"<{len(value)}>"


def in_text(value: object) -> str:
    """*value* as a part of a text: without quotes where it is a text itself."""
    return told(value) if isinstance(value, int) else str(value)


def _in_words(value: object) -> str:
    if isinstance(value, int):
        return f"a number of {int(log10(abs(value))) + 1} digits"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{told(key)}: {told(each)}' for key, each in value.items())}}}"
    if isinstance(value, tuple | list | set | frozenset):
        parts = ", ".join(map(told, value))
        return f"({parts})" if isinstance(value, tuple) else f"[{parts}]" if isinstance(value, list) else f"{{{parts}}}"
    return f"a {type(value).__name__} with a number that is too long to be written"


def are_told(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """A field transformer: the values of attrs can be shown, whatever numbers they are made of."""
    return [field.evolve(repr=told) if field.repr is True else field for field in fields]


def number_in(value: object) -> Iterator[int]:
    """Every whole number in a value, and in the values and tuples in it."""
    if isinstance(value, int):
        yield value
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            yield from number_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from number_in(each)


def of_type(kind: type) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    """A validator like that of attrs, which tells every value that is of another type."""

    def validate(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if not isinstance(value, kind):
            found = f"{told(value)} that is a {type(value)!r}"
            raise TypeError(f"{attribute.name!r} must be {kind!r} (got {found}).")

    return validate


def at_most(largest: int) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    """A validator: a number that is larger, or as far below 0, is a ValueError."""

    def validate(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if isinstance(value, int) and abs(value) > largest:
            raise ValueError(f"{attribute.name!r} must be at most {largest} (got {told(value)}).")

    return validate
