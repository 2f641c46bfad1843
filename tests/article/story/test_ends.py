"""Where the story begins and ends, the same at both doors."""

from __future__ import annotations

import attrs
import lxml.html
import pytest

import adslot
from adslot import Article, ArticleOptions, Policy, check, loads, place, plan, read, read_blocks, read_tree
from adslot.codes import OUTSIDE

LINE = "Am Hafen wird seit dem Morgen gebaut, und die Fähre fährt nur noch jede zweite Stunde hinüber ans andere Ufer."
STORY = f"<p>{LINE}</p>" * 4
WHOLE = ArticleOptions(body="article, div")


def _page(above: str = "", below: str = "", *, beside: str = "") -> str:
    return (
        f'<!doctype html><html lang="de"><body><article>{above}<div>{STORY}{below}</div>{beside}'
        "</article></body></html>"
    )


def _read(html: str, options: ArticleOptions = WHOLE) -> Article:
    return read(html, Policy((), (), article=options))


def _outside(html: str, options: ArticleOptions = WHOLE) -> list[tuple[str, str]]:
    """Text and reason of all that is outside; the story has its four paragraphs and nothing else."""
    policy = Policy((), (), article=options)
    article = read(html, policy)
    parse = lxml.html.document_fromstring if "<body" in html else lxml.html.fragment_fromstring
    tree = read_tree(parse(html), policy)
    assert [block.text for block in article.blocks] == [LINE] * 4
    assert [block.text for block in tree.blocks] == [LINE] * 4
    found = [(outside.block.text, outside.reason) for outside in article.outside]
    assert {reason for _, reason in found} <= OUTSIDE.keys()
    assert [(outside.block.text, outside.reason) for outside in tree.outside] == found
    return found


BELOW = [
    ('<div class="share-bar"><a href=/t>Teilen</a> <a href=/m>Mailen</a></div>', "share"),
    ('<ul class="post-tags"><li><a href=/h>Hafen</a></li><li><a href=/f>Fähre</a></li></ul>', "tags"),
    ('<div class="author-box"><p>Kim Petersen schreibt über die Stadt und ihren Hafen.</p></div>', "author"),
    ('<div class="newsletter-signup"><p>Jeden Morgen das Wichtigste.</p></div>', "promotion"),
    ('<section id="comments"><p>Noch hat niemand etwas gesagt.</p></section>', "comments"),
    ("<p>Quelle: dpa</p>", "source"),
    ("<p>(dpa/kap)</p>", "source"),
    ("<p>kap/Reuters</p>", "source"),
    ("<p>Dieser Artikel erschien zuerst im Landboten.</p>", "source"),
    ("<p>Schlagwörter: Hafen, Fähre</p>", "tags"),
    ("<p>Post Views: 111</p>", "tags"),
    ("<p>Abonnieren Sie unseren Newsletter, er kommt jeden Morgen.</p>", "promotion"),
    ("<p>Schreiben Sie uns: redaktion@example.org</p>", "promotion"),
    ("<p><em>Kim Petersen leitet das Ressort Stadt.</em></p>", "about"),
    ("<p><a href=/alle>Alle Berichte vom Hafen</a></p>", "links"),
    (
        "<ul>" + "<li><a href=/b><img src=b.png>Die Brücke im Regen</a> vor 3 Stunden, Wirtschaft</li>" * 2 + "</ul>",
        "related",
    ),
    ("<p>***</p>", "signs"),
    ("<h6>Reuters/kra Frankfurt</h6>", "source"),
    ("<h3>Das wird heute gelesen</h3>", "heading"),
    ("<hr>", "separator"),
    ('<div class="related-articles"><a href=/a>Das Dach ist dicht</a></div>', "related"),
]


@pytest.mark.parametrize(("html", "reason"), BELOW)
def test_what_stands_below_the_story_is_outside(html, reason):
    for page in (_page(below=html), _page(beside=html), f"<div>{STORY}{html}</div>"):
        assert [found for _, found in _outside(page)] in ([reason], ["box"], ["beside"])
    assert [found for _, found in _outside(_page(below=html))] == [reason]


ABOVE = [
    ('<p class="byline">Von Kim Petersen</p>', "author"),
    ("<p>Von Kim Petersen</p>", "meta"),
    ("<p>Stand: 14. Mai 2026, 10:30 Uhr</p>", "meta"),
    ("<p>Aktualisiert am 14.05.2026</p>", "meta"),
    ("<p>4 Minuten Lesezeit</p>", "meta"),
    ('<div class="sharing"><a href=/t>Teilen</a></div>', "share"),
    ('<p class="kicker">Hafen</p>', "meta"),
    ("<nav><a href=/>Start</a> <a href=/stadt>Stadt</a></nav>", "box"),
]


