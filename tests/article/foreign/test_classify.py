"""Foreign elements: what is an ad, a teaser or a box, and what only looks like one."""

from __future__ import annotations

import pytest

from adslot.article.foreign.claims import claims
from adslot.article.foreign.classify import classify
from adslot.article.foreign.openings import is_ad_label
from adslot.article.foreign.twins import are_twins, device
from adslot.article.words.class_names import spell
from adslot.html.document import parse
from adslot.roles import Role

SENTENCE = "Am Hafen legten gestern wieder die ersten Fähren nach der langen Winterpause an. "
STORY = f"<p>{SENTENCE * 3}</p>" * 3
LINK = '<a href="/faehren">Wie die Fähren durch den Winter kamen</a>'


def _elements(html):
    door = parse(html)
    return door, [node for node in door.children(door.root) if door.tag(node)[0] != "#"]


def _role(html):
    door, elements = _elements(html)
    return classify(door, elements[0], door.tag(elements[0]))


@pytest.mark.parametrize(
    "html",
    [
        '<div id="div-gpt-ad-12345-0"></div>',
        '<ins class="adsbygoogle"></ins>',
        "<amp-ad></amp-ad>",
        "<amp-auto-ads></amp-auto-ads>",
        "<shop-adtag></shop-adtag>",
        '<div class="AdSlot__box___x1"></div>',
        '<div class="main-gujAd"></div>',
        '<div class="c-ad c-ad--wide"></div>',
        '<div id="iqadtile8mobile"></div>',
        '<div id="traffective-ad-Pos2"></div>',
        '<div class="row Anzeige box-300"></div>',
        '<div class="dfp-slot dfp__inread"></div>',
        '<div class="code-block code-block-3"><p>Jetzt neu</p></div>',
        '<aside class="h-ad-280+text"></aside>',
        '<div id="ABC_M_Incontent-1"></div>',
        '<div class="box publicidad"></div>',
        '<div class="single-publicidade"></div>',
        '<div class="advertentie"></div>',
        '<div class="u-hidden-for-ad-free-users"></div>',
        "<div data-advertisement></div>",
        '<div data-ad-unit-small="x"></div>',
        '<aside aria-label="Anzeige"><img src="x.png"></aside>',
        '<div data-testid="ad-unit"></div>',
        '<iframe src="https://x.doubleclick.net/y"></iframe>',
        '<div class="ad-box"><script>' + "var x = 1; " * 200 + "</script></div>",
    ],
)
def test_ad_by_its_names(html):
    assert _role(html) is Role.AD


@pytest.mark.parametrize(
    "html",
    [
        "<p>Anzeige</p>",
        "<div>- Werbung -</div>",
        "<div><span>Advertisement</span><div></div></div>",
        "<p>Advertisement. Scroll to continue reading.</p>",
        "<p>広告</p>",
        "<p>Publicité</p>",
        "<div><p>Anzeige</p><a href='/x'><img src='x.png'></a></div>",
        "<p>Anzeige: <a href='/x'>Jetzt drei Monate lesen</a></p>",
    ],
)
def test_ad_by_its_label(html):
    assert _role(html) is Role.AD


