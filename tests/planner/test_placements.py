"""The ids of slots: one of its own for each on the page, also where texts are placed apart."""

from __future__ import annotations

import re
from uuid import UUID

import lxml.html
import pytest

from adslot import (
    Article,
    Policy,
    Rule,
    Slot,
    check,
    markup,
    place,
    place_tree,
    plan,
    read,
    strip,
    strip_tree,
)
from tests.planner.test_plan import AD, TEN


def test_ids_are_unique_on_the_page():
    """A page that has such an id already keeps it, the slot gets another."""
    html = '<h2 id="adslot-r-1">Kapitel</h2>' + TEN * 2
    result = place(html, Policy((AD,), [Rule("r", slot="ad")]))
    assert result.plan.placements[0].id == "adslot-r-1-slot"
    assert strip(result.html) == html


def test_texts_that_are_placed_apart_have_ids_of_their_own():
    """A list page of two articles: with a prefix each no id is there twice, in no door."""
    policy = Policy((AD,), [Rule("r", slot="ad", max=2)])
    pages = [place(TEN * 3, policy, id_prefix=number).html for number in (1, 2)]
    found = re.findall(r'id="([^"]+)"', "".join(pages))
    assert found == ["adslot-1-r-1", "adslot-1-r-2", "adslot-2-r-1", "adslot-2-r-2"]
    assert [f.code for f in check(f"<main>{''.join(pages)}</main>", policy) if f.code == "duplicate-id"] == []
    same = "".join(place(TEN * 3, policy).html for _ in range(2))
    told = [finding.message for finding in check(same, policy) if finding.code == "duplicate-id"]
    assert len(told) == 2
    assert all("id_prefix" in message for message in told)
    assert strip(same) == strip("".join(pages)) == TEN * 6


def test_a_prefix_at_every_door():
    """Text, tree and blocks."""
    policy = Policy((AD,), [Rule("r", slot="ad")])
    tree = lxml.html.fragment_fromstring(TEN * 2, create_parent="div")
    assert [p.id for p in place_tree(tree, policy, id_prefix="x").placements] == ["adslot-x-r-1"]
    assert tree.xpath("//aside/@id") == ["adslot-x-r-1"]
    strip_tree(tree)
    assert tree.xpath("//aside") == []
    blocks = Article.from_blocks([{"role": "paragraph", "text": "Eins."}, {"role": "paragraph", "text": "Zwei."}])
    made = plan(blocks, policy, id_prefix="x")
    assert 'id="adslot-x-r-1"' in markup(made, made.placements[0])


def test_a_prefix_is_longer_where_the_page_has_such_an_id():
    """As ids without a prefix are."""
    html = f'<h2 id="adslot-x-r-1">Kapitel</h2>{TEN * 2}'
    result = place(html, Policy((AD,), [Rule("r", slot="ad")]), id_prefix="x")
    assert result.plan.placements[0].id == "adslot-x-r-1-slot"
    assert strip(result.html) == html


def test_an_editors_slot_has_the_prefix_too():
    """All slots have it."""
    html = f"{TEN}<!-- adslot: here ad -->{TEN}"
    assert place(html, Policy((AD,)), id_prefix=3).plan.placements[0].id == "adslot-3-here-1"


def test_what_is_inside_a_slot_has_ids_of_the_prefix():
    """As built-in templates make theirs of the slot's."""
    slot = Slot("ad", kind="ad", label="Anzeige", template="gpt", sizes=["300x250"], attributes={"data-ad-unit": "/1"})
    html = place(TEN * 2, Policy((slot,), [Rule("r", slot="ad")]), id_prefix="a").html
    assert re.findall(r'id="([^"]+)"', html) == ["adslot-a-r-1", "adslot-a-r-1-gpt"]


@pytest.mark.parametrize("prefix", [None, "", 0, 7, "7", "a.b_c-d", "größe", UUID(int=5), "x" * 255])
def test_prefixes(prefix):
    """Nothing is none; what has such a text is taken."""
    name = "" if prefix in (None, "") else f"{prefix}-"
    found = place(TEN * 2, Policy((AD,), [Rule("r", slot="ad")]), id_prefix=prefix).plan.placements[0].id
    assert found == f"adslot-{name}r-1"


@pytest.mark.parametrize(
    "prefix", ["a b", "-a", ".a", "a/b", 'a"b', "a\n", -1, 1.5e300, b"a", ["a"], "x" * 256, " ", "\ud800"]
)
def test_wrong_prefixes(prefix):
    """They are told, before anything is done."""
    policy = Policy((AD,), [Rule("r", slot="ad")])
    tree = lxml.html.fragment_fromstring(TEN * 2, create_parent="div")
    for call in (
        lambda: place(TEN, policy, id_prefix=prefix),
        lambda: plan(read(TEN), policy, id_prefix=prefix),
        lambda: place_tree(tree, policy, id_prefix=prefix),
    ):
        with pytest.raises(ValueError, match=r"id_prefix: expected up to 255 letters, digits, '_', '\.' and '-'"):
            call()
