"""What a slot is worth: the levels of a tier's objective, packed into one integer.

A worth has the fields value, unevenness, gap and tie, from high to low. Sums of worths compare like the
tuples of the sums as long as no field overflows into the next: `check_fields` makes sure of that.
"""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from adslot.kept import kept, size_of_text
from adslot.planner.solver.assign import STANDING, assign, showcases_of, worth_of_tiers
from adslot.planner.solver.problem import Choice, Model, Task
from adslot.planner.solver.seats import seated

# A name and a gap make a number of at most 32 bits.
Tie = Callable[[str, int], int]

SLOT_BITS, _TIE_BITS, _POSITION_BITS = 12, 32, 28
GAP_SHIFT = _TIE_BITS + SLOT_BITS
UNEVEN_SHIFT = GAP_SHIFT + 36
# The permille of a position outside a span of 1 is at most 1,000 times the position.
VALUE_SHIFT = UNEVEN_SHIFT + 2 * (_POSITION_BITS + 11) + SLOT_BITS


def check_fields(problem: Model) -> None:
    """Make sure that no field of a sum of worths can overflow."""
    slots, gaps = sum(max(task.most, task.least, 0) for task in problem.tasks), len(problem.position)
    far = problem.position[-1] if gaps else 0
    if slots >> SLOT_BITS or slots * gaps >> UNEVEN_SHIFT - GAP_SHIFT or far >> _POSITION_BITS:
        raise OverflowError(slots, gaps, far)


# Of two plans that differ only in whether a slot stands below the story, the one is better where it does: one more.
BELOW = 1


def hashed(name: str, gap: int) -> int:
    """A fixed number for a rule's name and a gap: it decides between plans that are equal otherwise."""
    mixed = (crc32(name.encode()) ^ (gap + 1) * 0x9E3779B1) & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    return mixed ^ mixed >> 12


def low_levels(name: str, bits: int, tie: Tie) -> list[int]:
    """The two lowest fields, gap and tie, for all gaps of up to *bits* bits; kept, as a policy serves many articles."""
    return _low_levels((name, bits, tie))


@kept(megabytes=6, size=lambda key, _: size_of_text(key[0]) + (40 << key[1]))
def _low_levels(key: tuple[str, int, Tie]) -> list[int]:
    name, bits, tie = key
    return [tie(name, gap) - (gap << GAP_SHIFT) for gap in range(1 << bits)]


def objective(problem: Model, choice: Choice, tie: Tie = hashed) -> tuple[int, ...]:
    """The full objective, larger is better: a shortfall per tier, then slots, value, evenness, gaps and tie of each.

    What slots that stand fixed show comes before the first tier.
    """
    tiers: dict[int, list[int]] = {}
    for index, task in sorted(enumerate(problem.tasks), key=lambda pair: pair[1].priority):
        tiers.setdefault(task.priority, []).append(index)
    if problem.inventory is None:
        shown: dict[int, int] = {}
    else:
        showcases = showcases_of(problem, choice)
        shown = worth_of_tiers(problem.inventory, showcases, assign(problem.inventory, showcases).items)
    missing = [-sum(_shortfall(problem.tasks[i], choice, i) for i in tier) for tier in tiers.values()]
    levels = [shown[STANDING]] if STANDING in shown else []
    for priority, tier in tiers.items():
        slots, value, *low = map(sum, zip(*(_levels(problem, choice, i, tie) for i in tier), strict=True))
        levels += [slots, value + shown.get(priority, 0), *low]
    return (*missing, *levels)


def _shortfall(task: Task, choice: Choice, index: int) -> int:
    return max(0, task.least - len(choice.gaps[index]) - len(choice.pages[index]))


def _levels(problem: Model, choice: Choice, index: int, tie: Tie) -> tuple[int, ...]:
    """Slots, value, evenness, earliness and tie of one task."""
    task, gaps, pages = problem.tasks[index], choice.gaps[index], choice.pages[index]
    values = dict(zip(task.candidates, task.values, strict=True))
    seats = seated(task, gaps, problem.exempt)
    value = sum(values[gap] for gap in gaps) + sum(task.pages[page] for page in pages) + (seats[0] if seats else 0)
    uneven = sum(deviation(task, problem.position[gap], i, len(gaps)) ** 2 for i, gap in enumerate(gaps))
    places = [problem.place(gap) for gap in gaps]
    ties = sum(tie(task.name, place) for place in places) + BELOW * (problem.exempt in gaps)
    return len(gaps) + len(pages), value, -uneven, -sum(places), ties


def deviation(task: Task, position: int, i: int, count: int) -> int:
    """How far slot *i* of *count* is from the centre of its part of the span, in permille of the span."""
    low, high = task.span
    if not task.even or low == high:
        return 0
    return abs(2 * count * (position - low) - (high - low) * (2 * i + 1)) * 500 // (count * (high - low))
