"""Why a gap stays empty, in one short line: how much of what, on which side, what stands there, which key asks."""

from __future__ import annotations

import pytest

from adslot import Limits, Policy, Related, Rule, Slot, Spacing, plan, read
from adslot.report.phrases import Phrases
from adslot.report.verdicts import stretches

AD, MORE = Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser")
TEN = "<p>abcdefghij</p>"  # ten chars each
OWN = '<div class="ad-slot"></div>'
LONG = f"<p>{'Die Bahn fährt wieder. ' * 9}</p>"


def said(html, *rules, rule=None, width=67, related=(), **rest):
    """What is said of the gaps of *html* that stay empty: first gap, last gap, and the phrase."""
    policy = Policy((AD, MORE), rules, **rest)
    made = plan(read(html, policy), policy, related=related)
    phrases = Phrases(made)
    return [(each.first, each.last, phrases.line(each.verdicts, width)) for each in stretches(made, rule)]


def at(gap, *args, **kwargs):
    """What is said of one gap."""
    return next(text for first, last, text in said(*args, **kwargs) if first <= gap <= last)


@pytest.mark.parametrize(
    "html, rule, gap, expected",
    [
        (TEN * 5, {"from_start": "90 chars"}, 2, "r: 10-40 of 90 chars from the start (from_start)"),
        (TEN * 3, {"from_end": "1 paragraph"}, 2, "r: 0 of 1 paragraph to the end (from_end)"),
        (TEN + OWN + TEN, {}, 1, "an ad or teaser of the page stands here (guards.adjacent)"),
        (TEN + LONG, {"after": "paragraph"}, 1, 'r: short-paragraph directly above; "after" wants paragraph'),
        (TEN + LONG, {"min_article": "900 chars"}, 1, "r: 216 of 900 chars in the article (min_article)"),
        (TEN + LONG, {"rate": "1 per 900 chars"}, 1, "r: has 0 of 0 slots at 1 per 900 chars (rate)"),
        (TEN + LONG, {"max": 0}, 1, "r: has 0 of 0 slots (max)"),
        (TEN * 3, {"at": "after heading 1"}, 1, "no rule looks for a place here"),
        (TEN + LONG, {"slot": "more"}, 1, "r: no article is left to show in the teaser"),
        (TEN + LONG + TEN, {"at": "end"}, 1, "no rule looks for a place here"),
        (f"<b>{TEN}{LONG}", {}, 1, "no safe place: an unclosed formatting element would wrap the slot"),
        (TEN + "<!-- adslot: off -->" + LONG, {}, 1, "an editor's marker keeps slots away"),
    ],
)
def test_one_reason(html, rule, gap, expected):
    """The one that decides, with its numbers and the key that asks."""
    assert at(gap, html, Rule(**({"name": "r", "slot": "ad"} | rule))) == expected


def test_what_stands_there():
    """A block with its first words where there is room; a slot with its gap, or where else it stands."""
    html = f"<figure><img src=a><figcaption>{'Der Zug ' * 9}</figcaption></figure>" + LONG + LONG
    rule, spacing = Rule("r", slot="ad"), [Spacing("figure", "ad", min="300 chars")]
    wide = 'r: 0-206 of 300 chars to figure "Der Zug Der Zug Der Zug…" above, block 0 (spacing[0])'
    assert at(2, html, rule, spacing=spacing, width=99) == wide
    assert at(2, html, rule, spacing=spacing) == "r: 0-206 of 300 chars to figure above, block 0 (spacing[0])"
    rules = [Rule("r", slot="ad", at="after short-paragraph 2"), Rule("s", slot="ad", apart="25 chars", priority=2)]
    assert at(3, TEN * 4, *rules) == "s: 10 of 25 chars to ad above, gap 2 (apart)"
    assert at(1, TEN * 4, *rules) == "s: 10 of 25 chars to ad below, gap 2 (apart)"
    other = [Rule("r", slot="ad", at="after short-paragraph 2", apart="25 chars"), Rule("s", slot="ad", priority=2)]
    assert at(3, TEN * 4, *other) == "s: 10 of 25 chars to ad above, gap 2 (rules[r].apart)"


