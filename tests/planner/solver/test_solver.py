"""Examples of what the solver decides, and every defect that was found on the way."""

from __future__ import annotations

from random import Random

import attrs
import pytest

from adslot.planner.solver.lane import make_lane, parts_of
from adslot.planner.solver.legality import addable, fits, legal, room_left
from adslot.planner.solver.problem import Choice, Growth, Model, Shares, Task
from adslot.planner.solver.single import most_slots
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import hashed, objective
from tests.planner.solver.instances import own


def task(name, most, gaps, *, values=None, priority=1, even=False, **more):
    """A task whose gaps are all worth 0, and that knows no evenness, unless said otherwise."""
    worth = tuple(values or [0] * len(gaps))
    return Task(name=name, priority=priority, most=most, candidates=tuple(gaps), values=worth, even=even, **more)


def problem(*tasks, gaps, far=None, apart=1, sharing=(), exempt=-1, **more):
    """A problem where all slots are *apart* by so many gaps, but those of a pair in *far*."""
    pairs = [(r, s) for r in range(len(tasks)) for s in range(len(tasks))]
    steps = {pair: (far or {}).get(pair, apart) for pair in pairs}
    reach = {pair: tuple(min(g + step, gaps) for g in range(gaps)) for pair, step in steps.items()}
    reach |= more.pop("rows", {})
    position = tuple(100 * g for g in range(gaps))
    settings = {"section": (0,) * gaps, "room": (), **more}
    both = frozenset({*sharing, *((s, r) for r, s in sharing)})
    return Model(tasks=tasks, position=position, reach={**reach}, sharing=both, exempt=exempt, **settings)


def gaps_of(made):
    """What the solver chooses; it must be proved."""
    choice = solve(made)
    assert choice.optimal
    assert legal(made, choice)
    return choice.gaps


def test_tiers_are_strict_and_equals_are_solved_together():
    """A valued gap of the first tier is kept though it costs the second its slot; in one tier more slots count."""
    layers = problem(
        task("ad", 1, [1, 2, 3], values=[10, 11, 10]), task("teaser", 1, [1, 3], priority=2), gaps=5, apart=2
    )
    assert gaps_of(layers) == ((2,), ())
    joint = problem(task("ad", 1, [1, 2, 3], values=[10, 11, 10]), task("teaser", 1, [1, 3]), gaps=5, apart=2)
    assert {*map(len, gaps_of(joint))} == {1}


def test_distances_need_not_be_metric():
    """Ad to teaser to ad is nearer than ad to ad may be: the last slot alone does not tell."""
    far = {(0, 0): 3, (1, 1): 9}
    made = problem(task("ad", 2, range(5)), task("teaser", 1, [1]), gaps=5, far=far)
    assert gaps_of(made) == ((0, 3), (1,))


def test_slots_are_even():
    """Three slots stand in the centres of three equal cells."""
    made = problem(task("ad", 3, range(10), even=True, span=(0, 900)), gaps=10)
    assert gaps_of(made) == ((1, 4, 7),)


def test_a_later_minimum_is_reserved():
    """The first tier gives up a slot for the minimum of the second, and no more than the minimum."""
    first, second = task("ad", 3, range(3)), task("teaser", 2, range(3), priority=2, least=1)
    assert [len(gaps) for gaps in gaps_of(problem(first, second, gaps=3))] == [2, 1]


def test_a_minimum_on_the_page_needs_no_gap():
    """A place on the page meets a later minimum, so the first tier keeps its gaps."""
    first = task("ad", 3, range(3), uses=((0, 1),))
    second = task("teaser", 2, range(3), priority=2, least=1, pages=(0,), uses=((0, 1),))
    choice = solve(problem(first, second, gaps=3, room=(4,)))
    assert (choice.gaps, choice.pages) == (((0, 1, 2), ()), ((), (0,)))


def test_a_minimum_that_cannot_be_met_takes_nothing():
    """A minimum beyond what fits is missed by as little as can be."""
    made = problem(task("ad", 1, range(2)), task("teaser", 5, [1], priority=2, least=3), gaps=2)
    assert gaps_of(made) == ((0,), (1,))
    assert objective(made, solve(made))[:2] == (0, -2)


