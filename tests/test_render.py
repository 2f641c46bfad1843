"""The markup of slots: escaped, labelled, one balanced element, and refused where no page can hold it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from adslot import Policy, PolicyError, Related, Rule, Slot, place

STORY = "<p>Eins.</p><p>Zwei.</p>"


def filled(slot, **rest):
    return place(STORY, Policy([slot], [Rule("r", slot=slot.name)]), **rest).html


def test_a_plain_slot():
    """Both marks, an id, the label as text and for screen readers; no script, no style."""
    html = filled(Slot("anzeige", kind="ad", label="Anzeige", height=274))
    assert html == (
        '<p>Eins.</p><aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="r" id="adslot-r-1"'
        ' aria-label="Anzeige" data-adslot-height="274"><span class="adslot-label">Anzeige</span>'
        '<div class="adslot-content"></div></aside><p>Zwei.</p>'
    )


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\x00b\r\nc", "\ud83d &amp; 'x'"]
)
def test_hostile_titles_are_text(title):
    """Whatever a title says, the tree has one link with one text."""
    html = filled(Slot("mehr", kind="teaser", label="LESEN SIE AUCH"), related=[Related(title, "/a?x=1&y='2'")])
    (slot,) = LexborHTMLParser(html.encode("utf-8", "replace").decode()).css("[data-adslot-rule]")
    assert [node.tag for node in slot.css("*")] == ["aside", "span", "a"]
    (link,) = slot.css("a")
    assert link.attributes["href"] == "/a?x=1&y='2'"


@pytest.mark.parametrize("url", ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "vbscript:x", ""])
def test_unsafe_urls_are_not_shown(url):
    """A teaser whose URL could run code is left out, and with it the slot."""
    assert filled(Slot("mehr", kind="teaser"), related=[Related("Titel", url)]) == STORY


@pytest.mark.parametrize(
    "html",
    [
        "<b>nie zu",
        "</aside><p>raus",
        "<form></form>",
        "<p><table><tr><td>x</table></p>",
        "<p>a<p>b",
        "a\rb",
        "<a><a>x</a></a>",
    ],
)
def test_markup_that_no_page_can_hold_is_a_policy_error(html):
    """Unbalanced markup, forms, tables in paragraphs: refused, with the slot's path."""
    with pytest.raises(PolicyError) as caught:
        filled(Slot("folgen", kind="promo", html=html))
    assert caught.value.problems[0].path == "slots.folgen"


def test_own_attributes_and_classes():
    """Attributes of the policy are added, classes joined."""
    html = filled(Slot("a", kind="ad", label_as_is=True, attributes={"class": "gross", "data-unit": "/1/x&y"}))
    assert 'class="adslot adslot-ad gross"' in html
    assert 'data-unit="/1/x&amp;y"' in html
