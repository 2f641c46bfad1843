"""Totals of several previews: slots per article, rules that never place, and what most often keeps each from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from adslot.codes import REFUSALS
from adslot.preview.refused import Refused


@attrs.frozen(kw_only=True)
class RuleTally:
    """What became of a rule in an article: how many slots it *placed*, and the gaps of each refusal, if it may have more."""

    slot: str
    max: int
    placed: int
    refusals: Mapping[str, int]


@attrs.frozen(kw_only=True)
class Tally:
    """What is counted of an article: all that is kept of it where there are many."""

    name: str
    blocks: int
    chars: int
    slots: int
    warnings: int
    rules: Mapping[str, RuleTally]


@attrs.frozen(kw_only=True)
class RuleTotal:
    """A rule over all articles: how many slots it *placed* in how many *articles*, and its commonest refusal.

    The refusals are those in articles where it has fewer slots than its *max*: of a rule that has them all, the
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
    """The *slots* in all *articles*, how many of these are *without* any, and the *rules*."""

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


def tally(name: str, refused: Refused) -> Tally:
    """What is counted of the article *name*."""
    plan, placed = refused.plan, Counter(placement.rule for placement in refused.plan.placements)
    return Tally(
        name=name,
        blocks=len(plan.article.blocks),
        chars=plan.article.chars,
        slots=len(plan.placements),
        warnings=len(plan.warnings),
        rules={
            rule.name: RuleTally(
                slot=rule.slot,
                max=rule.max,
                placed=placed[rule.name],
                refusals=dict(refused.counts(rule.name)) if placed[rule.name] < rule.max else {},
            )
            for rule in plan.policy.rules
        },
    )


def totals(every: Sequence[Tally]) -> Totals:
    """The totals of these articles, which one policy was planned for."""
    names = every[0].rules if every else ()
    return Totals(
        articles=len(every),
        slots=sum(each.slots for each in every),
        without=sum(not each.slots for each in every),
        rules=[_of_rule(name, [each.rules[name] for each in every]) for name in names],
    )


def _of_rule(name: str, every: Sequence[RuleTally]) -> RuleTotal:
    codes = Counter[str]()
    for each in every:
        codes.update(each.refusals)
    code, gaps = codes.most_common(1)[0] if codes else ("", 0)
    return RuleTotal(
        name=name,
        slot=every[0].slot,
        max=every[0].max,
        placed=sum(each.placed for each in every),
        articles=sum(bool(each.placed) for each in every),
        refusal=REFUSALS.get(code, ""),
        gaps=gaps,
    )
