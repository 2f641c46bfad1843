"""Law 5 and 6 for growing distances: what is placed passes the check, and nothing more would have passed it."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from adslot import Guards, Placement, Policy, Rule, Slot, Spacing, place, read
from adslot.guards import GUARDS
from tests.laws.test_law_05_checked import errors, with_slots

SLOTS = (Slot("ad", kind="ad", label="Anzeige"), Slot("promo", kind="promo", html="<b>x</b>"))
ONE_PLACE = Guards(**{name: name == "adjacent" for name in GUARDS})
blocks = st.sampled_from(
    ["<p>" + "wort " * n + "ende.</p>" for n in (0, 2, 5)] + ["<h2>Titel</h2>", '<div class="ad-slot"></div>', "<hr>"]
)
stories = st.lists(blocks, min_size=2, max_size=7).map("".join)
distances = st.sampled_from(["1 block", "2 blocks", "3 blocks", "20 chars", "40 chars"])
things = st.sampled_from(["ad", "ad", "promo", "headings", "separator"])
spacings = st.builds(
    lambda above, below, least, since, unless: Spacing(above, below, min=least, from_count=since, unless=unless),
    st.lists(things, min_size=1, max_size=2),
    st.lists(things, min_size=1, max_size=2),
    distances,
    st.integers(1, 4),
    st.sampled_from([(), (), "separator"]),
)
GROWTH = '<p>wort ende.</p><p>wort ende.</p><div class="ad-slot"></div><h2>Titel</h2><p>wort ende.</p>'


def best(html, policy):
    """The most slots of the rule that pass the check, by trying all gaps."""
    article = read(html, policy)
    for count in range(policy.rules[0].max, 0, -1):
        for chosen in combinations([gap for gap in article.gaps if gap.slot_offset is not None], count):
            puts = [
                Placement("r", policy.rules[0].slot, f"adslot-r-{n}", gap=g.index, offset=g.slot_offset)
                for n, g in enumerate(chosen, 1)
            ]
            if not errors(with_slots(html, policy, [(p.offset, p) for p in puts]), policy):
                return count
    return 0


@given(stories, st.sampled_from(["ad", "promo"]), st.integers(1, 3), st.lists(spacings, min_size=1, max_size=2))
@example(GROWTH, "ad", 1, [Spacing("ad", "headings", min="3 blocks", from_count=2)])
def test_as_many_slots_are_placed_as_pass_the_check(html, slot, most, spacing):
    """No slot that is placed is too near, and a slot that was left out would have been."""
    policy = Policy(SLOTS, [Rule("r", slot=slot, max=most)], spacing, guards=ONE_PLACE)
    result = place(html, policy)
    assume(len(read(html, policy).blocks) > 0)
    assert errors(result.html, policy) == set()
    assert len(result.plan.placements) == best(html, policy)


@given(stories, st.integers(1, 3), st.integers(1, 3), st.lists(spacings, min_size=1, max_size=2))
def test_what_two_rules_place_passes_the_check(html, most, more, spacing):
    """Slots of two kinds, in one tier or in two; refusals of a gap name what is too near to that gap."""
    rules = [Rule("r", slot="ad", max=most), Rule("s", slot="promo", max=more, priority=1 + more % 2)]
    policy = Policy(SLOTS, rules, spacing, guards=ONE_PLACE)
    result = place(html, policy)
    assert errors(result.html, policy) == set()
    gaps = {placement.id: placement.gap or 0 for placement in result.plan.placements}
    blocks = read(html, policy).blocks
    for refusal in result.plan.explain():
        if refusal.code == "spacing" and refusal.against in gaps and refusal.gap is not None:
            first, last = sorted((refusal.gap, gaps[refusal.against]))
            size = {"chars": sum(b.chars for b in blocks[first:last])}
            size["blocks"] = sum(b.role not in ("ad", "teaser") for b in blocks[first:last])
            assert refusal.actual == size[refusal.unit or ""]
