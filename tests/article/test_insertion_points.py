"""Where a gap lies in the tree: as a child of the lowest element around its blocks, and in lists at the end of an item."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import ArticleOptions, Guards, Policy, Rule, Slot, check, place, place_tree, strip
from adslot.guards import GUARDS

POLICY = Policy(
    [Slot("s", kind="promo", html="x", tag="section")],
    [Rule("r", slot="s", max=9)],
    guards=Guards(**{name: name == "adjacent" for name in GUARDS}),
    article=ArticleOptions(open=("ul", "ol", "li", "dl", "dt", "dd")),
)
A, B, C = (f"<p>{word} der Fluss steigt seit Montag, am Ufer stehen Pumpen.</p>" for word in ("Eins", "Zwei", "Drei"))


def parents(html, policy=POLICY):
    """The tags of the parents of all slots, at both doors, which agree; the page is given back, and passes the check."""
    result = place(html, policy)
    assert strip(result.html) == html
    assert place(result.html, policy).html == result.html
    assert check(result.html, policy) == ()
    tree = lxml.html.fragment_fromstring(f"<div>{html}</div>")
    place_tree(tree, policy)
    found = [tags(each) for each in (tree, lxml.html.fragment_fromstring(f"<div>{result.html}</div>"))]
    assert found[0] == found[1]
    return found[0]


def tags(tree):
    """The tags of the elements that hold slots."""
    outer = [slot.getparent() for slot in tree.iter("section")]
    return [str(each.tag) for each in outer if each is not None]


@pytest.mark.parametrize(
    "html, expected",
    [
        (f"<ul><li>{A}</li><li>{B}</li></ul>{C}", ["li", "div"]),
        (f"<ol><li>{A}{B}</li>\n<li>{C}</li></ol>{A}", ["li", "li", "div"]),
        (f"<ul><li><div>{A}</div></li><li><div>{B}</div></li></ul>{C}", ["li", "div"]),
        (f"<dl><dt>Titel<dd>{A}</dd><dt>Titel</dt><dd>{B}</dd></dl>{C}", ["dd", "div"]),
        (f"<ul><li data-adslot='off'>{A}</li><li>{B}</li></ul>{C}", ["div"]),
        (f"<ul><li>{A}<ul><li>{B}</li></ul></li><li>{C}</li></ul>{A}", ["li", "li", "div"]),
    ],
)
def test_a_slot_between_two_items_of_a_list_ends_the_upper_one(html, expected):
    """A list that is looked through holds items only, so the slot is written into the item above the gap."""
    assert parents(html) == expected
