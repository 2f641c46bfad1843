"""Reasons that a plan gives, where several things bar a gap or none seems to; and what decides between kinds of slots."""

from __future__ import annotations

import pytest

from adslot import Policy, Related, Rule, Slot, Spacing, check, place, plan, read

AD, MORE = Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser")
P = "<p>Der Fluss steigt seit Montag, am Ufer stehen Pumpen.</p>"
EXISTING = '<div class="ad-slot"></div>'
ITEMS = [Related("Eins", "/1"), Related("Zwei", "/2")]


@pytest.mark.parametrize("relevance, rule", [(0.5, "teaser"), (0.0, "ad")])
def test_relevance_that_is_the_same_everywhere_decides_between_an_ad_and_a_teaser(relevance, rule):
    """A relevant article is worth something wherever it stands; without relevance the names decide."""
    rules = [Rule("ad", slot="ad", at="50%"), Rule("teaser", slot="more", at="50%")]
    policy = Policy([AD, MORE], rules, [Spacing.between("ad", "teaser", min="99 blocks")])
    made = plan(read(P * 4, policy), policy, related=ITEMS, relevance=lambda _section, _item: relevance)
    assert [placement.rule for placement in made.placements] == [rule]
    assert made.status == "optimal"


def test_a_gap_without_an_article_left_that_is_relevant_enough():
    """The reason is `relevance`, with that of the best article that no slot shows, not `not-chosen`."""
    policy = Policy([MORE], [Rule("r", slot="more", max=2, min_relevance=400)])
    made = plan(
        read(P * 5, policy), policy, related=ITEMS, relevance=lambda _section, item: 0.9 if item.url == "/1" else 0.1
    )
    assert len(made.placements) == 1
    free = [gap for gap in (1, 2, 3, 4) if gap != made.placements[0].gap]
    found = {refusal.gap: (refusal.code, refusal.required, refusal.actual) for refusal in made.explain()}
    assert [found[gap] for gap in free] == [("relevance", 400, 100)] * 3


def test_no_rule_may_have_more_than_forty_slots():
    """What keeps a rule from one more is its `max`, which cannot be raised."""
    policy = Policy([AD], [Rule("r", slot="ad", max=40)])
    found = plan(read(P * 50, policy), policy).conflict("r")
    assert found is not None
    assert (found.placed, found.wanted, found.keys, found.suffices) == (40, 41, ("rules[r].max",), ())


def test_a_stack_does_not_stand_beside_an_existing_ad():
    """`stack` is for slots that may stack too: the ad of the page is none."""
    policy = Policy([AD], [Rule("r", slot="ad", max=9, stack=True)])
    result = place(P + EXISTING + P * 2, policy)
    assert [placement.gap for placement in result.plan.placements] == [3]
    assert [refusal.code for refusal in result.plan.explain(gap=1)] == ["adjacent"]
    assert [finding for finding in check(result.html, policy) if finding.severity == "error"] == []


def test_a_refusal_names_the_slot_that_its_distance_is_measured_to():
    """Where distances grow, a new slot is too near to its neighbours; where it makes two others too near, both are named."""
    spacing = [Spacing("ad", "ad", min="3 blocks", from_count=2)]
    policy = Policy([AD], [Rule("r", slot="ad", max=3, prefer="early")], spacing)
    made = plan(read(P * 8, policy), policy)
    assert [placement.gap for placement in made.placements] == [1, 2, 5]
    found = {r.gap: (r.actual, r.against) for r in made.explain() if r.code == "spacing"}
    assert found[3] == (1, "adslot-r-2")
    assert found[6] == (1, "adslot-r-3")
    two = Policy(
        [AD], [Rule("r", slot="ad", max=2, prefer="early"), Rule("s", slot="ad", at="start", priority=2)], spacing
    )
    both = plan(read(P * 8, two), two)
    assert [placement.gap for placement in both.placements] == [1, 2]
    refusal = next(r for r in both.explain(rule="s", gap=0))
    assert (refusal.code, refusal.actual, refusal.against) == ("spacing", 1, "adslot-r-2 below adslot-r-1")
