"""Tasks whose slots show articles: where they stand and what they show is one problem.

**One task, few slots** (`zones`). Which zones its slots take, as a set in which a zone may be there
several times, decides what they can show. The sets are tried in the order of the most that they could be
worth, until no other one could be better; for each the exact table finds the gaps.

**Otherwise** articles have *prices*. Each gap is worth what the best article there is worth above its price,
which makes an ordinary problem of the tier; the best way to show articles in its plan gives new prices. Once
a plan is worth as much as it seemed to be at its prices, no other one is better. If that does not come
about, the best plan of some rounds is taken, without proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress

import attrs

from adslot.planner.solver.alone import Answer, Found, Placed, solve_alone
from adslot.planner.solver.assign import assign, showcases_of, worth_of_tiers
from adslot.planner.solver.problem import Choice, Inventory, Model, Task
from adslot.planner.solver.tier import go_together, solve_tier
from adslot.planner.solver.worth import objective
from adslot.planner.solver.zones import Search

_ROUNDS = 4


def pruned(problem: Model) -> Model:
    """*problem* without the places where no article is relevant enough for a task."""
    inventory = problem.inventory
    if inventory is None or not any(task.weight and task.floor for task in problem.tasks):
        return problem
    return attrs.evolve(problem, tasks=tuple(_pruned(inventory, task) for task in problem.tasks))


def _pruned(inventory: Inventory, task: Task) -> Task:
    if not task.weight:
        return task
    has = [inventory.best(zone, task.floor) is not None for zone in range(len(inventory.rows))]
    kept = [has[inventory.at[gap]] for gap in task.candidates]
    return attrs.evolve(
        task,
        candidates=tuple(compress(task.candidates, kept)),
        values=tuple(compress(task.values, kept)),
        seats=None if task.seats is None else tuple(compress(task.seats, kept)),
        pages=task.pages if has[inventory.at[-1]] else (),
    )


def solve_showing(placed: Placed, tier: Sequence[int], later: Sequence[int]) -> Answer:
    """As `solve_tier`, for a tier with slots that show articles."""
    found = None if later else _each_alone(placed, tier)
    return found or _Priced(placed, tier, later).solve()


def _each_alone(placed: Placed, tier: Sequence[int]) -> Answer | None:
    """The best for each task of a tier; none if these do not go together, or cannot show the best at once."""
    problem, found, exact, worth = placed.problem, dict[int, Found](), True, 0
    for index in tier:
        task = problem.tasks[index]
        if not task.weight:
            found[index] = solve_alone(placed, index, task.most)
            continue
        search = Search(placed, index, task.most)
        answer = search.solve()
        if answer is None:
            return None
        found[index] = answer[0]
        exact = exact and answer[1]
        worth += search.shown
    if not go_together(placed, found):
        return None
    return (found, exact) if _shown(placed, found) == worth else None


def _shown(placed: Placed, found: Mapping[int, Found]) -> int | None:
    """What the articles in a tier's slots are worth; none if one has none, or takes one that an earlier tier needs."""
    inventory = placed.problem.inventory
    if inventory is None:
        return None
    before = showcases_of(placed.problem, placed.choice(optimal=False))
    trial = placed.copy()
    trial.found.update(found)
    showcases = showcases_of(placed.problem, trial.choice(optimal=False))
    items = assign(inventory, showcases).items
    worths = worth_of_tiers(inventory, showcases, items)
    needed = worth_of_tiers(inventory, before, assign(inventory, before).items)
    tier = placed.problem.tasks[next(iter(found))].priority
    if None in items or any(worths[earlier] < worth for earlier, worth in needed.items()):
        return None
    return worths.get(tier, 0)


class _Priced:
    """A tier whose plan is looked for by prices of articles."""

    def __init__(self, placed: Placed, tier: Sequence[int], later: Sequence[int]) -> None:
        self._placed, self._problem, self._tier, self._later = placed, placed.problem, tier, later
        self._priority = placed.problem.tasks[tier[0]].priority

    def solve(self) -> Answer:
        """The best plan of some rounds, and whether it is proved to be the best of all."""
        prices: dict[int, int] = {}
        best: tuple[tuple[int, ...], dict[int, Found]] | None = None
        for _ in range(_ROUNDS):
            priced = self._at(prices)
            trial = attrs.evolve(self._placed.copy(), problem=priced)
            found, exact = solve_tier(trial, self._tier, self._later)
            kept = self._showable(found)
            if exact and kept == found and self._is_proved(priced, found, prices):
                return found, not self._later
            worth = objective(self._problem, self._with(kept), self._placed.tie)
            if best is None or worth > best[0]:
                best = worth, kept
            after = self._prices(kept)
            if after == prices:
                break
            prices = after
        return (best[1] if best else {}), False

    def _at(self, prices: Mapping[int, int]) -> Model:
        """The problem where articles have *prices*, and nothing is shown."""
        tasks = list(self._problem.tasks)
        for index in self._tier:
            tasks[index] = self._priced(tasks[index], prices)
        return attrs.evolve(self._problem, tasks=tuple(tasks), inventory=None)

    def _priced(self, task: Task, prices: Mapping[int, int]) -> Task:
        inventory = self._problem.inventory
        if inventory is None or not task.weight:
            return task
        worths = [_most(inventory, zone, task, prices) for zone in range(len(inventory.rows))]
        pairs = zip(task.candidates, task.values, strict=True)
        return attrs.evolve(
            task,
            values=tuple(value + worths[inventory.at[gap]] for gap, value in pairs),
            pages=tuple(page + worths[inventory.at[-1]] for page in task.pages),
        )

    def _with(self, found: Mapping[int, Found]) -> Choice:
        trial = self._placed.copy()
        trial.found.update(found)
        return trial.choice(optimal=False)

    def _showable(self, found: dict[int, Found]) -> dict[int, Found]:
        """*found* without the last slots, until each has an article to show."""
        kept = dict(found)
        while _shown(self._placed, kept) is None:
            shown = [index for index in self._tier if self._problem.tasks[index].weight and any(kept[index])]
            gaps, pages = kept[shown[-1]]
            kept[shown[-1]] = (gaps, pages[:-1]) if pages else (gaps[:-1], pages)
        return kept

    def _is_proved(self, priced: Model, found: Mapping[int, Found], prices: Mapping[int, int]) -> bool:
        """Whether a plan is worth what it seems to be at its prices; with earlier slots, that is only known without prices."""
        seeming, worth = sum(prices.values()), _shown(self._placed, found) or 0
        for index, (gaps, pages) in found.items():
            plain, task = self._problem.tasks[index], priced.tasks[index]
            gain = [after - before for before, after in zip(plain.values, task.values, strict=True)]
            gains = dict(zip(plain.candidates, gain, strict=True))
            seeming += sum(gains[gap] for gap in gaps) + sum(task.pages[page] - plain.pages[page] for page in pages)
        return seeming == worth

    def _prices(self, found: Mapping[int, Found]) -> dict[int, int]:
        """What articles cost where the slots of *found* show the best."""
        inventory = self._problem.inventory
        if inventory is None:
            return {}
        showcases = [s for s in showcases_of(self._problem, self._with(found)) if s.tier == self._priority]
        return assign(inventory, showcases).prices


def _most(inventory: Inventory, zone: int, task: Task, prices: Mapping[int, int]) -> int:
    """What the best article is worth in a zone, above its price."""
    row, top = inventory.rows[zone], inventory.top(zone, len(prices) + 1, task.floor)
    return max((task.weight * row[item] - prices.get(item, 0) for item in top), default=0)
