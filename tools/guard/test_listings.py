"""listings: code that follows on code stays with it."""

from __future__ import annotations

import attrs
import pytest

from adslot import Guards, Policy, Rule, Slot, check, place

TEXT = "<p>Die Fähre legt ab, und das Licht über dem Hafen wird langsam blau.</p>"
CODE = "<pre><code>adslot strip seite.html</code></pre>"
POLICY = Policy([Slot("ad", kind="ad", label="Anzeige")], [Rule("r", slot="ad", max=9)])
OFF = attrs.evolve(POLICY, guards=Guards(listings=False))


def gaps(html, policy):
    return [placement.gap for placement in place(html, policy).plan.placements]


@pytest.mark.parametrize(
    "html, closed",
    [
        (TEXT + CODE * 2 + TEXT, [2]),
        (TEXT + CODE * 3 + TEXT, [2, 3]),
        (TEXT + CODE + TEXT + CODE + TEXT, []),
        (CODE + TEXT, []),
    ],
)
def test_the_gaps_between_listings_are_closed(html, closed):
    """A rule gets them where the policy takes the guard back."""
    assert sorted({*gaps(html, OFF)} - {*gaps(html, POLICY)}) == closed


def test_the_reason_is_told():
    """To whoever asks for it, and of a page that was filled under another policy."""
    html = TEXT + CODE * 2 + TEXT
    assert [refusal.code for refusal in place(html, POLICY).plan.explain(gap=2)] == ["listings"]
    assert [finding.code for finding in check(place(html, OFF).html, POLICY)] == ["listings"]
