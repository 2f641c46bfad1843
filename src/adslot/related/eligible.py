"""Which of the related articles may be shown on a page, and why the others may not.

Never the article itself, never what its text links to, never one twice, never a URL that could run
code, nothing that is over or meant for other contexts. The page's links are read
lazily: a page without articles to show is not searched for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import attrs

from adslot.article.outline import Outline
from adslot.kept import lazy
from adslot.policy.conditions import mismatch
from adslot.policy.labels import usual
from adslot.policy.numbers import told
from adslot.policy.policy import Policy
from adslot.related.judged import Judged, but, is_many
from adslot.related.known import inventory_of
from adslot.related.request import Request
from adslot.related.stock import Stock, Unused
from adslot.related.urls import comparable, joined
from adslot.related.values import Fault, Related

# The places of a page, or of what it links to, and how they are written there.
_Places = Mapping[str, str]
# What an article takes in bytes in what was found for a time and a context, and beside that one that is not shown.
_BYTES, _HIDDEN_BYTES = 24, 200


@attrs.frozen(eq=False)
class _State:
    """What may be shown of an inventory at some time in some context: the *stock* of a page that is not in the way.

    The *barred* ones may be shown on no page then, and are in nobody's way. *expiring* and *sponsored* are those that are left.
    """

    stock: Stock
    barred: frozenset[int]
    expiring: tuple[int, ...]
    sponsored: tuple[int, ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return _HIDDEN_BYTES * len(self.stock.unused) + _BYTES * (len(self.stock.items) + len(self.barred))


def stock_of(outline: Outline, policy: Policy, request: Request) -> Stock:
    """What a request offers for a page. A callable is asked once for each section, in their order."""
    source = request.related
    if not any(slot.shows_articles for slot in policy.slots):
        return Stock() if callable(source) else Stock(items=tuple(source))
    chosen = _Filter(outline, policy, request)
    if callable(source):
        return chosen.stock(tuple(chosen.take_for_section(source(section)) for section in outline.sections))
    return chosen.stock_of_all(tuple(source))


class _Filter:
    """Takes one article after the other, and keeps those that may be shown."""

    def __init__(self, outline: Outline, policy: Policy, request: Request) -> None:
        self._outline, self._policy, self._request = outline, policy, request
        self._judged: set[Related] = set()
        self._kept: dict[Related, int] = {}
        self._unused: list[Unused] = []
        self._urls: dict[str, Related] = {}
        self._ids: dict[str | int, Related] = {}

    def take_for_section(self, items: Iterable[Related]) -> tuple[int, ...]:
        """Take what is offered for one section, and perhaps for others as well; the indices of what may be shown."""
        offered = dict.fromkeys(items)
        for item in offered:
            if item not in self._judged:
                self.take(item)
        return tuple(self._kept[item] for item in offered if item in self._kept)

    def take(self, item: Related) -> None:
        fault = self._fault(item)
        self._judged.add(item)
        if fault:
            self._unused.append(Unused(item, *fault))
        else:
            self._kept[item] = len(self._kept)

    def stock_of_all(self, items: tuple[Related, ...]) -> Stock:
        """What may be shown of *items*, all of which go with any section."""
        if not is_many(items):
            for item in items:
                self.take(item)
            return self.stock()
        inventory = inventory_of(items)
        found = inventory.judged(self._base)
        stock = self._stock_of_site(found) if found else self._stock_of_page(inventory.items)
        return attrs.evolve(stock, inventory=inventory.items)

    def _stock_of_page(self, items: tuple[Related, ...]) -> Stock:
        """What may be shown of *items*, where the page has to be asked for each."""
        without = list[int]()
        for number, item in enumerate(items):
            self.take(item)
            if len(self._unused) > len(without):
                without.append(number)
        return attrs.evolve(self.stock(), without=tuple(without))

    def _stock_of_site(self, found: Judged) -> Stock:
        """What may be shown of an inventory that is known from other pages, where this one is not in the way."""
        context = self._request.context or {}
        missed = tuple(mismatch(when, context) for when in found.conditions)
        state = found.state((found.expired(self._request.now), missed, bool(self._ad_label)), self._state)
        touched = [number for number in self._touched(found) if number not in state.barred]
        return self._but_touched(found, state, touched) if touched else state.stock

    def _but_touched(self, found: Judged, state: _State, touched: Sequence[int]) -> Stock:
        """What may be shown in a *state* where the page may be in the way of those that it has *touched*."""
        changed = self._beside(found, touched, state.barred, (self._own, self._linked))
        numbers, unused = list(state.stock.without), list(state.stock.unused)
        for number in touched:
            at = bisect_left(numbers, number)
            stop = at + (numbers[at : at + 1] == [number])
            fault = changed.get(number)
            numbers[at:stop] = [number] if fault else []
            unused[at:stop] = [Unused(found.items[number], *fault)] if fault else []
        shown = [number for number in touched if number not in changed]
        special = [
            next((found.items[number] for number in some if number not in changed), None)
            for some in (state.expiring, state.sponsored)
        ]
        special += [found.items[number] for number in shown]
        return self._stock(but(found.items, numbers), unused, filter(None, special), without=tuple(numbers))

    def _touched(self, found: Judged) -> list[int]:
        """Those at places where the page is or leads to, and those that share something with one of them."""
        places = {place for place in chain(self._own, self._linked) if place in found.at}
        numbers = {number for place in places for number in found.groups.get(found.at[place], (found.at[place],))}
        return sorted(numbers)

    def _state(self, found: Judged) -> _State:
        """What may be shown in this context, at this time, where no page is in the way."""
        special = {number: found.items[number] for number in found.special}
        faults = ((number, item.fault or self._fault_here(item)) for number, item in special.items())
        barred = {number: fault for number, fault in faults if fault}
        hidden = {**barred, **self._beside(found, found.special, barred, ({}, {}))}
        numbers = tuple(sorted(hidden))
        left = {number: item for number, item in special.items() if number not in hidden}
        unused = [Unused(found.items[number], *hidden[number]) for number in numbers]
        return _State(
            self._stock(but(found.items, numbers), unused, left.values(), without=numbers),
            frozenset(barred),
            tuple(number for number, item in left.items() if item.expires is not None),
            tuple(number for number, item in left.items() if item.sponsored),
        )

    def _beside(
        self, found: Judged, numbers: Iterable[int], barred: Collection[int], page: tuple[_Places, _Places]
    ) -> dict[int, Fault]:
        """Those of *numbers* that are not *barred*, and whose place has the *page*, or one before."""
        faults: dict[int, Fault] = {}
        kept: tuple[dict[str, Related], dict[str | int, Related]] = {}, {}
        for number in numbers:
            if number not in barred and (fault := _fault_beside(found.items[number], found.places[number], page, kept)):
                faults[number] = fault
        return faults

    def stock(self, offers: tuple[tuple[int, ...], ...] = ()) -> Stock:
        """What may be shown of what was taken."""
        return self._stock(tuple(self._kept), self._unused, self._kept, offers)

    def _stock(
        self,
        items: tuple[Related, ...],
        unused: Sequence[Unused],
        special: Iterable[Related],
        offers: tuple[tuple[int, ...], ...] = (),
        *,
        without: tuple[int, ...] = (),
    ) -> Stock:
        """The stock of *items*, of which the *special* ones may expire, or be sponsored."""
        special = tuple(special)
        return Stock(
            items=items,
            unused=tuple(unused),
            without=without,
            offers=offers,
            ad_label=self._ad_label if any(item.sponsored for item in special) else "",
            warnings=tuple(self._warnings(special, unused)),
        )

    def _warnings(self, kept: Iterable[Related], unused: Iterable[Unused]) -> Iterator[str]:
        if self._request.now is None and any(item.expires for item in kept):
            yield "some of the related articles expire, and no time 'now' was given to hold them to"
        if any(each.code == "label" for each in unused):
            yield "sponsored articles are not shown: the language of the policy is needed to label them"

    # ------------------------------------------------------------------------------------------ faults

    def _fault(self, item: Related) -> Fault | None:
        if not isinstance(item, Related):
            raise TypeError(f"expected a Related, found {told(item)}")
        if fault := item.fault or self._fault_here(item):
            return fault
        return _fault_beside(item, self._place(item.href), (self._own, self._linked), (self._urls, self._ids))

    def _fault_here(self, item: Related) -> Fault | None:
        """What the caller says against it."""
        if item.when and (key := mismatch(item.when, self._request.context or {})):
            return "context", key
        if item.expires is not None and self._request.now is not None and item.is_expired(self._request.now):
            return "expired", item.expires.isoformat()
        return ("label", None) if item.sponsored and not self._ad_label else None

    def _place(self, url: str) -> str:
        return comparable(url, self._base)

    @lazy
    def _base(self) -> str:
        """What relative URLs of the page are relative to."""
        links = self._outline.links
        page = next(filter(None, (self._request.url, *links.own)), "")
        return joined(page, links.base)

    @lazy
    def _own(self) -> dict[str, str]:
        urls = chain(filter(None, [self._request.url]), self._outline.links.own)
        return {place: url for url in urls if (place := self._place(url))}

    @lazy
    def _linked(self) -> dict[str, str]:
        return {place: href for href in self._outline.links.hrefs if (place := self._place(href))}

    @lazy
    def _ad_label(self) -> str:
        policy = self._policy
        labels = [slot.label for slot in policy.slots if slot.is_ad]
        return usual((policy.article.language, self._outline.page_language), labels)


def _fault_beside(
    item: Related,
    place: str,
    page: tuple[_Places, _Places],
    kept: tuple[dict[str, Related], dict[str | int, Related]],
) -> Fault | None:
    """Where the article is already: on the *page*, which is or links to its place, or *kept*; else it is kept from now on."""
    (own, linked), (urls, ids) = page, kept
    if not place or place in own:
        return "self", own.get(place)
    if place in linked:
        return "linked", linked[place]
    if place in urls:
        return "duplicate", urls[place].url
    if item.id is not None and (same := ids.setdefault(item.id, item)) is not item:
        return "duplicate", same.url
    urls[place] = item
    return None