@pytest.mark.parametrize(("html", "reason"), ABOVE)
def test_what_stands_above_the_story_is_outside(html, reason):
    assert [found for _, found in _outside(_page(html))] == [reason]
    headed = f"<h1>Die Fähre fährt</h1><figure><img src=kai.jpg></figure>{html}"
    assert [found for _, found in _outside(_page(headed))] == ["heading", "picture", reason]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Das war es.</p>",
        "<p>Karten gibt es am Kai und an der Mole, der Eintritt ist frei, und Hunde müssen an die Leine.</p>",
        "<ul><li>Der Kai</li><li>Die Mole</li></ul>",
        "<blockquote>Es wird gehen.</blockquote>",
        "<table><tr><td>Kai<td>1</table>",
        "<p>Die Autorin des Buches las am Kai, und niemand ging vor dem letzten Satz.</p>",
        "<p>Hier geht es um viel Geld.</p>",
        '<p class="author-credit share tags">' + LINE * 9 + "</p>",
    ],
)
def test_a_story_may_end_like_this(html):
    article = _read(_page(below=html))
    assert len(article.blocks) == 5
    assert article.outside == ()


@pytest.mark.parametrize(
    "text",
    [
        "The report is due to be published in the autumn, and nobody expects much of it.",
        "For more than a decade, the family has waited for answers.",
        "Dieser Text ist alles, was von ihr bleibt.",
        "Jetzt testen Forscher das Mittel an Menschen.",
        "Mehr Informationen will die Polizei erst im Herbst geben.",
        "Subscribers will pay two euros more from May.",
        "Les mercredis, la piscine reste fermée.",
        "Partagez en six et servez tiède.",
        "Подписание договора назначено на пятницу.",
        "更多的居民选择留下来。",
        "Hinweise nimmt die Polizei per Mail an hinweise@example.org entgegen.",
        "Anmeldung bis Freitag unter kurse@example.org, der Eintritt ist frei.",
        "Ria ist tot.",
        "(lacht)",
        "Quelle: unbekannt, heißt es im Katalog, und so wird es bleiben.",
        "Follow the money, she says.",
        "Originally published in 1952, the novel is back in print.",
    ],
)
def test_a_sentence_may_begin_like_a_sign_off(text):
    for html in (_page(below=f"<p>{text}</p>"), f"<div>{STORY}<p>{text}</p></div>"):
        assert _read(html).blocks[-1].text == text


@pytest.mark.parametrize(
    "names",
    [
        'class="has-medium-font-size"',
        'class="text-editor"',
        'class="print:mb-4"',
        'class="subscribers-only"',
        'class="tag-politik author-kim"',
        'class="no-share"',
        'class="story-end"',
        'class="article-author-content"',
    ],
)
def test_a_name_may_speak_of_something_else(names):
    assert len(_read(_page(below=f"<p {names}>{LINE}</p>")).blocks) == 5


def test_names_that_the_story_has_itself_say_nothing():
    html = f"<div>{f'<div class=author><p>{LINE}</p></div>' * 5}</div>"
    assert len(read(html).blocks) == 5
    section = f'<section id="social-impact"><h2>Am Ende</h2><p>{LINE}</p></section>'
    assert len(read(f"<div>{STORY}{section}</div>").blocks) == 6


@pytest.mark.parametrize(
    "inline",
    [
        '<div class="share-bar"><a href=/t>Teilen</a></div>',
        '<p>Lesen Sie auch: <a href="/x">Das Dach ist dicht</a></p>',
        '<div class="newsletter-box"><p>Jetzt anmelden</p></div>',
    ],
)
def test_the_last_sentence_may_stand_below_furniture(inline):
    html = f"<div>{STORY}{inline}<p>„Es ist vorbei“, sagt Onnen.</p></div>"
    assert read(html).blocks[-1].text == "„Es ist vorbei“, sagt Onnen."


@pytest.mark.parametrize(
    "line",
    ["By the rivers of Babylon, there we sat down,", "Von drauß vom Walde komm ich her", "Share prices fell again:"],
)
def test_a_first_line_may_begin_like_a_byline(line):
    assert _read(_page(f"<p>{line}</p>")).blocks[0].text == line


def test_the_lead_is_the_storys():
    lead = '<div class="story-header"><p class="dek">Der Deich hält, sagen die Leute im Dorf am Fluss.</p></div>'
    article = _read(_page(f"<h1>Am Fluss</h1>{lead}"))
    assert "Der Deich hält, sagen die Leute im Dorf am Fluss." in [block.text for block in article.blocks]


def test_a_bold_sentence_that_ends_the_story_opens_no_section():
    article = _read(_page(below="<p><b>Und wer bezahlt das alles am Ende?</b></p>"))
    assert [str(block.role) for block in article.blocks[-2:]] == ["paragraph", "short-paragraph"]
    assert len(article.sections) == 1


@pytest.mark.parametrize("html", ["<figure><img src=kai.jpg></figure>", "<aside>Der Kai, in Zahlen.</aside>"])
def test_in_a_fragment_pictures_and_boxes_were_put_there_by_somebody(html):
    assert len(_read(f"<div>{STORY}{html}</div>").blocks) == 5
    assert len(_read(_page(below=html)).blocks) == 4


