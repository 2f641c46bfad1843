"""The lead: where it stands, and what is none."""

from __future__ import annotations

import re

import lxml.html
import pytest

import adslot

POLICY = adslot.from_mapping(
    {
        "slots": {"anzeige": {"kind": "ad", "label": "Anzeige"}},
        "rules": [{"name": "lead", "slot": "anzeige", "at": "after lead"}],
    }
)


def test_a_block_of_the_story_is_no_lead_above_it():
    """Where the whole page is the body, a paragraph far down that is called a lead is one of its blocks."""
    page = "<html >><li class=Breadcrumb->h<li>><p >p<p class=leadText>Die Pumpen stehen bereit, der Fluss steigt.<p><"
    article = adslot.read(page, POLICY)
    assert (article.lead_outside, "Die Pumpen" in article.blocks[-2].text) == (None, True)
    placed = adslot.place(page, POLICY).html
    assert "anchor" not in [finding.code for finding in adslot.check(placed, POLICY)]


LEAD = "Der Rat erhält die alte Halle, und das Dach wird noch in diesem Jahr neu."
OTHER = "Die Pumpen am Ufer laufen seit Montag, vom Kran aus gesehen, Tag und Nacht."
P = "<p>Der Stadtrat hat am Dienstag nach langer Aussprache beschlossen, die alte Markthalle zu erhalten und ihr Dach zu erneuern. Die Kosten trägt zur Hälfte das Land, den Rest die Stadt.</p>"


def _below(html):
    """What stands directly above the slot below the lead, the same at both doors; "" where there is none."""
    placed = adslot.place(html, POLICY)
    tree = lxml.html.document_fromstring(html) if html.startswith("<!") else lxml.html.fragment_fromstring(html, "div")
    assert len(adslot.place_tree(tree, POLICY).placements) == len(placed.plan.placements)
    if not placed.plan.placements:
        return ""
    above = placed.html[: placed.html.index('<aside class="adslot')]
    return next((text for text in (LEAD, OTHER) if re.search(rf"{text}(?:</\w+>|\s)*\Z", above)), "something else")


def _page(above, body=P * 5):
    return f'<!doctype html><html><body><article><h1>Halle</h1>{above}<div class="entry-content">{body}</div></article>'


NAMES = [
    "lead",
    "standfirst",
    "article__standfirst",
    "vorspann",
    "ArticleLead",
    "post-excerpt",
    "c-summary",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_lead_by_its_name(name):
    """In the body, in a wrapper there, and above the body."""
    assert _below(f'<p class="{name}">{LEAD}</p>{P * 5}') == LEAD
    assert _below(f'<div class="{name}"><p>{LEAD}</p></div>{P * 5}') == LEAD
    assert _below(_page(f'<p class="{name}">{LEAD}</p>')) == LEAD
    assert _below(_page(f'<p itemprop="description">{LEAD}</p>')) == LEAD


OTHERS = [
    f'<p class="image-description">{OTHER}</p>',
    f'<figure><img src="a"><figcaption><p class="summary">{OTHER}</p></figcaption></figure>',
    f'<div class="wprm-recipe-summary">{OTHER}</div>',
    f'<div class="wprm-recipe-container"><div><p class="summary">{OTHER}</p></div></div>',
    f'<p class="product-description">{OTHER}</p>',
    f'<div itemscope itemtype="https://schema.org/Product"><p itemprop="description">{OTHER}</p></div>',
    f'<p class="author__description">{OTHER}</p>',
    f'<p class="category-description">{OTHER}</p>',
    f'<p class="card-excerpt">{OTHER}</p>',
    f'<p class="video-intro">{OTHER}</p>',
    f'<p class="newsletter-intro">{OTHER}</p>',
    f'<p class="lead-generation">{OTHER}</p>',
    f'<div class="section-message"><p class="section-message__summary">{OTHER}</p></div>',
    f'<aside><p class="intro">{OTHER}</p></aside>',
    f'<div hidden><p class="intro">{OTHER}</p></div>',
    f'<ul><li><p class="summary">{OTHER}</p></li></ul>',
]


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_described_elsewhere_is_no_lead(other):
    """Alone there is none; beside a lead that one counts, in front of it and behind it, in the body and above."""
    lead = f'<p class="lead">{LEAD}</p>'
    assert _below(other + P * 5) == ""
    assert _below(other + lead + P * 5) == LEAD
    assert _below(_page(other)) == ""
    assert (_below(_page(other + lead)), _below(_page(lead + other))) == (LEAD, LEAD)


def test_a_lead_stands_below_the_headline_and_above_the_text():
    assert _below(f'<p class="intro">{OTHER}</p><h1>Halle</h1>{P * 5}') == ""
    assert (
        _below(
            f'<!doctype html><article><p class="intro">{OTHER}</p><h1>Halle</h1><div class="entry-content">{P * 5}</div></article>'
        )
        == ""
    )
    assert _below(f'{P}<p class="intro">{OTHER}</p>{P * 5}') == ""


def test_the_best_lead_counts():
    """A name that only leads have is better than one that other things have as well; then the first in a body counts."""
    assert _below(f'<p class="summary">{OTHER}</p><p class="standfirst">{LEAD}</p>{P * 5}') == LEAD
    assert _below(f'<p class="lead">{LEAD}</p><p class="lead">{OTHER}</p>{P * 5}') == LEAD
    assert _below(_page(f'<p class="standfirst">{LEAD}</p><p class="summary">{OTHER}</p>')) == LEAD


def test_a_wrapper_around_the_story_is_no_lead():
    """A field of a content management system is called `text-with-summary`."""
    assert _below(f'<div class="field text-with-summary">{P * 5}</div>') == ""


def test_names_of_the_page_around_a_story_change_nothing():
    assert (
        _below(
            f'<!doctype html><div class="site-container"><h1>Halle</h1><p class="intro">{LEAD}</p><div id="x">{P * 5}</div></div>'
        )
        == LEAD
    )


def test_a_story_is_an_item_itself():
    html = f'<div itemscope itemtype="https://schema.org/NewsArticle"><p itemprop="description">{LEAD}</p>{P * 5}</div>'
    assert _below(html) == LEAD


def test_another_anchor_is_used_where_there_is_no_lead():
    rule = {"name": "lead", "slot": "anzeige", "at": ["after lead", "after paragraph 1"]}
    policy = adslot.from_mapping({"slots": {"anzeige": {"kind": "ad", "label": "Anzeige"}}, "rules": [rule]})
    placed = adslot.place(f'<p class="image-description">{OTHER}</p>{P * 5}', policy)
    assert [placement.anchor for placement in placed.plan.placements] == ["after paragraph 1"]
