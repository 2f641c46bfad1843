"""An inventory as it is judged for every page of a site: what may be shown on any, but where the page itself is in the way.

Most articles of an inventory have an address of their own: of these a page has only to be asked whether it is one of
them or links to one. What a date, a context or a sponsor says is the same for all pages until the next article
expires. So a page costs what it says, however many articles there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar, cast

import attrs

from adslot.kept import lazy, size_of_text
from adslot.policy.frozen import Table
from adslot.related.urls import comparable, folder_of, is_of_folder, is_of_site, root_of
from adslot.related.values import Moment, Related, aware, day

# Inventories with less are judged as fast for each page.
_FEW = 256
# What an article takes in a judged inventory, beside its place.
_BYTES = 150
# For so many times and contexts it is remembered what may be shown.
_MOST_STATES = 8

_State = TypeVar("_State", bound="Sized")


class Sized(Protocol):
    """What is found for a time and a context."""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""


@attrs.frozen(eq=False)
class Judged:
    """*items* on any page of one site: the *places* that they lead to, by number, and who is *at* a place.

    The *groups*, by number, are those that share an address or an id, in their order: one may be in the way of another.
    The *special* ones, by number, have a fault, a date, a condition, a sponsor, or no place but the page itself.
    """

    items: tuple[Related, ...]
    places: Sequence[str]
    at: Mapping[str, int]
    groups: Mapping[int, tuple[int, ...]]
    special: tuple[int, ...]
    _states: dict[Hashable, Sized] = attrs.field(factory=dict, init=False)

    @lazy
    def conditions(self) -> tuple[Table, ...]:
        """The different contexts that articles are meant for."""
        return tuple(dict.fromkeys(self.items[number].when for number in self.special if self.items[number].when))

    @lazy
    def _expiries(self) -> tuple[Sequence[datetime], Sequence[date], Sequence[date]]:
        """When articles expire: the times, the days of these, and the days of those that have no time."""
        found = [expires for number in self.special if (expires := self.items[number].expires) is not None]
        times = [each for each in found if isinstance(each, datetime)]
        return (
            sorted(map(aware, times)),
            sorted(map(day, times)),
            sorted(each for each in found if not isinstance(each, datetime)),
        )

    def expired(self, now: Moment | None) -> Hashable:
        """How many are expired at *now*, as a key: it is the same as long as none expires."""
        if now is None:
            return None
        times, days_of_times, days = self._expiries
        if isinstance(now, datetime):
            return bisect_right(times, aware(now)), bisect_left(days, day(now)), True
        return bisect_left(days_of_times, now), bisect_left(days, now), False

    def state(self, key: Hashable, make: Callable[[Judged], _State]) -> _State:
        """What is found for a time and a context, which *key* stands for: made once."""
        found = self._states.get(key)
        if found is None:
            if len(self._states) >= _MOST_STATES:
                self._states.clear()
            found = self._states.setdefault(key, make(self))
        return cast("_State", found)

    @lazy
    def _own_size(self) -> int:
        return sum(map(size_of_text, self.places)) + _BYTES * len(self.items)

    @property
    def size(self) -> int:
        """About how many bytes it takes beside its items."""
        return self._own_size + sum(state.size for state in [*self._states.values()])


def but(items: tuple[Related, ...], numbers: Sequence[int]) -> tuple[Related, ...]:
    """*items* but for those of these *numbers*, which ascend; the same object where it is all."""
    found: list[Related] = []
    last = 0
    for number in numbers:
        found += items[last:number]
        last = number + 1
    return (*found, *items[last:]) if last else items


def is_many(items: Sequence[object]) -> bool:
    """Whether *items* are so many that it pays to judge them once for many pages."""
    return len(items) >= _FEW and set(map(type, items)) == {Related}


def site_of(items: Sequence[Related]) -> Callable[[str], str] | None:
    """What tells from where the addresses of *items* lead to the same places as from a page: the site, else the folder.

    None where some lead elsewhere from each page.
    """
    if all(item.fault or is_of_site(item.href) for item in items):
        return root_of
    return folder_of if all(item.fault or is_of_folder(item.href) for item in items) else None


def judge(items: tuple[Related, ...], root: str) -> Judged:
    """*items* as they are on the site, or in the folder, that begins at *root*."""
    places = ["" if item.fault else comparable(item.href, root) for item in items]
    groups = _groups(items, places)
    special = (number for number, item in enumerate(items) if not places[number] or _depends(item) or number in groups)
    at: dict[str, int] = {}
    for number, place in enumerate(places):
        if place:
            at.setdefault(place, number)
    return Judged(items, places, at, groups, tuple(special))


def _groups(items: Sequence[Related], places: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Those that share a place or an id, directly or by others: all of a group for each."""
    leader = list(range(len(items)))

    def first(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    known: dict[Hashable, int] = {}
    for number, (item, place) in enumerate(zip(items, places, strict=True)):
        for name in ((place,), None if item.id is None else (item.id, "id")) if place else ():
            if name is not None:
                one, other = first(known.setdefault(name, number)), first(number)
                leader[max(one, other)] = min(one, other)
    # The first of a group leads it.
    groups: dict[int, list[int]] = {}
    for number in range(len(items)):
        if (of := first(number)) != number:
            groups.setdefault(of, [of]).append(number)
    return {number: tuple(group) for group in groups.values() for number in group}


def _depends(item: Related) -> bool:
    """Whether it may be shown on some pages only, or on none."""
    return bool(item.fault or item.when or item.expires is not None or item.sponsored)
