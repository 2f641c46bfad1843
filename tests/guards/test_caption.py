"""caption: a picture and the caption below it stay together."""

from __future__ import annotations

import pickle

import pytest

from adslot import Guards, Policy, Rule, Slot, place, read
from tests.doors import LONG, barred, traits

PICTURE = "<figure><img src=a></figure>"
CAPTION = '<p class="caption">Der Zug im Bahnhof von Görlitz, kurz vor der Abfahrt nach Norden.</p>'


@pytest.mark.parametrize(
    "caption",
    [
        CAPTION,
        '<p class="wp-caption-text">Der Zug</p>',
        '<p class="bildunterschrift">Der Zug</p>',
        '<p class="c-article__imageCredit">Ein Fotograf</p>',
        '<p class="image-credit small">Ein Fotograf</p>',
        '<p class="insertcaption">Der Zug</p>',
        '<p class="legende">Le train</p>',
        '<p class="légende">Le train</p>',
        '<p class="imagedescription">Der Zug</p>',
        '<p class="credit"><b>Ein Fotograf</b></p>',
        '<div class="caption"><p>Der Zug</p></div>',
        '<div class="media-info">Der Zug</div>',
        '<span class="photo-credit">Ein Fotograf</span>',
        "<p>Foto: dpa</p>",
        "<p>Foto : dpa</p>",
        "<p>Foto/dpa</p>",
        "<p>(Foto: dpa)</p>",
        "<p>Fotos: dpa</p>",
        "<p>FOTO: DPA</p>",
        "<p>Bild: dpa</p>",
        "<p>Bilder: dpa</p>",
        "<p>Bildquelle: dpa</p>",
        "<p>Symbolbild: dpa</p>",
        "<p>Archivfoto: dpa</p>",
        "<p>Quelle: Statistisches Bundesamt</p>",
        "<p>Grafik: dpa</p>",
        "<p>Photo: Reuters</p>",
        "<p>Photo by Jane Doe on Unsplash</p>",
        "<p>Bild von Gerhard auf Pixabay</p>",
        "<p>Image: Reuters</p>",
        "<p>Image via NASA</p>",
        "<p>Credit: NASA</p>",
        "<p>Source: OECD</p>",
        "<p>Crédit photo : AFP</p>",
        "<p>Fuente: EFE</p>",
        "<p>写真：共同通信</p>",
        "<p>© dpa</p>",
        "<p>(c) dpa</p>",
        "<p><b>Foto: dpa</b></p>",
        "<p>Der Zug im Bahnhof. © dpa</p>",
        "<p>Der Zug im Bahnhof (Foto: dpa).</p>",
    ],
)
def test_a_caption_stays_below_its_picture(caption):
    """The gap between picture and caption is closed, that below the caption is not."""
    assert barred("caption", LONG + PICTURE + caption + LONG) == [2]


@pytest.mark.parametrize(
    "picture",
    [
        PICTURE,
        "<p><img src=a></p>",
        "<img src=a>",
        "<p><a href=b><img src=a></a></p>",
        "<iframe src=a></iframe>",
        "<div><video src=a></video></div>",
        "<table><tr><td>3</td></tr></table>",
        '<div class="image"><div><img src=a></div></div>',
    ],
)
def test_what_may_have_a_caption(picture):
    """Figures, embeds and tables, whatever wrappers they stand in."""
    assert barred("caption", LONG + picture + CAPTION + LONG) == [2]


def test_a_credit_below_a_caption_belongs_to_it():
    """Any number of such lines; prose ends them."""
    assert barred("caption", f'{PICTURE}{CAPTION}<p class="credit">dpa</p><p>Foto: x</p>{LONG}<p>Foto: y</p>') == [
        1,
        2,
        3,
    ]
    assert barred("caption", f"<div class=wp-caption>{PICTURE}<p>Der Zug</p></div>{LONG}") == [1]


@pytest.mark.parametrize(
    "below",
    [
        LONG,
        LONG.replace("Um", "Das Foto: Um"),
        LONG.replace("Um", "Foto: Um").replace("lautlos", "lautlos, " * 20),
        "<p>Fotografieren ist an Bord verboten.</p>",
        "<p>Bilder an der Wand zeigen den alten Wagen.</p>",
        "<p>Photographs hang on the wall.</p>",
        '<p class="no-caption">Der Zug</p>',
        '<p class="has-caption">Der Zug</p>',
        '<p class="captioned">Der Zug</p>',
        '<p class="accredited">Der Zug</p>',
        f'<p class="caption">{"Das ist Prosa, und sie nimmt kein Ende. " * 20}</p>',
        f'<div class="credit">{LONG * 12}</div>',
        '<h3 class="caption">Der Zug</h3>',
        "<ul class=caption><li>Der Zug</li></ul>",
        f"{LONG}<p>Foto: dpa</p>",
        f"<h2>Der Zug</h2>{CAPTION}",
        f'<div class="ad-slot"></div>{CAPTION}',
    ],
)
def test_false_friends(below):
    """Prose, headings and lists are no captions, nor is what does not stand directly below the picture."""
    assert barred("caption", LONG + PICTURE + below + LONG) == []


@pytest.mark.parametrize("above", [LONG, "<hr>", "<pre>code</pre>", "<aside>Kasten</aside>", "<h2>Foto</h2>", ""])
def test_without_a_picture_there_is_no_caption(above):
    """Lines that begin so elsewhere are text."""
    assert barred("caption", above + CAPTION + "<p>Foto: dpa</p>" + LONG) == []


def test_a_block_keeps_its_traits():
    """They are part of its value, compare and pickle."""
    assert traits(PICTURE + CAPTION + LONG) == [[], ["caption"], []]
    article = read(PICTURE + CAPTION)
    assert pickle.loads(pickle.dumps(article.blocks)) == article.blocks
    assert article.blocks[1].traits == {"caption"}
    assert article.blocks[1] != read(LONG + CAPTION).blocks[1]


def test_the_policy_takes_it_back():
    """A rule gets the gap that the guard closed, and is told the reason before."""
    html, rules = PICTURE + CAPTION + LONG, [Rule("r", slot="ad", max=9)]
    plan = place(html, Policy((Slot("ad", kind="ad", label="Anzeige"),), rules)).plan
    assert [placement.gap for placement in plan.placements] == [2]
    assert [refusal.code for refusal in plan.explain(gap=1)] == ["caption"]
    off = Policy((Slot("ad", kind="ad", label="Anzeige"),), rules, guards=Guards(caption=False))
    assert [placement.gap for placement in place(html, off).plan.placements] == [1, 2]
