"""Conditions on a caller's context: which of them a context meets, as the cases of a policy have them."""

from __future__ import annotations

from collections.abc import Mapping


def mismatch(when: Mapping[str, object], context: Mapping[str, object]) -> str | None:
    """The first key of *when* that *context* does not have, or has otherwise; None where all are as wanted.

    >>> mismatch({"section": ["sport*", "politik"]}, {"section": "sport-regional"})
    >>> mismatch({"subscriber": True}, {"subscriber": 1})
    'subscriber'
    """
    return next((key for key, wanted in when.items() if key not in context or not _fits(wanted, context[key])), None)


def _fits(wanted: object, value: object) -> bool:
    """Whether *value* is as wanted: the same, true and 1 not being that, or one of a list; `*` stands for any text."""
    if isinstance(wanted, tuple | list):
        return any(_fits(each, value) for each in wanted)
    if isinstance(wanted, str):
        return isinstance(value, str) and _is_like(value, wanted)
    return type(value) is type(wanted) and value == wanted


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
