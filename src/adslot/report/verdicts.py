"""Verdicts: of all reasons why a gap stays empty the one that decides, and neighbouring gaps with the same one together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.codes import REASONS
from adslot.guards import GUARDS
from adslot.planner.plan import Plan
from adslot.planner.refusals import Refusal, missing_share

# What closes a gap whatever is asked: of these the first decides.
_CLOSING = ("unsafe", "marker", *(guard.name for guard in GUARDS.values()))


@attrs.frozen
class Verdict:
    """Why *rules* do not use some gaps: the *refusal* of one of them at the first gap, from *least* to *most* of what is required."""

    rules: tuple[str, ...]
    refusal: Refusal
    least: int | None = attrs.field(kw_only=True)
    most: int | None = attrs.field(kw_only=True)

    @property
    def asks(self) -> str | None:
        """The key that asks, without the name of the rule where it is one of *rules*."""
        return _asks(self.refusal)

    @property
    def is_of_gap(self) -> bool:
        """Whether it closes the gap to every rule alike."""
        return self.refusal.code in _CLOSING

    @property
    def sense(self) -> tuple[object, ...]:
        """What it says, but for how much there is."""
        return self.rules, _sense(self.refusal)


@attrs.frozen
class Stretch:
    """The gaps *first* to *last* stay empty, for the same reasons; for none where no rule looks there."""

    first: int
    last: int
    verdicts: tuple[Verdict, ...]

    def with_next(self, other: Stretch) -> Stretch:
        """This one and the one below it, which says the same."""
        pairs = zip(self.verdicts, other.verdicts, strict=True)
        return Stretch(self.first, other.last, tuple(_joined(mine, its) for mine, its in pairs))

    def says_as(self, other: Stretch) -> bool:
        """Whether both say the same, but for how much there is."""
        return [each.sense for each in self.verdicts] == [each.sense for each in other.verdicts]


def stretches(plan: Plan, rule: str | None = None) -> list[Stretch]:
    """The gaps of *plan* without a slot, of *rule* if one is named, from top to bottom."""
    used = {p.gap for p in plan.placements if rule in (None, p.rule)}
    shown = {p.gap for p in plan.placements}
    found: list[Stretch] = []
    for gap in range(len(plan.article.gaps)):
        if gap in used:
            continue
        one = Stretch(gap, gap, tuple(verdicts(plan.explain(rule=rule, gap=gap), every=rule is not None)))
        if found and gap not in shown and found[-1].last == gap - 1 and found[-1].says_as(one):
            found[-1] = found[-1].with_next(one)
        else:
            found.append(one)
    return found


def verdicts(refusals: Sequence[Refusal], *, every: bool = False) -> Iterator[Verdict]:
    """What decides at one gap, rules for which it is the same together.

    Of *every* rule, or else of those that look for a place there; where none does, of those that the article as a whole
    keeps from it.
    """
    rules: dict[str, list[Refusal]] = {}
    for refusal in refusals:
        rules.setdefault(refusal.rule, []).append(refusal)
    found = [min(each, key=_rank) for each in rules.values() if every or not any(map(_is_elsewhere, each))]
    if not found:
        found = [min(each, key=_rank) for each in rules.values() if all(map(_is_overall, filter(_is_elsewhere, each)))]
    same: dict[object, list[Refusal]] = {}
    for refusal in found:
        same.setdefault((_sense(refusal), refusal.actual), []).append(refusal)
    for group in same.values():
        first = group[0]
        yield Verdict(tuple(each.rule for each in group), first, least=first.actual, most=first.actual)


def _is_elsewhere(refusal: Refusal) -> bool:
    return REASONS[refusal.code].is_elsewhere


def _is_overall(refusal: Refusal) -> bool:
    return REASONS[refusal.code].is_overall


def _rank(refusal: Refusal) -> tuple[int, int]:
    """What decides comes first: that a rule looks elsewhere, what closes the gap, a share of the section, a distance.

    Of distances the one of which most is missing; how many slots there may be only where nothing is in the way here.
    """
    reason = REASONS[refusal.code]
    if reason.is_elsewhere:
        return 0, not reason.is_overall
    if refusal.code in _CLOSING:
        return 1, _CLOSING.index(refusal.code)
    if reason.is_overall:
        return 4, 0
    if not reason.is_distance or reason.is_whole:
        return 2, 0
    return 3, -missing_share(refusal)


def _asks(refusal: Refusal) -> str | None:
    return None if refusal.key is None else refusal.key.removeprefix(f"rules[{refusal.rule}].")


def _sense(refusal: Refusal) -> tuple[object, ...]:
    side = refusal.side, refusal.block if REASONS[refusal.code].is_distance else None
    return refusal.code, refusal.against, *side, _asks(refusal), refusal.unit, refusal.required


def _joined(mine: Verdict, other: Verdict) -> Verdict:
    least, most = mine.least, mine.most
    if other.least is not None and other.most is not None:
        least = other.least if least is None else min(least, other.least)
        most = other.most if most is None else max(most, other.most)
    return attrs.evolve(mine, least=least, most=most)