def test_pages_and_gaps_share_the_cap():
    """Of a place on the page and gaps the better ones are used."""
    made = problem(task("ad", 2, range(3), values=[0, 5, 0], pages=(-1, 3, 3)), gaps=3, apart=2)
    choice = solve(made)
    assert (choice.gaps, choice.pages) == (((1,),), ((1,),))


def test_the_end_keeps_its_own_distances():
    """The exempt gap may be near to what it does not keep a distance from itself; and it has a section, as all have."""
    slots = problem(task("ad", 2, [1, 3]), gaps=4, rows={(0, 0): (3, 3, 3, 4)}, exempt=3)
    assert gaps_of(slots) == ((1, 3),)
    own = problem(task("ad", 2, [1, 3]), gaps=4, rows={(0, 0): (3, 4, 4, 4)}, exempt=3)
    assert gaps_of(own) == ((1,),)
    section = problem(task("ad", 2, [1, 3], per_section=1), gaps=4, exempt=3)
    assert gaps_of(section) == ((1,),)


def test_the_end_is_the_place_of_the_last_gap():
    """Two slots below the story, or one there and one in the gap above, share a place: they must be allowed to."""
    for gap in (2, 3):
        tasks = task("ad", 1, [3]), task("teaser", 1, [gap], priority=2)
        assert gaps_of(problem(*tasks, gaps=4, exempt=3)) == ((3,), ())
        assert gaps_of(problem(*tasks, gaps=4, apart=4, exempt=3, sharing=[(0, 1)])) == ((3,), (gap,))
    assert gaps_of(problem(task("ad", 2, [2, 3]), gaps=4, exempt=3)) == ((3,),)


def test_three_slots_share_a_gap_across_tiers():
    """A stack holds any number of slots, those of earlier tiers included."""
    tasks = [task("a", 1, [1]), task("b", 1, [1], priority=2), task("c", 1, [1], priority=2)]
    assert gaps_of(problem(*tasks, gaps=3, apart=3, sharing=[(0, 1), (0, 2), (1, 2)])) == ((1,), (1,), (1,))
    assert gaps_of(problem(*tasks, gaps=3, apart=3, sharing=[(0, 1), (0, 2)]))[0] == (1,)


def test_a_seat_serves_one_slot():
    """Gaps near one anchor take one slot together."""
    made = problem(task("ad", 3, range(4), seats=(((0, 0),), ((0, 2),), ((1, 0),), ((1, 2),))), gaps=4)
    assert gaps_of(made) == ((1, 3),)


def test_limits_count_amounts():
    """A limit of 5 takes one slot of 3 and two of 1."""
    made = problem(
        task("ad", 2, range(4), uses=((0, 3),)), task("teaser", 4, range(4), uses=((0, 1),)), gaps=4, room=(5,)
    )
    assert [len(gaps) for gaps in gaps_of(made)] == [0, 4]
    made = problem(
        task("ad", 2, range(4), uses=((0, 3),), least=1), task("teaser", 4, range(4), uses=((0, 1),)), gaps=4, room=(5,)
    )
    assert [len(gaps) for gaps in gaps_of(made)] == [1, 2]


def test_an_inner_limit_does_not_count_the_end_nor_the_page():
    """Density is measured inside the story: a slot at its end and one on the page are free."""
    made = problem(
        task("ad", 4, [0, 1, 2], pages=(0,), uses=((0, 1),)), gaps=3, exempt=2, room=(1,), inner=frozenset({0})
    )
    choice = solve(made)
    assert (choice.gaps, choice.pages) == (((0, 2),), ((0,),))


def test_limits_broken_by_what_exists_allow_nothing_more():
    """Existing slots may have used up more than a limit or a cap: that is no error."""
    made = problem(
        task("ad", 2, range(3), uses=((0, 1),)), task("teaser", -1, range(3), priority=2), gaps=3, room=(-2,)
    )
    assert gaps_of(made) == ((), ())
    assert list(addable(made, solve(made))) == []


