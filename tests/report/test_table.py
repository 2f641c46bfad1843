"""The report of `adslot explain`: a table that fits the terminal, what holds rules back, and the same as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from adslot import ArticleOptions, Image, Limits, Policy, Refusal, Related, Rule, Slot, Spacing, place, plan, read
from adslot.planner.shortfalls import reasons, sentences, shortfalls
from adslot.report.outline import outline
from adslot.report.table import explanation, explanation_data, neighbours
from tests import strategies
from tests.oracles.schema import faults

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/explain.schema.json").read_text(encoding="utf-8"))
AD, MORE = Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser")
KEY = '[article] existing = "ignore"'
TEN = "<p>abcdefghij</p>"  # ten chars each


def made(html, *rules, related=(), **rest):
    """The plan for *html* under some rules."""
    policy = Policy((AD, MORE), rules, **rest)
    return plan(read(html, policy), policy, related=related)


def as_json(data):
    return json.loads(json.dumps(data))


def said(html, *rules, **rest):
    """What is said of the first rule that is held back."""
    return list(sentences(next(shortfalls(made(html, *rules, **rest)))))


# --------------------------------------------------------------------------------------------- table


def test_the_table():
    """Blocks with their sizes; gaps with the chars to the slots around them; placements and reasons."""
    text = explanation(made(TEN * 4, Rule("r", slot="ad", from_start="20 chars", max=2, apart="20 chars")), width=80)
    assert text.splitlines() == [
        "body: the whole fragment; 4 blocks, 40 chars; 1 placed; plan optimal",
        "",
        "        chars above below",
        "gap 0             0    20",
        "      0    10              short-paragraph  abcdefghij",
        "gap 1            10    10  - r: too near to the start of the story (10 of 20",
        "                             chars); too near to a slot of the same kind (10 of",
        "                             20 chars to adslot-r-1)",
        "      1    10              short-paragraph  abcdefghij",
        "gap 2            20    20  + ad (rule r, id adslot-r-1)",
        "      2    10              short-paragraph  abcdefghij",
        "gap 3            10    10  - r: too near to a slot of the same kind (10 of 20",
        "                             chars to adslot-r-1)",
        "      3    10              short-paragraph  abcdefghij",
        "gap 4            20     0",
        "",
        "Rules below their max, the slots of the other rules given:",
        "  r: 1 of at most 2 slots",
        "    held back by rules[r].from_start and rules[r].apart together; without any",
        "      one of them there would be 2",
        "    nearest miss: gap 3, too near to a slot of the same kind (10 of 20 chars to",
        "      adslot-r-1)",
    ]


def test_a_brief_table_has_what_stands_there():
    """Blocks and placements, no reasons."""
    text = explanation(made(TEN * 2, Rule("r", slot="ad", max=2)), brief=True)
    assert [line.split()[0] for line in text.splitlines()[3:]] == ["0", "gap", "1"]


def test_rules_with_the_same_reasons_are_told_together():
    """One line for both."""
    rules = [Rule("a", slot="ad", from_start="90%"), Rule("b", slot="ad", from_start="90%")]
    assert "- a, b: too near to the start" in explanation(made(TEN * 3, *rules))


def test_rules_that_look_elsewhere_are_told_when_asked_for():
    """The table of all rules has no rule whose anchor is elsewhere, that of one rule has it."""
    plan = made(TEN * 3, Rule("r", slot="ad", at="end"))
    assert "- r" not in explanation(plan)
    assert "- r: the rule's anchor is elsewhere" in explanation(plan, "r")


def test_neighbours_are_slots_existing_ads_and_the_ends():
    """Above and below each gap, with the chars between; a slot in the gap itself is neither, one at the end is no story's."""
    html = TEN * 2 + '<div class="ad-slot"></div>' + TEN * 2
    plan = made(html, Rule("r", slot="ad", at="after short-paragraph 1"), Rule("e", slot="ad", at="end"))
    assert [(above.thing, above.chars, below.thing, below.chars) for above, below in neighbours(plan)] == [
        ("start", 0, "adslot-r-1", 10),
        ("start", 10, "existing ad", 10),
        ("adslot-r-1", 10, "existing ad", 0),
        ("existing ad", 0, "end", 20),
        ("existing ad", 10, "end", 10),
        ("existing ad", 20, "end", 0),
    ]


