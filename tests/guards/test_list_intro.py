"""list-intro: a colon and what it introduces stay together."""

from __future__ import annotations

import pytest

from adslot import Guards, Policy, Rule, Slot, place
from tests.doors import LONG, barred

LIST = "<ul><li>Betten</li><li>Decken</li></ul>"


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p>An Bord sind:</p>",
        "<p>An Bord sind: </p>",
        "<p>An Bord sind:&nbsp;</p>",
        "<p>An Bord sind<b>:</b></p>",
        "<p>An Bord sind :<br></p>",
        "<p>(An Bord sind:)</p>",
        "<p>[An Bord sind:] </p>",
        "<p><strong>An Bord sind:</strong></p>",
        "<p>„An Bord sind:“</p>",
        "<p>»An Bord sind:«</p>",
        '<p>"An Bord sind:"</p>',
        "<p>Er zählt auf: „An Bord sind:“</p>",
        "<p>車内にあるもの：</p>",  # the wide colon of Japanese and Chinese
        "<p>（車内にあるもの：）</p>",
        f"{LONG[:-4]} Und an Bord sind:</p>",
        "An Bord sind:<br><br>",
    ],
)
def test_a_colon_keeps_its_list(paragraph):
    """The gap between a paragraph that ends in a colon and a list is closed, that after the list is not."""
    assert barred("list_intro", LONG + paragraph + LIST + LONG) == [2]


@pytest.mark.parametrize(
    "below",
    [
        LONG,
        "<p>Betten</p>",
        "<blockquote>Betten.</blockquote>",
        "<figure><img src=a></figure>",
        "<pre>betten()</pre>",
        "<table><tr><td>Betten</td></tr></table>",
        "<h3>1. Betten</h3>",
    ],
)
def test_a_colon_introduces_any_block(below):
    """What it introduces need not be a list."""
    assert barred("list_intro", f"<p>An Bord ist:</p>{below}{LONG}") == [1]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>An Bord sind: Betten.</p>{LIST}",
        f"<p>An Bord sind Betten.</p>{LIST}",
        f"<h2>An Bord:</h2>{LIST}",  # the guard of headings is another one
        f"<ul><li>An Bord:</li></ul>{LIST}",
        f"<p>Auf dem Schild stand „Achtung:“</p>{LONG}",
        f'<p>Auf dem Schild stand "Achtung:"</p>{LONG}',
        f"<p>Auf dem Schild stand „Achtung:“.</p>{LIST}",
        f"<p>Auf dem Schild stand „Achtung:“</p><h2>Später</h2>{LONG}",
        f"<p>Es ist 12:30</p>{LIST}",
        f"<p>Gute Nacht :)</p>{LIST}",
        f"<p>Gute Nacht :]</p>{LIST}",
        f"{LONG}<p>Und dann:</p>",  # nothing follows
        f"{LONG}<p>Und dann:</p><div class='ad-slot'></div>",
    ],
)
def test_false_friends(html):
    """Colons that introduce nothing, are part of something quoted, or smile."""
    assert barred("list_intro", html) == []


def test_a_slot_in_between_is_looked_through():
    """Both gaps beside an ad that stands between a colon and its list are closed."""
    ad = '<div class="ad-slot"></div>'
    assert barred("list_intro", f"<p>An Bord sind:</p>{ad}{LIST}{LONG}") == [1, 2]
    assert barred("list_intro", f"<p>Erstens:</p><p>Zweitens:</p>{LIST}") == [1, 2]


def test_the_policy_takes_it_back():
    """A rule gets the gap that the guard closed, and is told the reason before."""
    html = f"<p>An Bord sind:</p>{LIST}{LONG}"
    rules = [Rule("r", slot="ad", max=9)]
    plan = place(html, Policy((Slot("ad", kind="ad", label="Anzeige"),), rules)).plan
    assert [placement.gap for placement in plan.placements] == [2]
    assert [refusal.code for refusal in plan.explain(gap=1)] == ["list-intro"]
    off = Policy((Slot("ad", kind="ad", label="Anzeige"),), rules, guards=Guards(list_intro=False))
    assert [placement.gap for placement in place(html, off).plan.placements] == [1, 2]
