"""The policy: slots, rules, spacing, limits and guards together.

A `Policy` checks itself when it is made: references, names and contradictions that can be seen
without an article raise one PolicyError with everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from adslot._faults import problems_of, warnings_of
from adslot.declarations import ArticleOptions, Guards, Limits, Rule, Slot, Spacing
from adslot.errors import PolicyError
from adslot.terms import Term

__all__ = ["ArticleOptions", "Guards", "Limits", "Policy", "Rule", "Slot", "Spacing"]


# A converter of its own for each, so that type checkers see what a policy is made of.
def _slots(value: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(value)


def _rules(value: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(value)


def _spacings(value: Iterable[Spacing]) -> tuple[Spacing, ...]:
    return tuple(value)


@attrs.frozen(cache_hash=True)
class Policy:
    """Slots, and the rules by which they are placed. Raises PolicyError where these contradict.

    >>> Policy(slots=[Slot("anzeige", kind="ad", label="Anzeige")], rules=[Rule("mitte", slot="anzeig")])
    Traceback (most recent call last):
    adslot.errors.PolicyError: rules[0].slot: expected the name of a slot, found 'anzeig' (did you mean 'anzeige'?)
    """

    slots: tuple[Slot, ...] = attrs.field(default=(), converter=_slots)
    rules: tuple[Rule, ...] = attrs.field(default=(), converter=_rules)
    spacing: tuple[Spacing, ...] = attrs.field(default=(), converter=_spacings)
    limits: Limits = attrs.field(factory=Limits)
    article: ArticleOptions = attrs.field(factory=ArticleOptions)
    guards: Guards = attrs.field(factory=Guards)

    def __attrs_post_init__(self) -> None:
        if problems := list(problems_of(self.slots, self.rules, self.spacing, self.limits, self.article)):
            raise PolicyError(problems)

    def slot(self, name: str) -> Slot:
        """The slot of this *name*. Raises KeyError."""
        return self._slots[name]

    @cached_property
    def _slots(self) -> dict[str, Slot]:
        return {slot.name: slot for slot in self.slots}

    @cached_property
    def selectors(self) -> tuple[str, ...]:
        """Every CSS selector that rules and spacing use, sorted."""
        used = {term.css for term in self._terms() if term.css is not None}
        used |= {anchor.selector for rule in self.rules for anchor in rule.at if anchor.selector is not None}
        return tuple(sorted(used))

    @cached_property
    def uses_lead(self) -> bool:
        """Whether a rule or a spacing speaks of the lead."""
        anchors = any(anchor.what == "lead" for rule in self.rules for anchor in rule.at)
        return anchors or any(term.name == "lead" for term in self._terms())

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What is legal and yet hardly meant.

        >>> Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("text", slot="anzeige", max=3)]).warnings
        ("rules[0]: 'text' may place 3 ads, and nothing keeps them apart",)
        """
        return tuple(warnings_of(self.slots, self.rules, self.spacing))

    def _terms(self) -> Iterator[Term]:
        for rule in self.rules:
            yield from (*rule.after, *rule.before)
        for spacing in self.spacing:
            yield from (*spacing.above, *spacing.below, *spacing.unless)
