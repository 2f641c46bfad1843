"""Which article each slot shows: the best way to give every slot one, and no article twice.

The slots of an earlier tier go first, by the sum of what they are worth; of ways that are worth the same,
the one that gives the first slot the earliest article, then the second, and so on. Of *k* slots each needs to
know its *k* best articles only: the others cannot take all of these away. Over those the Hungarian method
finds the best, one slot at a time, with a price for each article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from adslot.planner.solver.problem import Choice, Inventory, Model

# The tier of slots that stand fixed: before all tasks.
STANDING = 0


@attrs.frozen
class Showcase:
    """A slot that shows an article: the *tier* that it belongs to, the zone where it stands, and as in `Task`."""

    tier: int
    zone: int
    weight: int = 1
    floor: int = 0


@attrs.frozen
class Showing:
    """What each showcase shows, none where nothing is left; what a tier's showcases are *worth*, and the *prices* of articles.

    Under its prices each showcase is shown the article that is worth most to it.
    """

    items: tuple[int | None, ...]
    prices: dict[int, int]


def showcases_of(problem: Model, choice: Choice) -> list[Showcase]:
    """The showcases of *choice*: those fixed, then by task the gaps and the places on the page."""
    inventory = problem.inventory
    if inventory is None:
        return []
    found = [Showcase(STANDING, zone) for zone in inventory.standing]
    for task, gaps, pages in zip(problem.tasks, choice.gaps, choice.pages, strict=True):
        if task.weight:
            zones = [*(inventory.at[gap] for gap in gaps), *(inventory.at[-1] for _ in pages)]
            found += [Showcase(task.priority, zone, task.weight, task.floor) for zone in zones]
    return found


def assign(inventory: Inventory, showcases: Sequence[Showcase], *, ordered: bool = False) -> Showing:
    """What each of *showcases* best shows; as many as can be show something. *ordered* decides what is equal."""
    count = len(showcases)
    tops = [inventory.top(s.zone, count, s.floor) for s in showcases]
    items = sorted(set[int]().union(*tops))
    scale, shifts = _scales(inventory, showcases, ordered=ordered)
    nothing = 1 << (max(shifts.values(), default=0) + _bits(showcases) + scale.bit_length())
    columns = {item: column for column, item in enumerate(items)}
    costs = list[list[int]]()
    for number, (showcase, top) in enumerate(zip(showcases, tops, strict=True)):
        row = [nothing] * (len(items) + count)
        for item in top:
            worth = (showcase.weight * inventory.rows[showcase.zone][item] << shifts[showcase.tier]) * scale
            later = item * inventory.size ** (count - 1 - number) if ordered else 0
            row[columns[item]] = later - worth
        costs.append(row)
    found, prices = cheapest(costs)
    shown = tuple(None if row[column] == nothing else items[column] for row, column in zip(costs, found, strict=True))
    return Showing(shown, {item: price for item, price in zip(items, prices, strict=False) if price})


def _bits(showcases: Sequence[Showcase]) -> int:
    """How many bits the sum of what *showcases* are worth may have."""
    return (1000 * sum(showcase.weight for showcase in showcases)).bit_length()


def _scales(inventory: Inventory, showcases: Sequence[Showcase], *, ordered: bool) -> tuple[int, dict[int, int]]:
    """What the worths are multiplied by to leave room for the order; by how many bits those of each tier are shifted."""
    tiers, bits = sorted({showcase.tier for showcase in showcases}, reverse=True), _bits(showcases)
    return inventory.size ** len(showcases) if ordered else 1, {tier: bits * k for k, tier in enumerate(tiers)}


def cheapest(costs: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """A column for each row, no column twice, so that the sum of *costs* is the least; and a price for each column.

    There are at least as many columns as rows. Prices are 0 or more, 0 for a column that is not taken; with
    them added, each row has the cheapest column there is.
    """
    width = len(costs[0]) if costs else 0
    row_of, prices = [-1] * width, [0] * width
    rents = [0] * len(costs)
    for start, _ in enumerate(costs):
        _take_one(costs, start, row_of, prices, rents)
    columns = [0] * len(costs)
    for column, row in enumerate(row_of):
        if row >= 0:
            columns[row] = column
    return columns, prices


def _take_one(
    costs: Sequence[Sequence[int]], start: int, row_of: list[int], prices: list[int], rents: list[int]
) -> None:
    """Give row *start* a column, by the cheapest way to move others."""
    best: list[int | None] = [None] * len(row_of)
    before, free, done = [-1] * len(row_of), list(range(len(row_of))), list[int]()
    row, at = start, -1
    while row >= 0:
        for column in free:
            cost, known = costs[row][column] + prices[column] - rents[row], best[column]
            if known is None or cost < known:
                best[column], before[column] = cost, at
        if at >= 0:
            done.append(at)
        delta, at = min((best[column] or 0, column) for column in free)
        _shift(delta, done, free, (best, prices))
        for rent in (start, *(row_of[column] for column in done)):
            rents[rent] += delta
        free.remove(at)
        row = row_of[at]
    while at >= 0:
        above = before[at]
        row_of[at] = start if above < 0 else row_of[above]
        at = above


def _shift(delta: int, done: Sequence[int], free: Sequence[int], sides: tuple[list[int | None], list[int]]) -> None:
    """Raise the prices of the columns that are *done*; the others come nearer."""
    best, prices = sides
    for column in done:
        prices[column] += delta
    for column in free:
        best[column] = (best[column] or 0) - delta


def worth_of_tiers(inventory: Inventory, showcases: Sequence[Showcase], items: Iterable[int | None]) -> dict[int, int]:
    """What the showcases of each tier are worth with *items* to show; none of a tier where one shows nothing."""
    found: dict[int, int] = {}
    for showcase, item in zip(showcases, items, strict=True):
        if item is not None:
            found[showcase.tier] = found.get(showcase.tier, 0) + showcase.weight * inventory.rows[showcase.zone][item]
    return found
