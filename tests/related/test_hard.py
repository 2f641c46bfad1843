"""Relevance on hard sets, beside a plain rival: what both find, and what chance makes of either.

The figures are records, not aims: whoever changes the scorer sees here what it costs, and writes down what it brings.
"""

from __future__ import annotations

import pytest

from adslot import preset, preset_names
from adslot.related.relevance import lexical
from tests.related.hard import SETS, Found, by_characters, chance, found_in_all, story

# Of the rules for teasers in presets: `docs/explanation/relevance.md` tells what it keeps.
FLOOR = 10
# Of 36 sections of a half: with titles alone, and with tags.
RECORD = {
    ("tuning", False): (Found(30, 34, 30), Found(26, 28, 25)),
    ("tuning", True): (Found(35, 33, 33), Found(30, 31, 28)),
    ("unseen", False): (Found(28, 31, 26), Found(26, 23, 26)),
    ("unseen", True): (Found(31, 31, 28), Found(27, 29, 29)),
}


@pytest.mark.parametrize(("half", "tags"), RECORD)
def test_what_both_find(half, tags):
    """More sections of their own and more first articles than runs of characters find, in the half that was not looked at, too."""
    mine, rival = (found_in_all(scorer, half, tags=tags) for scorer in (lexical, by_characters))
    assert (mine, rival) == RECORD[half, tags]
    assert mine.articles > rival.articles
    assert mine.sections > rival.sections


def test_what_chance_makes():
    """Of 6,480 pairs of an article and a section of another set, 98 in 100 are at 0, and fewer than 1 in 200 at 15 or more."""
    worths = chance(lexical)
    assert len(worths) == 6480
    assert sum(worth > 0 for worth in worths) <= 0.021 * len(worths)
    assert sum(worth >= 15 for worth in worths) <= 0.005 * len(worths)


@pytest.mark.parametrize(
    "name", [name for name in preset_names() if any(slot.kind == "teaser" for slot in preset(name).slots)]
)
def test_teasers_of_presets_have_a_floor(name):
    """The one that the documentation measures."""
    policy = preset(name)
    teasers = {slot.name for slot in policy.slots if slot.kind == "teaser"}
    assert {rule.min_relevance for rule in policy.rules if rule.slot in teasers} == {FLOOR}


@pytest.mark.parametrize(("tags", "passed"), [(False, (67, 71)), (True, (70, 71))])
def test_what_belongs_together_passes_the_floor_of_presets(tags, passed):
    """Of the articles that have anything in common with their own story, how many do in some section; others hardly."""
    stories = [story(name, tags=tags) for name in SETS]
    rows = [lexical(told.sections, told.items)[:-1] for told in stories]
    best = [max(row[number] for row in each) for each in rows for number in range(len(each))]
    assert (sum(worth >= FLOOR for worth in best), sum(worth > 0 for worth in best)) == passed
    worths = chance(lexical)
    assert sum(worth >= FLOOR for worth in worths) <= 0.01 * len(worths)


def test_japanese_passes_the_same_floor():
    """By pairs of characters: what belongs together is far above it, everything else below."""
    told = story("kawabe")
    rows = lexical(told.sections, told.items)[:-1]
    own = [row[number] for number, row in enumerate(rows)]
    others = [worth for number, row in enumerate(rows) for other, worth in enumerate(row) if other != number]
    assert (len(own), len(others)) == (8, 152)
    assert min(own) >= 80
    assert max(others) < FLOOR


def test_sets_are_as_they_say():
    """Eighteen sections and thirty articles each, no title twice."""
    stories = [story(name) for name in SETS]
    assert {(len(told.sections), len(told.items)) for told in stories} == {(18, 30)}
    assert len({item.title for told in stories for item in told.items}) == 30 * len(SETS)
