"""What a preview tells of gaps and rules: states, reasons, what would help, totals; and what it says where it stops."""

from __future__ import annotations

import attrs
import pytest

import adslot
from adslot.codes import REASONS
from adslot.preview import refused as refused_module
from adslot.preview import remedies as remedies_module
from adslot.preview.contents import contents
from adslot.preview.data import article_data, common
from adslot.preview.refused import refused
from adslot.preview.remedies import remedies
from adslot.preview.rulers import ruler, units
from adslot.preview.states import STATE_OF, STATES
from adslot.preview.totals import tally, totals
from tests.preview import stories

POLICY = adslot.loads(stories.POLICY)


@pytest.fixture
def plan():
    return adslot.place(stories.LONG, POLICY).plan


def test_every_code_has_a_state():
    """And every state but two, which no code stands for, has a code."""
    assert set(STATE_OF) == set(REASONS)
    assert set(STATES) - set(STATE_OF.values()) == {"placed", "unknown"}


def test_the_reasons_are_those_of_the_plan(plan):
    """The table has every refusal with its numbers, and nothing else."""
    reasons, rows = refused(plan).table
    found = [(*reasons[row[at] or 0], gap, row[at + 1]) for gap, row in enumerate(rows) for at in range(0, len(row), 2)]
    expected = [(r.rule, r.code, r.required, r.unit, r.against, r.gap, r.actual) for r in plan.explain()]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert len(set(reasons)) == len(reasons)


def test_what_stands_beside_a_gap(plan):
    """Where there is a slot, whose; else why the rule that came nearest has none."""
    its = refused(plan)
    assert [its.state(gap) for gap in range(7)] == [
        "elsewhere",
        "guard",
        "distance",
        "placed",
        "guard",
        "placed",
        "elsewhere",
    ]
    assert its.said(3) == "slot of in-text"
    assert its.said(2).startswith("in-text: 275 of 300 chars, too near to a slot of the same kind")
    assert its.said(0) == ""


def test_what_would_help(plan):
    """What holds a rule back, and what a gap would cost it."""
    found = remedies(refused(plan))
    assert found.held["hero"][0] == "hero: 0 of at most 1 slot"
    assert found.held["in-text"] == ["in-text: 2 of at most 2 slots"]
    assert found.costs[2, "in-text"] == "It can be had: the slots of the rule would stand in gaps 2 and 5, less evenly."
    assert found.bounds == []


def test_bounds_are_told(plan, monkeypatch):
    """Where an article is too long to work everything out."""
    monkeypatch.setattr(refused_module, "MOST_PAIRS", 8)
    monkeypatch.setattr(remedies_module, "MOST_BLOCKS", 6)
    monkeypatch.setattr(remedies_module, "MOST_BLOCKS_OF_COSTS", 0)
    its = refused(plan)
    assert len(its.gaps) == 4 and (its.state(4), its.said(4)) == ("unknown", "")
    assert remedies(its).held["hero"][1] == "what holds it back was not worked out, as the article is too long"
    assert remedies(its).bounds == [
        "Reasons were worked out for the first 4 of 7 gaps.",
        "What holds a rule back was not worked out for hero: the article is too long.",
        "What a gap would cost was not worked out for 1 more gap and rule.",
    ]


def test_rulers_count_in_the_units_of_the_policy(plan):
    """Those of its distances, and no others."""
    found = ruler(plan)
    assert list(found.before) == ["chars", "paragraphs"]
    assert [mark.name for mark in found.marks] == ["the start", "adslot-in-text-1", "adslot-in-text-2", "the end"]
    assert found.between(0, 2) == ["215 chars", "1 paragraph"]
    percents = attrs.evolve(POLICY, spacing=[adslot.Spacing(above=["ad"], below=["ad"], min="10%")])
    assert units(percents) == ["chars", "paragraphs", "%"]
    assert ruler(adslot.plan(adslot.read(stories.LONG), percents)).whole[-1] == "100%"


def test_contents(plan):
    """Sections with what they hold, as deep as they are nested."""
    assert [(each.title, each.deep, each.blocks, each.slots) for each in contents(plan)] == [
        ("Am Morgen", 0, 3, 1),
        ("Am Abend", 0, 3, 1),
    ]
    nested = adslot.place("<p>Vorn.</p><h2>A</h2><p>B.</p><h3>C</h3><p>D.</p>", POLICY).plan
    assert [(each.title, each.deep) for each in contents(nested)] == [("Opening", 0), ("A", 0), ("C", 1)]


def test_the_data_of_the_script(plan):
    """All that is told on demand."""
    its = refused(plan)
    data = article_data(its, remedies(its), ruler(plan))
    assert data["rules"]["in-text"]["keys"][0] == ["slot", '"anzeige"']
    assert data["rules"]["hero"]["counts"][0] == ["missing", 7]
    assert data["placed"][3] == [["in-text", "anzeige", "adslot-in-text-1", None]]
    assert set(common()["codes"]) == set(REASONS)


def tallied(html, policy):
    return tally("artikel.html", refused(adslot.place(html, policy).plan))


def test_totals():
    """Slots per article, rules that never place, and the commonest refusal where a rule could have had more."""
    every = [tallied(html, POLICY) for html in (stories.LONG, stories.SHORT)]
    found = totals(every)
    assert (found.articles, found.slots, found.without, found.each, found.never) == (2, 2, 1, "1.0", ["hero"])
    assert [(rule.name, rule.placed, rule.articles, rule.refusal) for rule in found.rules] == [
        ("in-text", 2, 1, "too near to the start of the story"),
        ("hero", 0, 0, "the rule's anchor is not on this page"),
    ]
    assert totals([]).each == "0"
    switched_off = adslot.loads(stories.POLICY.replace("max = 2", "max = 0"))
    assert totals([tallied(stories.LONG, switched_off)]).never == ["hero"]
