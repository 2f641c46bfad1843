"""What stays whole: columns, galleries, cards, components, and places that a script fills; alike at both doors."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import Policy, Rule, Slot, place, read, read_tree
from adslot.policy.declarations import ArticleOptions

SENTENCE = "Am Kai legen seit gestern wieder die Fähren an, und die ersten Gäste stehen schon Schlange. "
TEXT = f"<p>{SENTENCE * 2}</p>"
SHORT = "<p>Die Fähre legt um acht Uhr ab.</p>"
STORY = f"<p>{SENTENCE * 6}</p>" * 3
IMG = '<img src="kai.jpg">'
LINK = '<a href="/kai">Wie der Kai durch den Winter kam</a>'


def _roles(html, options=None):
    """The roles of all blocks between two parts of a story, the same at both doors."""
    policy = Policy((), (), article=options or ArticleOptions())
    wrapped = f"<div>{STORY}{html}{STORY}</div>"
    doors = (read(wrapped, policy), read_tree(lxml.html.fragment_fromstring(wrapped), policy))
    found = [[(str(block.role), block.chars) for block in article.blocks] for article in doors]
    assert found[0] == found[1]
    return [role for role, _ in found[0][3:-3]]


def _columns(around, *names, inner=TEXT):
    cells = "".join(f'<div class="{name}">{inner}</div>' for name in names)
    return f"<div {around}>{cells}</div>"


COLUMNS = [
    _columns('class="wp-block-columns"', "wp-block-column", "wp-block-column"),
    _columns('class="wp-block-columns is-layout-flex"', "wp-block-column", "wp-block-column", "wp-block-column"),
    _columns('class="wp-block-group is-nowrap is-layout-flex"', "wp-block-group", "wp-block-group"),
    _columns('class="row"', "col", "col"),
    _columns('class="row"', "col-md-6", "col-md-6"),
    _columns('class="row"', "col-12 col-md-6", "col-12 col-md-6"),
    _columns('class="row"', "col-xs-12 col-sm-4", "col-xs-12 col-sm-8"),
    _columns('class="row"', "small-12 large-6 columns", "small-12 large-6 columns"),
    _columns('class="grid-x"', "cell medium-6", "cell medium-6"),
    _columns('class="uk-grid"', "uk-width-1-2", "uk-width-1-2"),
    _columns('class="pure-g"', "pure-u-1-2", "pure-u-1-2"),
    _columns('class="columns"', "column", "column is-half"),
    _columns('class="grid grid-cols-2 gap-4"', "x", "y"),
    _columns('class="md:grid md:grid-cols-3"', "x", "x", "x"),
    _columns('class="flex flex-row"', "x", "y"),
    _columns('class="flex flex-col md:flex-row"', "x", "y"),
    _columns('class="d-flex"', "x", "y"),
    _columns('class="flex"', "w-1/2", "w-1/2"),
    _columns('class="elementor-container"', "elementor-column elementor-col-50", "elementor-column elementor-col-50"),
    _columns('class="e-con-inner"', "e-con-full e-flex e-con e-child", "e-con-full e-flex e-con e-child"),
    _columns('class="et_pb_row"', "et_pb_column et_pb_column_1_2", "et_pb_column et_pb_column_1_2"),
    _columns('class="vc_row wpb_row"', "wpb_column vc_column_container vc_col-sm-6", "wpb_column vc_col-sm-6"),
    _columns('class="fl-col-group"', "fl-col", "fl-col fl-col-small"),
    _columns('class="column-list" id="9f"', "column", "column"),
    '<div class="column-list"><div style="width:50%" class="column">A</div><div style="width:50%" class="column">B</div></div>',
    _columns('class="notion-row"', "notion-column", "notion-column"),
    _columns('class="layout layout--twocol"', "layout__region layout__region--first", "layout__region"),
    _columns('class="layout layout--twocol-section layout--twocol-section--50-50"', "x", "y"),
    _columns('class="kt-row-column-wrap kt-has-2-columns"', "wp-block-kadence-column", "wp-block-kadence-column"),
    _columns('class="gb-grid-wrapper"', "gb-grid-column", "gb-grid-column"),
    _columns('class="fusion-row"', "fusion-layout-column fusion_builder_column_1_2", "fusion-layout-column"),
    _columns('class="sqs-row"', "col sqs-col-6", "col sqs-col-6"),
    _columns('class="w-row"', "w-col w-col-6", "w-col w-col-6"),
    _columns('class="su-row"', "su-column su-column-size-1-2", "su-column su-column-size-1-2"),
    _columns('class="x"', "one-half first", "one-half"),
    _columns('class="x"', "one_third", "one_third", "one_third_last"),
    _columns('class="ce-columns"', "ce-column", "ce-column"),
    _columns('style="display:flex"', "x", "y"),
    _columns('style="gap: 1em; display: -webkit-flex; display: flex"', "x", "y"),
    _columns('style="display: grid; grid-template-columns: 1fr 1fr"', "x", "y"),
    _columns('style="display:table;width:100%"', "x", "y"),
    _columns('style="column-count: 2"', "x", "y"),
    f'<div><div style="display:inline-block;width:48%">{TEXT}</div><div style="display:inline-block">{TEXT}</div></div>',
    f'<div><div style="display: table-cell">{TEXT}</div><div style="display: table-cell">{TEXT}</div></div>',
    f'<div><div style="width:50%; float:left">{TEXT}</div><div style="float: right">{TEXT}</div></div>',
    _columns('class="tab-content"', "tab-pane active", "tab-pane"),
    f'<div><div role="tabpanel">{TEXT}</div></div>',
    _columns('class="swiper"', "swiper-slide", "swiper-slide"),
    _columns('class="splide__list"', "splide__slide", "splide__slide"),
    _columns('class="glide__track"', "glide__slide", "glide__slide"),
    _columns('class="slick-track"', "slick-slide", "slick-slide"),
    _columns('class="owl-stage"', "owl-item", "owl-item"),
    _columns('class="flickity-slider"', "carousel-cell", "carousel-cell"),
    _columns('class="carousel-inner"', "carousel-item active", "carousel-item"),
    _columns('class="keen-slider"', "keen-slider__slide", "keen-slider__slide"),
    _columns('class="accordion" id="fragen"', "accordion-item", "accordion-item"),
    _columns('class="card-deck"', "card", "card"),
    _columns('class="pros-cons"', "pros", "cons"),
    _columns('class="wp-block-media-text"', "wp-block-media-text__media", "wp-block-media-text__content"),
]


@pytest.mark.parametrize("html", COLUMNS)
def test_columns(html):
    """By the names of builders and frameworks, and by inline style."""
    assert _roles(html) == ["box"]


@pytest.mark.parametrize(
    "html, number",
    [
        (_columns('class="row"', "col-12", "col-12"), 2),
        (_columns('class="row"', "col-md-12", "col-md-12"), 2),
        (_columns('class="row"', "col-md-8", inner=TEXT * 2), 2),
        (f'<div class="row">{TEXT * 2}</div>', 2),
        (_columns('class="et_pb_row"', "et_pb_column et_pb_column_4_4", inner=TEXT * 2), 2),
        (_columns('class="et_pb_section"', "et_pb_row et_pb_row_0", "et_pb_row et_pb_row_1"), 2),
        (_columns('class="vc_row"', "vc_col-sm-12", "vc_col-sm-12"), 2),
        (_columns('class="flex flex-col"', "x", "y"), 2),
        (_columns('class="flex flex-column"', "x", "y"), 2),
        (_columns('class="flex flex-wrap"', "w-full", "w-full"), 2),
        (_columns('style="display:flex; flex-direction: column"', "x", "y"), 2),
        (_columns('style="display: grid; grid-template-columns: 100%"', "x", "y"), 2),
        (_columns('style="display:block"', "x", "y"), 2),
        (_columns('class="flexible-content"', "text-module", "text-module"), 2),
        (_columns('class="narrow"', "absatz", "absatz"), 2),
        (_columns('class="paragraph-list"', "paragraph", "paragraph"), 2),
    ],
)
def test_stacks_are_no_columns(html, number):
    """Children of the full width, of a stack, or alone in their row."""
    assert _roles(html) == ["paragraph"] * number


def test_columns_that_hold_the_story():
    """A section with a picture or a margin note beside it is read, and a story in columns too."""
    section = f"<p>{SENTENCE * 7}</p>" * 2
    html = f'<div class="row"><div class="col-md-9">{section}</div><div class="col-md-3">{IMG}</div></div>'
    assert _roles(html) == ["paragraph", "paragraph", "figure"]
    alone = f'<p>Am Kai.</p><div class="wp-block-columns"><div>{TEXT}</div><div>{TEXT}</div></div><p>Es war voll.</p>'
    assert [str(block.role) for block in read(alone).blocks] == [
        "short-paragraph",
        "paragraph",
        "paragraph",
        "short-paragraph",
    ]


def test_half_of_a_story_is_read():
    """All that is kept whole has no more than half of the text."""
    html = "".join([_columns('class="row"', "col", "col")] * 9)
    assert [str(block.role) for block in read(f"<div>{html}</div>").blocks] == ["box"] * 4 + ["paragraph"] * 10


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="gallery gallery-columns-3"><dl class="gallery-item"><dt>{IMG}</dt><dd>Kai</dd></dl><dl class="gallery-item"><dt>{IMG}</dt><dd>Boot</dd></dl></div>',
        f"<div><figure>{IMG}<figcaption>Der Kai</figcaption></figure><figure>{IMG}<figcaption>Das Boot</figcaption></figure></div>",
        f'<div class="resgallery-container"><div>{IMG}<p>Der Kai</p></div><div class="small">1 / 2</div></div>',
        f'<div class="wp-block-gallery"><figure>{IMG}</figure><figure>{IMG}</figure><figure>{IMG}</figure></div>',
        f"<div><div>{IMG}<p>Der Kai am Morgen</p></div><div>{IMG}<p>Das Boot am Abend</p></div></div>",
        f'<div><div class="b1"><div>{IMG}</div><div>Der Kai</div></div><div class="b1"><div>{IMG}</div></div></div>',
    ],
)
def test_galleries(html):
    """Pictures with their captions are one figure."""
    assert _roles(html) == ["figure"]


@pytest.mark.parametrize(
    "html",
    [
        f'<div><div class="k">{IMG}<h3>Kai</h3><p>{SENTENCE}</p></div><div class="k">{IMG}<h3>Boot</h3><p>{SENTENCE}</p></div></div>',
        f"<div><h3>Am Wasser</h3><a href='/a'>{IMG}<div>Der Kai im Nebel</div></a><a href='/b'>{IMG}<div>Das Boot am Seil</div></a></div>",
        "<div><div><h4>Dafür spricht</h4><ul><li>Nähe</ul></div><div><h4>Dagegen spricht</h4><ul><li>Preis</ul></div></div>",
        f"<div><a href='/kai'>{IMG}</a><div><div><a href='/hafen'>Hafen</a></div>{LINK}<div><p>{SENTENCE}</p></div></div></div>",
        f"<div><div>{IMG}</div><h3>{LINK}</h3><p>Ein kurzer Auszug aus dem Beitrag</p></div>",
    ],
)
def test_cards(html):
    """Cards are known by what they hold, however deep."""
    assert _roles(html) == ["box"]


COMPONENTS = [
    f'<div class="admonition note"><p class="admonition-title">Hinweis</p>{TEXT}</div>',
    f'<div class="theme-admonition alert alert--info"><div>Hinweis</div><div>{TEXT}</div></div>',
    f'<div class="markdown-alert markdown-alert-tip"><p>Tipp</p>{TEXT}</div>',
    f'<div class="custom-block warning"><p>Achtung</p>{TEXT}</div>',
    f'<div class="hint-container tip"><p>Tipp</p>{TEXT}</div>',
    f'<div class="callout" data-callout="info"><div>Hinweis</div><div>{TEXT}</div></div>',
    f'<div class="alert alert-warning" role="alert"><h4>Achtung</h4>{TEXT}</div>',
    f'<div class="admonitionblock note"><div>Hinweis</div><div>{TEXT}</div></div>',
    f'<div class="NOTE"><p>Hinweis</p>{TEXT}</div>',
    f'<div class="kg-card kg-toggle-card"><div><h4>Mehr</h4></div><div>{TEXT}</div></div>',
    f'<div class="kg-card kg-callout-card"><div>!</div><div>{TEXT}</div></div>',
    f'<div class="wp-block-cover"><div class="inner">{TEXT * 2}</div></div>',
    f'<div class="collapse" id="mehr">{TEXT * 2}</div>',
    f'<div class="spoiler">{TEXT * 2}</div>',
    f'<div class="infografik-consent"><div>Ein Klick</div><div>{TEXT}</div></div>',
    f'<div class="embed-consent"><p>Hier steht ein Video.</p>{SHORT}</div>',
    f"<div><div><span>Grafik der Woche</span></div><div><div>{SENTENCE}</div></div><div><button>Anzeigen</button></div></div>",
    '<div><p>Welche Fähre nehmen Sie?</p><div><label><input type="radio">Früh</label><label><input type="radio">Spät</label></div></div>',
    '<div class="poll"><p>Welche Fähre nehmen Sie?</p><div>Früh</div><div>Spät</div></div>',
    f'<div class="author-popup"><div>Ada Muster</div>{TEXT}</div>',
    f'<div class="product-box"><h3>Rettungsweste</h3>{TEXT}</div>',
    f'<div class="wprm-recipe-container"><h3>Fischsuppe</h3>{TEXT}<ul><li>Fisch</ul></div>',
    f'<div class="modal"><div class="modal-body">{TEXT * 2}</div></div>',
    f"<amp-accordion><section><h4>Wann?</h4>{TEXT}</section><section><h4>Wo?</h4>{TEXT}</section></amp-accordion>",
    f'<x-karte><p slot="kopf">Ein Kopf</p><p slot="text">{SENTENCE}</p></x-karte>',
    f'<div role="note"><p>Hinweis</p>{TEXT}</div>',
    f'<div role="complementary">{TEXT * 2}</div>',
    f'<div role="navigation"><p>{LINK}</p><p>{LINK}</p></div>',
]


@pytest.mark.parametrize("html", COMPONENTS)
def test_components(html):
    """By their names, their role, their controls, and a closed list of children."""
    assert _roles(html) == ["box"]


@pytest.mark.parametrize(
    "html, role",
    [
        (
            '<div class="video-wrapper"><div class="overlay"><p>Zum Start klicken</p></div><iframe src="v"></iframe></div>',
            "embed",
        ),
        (
            '<div role="table"><div role="row"><div>Platz</div></div><div role="row"><div>Eins</div></div></div>',
            "table",
        ),
        (f'<div role="figure"><div>{IMG}</div><p>Der Kai</p></div>', "figure"),
        (f"<div><div>{IMG}</div><div><button>Groß</button>Der Kai am Morgen</div></div>", "figure"),
    ],
)
def test_what_else_a_component_may_be(html, role):
    """An embed, a table, a figure: as a reader sees it."""
    assert _roles(html) == [role]


@pytest.mark.parametrize(
    "html, roles",
    [
        (f'<div class="article-body collapse">{TEXT * 2}</div>', ["paragraph"] * 2),
        (f'<div class="noteworthy">{TEXT * 2}</div>', ["paragraph"] * 2),
        (f"<div>{TEXT * 2}<button>Teilen</button></div>", ["paragraph", "paragraph", "box"]),
        (f"<div><div>{IMG}</div><p>Der Kai. Foto: <a href='/x'>Agentur</a></p></div>", ["figure", "short-paragraph"]),
        (
            f"<div><section><h2>Eins</h2>{TEXT}</section><section><h2>Zwei</h2>{TEXT}</section></div>",
            ["heading", "paragraph"] * 2,
        ),
        (f"<x-text>{TEXT * 2}</x-text>", ["paragraph"] * 2),
        (f'<div role="presentation">{TEXT * 2}</div>', ["paragraph"] * 2),
    ],
)
def test_what_is_looked_through(html, roles):
    """Sections of the story, whatever they are called, and what only sounds like a component."""
    assert _roles(html) == roles


@pytest.mark.parametrize(
    "html, role",
    [
        ('<div class="embed" data-src="https://example.org/x"></div>', "embed"),
        ('<div data-src="https://example.org/x"></div>', "embed"),
        ('<div data-oembed-url="https://example.org/x"></div>', "embed"),
        ('<div id="player"></div>', "embed"),
        ('<div class="video-player"><div></div></div>', "embed"),
        ('<section class="datawrapper-chart"></section>', "embed"),
        ('<div class="lazy-image"></div>', "figure"),
        ("<figure></figure>", "figure"),
        ('<figure class="bild"><script>x()</script></figure>', "figure"),
        ('<aside class="rich-link"></aside>', "box"),
        ('<aside data-url="/x"></aside>', "box"),
    ],
)
def test_placeholders(html, role):
    """What a script fills is a block of its role, of no size."""
    assert _roles(html) == [role]


@pytest.mark.parametrize(
    "html",
    [
        "<div></div>",
        '<div class="clear"></div>',
        '<div class="spacer" id="x3"></div>',
        '<div class="image-caption"></div>',
        '<div class="embed" hidden></div>',
        '<div class="embed" style="display:none"></div>',
        '<div data-reactid="3"></div>',
        "<aside></aside>",
    ],
)
def test_what_stays_empty(html):
    """Spacers and remnants make no block."""
    assert _roles(html) == []


@pytest.mark.parametrize(
    "names",
    [
        "app",
        "appear fade-in",
        "app-content",
        "pollution",
        "post-with-toc",
        "has-toc",
        "toc-layout",
        "quizmaster-portrait",
        "survey-results",
        "cookie-recipe",
        "buy-it-if",
        "category-survey tag-consent",
        "post format-video topic-spoiler",
    ],
)
def test_what_a_name_is_about_is_no_component(names):
    """A word within a longer one, the head of another name, the topic of a story."""
    assert _roles(f'<div class="{names}">{TEXT * 2}</div>') == ["paragraph"] * 2


@pytest.mark.parametrize(
    "names",
    [
        "poll",
        "wp-polls-form",
        "poll-widget",
        "js-quiz",
        "toc",
        "post-toc",
        "toc-container",
        "app-banner",
        "cookie-notice",
    ]
    + ["newsletter", "newsletter-box", "article-survey"],
)
def test_what_ends_in_a_word_for_a_component(names):
    """Or in the name of a part of one."""
    assert _roles(f'<div class="{names}">{TEXT}<div>Mehr davon</div></div>') == ["box"]


def test_regions_of_a_page_are_no_columns():
    """They stand one below the other; those of a layout beside each other have numbers."""
    names = "region region-content", "region region-content-bottom"
    assert _roles(_columns('class="page"', *names)) == ["paragraph"] * 2
    numbered = "layout__region layout__region--first", "layout__region layout__region--second"
    assert _roles(_columns('class="page"', *numbered)) == ["box"]


@pytest.mark.parametrize("names", ["collapse", "flex", "spoiler"])
def test_what_holds_most_paragraphs_is_the_story(names):
    """However long lists and comments beside it are."""
    comments = f"<div>{SENTENCE * 4}</div>" * 6
    policy = Policy((), (), article=ArticleOptions(body="main"))

    def roles(html):
        return [str(block.role) for block in read(f"<main>{html}</main>", policy).blocks]

    named = f'<div class="{names}"><div>{TEXT * 2}</div><div>{TEXT}</div></div>'
    assert roles(f"{named}{TEXT}{comments}") == ["paragraph"] * 10
    assert roles(f"{comments}{named}{comments}") == ["paragraph"] * 6 + ["box"] + ["paragraph"] * 6


def test_what_is_hidden_is_no_text_beside_a_group():
    """A group with more than half of what a reader sees is looked through, however much is hidden beside it."""
    policy = Policy((), (), article=ArticleOptions(body="main"))
    spoiler = f'<div class="spoiler"><div>{SENTENCE * 4}</div></div>'

    def roles(beside):
        return [str(block.role) for block in read(f"<main>{beside}{spoiler}</main>", policy).blocks]

    assert roles(TEXT * 4) == ["paragraph"] * 4 + ["box"]
    assert roles(f"{TEXT}<div hidden>{TEXT * 3}</div>") == ["paragraph"] * 2


def test_the_policy_has_the_last_word():
    """`open` looks through what would stay whole, and a slot may stand in it."""
    html = _columns('class="row"', "col", "col")
    assert _roles(html, ArticleOptions(open=(".row",))) == ["paragraph"] * 2


def test_no_slot_takes_a_group_apart():
    """A policy that fills every gap puts nothing into it, and uses the gaps around it."""
    policy = Policy((Slot("ad", kind="ad", label="Anzeige"),), [Rule("r", slot="ad", max=40)])
    group = _columns('class="wp-block-columns"', "wp-block-column", "wp-block-column")
    result = place(STORY + group + STORY, policy)
    assert [placement.gap for placement in result.plan.placements] == [1, 2, 3, 4, 5, 6]
    assert group in result.html