def test_shares_of_sections_name_the_heading():
    """Not the number of the section."""
    html = LONG + "<h2>Was die Nacht kostet</h2>" + LONG * 4
    text = at(5, html, Rule("r", slot="ad", max=9, per_section=1))
    assert text == 'r: has 1 of 1 slot in "Was die Nacht kostet" (per_section)'
    limits = Limits(ads_per_section=1)
    text = at(5, html, Rule("r", slot="ad", max=9), limits=limits)
    assert text == 'r: "Was die Nacht kostet" has 1 of 1 slot (limits.ads_per_section)'
    short = at(1, LONG * 2, Rule("r", slot="ad", min_section="900 chars"), width=99)
    assert short == "r: the section is shorter than the rule asks for (412 of 900 chars, the opening section)"
    assert (
        at(1, LONG * 4, Rule("r", slot="ad", max=9), limits=Limits(ads=1)) == "r: the page has 1 of 1 slot (limits.ads)"
    )


def test_rules_with_the_same_reason_and_rules_with_others():
    """The same is told once, of many rules the first by name; where all does not fit, how many rules are left out."""
    rules = [Rule(name, slot="ad", from_start="9 blocks") for name in "abcd"]
    assert at(1, TEN * 3, *rules[:3]) == "a, b, c: 1-2 of 9 blocks from the start (from_start)"
    assert at(1, TEN * 3, *rules) == "a, b and 2 more: 1-2 of 9 blocks from the start (from_start)"
    two = [Rule("a", slot="ad", from_start="9 blocks"), Rule("b", slot="ad", from_start="8 blocks")]
    assert at(1, TEN * 3, *two, width=99) == (
        "a: 1-2 of 9 blocks from the start (from_start); b: 1-2 of 8 blocks from the start (from_start)"
    )
    assert at(1, TEN * 3, *two) == "a: 1-2 of 9 blocks from the start (from_start); +1 rule"
    assert at(1, TEN * 3, *two, width=40) == "a: 1-2 of 9 block… (from_start); +1 rule"


def test_a_rule_with_all_its_slots():
    """That is told only where nothing else is in its way."""
    rule = Rule("a", slot="ad", from_start="15 chars", prefer="early")
    assert said(TEN * 5, rule)[1:-1] == [
        (1, 1, "a: 10 of 15 chars from the start (from_start)"),
        (3, 4, "a: has 1 of 1 slot (max)"),
    ]


def test_neighbouring_gaps_with_the_same_reason_are_one():
    """But not across a slot, and with the range of what there is."""
    rules = [Rule("a", slot="ad", at="after short-paragraph 2"), Rule("b", slot="more", at="end", max=2)]
    far = Rule("r", slot="ad", apart="90 chars", priority=2)
    assert said(TEN * 6, *rules, far, related=[Related("a", "/a")]) == [
        (0, 0, "no rule looks for a place here"),
        (1, 1, "r: 10 of 90 chars to ad below, gap 2 (apart)"),
        (3, 5, "r: 10-30 of 90 chars to ad above, gap 2 (apart)"),
    ]


def test_teasers_that_are_not_relevant():
    """The best article there is, in thousandths."""
    rule = Rule("r", slot="more", min_relevance=500)
    text = at(1, LONG * 2, rule, related=[Related("Ganz anderes", "/a")])
    assert text == "r: no article is relevant enough here (0 of 500 permille)"


def test_the_lead_is_no_block():
    """A spacing may name it; it stands above."""
    html = f'<p class="lead">{"Die Bahn fährt wieder, und alle freuen sich. " * 3}</p>' + LONG * 2
    spacing = [Spacing("lead", "ad", min="900 chars")]
    text = at(2, html, Rule("r", slot="ad"), spacing=spacing)
    assert text == "r: 0-206 of 900 chars to lead above (spacing[0])"
