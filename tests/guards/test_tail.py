"""tail: the short lines that end a story stay below its last paragraph."""

from __future__ import annotations

import pytest

from adslot import Guards, Policy, Rule, Slot, place
from tests.doors import LONG, barred

AD = '<div class="ad-slot"></div>'
TEASER = '<p>Lesen Sie auch: <a href="/x">Ein anderer Artikel über Züge</a></p>'
BOX = "<aside>Ein Kasten</aside>"


@pytest.mark.parametrize(
    "html, gaps",
    [
        (f"{LONG}{LONG}<p>(dmk)</p>", [2]),
        (f"{LONG}<p>sak/Reuters</p><p>(dmk)</p>", [1, 2]),
        (f"{LONG}<p>Eins</p><p>Zwei</p><p>Drei</p><p>Vier</p><p>Fünf</p>", [1, 2, 3, 4, 5]),
        (f"{LONG}<ul><li>eins</li></ul><p>(dmk)</p>", [2]),
        (f"{LONG}<blockquote>Ja.</blockquote><p>(dmk)</p>", [2]),
        (f"{LONG}<figure><img src=a></figure><p>(dmk)</p>", [2]),
        (f"{LONG}<hr><p>(dmk)</p>", [2]),
        (f"{LONG}<h2>Kontakt</h2><p>Nebenstraße 3</p><p>Görlitz</p>", [2, 3]),
        (f"{LONG}<p>Kurz.</p>{LONG}<p>(dmk)</p>", [3]),
        (f"{LONG}<p>(dmk)</p>{AD}{TEASER}", [1]),
        (f"{LONG}{AD}<p>(dmk)</p>{TEASER}", [1, 2]),
        (f"{LONG}<p>Quelle: ntv</p>{AD}<p>(dmk)</p>", [1, 2, 3]),
        (f"{LONG}<p>(dmk)</p>{BOX}<hr>{BOX}", [1]),
        (f"{LONG}<p>(dmk)</p>{BOX}<p>Kommentare</p>", [3]),
        (f"{LONG[3:-4]}<br><br>(dmk)", [1]),
    ],
)
def test_short_lines_stay_with_the_text_above(html, gaps):
    """Each gap from the last paragraph to the last line is closed, the one below the line never."""
    assert barred("tail", html) == gaps


@pytest.mark.parametrize(
    "html",
    [
        "",
        LONG * 3,
        "<p>(dmk)</p>",
        "<p>Ja.</p><p>Nein.</p><p>Doch.</p>",  # a story of short paragraphs has no tail
        f"<p>(dmk)</p>{LONG}",
        f"<h2>Ja</h2><p>(dmk)</p>{AD}",
        f"<figure><img src=a></figure><p>Ja.</p>{BOX}",
        f"{LONG}<p>Ja.</p><p>Nein.</p><p>Doch.</p><p>Ja.</p><p>Nein.</p><p>Doch.</p>",  # a dialogue
        f"{LONG}<p><b>Text: dmk</b></p>",  # a heading by its looks
        f"{LONG}<p>(dmk)</p><figure><img src=a></figure>",
        f"{LONG}<p>(dmk)</p><ul><li>eins</li></ul>",
        f"{LONG}{AD}{BOX}",
    ],
)
def test_false_friends(html):
    """What ends the story must be short lines, few of them, below something longer."""
    assert barred("tail", html) == []


def test_the_policy_says_what_is_short():
    """`article.short` moves the limit."""
    html = f"{LONG}{LONG}<p>Mit Material der Agenturen dpa und Reuters aus Berlin</p>"
    assert barred("tail", html, short=40) == []
    assert barred("tail", html, short=60) == [2]
    assert barred("tail", html, short=0) == []


def test_the_policy_takes_it_back_and_the_end_is_free():
    """A slot may stand below the lines in any case."""
    html = f"{LONG}{LONG}<p>Görlitz</p>"
    rules = [Rule("r", slot="ad", max=9), Rule("e", slot="ad", at="end")]
    plan = place(html, Policy((Slot("ad", kind="ad", label="Anzeige"),), rules)).plan
    assert [placement.gap for placement in plan.placements] == [1, 3]
    assert [refusal.code for refusal in plan.explain(rule="r", gap=2)] == ["tail"]
    off = Policy((Slot("ad", kind="ad", label="Anzeige"),), rules, guards=Guards(tail=False))
    assert [placement.gap for placement in place(html, off).plan.placements] == [1, 2, 3]
