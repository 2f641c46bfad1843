"""Which anchor serves which gap: part of the plan. What stands below the story, and what does not."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import Policy, Rule, Slot, Spacing, check, place, place_tree, plan, read

AD, OTHER = Slot("ad", kind="ad", label="Anzeige"), Slot("other", kind="ad", label="Anzeige")
P = "<p>Der Fluss steigt seit Montag, am Ufer stehen Pumpen.</p>"
HEADED = "<h2>Titel</h2>" + P * 2


def gaps(html, *rules, **rest):
    """The gaps and anchors of all placements, at both doors, which agree; the check has no errors."""
    policy = Policy([AD, OTHER], rules, **rest)
    result = place(html, policy)
    assert [finding.code for finding in check(result.html, policy) if finding.severity == "error"] == []
    root = lxml.html.fragment_fromstring(f"<div>{html}</div>")
    tree = place_tree(root, policy)
    assert [(p.gap, p.anchor) for p in tree.placements] == [(p.gap, p.anchor) for p in result.plan.placements]
    assert result.plan.status == "optimal"
    return [(p.gap, p.anchor) for p in result.plan.placements]


def rule(at, name="r", **more):
    return Rule(name, slot="ad", at=at, **{"max": 9, **more})


@pytest.mark.parametrize(
    "html, at, more, expected",
    [
        (P * 10, ["30%", "50%", "70%", "90%"], {}, [3, 5, 7, 9]),
        (P * 10, ["50%", "50%", "50%"], {}, [4, 5, 6]),
        (
            P * 13,
            ["after paragraph 3", "after paragraph 6", "after paragraph 9"],
            {"within": "3 paragraphs"},
            [3, 6, 9],
        ),
        (HEADED * 4, ["after section 1", "after section 2", "after section 3"], {"within": "3 blocks"}, [3, 6, 9]),
        (P * 8, ["after paragraph 4", "25%"], {"from_start": "60%", "max": 1}, [5]),
        (P * 8, ["after paragraph 4", "25%"], {}, [2, 4]),
        (P * 6, ["after paragraph 3", "after paragraph"], {}, [1, 2, 3, 4, 5, 6]),
        (P * 6, ["after paragraph 3", "after paragraph"], {"max": 2}, [3, 5]),
        (P * 6, ["after paragraph 2", "before paragraph 3"], {}, [2]),
        (P * 6, ["after paragraph 2", "before paragraph 3"], {"within": "1 paragraph"}, [2, 3]),
        (P * 6, ["start", "after paragraph 1"], {"within": "1 paragraph up"}, [0, 1]),
    ],
)
def test_each_place_serves_one_slot(html, at, more, expected):
    """A place that is used leaves the others theirs; one that is barred cuts nobody off; slots move as little as can be."""
    assert [gap for gap, _ in gaps(html, rule(at, **more))] == expected


def test_a_gap_counts_as_the_anchor_that_serves_it():
    """Where two anchors reach the last gap, the preferred one has it; `end` alone is free of the other rule's distance."""
    near = Rule("s", slot="other", at="after paragraph 4", apart="2 paragraphs")
    both = ["after paragraph 5", "end"]
    assert gaps(P * 5, rule(both)) == [(5, "after paragraph 5")]
    assert gaps(P * 5, rule(both), near) == [(4, "after paragraph 4"), (5, "end")]
    assert gaps(P * 5, rule("after paragraph 5", priority=2), near) == [(4, "after paragraph 4")]
    assert gaps(P * 5, rule(["end", "after paragraph -1"], within="1 paragraph")) == [
        (4, "after paragraph -1"),
        (5, "end"),
    ]


def test_preferred_anchors_are_summed_over_the_rules_of_a_tier():
    """One rule moves far so that neither has to take its second anchor."""
    first = Rule("r", slot="ad", at=["after paragraph 3", "after paragraph 1"], within="2 paragraphs")
    second = Rule("s", slot="other", at=["after paragraph 3", "after paragraph 9"])
    assert gaps(P * 9, first, second) == [(3, "after paragraph 3"), (4, "after paragraph 3")]


