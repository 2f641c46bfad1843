"""float: nothing stands beside a picture that floats."""

from __future__ import annotations

import pytest

from adslot import Guards, Policy, Rule, Slot, place
from tests.doors import barred, traits

TEXT = "<p>" + "abcdefghi " * 9 + "abcdefghij</p>"  # 100 chars
IMG = '<img src="a">'
FLOAT = f'<figure class="alignleft">{IMG}</figure>'
FULL = f"<figure>{IMG}</figure>"


@pytest.mark.parametrize(
    "picture",
    [
        FLOAT,
        f'<figure class="wp-block-image alignright size-large">{IMG}<figcaption>Der Zug</figcaption></figure>',
        f'<div class="wp-block-image"><figure class="alignright">{IMG}</figure></div>',
        '<p><img class="size-medium alignleft" src="a"></p>',
        '<p><a href="b"><img class="alignleft" src="a"></a></p>',
        '<img class="alignright" src="a">',
        f'<div class="wp-caption alignleft">{IMG}</div>',
        f'<div class="float-left">{IMG}</div>',
        f'<figure class="pull-right">{IMG}</figure>',
        f'<figure class="float-md-right">{IMG}</figure>',
        f'<figure class="md:float-left">{IMG}</figure>',
        f'<figure class="float-end">{IMG}</figure>',
        f'<figure class="floatLeft">{IMG}</figure>',
        f'<figure class="embed--float-left">{IMG}</figure>',
        f'<figure class="align-left">{IMG}</figure>',
        f'<figure class="media--align-right">{IMG}</figure>',
        f'<figure class="article__image--right">{IMG}</figure>',
        f'<figure class="bild-links">{IMG}</figure>',
        f'<figure class="picture right">{IMG}</figure>',
        f'<figure class="mw-halign-right">{IMG}</figure>',
        f'<figure class="image-style-side">{IMG}</figure>',
        '<img class="left" src="a">',
        '<p><img class="alignleft" src="a"><br><img class="alignleft" src="b"></p>',
        f'<figure style="float:left">{IMG}</figure>',
        f'<figure style="width: 300px; FLOAT: Right; margin: 0">{IMG}</figure>',
        '<p><img align="right" src="a"></p>',
        '<img align="LEFT" src="a">',
        "<table align=right><tr><td>1</td></tr></table>",
        '<table class="alignright"><tr><td>1</td></tr></table>',
        '<iframe class="alignleft" src="a"></iframe>',
        '<aside class="float-right">Ein Kasten</aside>',
        '<blockquote class="alignleft"><p>Ein Zitat</p></blockquote>',
        '<blockquote style="float:right; width:40%">Ein Zitat</blockquote>',
        '<div class="pullquote pull-right"><p>Ein Zitat</p></div>',
        '<div class="alignright"><blockquote>Ein Zitat</blockquote><p>Ada Muster</p></div>',
        '<div style="float: left"><h4>Zur Person</h4><p>Ada Muster</p></div>',
        f'<article class="align-left media"><div class="field">{IMG}</div></article>',
        f'<div class="align-right"><div><div><figure>{IMG}</figure></div></div></div>',
        '<div class="embed alignleft"><div><div><iframe src="v"></iframe></div></div></div>',
    ],
)
def test_what_floats(picture):
    """Class names, style and old attributes say it, of the block, around it, or of the only element inside."""
    assert traits(TEXT + picture + TEXT) == [[], ["floated"], []]
    assert barred("float", TEXT + picture + TEXT * 4) == [2, 3, 4]