@pytest.fixture
def growing():
    """From the second ad on, the next one stands three gaps below."""
    rows = {(0, 0): tuple(min(g + 3, 8) for g in range(8))}

    def make(**more):
        growth = Growth(**{"least": 2, "counted": frozenset({0}), "before": (0,) * 8, "reach": rows, **more})
        return problem(task("ad", 4, range(8)), gaps=8, growths=(growth,))

    return make


def test_distances_grow_with_the_number_of_slots(growing):
    """The first two may stand side by side, the third may not."""
    assert gaps_of(growing()) == ((0, 1, 4, 7),)


def test_fixed_things_count_for_growing_distances(growing):
    """With a fixed one above all gaps, the distance holds from the first slot on."""
    assert gaps_of(growing(before=(1,) * 8)) == ((0, 3, 6),)


def test_slots_above_a_fixed_thing_make_it_the_second(growing):
    """A fixed thing between gaps 2 and 3 keeps ads away below, once there is one above it."""
    made = growing(posts=((2, {0: 7}),), before=(0, 0, 0, 1, 1, 1, 1, 1))
    assert gaps_of(made) == ((0, 1, 7),)


def test_a_gap_is_shut_for_the_second_only(growing):
    """A gap too near above a fixed lower thing is open to the first ad, and shut once another precedes."""
    assert gaps_of(growing(shut={0: dict.fromkeys(range(1, 8), 0)})) == ((0,),)


def test_earlier_tiers_stand_fixed_where_distances_grow():
    """A slot of a later tier may not make an earlier one the second, where that would be too near to its neighbour."""
    rows = {(0, 0): tuple(min(g + 4, 6) for g in range(6)), (1, 0): (1, 2, 3, 4, 5, 6)}
    growth = Growth(least=2, counted=frozenset({0, 1}), before=(0,) * 6, reach=rows)
    made = problem(task("ad", 2, [2, 3]), task("promo", 1, [0, 5], priority=2), gaps=6, growths=(growth,))
    assert gaps_of(made) == ((2, 3), (5,))


def test_a_section_with_two_slots_skips_to_where_the_second_fits():
    """Two to a section, stacked with another rule: the defect that random problems of a prototype missed."""
    ad = task("ad", 4, range(6), per_section=2)
    teaser = task("teaser", 2, [1, 4], priority=1)
    made = problem(ad, teaser, gaps=6, section=(0, 0, 0, 1, 1, 1), sharing=[(0, 1)])
    assert [len(gaps) for gaps in gaps_of(made)] == [4, 2]


def crowd(count, most, gaps, *, likes=3, uses=(), **more):
    """Many rules in one tier with odd distances, each with gaps that it likes more or less."""
    rng = Random(5)
    far = {(r, s): rng.randint(1, 9) for r in range(count) for s in range(count)}
    values = [[rng.randint(0, likes) for _ in range(gaps)] for _ in range(count)]
    tasks = [
        task(f"rule-{r}", most, range(gaps), values=row, even=True, span=(0, 100 * gaps), uses=uses)
        for r, row in enumerate(values)
    ]
    return problem(*tasks, gaps=gaps, far=far, **more)


def all_pairs(count):
    return [(r, s) for r in range(count) for s in range(r)]


@pytest.mark.parametrize(
    "made",
    [
        crowd(6, 3, 80, likes=0),
        crowd(9, 3, 30),
        crowd(9, 3, 30, uses=((0, 1),), room=(20,)),
        crowd(8, 1, 12, sharing=all_pairs(8)),
        crowd(7, 2, 8, sharing=all_pairs(7), exempt=7),
    ],
    ids=["labels", "vectors", "limited vectors", "cliques", "cases"],
)
def test_too_many_possibilities_are_bounded(made):
    """Where the budget or a guard ends the search, the plan says so; it is legal, and nothing can be added."""
    choice = solve(made)
    assert not choice.optimal
    assert legal(made, choice)
    assert list(addable(made, choice)) == []
    assert choice == solve(made)


