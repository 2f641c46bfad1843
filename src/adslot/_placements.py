"""Placements: the solver's choice in document order, numbered and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

import attrs

from adslot._compile import Compiled
from adslot._solve import Choice
from adslot._usable import Stock
from adslot.article import ID_PREFIX
from adslot.policy import Slot
from adslot.related import Related

MANUAL_RULE = "here"
AFTER_LEAD = "after lead"


@attrs.frozen
class Placement:
    """A slot put in a gap.

    *gap* is the index of the gap, None for a place outside the story. *offset* is where in the input
    the markup goes (code points for `str`, bytes for `bytes`, None at the tree door). *stack* counts
    the slots above it at the same place. *items* are the articles that a teaser shows.
    """

    rule: str
    slot: str
    id: str
    gap: int | None
    offset: int | None
    stack: int = 0
    items: tuple[Related, ...] = ()
    anchor: str | None = None

    @property
    def item(self) -> Related | None:
        """The article that a teaser shows; of a list the first one."""
        return self.items[0] if self.items else None


def placements_of(compiled: Compiled, choice: Choice, stock: Stock) -> tuple[Placement, ...]:
    """The placements of *choice*; teasers show the articles of *stock*."""
    puts = sorted(_puts(compiled, choice), key=itemgetter(0, 1))
    teasers = [(slot, gap) for _, _, _, slot, gap, _, _ in puts if slot.kind == "teaser"]
    sections = [None if gap is None else compiled.article.section_at[gap] for _, gap in teasers]
    shares = share([slot.items for slot, _ in teasers], sections, stock)
    return tuple(_number(puts, shares, compiled.article.ids))


# Where it stands and its place in a stack, to sort by; then the fields of a placement, the slot as it is declared.
_Put = tuple[int, int, str, Slot, int | None, int | None, str | None]


def _puts(compiled: Compiled, choice: Choice) -> Iterator[_Put]:
    """The slots of *choice* and of editors, before they are numbered."""
    article = compiled.article
    for slot, gap in compiled.things.standing:
        at = article.slot_offset(gap)
        yield gap if at is None else at, -1, MANUAL_RULE, slot, gap, at, None
    for order, gaps in enumerate(choice.gaps):
        rule, slot = compiled.rules[order], compiled.slots[order]
        for gap in gaps:
            is_outside = compiled.is_outside(order, gap)
            at = article.lead_outside.offset if is_outside and article.lead_outside else article.slot_offset(gap)
            anchor = str(rule.at[compiled.spots(order)[gap].rank]) if rule.at else None
            yield gap if at is None else at, order, rule.name, slot, None if is_outside else gap, at, anchor
        for number in choice.pages[order]:
            page = compiled.pages(order)[number]
            at = page.place.offset
            yield -1 if at is None else at, order, rule.name, slot, None, at, page.anchor


def share(rooms: Sequence[int], sections: Sequence[int | None], stock: Stock) -> list[tuple[Related, ...]]:
    """What of *stock* each teaser shows, from top to bottom: *rooms* has how many it may, *sections* where it stands.

    Each shows one before any shows two, and first what was offered for its section.
    """
    waiting = dict.fromkeys(range(len(stock.items)))
    shares: list[list[int]] = []
    counts = list(_counts(rooms, len(waiting)))
    for count, section in zip(counts, sections, strict=True):
        meant = stock.offers[section] if stock.offers and section is not None else tuple(waiting)
        shares.append(list(islice((index for index in meant if index in waiting), count)))
        for index in shares[-1]:
            del waiting[index]
    for count, shown in zip(counts, shares, strict=True):
        more = list(islice(waiting, count - len(shown)))
        shown.extend(more)
        for index in more:
            del waiting[index]
    return [tuple(stock.items[index] for index in shown) for shown in shares]


def _counts(rooms: Sequence[int], items: int) -> Iterator[int]:
    """How many of so many *items* go where: what there is room for, and one is left for each teaser below."""
    for below, room in zip(reversed(range(len(rooms))), rooms, strict=True):
        count = min(room, items - below)
        items -= count
        yield count


def _number(puts: Sequence[_Put], shares: Iterable[tuple[Related, ...]], taken: frozenset[str]) -> Iterator[Placement]:
    """Ids in document order, to teasers their articles, places in stacks."""
    counts: dict[str, int] = {}
    waiting = iter(shares)
    last: tuple[int, int | None] | None = None
    stack = 0
    for where, _, rule, slot, gap, offset, anchor in puts:
        counts[rule] = counts.get(rule, 0) + 1
        stack = stack + 1 if last == (where, gap) else 0
        last = where, gap
        items = next(waiting) if slot.kind == "teaser" else ()
        name = _unused(f"{ID_PREFIX}{rule}-{counts[rule]}", taken)
        yield Placement(rule, slot.name, name, gap, offset, stack, items, anchor)


def _unused(name: str, taken: frozenset[str]) -> str:
    """*name*, made longer until the page has no such id: it must be unique."""
    while name in taken:
        name += "-slot"
    return name
