"""Conditions on a caller's context: which of them a context meets, as the cases of a policy have them."""

from __future__ import annotations

from collections.abc import Mapping

from adslot.policy.numbers import in_text

_BOOLS = {"1": ("true",), "0": ("false",)}


def mismatch(when: Mapping[str, object], context: Mapping[str, object]) -> str | None:
    """The first key of *when* that *context* does not have, or has otherwise; None where all are as wanted.

    >>> mismatch({"section": ["sport*", "politik"]}, {"section": "sport-regional"})
    >>> mismatch({"subscriber": True}, {"subscriber": 1})
    'subscriber'
    """
    return next((key for key, wanted in when.items() if key not in context or not fits(wanted, context[key])), None)


def fits(wanted: object, value: object) -> bool:
    """Whether *value* is as wanted: the same, true and 1 not being that, or one of a list; `*` stands for any text."""
    if isinstance(wanted, tuple | list):
        return any(fits(each, value) for each in wanted)
    if isinstance(wanted, str):
        return isinstance(value, str) and _is_like(value, wanted)
    return type(value) is type(wanted) and value == wanted


def is_nearly(wanted: object, value: object) -> bool:
    """Whether *value* would be as *wanted*, if types and upper and lower case made no difference.

    >>> is_nearly(True, "True"), is_nearly(True, 1), is_nearly("sport*", "Sport"), is_nearly(5, "5"), is_nearly(5, 6)
    (True, True, True, True, False)
    """
    if isinstance(value, tuple | list | set | frozenset):
        return any(is_nearly(wanted, each) for each in value)
    pattern = in_text(wanted).casefold()
    return any(_is_like(text, pattern) if isinstance(wanted, str) else text == pattern for text in _spellings(value))


def are_both_possible(wanted: object, other: object) -> bool:
    """Whether a value can be as two conditions want it, each a text with stars, a number or a bool.

    >>> are_both_possible("sport/*", "sport*"), are_both_possible("sport*", "politik"), are_both_possible(1, True)
    (True, False, False)
    """
    if not (isinstance(wanted, str) and isinstance(other, str)):
        return type(wanted) is type(other) and wanted == other
    if "*" not in wanted:
        return _is_like(wanted, other)
    if "*" not in other:
        return _is_like(other, wanted)
    # Between what both begin and end with, each star takes what the other text asks for.
    return _are_alike(wanted.partition("*")[0], other.partition("*")[0]) and _are_alike(
        wanted.rpartition("*")[2][::-1], other.rpartition("*")[2][::-1]
    )


def _are_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _spellings(value: object) -> tuple[str, ...]:
    """What *value* would be called by somebody who writes it as a text; true is also 1."""
    text = in_text(value).strip().casefold()
    return (text, str(int(value))) if isinstance(value, bool) else (text, *_BOOLS.get(text, ()))


def _is_like(text: str, pattern: str) -> bool:
    """Whether *text* is what *pattern* says, in which a star stands for any characters."""
    first, *more = pattern.split("*")
    if not more:
        return text == pattern
    last = more.pop()
    start, end = len(first), len(text) - len(last)
    if start > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in more:
        found = text.find(part, start, end)
        if found < 0:
            return False
        start = found + len(part)
    return True
