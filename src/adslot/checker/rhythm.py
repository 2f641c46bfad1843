"""The beats of a rule with a rhythm: a place at each multiple of it, which takes one slot less than half a beat away."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from adslot.checker.page import FilledPage
from adslot.policy.declarations import Rule
from adslot.policy.language.distance import Amount


def beats(filled: FilledPage, rule: Rule, every: Amount) -> Iterator[tuple[int, int]]:
    """The first and the last gap between two blocks that each beat may take, in order; beats with no gap are left out."""
    beat, start = _size(filled, every), _start(filled, rule, every)
    reached: dict[int, list[int]] = {}
    for gap in range(1, filled.last) if beat and start is not None else ():
        number = Fraction(filled.sizes.between(every.unit, 0, gap) - (start or 0), beat)
        nearest = int(number + Fraction(1, 2))
        is_inside = (start or 0) + nearest * beat < filled.sizes.whole(every.unit)
        if nearest > 0 and is_inside and abs(number - nearest) < Fraction(1, 2):
            reached.setdefault(nearest, []).append(gap)
    return ((gaps[0], gaps[-1]) for gaps in reached.values())


def _size(filled: FilledPage, amount: Amount) -> int:
    """An amount as sizes are counted: a per cent is as many hundredths of a char as the story has chars."""
    return amount.number * filled.sizes.whole("chars") if amount.unit == "%" else amount.number


def _start(filled: FilledPage, rule: Rule, every: Amount) -> int | None:
    """Where the first beat is counted from: the start, or where the rule's distance to it ends."""
    least = rule.from_start
    if least is None:
        return 0
    if len(least.alternatives) == 1 and [amount.unit for amount in least.alternatives[0]] == [every.unit]:
        return _size(filled, least.alternatives[0][0])
    first = next((gap for gap in range(filled.last + 1) if not filled.sizes.missing(least, 0, gap)), None)
    return None if first is None else filled.sizes.between(every.unit, 0, first)
