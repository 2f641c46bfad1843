"""Refusals: one reason each why a rule may not use a gap, with its numbers."""

from __future__ import annotations

import attrs

from adslot.codes import REASONS
from adslot.guards import GUARDS

_GUARD_NAMES = frozenset(guard.name for guard in GUARDS.values())


@attrs.frozen
class Refusal:
    """Why *rule* may not use *gap*.

    *code* is one of `adslot.codes.REFUSALS`. Where the reason is a quantity, *required* and *actual*
    are in *unit*. *against* names the other thing: a placement's id, a block, a reason. It stands on one *side* of the
    gap, "above" or "below"; *block* is its index where it is one. *key* is the key of the policy that asks:
    `spacing[0]`, `rules[in-text].apart`, `guards.tail`. Each is None where there is nothing to say.
    """

    code: str
    rule: str
    gap: int | None
    required: int | None = attrs.field(default=None, kw_only=True)
    actual: int | None = attrs.field(default=None, kw_only=True)
    unit: str | None = attrs.field(default=None, kw_only=True)
    against: str | None = attrs.field(default=None, kw_only=True)
    side: str | None = attrs.field(default=None, kw_only=True)
    block: int | None = attrs.field(default=None, kw_only=True)
    key: str | None = attrs.field(default=None, kw_only=True)


def missing_share(refusal: Refusal) -> int:
    """How much is missing, in thousandths of what is required."""
    required, actual = refusal.required or 1, refusal.actual or 0
    return (required - actual) * 1000 // required


def with_key(refusal: Refusal) -> Refusal:
    """*refusal* with the key that asks for it, where its code says which."""
    if refusal.code in _GUARD_NAMES:
        return attrs.evolve(refusal, key=f"guards.{refusal.code}")
    key = REASONS[refusal.code].key
    return refusal if key is None else attrs.evolve(refusal, key=f"rules[{refusal.rule}].{key}")


def side_of(gap: int, above: int, below: int) -> str | None:
    """On which side of *gap* the other end of a distance is; on none where both are there, or neither."""
    if above == below or gap not in (above, below):
        return None
    return "above" if gap == below else "below"