@pytest.mark.parametrize("budget", [*range(0, 100, 10), *range(100, 5000, 350)])
def test_any_budget_gives_a_plan(budget):
    """Wherever the budget ends, the plan is legal and full; where it suffices, more of it changes nothing."""
    made = crowd(4, 2, 16, uses=((0, 1),), room=(5,))
    choice = solve(made, budget)
    assert legal(made, choice)
    assert list(addable(made, choice)) == []
    assert choice == solve(made) or not choice.optimal


def test_numbers_that_do_not_fit_are_refused():
    """The fields of a worth must not overflow."""
    with pytest.raises(OverflowError):
        solve(problem(*(task(f"r{r}", 41, [0]) for r in range(100)), gaps=1))


@pytest.mark.parametrize(
    ("gaps", "pages"),
    [
        ((0, 1, 2), ()),
        ((3,), ()),
        ((0, 1), ()),
        ((), (0, 0)),
        ((), (1,)),
        ((0, 2), (0,)),
    ],
    ids=["cap", "no candidate", "distance", "page twice", "no page", "limit"],
)
def test_illegal_choices(gaps, pages):
    """Each demand that a choice breaks makes it illegal."""
    made = problem(task("ad", 2, [0, 1, 2], pages=(0,), uses=((0, 1),)), gaps=4, apart=2, room=(2,))
    assert legal(made, Choice(((0, 2),), ((),), optimal=False))
    assert not legal(made, Choice((gaps,), (pages,), optimal=False))


def test_helpers():
    """Two slots fit or not by their distance; a limit has room left; what can be added is told apart."""
    made = problem(task("ad", 3, [0, 1, 2], pages=(0,), uses=((0, 2),)), gaps=3, apart=2, room=(7,))
    assert fits(made, (0, 0), (0, 2))
    assert not fits(made, (0, 1), (0, 0))
    choice = Choice(((0,),), ((),), optimal=False)
    assert room_left(made, 0, choice) == 5
    assert list(addable(made, choice)) == [(0, 2), (0, ~0)]
    assert own((0, 1)) == (1, 2)


@pytest.mark.parametrize(
    "left, apart, rows, count",
    [((40, 40, 40), 3, 1, 20), ((2, 1, 30), 3, 7, 10), ((1, 1, 1), 9, 1, 3), ((7,), 1, 1, 7), ((30,), 3, 1, 20)],
)
def test_only_shares_that_sections_can_use_up_cost_something(left, apart, rows, count):
    """What distances leave is no share, and that of a story without headings is a number of slots; 60 gaps in all."""
    section = tuple(gap * len(left) // 60 for gap in range(60))
    made = problem(
        task("ad", 40, range(60)), gaps=60, apart=apart, section=section, shares=Shares(frozenset({0}), left)
    )
    lane = make_lane(made, 0, parts_of(made.tasks[0], 60), hashed, left=left)
    assert (lane.states, most_slots(lane, 40)) == (rows, count)


def test_what_was_placed_in_sections_above_is_forgotten():
    """Ways that differ in where the ads of an earlier section stand are one below it, so that a live blog is planned to the end."""
    section = tuple(gap // 6 for gap in range(60))
    tasks = [task(f"ad-{r}", 10, range(60), values=[(gap * (r + 3)) % 7 for gap in range(60)]) for r in range(2)]
    shares = Shares(frozenset({0, 1}), (2,) * 10)
    assert sum(map(len, gaps_of(problem(*tasks, gaps=60, apart=2, section=section, shares=shares)))) == 20


def test_slots_of_earlier_tiers_have_had_their_share_and_still_count():
    """Where sections have a share, and distances grow: one slot more above two would be the first of three."""
    tasks = [task("ad", 2, [3, 6]), task("more", 1, [1], priority=2)]
    growth = Growth(
        least=2, counted=frozenset({0, 1}), before=(0,) * 9, reach={(r, s): (9,) * 9 for r in (0, 1) for s in (0, 1)}
    )
    section = tuple(gap // 2 for gap in range(9))
    made = problem(*tasks, gaps=9, section=section, shares=Shares(frozenset({0, 1}), (1,) * 5))
    assert gaps_of(made) == ((3, 6), (1,))
    assert gaps_of(attrs.evolve(made, growths=(growth,))) == ((3, 6), ())
