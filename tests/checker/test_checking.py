"""The check: what is wrong with the slots of a page, with codes, lines and spans."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from adslot import Finding, Limits, Policy, Rule, Slot, Spacing, check, place, preset
from adslot.codes import FINDINGS
from adslot.policy.declarations import ArticleOptions
from adslot.policy.switches import Guards
from adslot.roles import KINDS
from tests.slots import LABEL, numbered, own

SLOTS = (Slot("ad", kind="ad", label="Anzeige"), Slot("promo", kind="promo"), Slot("teaser", kind="teaser"))

# Ten paragraphs of exactly 100 characters.
P = [f"<p>{number} {'x' * 98}</p>" for number in range(10)]
EXISTING = '<div class="ad-slot"></div>'


def slot(rule: str, name: str = "ad") -> str:
    """An own slot."""
    return own(name, rule, kind=name if name in KINDS else "ad")


A, A2 = slot("a"), own("ad", "a", number=2)
B = slot("b")


def page(*parts: str | int) -> str:
    """A fragment of paragraphs, given by number, and other markup; each slot gets a number of its own."""
    return numbered("".join(P[part] if isinstance(part, int) else part for part in parts))


def policy(*rules: Rule, spacing: list[Spacing] | None = None, **more: Any) -> Policy:
    """A policy with the three slots."""
    return Policy(SLOTS, rules, spacing or (), **more)


def rule(**more: Any) -> Rule:
    """The rule a, for ads."""
    return Rule("a", **{"slot": "ad", "max": 9, **more})


def codes(html: str | bytes, wanted: Policy, **more: Any) -> list[str]:
    """The codes of all findings, warnings in brackets."""
    found = check(html, wanted, **more)
    return [f.code if f.severity == "error" else f"({f.code})" for f in found]


# ---------------------------------------------------------------------------------- one slot, one rule


@pytest.mark.parametrize(
    "more, html, expected",
    [
        ({}, page(0, 1), []),
        ({}, page(0, A, 1), []),
        ({}, page(A, 0, 1), ["edge"]),
        ({}, page(0, 1, A), ["edge"]),
        ({"at": "start"}, page(A, 0, 1), []),
        ({"at": "end"}, page(0, 1, A), []),
        ({"at": "end", "from_start": "900 chars"}, page(0, 1, A), ["start"]),
        ({"at": "end", "from_end": "1 block"}, page(0, 1, A), ["end"]),
        ({"at": ["after paragraph 2", "end"]}, page(0, 1, A), []),
        ({"at": "after paragraph 2", "from_end": "1 block"}, page(0, 1, A), ["end"]),
        ({"at": "after paragraph", "max": 2, "apart": "2 blocks"}, page(0, A, 1, A), ["apart"]),
        ({"at": ["after paragraph 1", "end"], "max": 2, "apart": "2 blocks"}, page(0, A, 1, A), ["apart"]),
        ({"at": ["after paragraph 1", "end"], "max": 2, "apart": "1 block"}, page(0, A, 1, A), []),
        ({"at": "end", "apart": "1 block"}, page(0, 1, '<div class="ad-slot"></div>', A), ["adjacent", "apart"]),
        ({"at": ["end", "after paragraph -1"], "within": "1 block up", "max": 2}, page(0, A, 1, A), []),
        ({"at": ["start", "after paragraph 2"]}, page(0, 1, A, 2), []),
        ({"at": ["start", "after paragraph 2"]}, page(0, A, 1, 2), ["anchor"]),
        ({"at": "before paragraph -1"}, page(0, 1, A, 2), []),
        ({"at": "before paragraph -4"}, page(0, 1, A, 2), ["missing"]),
        ({"at": "after paragraph"}, page(0, 1, A, 2), []),
        (
            {"at": "after lead"},
            page('<p class="lead">Ein Vorspann, der lang genug ist, um einer zu sein.</p>', A, 1),
            [],
        ),
        ({"at": "after lead"}, page(0, A, 1), ["missing"]),
        ({"at": "after css(.b)"}, page(0, '<p class="b">b</p>', A, 1), []),
        ({"at": "before css(.b)"}, page(0, '<p class="b">b</p>', A, 1), ["anchor"]),
        ({"at": "after section 1"}, page(0, "<h2>h</h2>", 1, A, "<h2>i</h2>", 2), []),
        ({"at": "after section -2"}, page(0, "<h2>h</h2>", 1, A, "<h2>i</h2>", 2), []),
        ({"at": "before section 2"}, page(0, "<h2>h</h2>", 1, A, "<h2>i</h2>", 2), []),
        ({"at": "after section 2"}, page(0, "<h2>h</h2>", 1, A, "<h2>i</h2>", 2), ["anchor"]),
        ({"at": "after paragraph 1 in section 2"}, page(0, "<h2>h</h2>", 1, "<h2>i</h2>", 2, A, 3), []),
        ({"at": "after paragraph 1 in section 1"}, page(0, "<h2>h</h2>", 1, "<h2>i</h2>", 2, A, 3), ["anchor"]),
        ({"at": "50%"}, page(0, 1, A, 2, 3), []),
        ({"at": "50%"}, page(A, 0, 1, 2, 3), ["anchor"]),
        ({"at": "after paragraph 1", "within": "1 paragraph"}, page(0, 1, A, 2, 3), []),
        ({"at": "after paragraph 1", "within": "1 paragraph down"}, page(0, 1, A, 2, 3), []),
        ({"at": "after paragraph 1", "within": "1 paragraph up"}, page(0, 1, A, 2, 3), ["anchor"]),
        ({"at": "before paragraph 4", "within": "1 paragraph up"}, page(0, 1, A, 2, 3), []),
        ({"at": "before paragraph 4", "within": "1 paragraph down"}, page(0, 1, A, 2, 3), ["anchor"]),
        ({"at": "after paragraph 1", "within": "1 paragraph and 10 chars"}, page(0, 1, A, 2, 3), ["anchor"]),
        ({"at": "after paragraph 1", "within": "1 paragraph or 10 chars"}, page(0, 1, A, 2, 3), []),
        ({"at": "after paragraph 1", "within": "25%"}, page(0, 1, A, 2, 3), []),
        ({"at": "after paragraph 1", "within": "24%"}, page(0, 1, A, 2, 3), ["anchor"]),
        ({"at": "after paragraph 1", "within": "9 paragraphs"}, page(A, 0, 1), ["anchor"]),
        ({"at": "after paragraph 1", "within": "9 paragraphs"}, page(0, A, 1, A, 2), ["anchor-used"]),
        ({"at": "after paragraph 1", "within": "9 paragraphs"}, page(0, 1, A), ["anchor"]),
        ({"at": ["after paragraph 1", "50%"], "within": "9 blocks"}, page(0, A, 1, A, 2), []),
        ({"at": ["before paragraph 3", "end"], "within": "1 block up"}, page(0, A, 1, 2, A), []),
        ({"at": ["before paragraph 3", "end"], "within": "1 block up"}, page(0, A, 1, A, 2, A), ["anchor-used"]),
        ({"at": ["after paragraph 1", "after paragraph 2"], "within": "1 block"}, page(0, 1, A, 2, A, 3), []),
        ({"at": ["after paragraph 1", "after paragraph 2"], "within": "1 block"}, page(0, 1, 2, A, 3), []),
        ({"at": ["start", "after paragraph 2"], "within": "1 block"}, page(A, 0, A, 1, 2), []),
        ({"at": "start", "within": "1 block up"}, page(0, A, 1, 2), ["anchor"]),
        ({"after": "paragraph"}, page(0, A, 1), []),
        ({"after": ["quote", "css(.b)"]}, page(0, A, 1), ["neighbour"]),
        ({"before": "text"}, page(0, A, 1), []),
        ({"before": "list"}, page(0, A, 1), ["neighbour"]),
        ({"before": "list", "at": "end"}, page(0, 1, A), []),
        ({"from_start": "200 chars"}, page(0, A, 1, 2), ["start"]),
        ({"from_start": "200 chars"}, page(0, 1, A, 2), []),
        ({"from_start": "200 chars or 1 paragraph"}, page(0, A, 1, 2), []),
        ({"from_start": "34%"}, page(0, A, 1, 2), ["start"]),
        ({"from_start": "33%"}, page(0, A, 1, 2), []),
        ({"from_end": "2 blocks"}, page(0, A, 1), ["end"]),
        ({"from_end": "3 words"}, page(0, A, 1, 2), []),
        ({"min_article": "400 chars"}, page(0, A, 1, 2), ["short-article"]),
        ({"min_article": "300 chars"}, page(0, A, 1, 2), []),
        ({"max_article": "299 chars"}, page(0, A, 1, 2), ["long-article"]),
        ({"max_article": "299 chars and 2 paragraphs"}, page(0, A, 1, 2), ["long-article"]),
        ({"max_article": "299 chars or 3 paragraphs"}, page(0, A, 1, 2), []),
        ({"max_article": "0 words"}, page(0, A, 1, 2), ["long-article"]),
        ({"min_section": "2 blocks"}, page(0, A, "<h2>h</h2>", 1, 2), ["short-section"]),
        ({"min_section": "2 blocks"}, page(0, "<h2>h</h2>", 1, A, 2), []),
        ({"max_section": "250 chars"}, page(0, "<h2>h</h2>", 1, A, 2, 3), ["long-section"]),
        ({"max_section": "250 chars", "at": "start"}, page(A, 0, "<h2>h</h2>", 1, 2, 3), []),
        ({"every": "2 paragraphs"}, page(0, 1, A, 2), []),
        ({"every": "2 paragraphs"}, page(0, A, 1, 2), ["rhythm"]),
        ({"every": "2 paragraphs"}, page(0, 1, 2, A, 3), ["rhythm"]),
        ({"every": "200 chars", "max": 2}, page(0, 1, A, 2, 3, A, 4), []),
        ({"every": "240 chars", "max": 2}, page(0, 1, A, 2, A, 3, 4), ["anchor-used"]),
        ({"every": "2 paragraphs", "from_start": "1 paragraph"}, page(0, 1, 2, A, 3), []),
        ({"every": "50%"}, page(0, 1, A, 2, 3), []),
        ({"every": "50%"}, page(0, 1, 2, A, 3), ["rhythm"]),
        ({"at": "after every 2 paragraphs"}, page(0, 1, A, 2, 3), []),
        ({"at": "after every 2 paragraphs from 1"}, page(0, 1, A, 2, 3), ["anchor"]),
        ({"at": "after every 2 css(p) from 3"}, page(0, 1, A, 2, 3), ["anchor"]),
        ({"at": "50% of paragraphs"}, page(0, 1, A, 2, 3), []),
        ({"before": "not(paragraph)"}, page(0, A, 1), ["neighbour"]),
        ({"before": "not(list, css(.b))"}, page(0, A, 1), []),
        ({"guards": {"after_heading": False}}, page("<h2>h</h2>", A, 1), []),
        ({"max": 0}, page(0, A, 1), ["max"]),
        ({"max": 1}, page(0, A, 1, A, 2), ["max"]),
        ({"rate": "1 per 2 paragraphs"}, page(0, A, 1, A, 2), ["rate"]),
        ({"rate": "1 per 2 paragraphs"}, page(0, A, 1, A, 2, 3), []),
        ({"min": 2}, page(0, A, 1), ["(min)"]),
        ({"min": 2, "min_article": "1000 words"}, page(0, 1), []),
        ({"per_section": 1}, page(0, A, 1, A, "<h2>h</h2>", 2, A, 3), ["section"]),
        ({}, page("<h2>h</h2>", A, 1), ["after-heading"]),
        ({}, page(0, "<!-- adslot: off -->", A, 1), ["marker"]),
        ({}, page(0, A, 1, "<!-- adslot: none -->"), ["marker"]),
        ({}, page(0, "<div data-adslot=off>", 1, A, 2, "</div>"), ["marker"]),
        ({}, page(0, "<p>b <b>", A, "</b></p>", 2), ["misplaced"]),
        ({}, page("<ul><li>a</li>", A, "<li>b</li></ul>", 0), ["misplaced"]),
        ({}, page("<div>", 0, A, "</div><div>", 1, "</div>"), ["misplaced"]),
        ({}, page("<div>", 0, "</div>", A, "<div>", 1, "</div>"), []),
        ({}, page(0, A, "<!-- c --> <script>'</p>'</script>", 1), []),
        ({}, page(0, "<!-- c --> <script>'</p>'</script>", A, 1), []),
        ({}, page("<p>Ein <b>Satz.</p>", A, 1), ["unsafe"]),
        ({}, page("<p>Ein <b>Satz.</p>", A, "<!-- c -->", 1), ["unsafe"]),
        ({}, "", []),
        ({}, A, ["misplaced"]),
        ({}, page("<script>1</script>", A), ["misplaced"]),
    ],
)
def test_one_rule(more, html, expected):
    """What a rule, an editor or the page itself says of the place of a slot, and of their number."""
    assert codes(html, policy(rule(**more))) == expected


@pytest.mark.parametrize(
    "more, html, expected",
    [
        ({}, page(0, A, 1, A, 2), []),
        ({"apart": "1 paragraph"}, page(0, A, 1, A, 2), []),
        ({"apart": "101 chars"}, page(0, A, 1, A, 2), ["apart"]),
        ({"apart": "101 chars"}, page(0, A, 1, EXISTING, 2), ["apart"]),
        ({"apart": "101 chars"}, page(0, EXISTING, 1, A, 2), ["apart"]),
        ({"apart": "101 chars"}, page(0, A, 1, B, 2), ["apart"]),
        ({"apart": "101 chars"}, page(0, B, 1, A, 2), ["apart"]),
        ({"apart": "101 chars"}, page(0, slot("c", "promo"), 1, A, 2), []),
        ({"apart": "101 chars"}, page(0, A, 1, slot("d")), []),
        ({"apart": "101 chars"}, page(0, A, 1, slot("x"), 2), ["(unknown-rule)", "apart"]),
        ({"apart": "101 chars"}, page(0, A, 1, "<!-- adslot: here ad -->", slot("here"), 2), ["apart"]),
        ({"apart": "101 chars"}, page(0, "<!-- adslot: here ad -->", slot("here"), 1, A, 2), ["apart"]),
        ({}, page(0, A, A, 1), ["adjacent"]),
        ({}, page(0, A, B, 1), ["adjacent"]),
        ({}, page(0, A, EXISTING, 1), ["adjacent"]),
        ({"stack": True}, page(0, A, EXISTING, 1), ["adjacent"]),
        ({"stack": True}, page(0, A, B, 1), ["adjacent"]),
        ({"stack": True, "apart": "1 block"}, page(0, A, slot("c", "promo"), 1), []),
        ({"stack": True}, page(0, A, "<!-- adslot: here ad -->", slot("here"), 1), []),
        ({}, page(0, A, "<!-- adslot: here ad -->", slot("here"), 1), ["adjacent"]),
        ({}, page(0, "<!-- adslot: here ad -->", slot("here"), A, 1), ["adjacent"]),
        ({"stack": True, "apart": "1 block"}, page(0, A, slot("e"), 1), []),
        ({"stack": True, "apart": "101 chars"}, page(0, A, 1, A, slot("e"), 2), ["apart", "apart"]),
    ],
)
def test_slots_of_one_kind(more, html, expected):
    """`apart` holds to every slot of the kind, in either direction; only stacked slots share a gap."""
    others = (
        Rule("b", slot="ad", max=9),
        Rule("c", slot="promo", max=9, stack=True),
        Rule("d", slot="ad", at="end"),
        Rule("e", slot="ad", max=9, stack=True),
    )
    assert codes(html, policy(rule(**more), *others)) == expected


def test_without_the_guard_slots_may_share_a_gap():
    """But never two of one rule, and distances hold."""
    off: Any = {"guards": Guards(adjacent=False)}
    assert codes(page(0, A, B, 1), policy(rule(), Rule("b", slot="ad"), **off)) == []
    assert codes(page(0, A, A, 1), policy(rule(), **off)) == ["adjacent"]
    assert codes(page(0, A, B, 1), policy(rule(apart="1 block"), Rule("b", slot="ad"), **off)) == ["apart"]


FIGURE = "<figure><img src=a></figure>"
PROMO = slot("c", "promo")
TEASER = '<aside class="teaser"><a href="/x">Lesen Sie auch: Noch eine Geschichte</a></aside>'


@pytest.mark.parametrize(
    "spacing, html, expected",
    [
        (Spacing("ad", "figure", min="2 blocks"), page(0, A, 1, FIGURE, 2), ["spacing"]),
        (Spacing("ad", "figure", min="2 blocks"), page(0, FIGURE, 1, A, 2), []),
        (Spacing("ad", "figure", min="2 blocks", either=True), page(0, FIGURE, 1, A, 2), ["spacing"]),
        (Spacing("figure", "ad", min="2 blocks"), page(0, FIGURE, 1, A, 2), ["spacing"]),
        (Spacing("figure", "figure", min="2 blocks"), page(0, FIGURE, FIGURE, 1, A, 2), []),
        (Spacing("media", "ad", min="2 blocks"), page(0, FIGURE, 1, A, 2), ["spacing"]),
        (Spacing("css(.b)", "ad", min="2 blocks"), page(0, "<p class=b>b</p>", 1, A, 2), ["spacing"]),
        (Spacing("start", "ad", min="2 blocks"), page(0, A, 1, 2), ["spacing"]),
        (Spacing("ad", "end", min="2 blocks"), page(0, 1, A, 2), ["spacing"]),
        (Spacing("lead", "ad", min="2 blocks"), page(0, A, 1), []),
        (
            Spacing("lead", "ad", min="2 blocks"),
            page("<p class=lead>Ein Vorspann, der lang genug ist, um einer zu sein.</p>", 0, A, 1),
            ["spacing"],
        ),
        (Spacing("ad", "promo", min="2 blocks"), page(0, A, 1, PROMO, 2), ["spacing"]),
        (Spacing("ad", "promo", min="2 blocks"), page(0, PROMO, 1, A, 2), []),
        (Spacing("slot(ad)", "slot(promo)", min="2 blocks"), page(0, A, 1, PROMO, 2), ["spacing"]),
        (Spacing("rule(b)", "rule(c)", min="2 blocks"), page(0, A, 1, PROMO, 2), []),
        (Spacing("rule(a)", "rule(c)", min="2 blocks"), page(0, A, 1, PROMO, 2), ["spacing"]),
        (Spacing("slot(ad)", "promo", min="2 blocks"), page(0, EXISTING, 1, PROMO, 2), []),
        (Spacing("ad", "promo", min="2 blocks"), page(0, EXISTING, 1, PROMO, 2), ["spacing"]),
        (Spacing("ad", "promo", min="2 blocks", unless="heading"), page(0, A, "<h2>h</h2>", 1, PROMO, 2), []),
        (Spacing("ad", "promo", min="3 blocks", unless="list"), page(0, A, "<h2>h</h2>", 1, PROMO, 2), ["spacing"]),
        (Spacing("ad", "ad", min="2 blocks", from_count=2), page(0, A, 1, A, 2, A, 3), ["spacing"]),
        (Spacing("ad", "ad", min="2 blocks", from_count=2), page(0, EXISTING, 1, A, 2, A, 3), ["spacing"]),
        (Spacing("ad", "ad", min="2 blocks", from_count=3), page(0, A, 1, A, 2, A, 3), []),
        (Spacing("ad", "figure", min="2 blocks", from_count=2), page(0, A, 1, FIGURE, 2, A, FIGURE, 3), ["spacing"]),
        (Spacing("ad", "figure", min="9 blocks", from_count=2), page(0, A, FIGURE, 2, A, 3), []),
        (Spacing("ad", "figure", min="9 blocks", from_count=3), page(0, A, FIGURE, 2, A, 3), []),
        (Spacing("ad", "promo", min="9 blocks"), page(0, A, 1, slot("f", "promo")), []),
        (Spacing("ad", "ad", min="2 blocks"), page(0, EXISTING, 1, EXISTING, 2), ["(spacing)"]),
        (Spacing("ad", "teaser", min="2 blocks"), page(0, EXISTING, 1, TEASER, 2), ["(spacing)"]),
        (Spacing("teaser", "ad", min="2 blocks"), page(0, EXISTING, 1, TEASER, 2), []),
        (Spacing("ad", "figure", min="2 blocks"), page(0, EXISTING, 1, FIGURE, 2), []),
    ],
)
def test_spacings(spacing, html, expected):
    """What a spacing names, in the order in which it is read."""
    rules = (rule(), Rule("b", slot="ad"), Rule("c", slot="promo"), Rule("f", slot="promo", at="end"))
    assert codes(html, policy(*rules, spacing=[spacing])) == expected


def test_existing_ads_are_held_to_what_all_rules_agree_in():
    """No rule placed them: where one rule would have, nothing is said."""
    html = page(0, EXISTING, 1, EXISTING, 2)
    assert codes(html, policy(rule(apart="2 blocks"))) == ["(apart)"]
    assert codes(html, policy(rule(apart="2 blocks"), Rule("b", slot="ad", apart="1 block"))) == []


def test_existing_ads_that_are_ignored_do_not_count():
    """Neither among themselves nor for slots: but a slot directly beside one is beside one, and a selector names it."""
    ignoring = ArticleOptions(existing="ignore")
    html = page(0, EXISTING, 1, A, EXISTING, 2, EXISTING, 3)
    assert codes(html, policy(rule(apart="9 blocks"), limits=Limits(ads=1), article=ignoring)) == ["adjacent"]
    assert codes(html, policy(rule(), spacing=[Spacing.between("ad", "ad", min="9 blocks")], article=ignoring)) == [
        "adjacent"
    ]
    named = [Spacing("css(.ad-slot)", "ad", min="2 blocks")]
    assert codes(page(0, EXISTING, 1, A, 2), policy(rule(), spacing=named, article=ignoring)) == ["spacing"]


def test_editors_slots_stand_whatever_the_policy_says():
    """Two of them may be near each other, and near anything; but only where a marker asks for them."""
    here = "<!-- adslot: here ad -->" + slot("here")
    spacing = [Spacing("ad", "ad", min="9 blocks"), Spacing("ad", "figure", min="9 blocks", either=True)]
    assert codes(page(0, here, FIGURE, here, 1), policy(rule(max=0), spacing=spacing)) == []
    assert codes(page(0, here, here, 1), policy(spacing=spacing)) == []
    assert codes(page(0, slot("here"), 1), policy()) == ["anchor"]
    assert codes(page("<p>a ", slot("here"), "b</p>", 1), policy()) == ["misplaced"]
    assert codes(page("<h2>h</h2>", here, 1), policy()) == []
    assert codes(page(0, here, 1, "<!-- adslot: none -->"), policy()) == ["marker"]


def test_a_rule_may_be_called_here():
    """Then a slot is the editor's where a marker asks for it, else the rule's."""
    named = Policy(SLOTS, [Rule("here", slot="ad", from_end="2 blocks")])
    assert codes(page(0, slot("here"), 1), named) == ["end"]
    assert codes(page(0, "<!-- adslot: here ad -->", slot("here"), 1), named) == []


@pytest.mark.parametrize(
    "limits, html, expected",
    [
        (Limits(ads=2), page(0, A, 1, A, 2, A, 3), ["limit"]),
        (Limits(ads=2), page(0, A, 1, EXISTING, 2, A, 3), ["limit"]),
        (Limits(ads=2), page(0, EXISTING, 1, A, 2, "<!-- adslot: here ad -->", slot("here"), 3), ["limit"]),
        (Limits(ads=0), page(0, "<!-- adslot: here ad -->", slot("here"), 3), ["limit"]),
        (Limits(ads=1), page(0, EXISTING, 1, EXISTING, 2), ["(limit)"]),
        (Limits(slots=1), page(0, A, 1, slot("c", "promo"), 2), ["limit"]),
        (Limits(teasers=0, promos=1), page(0, A, 1, slot("c", "promo"), 2), []),
        (Limits(ads=0), page(0, slot("x"), 1), ["limit", "(unknown-rule)"]),
    ],
)
def test_limits(limits, html, expected):
    """Existing slots and those of editors are counted first."""
    assert sorted(codes(html, policy(rule(), Rule("c", slot="promo"), limits=limits)), reverse=True) == sorted(
        expected, reverse=True
    )


def test_names_that_the_policy_does_not_have():
    """A page that was filled under another policy: warnings, for its rules are not known."""
    assert codes(page(0, slot("x"), 1), policy(rule())) == ["(unknown-rule)"]
    assert codes(page(0, slot("a", "old"), 1), policy(rule())) == ["(unknown-slot)", "wrong-slot"]
    assert codes(page(0, slot("a", "promo"), 1), policy(rule())) == ["wrong-slot"]
    assert codes(page(0, slot("x", "old"), 1), policy()) == ["(unknown-rule)", "(unknown-slot)"]


def test_ids_are_unique():
    """Among the slots, and between slots and the page."""
    same = P[0] + A + P[1] + A + P[2]
    assert codes(same, policy(rule())) == ["duplicate-id"]
    assert codes(page(0, A, 1, '<p>y <b id="adslot-a-2">z</b></p>', A, 2), policy(rule())) == ["duplicate-id"]
    assert codes(numbered(same), policy(rule())) == []


# ------------------------------------------------------------------------------------ outside the story

HEAD = '<!DOCTYPE html><html lang="de"><body><nav class="top">Start</nav>'
LEAD = '<article><header><h1>Titel</h1><p class="lead">Ein Vorspann, der lang genug ist, um einer zu sein.</p>'
FOOT = "</div></article></body></html>"


@pytest.mark.parametrize(
    "more, before_nav, after_lead, first, expected",
    [
        ({"at": "before css(nav)"}, A, "", "", []),
        ({"at": "before css(nav)", "from_start": "100 chars", "apart": "9 blocks"}, A, "", "", []),
        ({"at": "after css(header)"}, A, "", "", ["anchor"]),
        ({"at": "after lead"}, A, "", "", ["anchor"]),
        ({}, A, "", "", ["misplaced"]),
        ({"max": 0, "at": "before css(nav)"}, A, "", "", ["max"]),
        ({"at": "after lead"}, "", A, "", []),
        ({"at": "after lead", "from_start": "1 chars"}, "", A, "", ["start"]),
        ({"at": "after lead"}, "", "", A, ["anchor"]),
        ({"at": "after css(.lead)"}, "", A, "", []),
        ({"at": "after css(.lead)", "from_start": "1 chars"}, "", A, "", []),
        ({}, "", A, "", ["misplaced"]),
        ({"at": "start", "stack": True}, "", "", A, []),
        ({"at": ["start", "after lead"], "apart": "1 block"}, "", A, A, ["apart"]),
        ({"at": ["start", "after lead"], "per_section": 1}, "", A, A, []),
        ({"at": ["after lead", "after paragraph 3"], "within": "9 blocks"}, "", A, "", []),
        ({"at": "before css(nav)"}, A + A, "", "", ["anchor-used"]),
    ],
)
def test_places_outside_the_body(more, before_nav, after_lead, first, expected):
    """A page placement keeps no distances; a slot after a lead above the body counts as at the body's start."""
    html = page(HEAD.replace("<nav", before_nav + "<nav"), LEAD, after_lead, "</header><div>", first, *range(6), FOOT)
    assert codes(html, policy(rule(**more))) == expected


