"""What a rule can wish for beside anchors and distances: a rhythm, sections of some size, guards of its own, to stand in for others."""

from __future__ import annotations

import pytest

from adslot import ArticleOptions, Guards, Limits, Policy, Rule, Slot, Spacing, check, place, plan, read

AD, BUTTON = Slot("ad", kind="ad", label="Anzeige"), Slot("button", kind="promo", html="<b>x</b>")
HUNDRED = f"<p>{'abcdefghi ' * 10}</p>"  # 99 chars each
FIGURE = "<figure><img src=a.png></figure>"
HEADING = "<h2>Kapitel</h2>"


def gaps(html, *rules, **rest):
    """The gaps that each rule uses, by name; `check` finds nothing."""
    policy = Policy((AD, BUTTON), rules, **rest)
    placed = place(html, policy)
    assert check(placed.html, policy) == ()
    return {rule.name: [p.gap for p in placed.plan.placements if p.rule == rule.name] for rule in rules}


def reasons(html, rule, gap, **rest):
    """(code, required, actual, unit) of each refusal of a gap."""
    policy = Policy((AD, BUTTON), [rule], **rest)
    found = plan(read(html, policy), policy).explain(gap=gap)
    return [(each.code, each.required, each.actual, each.unit) for each in found]


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"every": "198 chars"}, [2, 4, 6, 8]),
        ({"every": "3 paragraphs"}, [3, 6, 9]),
        ({"every": "300 chars"}, [3, 6, 9]),
        ({"every": "20%"}, [2, 4, 6, 8]),
        ({"every": "1 block", "max": 3}, [2, 5, 8]),
        ({"every": "198 chars", "max": 2}, [4, 6]),
        ({"every": "198 chars", "max": 2, "prefer": "early"}, [2, 4]),
        ({"every": "198 chars", "rate": "1 per 400 chars"}, [4, 6]),
        ({"every": "198 chars", "from_start": "99 chars"}, [3, 5, 7, 9]),
        ({"every": "198 chars", "from_start": "100 chars or 1 block"}, [3, 5, 7, 9]),
        ({"every": "198 chars", "apart": "300 chars"}, [2, 6]),
        ({"every": "5000 chars"}, []),
        ({"every": "990 chars"}, []),
    ],
)
def test_a_rhythm_has_a_place_at_each_of_its_multiples(fields, expected):
    """Below the start or `from_start`, above the end of the story; `max`, `rate` and `apart` hold as always."""
    assert gaps(HUNDRED * 10, Rule("r", slot="ad", **fields))["r"] == expected


def test_a_place_of_a_rhythm_is_used_less_than_half_a_beat_away_or_not_at_all():
    """The next place stays where it was."""
    story = HUNDRED * 2 + f"<p>{'abcdefghi ' * 60}</p>" + HUNDRED * 3
    rule = Rule("r", slot="ad", every="198 chars")
    assert gaps(story, rule)["r"] == [2, 3, 5]
    assert reasons(HUNDRED * 4, rule, 1) == [("rhythm", 98, 99, "chars")]
    assert reasons(HUNDRED * 4, rule, 3)[0] == ("rhythm", 98, 99, "chars")
    assert reasons(HUNDRED * 2, Rule("r", slot="ad", every="900 chars"), 1) == [("rhythm", None, None, None)]
    assert reasons(HUNDRED * 9, Rule("r", slot="ad", every="400 chars"), 3) == [("anchor-used", 1, 1, "slots")]


def test_a_rhythm_keeps_nothing_apart_and_the_policy_says_so():
    """As any ad rule with several slots."""
    (warning,) = Policy([AD], [Rule("r", slot="ad", every="300 chars")]).warnings
    assert warning == "rules[0]: 'r' may place 40 ads, and nothing keeps them apart"


@pytest.mark.parametrize(
    "at, expected",
    [
        ("after every 3 paragraphs", [3, 6, 9]),
        ("after every 4 paragraphs from 2", [2, 6, 10]),
        ("before every 4 paragraphs from 3", [2, 6]),
        ("after every 3 css(p)", [3, 6, 9]),
        ("after every 4 text from 10", [10]),
        ("after every 11 paragraphs", []),
        ("33% of paragraphs", [3]),
        ("35% of paragraphs", [4]),
        ("50% of words", [5]),
        ("100% of blocks", [9]),
        ("0% of blocks", [1]),
    ],
)
def test_anchors_that_count_and_shares_of_units(at, expected):
    """Every nth thing, or the gap nearest to a share; of two that are equally near the lower one."""
    assert gaps(HUNDRED * 10, Rule("r", slot="ad", at=at, max=9))["r"] == expected