@pytest.mark.parametrize(
    "html",
    [
        '<p><ins class="adsbygoogle"></ins><script>(adsbygoogle = []).push({})</script></p>',
        '<aside><div><div data-ad="true"></div></div></aside>',
        '<figure><iframe src="https://adserver.example/x"></iframe></figure>',
    ],
)
def test_ad_inside_an_atomic_element(html):
    """The walk does not look into these: what shows nothing but an ad is one."""
    assert _role(html) is Role.AD


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="header gradient read thread"><p>{SENTENCE}</p></div>',
        f'<div class="ad-free-article"><p>{SENTENCE}</p></div>',
        f'<div class="adsense-enabled has-ads no-ads"><p>{SENTENCE}</p></div>',
        f'<div class="advertencia"><p>{SENTENCE}</p></div>',
        f'<div class="ad-content">{STORY}</div>',
        f'<p class="after-ads">{SENTENCE}</p>',
        f'<p class="adtext">{SENTENCE * 2}</p>',
        f'<div class="sc-fGbAdD"><p>{SENTENCE}</p></div>',
        '<div class="code-block"><pre>x = 1</pre></div>',
        "<p>Anzeige erstattet wurde gegen zwei Männer.</p>",
        f"<p>{SENTENCE}</p>",
        "<p></p>",
        "<figure><img src='x.png'></figure>",
        "<div>Advertisement<video src='x.mp4'></video></div>",
        '<iframe src="https://video.example/embed/1"></iframe>',
        '<h2 class="ad">Überschrift</h2>',
        '<em class="ad">betont</em>',
        '<span class="ad">ein Wort</span>',
        '<a class="related" href="/x">ein Verweis</a>',
        f'<div class="teaser"><p>{SENTENCE}</p></div>',
        f'<div class="article-teaser">{STORY}</div>',
        f'<div class="read-more">{STORY}</div>',
        f"<p>Lesen Sie auch, was {SENTENCE}</p>",
        f"<p>Related {SENTENCE}</p>",
        f"<p>Seekrankheit {SENTENCE}</p>",
        "<p>Weiterlesende finden hier nichts.</p>",
        f'<div class="paywall">{STORY}</div>',
        f'<span class="paywall">{STORY}</span>',
        '<p class="paywall">Ein kurzer Satz.</p>',
        '<div class="paywall"></div>',
        '<div class="newsletter-page">' + STORY * 3 + "</div>",
        "<div>" + STORY * 4 + "</div>",
    ],
)
def test_part_of_the_story(html):
    assert _role(html) is None


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="inline-teaser"><h3>{LINK}</h3></div>',
        f'<aside class="related-topics">{LINK}</aside>',
        f'<figure class="wp-block-inline-teaser">{LINK}</figure>',
        f'<div class="recirculation-box">{LINK}<p>Kurz gesagt</p></div>',
        f'<ul class="read-more-links"><li>{LINK}</li></ul>',
        f'<div data-component="RecommendationBox">{LINK}</div>',
        '<a class="x-teaser" href="/x"><h3>Mehr Fähren</h3></a>',
        f"<p>Lesen Sie auch: {LINK}</p>",
        f"<p><strong>Lesetipp:</strong> {LINK}</p>",
        f"<p>» Das könnte Sie auch interessieren {LINK}</p>",
        f"<div><h3>Mehr zum Thema</h3><ul><li>{LINK}<li>{LINK}</ul></div>",
        f"<p>READ MORE: {LINK}</p>",
        f"<div><span>Read more</span>{LINK}</div>",
        f"<p>【関連記事】{LINK}</p>",
        f"<p>Lire aussi : {LINK}</p>",
        f"<p>Lea también: {LINK}</p>",
        f"<p>Leggi anche {LINK}</p>",
        f"<p>Lees ook: {LINK}</p>",
        f"<p>Les også: {LINK}</p>",
        "<p>Mehr zum Thema:</p>",
    ],
)
def test_teaser(html):
    assert _role(html) is Role.TEASER


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="newsletter-box"><p>{SENTENCE}</p><form></form></div>',
        '<div class="share-buttons"><a href="/x">Teilen</a></div>',
        f'<div class="author-card"><p>{SENTENCE * 4}</p></div>',
        f'<div class="c-infobox"><p>{SENTENCE * 6}</p></div>',
        '<div class="paywall-hint">Weiter mit Abo</div>',
        f'<section id="comments"><p>{SENTENCE}</p></section>',
        '<div class="table-of-contents"><ol><li>Hafen</ol></div>',
        f'<div class="related-newsletter"><p>{SENTENCE}</p></div>',
        '<div class="sign-up"><img src="x.png"></div>',
    ],
)
def test_box(html):
    assert _role(html) is Role.BOX


@pytest.mark.parametrize(
    "html, expected",
    [
        ('<div class="ad mobile"></div>', "mobile"),
        ('<div class="ad desktop"></div>', "desktop"),
        ('<div class="ad tablet"></div>', "desktop"),
        ('<div class="ad" id="XYZ_M_Incontent-1"></div>', "mobile"),
        ('<div class="ad" id="google-ad-d-mpu"></div>', "desktop"),
        ('<div class="ad" data-type="mobile"></div>', "mobile"),
        ('<div class="ad" id="pos1_sm"></div>', "mobile"),
        ('<div class="ad pos1-lg"></div>', "desktop"),
        ('<div class="ad lg:hidden"></div>', "mobile"),
        ('<div class="ad d-none d-md-flex"></div>', "desktop"),
        ('<div class="ad hidden-xs"></div>', "desktop"),
        ('<div class="ad hide-desktop"></div>', "mobile"),
        ('<div class="ad"><div id="mobile_1"></div></div>', "mobile"),
        ('<div class="ad"><b id="mobile_1"></b><b id="desktop_1"></b></div>', None),
        ('<div class="ad d-flex automobile"></div>', None),
        ('<div class="ad"></div>', None),
    ],
)
def test_device(html, expected):
    door, (element, *_) = _elements(html)
    assert device(door, element) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<div class="ad mobile"></div><div class="ad desktop"></div>',
        '<div class="ad tablet"></div><div class="ad desktop"></div>',
        '<div id="iqadtile8"></div><div id="iqadtile8mobile"></div>',
        '<div class="ad"><i id="pos1"></i></div><div class="ad"><i id="pos1_sm"></i></div>',
        '<div class="ad hide-on-mobile"></div><div class="ad hide-on-desktop"></div>',
        '<p>Anzeige</p><div class="ad"></div>',
    ],
)
def test_twins(html):
    door, (above, below) = _elements(html)
    assert are_twins(door, above, below)


@pytest.mark.parametrize(
    "html",
    [
        '<div class="ad" id="top-1"></div><div class="ad" id="top-2"></div>',
        '<div class="ad"></div><div class="ad"></div>',
        '<div class="ad mobile"></div><div class="ad mobile"></div>',
        '<div id="ad-content-1"></div><div id="ad-mobile-2"></div>',
        '<div class="ad"></div><p>Anzeige</p>',
        "<p>Anzeige</p><p>Anzeige</p>",
    ],
)
def test_two_ads_that_stand_together(html):
    door, (above, below) = _elements(html)
    assert not are_twins(door, above, below)


@pytest.mark.parametrize("text", ["", "Anzeigenblatt", "Ad astra", "Werbung wirkt", "-", "Anzeige " * 30])
def test_no_ad_label(text):
    assert not is_ad_label(text)


def test_names_are_spelled_as_words():
    assert spell("AdSlot__box main-gujAd") == "-ad-slot-box- -main-guj-ad-"


def test_claims_come_the_most_telling_first():
    assert [claim.role for claim in claims("ad-newsletter related")] == [Role.AD, Role.TEASER, Role.BOX]