def test_a_slot_may_move_down_from_a_lead_above_the_body():
    """The lead counts as standing at the body's start."""
    html = page(HEAD, LEAD, "</header><div>", 0, A, *range(1, 6), FOOT)
    assert codes(html, policy(rule(at="after lead", within="1 paragraph"))) == []
    assert codes(html, policy(rule(at="after lead", within="1 paragraph up"))) == ["anchor"]


def test_the_lead_above_the_body_is_a_thing_at_its_start():
    """Spacings to the lead are those to the body's start then."""
    html = page(HEAD, LEAD, "</header><div>", 0, A, *range(1, 6), FOOT)
    assert codes(html, policy(rule(), spacing=[Spacing("lead", "ad", min="2 blocks")])) == ["spacing"]


def test_an_unsafe_place_outside_the_body_is_nothing_to_judge_by():
    """Where the anchor's place is not certain, a slot of its rule may stand anywhere outside."""
    html = page("<!DOCTYPE html><body><nav><b>x</nav>", A, "<main>", *range(6), "</main>")
    assert codes(html, policy(rule(at="after css(nav)"))) == []


# --------------------------------------------------------------------------------- lines, spans, inputs


def test_what_concerns_the_page_stands_at_its_start():
    """A rule whose minimum is not met has no slot to point at."""
    (finding,) = check(page(0, 1), policy(rule(min=1)))
    assert finding == Finding(
        "min",
        "rule a: fewer slots than the rule asks for (0 of 1 slot)",
        line=1,
        column=1,
        span=(0, 0),
        severity="warning",
    )


