"""Placements: the solver's choice in document order, numbered and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

import attrs

from adslot.html.slot_form import new_id
from adslot.planner.compile import Compiled
from adslot.planner.solver import assign
from adslot.planner.solver.assign import STANDING, Stand
from adslot.planner.solver.problem import Choice
from adslot.policy.declarations import Slot
from adslot.related.values import Related
from adslot.roles import HERE

AFTER_LEAD = "after lead"


@attrs.frozen
class Placement:
    """A slot put in a gap.

    *gap* is the index of the gap, None for a place outside the story. *offset* is where in the input
    the markup goes (code points for `str`, bytes for `bytes`, None at the tree door). *stack* counts
    the slots above it at the same place. *items* are the articles that a teaser shows; the *relevance* of the
    first to the section is in permille, None where it was not worked out. *number* counts the slots of the rule.
    """

    rule: str
    slot: str
    id: str
    gap: int | None
    offset: int | None
    stack: int = 0
    items: tuple[Related, ...] = ()
    anchor: str | None = None
    relevance: int | None = None
    number: int = 1

    @property
    def item(self) -> Related | None:
        """The article that a teaser shows; of a list the first one."""
        return self.items[0] if self.items else None


def placements_of(compiled: Compiled, choice: Choice, items: Sequence[Related], prefix: str) -> tuple[Placement, ...]:
    """The placements of *choice*; teasers show the most relevant of *items*, else those in the order given.

    *prefix* is what their ids begin with.
    """
    puts = sorted(_puts(compiled, choice), key=itemgetter(0, 1))
    teasers = [put for put in puts if put[3].shows_articles]
    return tuple(_number(compiled, puts, items, iter(_shares(compiled, teasers, len(items))), prefix))


# Where it stands and its place in a stack, to sort by; then the fields of a placement, the slot as it is declared.
_Put = tuple[int, int, str, Slot, int | None, int | None, str | None]


def _shown(compiled: Compiled, teasers: Sequence[_Put]) -> Sequence[int | None] | None:
    """Which article each of *teasers* shows; None where it does not matter."""
    inventory = compiled.problem.inventory if teasers else None
    if inventory is None:
        return None
    stands = []
    for _, order, _, _, gap, _, _ in teasers:
        kind = inventory.at[-1 if gap is None else gap]
        task = compiled.problem.tasks[order] if order >= 0 else None
        stands.append(Stand(STANDING, kind) if task is None else Stand(task.priority, kind, task.weight, task.floor))
    return assign(inventory, stands, ordered=True).items


def _puts(compiled: Compiled, choice: Choice) -> Iterator[_Put]:
    """The slots of *choice* and of editors, before they are numbered."""
    article = compiled.article
    for slot, gap in compiled.things.standing:
        at = article.slot_offset(gap)
        yield gap if at is None else at, -1, HERE, slot, gap, at, None
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


def _shares(compiled: Compiled, teasers: Sequence[_Put], items: int) -> list[list[int]]:
    """What each of *teasers* shows, of so many *items*: one before any shows two, then as many as there is room for."""
    shown, counts = _shown(compiled, teasers), list(_counts([put[3].items for put in teasers], items))
    if shown is None:
        waiting = iter(range(items))
        return [list(islice(waiting, count)) for count in counts]
    shares = [[] if first is None else [first] for first in shown]
    left = set(range(items)).difference(*shares)
    for put, share, count in zip(teasers, shares, counts, strict=True):
        more = _suitable(compiled, put, left)[: count - len(share)] if count > len(share) else []
        share.extend(more)
        left -= set(more)
    return shares


def _suitable(compiled: Compiled, put: _Put, items: Iterable[int]) -> list[int]:
    """Those of *items* that are relevant enough for a teaser, the most relevant ones first."""
    _, order, _, _, gap, _, _ = put
    least = compiled.rules[order].min_relevance if order >= 0 else 0
    found = {item: compiled.relevance(gap, item) or 0 for item in items}
    return sorted((item for item in found if found[item] >= least), key=lambda item: (-found[item], item))


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
    for where, _, rule, slot, gap, offset, anchor in puts:
        counts[rule] = counts.get(rule, 0) + 1
        stack = stack + 1 if last == (where, gap) else 0
        last = where, gap
        share = next(shares) if slot.shows_articles else []
        relevance = compiled.relevance(gap, share[0]) if share else None
        name = new_id(prefix, rule, counts[rule], taken)
        shown = tuple(items[number] for number in share)
        yield Placement(rule, slot.name, name, gap, offset, stack, shown, anchor, relevance, counts[rule])
