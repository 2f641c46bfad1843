"""Captions by their words, their form and what stands around them; authors of quotations."""

from __future__ import annotations

import pytest

from adslot import Policy, Rule, Slot, place, read
from tests.doors import LONG, barred, traits

PICTURE = "<figure><img src=a></figure>"
QUOTE = "<blockquote><p>Das Dach muss neu.</p></blockquote>"
PROSE = "<p>" + "Um 22.14 Uhr rollt der Zug aus der Halle, pünktlich und fast lautlos. " * 5 + "</p>"


@pytest.mark.parametrize(
    "caption",
    [
        "<p><em>Der Hafen am Morgen, vom Kran aus gesehen</em></p>",
        "<p><i>Der Hafen</i> <small>am Morgen</small></p>",
        "<p><span><small>Der Hafen am Morgen</small></span></p>",
        '<p style="text-align: center">Der Hafen am Morgen.</p>',
        '<p align="center">Der Hafen am Morgen.</p>',
        "<center>Der Hafen am Morgen.</center>",
        '<p class="has-text-align-center">Der Hafen am Morgen.</p>',
        '<p class="has-small-font-size">Der Hafen am Morgen.</p>',
        '<p><span style="font-style:italic">Der Hafen am Morgen.</span></p>',
        f"<p>{'Der Hafen am Morgen, vom Kran aus gesehen. ' * 6} Foto: Karla Muster</p>",
        "<p>Der Hafen am Morgen. (Muster/dpa)</p>",
        "<p>Der Hafen am Morgen [dpa]</p>",
        "<p>Der Hafen am Morgen | Shutterstock</p>",
        "<p>（图源：市政府）</p>",
        "<p>图为修好的市场屋顶。</p>",
        "<p>旧市场的屋顶。新华社记者张三摄</p>",
        "<p>（写真：市提供）</p>",
        "<p>【写真】屋根を直した市場</p>",
        "<p>[사진=연합뉴스]</p>",
        "<p>Senasis turgus. J. Petraičio nuotr.</p>",
        "<p>फोटोः पीटीआई</p>",
        "<p>ภาพจากเทศบาล</p>",
        "<p>المصدر : وكالة الأنباء</p>",
        "<p>ФОТО: Карла Мустер</p>",
        '<div class="caption"><div><div>Der Hafen am Morgen.</div></div></div>',
        "<figcaption>Der Hafen <p>am Morgen</p></figcaption>",
    ],
)
def test_a_caption_by_its_form_or_its_credit(caption):
    """A small, italic or centred line alone, a credit at the end, a class some elements above."""
    assert traits(PROSE + PICTURE + caption + PROSE) == [[], [], ["caption"], []]
    assert barred("caption", PROSE + PICTURE + caption + PROSE) == [2]


@pytest.mark.parametrize(
    "both",
    [
        "<div><img src=a><p>Der Hafen am Morgen.</p></div>",
        f'<div class="figure">{PICTURE}<div><p>Der Hafen am Morgen.</p><p>Ein Kran hebt an.</p></div></div>',
        '<div class="imageblock"><div><img src=a></div><div class="title">Abbildung 1. Der Hafen</div></div>',
        '<div class="table-wrapper"><table><tr><td>3</td></tr></table><p>Alle Zahlen von gestern.</p></div>',
    ],
)
def test_what_stands_with_a_picture_in_an_element_for_both_is_its_caption(both):
    """By the element's class, or as it holds nothing else."""
    found = traits(PROSE + both + PROSE)
    assert found[:2] == [[], []]
    assert set(map(tuple, found[2:-1])) == {("caption",)}
    assert found[-1] == []