@pytest.mark.parametrize(
    "content, expected",
    [
        (LABEL, []),
        ("<b>Anzeige</b>", []),
        ("An&shy;zeige", []),
        ("<div><p><span>Anzeige</span> von x</p></div>", []),
        ("", ["no-label"]),
        ("Hinweis", ["no-label"]),
        (LABEL.replace(" class", " hidden class"), ["no-label"]),
        (LABEL.replace(" class", " style='Display : None' class"), ["no-label"]),
        (f"<div style='display:none'>{LABEL}</div>", ["no-label"]),
        (f"<template>{LABEL}</template>", ["no-label"]),
        (f"<script>'{LABEL}'</script>", ["no-label"]),
        (f"<!-- {LABEL} -->", ["no-label"]),
    ],
)
def test_the_label_of_an_ad_is_to_be_seen(content, expected):
    """An editor of a stored page may have taken it out, or hidden it, knowing or not."""
    assert codes(page(0, own("ad", "a", content), 1), policy(rule())) == expected


def test_a_label_that_is_missing_is_no_label_in_the_story():
    """The guard `label` keeps slots from lines of the story; an ad without its own label is something else."""
    (finding,) = check(page(0, own("ad", "a", ""), 1), policy(rule()))
    assert finding.message == "ad (rule a): its label is not to be seen in it (Anzeige)"


