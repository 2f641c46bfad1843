"""Where the slots of a page stand."""

from __future__ import annotations

import adslot


def test_a_lead_that_a_selector_finds_as_well():
    """Where an anchor outside of the story leads to the same place as the lead, the slot keeps no distances: so it was planned."""
    long = "Der Fluss ist über Nacht um einen Meter gestiegen, und die Pumpen stehen bereit. " * 3
    page = f"<!doctype html><p class=lead>{long}</p><article><p>{long}</p><p>{long}</p></article>"
    policy = adslot.from_mapping(
        {
            "article": {"body": "article"},
            "slots": {"anzeige": {"kind": "ad", "label": "Anzeige"}},
            "rules": [{"name": "r", "slot": "anzeige", "at": ["after lead", "after css(p.lead)"]}],
            "spacing": [{"above": "start", "below": "ad", "min": "1 chars"}],
        }
    )
    placed = adslot.place(page, policy)
    assert [placement.gap for placement in placed.plan.placements] == [None]
    assert adslot.check(placed.html, policy) == ()
