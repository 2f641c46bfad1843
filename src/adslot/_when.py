"""Conditions on a caller's context: which of them a context meets, as the cases of a policy have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache


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
        return isinstance(value, str) and _glob(wanted).fullmatch(value) is not None
    return type(value) is type(wanted) and value == wanted


@lru_cache(maxsize=1024)
def _glob(text: str) -> re.Pattern[str]:
    """A pattern for *text*, in which a star stands for any characters. It never goes back over what it has found."""
    first, *more = map(re.escape, text.split("*"))
    if not more:
        return re.compile(first)
    middle = "".join(f"(?>.*?{part})" for part in more[:-1])
    return re.compile(f"{first}{middle}.*{more[-1]}", re.S)
