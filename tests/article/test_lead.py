"""The lead: where it stands, and what is none."""

from __future__ import annotations

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
