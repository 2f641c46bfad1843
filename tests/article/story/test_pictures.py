"""A text that holds a picture is a picture to every rule about pictures, at both doors."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import check, loads, place, plan, read, read_tree

LINE = "Am Hafen wird seit dem Morgen gebaut, und die Fähre fährt nur noch jede zweite Stunde hinüber."
PICTURED = [
    f"<p>{LINE} <img src=hafen.jpg width=600></p>",
    f"<p><a href=/gross><picture><img src=hafen.jpg></picture></a> {LINE}</p>",
    f"<ul><li>{LINE} <img src=hafen.jpg></li></ul>",
    f"<blockquote><p>{LINE}</p><img src=hafen.jpg></blockquote>",
    f"<p>{LINE} <img src=hafen.jpg width='30%'></p>",
    f"<p>{LINE} <img src=hafen.jpg width=600 height=30></p>",
]
SIGNS = [
    f"<p>{LINE} <img src=sonne.png class=wp-smiley></p>",
    f"<p>{LINE} <img src=punkt.gif width=1 height=1></p>",
    f"<p>{LINE} <img src=pfeil.svg width='16px'></p>",
    f"<p>{LINE}</p>",
    f"<p>{LINE} <picture><img src=punkt.png width=20></picture></p>",
    f"<p>{LINE} <img hidden src=hafen.jpg></p>",
    f"<p>{LINE} <noscript><img src=hafen.jpg></noscript></p>",
]
RULE = '[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "r"\nslot = "a"\nmax = 9\n'


def _gaps(html: str, policy: str) -> list[int | None]:
    page = f"<p>{LINE}</p>{html}" + f"<p>{LINE}</p>" * 3
    known = loads(policy)
    filled = place(page, known)
    assert not check(filled.html, known)
    gaps = [placement.gap for placement in filled.plan.placements]
    tree = read_tree(lxml.html.fragment_fromstring(f"<div>{page}</div>"), known)
    assert [placement.gap for placement in plan(tree, known).placements] == gaps
    return gaps


@pytest.mark.parametrize("html", PICTURED)
def test_a_text_with_a_picture_has_the_trait_and_keeps_its_role(html):
    block = read(f"<p>{LINE}</p>{html}").blocks[1]
    assert "picture" in block.traits
    assert block.chars >= len(LINE)
    assert block.role.value in {"paragraph", "list", "quote"}


@pytest.mark.parametrize("html", SIGNS)
def test_signs_in_a_line_are_no_pictures(html):
    assert "picture" not in read(f"<p>{LINE}</p>{html}").blocks[1].traits


@pytest.mark.parametrize("html", PICTURED)
def test_distances_from_pictures_hold(html):
    spacing = '[[spacing]]\nbetween = ["ad", "figure"]\nmin = "1 paragraph"\n'
    assert _gaps(html, RULE + spacing) == [3, 4]


@pytest.mark.parametrize("html", PICTURED)
def test_neighbours_and_anchors_see_a_picture(html):
    assert _gaps(html, f'{RULE}before = "figure"\n') == [1]
    assert _gaps(html, f'{RULE}after = "media"\n') == [2]
    assert _gaps(html, f'{RULE}at = "after figure 1"\n') == [2]
