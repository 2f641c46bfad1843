"""The plan: where slots go, and on demand the reasons why nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from adslot.article.outline import Outline
from adslot.article.values import Article
from adslot.errors import AdslotError
from adslot.kept import lazy
from adslot.planner.compile import Compiled
from adslot.planner.placements import Placement, placements_of
from adslot.planner.solver.problem import Choice
from adslot.planner.solver.solver import solve
from adslot.planner.warnings import unmet, warnings_of
from adslot.policy.numbers import how_many, told
from adslot.policy.policy import Policy
from adslot.related.eligible import stock_of
from adslot.related.relevance import Known, Relevance, Rows, Scored, Scores, of_offers
from adslot.related.request import Request
from adslot.related.stock import Stock, Unused
from adslot.related.values import Related

if TYPE_CHECKING:  # what answers questions about a plan is loaded when one is asked
    from adslot.planner.alternatives import Rival
    from adslot.planner.explainer import Explainer
    from adslot.planner.refusals import Refusal
    from adslot.planner.what_if import Conflict, Cost


def _text_of(origin: Article | Origin) -> object:
    """What tells the articles of two plans apart."""
    return origin.source


_Stored = TypeVar("_Stored")


class Origin(Protocol):
    """Where an article can be read again; kept with a plan that nobody may ever ask for its reasons."""

    @property
    def source(self) -> str | bytes | None:
        """The text."""

    def read(self) -> Article:
        """The article, with every gap certified."""


@attrs.frozen(kw_only=True)
class Plan:
    """Placements in document order, and on demand the refusals.

    *status* is "optimal" if no legal plan is better, proved; else "bounded". *warnings* are sentences.
    *stock* has the related articles that may be shown, and those that may not.
    *relevances* has for each section, and last for the story as a whole, how relevant each of *items* is, in
    permille; None where no teaser could stand.
    """

    placements: tuple[Placement, ...] = attrs.field(repr=how_many)
    status: str
    warnings: tuple[str, ...] = attrs.field(repr=how_many)
    policy: Policy = attrs.field(repr=False)
    stock: Stock = attrs.field(repr=False)
    origin: Article | Origin = attrs.field(repr=False, eq=_text_of)
    relevances: Rows | None = attrs.field(default=None, repr=False)

    @lazy
    def article(self) -> Article:
        """The article that was planned for; read again from its text where only a page was asked for."""
        return self.origin if isinstance(self.origin, Article) else self.origin.read()

    @property
    def items(self) -> tuple[Related, ...]:
        """The related articles that teasers may show."""
        return self.stock.items

    @property
    def unused(self) -> tuple[Unused, ...]:
        """The related articles that no teaser shows, each with the reason: a code of `adslot.codes.UNUSED`.

        First those that may not be shown here, then those that no place was left for.
        """
        shown = {item for placement in self.placements for item in placement.items}
        rest = (self._unplaced(number) for number, item in enumerate(self.items) if item not in shown)
        return (*self.stock.unused, *rest)

    def _unplaced(self, number: int) -> Unused:
        """Why the article of this *number* has no place: it suits no section, or others suit better."""
        teasers = {slot.name for slot in self.policy.slots if slot.shows_articles}
        least = min((rule.min_relevance for rule in self.policy.rules if rule.slot in teasers), default=0)
        if self.relevances is not None and least > (best := max(row[number] for row in self.relevances)):
            return Unused(self.items[number], "relevance", f"{best} of {least} permille")
        return Unused(self.items[number], "no-place")

    def warned(self, sentences: Sequence[str]) -> Plan:
        """The plan with these warnings before its own."""
        return attrs.evolve(self, warnings=(*sentences, *self.warnings)) if sentences else self

    def emptied(self, warning: str) -> Plan:
        """The plan where nothing can be placed after all, and the *warning* that says why."""
        return attrs.evolve(self, placements=(), warnings=(*self.warnings, warning))

    @property
    def unmet(self) -> tuple[str, ...]:
        """The rules that have fewer slots than their `min`."""
        return tuple(unmet(self.policy, self.placements))

    def explain(self, *, rule: str | None = None, gap: int | None = None) -> tuple[Refusal, ...]:
        """Every reason why a rule does not use a gap; of all rules and all gaps, or of the ones named.

        A gap that the rule uses has none. Raises LookupError for a rule or gap that does not exist.
        """
        if rule is not None:
            self._index(rule)
        if gap is not None:
            self._check_gap(gap)
        return tuple(self._explainer.refusals(rule, gap))

    def conflict(self, rule: str, wanted: int | None = None) -> Conflict | None:
        """What keeps *rule* from *wanted* slots, by default from one more: the keys of the policy that do so together.

        None where the rule has as many. The slots of the other rules stay where they are. Raises
        LookupError for a rule that does not exist.
        """
        from adslot.planner.what_if import conflict  # noqa: PLC0415  # see above

        return conflict(self._explainer, self._index(rule), wanted)

    def nearest(self, rule: str) -> tuple[Refusal, ...]:
        """The refusals of the gap that *rule* came nearest to using; empty where no gap is refused for quantities alone."""
        from adslot.planner.what_if import nearest  # noqa: PLC0415  # see above

        return nearest(self._explainer, self._index(rule))

    def cost(self, rule: str, gap: int) -> Cost | None:
        """What *rule* would pay for using *gap*; None where it may not, beside the slots of the other rules.

        Raises LookupError for a rule or gap that does not exist.
        """
        from adslot.planner.what_if import cost  # noqa: PLC0415  # see above

        self._check_gap(gap)
        return cost(self._explainer, self._index(rule), gap)

    def woven(self, blocks: Iterable[_Stored]) -> Iterator[_Stored | Placement]:
        """*blocks*, whatever they are, with the placements between them: what a renderer of blocks goes through.

        Block i of the article is the one of number i here. Placements outside the story are left out.

        >>> from adslot import Article, Policy, Rule, Slot, plan
        >>> policy = Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("mitte", slot="anzeige")])
        >>> article = Article.from_blocks({"role": "paragraph", "text": text} for text in ("Eins.", "Zwei."))
        >>> [getattr(each, "slot", each) for each in plan(article, policy).woven(["Eins.", "Zwei."])]
        ['Eins.', 'anzeige', 'Zwei.']
        """
        waiting: dict[int, list[Placement]] = {}
        for placement in self.placements:
            if placement.gap is not None:
                waiting.setdefault(placement.gap, []).append(placement)
        for number, block in enumerate(blocks):
            yield from waiting.pop(number, ())
            yield block
        for rest in waiting.values():
            yield from rest

    def rivals(self, teaser: str) -> tuple[Rival, ...]:
        """The articles that the teaser of this id does not show, the most relevant there first.

        Raises LookupError for an id that no teaser has.
        """
        from adslot.planner.alternatives import rivals  # noqa: PLC0415  # see above

        found = next((p for p in self.placements if p.id == teaser and p.items), None)
        if found is None:
            msg = f"no teaser with the id {teaser!r} in the plan"
            raise UnknownNameError(msg)
        return rivals(self._explainer.compiled, self.placements, self.items, found)

    def _index(self, rule: str) -> int:
        """The number of *rule* in the solver's order."""
        if rule not in self._explainer.index:
            known = ", ".join(r.name for r in self.policy.rules)
            msg = f"no rule {rule!r} in the policy, but {known or 'none at all'}"
            raise UnknownNameError(msg)
        return self._explainer.index[rule]

    def _check_gap(self, gap: int) -> None:
        if not 0 <= gap < len(self.article.gaps):
            msg = f"no gap {told(gap)}: the article has {len(self.article.gaps)}"
            raise UnknownNameError(msg)

    @lazy
    def _explainer(self) -> Explainer:
        from adslot.planner.explainer import Explainer  # noqa: PLC0415  # see above

        scores = None if self.relevances is None else Known(self.relevances)
        compiled = Compiled(self.article, self.policy, len(self.items), scores=scores, complete=True)
        return Explainer(compiled, self.placements, self.items)


