"""What a plan comes to, in a few lines: how many slots, where they stand, and what holds the rest back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from adslot import Article, Placement, Plan, Refusal
from adslot.codes import REFUSALS
from adslot.contrib._counted import numbered

_TEXT_WIDTH = 40


def counted(slots: Counter[str]) -> str:
    """How many slots each rule has.

    >>> counted(Counter({"in-text": 2, "end": 1}))
    '1 end, 2 in-text'
    """
    return ", ".join(f"{count} {rule}" for rule, count in sorted(slots.items())) or "no slot"


def slots_of(plan: Plan) -> Counter[str]:
    """How many slots of a *plan* each rule has."""
    return Counter(placement.rule for placement in plan.placements)


def summary(plan: Plan) -> str:
    """A *plan* in one line."""
    unmet = f"; too few: {', '.join(plan.unmet)}" if plan.unmet else ""
    return counted(slots_of(plan)) + unmet


def explanation(plan: Plan) -> Iterator[str]:
    """A *plan* in some lines: its warnings, a line for each slot, and one for each rule that has fewer than its max."""
    yield from (f"warning: {warning}" for warning in plan.warnings)
    for placement in plan.placements:
        yield f"+ {placement.slot} (rule {placement.rule}) {_place(placement, plan.article)}"
    slots = slots_of(plan)
    for rule in plan.policy.rules:
        if slots[rule.name] < rule.max:
            yield f"- {rule.name}: {slots[rule.name]} of at most {rule.max}; {'; '.join(_held(plan, rule.name))}"


def _place(placement: Placement, article: Article) -> str:
    if placement.gap is None:
        return f"{placement.anchor}, outside the story"
    below = article.gaps[placement.gap].below
    return "at the end" if below is None else f"above {_cut(article.blocks[below].text)!r}"


def _held(plan: Plan, rule: str) -> Iterator[str]:
    """What holds *rule* back: keys of the policy, or else what most gaps have; and how near it came."""
    conflict = plan.conflict(rule)
    if conflict is None or conflict.keys == ("gaps",):
        yield _commonest(plan.explain(rule=rule))
    else:
        yield f"held back by {', '.join(conflict.keys)}"
    if near := plan.nearest(rule):
        yield f"nearest miss: {', '.join(map(_reason, near))}"


def _commonest(refusals: Sequence[Refusal]) -> str:
    counts = Counter(refusal.code for refusal in refusals)
    return REFUSALS[counts.most_common(1)[0][0]] if counts else "the story has no gap"


def _reason(refusal: Refusal) -> str:
    if not refusal.unit or refusal.required is None:
        return REFUSALS[refusal.code]
    return f"{REFUSALS[refusal.code]} ({refusal.actual} of {numbered(refusal.required, refusal.unit)})"


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT_WIDTH else f"{text[: _TEXT_WIDTH - 1].rstrip()}…"