def test_only_ads_must_show_their_label():
    """A teaser with a sponsored article has the label of ads instead of its own; and `label_as_is` may have none."""
    slots = [Slot("t", kind="teaser", label="LESEN SIE AUCH"), Slot("x", kind="ad", label_as_is=True)]
    wanted = Policy(slots, [Rule("t", slot="t"), Rule("x", slot="x")])
    html = page(0, own("t", "t", LABEL, kind="teaser"), 1, own("x", "x", "", kind="ad"), 2)
    assert codes(html, wanted) == []


def test_a_style_in_the_story_that_speaks_of_slots():
    """It may hide labels; one in the head, or one of something else, is no business of the check."""
    style = "<style>.adslot-label { display: none }</style>"
    assert codes(page(0, A, 1, style, 2), policy(rule())) == ["(style)"]
    assert codes(page(0, A, 1, "<style>.x { color: red }</style>", 2), policy(rule())) == []
    assert codes(page(f"<!DOCTYPE html><head>{style}</head><body>", 0, A, 1), policy(rule())) == []
    assert codes(page(0, 1, style, 2), policy(rule())) == []


def test_findings_are_values():
    """Frozen, comparable, and fit for pickles; every code has a sentence."""
    found = check(page(A, 0), policy(rule()))
    assert pickle.loads(pickle.dumps(found)) == found
    assert {finding.code for finding in found} <= FINDINGS.keys()


def test_the_article_table_is_used():
    """The policy says how the page is read."""
    html = page(0, "<div class=x>", A, 1, "</div>", 2)
    assert codes(html, policy(rule(), article=ArticleOptions(atomic=(".x",)))) == ["misplaced"]


@pytest.mark.parametrize("mode", ["auto", "page", "fragment"])
def test_the_preset_keeps_to_itself(mode):
    """What `place` makes of an article has no finding, read in the same way."""
    html = place("".join(P), preset("de-news"), mode=mode).html
    assert "data-adslot-rule" in html
    assert check(html, preset("de-news"), mode=mode) == ()
