"""Inventories that are known: of each what its words tell, and what may be shown of it, worked out once for many pages."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_

from adslot.kept import Shelf, lazy
from adslot.related.inventory import TermIndex
from adslot.related.judged import Judged, judge, site_of
from adslot.related.values import Related

# So many sites of one inventory are remembered.
_MOST_SITES = 8
# What an inventory takes in bytes whatever is in it.
_BYTES = 4000


class Inventory:
    """Articles that many pages choose from."""

    def __init__(self, items: tuple[Related, ...]) -> None:
        self.items = items
        self._sites: dict[str, Judged] = {}

    @lazy
    def index(self) -> TermIndex:
        """The articles by their words."""
        return TermIndex(self.items)

    @lazy
    def _site_of(self) -> Callable[[str], str] | None:
        """What tells from where addresses lead to the same places as from a page."""
        return site_of(self.items)

    def judged(self, base: str) -> Judged | None:
        """The articles as they are on the site of *base*, or in its folder; None where each page has to be asked for itself."""
        if self._site_of is None:
            return None
        root = self._site_of(base)
        found = self._sites.get(root)
        if found is None:
            if len(self._sites) >= _MOST_SITES:
                self._sites = {}
            found = self._sites[root] = judge(self.items, root)
        return found

    @property
    def size(self) -> int:
        """About how many bytes it takes by now."""
        index = self.index.size if "index" in vars(self) else 0
        return _BYTES + index + sum(site.size for site in [*self._sites.values()])


def _are_the_same(these: tuple[Related, ...], others: tuple[Related, ...]) -> bool:
    return these is others or (len(these) == len(others) and all(map(is_, these, others)))


# The very same articles are looked for first: to compare many by what they are takes long.
inventory_of = Shelf[tuple[Related, ...], Inventory](
    megabytes=96, count=16, make=Inventory, size=lambda inventory: inventory.size, is_same=_are_the_same
)
