"""What a plan must keep: plain checks, for the solver's doubtful cases, for explanations and for tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs

from adslot.planner.solver.assign import assign, showcases_of, worth_of_tiers
from adslot.planner.solver.problem import Choice, Growth, Model
from adslot.planner.solver.seats import seated

# A task and a gap.
Slot = tuple[int, int]


def fits(problem: Model, one: Slot, other: Slot) -> bool:
    """Whether two slots may stand together, as far as their distance goes."""
    (r, g), (s, h) = (one, other) if one[1] <= other[1] else (other, one)
    if g == h or (h == problem.exempt and g == h - 1):
        return (r, s) in problem.sharing
    return h >= problem.reach[r, s][g]


def room_left(problem: Model, limit: int, choice: Choice) -> int:
    """How much of *limit* is left beside *choice*."""
    return problem.room[limit] - sum(
        amount * _counted(problem, limit, choice, index)
        for index, task in enumerate(problem.tasks)
        for which, amount in task.uses
        if which == limit
    )


def _counted(problem: Model, limit: int, choice: Choice, index: int) -> int:
    """How many slots of a task fall under *limit*."""
    gaps = choice.gaps[index]
    if limit in problem.inner:
        return len(gaps) - (problem.exempt in gaps)
    return len(gaps) + len(choice.pages[index])


def legal(problem: Model, choice: Choice) -> bool:
    """Whether *choice* keeps all that the problem demands."""
    slots = [(index, gap) for index, gaps in enumerate(choice.gaps) for gap in gaps]
    return (
        all(_is_kept(problem, choice, index) for index in range(len(problem.tasks)))
        and all(_has_room(problem, choice, limit) for limit in range(len(problem.room)))
        and all(fits(problem, one, other) for one, other in combinations(slots, 2))
        and growths_hold(problem, slots)
        and shares_hold(problem, slots)
        and shows(problem, choice)
        and not any(replaced(problem, choice, index) for index in range(len(problem.tasks)) if choice.has(index))
    )


def replaced(problem: Model, choice: Choice, index: int) -> bool:
    """Whether a task stands in for one that has slots."""
    return any(choice.has(other) for other in problem.tasks[index].stands_in)


def shows(problem: Model, choice: Choice) -> bool:
    """Whether each slot that shows an article has one that is relevant enough, and none twice."""
    return problem.inventory is None or None not in assign(problem.inventory, showcases_of(problem, choice)).items


def may_show(problem: Model, choice: Choice, slot: Slot) -> bool:
    """Whether one slot more has an article to show that no slot of an earlier tier needs."""
    inventory, task = problem.inventory, problem.tasks[slot[0]]
    if inventory is None or not task.weight:
        return True
    before, after = showcases_of(problem, choice), showcases_of(problem, added(choice, *slot))
    items = assign(inventory, after).items
    needed = worth_of_tiers(inventory, before, assign(inventory, before).items)
    worths = worth_of_tiers(inventory, after, items)
    return None not in items and all(worths[tier] >= worth for tier, worth in needed.items() if tier < task.priority)


def shares_hold(problem: Model, slots: Sequence[Slot]) -> bool:
    """Whether no section has more than its share of *slots*; one that had before takes none."""
    shares = problem.shares
    if shares is None:
        return True
    after = shares.after(shares.left, problem.section, slots)
    return all(rest >= min(left, 0) for rest, left in zip(after, shares.left, strict=True))


def _is_kept(problem: Model, choice: Choice, index: int) -> bool:
    """Whether one task keeps what is demanded of it alone, save for distances."""
    task, gaps, pages = problem.tasks[index], choice.gaps[index], choice.pages[index]
    known = set(task.candidates)
    sections = Counter(problem.section[gap] for gap in gaps)
    return (
        len(gaps) + len(pages) <= max(task.most, 0)
        and all(gap in known for gap in gaps)
        and len(set(gaps)) == len(gaps)
        and all(page < len(task.pages) for page in pages)
        and len(set(pages)) == len(pages)
        and seated(task, gaps, problem.exempt) is not None
        and (task.per_section is None or max(sections.values(), default=0) <= task.per_section)
    )


def _has_room(problem: Model, choice: Choice, limit: int) -> bool:
    """Whether *limit* holds; one that was broken before allows nothing more."""
    left = room_left(problem, limit, choice)
    return left >= min(problem.room[limit], 0)


def growths_hold(problem: Model, slots: Sequence[Slot]) -> bool:
    """Whether all growing distances hold between *slots*."""
    if not problem.growths:
        return True
    ordered = sorted((gap, index) for index, gap in slots if gap != problem.exempt)
    return all(_grows_well(growth, ordered) and _posts_hold(growth, ordered) for growth in problem.growths)


def _grows_well(growth: Growth, ordered: Sequence[Slot]) -> bool:
    """Whether the slots keep their distance to those above; *ordered* has pairs of gap and task."""
    uppers = [(gap, index) for gap, index in ordered if index in growth.counted]
    for ordinal, (gap, index) in enumerate(uppers, 1):
        if growth.shuts(index, gap, ordinal):
            return False
        if growth.before[gap] + ordinal < growth.least:
            continue
        for below, lower in ordered:
            if below > gap and (index, lower) in growth.reach and below < growth.reach[index, lower][gap]:
                return False
    return True


def _posts_hold(growth: Growth, ordered: Sequence[Slot]) -> bool:
    """Whether the slots keep their distance to fixed things above."""
    for post, firsts in growth.posts:
        ordinal = growth.before[post] + 1 + sum(gap <= post and index in growth.counted for gap, index in ordered)
        if ordinal >= growth.least and any(post < gap < firsts.get(index, 0) for gap, index in ordered):
            return False
    return True


def addable(problem: Model, choice: Choice) -> Iterator[Slot]:
    """The slots that could still be added, each as a task and a gap; place p on the page is the gap ~p."""
    slots = [(index, gap) for index, gaps in enumerate(choice.gaps) for gap in gaps]
    for index, task in enumerate(problem.tasks):
        if len(choice.gaps[index]) + len(choice.pages[index]) >= task.most or replaced(problem, choice, index):
            continue
        if any(index in other.stands_in and choice.has(by) for by, other in enumerate(problem.tasks)):
            continue  # what stands in for it would have to go
        for gap in _open_gaps(problem, choice, index):
            slot = index, gap
            is_legal = all(fits(problem, slot, other) for other in slots) and growths_hold(problem, [*slots, slot])
            if is_legal and shares_hold(problem, [*slots, slot]) and may_show(problem, choice, slot):
                yield slot
        if _has_room_for(problem, choice, index, ~0):
            pages = [~page for page in range(len(task.pages)) if page not in choice.pages[index]]
            yield from ((index, page) for page in pages if may_show(problem, choice, (index, page)))


def _open_gaps(problem: Model, choice: Choice, index: int) -> list[int]:
    """The gaps that a task may add one of, as far as limits, sections and seats go."""
    task, gaps = problem.tasks[index], choice.gaps[index]
    sections = Counter(problem.section[gap] for gap in gaps)
    inside, at_end = (_has_room_for(problem, choice, index, gap) for gap in (problem.exempt + 1, problem.exempt))
    return [
        gap
        for gap in task.candidates
        if gap not in gaps
        and (task.per_section is None or sections[problem.section[gap]] < task.per_section)
        and (at_end if gap == problem.exempt else inside)
        and (task.seats is None or seated(task, sorted((*gaps, gap)), problem.exempt) is not None)
    ]


def _has_room_for(problem: Model, choice: Choice, index: int, gap: int) -> bool:
    """Whether limits allow a task one slot more at *gap*, which is negative for places on the page."""
    outside = gap < 0 or gap == problem.exempt
    return all(
        amount <= room_left(problem, limit, choice)
        for limit, amount in problem.tasks[index].uses
        if not (outside and limit in problem.inner)
    )


def added(choice: Choice, index: int, gap: int) -> Choice:
    """*choice* with one slot more, at a gap or, for a negative one, at place ~gap on the page."""
    if gap < 0:
        return attrs.evolve(choice, pages=_with(choice.pages, index, ~gap))
    return attrs.evolve(choice, gaps=_with(choice.gaps, index, gap))


def _with(rows: tuple[tuple[int, ...], ...], index: int, item: int) -> tuple[tuple[int, ...], ...]:
    return (*rows[:index], tuple(sorted((*rows[index], item))), *rows[index + 1 :])
