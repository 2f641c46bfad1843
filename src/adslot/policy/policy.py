"""The policy: slots, rules, spacing, limits, guards and cases together.

A `Policy` checks itself when it is made: references, names and contradictions that can be seen
without an article raise one PolicyError with everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from adslot.errors import ContextError, PolicyError, wrong_type
from adslot.kept import lazy
from adslot.policy.cases import met, missed, overlaid, problems_of_cases
from adslot.policy.context import problems_of_context
from adslot.policy.declarations import ArticleOptions, Case, Limits, Rule, Spacing
from adslot.policy.frozen import Table
from adslot.policy.language.anchors import Anchor
from adslot.policy.language.terms import Term
from adslot.policy.layers import Parts
from adslot.policy.origins import problems_of_parts
from adslot.policy.shown import shown
from adslot.policy.slots import Layout, Slot, in_order, table
from adslot.policy.switches import Guards
from adslot.policy.warnings import warnings_of

__all__ = ["ArticleOptions", "Case", "Guards", "Layout", "Limits", "Policy", "Rule", "Slot", "Spacing", "in_order"]

# Cases may be met in many ways together, one for each section, reader and device.
_MOST_RESOLVED = 256


# A converter of its own for each, so that type checkers see what a policy is made of.
def _slots(value: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(value)


def _rules(value: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(value)


def _spacings(value: Iterable[Spacing]) -> tuple[Spacing, ...]:
    return tuple(value)


def _layouts(value: Iterable[Layout]) -> tuple[Layout, ...]:
    return tuple(value)


def _cases(value: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(value)


@attrs.frozen(cache_hash=True)
class Policy:
    """Slots, and the rules by which they are placed. Raises PolicyError where these contradict, also in a single case.

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
    cases: tuple[Case, ...] = attrs.field(default=(), converter=_cases)
    layouts: tuple[Layout, ...] = attrs.field(default=(), converter=_layouts)
    context: Table = attrs.field(default=Table(()), converter=table)

    __repr__ = shown

    def __attrs_post_init__(self) -> None:
        if problems := [*problems_of_parts(self._parts), *problems_of_cases(self._parts, self.cases)]:
            raise PolicyError(problems)

    def resolve(self, context: Mapping[str, object] | None = None) -> Policy:
        """The policy for a caller's *context*: with the changes of every case that it meets, in order, and without cases.

        The same for every context that meets the same cases. Raises PolicyError where cases that are
        right by themselves contradict each other, and ContextError for a context that is not as the policy declares.

        >>> policy = Policy(limits=Limits(ads=4), cases=[Case({"subscriber": True}, changes={"limits": {"ads": 0}})])
        >>> policy.resolve({"subscriber": True}).limits.ads, policy.resolve({"subscriber": False}).limits.ads
        (0, 4)
        """
        if context is not None and not isinstance(context, Mapping):
            raise wrong_type("context", "a mapping of names to values", context)
        if self.context and (problems := list(problems_of_context(context or {}, self.context))):
            raise ContextError(problems)
        if not self.cases:
            return self
        return self._with(met(self.cases, context or {}))

    def _with(self, which: tuple[int, ...]) -> Policy:
        """The policy with the changes of these cases, made once."""
        found = self._resolved.get(which)
        if found is None:
            found = Policy(**overlaid(self._parts, self.cases, which).fields())
            if len(self._resolved) >= _MOST_RESOLVED:
                self._resolved.clear()
            found = self._resolved.setdefault(which, found)
        return found

    def lacks(self, context: Mapping[str, object] | None = None) -> tuple[str, ...]:
        """A sentence for every key that cases ask for and *context* does not have, or has in another type or letter case.

        Such cases are not met.
        """
        return tuple(missed(self.cases, context or {}))

    @property
    def changed(self) -> Iterator[Policy]:
        """The policy of each case alone."""
        return (self._with((index,)) for index in range(len(self.cases)))

    def slot(self, name: str) -> Slot:
        """The slot of this *name*. Raises KeyError."""
        return self._slots[name]

    @lazy
    def _parts(self) -> Parts:
        return Parts(
            self.slots, self.rules, self.spacing, self.limits, self.article, self.guards, self.layouts, self.context
        )

    @lazy
    def _resolved(self) -> dict[tuple[int, ...], Policy]:
        return {}

    @lazy
    def _slots(self) -> dict[str, Slot]:
        return {slot.name: slot for slot in self.slots}

    @lazy
    def selectors(self) -> tuple[str, ...]:
        """Every CSS selector that rules and spacing use, sorted."""
        used = {css for term in self._terms() for css in term.selectors}
        return tuple(sorted(used | {anchor.selector for anchor in self.anchors if anchor.selector is not None}))

    @lazy
    def every_selector(self) -> tuple[str, ...]:
        """The selectors of the policy and of all its cases, sorted."""
        return tuple(sorted({*self.selectors, *(css for policy in self.changed for css in policy.selectors)}))

    @lazy
    def anchors(self) -> tuple[Anchor, ...]:
        """The css anchors of all rules."""
        return tuple(anchor for rule in self.rules for anchor in rule.at if anchor.selector is not None)

    @lazy
    def uses_lead(self) -> bool:
        """Whether a rule or a spacing speaks of the lead."""
        anchors = any(anchor.what == "lead" for rule in self.rules for anchor in rule.at)
        return anchors or any(term.name == "lead" for term in self._terms())

    @lazy
    def warnings(self) -> tuple[str, ...]:
        """What is legal and yet probably unintended.

        >>> Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("text", slot="anzeige", max=3)]).warnings
        ("rules[0]: 'text' may place 3 ads, and nothing keeps them apart",)
        """
        return tuple(warnings_of(self._parts))

    def _terms(self) -> Iterator[Term]:
        for rule in self.rules:
            yield from (*rule.after, *rule.before)
        for spacing in self.spacing:
            yield from (*spacing.above, *spacing.below, *spacing.unless, *spacing.unless_at)