def test_anchors_that_count_in_sections():
    """Blocks of one section, or sections themselves."""
    story = (HEADING + HUNDRED * 4) * 4
    assert gaps(story, Rule("r", slot="ad", at="after every 2 paragraphs in section 2", max=9))["r"] == [8, 10]
    assert gaps(story, Rule("r", slot="ad", at="after every 2 sections", max=9))["r"] == [10, 20]


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"min_section": "300 chars"}, [1, 2, 3, 4, 6, 7, 8]),
        ({"min_section": "320 chars or 4 blocks"}, [1, 2, 3, 4, 6, 7, 8]),
        ({"max_section": "299 chars"}, [10]),
        ({"max_section": "305 chars and 3 blocks"}, [10]),
        ({"max_section": "305 chars or 3 blocks"}, [6, 7, 8, 10]),
        ({"min_section": "50 words"}, []),
    ],
)
def test_sections_have_the_size_that_a_rule_asks_for(fields, expected):
    """Their headings included; the opening is one, and a section below another is no part of it."""
    story = HUNDRED * 4 + HEADING + HUNDRED * 3 + "<h3>Teil</h3>" + HUNDRED * 2
    assert gaps(story, Rule("r", slot="ad", max=9, **fields))["r"] == expected


def test_what_a_section_misses_is_told():
    """In numbers, with the section."""
    story = HUNDRED + HEADING + HUNDRED * 2
    assert reasons(story, Rule("r", slot="ad", max=9, min_section="200 chars"), 1) == [
        ("short-section", 200, 99, "chars")
    ]
    assert reasons(story, Rule("r", slot="ad", max=9, max_section="2 blocks"), 3) == [("long-section", 2, 3, "blocks")]


def test_ads_of_a_section_are_counted_whoever_places_them():
    """Of all rules, the page's own ones, and those that editors ask for; `max` of a rule stays what it is."""
    story = HUNDRED * 4 + HEADING + HUNDRED * 4
    rules = [Rule("a", slot="ad", max=9), Rule("b", slot="ad", max=9, priority=2), Rule("c", slot="button", max=9)]
    found = gaps(story, *rules, limits=Limits(ads_per_section=2), guards=Guards(adjacent=False))
    assert (len(found["a"]), len(found["b"]), len(found["c"])) == (4, 0, 7)
    own = f'{HUNDRED * 2}<div class="ad-slot"></div>{HUNDRED * 2}{HEADING}{HUNDRED * 3}'
    assert gaps(own, rules[0], limits=Limits(ads_per_section=1))["a"] == [7]
    ignored = ArticleOptions(existing="ignore")
    assert len(gaps(own, rules[0], limits=Limits(ads_per_section=1), article=ignored)["a"]) == 2
    asked = f"{HUNDRED * 2}<!-- adslot: here ad -->{HUNDRED * 2}{HEADING}{HUNDRED * 3}"
    assert gaps(asked, rules[0], limits=Limits(ads_per_section=1))["a"] == [6]
    (refusal, *_) = reasons(own, rules[0], 1, limits=Limits(ads_per_section=1))
    assert refusal == ("section-limit", 1, 1, "slots")


@pytest.mark.parametrize(
    "spacing, expected",
    [
        (Spacing("ad", "figure", min="3 blocks", unless_at="headings"), [2, 3, 4, 5, 6]),
        (Spacing("figure", "ad", min="2 blocks", unless_at="headings"), [1, 2, 3, 6]),
        (Spacing.between("ad", "figure", min="9 blocks", unless_at="headings"), []),
        (Spacing.between("figure", "ad", min="9 blocks", unless_at="figure"), [4]),
        (Spacing("ad", "figure", min="9 blocks", unless_at="not(paragraph)"), [2, 3, 4, 5, 6]),
    ],
)
def test_a_spacing_is_waived_by_what_stands_at_the_slot(spacing, expected):
    """Directly above or below it: of the upper slot where the lower thing is none, with `between` of the lower one."""
    story = HUNDRED * 2 + HEADING + FIGURE + HUNDRED * 3
    guards = Guards(after_heading=False)
    assert gaps(story, Rule("r", slot="ad", max=9), spacing=[spacing], guards=guards)["r"] == expected