@pytest.mark.parametrize(
    "below",
    [
        "<p><em>Und was nun?</em></p>",
        "<p>Der Hafen <em>am Morgen</em></p>",
        '<p style="text-align:left">Der Hafen am Morgen.</p>',
        f"<p><em>{'Der Hafen am Morgen, vom Kran aus gesehen. ' * 6}</em></p>",
        "<p>Das berichtet die dpa.</p>",
        "<p>Fuentes de la policía dijeron que el puente sigue cerrado.</p>",
        "<p>Фотография стала его страстью и делом жизни.</p>",
        "<p>来源不明的资金让市政府很担心。</p>",
        "<p>画像を見た住民は驚いた。</p>",
        "<p>صور المدينة القديمة تملأ الجدران.</p>",
        "<p>Ảnh chụp cho thấy mái chợ đã được sửa.</p>",
        "<p>Der Eintritt kostet nichts (und/oder wenig), sagt die Stadt.</p>",
    ],
)
def test_no_captions(below):
    """Questions, part of a line, long text, prose that names an agency."""
    assert "caption" not in traits(PROSE + PICTURE + below + PROSE)[2]


def test_a_figcaption_around_a_picture_is_a_picture():
    """Some systems have nothing else."""
    html = "<figcaption><div><img src=a></div><div><em>Der Hafen</em><div>am Morgen</div></div></figcaption>"
    assert [str(block.role) for block in read(PROSE + html + PROSE).blocks] == ["paragraph", "figure", "paragraph"]


@pytest.mark.parametrize(
    "author",
    [
        '<p class="attribution">Karla Muster, Stadträtin.</p>',
        "<p>— Karla Muster, Stadträtin</p>",
        "<cite>Karla Muster</cite>",
        "<p><cite>Karla Muster</cite></p>",
        "<p><small>Karla Muster</small></p>",
        '<div class="quote__author"><span>Karla Muster</span></div>',
        '<p style="text-align:right">Karla Muster</p>',
    ],
)
def test_an_author_stays_with_the_quotation(author):
    """By class, by a dash, in small letters."""
    assert traits(PROSE + QUOTE + author + PROSE) == [[], [], ["caption"], []]
    assert barred("caption", PROSE + QUOTE + author + PROSE) == [2]


@pytest.mark.parametrize(
    "below", ["<p>Das sagt Karla Muster.</p>", "<p>– Das sagt sie nicht.</p>", "<p><em>Das sagt sie.</em></p>"]
)
def test_what_goes_on_below_a_quotation_is_text(below):
    """Sentences are no authors."""
    assert traits(PROSE + QUOTE + below + PROSE) == [[], [], [], []]


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="block block--quote"><div>„Das Dach muss neu.“</div><div>Karla Muster</div></div>',
        '<div class="quote"><p>Das Dach muss neu.</p><p class="quote__author">Karla Muster</p></div>',
        '<section class="zitat-box"><div>Das Dach muss neu.</div><cite>Karla Muster</cite></section>',
    ],
)
def test_an_element_that_is_called_a_quotation_is_one_as_a_whole(quotation):
    """Where it begins as one, or says who is quoted."""
    roles = [str(block.role) for block in read(PROSE + quotation + PROSE).blocks]
    assert roles == ["paragraph", "quote", "paragraph"]


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="quote">{PROSE}</div>',
        f'<div class="quote">{PROSE * 4}<cite>Karla Muster</cite></div>',
        f'<div class="get-quote">{PROSE}<cite>Karla Muster</cite></div>',
        f'<div class="quote"><h2>Was gilt</h2>{PROSE}<cite>Karla Muster</cite></div>',
        '<div class="quote"></div>',
    ],
)
def test_careless_names(html):
    """Without anybody who is quoted, with more text, or with a heading it is no quotation."""
    assert "quote" not in [str(block.role) for block in read(LONG + html + LONG).blocks]


def test_captions_count_nothing():
    """Neither chars nor as paragraphs, in plans as in checks; others of the story do."""
    caption = f'<p class="caption">{"Der Hafen am Morgen, vom Kran aus gesehen. " * 3}</p>'
    article = read(PROSE + PICTURE + caption + LONG + PROSE)
    assert [block.chars > 0 for block in article.blocks] == [True, False, False, True, True]
    policy = Policy((Slot("ad", kind="ad", label="Anzeige"),), [Rule("r", slot="ad", from_start="2 paragraphs", max=1)])
    assert [placement.gap for placement in place(PROSE + PICTURE + caption + LONG * 2, policy).plan.placements] == [4]