def test_pictures_that_the_text_speaks_of_are_the_story():
    picture = "<figure><img src=kai.jpg></figure>"
    assert len(_read(_page(below=f"<p>Und so sieht es dort aus:</p>{picture}{picture}")).blocks) == 7
    captioned = "<figure><img src=kai.jpg><figcaption>Der Kai am Morgen</figcaption></figure>"
    assert len(_read(_page(below=captioned)).blocks) == 5


def test_the_time_of_the_first_entry_is_its_own():
    entries = "".join(f"<p>{hour}.01 Uhr</p><p>{LINE}</p>" for hour in (14, 13, 12))
    assert len(read(f"<div>{entries}</div>").blocks) == 6
    assert len(read(f"<div><p>14.01 Uhr</p><p>{LINE}</p><p>{LINE}</p></div>").blocks) == 2


def test_short_lines_below_furniture_are_furniture():
    below = "<p>Post Views: 111</p><p>Nein danke. Weiter so.</p>"
    assert _outside(_page(below=below)) == [("Post Views: 111", "tags"), ("Nein danke. Weiter so.", "beside")]
    assert len(_read(_page(below="<p>Nein danke. Weiter so.</p>")).blocks) == 5


def test_an_ad_directly_below_the_story_stays_beside_it():
    ad = '<div class="ad-slot" id="ad-1"></div>'
    assert [str(block.role) for block in _read(_page(below=ad)).blocks][-2:] == ["paragraph", "ad"]
    assert len(_read(_page(below=f"<p>Quelle: dpa</p>{ad}")).blocks) == 4


def test_what_would_be_most_of_the_text_is_the_story():
    short = f'<div><p>{LINE}</p><p class="author">{LINE * 2}</p></div>'
    assert len(_read(short).blocks) == 2
    assert read("<p>Quelle: dpa</p>").outside == ()


def test_the_policy_has_the_last_word():
    odd = '<div class="odd"><p>Dieses Stück gehört nicht dazu, auch wenn es lang genug und ein Satz ist.</p></div>'
    skip = ArticleOptions(body="article", skip=(".odd",))
    assert [reason for _, reason in _outside(_page(below=odd), skip)] == ["skip"]
    assert [reason for _, reason in _outside(f"<div>{STORY}{odd}</div>", attrs.evolve(skip, body="div"))] == ["skip"]
    keep = ArticleOptions(body="article", keep=(".author-box",))
    html = _page(below='<div class="author-box"><p>Kim Petersen schreibt über die Stadt.</p></div>')
    assert len(_read(html, keep).blocks) == 5
    assert len(_read(html).blocks) == 4


def test_a_list_of_blocks_is_the_story_as_it_is():
    blocks = [{"role": "paragraph", "text": LINE}] * 4 + [{"role": "paragraph", "text": "Quelle: dpa"}]
    assert len(read_blocks(blocks).blocks) == 5


POLICY = loads(
    '[article]\nbody = "article"\n[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "start"\nslot = "a"\nat = "start"\n'
    '[[rules]]\nname = "end"\nslot = "a"\nat = "end"\n'
)


@pytest.mark.parametrize("below", [html for html, _ in BELOW])
def test_slots_at_the_ends_stand_at_the_story(below):
    html = _page('<p class="byline">Von Kim Petersen</p>', below)
    filled = place(html, POLICY)
    assert [placement.gap for placement in filled.plan.placements] == [0, 4]
    text = filled.html
    start, end = text.index("adslot-start-1"), text.index("adslot-end-1")
    assert text.index("Petersen") < start < text.index(LINE)
    assert text.rindex(LINE) < end < text.rindex(below)
    assert not check(text, POLICY)
    assert place(text, POLICY).html == text
    tree = plan(read_tree(lxml.html.document_fromstring(html), POLICY), POLICY)
    assert [placement.gap for placement in tree.placements] == [0, 4]


def test_anchors_still_find_what_is_outside():
    policy = loads(
        '[article]\nbody = "article"\n[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "r"\nslot = "a"\nat = "after css(.author-box)"\n'
    )
    html = _page(below='<div class="author-box"><p>Kim Petersen schreibt über die Stadt.</p></div>')
    filled = place(html, policy)
    assert [placement.gap for placement in filled.plan.placements] == [None]
    assert filled.html.index("Petersen") < filled.html.index("adslot-r-1")
    assert not check(filled.html, policy)


def test_spans_are_those_of_the_input():
    html = _page('<p class="byline">Von Kim Petersen</p>', "<p>Quelle: dpa</p>")
    for source in (html, html.encode()):
        found = [
            source[slice(*outside.block.span)] for outside in adslot.read(source, POLICY).outside if outside.block.span
        ]
        said = [each if isinstance(each, str) else each.decode() for each in found]
        assert said == ['<p class="byline">Von Kim Petersen</p>', "<p>Quelle: dpa</p>"]