# ------------------------------------------------------------------------------------ what holds back


@pytest.mark.parametrize(
    "html, rule, rest, expected",
    [
        (TEN * 3, Rule("r", slot="ad", at="after heading 1"), {}, "the rule's anchor is not on this page"),
        (TEN * 3, Rule("r", slot="more"), {}, "no article is left to show in the teaser"),
        (TEN, Rule("r", slot="ad"), {}, "the article's ends are reached by anchors only"),
        ("<!-- adslot: none -->" + TEN * 3, Rule("r", slot="ad"), {}, "an editor's marker keeps slots away"),
        ("", Rule("r", slot="ad"), {}, "the article has no other gap"),
    ],
)
def test_what_no_policy_could_change(html, rule, rest, expected):
    """Where no key is in the way, the article's own reasons are told."""
    assert said(html, rule, **rest)[1] == f"no key of the policy is in the way: {expected}"


def test_several_reasons_of_the_article_have_their_numbers():
    """Those that do not hold in every gap are counted."""
    (_, text) = said(TEN * 3 + "<!-- adslot: off -->" + TEN + "<!-- adslot: on -->", Rule("r", slot="ad", max=9))
    assert text == (
        "no key of the policy is in the way: an editor's marker keeps slots away (1 gap); "
        "the article's ends are reached by anchors only (2 gaps)"
    )


def test_one_key():
    """The key, and what it would take."""
    lines = said(TEN * 6, Rule("r", slot="ad", from_start="100 chars", min=1))
    assert lines == [
        "r: 0 of at most 1 slot; it asks for at least 1",
        "held back by rules[r].from_start; without it there would be 1",
        "nearest miss: gap 5, too near to the start of the story (50 of 100 chars)",
    ]


def test_the_ads_of_the_page():
    """Where they are in the way, the key that ignores them is named, and how many they are; beside one no key helps."""
    html = TEN + TEN + '<div class="ad-slot"></div>' + TEN + TEN
    lines = said(html, Rule("r", slot="ad", max=9, apart="3 blocks"))
    assert lines[1:3] == [
        "held back by rules[r].apart and article.existing together; without any one of them there would be 1",
        f"the page has 1 ad or teaser of its own, which counts; {KEY} leaves it out of distances and limits",
    ]
    between = TEN + '<div class="ad-slot"></div>' + TEN
    assert said(between, Rule("r", slot="ad"))[1] == "held back by guards.adjacent; without it there would be 1"


def test_one_of_anything_is_no_plural():
    """One block, one word, one ad that counts."""
    lines = said("<p>abc</p><p>abc</p>", Rule("r", slot="ad", from_start="2 blocks", from_end="1 block"))
    assert lines[-1].endswith("(1 of 2 blocks)")
    near = Refusal("spacing", "r", 2, required=1, actual=0, unit="blocks", against="figure")
    assert reasons([near]).endswith("(0 of 1 block to figure)")
    short = Refusal("short-section", "r", 4, required=400, actual=42, unit="chars", against="section 2")
    assert reasons([short]).endswith("(42 of 400 chars, section 2)")


def test_blocks_count_what_the_policy_says():
    """A picture with a size is as long in the table as it is to distances."""
    policy = Policy(
        [AD], [Rule("r", slot="ad", at="after figure")], article=ArticleOptions(sizes={"figure": "70 chars"})
    )
    lines = explanation(plan(read(TEN + "<figure><img src=a></figure>" + TEN, policy), policy)).splitlines()
    assert [line.split()[:4] for line in lines if line.startswith("gap 2")] == [["gap", "2", "80", "10"]]
    assert [line.split()[:3] for line in lines if "figure" in line and "gap" not in line] == [["1", "70", "figure"]]
    assert "\n(opening)  [1 word, 1 block]\n" in outline(read("<p>abc</p>"))


