"""An independent judge of plans (law 5): plain sums over the article, no code of the planner.

What it says of distances, anchors and fixed things is written from the reference of the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import attrs

from adslot import Article, Distance, Placement, Policy, Rule, Slot, Term
from adslot.article.values import Anchored
from adslot.policy.language.anchors import Anchor
from tests.oracles.taste import closed_gaps

KINDS = {"ad", "teaser", "promo"}
GROUPS = {
    "text": {"paragraph", "short-paragraph", "list", "quote"},
    "headings": {"heading", "pseudo-heading"},
    "media": {"figure", "table", "embed", "code", "box"},
}


@attrs.frozen
class Put:
    """A slot in the story: the rule (None for an editor's), its slot, the gap where it counts as standing.

    One that the anchor `end` serves stands *below* the story.
    """

    rule: Rule | None
    slot: Slot
    gap: int
    outside: bool = False
    below: bool = False


def size(article: Article, unit: str, above: int, below: int) -> int:
    """How much of *unit* the blocks from gap *above* to gap *below* have; per cents in hundredths of a char."""
    blocks = article.blocks[above:below]
    if unit == "chars":
        return sum(block.chars for block in blocks)
    if unit == "%":
        return 100 * sum(block.chars for block in blocks)
    if unit == "words":
        return sum(block.words for block in blocks)
    if unit == "paragraphs":
        return sum(block.role == "paragraph" for block in blocks)
    return sum(block.role not in ("ad", "teaser") for block in blocks)


def keeps(article: Article, distance: Distance, above: int, below: int) -> bool:
    """Whether *distance* lies between two gaps."""
    total = sum(block.chars for block in article.blocks)

    def has(number: int, unit: str) -> bool:
        return size(article, unit, above, below) >= (number * total if unit == "%" else number)

    return any(all(has(a.number, a.unit) for a in every) for every in distance.alternatives)


def puts(article: Article, policy: Policy, placements: Sequence[Placement]) -> list[Put]:
    """The placements that stand in the story, or after its lead."""
    rules = {rule.name: rule for rule in policy.rules}
    found = []
    for placement in placements:
        slot = policy.slot(placement.slot)
        if placement.rule == "here":
            found.append(Put(None, slot, placement.gap or 0))
        elif placement.gap is not None:
            below = placement.anchor == "end" and placement.gap == len(article.gaps) - 1
            found.append(Put(rules[placement.rule], slot, placement.gap, below=below))
        elif placement.anchor == "after lead":
            found.append(Put(rules[placement.rule], slot, 0, outside=True))
    return found


def breaches(article: Article, policy: Policy, placements: Sequence[Placement], items: int) -> list[str]:
    """Every breach of *policy* by *placements*."""
    story = puts(article, policy, placements)
    found = [breach for put in story if put.rule for breach in _alone(article, policy, put)]
    for one, other in combinations(sorted(story, key=lambda put: put.gap), 2):
        found += _together(article, policy, one, other)
    return found + _counts(article, policy, placements, items)


def is_at(article: Article, block: int | None, terms: Sequence[Term]) -> bool:
    """Whether a block is what one of *terms* names."""
    return block is not None and any(
        block in article.matching(t.css) if t.css is not None else _has_role(article, block, t.name or "")
        for t in terms
    )


def _has_role(article: Article, block: int, name: str) -> bool:
    return article.blocks[block].role in GROUPS.get(name, {name})


def _alone(article: Article, policy: Policy, put: Put) -> list[str]:
    """What is wrong with one slot of a rule, whatever other rules place."""
    rule, gap, last = put.rule, article.gaps[put.gap], len(article.gaps) - 1
    assert rule is not None
    found = []
    if not put.outside and (gap.unsafe is not None or gap.closed):
        found.append("unsafe or closed")
    if rule.at and not put.outside and put.gap not in {g for anchor in rule.at for g in _gaps(article, anchor)}:
        found.append("not at an anchor")
    if not rule.at and put.gap in (0, last):
        found.append("at an end without an anchor")
    above, below = put.gap - 1 if put.gap else None, put.gap if put.gap < last else None
    if policy.guards.after_heading and above is not None and _has_role(article, above, "headings"):
        found.append("after a heading")
    found += [f"guard {name}" for name, gaps in closed_gaps(article, policy).items() if put.gap in gaps]
    if rule.after and above is not None and not is_at(article, above, rule.after):
        found.append("wrong block above")
    if rule.before and below is not None and not is_at(article, below, rule.before):
        found.append("wrong block below")
    found += _beside(article, policy, put)
    if rule.from_start is not None and not keeps(article, rule.from_start, 0, put.gap):
        found.append("too near to the start")
    if rule.from_end is not None and not keeps(article, rule.from_end, put.gap, last):
        found.append("too near to the end")
    return found + _fixed(article, policy, put)


def _gaps(article: Article, anchor: Anchor) -> Sequence[int]:
    where, what, number, selector = anchor.where, anchor.what or "", anchor.number, anchor.selector
    if where in ("start", "end"):
        return (0,) if where == "start" else (len(article.gaps) - 1,)
    if what == "lead":
        return () if article.lead is None else (article.lead,)
    if selector is not None:
        found = article.anchors.get(anchor.key, ())
        if isinstance(found, Anchored):
            return ()
        return found if number is None else found[number - 1 :][:1] if number > 0 else found[number:][:1]
    if what == "section":
        spans = [(s.first, s.first + len(s.blocks)) for s in article.sections if s.heading is not None]
    else:
        spans = [(index, index + 1) for index in range(len(article.blocks)) if _has_role(article, index, what)]
    if number is not None:
        spans = spans[number - 1 :][:1] if number > 0 else spans[number:][:1] if -number <= len(spans) else []
    return [below if where == "after" else above for above, below in spans]


def _beside(article: Article, policy: Policy, put: Put) -> list[str]:
    """The ads and teasers of the article that a slot stands beside, at the end of the story, too."""
    if not policy.guards.adjacent:
        return []
    blocks = article.blocks[max(put.gap - 1, 0) : put.gap + 1]
    return [f"beside the existing {block.role}" for block in blocks if block.role in ("ad", "teaser")]


def _fixed(article: Article, policy: Policy, put: Put) -> list[str]:
    """Distances to ads and teasers of the article, and to what spacings name."""
    rule = put.rule
    assert rule is not None
    found = []
    for index, block in enumerate(article.blocks):
        if _counts_own(policy) and block.role == put.slot.kind and rule.apart is not None:
            found += _near(article, rule.apart, put.gap, index, index + 1, "existing slot")
    for spacing in policy.spacing if not put.below else ():
        for mine, others, thing_above in _sides(spacing):
            if _is_kind(put.slot.kind, mine):
                named = [t for t in others if _counts_own(policy) or t.css is not None or t.name not in KINDS]
                found += _near_things(article, put.gap, spacing.min, named, thing_above=thing_above)
    return found


def _counts_own(policy: Policy) -> bool:
    """Whether the ads and teasers that the page has itself count for distances and limits."""
    return policy.article.existing == "count"


def _near_things(
    article: Article, gap: int, distance: Distance, terms: Sequence[Term], *, thing_above: bool
) -> list[str]:
    """Whether *gap* is too near to a thing of *terms* above it, or below it."""
    points = {"start": 0, "end": len(article.gaps) - 1, "lead": article.lead or 0}
    names = [term for term in terms if term.css is not None or term.name not in points]
    places = [(index, index + 1) for index in range(len(article.blocks)) if is_at(article, index, names)]
    places += [(points[term.name], points[term.name]) for term in terms if term.name in points]
    found = []
    for above, below in places:
        if (below <= gap) if thing_above else (above >= gap):
            found += _near(article, distance, gap, above, below, f"{terms} at {above}")
    return found


def _near(article: Article, distance: Distance, gap: int, above: int, below: int, name: str) -> list[str]:
    """Whether *gap* is too near to a thing between the gaps *above* and *below*."""
    fine = keeps(article, distance, gap, above) if gap <= above else keeps(article, distance, below, gap)
    return [] if fine else [f"too near to {name}"]


def _sides(spacing: object) -> list[tuple[Sequence[Term], Sequence[Term], bool]]:
    above, below = spacing.above, spacing.below  # type: ignore[attr-defined] # a Spacing
    sides = [(below, above, True), (above, below, False)]
    return [*sides, (above, below, True), (below, above, False)] if spacing.either else sides  # type: ignore[attr-defined] # as above


def _is_kind(kind: str, terms: Sequence[Term]) -> bool:
    return any(term.css is None and term.name == kind for term in terms)


def _together(article: Article, policy: Policy, upper: Put, lower: Put) -> list[str]:
    """What is wrong between two slots; one below the story keeps what its own rule says, and nobody keeps anything from it."""
    if upper.rule is None and lower.rule is None:
        return []
    stacked = upper.rule is not None and lower.rule is not None and upper.rule.stack and lower.rule.stack
    if upper.gap == lower.gap:
        if upper.rule is not None and upper.rule is lower.rule:
            return ["two of one rule in one gap"]
        if stacked:
            return []
        if policy.guards.adjacent and not _editor_and_stacked(upper, lower):
            return ["two slots in one gap"]
    wanted = []
    is_below = upper.below or lower.below
    if upper.slot.kind == lower.slot.kind:
        asking = [put for put in (upper, lower) if put.below or not is_below]
        wanted += [put.rule.apart for put in asking if put.rule is not None and put.rule.apart is not None]
    for spacing in policy.spacing if not is_below else ():
        pairs = (
            [(upper, lower), (lower, upper)]
            if upper.gap == lower.gap and None in (upper.rule, lower.rule)
            else [(upper, lower)]
        )
        for first, second in pairs:
            straight = _is_kind(first.slot.kind, spacing.above) and _is_kind(second.slot.kind, spacing.below)
            turned = (
                spacing.either
                and _is_kind(first.slot.kind, spacing.below)
                and _is_kind(second.slot.kind, spacing.above)
            )
            wanted += [spacing.min] if straight or turned else []
    return [f"too near together: {d}" for d in wanted if not keeps(article, d, upper.gap, lower.gap)]


def _editor_and_stacked(one: Put, other: Put) -> bool:
    """Whether one is an editor's slot and the other may be stacked."""
    return (one.rule is None and other.rule is not None and other.rule.stack) or (
        other.rule is None and one.rule is not None and one.rule.stack
    )


def _counts(article: Article, policy: Policy, placements: Sequence[Placement], items: int) -> list[str]:
    found = []
    for rule in policy.rules:
        mine = [p for p in placements if p.rule == rule.name]
        if len(mine) > rule.max:
            found.append(f"{rule.name}: more than max")
        sections = [article.gaps[p.gap].section for p in mine if p.gap is not None]
        if rule.per_section is not None and any(sections.count(s) > rule.per_section for s in sections):
            found.append(f"{rule.name}: more than per_section")
    kinds = [policy.slot(p.slot).kind for p in placements]
    there = [str(b.role) for b in article.blocks if _counts_own(policy) and b.role in ("ad", "teaser")]
    own = [policy.slot(p.slot).kind for p in placements if p.rule != "here"]
    limits = {"ad": policy.limits.ads, "teaser": policy.limits.teasers, "promo": policy.limits.promos}
    for kind, most in limits.items():
        if most is not None and kind in own and kinds.count(kind) + there.count(kind) > most:
            found.append(f"limit of {kind}")
    if policy.limits.slots is not None and own and len(kinds) + len(there) > policy.limits.slots:
        found.append("limit of slots")
    if kinds.count("teaser") > items:
        found.append("more teasers than articles")
    return found
