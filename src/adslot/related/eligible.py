"""Which of the related articles may be shown on a page, and why the others may not.

Never the article itself, never what its text links to, never one twice, never a URL that could run
code, nothing that is over or meant for other contexts. The page's links are read
lazily: a page without articles to show is not searched for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs

from adslot.article.outline import Outline
from adslot.kept import lazy
from adslot.policy.conditions import mismatch
from adslot.policy.labels import usual
from adslot.policy.numbers import brief, told
from adslot.policy.policy import Policy
from adslot.related.judged import Judged, is_many, judged
from adslot.related.request import Request
from adslot.related.urls import comparable, joined
from adslot.related.values import Fault, Related


@attrs.frozen
class Unused:
    """A related article that no teaser shows: *code* says why, *against* names the other thing.

    That is a link of the text, the page's own URL, the article that comes before it, the date, the
    scheme, or the key of the context.
    """

    item: Related = attrs.field(repr=brief)
    code: str
    against: str | None = attrs.field(default=None, repr=brief)


@attrs.frozen(kw_only=True)
class Stock:
    """The *items* to show, in the order given, and the *unused* ones.

    *offers* has for each section of the article the items, by index, that were offered for it, and is empty
    where all go with any. *ad_label* is what stands above sponsored ones.
    """

    items: tuple[Related, ...] = ()
    unused: tuple[Unused, ...] = ()
    offers: tuple[tuple[int, ...], ...] = ()
    ad_label: str = ""
    warnings: tuple[str, ...] = ()


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
        found = judged(items, self._base) if is_many(items) else None
        if found is None:
            for item in items:
                self.take(item)
            return self.stock()
        unused = self._unused_of(found)
        special = [items[number] for number in found.special if number not in unused]
        return self._stock(found.without(unused), [unused[number] for number in sorted(unused)], special)

    def _unused_of(self, found: Judged) -> dict[int, Unused]:
        """Those of an inventory that may not be shown, by their number."""
        unused: dict[int, Unused] = {}
        for code, places in (("self", self._own), ("linked", self._linked)):
            for place in places.keys() & found.at.keys():
                number = found.at[place]
                unused.setdefault(number, Unused(found.items[number], code, places[place]))
        for number in found.special:
            if fault := self._fault(found.items[number]):
                unused[number] = Unused(found.items[number], *fault)
        return unused

    def stock(self, offers: tuple[tuple[int, ...], ...] = ()) -> Stock:
        """What may be shown of what was taken."""
        return self._stock(tuple(self._kept), self._unused, self._kept, offers)

    def _stock(
        self,
        items: tuple[Related, ...],
        unused: Sequence[Unused],
        special: Iterable[Related],
        offers: tuple[tuple[int, ...], ...] = (),
    ) -> Stock:
        """The stock of *items*, of which the *special* ones may expire, or be sponsored."""
        special = tuple(special)
        return Stock(
            items=items,
            unused=tuple(unused),
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
        return item.fault or self._fault_here(item) or self._fault_beside(item)

    def _fault_here(self, item: Related) -> Fault | None:
        """What the caller says against it."""
        if item.when and (key := mismatch(item.when, self._request.context or {})):
            return "context", key
        if item.expires is not None and self._request.now is not None and item.is_expired(self._request.now):
            return "expired", item.expires.isoformat()
        return ("label", None) if item.sponsored and not self._ad_label else None

    def _fault_beside(self, item: Related) -> Fault | None:
        """Where the article is already; else its place is its own from now on."""
        place = self._place(item.href)
        if not place or place in self._own:
            return "self", self._own.get(place)
        if place in self._linked:
            return "linked", self._linked[place]
        if place in self._urls:
            return "duplicate", self._urls[place].url
        if item.id is not None and (same := self._ids.setdefault(item.id, item)) is not item:
            return "duplicate", same.url
        self._urls[place] = item
        return None

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
