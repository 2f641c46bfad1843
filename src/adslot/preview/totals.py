"""Totals of several previews: slots per article, rules that never place, and what most often keeps each from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from adslot.codes import REFUSALS
from adslot.preview.refused import Refused


@attrs.frozen(kw_only=True)
class RuleTotal:
    """A rule over all articles: how many slots it *placed* in how many *articles*, and its commonest refusal.

    The refusals are those in articles where it has fewer slots than its max: of a rule that has them all, the
    commonest would always be that it has them.
    """

    name: str
    slot: str
    max: int
    placed: int
    articles: int
    refusal: str
    gaps: int


@attrs.frozen(kw_only=True)
class Totals:
    """The *slots* in all *articles*, and the *rules*."""

    articles: int
    slots: int
    without: int
    rules: Sequence[RuleTotal]

    @property
    def each(self) -> str:
        """Slots per article, with one decimal."""
        return f"{self.slots / self.articles:.1f}" if self.articles else "0"

    @property
    def never(self) -> Sequence[str]:
        """The rules that place nothing in any article, though they may."""
        return [rule.name for rule in self.rules if rule.max and not rule.placed]


def totals(every: Sequence[Refused]) -> Totals:
    """The totals of these articles, which one policy was planned for."""
    rules = every[0].plan.policy.rules if every else ()
    counts = [len(each.plan.placements) for each in every]
    return Totals(
        articles=len(every),
        slots=sum(counts),
        without=counts.count(0),
        rules=[_of_rule(rule.name, rule.slot, rule.max, every) for rule in rules],
    )


def _of_rule(name: str, slot: str, most: int, every: Sequence[Refused]) -> RuleTotal:
    placed = [sum(placement.rule == name for placement in each.plan.placements) for each in every]
    codes = Counter[str]()
    for each, count in zip(every, placed, strict=True):
        if count < most:
            codes.update(dict(each.counts(name)))
    code, gaps = codes.most_common(1)[0] if codes else ("", 0)
    return RuleTotal(
        name=name,
        slot=slot,
        max=most,
        placed=sum(placed),
        articles=sum(map(bool, placed)),
        refusal=REFUSALS.get(code, ""),
        gaps=gaps,
    )
