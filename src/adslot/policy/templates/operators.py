"""The operators that may make much of little: looked at before they are worked out, and paid for."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from adslot.policy.bounds import NUMBER
from adslot.policy.templates.budget import Spent, current, held
from adslot.policy.templates.data import LISTS, TEXTS
from adslot.policy.templates.filters import formatted

_SEQUENCES = TEXTS | LISTS


def _times(left: Any, right: Any) -> Any:
    if type(left) in _SEQUENCES or type(right) in _SEQUENCES:
        many, often = (left, right) if type(left) in _SEQUENCES else (right, left)
        if isinstance(often, int):
            current.get().check(current.get().chars_of(many) * max(often, 0))
    return left * right


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > NUMBER.bit_length() * 2:
        raise Spent(f"a number of more than {len(str(NUMBER)) - 1} digits")
    return left**right


def _rest(left: Any, right: Any) -> Any:
    return formatted(left, right) if type(left) in TEXTS else left % right


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": _times,
    "/": operator.truediv,
    "//": operator.floordiv,
    "**": _power,
    "%": _rest,
}


def worked_out(sign: str, left: Any, right: Any) -> Any:
    """What *left* and *right* come to. Raises Spent, TypeError, and what the operator itself raises."""
    budget = current.get()
    budget.hold(budget.chars_of(left))
    budget.hold(budget.chars_of(right))
    return held(OPERATORS[sign](left, right))
