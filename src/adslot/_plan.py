"""The plan: where slots go, and on demand the reasons why nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from adslot._compile import Compiled
from adslot._explain import Explainer, Refusal
from adslot._placements import Placement, placements_of
from adslot._solve import solve
from adslot.article import Article
from adslot.errors import AdslotError
from adslot.policy import Policy
from adslot.related import Related, usable

__all__ = ["Placement", "Plan", "Refusal", "UnknownNameError", "make_plan"]


@attrs.frozen
class Plan:
    """Placements in document order, and on demand the refusals.

    *status* is "optimal" if no legal plan is better, proved; else "bounded". *warnings* are sentences.
    """

    placements: tuple[Placement, ...]
    status: str
    warnings: tuple[str, ...]
    article: Article = attrs.field(repr=False)
    policy: Policy = attrs.field(repr=False)
    items: tuple[Related, ...] = attrs.field(default=(), repr=False)

    def explain(self, *, rule: str | None = None, gap: int | None = None) -> tuple[Refusal, ...]:
        """Every reason why a rule does not use a gap; of all rules and all gaps, or of the ones named.

        A gap that the rule uses has none. Raises LookupError for a rule or gap that does not exist.
        """
        known = [r.name for r in self.policy.rules]
        if rule is not None and rule not in known:
            msg = f"no rule {rule!r} in the policy, but {', '.join(known) or 'none at all'}"
            raise UnknownNameError(msg)
        if gap is not None and not 0 <= gap < len(self.article.gaps):
            msg = f"no gap {gap}: the article has {len(self.article.gaps)}"
            raise UnknownNameError(msg)
        return tuple(self._explainer.refusals(rule, gap))

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(Compiled(self.article, self.policy, len(self.items), complete=True), self.placements)


class UnknownNameError(AdslotError, LookupError):
    """A question names a rule or a gap that does not exist."""


def make_plan(article: Article, policy: Policy, related: Sequence[Related] = (), warnings: Sequence[str] = ()) -> Plan:
    """The best plan for *article* under *policy*; teasers show *related* in the order given."""
    items = usable(related)
    compiled = Compiled(article, policy, len(items))
    choice = solve(compiled.problem)
    placements = placements_of(compiled, choice, items)
    status = "optimal" if choice.optimal else "bounded"
    return Plan(placements, status, (*warnings, *_warnings(compiled)), article, policy, items)


def _warnings(compiled: Compiled) -> Iterator[str]:
    if not compiled.article.blocks:
        yield "nothing that could be a story was found: no text, no pictures"
    if compiled.article.none:
        yield "an editor's marker keeps all slots off this article"
    known = {slot.name for slot in compiled.policy.slots}
    for manual in compiled.article.manual:
        if manual.name not in known:
            yield f"an editor's marker asks for the slot {manual.name!r}, which the policy does not have"
