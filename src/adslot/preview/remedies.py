"""Remedies: what would help a rule to more slots, and what a gap would cost it, as far as a bounded search tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from adslot.html.text import counted
from adslot.planner.shortfalls import Shortfall, sentences, shortfalls
from adslot.planner.what_if import Cost
from adslot.policy.declarations import Rule
from adslot.preview.refused import Refused
from adslot.preview.states import STATE_OF

# Blocks of articles that may be planned for anew: to find what holds a rule back takes many plans, a cost one.
MOST_BLOCKS = 12_000
MOST_BLOCKS_OF_COSTS = 60_000
# The reasons that other places for the rule's own slots may take away.
_OWN = frozenset({"not-chosen", "apart", "anchor-used", "max", "rate", "section"})


@attrs.frozen
class Remedies:
    """What *held* each rule back, a few sentences for each rule, the gap of its *misses*, the *costs* of gaps, and *bounds*.

    *bounds* are sentences about what was not worked out.
    """

    held: Mapping[str, Sequence[str]]
    misses: Mapping[str, int]
    costs: Mapping[tuple[int, str], str]
    bounds: Sequence[str]


def remedies(refused: Refused) -> Remedies:
    """What would help the rules of a plan."""
    plan = refused.plan
    blocks = max(len(plan.article.blocks), 1)
    names = [rule.name for rule in plan.policy.rules]
    able = names[: MOST_BLOCKS // blocks]
    found = {name: shortfall for name in able for shortfall in shortfalls(plan, name)}
    candidates = list(_candidates(refused))
    tried = candidates[: MOST_BLOCKS_OF_COSTS // blocks]
    return Remedies(
        held={rule.name: list(_held(refused, rule, found, able)) for rule in plan.policy.rules},
        misses=_misses(found),
        costs={(gap, rule): told(cost) for gap, rule in tried if (cost := plan.cost(rule, gap)) is not None},
        bounds=[*_bounds(refused), *_left(names[len(able) :], len(candidates) - len(tried))],
    )


def _misses(found: Mapping[str, Shortfall]) -> Mapping[str, int]:
    """The gap that each rule came nearest to using."""
    misses = {name: shortfall.nearest[0].gap for name, shortfall in found.items() if shortfall.nearest}
    return {name: gap for name, gap in misses.items() if gap is not None}


def _held(refused: Refused, rule: Rule, found: Mapping[str, Shortfall], able: Sequence[str]) -> Iterator[str]:
    """What is said of a rule's number of slots."""
    if rule.name in found:
        yield from sentences(found[rule.name])
        return
    placed = sum(placement.rule == rule.name for placement in refused.plan.placements)
    yield f"{rule.name}: {placed} of at most {counted(rule.max, 'slot')}"
    if placed < rule.max and rule.name not in able:
        yield "what holds it back was not worked out, as the article is too long"


def _candidates(refused: Refused) -> Iterator[tuple[int, str]]:
    """The gaps that a rule might use if its own slots stood elsewhere: first those that it may use now."""
    pairs = [(gap, name, found) for gap, rules in enumerate(refused.gaps) for name, found in rules.items()]
    pairs = [pair for pair in pairs if all(each.code in _OWN for each in pair[2])]
    pairs.sort(key=lambda pair: any(STATE_OF[each.code] == "distance" for each in pair[2]))
    yield from ((gap, name) for gap, name, _ in pairs)


def _bounds(refused: Refused) -> Iterator[str]:
    gaps, told = len(refused.plan.article.gaps), len(refused.gaps)
    if told < gaps:
        yield f"Reasons were worked out for the first {told} of {gaps} gaps."


def _left(rules: Sequence[str], gaps: int) -> Iterator[str]:
    if rules:
        yield f"What holds a rule back was not worked out for {', '.join(rules)}: the article is too long."
    if gaps > 0:
        yield f"What a gap would cost was not worked out for {counted(gaps, 'more gap and rule', 'more gaps and rules')}."


def told(cost: Cost) -> str:
    """What a gap would cost a rule, in words.

    >>> told(Cost(rule="in-text", gap=5, gaps=(3, 5), slots=0, value=0, unevenness=251))
    'It can be had: the slots of the rule would stand in gaps 3 and 5, less evenly.'
    >>> told(Cost(rule="in-text", gap=5, gaps=(5,), slots=1, value=0, unevenness=0))
    'It can be had: the slots of the rule would stand in gap 5, and there would be 1 slot less.'
    """
    *others, last = map(str, cost.gaps)
    where = f"gaps {', '.join(others)} and {last}" if others else f"gap {last}"
    paid = [
        f", and there would be {cost.slots} {'slot' if cost.slots == 1 else 'slots'} less" if cost.slots > 0 else "",
        ", in places that the rule prefers less" if cost.value > 0 else "",
        ", less evenly" if cost.unevenness > 0 and not cost.slots else "",
    ]
    return f"It can be had: the slots of the rule would stand in {where}{''.join(paid)}."
