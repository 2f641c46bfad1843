"""The markup of slots: escaped, labelled, one balanced element, and refused where no page can hold it."""

from __future__ import annotations

from datetime import date

import attrs
import lxml.html
import pytest
from selectolax.lexbor import LexborHTMLParser

from adslot import ArticleOptions, Image, Policy, Related, Rule, Slot, place
from tests.problems import problems_in

STORY = "<p>Eins.</p><p>Zwei.</p>"


def filled(slot, **rest):
    return place(STORY, Policy([slot], [Rule("r", slot=slot.name)]), **rest).html


def test_a_plain_slot():
    """Both marks, an id, the label as text and for screen readers; no script, no style."""
    html = filled(Slot("anzeige", kind="ad", label="Anzeige", height=274))
    assert html == (
        '<p>Eins.</p><aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="r" id="adslot-r-1"'
        ' aria-label="Anzeige" data-adslot-height="274"><div class="adslot-label">Anzeige</div>'
        '<div class="adslot-content"></div></aside><p>Zwei.</p>'
    )


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\x00b\r\nc", "\ud83d &amp; 'x'"]
)
def test_hostile_titles_are_text(title):
    """Whatever a title says, the tree has one link with one text."""
    html = filled(Slot("mehr", kind="teaser", label="LESEN SIE AUCH"), related=[Related(title, "/a?x=1&y='2'")])
    (slot,) = LexborHTMLParser(html.encode("utf-8", "replace").decode()).css("[data-adslot-rule]")
    assert [node.tag for node in slot.css("*")] == ["aside", "div", "a"]
    (link,) = slot.css("a")
    assert link.attributes["href"] == "/a?x=1&y='2'"


@pytest.mark.parametrize("url", ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "vbscript:x", ""])
def test_unsafe_urls_are_not_shown(url):
    """A teaser whose URL could run code is left out, and with it the slot."""
    assert filled(Slot("mehr", kind="teaser"), related=[Related("Titel", url)]) == STORY


@pytest.mark.parametrize(
    "html",
    [
        "<b>nie zu",
        "</aside><p>raus",
        "<form></form>",
        "<p><table><tr><td>x</table></p>",
        "<p>a<p>b",
        "a\rb",
        "<a><a>x</a></a>",
    ],
)
def test_markup_that_no_page_can_hold_is_a_policy_error(html):
    """Unbalanced markup, forms, tables in paragraphs: refused, with the slot's path."""
    assert problems_in(filled, Slot("folgen", kind="promo", html=html))[0].path == "slots.folgen.html"


def test_own_attributes_and_classes():
    """Attributes of the policy are added, classes joined."""
    html = filled(Slot("a", kind="ad", label_as_is=True, attributes={"class": "gross", "data-unit": "/1/x&y"}))
    assert 'class="adslot adslot-ad gross"' in html
    assert 'data-unit="/1/x&amp;y"' in html


# ------------------------------------------------------------------------------------------ teasers

MORE = Slot("mehr", kind="teaser", label="Lesen Sie auch")
LIST = Slot("mehr", kind="teaser", label="Mehr zum Thema", items=3)


def teaser(slot, *related, language="de"):
    """What stands inside of the root element of the only slot."""
    policy = Policy([slot], [Rule("r", slot=slot.name)], article=ArticleOptions(language=language))
    html = place(STORY, policy, related=related).html
    return html.removeprefix("<p>Eins.</p>").removesuffix("<p>Zwei.</p>").partition(">")[2].removesuffix("</aside>")


LABEL = '<div class="adslot-label">Lesen Sie auch</div>'


def test_the_label_is_a_line_of_its_own():
    """Also where no stylesheet says so, and nowhere do two texts of a slot run together."""
    item = Related("Züge", "/z", image=Image("/z.jpg"), published="2026-11-05")
    (slot,) = lxml.html.fromstring(f"<div>{filled(MORE, related=[item])}</div>").find_class("adslot")
    assert [node.tag for node in slot.iterdescendants()] == ["div", "a", "img", "div", "time"]
    assert list(slot.itertext()) == ["Lesen Sie auch", "Züge", " ", "2026-11-05"]


