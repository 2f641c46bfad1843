"""Relevance on hard sets, beside a plain rival: what both find, and what chance makes of either.

The figures are records, not aims: whoever changes the scorer sees here what it costs, and writes down what it brings.
"""

from __future__ import annotations

import pytest

from adslot.related.relevance import lexical
from tests.related.hard import HALVES, SETS, Found, by_characters, chance, found_in_all, story

# Of 36 sections of a half: with titles alone, and with tags.
RECORD = {
    ("tuning", False): (Found(29, 33, 29), Found(26, 28, 25)),
    ("tuning", True): (Found(35, 33, 33), Found(30, 31, 28)),
    ("unseen", False): (Found(27, 31, 26), Found(26, 23, 26)),
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


def test_what_belongs_together_passes_the_same_floor():
    """With tags, five in six of the articles are at 15 or more in their own sections."""
    stories = [story(name, tags=True) for name in SETS]
    rows = [lexical(told.sections, told.items) for told in stories]
    own = [row[number] for each in rows for number, row in enumerate(each[:-1])]
    assert len(own) == len(HALVES) * 36
    assert sum(worth >= 15 for worth in own) >= 60


def test_sets_are_as_they_say():
    """Eighteen sections and thirty articles each, no title twice."""
    stories = [story(name) for name in SETS]
    assert {(len(told.sections), len(told.items)) for told in stories} == {(18, 30)}
    assert len({item.title for told in stories for item in told.items}) == 30 * len(SETS)