@pytest.mark.parametrize(
    "picture",
    [
        FULL,
        f'<figure class="alignnone">{IMG}</figure>',
        f'<figure class="aligncenter">{IMG}</figure>',
        f'<figure class="alignwide">{IMG}</figure>',
        f'<figure class="float-none">{IMG}</figure>',
        f'<figure class="no-float-left">{IMG}</figure>',
        f'<figure class="float-left-none">{IMG}</figure>',
        f'<figure class="leftover">{IMG}</figure>',
        f'<figure class="copyright">{IMG}</figure>',
        f'<figure class="thumbnails-left">{IMG}</figure>',
        f'<figure class="text-align-left">{IMG}</figure>',
        f'<figure class="text-left border-right">{IMG}</figure>',
        f'<figure class="caption-align-right">{IMG}</figure>',
        f'<figure style="float:none">{IMG}</figure>',
        f'<figure style="text-align:left; padding-left: 3px">{IMG}</figure>',
        f'<figure style="--float: left">{IMG}</figure>',
        f'<figure align="left">{IMG}</figure>',
        f'<p align="right">{IMG}</p>',
        f'<div align="left">{IMG}</div>',
        '<img align="middle" src="a">',
        f'<div class="left">{IMG}</div>',
        '<figure class="wp-caption"><img class="alignleft" src="a"><figcaption>Der Zug</figcaption></figure>',
        "<table><tr><td><img class=alignleft src=a></td></tr></table>",
        '<p><img class="alignleft" src="a"><img src="b"></p>',
        '<aside class="links">Ein Kasten</aside>',
        '<aside><img class="alignleft" src="a"></aside>',
        '<pre class="alignleft">code</pre>',
        '<p class="alignleft">Text, der links steht.</p>',
        '<ul class="pull-left"><li>eins</li></ul>',
        f'<div class="float-left">{TEXT * 7}{IMG}</div>',  # a column
    ],
)
def test_false_friends(picture):
    """Names that only sound like it, alignment of text, columns, and what is no picture."""
    assert {trait for found in traits(TEXT + picture + TEXT) for trait in found} == set()
    assert barred("float", TEXT + picture + TEXT * 4) == []


@pytest.mark.parametrize(
    "below, gaps",
    [
        (TEXT * 4, [1, 2, 3]),
        (TEXT * 3, [1, 2, 3]),
        (TEXT, [1]),
        ("", []),
        (TEXT.replace("abcdefghi", "Langes Wort im Satz") + TEXT, [1, 2]),
        (f"<h2>Kapitel</h2>{TEXT * 4}", [1, 2, 3, 4]),  # a heading ends nothing
        (f"{FULL}{TEXT * 3}", [1, 2, 3]),
        (f"{FULL * 2}{TEXT * 3}", [1, 2]),
        (f'<p class="wp-caption-text">{"Ein langer Text zum Bild. " * 12}</p>{TEXT * 4}', [1, 2, 3, 4]),
        (f'<div class="ad-slot"></div>{TEXT * 4}', [1, 2, 3, 4]),
        (f"{TEXT * 2}{FLOAT}{TEXT * 4}", [1, 2, 3, 4, 5, 6]),
        (f"{TEXT * 5}{FLOAT}{TEXT * 3}", [1, 2, 3, 7, 8, 9]),
    ],
)
def test_how_far_a_picture_reaches(below, gaps):
    """Until 250 chars stand between; other media count as 125, captions and slots as nothing."""
    last = len(traits(FLOAT + below))
    assert barred("float", FLOAT + below) == [gap for gap in gaps if gap < last]


def test_a_caption_around_a_floated_picture():
    """The classic editor's shortcode: picture and caption in one element that floats."""
    html = f'<div class="wp-caption alignright">{IMG}<p class="wp-caption-text">Der Zug</p></div>{TEXT * 4}'
    assert traits(html) == [["floated"], ["caption"], [], [], [], []]
    assert barred("float", html) == [1, 2, 3, 4]
    assert barred("caption", html) == [1]


def test_nothing_stands_inside_what_floats():
    """A box that floats is one block, whatever stands in it; a column of the page is none."""
    box = f'<div class="alignright"><h4>Zur Person</h4>{TEXT * 2}</div>'
    assert traits(TEXT * 9 + box + TEXT) == [[]] * 9 + [["floated"], []]


def test_a_picture_within_its_text():
    """TYPO3 names the element around a picture and the text that runs around it."""
    html = f'<div class="ce-textpic ce-right ce-intext"><div class="ce-gallery">{IMG}</div><div>{TEXT * 9}</div></div>'
    assert traits(html) == [["floated"]] + [[]] * 9
    assert barred("float", html) == [1, 2, 3]


def test_the_policy_takes_it_back_and_the_end_is_free():
    """A slot may stand at the end of the story in any case."""
    html, rules = TEXT + FLOAT + TEXT, [Rule("r", slot="ad", max=9), Rule("e", slot="ad", at="end")]
    plan = place(html, Policy((Slot("ad", kind="ad", label="Anzeige"),), rules)).plan
    assert [placement.gap for placement in plan.placements] == [1, 3]
    assert [refusal.code for refusal in plan.explain(rule="r", gap=2)] == ["float"]
    off = Policy((Slot("ad", kind="ad", label="Anzeige"),), rules, guards=Guards(float=False))
    assert [placement.gap for placement in place(html, off).plan.placements] == [1, 2, 3]
