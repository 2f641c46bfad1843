"""States of gaps: in a word how near a rule came to using one, which a preview shows by a mark and a colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from adslot.codes import REASONS, Code
from adslot.guards import GUARDS
from adslot.planner.refusals import Refusal


@attrs.frozen
class State:
    """How it stands between a gap and a rule: a *name*, the *mark* beside it, and what is *said* of the gap."""

    name: str
    mark: str
    said: str


# From the nearest to the farthest. A rule that has several reasons is as far away as the hardest of them says.
STATES = {
    state.name: state
    for state in (
        State("placed", "●", "has a slot"),
        State("free", "○", "legal, but a better plan does without it"),
        State("share", "∑", "legal, but the rule or the page has its share"),
        State("distance", "↕", "too near to something"),
        State("guard", "⊘", "kept free by a guard, or by what stands around it"),
        State("closed", "✕", "closed by the markup or by an editor"),
        State("elsewhere", "–", "no rule has business here"),
        State("unknown", "?", "reasons were not worked out"),
    )
}
_ORDER = {name: number for number, name in enumerate(STATES)}
_GUARDED = frozenset({"neighbour", *(guard.name for guard in GUARDS.values())})
_CLOSED = frozenset({"unsafe", "marker"})


def state_of(code: Code) -> str:
    """The name of the state that a reason stands for.

    >>> [state_of(REASONS[name]) for name in ("apart", "max", "caption", "anchor", "not-chosen")]
    ['distance', 'share', 'guard', 'elsewhere', 'free']
    """
    if code.name in _CLOSED:
        return "closed"
    if code.is_elsewhere:
        return "elsewhere"
    if code.name in _GUARDED:
        return "guard"
    if code.is_distance:
        return "distance"
    return "share" if code.is_cap or code.is_given else "free"


# What stands for each code.
STATE_OF = {name: state_of(code) for name, code in REASONS.items()}


def hardness(state: str) -> int:
    """How far from using a gap a rule in this state is."""
    return _ORDER[state]


def hardest(refusals: Iterable[Refusal]) -> str:
    """The state of a gap to one rule that has these reasons not to use it."""
    return max((STATE_OF[refusal.code] for refusal in refusals), key=hardness)


def nearest(states: Sequence[str]) -> str:
    """The state of a gap to several rules: that of the one that came nearest."""
    return min(states, key=hardness, default="elsewhere")
