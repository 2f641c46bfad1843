"""Law 6, for policies of one rule. No legal plan has a higher objective (brute force), and law 7: nothing can be added."""

from __future__ import annotations

from itertools import combinations

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from adslot import Placement, Policy, plan, read
from tests import strategies
from tests.oracles.legality import _gaps, breaches

short_stories = st.lists(strategies.blocks, min_size=1, max_size=9).map("".join)
in_story = strategies.rules("r").map(
    lambda rule: attrs.evolve(rule, slot="ad", at=tuple(a for a in rule.at if a.what != "lead" and a.selector is None))
)


def worth(article, policy, places):
    """The objective: slots, anchors wanted most, evenness, earliness. The tie level is left out."""
    rule, gaps = policy.rules[0], [gap for gap, _ in places]
    ranks = [[str(anchor) for anchor in rule.at].index(anchor) if anchor else 0 for _, anchor in places]
    return len(gaps), -sum(ranks), -uneven(article, policy, gaps), -sum(gaps)


def places_of(article, policy):
    """The gaps, each with the first anchor that leads there; the last gap with `end` is another one, below the story."""
    at, last = policy.rules[0].at, len(article.gaps) - 1
    if not at:
        return [(gap, None) for gap in range(last + 1)]
    found: dict[object, tuple[int, str]] = {}
    for anchor in at:
        for gap in _gaps(article, anchor):
            found.setdefault((gap, anchor.where == "end"), (gap, str(anchor)))
    return sorted(found.values())


def uneven(article, policy, gaps):
    """Squared permille deviations from the centres of equal cells of the span that the rule may use."""
    alone = [place[0] for place in places_of(article, policy) if is_legal(article, policy, [place])]
    if policy.rules[0].prefer != "even" or not gaps:
        return 0
    before = [sum(block.chars for block in article.blocks[:gap]) for gap in range(len(article.gaps))]
    low, span, count = before[alone[0]], before[alone[-1]] - before[alone[0]], len(gaps)
    if not span:
        return 0
    offs = [abs(2 * count * (before[gap] - low) - span * (2 * i + 1)) for i, gap in enumerate(gaps)]
    return sum((off * 500 // (count * span)) ** 2 for off in offs)


def is_legal(article, policy, places):
    """Whether the rule may place slots in exactly these gaps, served by these anchors."""
    placements = [Placement("r", "ad", f"x{gap}", gap=gap, offset=None, anchor=anchor) for gap, anchor in places]
    return breaches(article, policy, placements, 0) == []


def one_rule(rule, spacing, limits, guards):
    return Policy(strategies.SLOTS, [rule], spacing, limits, guards=guards)


policies = st.builds(
    one_rule, in_story, st.lists(strategies.spacings, max_size=1), strategies._limits, strategies._guards
)


@given(short_stories, policies)
def test_no_legal_plan_is_better(text, policy):
    """Among all legal sets of gaps the plan has the highest objective, and says that it is optimal."""
    article = read(text, policy)
    assume(len(article.gaps) <= 10)
    made = plan(article, policy)
    chosen = [(placement.gap, placement.anchor) for placement in made.placements if placement.rule == "r"]
    assume(len(chosen) == len(made.placements))
    most = min(policy.rules[0].max, len(article.gaps))
    legal = [
        places
        for count in range(most + 1)
        for places in combinations(places_of(article, policy), count)
        if is_legal(article, policy, places) or not places
    ]
    best = max(worth(article, policy, places) for places in legal)
    assert worth(article, policy, chosen) == best
    assert made.status == "optimal"


@given(short_stories, policies)
def test_nothing_legal_can_be_added(text, policy):
    """Every further gap would break something."""
    article = read(text, policy)
    made = plan(article, policy)
    chosen = [(placement.gap, placement.anchor) for placement in made.placements if placement.rule == "r"]
    assume(len(chosen) == len(made.placements))
    for place in places_of(article, policy):
        if place[0] not in [gap for gap, _ in chosen]:
            assert not is_legal(article, policy, sorted([*chosen, place]))
