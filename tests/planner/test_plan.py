"""Where rules put slots: anchors, caps, preferences, stacks, editors' slots, and the reasons for the rest."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import (
    ArticleOptions,
    Case,
    Guards,
    Limits,
    Policy,
    Related,
    Rule,
    Slot,
    Spacing,
    place,
    place_tree,
    plan,
    read,
)
from adslot.planner.plan import UnknownNameError

AD, MORE, BUTTON = (
    Slot("ad", kind="ad", label="Anzeige"),
    Slot("more", kind="teaser"),
    Slot("button", kind="promo", html="<b>x</b>"),
)
TEN = "<p>abcdefghij</p>"  # ten chars each
STORY = TEN * 3 + "<h2>Kapitel</h2>" + TEN * 3 + "<h2>Zwei</h2>" + TEN * 4


def gaps(html, *rules, related=(), **rest):
    """The gaps that each rule uses, by name."""
    policy = Policy((AD, MORE, BUTTON), rules, **rest)
    made = plan(read(html, policy), policy, related=related)
    return {rule.name: [p.gap for p in made.placements if p.rule == rule.name] for rule in rules}


@pytest.mark.parametrize(
    "at, expected",
    [
        ("start", [0]),
        ("end", [12]),
        ("after short-paragraph 3", [3]),
        ("after short-paragraph -1", [12]),
        ("before heading 2", [7]),
        ("before heading", [3]),
        ("after short-paragraph 99", []),
        (["after short-paragraph 99", "before heading 1"], [3]),
        ("before css(h2)", [3]),
        ("after css(p)", [1]),
        ("after heading 1", []),
    ],
)
def test_anchors(at, expected):
    """An anchor leads to its gap, a list to the first that may be used; a guard closes what it closes."""
    assert gaps(STORY, Rule("r", slot="ad", at=at, prefer="early"))["r"] == expected


@pytest.mark.parametrize("at", ["after section", "before section 1", "after paragraph 1 in section 1"])
def test_sections_that_are_not_there(at):
    """A story without headings has no section to lead to."""
    assert gaps(TEN * 2, Rule("r", slot="ad", at=at))["r"] == []


def test_max_and_evenness():
    """Three slots stand at the centres of thirds, or as early as they may."""
    assert gaps(TEN * 13, Rule("r", slot="ad", max=3))["r"] == [3, 6, 10]
    assert gaps(TEN * 13, Rule("r", slot="ad", max=3, prefer="early"))["r"] == [1, 2, 3]
    assert gaps(TEN * 13, Rule("r", slot="ad", max=0))["r"] == []


def test_distances():
    """Distances to the ends and to each other hold in every unit, and one alternative is enough."""
    rule = Rule("r", slot="ad", max=9, from_start="20 chars", from_end="2 blocks", apart="25 chars or 5 words")
    assert gaps(TEN * 12, rule)["r"] == [3, 6, 9]
    assert gaps(TEN * 12, Rule("r", slot="ad", max=9, apart="50%"))["r"] == [3, 9]


@pytest.mark.parametrize("at", ["before section", "after section 1", "after short-paragraph 1 in section 2"])
@pytest.mark.parametrize("html", [TEN * 3, "", "<p>x"])
def test_a_story_without_headings_has_no_sections(at, html):
    """The anchor is missing, as every other one that matches nothing."""
    assert gaps(html, Rule("r", slot="ad", at=at)) == {"r": []}


@pytest.mark.parametrize("share", [1, 2])
def test_no_section_gets_more_than_its_share(share):
    """The gap before a heading belongs to the section that ends there."""
    found = gaps(STORY, Rule("r", slot="ad", max=9, per_section=share))["r"]
    assert len(found) == 3 * share


def test_neighbours():
    """after and before say which block stands beside the gap."""
    assert gaps(STORY, Rule("r", slot="ad", max=9, before="heading"))["r"] == [3, 7]
    assert gaps(STORY, Rule("r", slot="ad", max=9, after="headings"), guards=Guards(after_heading=False))["r"] == [4, 8]


def test_priority_goes_first_and_stacks_keep_its_order():
    """At one gap the slot of the first priority is the upper one, then the one declared first."""
    rules = [Rule(name, slot="ad", at="end", stack=True, priority=n) for name, n in (("c", 2), ("a", 1), ("b", 1))]
    made = place(TEN, Policy((AD,), rules)).plan
    assert [(p.rule, p.stack) for p in made.placements] == [("a", 0), ("b", 1), ("c", 2)]
    lonely = [Rule("a", slot="ad", at="end", priority=2), Rule("b", slot="ad", at="end", stack=True)]
    assert gaps(TEN, *lonely) == {"a": [], "b": [1]}


def test_spacing_between_kinds_and_from_blocks():
    """An ad keeps off teasers that were placed before, and off figures that stand there."""
    related = [Related("Titel", "/t")]
    rules = [Rule("t", slot="more", at="after short-paragraph 5"), Rule("a", slot="ad", max=9, priority=2)]
    apart = [Spacing(["ad"], ["teaser"], min="30 chars", either=True)]
    assert gaps(TEN * 10, *rules, spacing=apart, related=related) == {"t": [5], "a": [1, 2, 8, 9]}
    figure = TEN * 3 + "<figure><img></figure>" + TEN * 3
    below = [Spacing(["figure"], ["ad"], min="20 chars")]
    assert gaps(figure, Rule("a", slot="ad", max=9), spacing=below)["a"] == [1, 2, 3, 6]


def test_existing_ads_count():
    """They keep their distance and their place in the limit."""
    html = TEN * 4 + '<div class="ad-slot"></div>' + TEN * 4
    assert gaps(html, Rule("r", slot="ad", max=9, apart="20 chars"))["r"] == [2, 7]
    assert gaps(html, Rule("r", slot="ad", max=9), limits=Limits(ads=2))["r"] == [3]


def test_existing_ads_that_are_ignored_do_not_count():
    """Neither for distances nor for limits, however they are asked for; but nothing stands beside them."""
    html = TEN * 4 + '<div class="ad-slot"></div>' + TEN * 4
    ignoring = ArticleOptions(existing="ignore")
    assert gaps(html, Rule("r", slot="ad", max=9, apart="20 chars"), article=ignoring)["r"] == [1, 3, 6, 8]
    assert gaps(html, Rule("r", slot="ad", max=9), article=ignoring)["r"] == [1, 2, 3, 6, 7, 8]
    assert len(gaps(html, Rule("r", slot="ad", max=9), limits=Limits(ads=2, slots=2), article=ignoring)["r"]) == 2
    below = [Spacing(["ad", "figure"], ["ad"], min="30 chars"), Spacing("ad", "ad", min="9 blocks", from_count=3)]
    assert gaps(html, Rule("r", slot="ad", max=9), spacing=below, article=ignoring)["r"] == [2, 6]
    named = [Spacing.between("css(.ad-slot)", "ad", min="30 chars")]
    assert gaps(html, Rule("r", slot="ad", max=9), spacing=named, article=ignoring)["r"] == [1, 8]
    off = Policy((AD,), [Rule("r", slot="ad", max=9)], guards=Guards(adjacent=False), article=ignoring)
    assert [p.gap for p in place(html, off).plan.placements] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_existing_ads_are_ignored_in_trees_too():
    """The tree door plans by the same key."""
    html = f'<div>{TEN * 2}<div class="ad-slot"></div>{TEN * 2}</div>'
    for existing, expected in (("count", []), ("ignore", [1, 4])):
        policy = Policy(
            (AD,), [Rule("r", slot="ad", max=9, apart="2 blocks")], article=ArticleOptions(existing=existing)
        )
        made = place_tree(lxml.html.fragment_fromstring(html), policy)
        assert [p.gap for p in made.placements] == expected
        assert [p.gap for p in place(html, policy).plan.placements] == expected


def test_what_is_planned_under_decides_whether_existing_ads_count():
    """Not what the article was read with: nothing of it depends on that, and a case may change it."""
    html = TEN * 2 + '<div class="ad-slot"></div>' + TEN * 2
    rules = [Rule("r", slot="ad", max=9, apart="9 blocks")]
    policy = Policy((AD,), rules, cases=[Case({"own": True}, changes={"article": {"existing": "ignore"}})])
    article = read(html)
    assert not plan(article, policy).placements
    assert [p.gap for p in plan(article, policy, context={"own": True}).placements] in ([1], [4])


def test_editors_slots_are_fixed_points():
    """A slot that an editor asked for stands there; the rules keep off it; an unknown name is a warning."""
    html = TEN * 2 + "<!-- adslot: here ad -->" + TEN * 4 + "<!-- adslot: here nothing -->" + TEN
    policy = Policy((AD,), [Rule("r", slot="ad", max=9, apart="20 chars")])
    result = place(html, policy)
    assert [(p.rule, p.gap) for p in result.plan.placements] == [("here", 2), ("r", 4), ("r", 6)]
    assert "<!-- adslot: here ad --><aside" in result.html
    assert any("'nothing'" in warning for warning in result.plan.warnings)
    stopped = place(html, Policy((AD,), [], limits=Limits(ads=0)))
    assert stopped.html == html


def test_markers_keep_slots_away():
    """none for the article, off and on for a stretch, an attribute for an element."""
    rule = Rule("r", slot="ad", max=9)
    assert gaps("<!-- adslot: none -->" + TEN * 3, rule)["r"] == []
    assert gaps(TEN + "<!-- adslot: off -->" + TEN * 2 + "<!-- adslot: on -->" + TEN, rule)["r"] == [3]
    assert gaps(TEN + f'<div data-adslot="off">{TEN * 3}</div>' + TEN, rule)["r"] == [1, 4]


def test_teasers_need_articles():
    """Each article is shown once, whatever rules ask for teasers."""
    rules = [Rule("a", slot="more", max=3), Rule("b", slot="more", max=3, priority=2)]
    related = [
        Related("Eins", "/1"),
        Related("Zwei", "/2"),
        Related("Eins noch einmal", "/1"),
        Related("Böse", "javascript:x"),
    ]
    policy = Policy((MORE,), rules)
    made = place(TEN * 8, policy, related=related).plan
    assert [p.item.url for p in made.placements if p.item] == ["/1", "/2"]
    assert {r.code for r in made.explain(rule="b", gap=7)} == {"no-item"}
    assert place(TEN * 8, policy).html == TEN * 8


def test_refusals_have_numbers():
    """What is required, what there is, and against what."""
    policy = Policy((AD,), [Rule("r", slot="ad", max=2, from_start="15 chars", apart="45 chars", prefer="early")])
    made = plan(read(TEN * 9, policy), policy)
    assert [p.gap for p in made.placements] == [2, 7]
    (start, near, *_) = made.explain(rule="r", gap=1)
    assert (start.code, start.required, start.actual, start.unit) == ("start", 15, 10, "chars")
    assert (near.code, near.required, near.actual, near.against) == ("apart", 45, 10, "adslot-r-1")
    assert next(r.code for r in made.explain(gap=0)) == "edge"
    assert "max" in {r.code for r in made.explain(gap=8)}
    with pytest.raises(UnknownNameError):
        made.explain(rule="x")
    with pytest.raises(UnknownNameError):
        made.explain(gap=99)


def test_rules_of_one_priority_are_planned_together():
    """Two rules in each other's way: three slots, where the best place of the first alone leaves no room for the second."""
    rules = [Rule("a", slot="ad", apart="3 blocks", max=2), Rule("b", slot="ad", at="after short-paragraph 4")]
    assert gaps(TEN * 8, *rules) == {"a": [1, 7], "b": [4]}


def test_a_rule_without_articles_does_not_hold_back_others_of_its_priority():
    """A teaser rule that has nothing to show takes no part where two other rules get in each other's way."""
    rules = [
        Rule("a", slot="ad", max=2, apart="2 blocks"),
        Rule("none", slot="more"),
        Rule("b", slot="ad", apart="2 blocks"),
    ]
    assert gaps(TEN * 9, *rules) == {"a": [2, 6], "none": [], "b": [4]}