def test_a_link_with_picture_and_date():
    """The picture has its size and waits until it is seen; the day is written as the language does."""
    item = Related("Züge", "/z", image=Image("/z.jpg", 300, 200, 'Ein "Zug"'), published="2026-11-05T18:30:00.123456Z")
    assert teaser(MORE, item) == (
        f'{LABEL}<a class="adslot-link" href="/z"><img class="adslot-image" src="/z.jpg" alt="Ein &quot;Zug&quot;"'
        ' width="300" height="200" loading="lazy"><div class="adslot-title">Züge</div></a>'
        ' <time class="adslot-date" datetime="2026-11-05T18:30:00+00:00">5.11.2026</time>'
    )


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("de-AT", "5.11.2026"),
        ("ja", "2026年11月5日"),
        ("en", "2026-11-05"),
        ("tlh", "2026-11-05"),
        (None, "2026-11-05"),
    ],
)
def test_days_in_languages(language, day):
    """In ISO 8601 where no other form is known, as 5/11 is two days."""
    html = teaser(MORE, Related("Züge", "/z", published=date(2026, 11, 5)), language=language)
    assert html.endswith(f' <time class="adslot-date" datetime="2026-11-05">{day}</time>')


def test_a_list():
    """Several links in one slot, and a list of one where there are no more."""
    html = teaser(LIST, Related("Eins", "/1"), Related("Zwei", "/2"))
    assert html.endswith(
        '</div><ul class="adslot-list"><li><a class="adslot-link" href="/1">Eins</a></li>'
        '<li><a class="adslot-link" href="/2">Zwei</a></li></ul>'
    )
    assert teaser(LIST, Related("Eins", "/1")).count("<li>") == 1


@pytest.mark.parametrize(("language", "label"), [("de", "Anzeige"), ("en-GB", "Advertisement"), ("ja", "広告")])
def test_a_sponsored_article_takes_the_label_of_ads(language, label):
    """Instead of the slot's own, for eyes and ears; the link says so to machines."""
    slot = attrs.evolve(MORE, attributes={"ARIA-label": "Lesen Sie auch", "class": "x"})
    policy = Policy([slot], [Rule("r", slot="mehr")], article=ArticleOptions(language=language))
    html = place(STORY, policy, related=[Related("Kaufen", "/k", sponsored=True)]).html
    assert (
        f'aria-label="{label}"><div class="adslot-label">{label}</div><a class="adslot-link" href="/k" rel="sponsored">'
        in html
    )
    assert "Lesen Sie auch" not in html


def test_a_slot_that_is_labelled_as_an_ad_keeps_its_label():
    """Any accepted wording will do."""
    item = Related("Kaufen", "/k", sponsored=True)
    assert teaser(attrs.evolve(MORE, label="– Werbung –"), item).startswith(
        '<div class="adslot-label">– Werbung –</div>'
    )


def test_sponsored_articles_of_a_list_have_labels_of_their_own():
    """One label above several articles labels none; where all are sponsored the list is labelled besides."""
    paid, free = Related("Kaufen", "/k", sponsored=True), Related("Lesen", "/l")
    label = '<div class="adslot-label">Anzeige</div>'
    html = teaser(LIST, free, paid)
    assert html.startswith('<div class="adslot-label">Mehr zum Thema</div>')
    assert f'<li>{label}<a class="adslot-link" href="/k"' in html
    assert html.count("Anzeige") == 1
    html = teaser(LIST, paid, attrs.evolve(paid, url="/k2"))
    assert html.startswith(f"{label}<ul")
    assert html.count("Anzeige") == 3


def test_titles_in_one_line():
    """Controls and marks that turn the text around are dropped, what joins letters or forbids a break stays."""
    title = "3,50\xa0Euro\r\n\u202efür\u2028👩\u200d🚀 und Donau\xaddampf\x00\ud83d"
    assert teaser(MORE, Related(title, "/a")).endswith(">3,50\xa0Euro für 👩\u200d🚀 und Donau\xaddampf</a>")


@pytest.mark.parametrize(
    ("slot", "found"),
    [
        (Slot("a", kind="teaser", items=0), "slots.a.items: expected 1 to 20, found 0"),
        (Slot("a", kind="teaser", items=21), "slots.a.items: expected 1 to 20, found 21"),
        (Slot("a", kind="teaser", items=True), "slots.a.items: expected 1 to 20, found True"),
        (
            Slot("a", kind="promo", items=2),
            "slots.a.items: expected 'kind = \"teaser\"', which alone shows articles, found 'promo'",
        ),
    ],
)
def test_wrong_numbers_of_items(slot, found):
    """Told with the policy."""
    assert [str(problem) for problem in problems_in(Policy, [slot])] == [found]
