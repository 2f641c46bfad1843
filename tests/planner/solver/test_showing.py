"""Slots that show articles: against all plans there are, and examples of what is decided."""

from __future__ import annotations

from itertools import permutations
from random import Random

import attrs
import pytest

from adslot.planner.solver.assign import Showcase, assign, cheapest
from adslot.planner.solver.legality import addable, legal
from adslot.planner.solver.problem import Inventory, PlainRow
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import hashed, objective
from tests.oracles import brute
from tests.planner.solver.instances import make_showing
from tests.planner.solver.test_judges import INSTANCES
from tests.planner.solver.test_solver import problem, task


def judge(made):
    """The plan is legal and full, and worth what it says; if it is proved, no other one is better."""
    choice = solve(made)
    assert legal(made, choice)
    assert next(addable(made, choice), None) is None
    worth = objective(made, choice)
    assert worth == brute.worth(made, tuple(zip(choice.gaps, choice.pages, strict=True)), hashed)
    best, _ = brute.best(made, hashed)
    assert worth == best if choice.optimal else worth <= best
    return choice


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_is_better_for_one_rule_at_a_time(seed):
    """Where each task is a tier, has three slots at most and no minimum, all plans are proved, and right."""
    for number in range(seed, INSTANCES, 10):
        assert judge(make_showing(Random(number), alone=True, gaps=6)).optimal


@pytest.mark.parametrize("seed", range(10))
def test_proofs_are_right(seed):
    """The same with everything that a problem can have: whatever is proved is the best."""
    choices = [judge(make_showing(Random(number), gaps=6)) for number in range(seed, INSTANCES, 10)]
    assert any(choice.optimal for choice in choices)  # and `judge` holds each of them to its proof


@pytest.mark.parametrize("seed", range(200))
def test_the_cheapest_columns(seed):
    """No other way is cheaper, and under its prices every row has the cheapest column."""
    rng = Random(seed)
    rows = rng.randint(1, 4)
    columns = rng.randint(rows, 6)
    costs = [[rng.randint(-9, 9) for _ in range(columns)] for _ in range(rows)]
    found, prices = cheapest(costs)
    least = min(sum(costs[r][c] for r, c in enumerate(way)) for way in permutations(range(columns), rows))
    assert sum(costs[r][c] for r, c in enumerate(found)) == least
    assert all(price >= 0 and (column in found or not price) for column, price in enumerate(prices))
    for row, column in zip(costs, found, strict=True):
        assert row[column] + prices[column] == min(map(sum, zip(row, prices, strict=True)))


def showing(*tasks, rows, at, standing=(), **more):
    """A problem whose slots show articles."""
    return attrs.evolve(problem(*tasks, **more), inventory=Inventory(tuple(map(PlainRow, rows)), at, standing))


def test_a_slot_goes_where_an_article_suits():
    """Of gaps that are equal otherwise, the one with the relevant article."""
    made = showing(task("t", 1, range(3), weight=1), gaps=3, rows=((0, 0), (0, 500)), at=(0, 0, 1, 0))
    assert solve(made).gaps == ((2,),)


def test_an_article_is_shown_once():
    """The best article of two places is shown at one; a third place has a better second one than the other."""
    rows = ((900, 0), (800, 0), (0, 300))
    made = showing(task("t", 2, range(3), weight=1), gaps=3, rows=rows, at=(0, 1, 2, 0))
    assert solve(made).gaps == ((0, 2),)


def test_earlier_tiers_keep_their_articles():
    """A later task has what is left, even if it could show the article better; without one it places nothing."""
    first, second = task("a", 1, [0], weight=1), task("b", 1, [1], priority=2, weight=1)
    one = showing(first, second, gaps=2, rows=((500,), (900,)), at=(0, 1, 0))
    assert solve(one).gaps == ((0,), ())
    made = showing(first, second, gaps=2, rows=((500, 400), (900, 100)), at=(0, 1, 0))
    assert solve(made).gaps == ((0,), (1,))
    assert objective(made, solve(made))[3] == 500


def test_slots_that_stand_fixed_choose_first():
    """An editor's slot has the best article, and comes before all tasks."""
    made = showing(task("t", 2, [0, 1], weight=1), gaps=2, rows=((900, 100), (800, 300)), at=(0, 1, 0), standing=(0,))
    assert solve(made).gaps == ((1,),)
    assert objective(made, solve(made))[1:4] == (900, 1, 300)


def test_a_floor_keeps_slots_out():
    """What is not relevant enough is not shown, though a slot is lost; one article does not do for two."""
    made = showing(task("t", 3, range(3), weight=1, floor=400), gaps=3, rows=((500, 0), (399, 0)), at=(0, 1, 0, 0))
    assert [len(gaps) for gaps in solve(made).gaps] == [1]
    made = showing(task("t", 1, range(2), weight=1, floor=400), gaps=2, rows=((300,),), at=(0, 0, 0))
    assert solve(made).gaps == ((),)


def test_many_slots_are_proved_where_prices_settle():
    """Five slots among five zones: as each has an article of its own, the first plan is proved."""
    rows = tuple(tuple(500 if item == zone else 0 for item in range(5)) for zone in range(5))
    made = showing(task("t", 5, range(5), weight=1), gaps=5, rows=rows, at=(0, 1, 2, 3, 4, 0))
    assert solve(made).optimal
    star = showing(task("t", 5, range(9), weight=1), gaps=9, rows=((900, 1, 2, 3, 4), (800, 9, 8, 7, 6)), at=(0, 1) * 5)
    choice = solve(star)
    assert len(choice.gaps[0]) == 5
    assert legal(star, choice)


def test_equal_articles_keep_their_order():
    """The first slot shows the first article, as far as no other one is more relevant."""
    plain = Inventory((PlainRow((0, 0, 0)), PlainRow((0, 0, 700))), (0, 0))
    assert assign(plain, [Showcase(1, 0), Showcase(1, 0)], ordered=True).items == (0, 1)
    assert assign(plain, [Showcase(1, 1), Showcase(1, 0)], ordered=True).items == (2, 0)
    assert assign(plain, [Showcase(1, 0)] * 4, ordered=True).items.count(None) == 1
    assert assign(plain, []).items == ()


def test_the_budget_ends_the_search():
    """Without a budget there is a plan, legal and not proved."""
    rows = tuple(tuple(Random(zone).randint(0, 900) for _ in range(6)) for zone in range(8))
    made = showing(task("t", 3, range(8), weight=1), gaps=8, rows=rows, at=(*range(8), 0))
    choice = solve(made, 5)
    assert legal(made, choice)
    assert not choice.optimal
    assert solve(made).optimal