def test_not_names_all_other_blocks():
    """Beside a slot, and as the thing that a spacing keeps from."""
    story = HUNDRED + FIGURE + HUNDRED + "<ul><li>eins</li><li>zwei</li></ul>" + HUNDRED
    assert gaps(story, Rule("r", slot="ad", max=9, before="not(list, figure)"))["r"] == [2, 4]
    assert gaps(story, Rule("r", slot="ad", max=9, after="not(css(figure))"))["r"] == [1, 3, 4]
    spacing = Spacing.between("ad", "not(paragraph)", min="1 paragraph")
    assert gaps(story, Rule("r", slot="ad", max=9), spacing=[spacing])["r"] == []


def test_a_rule_stands_in_for_others():
    """Where they have placed nothing, nor an editor a slot of theirs."""
    first = Rule("first", slot="ad", min_article="500 chars")
    other = Rule("other", slot="button", at="end", instead_of="first", priority=2)
    assert gaps(HUNDRED * 6, first, other) == {"first": [3], "other": []}
    assert gaps(HUNDRED * 2, first, other) == {"first": [], "other": [2]}
    assert gaps(f"{HUNDRED}<!-- adslot: here ad -->{HUNDRED}", first, other) == {"first": [], "other": []}
    policy = Policy((AD, BUTTON), [first, other])
    refusals = plan(read(HUNDRED * 6, policy), policy).explain(rule="other", gap=6)
    assert [(each.code, each.against) for each in refusals] == [("instead", "first")]
    filled = place(HUNDRED * 6, policy).html + place(HUNDRED * 2, policy).html
    assert "instead" in {finding.code for finding in check(filled, policy)}


def test_a_rule_has_guards_of_its_own():
    """What it does not name is as the policy has it."""
    story = HUNDRED + HEADING + HUNDRED
    assert gaps(story, Rule("r", slot="ad", max=9, guards={"after-heading": False}))["r"] == [1, 2]
    on = Rule("r", slot="ad", max=9, guards=Guards(after_heading=True))
    assert gaps(story, on, guards=Guards(after_heading=False))["r"] == [1]
    two = [Rule("a", slot="ad", guards={"adjacent": False}), Rule("b", slot="button")]
    assert sum(map(len, gaps(HUNDRED * 2, *two).values())) == 1
    both = [two[0], Rule("b", slot="button", guards={"adjacent": False})]
    assert sum(map(len, gaps(HUNDRED * 2, *both).values())) == 2


def test_a_policy_says_what_blocks_without_text_count():
    """In distances, rhythms, shares and sizes of articles."""
    story = (HUNDRED + FIGURE) * 4
    counted = ArticleOptions(sizes={"figure": "99 chars and 20 words"})
    rule = Rule("r", slot="ad", max=9, apart="190 chars")
    assert gaps(story, rule)["r"] == [1, 5]
    assert gaps(story, rule, article=counted)["r"] == [1, 3, 5, 7]
    assert gaps(story, Rule("r", slot="ad", min_article="700 chars"), article=counted)["r"] == [4]
    assert gaps(story, Rule("r", slot="ad", at="25%", within="0 chars"), article=counted)["r"] == [2]
    assert gaps(story, Rule("r", slot="ad", every="40 words"), article=ArticleOptions(sizes={"figure": "20 words"}))


def test_a_share_and_a_place_beside_a_block_without_text_serve_a_slot_each():
    """The nearest gap to a share is told by halves of gaps where chars do not tell."""
    story = f"<p>{'a ' * 59}</p>{FIGURE}<p>{'b ' * 56}</p>"
    rule = Rule("r", slot="ad", at=["after paragraph 1", "50%"], within="40 words down", max=2)
    assert gaps(story, rule)["r"] == [1, 2]


def test_what_two_terms_name_is_one_thing():
    """Also to a spacing that counts."""
    rule = Rule("r", slot="button", max=3)
    for above in (["paragraph", "text"], "text"):
        spacing = Spacing(above, "promo", min="99 words", from_count=4)
        assert gaps(HUNDRED * 4, rule, spacing=[spacing])["r"] == [1, 2, 3]


def test_an_anchor_is_used_only_where_no_place_is_left_for_one_slot_more():
    """However few slots the rule may have."""
    rule = Rule("r", slot="ad", at="before headings", within="2 blocks", max=1)
    story = HUNDRED * 2 + HEADING + HUNDRED + HEADING + HUNDRED
    (used,) = gaps(story, rule)["r"]
    assert used == 2
    assert [code for code, *_ in reasons(story, rule, 1)] == ["max"]


