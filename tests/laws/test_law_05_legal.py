"""Law 5. Every plan obeys every spacing, guard, limit and rule, as an independent checker reads them; and the
explanations (law 8) agree with it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from adslot import Policy, Related, plan, read
from adslot.codes import REFUSALS
from adslot.guards import GUARDS
from tests import strategies
from tests.oracles.legality import breaches
from tests.oracles.taste import bounds, closed_gaps

RELATED = [Related(f"Titel {number}", f"/{number}") for number in range(3)]
QUANTITIES = {"start", "end", "apart", "spacing", "section", "max", "limit", "no-item", "adjacent"}


@given(strategies.articles, strategies.policies(), st.integers(0, 3))
def test_every_plan_is_legal(text, policy, items):
    """No placement breaks anything."""
    article = read(text, policy)
    placements = plan(article, policy, related=RELATED[:items]).placements
    assert breaches(article, policy, placements, items) == []


@given(strategies.articles, strategies.policies(), st.integers(0, 3))
def test_every_gap_has_a_slot_or_a_reason(text, policy, items):
    """Each rule either uses a gap or has a refusal for it, with both numbers where the reason is a quantity.

    A slot after a lead above the body counts as standing in the first gap.
    """
    article = read(text, policy)
    made = plan(article, policy, related=RELATED[:items])
    used = {(p.rule, 0 if p.anchor == "after lead" and p.gap is None else p.gap) for p in made.placements}
    refused = made.explain()
    for rule in policy.rules:
        reasons = {refusal.gap for refusal in refused if refusal.rule == rule.name}
        assert reasons == {gap.index for gap in article.gaps if (rule.name, gap.index) not in used}
    for refusal in refused:
        assert refusal.code in REFUSALS
        if refusal.unit is not None:
            assert refusal.required is not None and refusal.actual is not None
        else:
            assert refusal.code not in QUANTITIES - {"adjacent"}


@given(strategies.articles)
@example('<p>Bahn</p><figure class="alignleft"><img src=a></figure><p>sak/Reuters</p><p>(dmk)</p>')
@example('<p>Bahn</p><div><figure class="alignleft"><img src=a></figure><p>Bahn</p></div>')
def test_each_guard_closes_the_gaps_that_its_page_names(text):
    """No gap less, and none for nothing."""
    article = read(text)
    closed = closed_gaps(article, Policy())
    assert closed == {name: set(GUARDS[name].barred(article.blocks)) for name in closed}
    for name, (least, most) in bounds(article).items():
        assert least <= closed[name] <= most