def test_keys_of_which_any_one_is_enough():
    """Both ends together leave no gap."""
    (_, text, _) = said(TEN * 6, Rule("r", slot="ad", from_start="40 chars", from_end="40 chars"))
    assert text == (
        "held back by rules[r].from_start and rules[r].from_end together; without any one of them there would be 1"
    )


def test_keys_that_each_hold_it_back_alone():
    """To take back one is not enough."""
    (_, text) = said(TEN * 6, Rule("r", slot="ad", from_start="100 chars"), limits=Limits(ads=0))
    assert text == "held back by limits.ads, and by others besides: to take back one key alone is not enough"


def test_a_key_that_stands_alone_beside_two_that_hold_the_same():
    """The start closes two gaps; the third is closed twice, so that only the start is worth to be taken back."""
    end = Spacing("ad", "end", min="20 chars")
    (_, text, _) = said(TEN * 4, Rule("r", slot="ad", from_start="30 chars", from_end="20 chars"), spacing=[end])
    assert text == (
        "held back by rules[r].from_start and spacing[0] together; without rules[r].from_start there would be 1"
    )


def test_rules_with_all_their_slots_are_not_told():
    """Nothing is in the way of a rule that has its max, nor of one that is off."""
    assert not list(shortfalls(made(TEN * 4, Rule("r", slot="ad"), Rule("off", slot="ad", max=0))))


# ---------------------------------------------------------------------------------------------- data


@given(strategies.articles, strategies.policies())
def test_data_and_text_for_any_article(html, policy):
    """The data is what the schema says; the table has a line for every gap and block, none too long."""
    plan = place(html, policy, related=[Related("Titel", "/t")]).plan
    data = as_json(explanation_data(plan))
    assert list(faults(data, SCHEMA)) == []
    lines = explanation(plan, width=80).splitlines()
    assert sum(line.startswith("gap ") for line in lines) == len(plan.article.gaps) == len(data["gaps"])
    assert all(len(line) <= 80 or " " not in line.strip() for line in lines)
    below = [rule.name for rule in policy.rules if sum(p.rule == rule.name for p in plan.placements) < rule.max]
    assert [rule["name"] for rule in data["rules"] if rule["conflict"] is not None] == below


def test_articles_that_are_not_shown():
    """Each with its reason, those without a place as a number; nothing where there are none, or in brief."""
    items = [
        Related("a", "/a", image=Image("/i", 1, 2), published="2026-11-05", when={"section": ["a*", True]}),
        *(Related(str(number), f"/{number}") for number in range(4)),
        Related("x", "x:\ny"),
        Related("zwei", "/0/"),
    ]
    plan = made(TEN * 3, Rule("r", slot="more"), related=items)
    text = explanation(plan)
    assert text.splitlines()[-5:] == [
        "Related articles that no teaser shows:",
        "  /a: it is meant for other contexts (section)",
        "  x: y: its URL, or its picture's, is neither http nor https nor relative (x)",
        "  /0/: it was given before (/0)",
        "  3 more articles: no teaser is left to show it in",
    ]
    data = as_json(explanation_data(plan))
    assert list(faults(data, SCHEMA)) == []
    assert data["unused"][0]["item"]["image"] == {"url": "/i", "width": 1, "height": 2}
    assert [each["code"] for each in data["unused"]] == ["context", "scheme", "duplicate"] + ["no-place"] * 3
    assert "Related" not in explanation(plan, brief=True) + explanation(made(TEN, Rule("r", slot="more")))
    lonely = made(TEN, related=items[1:2])
    assert explanation(lonely).endswith("  1 article: no teaser is left to show it in")


def test_the_schema_refuses_what_is_not_there():
    """The check itself finds a missing key, an unknown one and a wrong type."""
    data = as_json(explanation_data(made(TEN * 3, Rule("r", slot="ad"))))
    assert list(faults(data, SCHEMA)) == []
    data["gaps"][0] |= {"index": "0", "extra": 1}
    del data["status"]
    assert len(list(faults(data, SCHEMA))) == 3
