"""Placements: the solver's choice in document order, numbered and named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot._compile import Compiled
from adslot._solve import Choice
from adslot.article import ID_PREFIX
from adslot.related import Related

MANUAL_RULE = "here"
AFTER_LEAD = "after lead"


@attrs.frozen
class Placement:
    """A slot put in a gap.

    *gap* is the index of the gap, None for a place outside the story. *offset* is where in the input
    the markup goes (code points for `str`, bytes for `bytes`, None at the tree door). *stack* counts
    the slots above it at the same place.
    """

    rule: str
    slot: str
    id: str
    gap: int | None
    offset: int | None
    stack: int = 0
    item: Related | None = None
    anchor: str | None = None


def placements_of(compiled: Compiled, choice: Choice, items: Sequence[Related]) -> tuple[Placement, ...]:
    """The placements of *choice*; teasers show *items* in the order given."""
    puts = sorted(_puts(compiled, choice), key=lambda put: (put.where, put.order))
    return tuple(_number(puts, items, compiled.article.ids))


@attrs.frozen
class _Put:
    """A placement before it is numbered. *where* and *order* sort in document order, a stack by priority."""

    where: int
    order: int
    rule: str
    slot: str
    kind: str
    gap: int | None
    offset: int | None
    anchor: str | None


def _puts(compiled: Compiled, choice: Choice) -> Iterator[_Put]:
    article = compiled.article
    for slot, gap in compiled.things.standing:
        at = article.slot_offset(gap)
        yield _Put(_where(at, gap), -1, MANUAL_RULE, slot.name, slot.kind, gap, at, None)
    for order, (rule, slot) in enumerate(zip(compiled.rules, compiled.slots, strict=True)):
        for gap in choice.gaps[order]:
            is_outside = compiled.is_outside(order, gap)
            at = article.lead_outside.offset if is_outside and article.lead_outside else article.slot_offset(gap)
            anchor = str(rule.at[compiled.spots(order)[gap].rank]) if rule.at else None
            shown = None if is_outside else gap
            yield _Put(_where(at, gap), order, rule.name, slot.name, slot.kind, shown, at, anchor)
        for number in choice.pages[order]:
            page = compiled.pages(order)[number]
            at = page.place.offset
            yield _Put(_where(at, -1), order, rule.name, slot.name, slot.kind, None, at, page.anchor)


def _where(offset: int | None, gap: int) -> int:
    return gap if offset is None else offset


def _number(puts: Sequence[_Put], items: Sequence[Related], taken: frozenset[str]) -> Iterator[Placement]:
    """Ids in document order, items to teasers in the order given, places in stacks."""
    counts: dict[str, int] = {}
    waiting = iter(items)
    last: tuple[int, int | None] | None = None
    stack = 0
    for put in puts:
        counts[put.rule] = counts.get(put.rule, 0) + 1
        stack = stack + 1 if last == (put.where, put.gap) else 0
        last = (put.where, put.gap)
        item = next(waiting, None) if put.kind == "teaser" else None
        name = _unused(f"{ID_PREFIX}{put.rule}-{counts[put.rule]}", taken)
        yield Placement(put.rule, put.slot, name, put.gap, put.offset, stack, item, put.anchor)


def _unused(name: str, taken: frozenset[str]) -> str:
    """*name*, made longer until the page has no such id: it must be unique."""
    while name in taken:
        name += "-slot"
    return name