@pytest.mark.parametrize("at", ["after paragraph", "after css(p)", "after section"])
def test_the_last_gap_is_a_gap_like_all_others(at):
    """Whatever leads there beside `end`: distances to the end, to other slots, of other rules and of spacings hold."""
    html = "<h2>Titel</h2>" + P * 6
    assert 7 not in [gap for gap, _ in gaps(html, rule(at, from_end="1 paragraph"))]
    other = Rule("s", slot="other", at="after paragraph 6", apart="2 paragraphs", priority=2)
    assert (7, "after paragraph 6") not in gaps(html, Rule("r", slot="ad", at="after paragraph 5"), other)
    spacing = [Spacing.between("ad", "ad", min="2 paragraphs")]
    late = Rule("s", slot="other", at=at, prefer="late", priority=2)
    found = gaps(html, Rule("r", slot="ad", at="after paragraph 5"), late, spacing=spacing)
    assert 7 not in [gap for gap, _ in found]


def test_what_a_rule_says_of_itself_holds_at_the_end():
    """apart, from_start and from_end of the rule; what others say does not."""
    text = Rule("s", slot="other", at="after paragraph 5", apart="3 paragraphs")
    assert gaps(P * 6, text, Rule("r", slot="ad", at="end")) == [(5, "after paragraph 5"), (6, "end")]
    for more in ({"apart": "2 paragraphs", "priority": 2}, {"from_end": "1 char"}, {"from_start": "7 paragraphs"}):
        assert gaps(P * 6, text, Rule("r", slot="ad", at="end", **more)) == [(5, "after paragraph 5")]
    assert gaps(P * 6, text, Rule("r", slot="ad", at="end", apart="1 paragraph")) == [
        (5, "after paragraph 5"),
        (6, "end"),
    ]
    existing = P * 6 + '<div class="ad-slot"></div>' + "<p>x</p>"
    assert gaps(existing, Rule("r", slot="ad", at="end", apart="2 blocks")) == []
    assert gaps(existing, Rule("r", slot="ad", at="end")) == [(8, "end")]


def test_refusals_name_the_distance_at_the_end():
    """Below the story the rule's own distances are the reasons; in the last gap of another anchor all are."""
    policy = Policy(
        [AD, OTHER],
        [
            Rule("s", slot="other", at="after paragraph 5", apart="3 paragraphs"),
            Rule("r", slot="ad", at="end", apart="2 paragraphs", priority=2),
            Rule("t", slot="ad", at="after paragraph 6", priority=2),
            Rule("u", slot="ad", at=["after paragraph 6", "end"], from_end="10 chars", priority=2),
        ],
    )
    made = plan(read(P * 6, policy), policy)
    found = {name: [(r.code, r.required, r.actual) for r in made.explain(rule=name, gap=6)] for name in "rtu"}
    assert found["r"] == [("apart", 2, 1)]
    assert found["t"] == [("apart", 3, 1)]
    assert found["u"] == [("end", 10, 0)]


def test_an_anchor_that_is_used_is_a_reason():
    """Only where the places of the rule do not suffice, however they are given to its slots."""
    policy = Policy([AD], [rule(["after paragraph 2", "after paragraph 3"], within="1 paragraph")])
    made = plan(read(P * 6, policy), policy)
    assert [p.gap for p in made.placements] == [2, 3]
    assert {r.gap: r.code for r in made.explain()} == {
        0: "anchor", 1: "anchor-used", 4: "anchor-used", 5: "anchor", 6: "anchor",
    }  # fmt: skip
    cost = made.cost("r", 4)
    assert cost is not None
    assert (cost.gaps, cost.slots) == ((2, 4), 0)


def test_an_editors_slot_in_the_last_gap_is_one_of_the_text():
    """It is no slot of `end`: rules keep their distance from it."""
    html = P * 5 + "<!-- adslot: here other -->"
    policy = Policy([AD, OTHER], [Rule("r", slot="ad", max=9, apart="2 paragraphs", prefer="early")])
    assert [p.gap for p in place(html, policy).plan.placements] == [1, 3, 5]


def test_a_start_that_is_barred_leaves_the_place_after_a_lead_above():
    """The first gap has two places then: the one at the start of the body is closed, the other is not."""
    head = '<article><header><h1>Titel</h1><p class="lead">Ein Vorspann, der lang genug ist, um einer zu sein.</p></header>'
    html = (
        f'<!DOCTYPE html><html lang="de"><body>{head}<div class="entry-content">{P * 5}</div></article></body></html>'
    )
    policy = Policy([AD], [Rule("r", slot="ad", at=["start", "after lead"], before="heading")])
    made = plan(read(html, policy), policy)
    assert [(p.gap, p.anchor) for p in made.placements] == [(None, "after lead")]
