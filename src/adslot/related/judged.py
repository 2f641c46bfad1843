"""An inventory as it is judged for every page of a site: what may be shown on any, but where the page itself is in the way.

Most articles of an inventory are for everybody, do not expire, and have an address of their own: of these a page has
only to be asked whether it is one of them or links to one. So a page costs what it says, and what is *special* in the
inventory, however many articles there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from adslot.kept import Shelf, lazy, size_of_text
from adslot.related.urls import comparable, is_of_site, root_of
from adslot.related.values import Related

# Inventories with less are judged as fast for each page.
_FEW = 256
# What an article takes in a judged inventory, beside its place.
_BYTES = 150


@attrs.frozen(eq=False)
class Judged:
    """*items* on any page of one site: *at* leads from the place of each ordinary one to its number.

    The *special* ones, by number, have to be judged for each page, in their order: those with a fault, a date, a
    condition or a sponsor, and those that share an address or an id. None of them can be in the way of an ordinary one.
    """

    items: tuple[Related, ...]
    at: Mapping[str, int]
    special: tuple[int, ...]

    @lazy
    def size(self) -> int:
        """About how many bytes it takes beside its items."""
        return sum(map(size_of_text, self.at)) + _BYTES * len(self.items)

    def without(self, numbers: Iterable[int]) -> tuple[Related, ...]:
        """The items but for those of these *numbers*; the same object where it is all."""
        found: list[Related] = []
        last = 0
        for number in sorted(numbers):
            found += self.items[last:number]
            last = number + 1
        return (*found, *self.items[last:]) if last else self.items


def is_many(items: Sequence[object]) -> bool:
    """Whether *items* are so many that it pays to judge them once for many pages."""
    return len(items) >= _FEW and all(type(item) is Related for item in items)


def judged(items: tuple[Related, ...], base: str) -> Judged | None:
    """*items* as they are on the site of *base*, kept for its next page.

    None where each page has to be asked for itself: where one has an address that leads elsewhere from each.
    """
    return _shelf((items, root_of(base)))


def _judge(of: tuple[tuple[Related, ...], str]) -> Judged | None:
    items, root = of
    if not all(item.fault or is_of_site(item.href) for item in items):
        return None
    places = [comparable(item.href, root) for item in items]
    by_place, by_id = Counter(places), Counter(item.id for item in items)
    ordinary = {
        place: number
        for number, (item, place) in enumerate(zip(items, places, strict=True))
        if place and by_place[place] == 1 and (item.id is None or by_id[item.id] == 1) and not _depends(item)
    }
    numbers = set(ordinary.values())
    return Judged(items, ordinary, tuple(number for number in range(len(items)) if number not in numbers))


def _depends(item: Related) -> bool:
    """Whether it may be shown on some pages only, or on none."""
    return bool(item.fault or item.when or item.expires is not None or item.sponsored)


def _size(found: Judged | None) -> int:
    return 0 if found is None else found.size


_shelf = Shelf[tuple[tuple[Related, ...], str], Judged | None](megabytes=32, count=8, make=_judge, size=_size)
