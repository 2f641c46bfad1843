"""What filling one template may cost, and what of that is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import Any, TypeVar

from jinja2 import StrictUndefined, Undefined

from adslot.policy.bounds import (
    CHARS,
    CHARS_OF_OTHERS,
    CHARS_PER_GIVEN,
    CHARS_PER_STEP,
    NESTING,
    NUMBER,
    STEPS,
    STEPS_PER_GIVEN,
)
from adslot.policy.templates.data import LISTS, MAPPINGS, TEXTS, Foreign, chars_in, told

# Numbers that need no second look.
_USUAL = 1 << 30
_SMALL = frozenset({float, bool, type(None), Undefined, StrictUndefined})

_Data = TypeVar("_Data", bound=Any)


class Spent(Exception):  # noqa: N818  # a bound is reached, which is reported as a fault of the template
    """Which bound a template reached."""


class Budget:
    """The steps and characters of one filling. What articles and the caller have *given* allows for more.

    That is counted only once the usual is spent: nearly no template comes to that.
    """

    __slots__ = ("_calls", "_chars", "_given", "_most", "left")

    def __init__(self, given: Iterable[Any]) -> None:
        self._given: Iterable[Any] | None = given
        # How many steps.
        self._most = self.left = STEPS
        self._chars, self._calls = CHARS, 0

    @property
    def taken(self) -> int:
        """How many steps were taken."""
        return self._most - self.left

    def spend(self, steps: int) -> None:
        """Take *steps*. Raises Spent where there are not as many."""
        self.left -= steps
        if self.left < 0:
            self._extend()
            if self.left < 0:
                raise Spent(f"more than {STEPS:,} steps")

    def check(self, chars: int) -> None:
        """Look whether there may be a value of so many *chars*. Raises Spent where it is too large."""
        if chars > self._chars:
            self._extend()
            if chars > self._chars:
                raise Spent(f"more than {CHARS:,} characters")

    def hold(self, chars: int) -> None:
        """Take what a value of so many *chars* costs that is read or made. Raises Spent where it is too large."""
        if chars >= CHARS_PER_STEP:
            self.check(chars)
            self.spend(chars // CHARS_PER_STEP)

    def chars_of(self, value: Any, depth: int = 0) -> int:
        """How many characters *value* has with all that is in it.

        Raises Spent as soon as it is too large, or a number in it, and TypeError where something in it is no data.
        """
        kind = type(value)
        if kind in TEXTS:
            return len(value)
        if kind in _SMALL:
            return CHARS_OF_OTHERS
        if kind is int:
            if -NUMBER < value < NUMBER:
                return CHARS_OF_OTHERS
            raise Spent(f"a number of more than {len(str(NUMBER)) - 1} digits")
        parts = value if kind in LISTS else self._parts_of(value)
        if depth == NESTING:
            raise Spent(f"more than {NESTING} lists within one another")
        total = CHARS_OF_OTHERS
        for each in parts:
            total += CHARS_OF_OTHERS if type(each) in _SMALL else self.chars_of(each, depth + 1)
            if total > self._chars:
                self.check(total)
        return total

    @staticmethod
    def _parts_of(value: Any) -> Iterable[Any]:
        if type(value) in MAPPINGS:
            return chain(value, value.values())
        if type(value) is Foreign:
            value.fail()
        raise TypeError(told(value))

    @contextmanager
    def call(self) -> Iterator[None]:
        """Go into a macro, or deeper into a loop. Raises Spent where that is too deep."""
        if self._calls == NESTING:
            raise Spent(f"more than {NESTING} calls within one another")
        self._calls += 1
        try:
            yield
        finally:
            self._calls -= 1

    def _extend(self) -> None:
        if self._given is not None:
            given = sum(map(chars_in, self._given))
            self._most += STEPS_PER_GIVEN * given
            self.left += STEPS_PER_GIVEN * given
            self._chars += CHARS_PER_GIVEN * given
            self._given = None


# Of the template that is being filled. While one is compiled there is none: then nothing is worked out.
current: ContextVar[Budget] = ContextVar("current")


def spend(steps: int) -> bool:
    """Take *steps* of the template that is being filled. Always true, so that it can stand in a condition."""
    budget = current.get()
    if steps <= budget.left:
        budget.left -= steps
    else:
        budget.spend(steps)
    return True


def held(value: _Data) -> _Data:
    """*value*, once it is paid for. Raises Spent where it is too large, TypeError where it is no data."""
    kind: type = type(value)
    if kind in TEXTS:
        if len(value) >= CHARS_PER_STEP:
            current.get().hold(len(value))
    elif kind not in _SMALL and not (kind is int and -_USUAL < value < _USUAL):
        budget = current.get()
        budget.hold(budget.chars_of(value))
    return value