@pytest.mark.parametrize(
    "spacing, expected",
    [
        (Spacing("lead", "promo", min="99 words"), [1, 2, 3]),  # there is none
        (Spacing("end", "promo", min="99 words"), [1, 2, 3]),
        (Spacing("promo", "start", min="99 words"), [1, 2, 3]),
        (Spacing("promo", "end", min="15 words"), [1, 2]),
        (Spacing("start", "promo", min="15 words"), [2, 3]),
    ],
)
def test_points_of_the_story_stand_on_one_side_of_their_gap(spacing, expected):
    """Nothing of the story is above its start or below its end."""
    assert gaps(HUNDRED * 4, Rule("r", slot="button", max=9), spacing=[spacing])["r"] == expected


def test_what_stands_below_the_lead_does_not_stand_above_it():
    """In its own gap, too, and to a spacing that counts."""
    story = f'<p class="lead">{"Vorspann " * 9}</p>' + HUNDRED * 3
    above = Spacing("ad", "lead", min="1 paragraph")
    assert gaps(story, Rule("r", slot="ad", max=9), spacing=[above])["r"] == [1, 2, 3]
    growing = Spacing("ad", "lead", min="1 paragraph", from_count=2)
    assert gaps(story, Rule("r", slot="ad", max=9), spacing=[growing])["r"] == [1, 2, 3]


def test_a_rhythm_is_not_told_of_the_ends_of_the_story():
    """No place of it is there, however near it may be."""
    assert [code for code, *_ in reasons(HUNDRED * 2, Rule("r", slot="ad", every="32%"), 2)] == ["edge"]


LED = "<header><p class=lead>Ein Satz vorweg.</p></header><div class=body>{}</div>"


@pytest.mark.parametrize(
    "limits, rule, expected",
    [
        ({"ads_per_section": 1}, {}, {"led": [None], "after": [3]}),
        ({"ads_per_section": 0}, {}, {"led": [None], "after": []}),
        ({"ads_per_section": 0}, {"at": ["after lead", "start"]}, {"led": [None], "after": []}),
        ({}, {"at": ["after lead", "after paragraph 4"], "max": 2, "per_section": 1}, {"led": [None, 4], "after": [3]}),
    ],
)
def test_a_slot_after_a_lead_above_the_body_is_in_no_section(limits, rule, expected):
    """It takes nothing of the share of the first one, whoever limits that."""
    rules = [Rule("led", slot="ad", **{"at": "after lead", **rule}), Rule("after", slot="ad", at="after paragraph 3")]
    found = ArticleOptions(body=".body", lead=".lead")
    assert gaps(LED.format(HUNDRED * 6), *rules, article=found, limits=Limits(**limits)) == expected


def test_two_ads_may_share_the_place_after_a_lead_above_the_body():
    """Where sections take one ad each: they are in none."""
    rules = [Rule(name, slot="ad", at="after lead", stack=True) for name in "ab"]
    found = ArticleOptions(body=".body", lead=".lead")
    limits = Limits(ads_per_section=1)
    story = LED.format("<!-- adslot: here ad -->" + HUNDRED * 6)
    assert gaps(story, *rules, article=found, limits=limits) == {"a": [None], "b": [None]}


@pytest.mark.parametrize(
    "rules, guards, keys, suffices",
    [
        ([{"guards": {"tail": False}}, {"apart": "900 chars"}], {}, ("rules[b].apart",), ("rules[b].apart",)),
        ([{"guards": {"tail": True}}, {"max": 0}], {}, ("guards.tail",), ()),
        ([{"guards": {"tail": True}}, {"max": 0}], {"tail": False}, ("rules[a].guards",), ("rules[a].guards",)),
        (
            [{}, {"at": "after paragraph 4", "guards": {"adjacent": True, "tail": False}}],
            {"adjacent": False, "tail": False},
            ("rules[b].guards",),
            ("rules[b].guards",),
        ),
    ],
)
def test_a_conflict_names_the_guards_that_hold_a_rule_back(rules, guards, keys, suffices):
    """Those that are off for it do not: to take these back would hold it back more."""
    first, other = rules
    policy = Policy(
        [AD, BUTTON],
        [
            Rule("b", **{"slot": "button" if guards else "ad", "at": "after paragraph 1", **other}),
            Rule("a", slot="ad", at="after paragraph 4", priority=2, **first),
        ],
        guards=Guards(**guards),
    )
    found = plan(read(HUNDRED * 4 + "<p>Kurz und knapp.</p>" * 2, policy), policy).conflict("a")
    assert found is not None
    assert (found.keys, found.suffices) == (keys, suffices)
