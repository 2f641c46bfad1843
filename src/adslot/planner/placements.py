"""Placements: the solver's choice in document order, numbered and named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter

import attrs

from adslot.html.slot_form import new_id
from adslot.planner.compile import Compiled
from adslot.planner.solver.assign import STANDING, Showcase, assign
from adslot.planner.solver.problem import Choice
from adslot.policy.numbers import brief, how_many
from adslot.policy.slots import Slot
from adslot.related.values import Related
from adslot.roles import HERE

AFTER_LEAD = "after lead"
# The anchor of slots below the story.
END = "end"


@attrs.frozen
class Placement:
    """A slot put in a gap.

    *gap* is the index of the gap, None for a place outside the story. *offset* is where in the input
    the markup goes (code points for `str`, bytes for `bytes`, None at the tree door). *stack* counts
    the slots above it at the same place. *items* are the articles that a teaser shows; the *relevance* of the
    first to the section is in permille, None where it was not worked out. *number* counts the slots of the rule.
    """

    rule: str = attrs.field(repr=brief)
    slot: str = attrs.field(repr=brief)
    id: str = attrs.field(repr=brief)
    gap: int | None = attrs.field(kw_only=True)
    offset: int | None = attrs.field(kw_only=True)
    stack: int = attrs.field(default=0, kw_only=True)
    items: tuple[Related, ...] = attrs.field(default=(), repr=how_many, kw_only=True)
    anchor: str | None = attrs.field(default=None, repr=brief, kw_only=True)
    relevance: int | None = attrs.field(default=None, kw_only=True)
    number: int = attrs.field(default=1, kw_only=True)

    @property
    def item(self) -> Related | None:
        """The article that a teaser shows; of a list the first one."""
        return self.items[0] if self.items else None


def placements_of(compiled: Compiled, choice: Choice, items: Sequence[Related], prefix: str) -> tuple[Placement, ...]:
    """The placements of *choice*; teasers show the most relevant of *items*, else those in the order given.

    *prefix* is what their ids begin with.
    """
    puts = sorted(_puts(compiled, choice), key=attrgetter("where", "order"))
    teasers = [put for put in puts if put.slot.shows_articles]
    return tuple(_number(compiled, puts, items, iter(_shares(compiled, teasers, len(items))), prefix))


@attrs.frozen(kw_only=True)
class _Put:
    """A slot before it is numbered: *where* it stands and its *order* in a stack, to sort by, and what it becomes."""

    where: int
    order: int
    rule: str
    slot: Slot
    gap: int | None
    offset: int | None
    anchor: str | None = None


def _shown(compiled: Compiled, teasers: Sequence[_Put]) -> Sequence[int | None] | None:
    """Which article each of *teasers* shows; None where it does not matter."""
    inventory = compiled.problem.inventory if teasers else None
    if inventory is None:
        return None
    showcases = []
    for put in teasers:
        zone = inventory.at[-1 if put.gap is None else put.gap]
        task = compiled.problem.tasks[put.order] if put.order >= 0 else None
        showcases.append(
            Showcase(STANDING, zone) if task is None else Showcase(task.priority, zone, task.weight, task.floor)
        )
    return assign(inventory, showcases, ordered=True).items


def _puts(compiled: Compiled, choice: Choice) -> Iterator[_Put]:
    """The slots of *choice* and of editors, before they are numbered."""
    article = compiled.article
    for slot, gap in compiled.things.standing:
        at = article.slot_offset(gap)
        yield _Put(where=gap if at is None else at, order=-1, rule=HERE, slot=slot, gap=gap, offset=at)
    for order, gaps in enumerate(choice.gaps):
        rule, slot = compiled.rules[order], compiled.slots[order]
        ways = compiled.places.served(order, gaps) or ()
        for place, way in zip(gaps, ways, strict=True):
            gap = min(place, compiled.last)
            is_outside = gap == 0 and compiled.places.is_outside(order, ways)
            at = article.lead_outside.offset if is_outside and article.lead_outside else article.slot_offset(gap)
            anchor = None if way is None or not rule.at else str(rule.at[way.rank])
            yield _Put(
                where=gap if at is None else at,
                order=order,
                rule=rule.name,
                slot=slot,
                gap=None if is_outside else gap,
                offset=at,
                anchor=anchor,
            )
        for number in choice.pages[order]:
            page = compiled.pages(order)[number]
            at = page.place.offset
            yield _Put(
                where=-1 if at is None else at,
                order=order,
                rule=rule.name,
                slot=slot,
                gap=None,
                offset=at,
                anchor=page.anchor,
            )


def _shares(compiled: Compiled, teasers: Sequence[_Put], items: int) -> list[list[int]]:
    """What each of *teasers* shows, of so many *items*: one before any shows two, then as many as there is room for."""
    shown, counts = _shown(compiled, teasers), list(_counts([put.slot.items for put in teasers], items))
    if shown is None:
        waiting = iter(range(items))
        return [list(islice(waiting, count)) for count in counts]
    shares = [[] if first is None else [first] for first in shown]
    taken = set(chain.from_iterable(shares))
    for put, share, count in zip(teasers, shares, counts, strict=True):
        if count > len(share):
            least = compiled.rules[put.order].min_relevance if put.order >= 0 else 0
            more = compiled.suited(put.gap, count - len(share), without=taken, least=least)
            share.extend(more)
            taken.update(more)
    return shares


def _counts(rooms: Sequence[int], items: int) -> Iterator[int]:
    """How many of so many *items* go where: what there is room for, and one is left for each teaser below."""
    for below, room in zip(reversed(range(len(rooms))), rooms, strict=True):
        count = min(room, items - below)
        items -= count
        yield count


def _number(
    compiled: Compiled, puts: Sequence[_Put], items: Sequence[Related], shares: Iterator[list[int]], prefix: str
) -> Iterator[Placement]:
    """Ids in document order, to teasers their *shares*, places in stacks."""
    counts: dict[str, int] = {}
    taken = compiled.article.ids
    last: tuple[int, int | None] | None = None
    stack = 0
    for put in puts:
        counts[put.rule] = number = counts.get(put.rule, 0) + 1
        stack = stack + 1 if last == (put.where, put.gap) else 0
        last = put.where, put.gap
        share = next(shares) if put.slot.shows_articles else []
        yield Placement(
            put.rule,
            put.slot.name,
            new_id(prefix, put.rule, number, taken),
            gap=put.gap,
            offset=put.offset,
            stack=stack,
            items=tuple(items[index] for index in share),
            anchor=put.anchor,
            relevance=compiled.relevance(put.gap, share[0]) if share else None,
            number=number,
        )
