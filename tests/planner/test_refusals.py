"""What a refusal says beside its code and numbers: where the other thing stands, and which key of the policy asks."""

from __future__ import annotations

import re

from hypothesis import given

from adslot import Limits, Policy, Related, Rule, Slot, Spacing, place, plan, read
from tests import strategies

AD, MORE = Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser")
TEN = "<p>abcdefghij</p>"  # ten chars each


def told(html, *rules, gap, **rest):
    """What the refusals of *gap* say of the other thing: code, side, block and key."""
    policy = Policy((AD, MORE), rules, **rest)
    refusals = plan(read(html, policy), policy, related=[Related("a", "/a")]).explain(gap=gap)
    return [(each.code, each.side, each.block, each.key) for each in refusals]


def test_a_refusal_says_where_the_other_thing_stands_and_which_key_asks():
    """Blocks by their number, above or below; of several spacings the one that names them both."""
    html = TEN + '<div class="ad-slot"></div>' + TEN * 2 + "<figure><img src=a></figure>" + TEN
    spacing = [Spacing("teaser", "ad", min="5 chars"), Spacing("ad", "figure", min="30 chars")]
    found = told(html, Rule("r", slot="ad", apart="15 chars", from_end="40 chars"), gap=3, spacing=spacing)
    assert found == [
        ("end", "below", None, "rules[r].from_end"),
        ("apart", "above", 1, "rules[r].apart"),
        ("spacing", "below", 4, "spacing[1]"),
    ]


def test_a_refusal_beside_a_slot_says_on_which_side_it_stands():
    """Whose `apart` it is: the rule's own where both ask the same; a slot in the same gap is on no side."""
    one = Rule("one", slot="ad", at="after short-paragraph 2", apart="15 chars")
    two = Rule("two", slot="ad", at="after short-paragraph", max=9, apart="15 chars", priority=2)
    for gap, side in ((1, "below"), (2, None), (3, "above")):
        near = [each for each in told(TEN * 6, one, two, gap=gap) if each[0] == "apart"]
        assert ("apart", side, None, "rules[two].apart") in near
    other = told(TEN * 6, one, Rule("two", slot="ad", max=9, priority=2), gap=3)
    assert ("apart", "above", None, "rules[one].apart") in other
    between = [Spacing.between("ad", "teaser", min="15 chars")]
    assert ("spacing", "above", None, "spacing[0]") in told(
        TEN * 6, one, Rule("two", slot="more", priority=2), gap=3, spacing=between
    )


def test_a_refusal_by_a_growing_distance_says_which_spacing_grows():
    """The distance that holds from the second ad on."""
    spacing = [Spacing("ad", "figure", min="1 char"), Spacing("ad", "ad", min="25 chars", from_count=2)]
    rules = [Rule("a", slot="ad", at="after short-paragraph 1"), Rule("b", slot="ad", max=9, priority=2)]
    found = [each for gap in range(1, 6) for each in told(TEN * 6, *rules, gap=gap, spacing=spacing)]
    assert {(side, key) for code, side, _, key in found if code == "spacing"} == {
        ("above", "spacing[1]"),
        ("below", "spacing[1]"),
    }


def test_what_closes_a_gap_or_is_used_up_has_a_key_too():
    """Guards, neighbours, shares and limits."""
    html = TEN + "<h2>Bahn</h2>" + TEN * 3
    rule = Rule("r", slot="ad", after="heading", per_section=1, rate="1 per 5 chars")
    limits = Limits(ads=1, slots=1, ads_per_section=1)
    keys = {key for gap in range(6) for *_, key in told(html, rule, gap=gap, limits=limits)}
    assert keys == {"rules[r].after", "guards.after-heading", None}
    assert ("neighbour", "above", 0, "rules[r].after") in told(html, rule, gap=1)
    free = Rule("r", slot="ad", max=9, per_section=1, rate="1 per 30 chars")
    keys = {key for gap in range(6) for *_, key in told(html, free, gap=gap, limits=limits)}
    assert keys >= {"limits.ads", "limits.slots", "limits.ads_per_section", "rules[r].per_section", "rules[r].rate"}


@given(strategies.articles, strategies.policies())
def test_sides_and_keys_of_any_article(html, policy):
    """A block above a gap has a lower number; every key is one that the policy has."""
    plan = place(html, policy, related=[Related("Titel", "/t")]).plan
    for refusal in plan.explain():
        assert refusal.gap is not None
        assert refusal.block is None or (refusal.side == "above") == (refusal.block < refusal.gap)
        assert refusal.block is None or refusal.side in ("above", "below")
        match = re.fullmatch(r"(\w+)(?:\[(.+)\])?(?:\.([\w-]+))?", refusal.key or "spacing", re.S)
        assert match is not None
        table, name, key = match.groups()
        if table == "rules":
            assert getattr(next(rule for rule in policy.rules if rule.name == name), key) not in (None, ())
        elif name is not None:
            assert refusal.code == "spacing"
            assert int(name) < len(policy.spacing)
        elif table in ("guards", "limits"):
            assert getattr(getattr(policy, table), key.replace("-", "_")) is not None
        assert refusal.code not in ("apart", "spacing", "start", "end", "neighbour", "max") or refusal.key
