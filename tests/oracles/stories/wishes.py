"""A rule and a spacing as this judge reads them from the plain data of a policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from tests.oracles.stories.language import (
    Amount,
    Anchor,
    Distance,
    amount,
    anchor,
    distance,
    listed,
    move,
    names_slots,
    rate,
)
from tests.oracles.stories.policies import GUARDS

_RHYTHM_MOST = 40


@attrs.frozen(kw_only=True)
class Wish:
    """A rule."""

    name: str
    slot: str
    kind: str
    at: tuple[Anchor, ...]
    every: Amount | None
    within: tuple[Distance, str] | None
    after: tuple[str, ...]
    before: tuple[str, ...]
    from_start: Distance | None
    from_end: Distance | None
    apart: Distance | None
    per_section: int | None
    least: int
    most: int
    rate: tuple[int, Amount] | None
    prefer: str
    priority: int
    stack: bool
    min_article: Distance | None
    max_article: Distance | None
    min_section: Distance | None
    max_section: Distance | None
    instead_of: tuple[str, ...]
    guards: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The terms that name its slots."""
        return self.kind, f"slot({self.slot})", f"rule({self.name})"

    def is_of(self, terms: tuple[str, ...]) -> bool:
        """Whether one of *terms* names its slots."""
        return not set(terms).isdisjoint(self.names)


def wishes(policy: Mapping[str, Any]) -> list[Wish]:
    """The rules of a policy, in its order."""
    return [_wish(policy, rule) for rule in policy["rules"]]


def _wish(policy: Mapping[str, Any], rule: Mapping[str, Any]) -> Wish:
    guards = dict.fromkeys(GUARDS, True) | policy["guards"] | rule.get("guards", {})
    sizes = ("from_start", "from_end", "apart", "min_article", "max_article", "min_section", "max_section")
    return Wish(
        name=rule["name"],
        slot=rule["slot"],
        kind=policy["slots"][rule["slot"]]["kind"],
        at=tuple(map(anchor, listed(rule.get("at")))),
        every=amount(rule["every"]) if "every" in rule else None,
        within=move(rule.get("within")),
        after=listed(rule.get("after")),
        before=listed(rule.get("before")),
        per_section=rule.get("per_section"),
        least=rule.get("min", 0),
        most=rule.get("max", _RHYTHM_MOST if "every" in rule else 1),
        rate=rate(rule.get("rate")),
        prefer=rule.get("prefer", "even"),
        priority=rule.get("priority", 1),
        stack=rule.get("stack", False),
        instead_of=listed(rule.get("instead_of")),
        guards=frozenset(name for name, is_on in guards.items() if is_on),
        **{key: distance(rule.get(key)) for key in sizes},
    )


@attrs.frozen(kw_only=True)
class Apartness:
    """A spacing, in one of its directions; *is_lower* says whose gap `unless_at` is asked of."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    least: Distance
    unless: tuple[str, ...]
    unless_at: tuple[str, ...]
    since: int
    is_lower: bool


def spacings(policy: Mapping[str, Any]) -> list[Apartness]:
    """The spacings of a policy, those with `between` in both directions."""
    return [found for spacing in policy["spacing"] for found in _directions(spacing)]


def _directions(spacing: Mapping[str, Any]) -> Iterator[Apartness]:
    above, below = map(listed, spacing.get("between") or (spacing["above"], spacing["below"]))
    sides = [(above, below)]
    if "between" in spacing and set(above) != set(below):
        sides.append((below, above))
    least = distance(spacing["min"])
    assert least is not None
    for upper, lower in sides:
        yield Apartness(
            above=upper,
            below=lower,
            least=least,
            unless=listed(spacing.get("unless")),
            unless_at=listed(spacing.get("unless_at")),
            since=spacing.get("from", 1),
            is_lower="between" in spacing or any(map(names_slots, lower)),
        )
