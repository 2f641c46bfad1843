"""What keeps rules from their slots: the keys in the way, what it would take, and the nearest miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

from adslot.codes import REASONS, REFUSALS, UNSAFE
from adslot.html.text import counted, shortened
from adslot.planner.plan import Plan
from adslot.planner.refusals import Refusal
from adslot.planner.what_if import EXISTING_KEY, GAPS, Conflict
from adslot.policy.declarations import Rule
from adslot.roles import SLOT_ROLES

# So much is told of what a refusal names.
_AGAINST_WIDTH = 52


@attrs.frozen
class Shortfall:
    """A rule that has fewer slots than its max: how many are *placed*, what is in the way, how near it came.

    *existing* is how many ads and teasers the page has itself, where these are in the way.
    """

    rule: Rule
    placed: int
    conflict: Conflict | None
    nearest: tuple[Refusal, ...]
    given: tuple[tuple[str, int], ...]  # where no key is in the way: the codes of reasons, and how many gaps have them
    existing: int = 0


def shortfalls(plan: Plan, rule: str | None = None) -> Iterator[Shortfall]:
    """The rules of *plan*, or the one named, that have fewer slots than their max."""
    for each in plan.policy.rules:
        placed = sum(placement.rule == each.name for placement in plan.placements)
        if rule in (None, each.name) and placed < each.max:
            conflict = plan.conflict(each.name)
            given = _given(plan, each.name) if conflict is not None and conflict.keys == (GAPS,) else ()
            yield Shortfall(each, placed, conflict, plan.nearest(each.name), tuple(given), _existing(plan, conflict))


def _existing(plan: Plan, conflict: Conflict | None) -> int:
    """How many ads and teasers the page has itself, where they are in the way."""
    if conflict is None or EXISTING_KEY not in conflict.keys:
        return 0
    return sum(block.role in SLOT_ROLES for block in plan.article.blocks)


def _given(plan: Plan, rule: str) -> Sequence[tuple[str, int]]:
    """The reasons that no policy could take away; those that all gaps share, if there are any, else each with its number."""
    found = {(refusal.gap, refusal.code) for refusal in plan.explain(rule=rule)}
    gaps = len({gap for gap, _ in found})
    counts = Counter(code for _, code in found)
    each = [(code, counts[code]) for code, reason in REASONS.items() if reason.is_given and counts[code]]
    return [(code, count) for code, count in each if count == gaps][-1:] or each


def sentences(shortfall: Shortfall, told: Callable[[Sequence[Refusal]], str] | None = None) -> Iterator[str]:
    """A shortfall in words: one line that names the rule, then what is in the way; the refusals of a gap as they are *told*."""
    rule, conflict = shortfall.rule, shortfall.conflict
    wish = f"; it asks for at least {rule.min}" if shortfall.placed < rule.min else ""
    yield f"{rule.name}: {shortfall.placed} of at most {counted(rule.max, 'slot')}{wish}"
    if conflict is None:
        return
    if conflict.keys == (GAPS,):
        yield f"no key of the policy is in the way: {_given_words(shortfall.given)}"
    else:
        yield _conflict_words(conflict)
    if shortfall.existing:
        yield own_slots_words(shortfall.existing)
    if shortfall.nearest:
        yield f"nearest miss: gap {shortfall.nearest[0].gap}, {(told or reasons)(shortfall.nearest)}"


def own_slots_words(count: int) -> str:
    """What there is to do about ads and teasers that a page has itself.

    >>> own_slots_words(1)
    'the page has 1 ad or teaser of its own, which counts; [article] existing = "ignore" leaves it out of distances and limits'
    """
    one = count == 1
    own = f"{counted(count, 'ad or teaser', 'ads or teasers')} of its own, which {'counts' if one else 'count'}"
    return f'the page has {own}; [article] existing = "ignore" leaves {"it" if one else "them"} out of distances and limits'


def _conflict_words(conflict: Conflict) -> str:
    """The keys in the way, and what it would take to have more slots."""
    keys, would = conflict.keys, f"there would be {conflict.wanted}"
    if len(keys) == 1:
        held, each = f"held back by {keys[0]}", f"without it {would}"
    else:
        held, each = f"held back by {', '.join(keys[:-1])} and {keys[-1]} together", f"without any one of them {would}"
    if not conflict.suffices:
        return f"{held}, and by others besides: to take back one key alone is not enough"
    if set(conflict.suffices) == set(keys):
        return f"{held}; {each}"
    return f"{held}; without {', or without '.join(conflict.suffices)} {would}"


def _given_words(given: Sequence[tuple[str, int]]) -> str:
    if not given:
        return "the article has no other gap"
    if len(given) == 1:
        return REFUSALS[given[0][0]]
    return "; ".join(f"{REFUSALS[code]} ({counted(count, 'gap')})" for code, count in given)


def reasons(refusals: Sequence[Refusal]) -> str:
    """Refusals of one gap in words, with their numbers; those of one code listed together.

    >>> near = Refusal("apart", "in-text", 4, required=700, actual=512, unit="chars", against="adslot-in-text-1")
    >>> reasons([near, Refusal("after-heading", "in-text", 4)])
    'too near to a slot of the same kind (512 of 700 chars to adslot-in-text-1); directly below a heading'
    """
    details: dict[str, dict[str, None]] = {}
    for refusal in refusals:
        details.setdefault(refusal.code, {}).update(dict.fromkeys(filter(None, [_detail(refusal)])))
    return "; ".join(REFUSALS[code] + (f" ({', '.join(found)})" if found else "") for code, found in details.items())


def _detail(refusal: Refusal) -> str:
    reason, other = REASONS[refusal.code], refusal.against or ""
    numbers = "" if reason.counts_itself else _numbers(refusal)
    against = "" if reason.names_other else UNSAFE.get(other, shortened(other, _AGAINST_WIDTH))
    return (" to " if reason.is_distance and not reason.is_whole else ", ").join(filter(None, (numbers, against)))


def _numbers(refusal: Refusal) -> str:
    """How much there is of how much: 0 of 1 block."""
    unit, required = refusal.unit, refusal.required
    if not unit or required is None:
        return ""
    return f"{refusal.actual} of {counted(required, unit.removesuffix('s'), unit)}"


def shortfall_data(shortfall: Shortfall) -> dict[str, Any]:
    """As `sentences`, as JSON types."""
    conflict = shortfall.conflict
    return {
        "conflict": None if conflict is None else attrs.asdict(conflict),
        "nearest": [attrs.asdict(refusal) for refusal in shortfall.nearest],
    }
