"""What was worked out once is kept: a property as long as its instance, answers up to so many bytes.

`functools.lru_cache` counts answers. Where questions come from outside, class names, titles, URLs, templates, one of
them may be of any length, and so may a thousand. Here their sizes are added up. What is kept is kept in a dict, which
answers as fast as a dict does: there is no order to keep up, and a full one begins anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property  # noqa: TID251  # see `lazy`
from operator import is_
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_MEGABYTE = 1 << 20
# What a place in a dict takes, and a small answer.
_PLACE = 200
# One entry takes no more than this part of a cache: it is not worth so many others.
_PART = 8

_caches: list[_Cache | Shelf[Any, Any]] = []


if TYPE_CHECKING:
    # What a value of a class is, type checkers know of this one.
    lazy = cached_property
else:
    # A subclass, so that attrs knows it: of a class with slots it makes a slot of it, and has no lock either.
    class lazy(cached_property):  # noqa: N801  # a decorator
        """A property that is worked out when it is first asked for, and kept; without a lock.

        `functools.cached_property` of Python 3.11 has one lock for a property of all instances, and holds it while
        the value is worked out. Where that asks a caller's function, such as a relevance that takes its time, all
        threads wait for one; and a process that is forked meanwhile has the lock for ever, with nobody to let it go.

        Here two threads that ask at once both work it out, and get the same value: that of the first one to be done.
        What is asked in this package depends on nothing but the instance, so nothing is lost but the time.

        >>> class Story:
        ...     @lazy
        ...     def words(self):
        ...         print("counting")
        ...         return 3
        >>> story = Story()
        >>> story.words, story.words
        counting
        (3, 3)
        """

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            return instance.__dict__.setdefault(self.attrname, self.func(instance))


def kept(
    megabytes: float, size: Callable[[Any, Any], int] | None = None
) -> Callable[[Callable[[_Key], _Value]], Callable[[_Key], _Value]]:
    """A decorator: what a function of one argument answers is kept, up to so many *megabytes* of questions and answers.

    *size* says how many bytes a question and its answer take; without it they are looked through. Entries of more
    than an eighth of the whole are not kept. Several threads may ask.

    >>> @kept(megabytes=1)
    ... def half(number):
    ...     print("working it out")
    ...     return number / 2
    >>> half(3), half(3)
    working it out
    (1.5, 1.5)
    """

    def decorate(make: Callable[[_Key], _Value]) -> Callable[[_Key], _Value]:
        cache = _Cache(make, int(megabytes * _MEGABYTE), size or _size)
        _caches.append(cache)
        return cache.__getitem__

    return decorate


def forget() -> None:
    """Forget everything that is kept."""
    for cache in _caches:
        cache.begin_anew()


class Shelf(Generic[_Key, _Value]):
    """A few large things by what they were made of, up to so many *megabytes* and a *count* of them.

    The two that were asked for last stay whatever their size, as the work of making them grows with it. They may grow.
    Threads may ask at once: each step is one of a dict, and there is no lock that a fork could leave closed.
    What *is_same* as a key that is kept is not compared with it, nor hashed, which takes long for a large one.
    """

    def __init__(
        self,
        megabytes: float,
        count: int,
        make: Callable[[_Key], _Value],
        size: Callable[[_Value], int],
        is_same: Callable[[_Key, _Key], bool] = is_,
    ) -> None:
        self.most, self._count, self.make, self.size = int(megabytes * _MEGABYTE), count, make, size
        self._is_same = is_same
        # By hash, as that of a large key is slow: the last one asked for is the last.
        self._things: dict[int, tuple[_Key, _Value]] = {}
        _caches.append(self)

    def __call__(self, key: _Key) -> _Value:
        """The thing made of *key*: the one that is kept, else a new one."""
        known = list(self._things.items())
        number = next((number for number, thing in reversed(known) if self._is_same(thing[0], key)), None)
        if number is not None and known[-1][0] == number:
            return known[-1][1][1]
        number = hash(key) if number is None else number
        found = self._things.get(number)
        if found is None or not (self._is_same(found[0], key) or found[0] == key):
            found = key, self.make(key)
        self._things.pop(number, None)
        self._things[number] = found
        self._clear_away()
        return found[1]

    def _clear_away(self) -> None:
        things = list(self._things.items())
        taken, count = sum(self.size(thing) for _, (_, thing) in things), len(things)
        for number, (_, thing) in things[:-2]:
            if taken <= self.most and count <= self._count:
                break
            self._things.pop(number, None)
            taken, count = taken - self.size(thing), count - 1

    def begin_anew(self) -> None:
        """Forget all."""
        self._things.clear()


class Memo(dict[_Key, _Value]):
    """What a function of one argument answers, each once, as long as its owner: for questions of nodes, which are many.

    Ask by index. It has no bound, so what owns one must not outlive a call.

    >>> half = Memo(lambda number: number / 2)
    >>> half[3], half[3], len(half)
    (1.5, 1.5, 1)
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> _Value:
        value = self[key] = self._make(key)
        return value


def size_of_text(text: Any, _answer: object = None) -> int:
    """The size of a text, or of several in a tuple, whose answer is small or made of it: quicker than to look through both."""
    return _PLACE + (sum(map(sys.getsizeof, text)) if type(text) is tuple else sys.getsizeof(text))


class _Cache(dict[Any, Any]):
    """Answers by question. Two threads may add to `taken` at once, and one of them be lost: it is soon counted anew."""

    __slots__ = ("make", "most", "size", "taken")

    def __init__(self, make: Callable[[Any], Any], most: int, size: Callable[[Any, Any], int]) -> None:
        super().__init__()
        self.make, self.most, self.size, self.taken = make, most, size, 0

    def __missing__(self, key: Any) -> Any:
        value = self.make(key)
        size = self.size(key, value)
        if size * _PART > self.most:
            return value
        if self.taken + size > self.most:
            self.begin_anew()
        self.taken += size
        self[key] = value
        return value

    def begin_anew(self) -> None:
        self.clear()
        self.taken = 0


def _size(key: object, value: object) -> int:
    return size_of((key, value)) + _PLACE


def size_of(value: object) -> int:
    """About how many bytes *value* takes, with all that it holds."""
    size, seen, waiting = 0, set[int](), [value]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            size += sys.getsizeof(each)
            waiting += _parts(each)
    return size


def _parts(value: object) -> Iterable[object]:
    """What *value* holds: of collections and of values with fields or attributes."""
    if isinstance(value, str | bytes | int | float | type):
        return ()
    if attrs.has(kind := type(value)):
        return [getattr(value, field.name) for field in attrs.fields(kind)]
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return value
    return list(getattr(value, "__dict__", {}).values())
