"""A filled page: an article, the policy that it is held to, and the slots that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.article.values import Article
from adslot.checker.positions import FoundSlot, Positions
from adslot.checker.sizes import Missing, Sizes
from adslot.codes import FINDINGS
from adslot.guards import GUARDS
from adslot.kept import lazy
from adslot.policy.declarations import Rule
from adslot.policy.language.terms import POINTS, Term
from adslot.policy.policy import Policy
from adslot.roles import GROUPS, all_among


@attrs.frozen
class RawFinding:
    """A finding before it is reported. *subject* is the slot that is at fault, the index of an existing one, or None for the page.

    Where the reason is a quantity, *required* and *actual* are in *unit*. *against* names the other thing.
    """

    code: str
    subject: FoundSlot | int | None
    required: int | None = attrs.field(default=None, kw_only=True)
    actual: int | None = attrs.field(default=None, kw_only=True)
    unit: str | None = attrs.field(default=None, kw_only=True)
    against: str = attrs.field(default="", kw_only=True)
    is_error: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        assert self.code in FINDINGS, self.code  # noqa: S101  # every code has a sentence

    @classmethod
    def of(cls, code: str, subject: FoundSlot | int, missing: Missing, against: str = "") -> RawFinding:
        """A distance that is missing."""
        required, actual, unit = missing.required, missing.actual, missing.unit
        return cls(code, subject, required=required, actual=actual, unit=unit, against=against)


class FilledPage:
    """Answers what the parts of the check ask of a page. *slots* are in source order."""

    def __init__(self, article: Article, policy: Policy, positions: Positions, slots: Sequence[FoundSlot]) -> None:
        self.article, self.policy, self.positions, self.slots = article, policy, positions, slots
        self.sizes = Sizes(article.blocks, policy.article.sizes)
        self.last = len(article.blocks)
        # The slots below the story, where no distance concerns them but those of their own rules.
        self.below: frozenset[FoundSlot] = frozenset()
        self._guarded: dict[str, frozenset[int]] = {}
        self._blocks: dict[tuple[Term, ...], frozenset[int]] = {}

    @lazy
    def asked(self) -> frozenset[tuple[str, int]]:
        """The slots that editors ask for, each with its gap."""
        return frozenset((manual.name, manual.gap) for manual in self.article.manual)

    @lazy
    def apart(self) -> list[FoundSlot]:
        """The slots that distances concern, from top to bottom: one after a lead above the body comes first."""
        found = [s for s in self.slots if s.gap is not None and s.where != "lost" and s not in self.below]
        return sorted(found, key=key_of)

    def blocks_of(self, terms: tuple[Term, ...]) -> frozenset[int]:
        """The blocks that *terms* name."""
        if terms not in self._blocks:
            self._blocks[terms] = frozenset(self._named(terms))
        return self._blocks[terms]

    def _named(self, terms: tuple[Term, ...]) -> Iterator[int]:
        roles: set[str] = set()
        for term in terms:
            if term.css is not None:
                yield from self.article.matching(term.css)
            elif term.but:
                yield from frozenset(range(self.last)) - self.blocks_of(term.but)
            elif term.name is not None and term.name not in POINTS:
                roles |= GROUPS.get(term.name, {term.name})
        if roles:
            yield from all_among(self.article.blocks, roles)

    def closing(self, rule: Rule | None) -> list[tuple[str, frozenset[int]]]:
        """The code of each guard that is on for a rule, and the gaps that it closes."""
        return [(GUARDS[name].name, self._barred(name)) for name in GUARDS if self.is_guarded(name, rule)]

    def is_guarded(self, name: str, rule: Rule | None) -> bool:
        """Whether the guard of the field *name* is on for a rule."""
        by_policy: bool = getattr(self.policy.guards, name)
        return by_policy if rule is None else bool(rule.guards.get(name, by_policy))

    def _barred(self, name: str) -> frozenset[int]:
        if name not in self._guarded:
            self._guarded[name] = frozenset(GUARDS[name].barred(self.article.blocks))
        return self._guarded[name]


def key_of(slot: FoundSlot) -> tuple[int, int]:
    """The place of a slot in document order: gap g comes before block g, whose key is (2 g + 1, 0)."""
    return (-1, 1 + slot.number) if slot.where == "lead" else (2 * (slot.gap or 0), slot.number)