class UnknownNameError(AdslotError, LookupError):
    """A question names a rule, a gap or a teaser that does not exist."""


def make_plan(
    outline: Outline,
    policy: Policy,
    request: Request,
    origin: Article | Origin,
) -> Plan:
    """The best plan for an article under *policy*; teasers show the most relevant articles, else in the order given."""
    return plan_of(outline, policy, stock_of(outline, policy, request), request, origin)


def plan_of(outline: Outline, policy: Policy, stock: Stock, request: Request, origin: Article | Origin) -> Plan:
    """As `make_plan`, of the *stock* that it was found to have."""
    scores = _scores(outline, policy, stock, request.relevance)
    compiled, choice = _choose(outline, policy, len(stock.items), scores)
    placements = placements_of(compiled, choice, stock.items, request.prefix)
    return Plan(
        placements=placements,
        status="optimal" if choice.optimal else "bounded",
        warnings=(*stock.warnings, *warnings_of(compiled, placements, is_supplied=_is_supplied(stock, request))),
        policy=policy,
        stock=stock,
        origin=origin,
        relevances=scores.rows if scores is not None and scores.is_known else None,
    )


def _is_supplied(stock: Stock, request: Request) -> bool:
    """Whether related articles were given, or a source of them, whether or not any of them may be shown here."""
    return bool(stock.items or stock.unused or callable(request.related))


def _scores(outline: Outline, policy: Policy, stock: Stock, relevance: Relevance | None) -> Scored | None:
    """How relevant the articles are; those that were offered for sections are so to these alone."""
    if not stock.items:
        return None
    scores = Scores(
        outline,
        stock.items,
        relevance,
        count=_most_shown(outline, policy),
        whole=_may_end(outline, policy),
        among=None if stock.inventory is None else (stock.inventory, stock.without),
    )
    if not stock.offers:
        return scores
    return Known(of_offers(stock.offers, len(stock.items), None if relevance is None else scores.rows))


def _most_shown(outline: Outline, policy: Policy) -> int:
    """How many articles a plan can ask for: as many as all teasers show, and those that the one that is tried beside them shows."""
    slots = [(policy.slot(rule.slot), rule.max) for rule in policy.rules]
    shown = [slot.items * most for slot, most in slots if slot.shows_articles]
    largest = max((slot.items for slot in policy.slots if slot.shows_articles), default=0)
    return sum(shown) + (len(outline.manual) + 1) * largest + 1


def _may_end(outline: Outline, policy: Policy) -> bool:
    """Whether a teaser may stand outside the story or at its ends, where it is one to the whole of it."""
    return bool(outline.manual) or any(rule.at and policy.slot(rule.slot).shows_articles for rule in policy.rules)


def _choose(outline: Outline, policy: Policy, items: int, scores: Scored | None) -> tuple[Compiled, Choice]:
    """The best choice of safe gaps: the best one of gaps presumed safe, as soon as all of its gaps are."""
    compiled = None
    while True:
        compiled = Compiled(outline, policy, items, scores=scores, earlier=compiled)
        choice = solve(compiled.problem)
        if outline.certify(compiled.gaps_of(choice)):
            return compiled, choice
