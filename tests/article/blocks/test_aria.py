"""ARIA: elements are read as their role says, at both doors."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import Role, read, read_tree

TEXT = "Der Fluss ist über Nacht um einen Meter gestiegen, und die Pumpen stehen bereit."
AROUND = f"<p>{TEXT}</p>%s<p>{TEXT}</p>"


def inside(html):
    """The blocks between two paragraphs."""
    page = AROUND % html
    at_text = read(page, mode="fragment").blocks
    in_tree = read_tree(lxml.html.fragment_fromstring(page, create_parent="div")).blocks
    found = [(block.role, block.level, block.chars, block.text) for block in at_text[1:-1]]
    assert found == [(block.role, block.level, block.chars, block.text) for block in in_tree[1:-1]]
    return found


@pytest.mark.parametrize(
    "html, role",
    [
        (f"<div role=table><div role=row><div role=cell>Ort</div><div role=cell>{TEXT}</div></div></div>", Role.TABLE),
        (f"<div role=grid><p>{TEXT}</p></div>", Role.TABLE),
        (f"<div role=note><p>{TEXT}</p><p>{TEXT}</p></div>", Role.BOX),
        (f"<section role='none complementary'><p>{TEXT}</p></section>", Role.BOX),
        ("<div role=navigation><p><a href=/a>Zum Hafen</a></p></div>", Role.BOX),
        (f"<section role=doc-endnotes><p>{TEXT}</p></section>", Role.BOX),
        ("<div role=figure><img src=a.jpg><p>Der Hafen am Morgen</p></div>", Role.FIGURE),
        (f"<div role=BLOCKQUOTE><p>{TEXT}</p></div>", Role.QUOTE),
        ("<div role=separator></div>", Role.SEPARATOR),
        ("<section role=code><p>make test</p></section>", Role.CODE),
    ],
)
def test_one_block_of_that_role(html, role):
    assert [found for found, *_ in inside(html)] == [role]


def test_a_list_counts_as_one():
    [(role, _, chars, _)] = inside(f"<div role=list><div role=listitem>{TEXT}</div></div>")
    assert (role, chars) == (Role.LIST, len(TEXT))


@pytest.mark.parametrize(
    "level, expected",
    [
        ("", 2),
        ("aria-level=3", 3),
        ("aria-level=9", 6),
        ("aria-level=0", 1),
        ("aria-level=x", 2),
        ("aria-level=99999", 2),
    ],
)
def test_headings_have_their_level(level, expected):
    html = f"<div role=heading {level}>Am Hafen</div>"
    assert inside(html) == [(Role.HEADING, expected, 8, "Am Hafen")]
    assert len(read(AROUND % html).sections) == 2


@pytest.mark.parametrize("role", ["article", "main", "region", "group", "presentation", "none", "quatsch", ""])
def test_what_only_groups_is_looked_through(role):
    assert [found for found, *_ in inside(f"<div role='{role}'><p>{TEXT}</p></div>")] == [Role.PARAGRAPH]


@pytest.mark.parametrize(
    "html", ["<div role=status></div>", "<div role=dialog hidden><p>x</p></div>", "<div role=list> </div>"]
)
def test_what_shows_nothing_is_no_block(html):
    assert inside(html) == []


def test_an_ad_stays_an_ad():
    assert [role for role, *_ in inside("<div role=complementary class=ad-slot>x</div>")] == [Role.AD]
