"""What templates work with: texts, numbers, truth values, none, and lists and mappings of these. Nothing else.

Whatever a caller gives is made such data before a template sees it: no template reaches an object, and none can do
more than look. The methods that it may have are called as those of the plain types, never as its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Any, NoReturn, TypeVar

from jinja2 import Undefined
from markupsafe import Markup

from adslot.policy.bounds import CHARS_OF_OTHERS, GIVEN, NESTING
from adslot.policy.templates import Context

TEXTS = frozenset({str, Markup})
NUMBERS = frozenset({int, float, bool})
LISTS = frozenset({list, tuple})
MAPPINGS = frozenset({dict, Context})
WITH_ITEMS = TEXTS | LISTS | MAPPINGS

_PLAIN = TEXTS | NUMBERS | {type(None)}

_Each = TypeVar("_Each")


class Foreign:
    """Stands for an object that is no data. To have it is no fault, to look at it is."""

    __slots__ = ("_kind",)

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def fail(self, *_: object) -> NoReturn:
        """Raises TypeError: somebody looks at it."""
        raise TypeError(f"a value of the type {self._kind!r} is no text, number, list or mapping")

    __bool__ = __str__ = __repr__ = __eq__ = __hash__ = __len__ = __iter__ = fail


def told(value: object) -> str:
    """What is wrong with using *value*, which is no data."""
    return f"{type(value).__name__!r} is no text, number, list or mapping"


def as_data(value: Any) -> Any:
    """*value* as templates may have it: types that stand for data are made plain, all others `Foreign`.

    >>> as_data({"tags": {"b", "a"}, "day": date(2026, 11, 5), "made": object()}).keys()
    dict_keys(['tags', 'day', 'made'])
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is Context:  # one value that is too large is no loss of the others
        pairs = ((as_data(key), as_data(each)) for key, each in value.items())
        return Context({key: each for key, each in pairs if type(key) in _PLAIN}, value.other)
    return _Reading().read(value, 0)


class _Reading:
    """Makes data of one value, which may have no end."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = GIVEN

    def read(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if issubclass(kind, str):
            text = str.__str__(value)
            return Markup(text) if hasattr(kind, "__html__") else text  # noqa: S704  # the caller's own word
        if issubclass(kind, int):
            return int.__pos__(value)
        if issubclass(kind, float):
            return float.__pos__(value)
        if issubclass(kind, datetime):
            return datetime.isoformat(value, " ")
        for moment in (date, time):
            if issubclass(kind, moment):
                return moment.isoformat(value)
        if issubclass(kind, Undefined):
            return Undefined()
        made = self._container(value, kind, depth + 1) if depth < NESTING else None
        return Foreign(kind.__name__) if made is None or self._left < 0 else made

    def _container(self, value: Any, kind: type, depth: int) -> Any:
        if issubclass(kind, dict):
            pairs = [(self.read(key, NESTING), self.read(each, depth)) for key, each in self._some(dict.items(value))]
            return {key: each for key, each in pairs if type(key) in _PLAIN}
        for form in (list, tuple, set, frozenset):
            if issubclass(kind, form):
                values = [self.read(each, depth) for each in self._some(form.__iter__(value))]
                # Sets in an order that is the same the next time.
                return values if form is list else tuple(values) if form is tuple else sorted(values, key=_rank)
        return None

    def _some(self, values: Iterable[_Each]) -> Iterator[_Each]:
        for each in values:
            self._left -= 1
            if self._left < 0:
                return
            yield each


def _rank(value: Any) -> tuple[str, str]:
    return type(value).__name__, str(value) if type(value) in _PLAIN else ""


def chars_in(value: Any) -> int:
    """How many characters there are in *value*, with all that is in it."""
    total, left = 0, [value]
    while left:
        each = left.pop()
        kind = type(each)
        total += len(each) if kind in TEXTS else CHARS_OF_OTHERS
        if kind in MAPPINGS:
            left.extend(chain(each, each.values()))
        elif kind in LISTS:
            left.extend(each)
    return total
