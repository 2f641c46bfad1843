"""Which related articles may be shown: each reason why not, at both doors, and what is shown where."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import lxml.html
import pytest

from adslot import ArticleOptions, Image, Policy, Related, Rule, Slot, Spacing, place, place_tree, plan, read, read_tree
from adslot.codes import UNUSED
from adslot.policy.conditions import mismatch
from adslot.related.urls import comparable, joined, scheme_of, written
from adslot.related.values import as_data, moment

AD, MORE, LIST = (
    Slot("ad", kind="ad", label="Anzeige"),
    Slot("more", kind="teaser", label="Lesen Sie auch"),
    Slot("list", kind="teaser", items=3),
)
GERMAN = ArticleOptions(language="de", short=5)
POLICY = Policy((MORE,), [Rule("r", slot="more", max=9)], article=GERMAN)
TEN = "<p>abcdefghij</p>"
STORY = f"<div>{TEN * 12}</div>"
URL = "https://landbote.example/politik/wahl"


def both(html, items, policy=POLICY, **rest):
    """The plan for *html*, alike at both doors and for an article that was read before."""
    made = place(html, policy, related=items, **rest).plan
    is_page = "<body" in html
    parse = lxml.html.document_fromstring if is_page else lxml.html.fragment_fromstring
    others = [
        place_tree(parse(html), policy, related=items, **rest),
        plan(read(html, policy), policy, related=items, **rest),
        plan(read_tree(parse(html), policy), policy, related=items, **rest),
    ]
    for other in others:
        assert other.unused == made.unused
        assert [p.items for p in other.placements] == [p.items for p in made.placements]
        assert other.warnings == made.warnings
    return made


def reasons(html, *items, **rest):
    """(code, against) of the articles that are not shown."""
    return [(unused.code, unused.against) for unused in both(html, items, **rest).unused]


def page(head, body=TEN * 3):
    return f"<!DOCTYPE html><html><head><title>t</title>{head}</head><body><article>{body}</article></body></html>"


# ------------------------------------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    "head",
    [
        f'<link rel="canonical" href="{URL}">',
        f"<link rel='Alternate CANONICAL' href=' {URL}?utm_source=feed '>",
        f'<meta property="og:url" content="{URL}">',
        '<link rel=canonical href=""><meta property="og:url" content="http://landbote.example/politik/wahl#a">',
    ],
)
def test_a_page_that_says_its_address(head):
    """The article itself is not shown, whatever the spelling, and relative URLs are read by the address."""
    assert [code for code, _ in reasons(page(head), Related("Wahl", URL))] == ["self"]
    assert [code for code, _ in reasons(page(head), Related("Wahl", "wahl"))] == ["self"]


def test_the_address_that_the_caller_gives():
    """It counts besides what the page says, and is what relative URLs are relative to, but for a base."""
    assert reasons(STORY, Related("Wahl", "/politik/wahl/"), url=URL) == [("self", URL)]
    assert reasons(STORY, Related("Oben", "#oben")) == [("self", None)]
    html = page('<link rel="canonical" href="/amp/wahl"><base href="/amp/">', f'{TEN}<p><a href="takt">a</a></p>{TEN}')
    assert reasons(html, Related("Wahl", "wahl"), url=URL) == [("self", "/amp/wahl")]
    assert reasons(html, Related("Takt", "/amp/takt"), url=URL) == [("linked", "takt")]
    assert reasons(page("<base href='http://[x'>"), Related("Wahl", URL), url=URL) == [("self", URL)]


def test_links_of_the_text():
    """In paragraphs, lists, maps and teasers that an editor set; not what navigation links to."""
    links = (
        '<p>Mehr <a href="/a?utm_source=x">dazu</a></p><ul><li><a href=/b>b</a></li></ul>'
        '<figure><map><area href="/c"></map><img src=i></figure><p>Lesen Sie auch: <a href="/d">Deich</a></p>'
    )
    items = [Related(url, url) for url in ("/a", "/b", "/c", "/d", "/e")]
    html = f"<div>{TEN * 3}{links}{TEN * 3}</div>"
    assert reasons(html, *items) == [
        ("linked", "/a?utm_source=x"),
        ("linked", "/b"),
        ("linked", "/c"),
        ("linked", "/d"),
    ]
    around = page("", f"<p>{'Die Bahn fährt wieder, sagt das Amt. ' * 9}</p>" * 6).replace(
        "<article>", '<nav><a href="/e">e</a></nav><article>'
    )
    assert reasons(around, Related("E", "/e")) == []


def test_teasers_of_editors_keep_their_distance():
    """A teaser that the article has is a teaser for spacing, and its article is not shown again."""
    there = '<p>Lesen Sie auch: <a href="/deich">Der Deich hält</a></p>'
    rules = [Rule("r", slot="more", max=9, apart="25 chars")]
    made = both(
        f"<div>{TEN * 6}{there}{TEN * 6}</div>", [Related("Deich", "/deich"), *(Related(u, u) for u in "abcdef")]
    )
    assert [unused.code for unused in made.unused] == ["linked"]
    policy = Policy((MORE,), rules, article=GERMAN)
    made = both(f"<div>{TEN * 6}{there}{TEN * 6}</div>", [Related(u, u) for u in "abcdef"], policy)
    assert [p.gap for p in made.placements] == [3, 10]
    spaced = Policy((MORE,), rules, [Spacing.between("teaser", "teaser", min="60 chars")], article=GERMAN)
    assert both(f"<div>{TEN * 6}{there}{TEN * 6}</div>", [Related("a", "/a")], spaced).placements == ()


def test_the_same_twice():
    """By URL, by id, and what is given twice outright."""
    items = [Related("a", "/a", id=7), Related("b", "/a/"), Related("c", "/c", id=7), Related("a", "/a", id=7)]
    assert reasons(STORY, *items) == [("duplicate", "/a")] * 3
    assert reasons(STORY, Related("a", "/a", id=7), Related("b", "/b", id="7"), Related("c", "/A")) == []


def test_one_that_may_not_be_shown_is_no_first():
    """What has expired does not keep the same article, given again with a later date, from being shown."""
    items = [Related("a", "/a", expires="2026-01-01"), Related("a", "/a", expires="2027-01-01")]
    made = both(STORY, items, now=date(2026, 6, 1))
    assert [unused.code for unused in made.unused] == ["expired"]
    assert made.placements[0].item == items[1]


@pytest.mark.parametrize(
    ("item", "code", "against"),
    [
        (Related("", "/a"), "blank", None),
        (Related("\x00\u202e \n", "/a"), "blank", None),
        (Related("a", " "), "blank", None),
        (Related("a", "java\nscript:x"), "scheme", "javascript"),
        (Related("a", "/a", image="data:image/png,x"), "scheme", "data"),
        (Related("a", "/a", image=Image("/a.jpg")), "", None),
    ],
)
def test_what_can_never_be_shown(item, code, against):
    """No title, no URL, a scheme that could run code, also of the picture."""
    assert reasons(STORY, item) == ([(code, against)] if code else [])


@pytest.mark.parametrize(
    ("expires", "now", "is_over"),
    [
        ("2026-11-05", "2026-11-05", False),
        ("2026-11-05", "2026-11-06", True),
        ("2026-11-05", "2026-11-05T23:59", False),
        ("2026-11-05T12:00", "2026-11-05", False),
        ("2026-11-05T12:00", "2026-11-06", True),
        ("2026-11-05T12:00", "2026-11-05T12:00", True),
        ("2026-11-05T12:00+01:00", "2026-11-05T11:00", True),
        ("2026-11-05T12:00+01:00", "2026-11-05T10:59Z", False),
        ("2026-11-05T12:00", "2026-11-05T13:30+02:00", False),
    ],
)
def test_expiry(expires, now, is_over):
    """To the end of a day, or until a time; a time without offset is one of UTC."""
    found = reasons(STORY, Related("a", "/a", expires=expires), now=moment(now))
    assert [code for code, _ in found] == ["expired"] * is_over


def test_without_a_date_nothing_expires_and_the_plan_says_so():
    """There is no clock: the caller gives the date, or hears of it."""
    made = both(STORY, [Related("a", "/a", expires="2001-01-01")])
    assert len(made.placements) == 1
    assert made.warnings == ("some of the related articles expire, and no time 'now' was given to hold them to",)
    assert both(STORY, [Related("a", "/a")]).warnings == ()


@pytest.mark.parametrize(
    ("when", "context", "key"),
    [
        ({}, None, None),
        ({"section": "sport"}, None, "section"),
        ({"section": "sport"}, {"section": "sport"}, None),
        ({"section": "sport*"}, {"section": "sport-regional"}, None),
        ({"section": "*a*b"}, {"section": "xaxb"}, None),
        ({"section": ["politik", "sport*"]}, {"section": "sport"}, None),
        ({"section": "sport", "subscriber": True}, {"section": "sport", "subscriber": 1}, "subscriber"),
        ({"level": 1}, {"level": 1}, None),
        ({"section": "1"}, {"section": 1}, "section"),
    ],
)
def test_contexts(when, context, key):
    """As the cases of a policy: equal, one of a list, a star for any text; all keys must match."""
    assert mismatch(when, context or {}) == key
    assert reasons(STORY, Related("a", "/a", when=when), context=context) == ([("context", key)] if key else [])


def test_sponsored_articles_need_a_language_to_be_labelled_in():
    """That of the policy, of the page or of the policy's ads; else they are left out, with a warning."""
    item = Related("a", "/a", sponsored=True)
    bare = Policy((MORE,), [Rule("r", slot="more", max=9)], article=ArticleOptions(short=5))
    made = both(STORY, [item], bare)
    assert [unused.code for unused in made.unused] == ["label"]
    assert made.warnings == ("sponsored articles are not shown: the language of the policy is needed to label them",)
    english = page("").replace("<html>", "<html lang=en>")
    assert ">Advertisement<" in place(english, bare, related=[item]).html
    with_ad = Policy((MORE, AD), bare.rules, article=bare.article)
    assert ">Anzeige<" in place(STORY, with_ad, related=[item]).html


def test_what_finds_no_place():
    """Articles that are left over are told too, after those that may not be shown."""
    one = Policy((MORE,), [Rule("r", slot="more")], article=GERMAN)
    assert reasons(STORY, Related("a", "/a"), Related("b", "/b"), Related("c", "x:"), policy=one) == [
        ("scheme", "x"),
        ("no-place", None),
    ]
    none = Policy((AD,), [Rule("r", slot="ad")])
    assert reasons(STORY, Related("c", "x:"), policy=none) == [("no-place", None)]
    assert set(UNUSED) >= {"no-place"}


# ------------------------------------------------------------------------------------------- sources

SECTIONS = f"<div>{TEN * 2}<h2>Anreise</h2>{TEN * 2}<h2>Rückweg</h2>{TEN * 2}</div>"
PER_SECTION = Policy((MORE,), [Rule("r", slot="more", max=9, per_section=1, after="text")], article=GERMAN)


def test_a_callable_is_asked_once_for_each_section():
    """In order; what it gives is shown in that section first."""
    asked = []

    def related(section):
        asked.append((section.index, section.heading and section.heading.text, len(section.blocks)))
        yield Related(f"Zu {section.index}", f"/{section.index}")
        yield Related("Für alle", "/alle")

    result = place(SECTIONS, PER_SECTION, related=related)
    assert asked == [(0, None, 2), (1, "Anreise", 3), (2, "Rückweg", 3)]
    assert [p.items[0].url for p in result.plan.placements] == ["/0", "/1", "/2"]
    assert [(unused.item.url, unused.code) for unused in result.plan.unused] == [("/alle", "no-place")]
    both(SECTIONS, related, PER_SECTION)


def test_what_is_meant_for_another_section_fills_in():
    """A section without articles of its own is not left without a teaser."""

    def related(section):
        return [Related(name, f"/{name}") for name in "abc"] if section.index == 1 else []

    assert [p.item.url for p in both(SECTIONS, related, PER_SECTION).placements] == ["/b", "/a", "/c"]


def test_what_is_offered_twice_is_judged_once():
    """For several sections it may be shown in any of them, or has one reason for all."""
    items = [Related("a", "/a"), Related("b", "x:"), Related("c", "/a")]
    made = both(SECTIONS, lambda _: items, PER_SECTION)
    assert [(unused.item.title, unused.code) for unused in made.unused] == [("b", "scheme"), ("c", "duplicate")]


def test_teasers_stand_where_articles_were_offered():
    """Places follow the articles: a callable that has some for one section has them shown there."""
    one = Policy((MORE,), [Rule("r", slot="more", after="text")], article=GERMAN)
    for wanted in range(3):
        made = both(SECTIONS, lambda section, w=wanted: [Related("a", "/a")] * (section.index == w), one)
        (placement,) = made.placements
        assert made.article.section_at[placement.gap] == wanted
        assert placement.relevance == 1000


def test_a_callable_may_be_judged_by_relevance():
    """Then it says which of the articles offered for a section are best."""

    def related(section):
        return [Related("a", f"/a{section.index}"), Related("b", f"/b{section.index}")]

    def relevance(_, item):
        return 0.5 if item.title == "b" else 0.25

    made = both(SECTIONS, related, PER_SECTION, relevance=relevance)
    assert [(p.item.url, p.relevance) for p in made.placements] == [("/b0", 500), ("/b1", 500), ("/b2", 500)]


def test_lists_show_what_suits_their_section_best():
    """The first as the plan has it, then the next best; nothing that is not relevant enough."""
    texts = (
        "<p>Die Brücke ist gesperrt, die Brücke bleibt zu.</p>",
        "<p>Der Bahnhof öffnet, am Bahnhof fährt ein Zug.</p>",
    )
    html = f"<div>{texts[0] * 3}<h2>Bahnhof</h2>{texts[1] * 3}</div>"
    items = [
        Related("Bahnhof: Halle", "/1"),
        Related("Brücke: Pfeiler", "/2"),
        Related("Bahnhof: Gleis", "/3"),
        Related("Brücke: Geländer", "/4"),
        Related("Wetter", "/5"),
    ]
    rule = Rule("a", slot="list", max=2, per_section=1, after="text", min_relevance=10)
    made = both(html, items, Policy((LIST,), [rule], article=GERMAN))
    assert [[item.url for item in p.items] for p in made.placements] == [["/2", "/4"], ["/1", "/3"]]
    (unused,) = made.unused
    assert (unused.item.url, unused.code, unused.against) == ("/5", "relevance", "0 of 10 permille")


def test_the_error_of_a_callable_reaches_the_caller():
    """It is the caller's own."""

    def broken(section):
        raise KeyError(section.index)

    with pytest.raises(KeyError):
        place(STORY, POLICY, related=broken)
    assert place(STORY, Policy((AD,), [Rule("r", slot="ad")]), related=broken).plan.unused == ()


def test_what_is_no_article_is_a_type_error():
    """Said at once, with what was found."""
    with pytest.raises(TypeError, match=r"expected a Related, found \{'title'"):
        place(STORY, POLICY, related=[{"title": "a"}])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        Related(1, "/a")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="gestern"):
        Related("a", "/a", expires="gestern")


@pytest.mark.parametrize("lead", ["<p class=lead>{}</p>", "<div id=x><p>{}</p></div>"])
def test_links_of_a_lead_above_the_story_are_links_of_the_text(lead):
    """Whether adslot finds it or the policy names it; links elsewhere on the page are not."""
    said = "Ab Sonntag gilt der neue Fahrplan, und zum ersten Mal fährt nachts <a href=/nachts>ein Zug</a>."
    story = "".join(f"<p>Absatz {number}, der lang genug ist, um ein Absatz zu sein." for number in range(5))
    page = f"<html><body><nav><a href=/menu>Menü</a></nav><article><h1>Takt</h1>{lead.format(said)}<div class=article-body>{story}</div></article>"
    policy = attrs.evolve(POLICY, article=ArticleOptions(lead="#x" if "id=x" in lead else None))
    made = both(page, [Related("Nachts", "/nachts"), Related("Menü", "/menu")], policy)
    assert [(unused.item.url, unused.code, unused.against) for unused in made.unused] == [
        ("/nachts", "linked", "/nachts")
    ]
    assert [placement.item.url for placement in made.placements if placement.item] == ["/menu"]


def test_links_are_looked_for_only_where_there_is_something_to_show(monkeypatch):
    """A page without related articles, or a policy without teasers, is not searched."""

    def fail(*_):
        raise AssertionError

    monkeypatch.setattr("adslot.article.draft.links_of", fail)
    assert place(STORY, POLICY).html == STORY
    place(STORY, Policy((AD,), [Rule("r", slot="ad")]), related=[Related("a", "/a")])
    place(STORY, POLICY, related=[Related("a", "x:")])
    with pytest.raises(AssertionError):
        place(STORY, POLICY, related=[Related("a", "/a")])


# --------------------------------------------------------------------------------------------- lists


def rooms(policy, count):
    """How many articles each teaser shows."""
    return [len(p.items) for p in both(STORY, [Related(u, f"/{u}") for u in range_(count)], policy).placements]


def range_(count):
    return [str(number) for number in range(count)]


def test_a_list_shows_several():
    """As many as it may; each teaser one before any two, lists further up the rest."""
    policy = Policy((LIST, MORE), [Rule("a", slot="list", max=2), Rule("b", slot="more", at="end")], article=GERMAN)
    assert [rooms(policy, count) for count in (0, 1, 2, 3, 4, 5, 7, 9)] == [
        [],
        [1],
        [1, 1],
        [1, 1, 1],
        [2, 1, 1],
        [3, 1, 1],
        [3, 3, 1],
        [3, 3, 1],
    ]


def test_slots_of_editors_show_articles_too():
    """A teaser that an editor asked for is one of those that share the articles, as long as there are any."""
    html = f"<div>{TEN * 2}<!-- adslot: here list -->{TEN * 2}<!-- adslot: here list -->{TEN * 4}</div>"
    policy = Policy((LIST, MORE), [Rule("b", slot="more", at="end")], article=GERMAN)
    found = [
        [
            (p.rule, len(p.items))
            for p in place(html, policy, related=[Related(u, f"/{u}") for u in range_(count)]).plan.placements
        ]
        for count in (0, 1, 2, 3, 6)
    ]
    assert found == [
        [],
        [("here", 1)],
        [("here", 1), ("here", 1)],
        [("here", 1), ("here", 1), ("b", 1)],
        [("here", 3), ("here", 2), ("b", 1)],
    ]


# ---------------------------------------------------------------------------------------------- URLs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org", "https://EXAMPLE.org:443/"),
        ("https://example.org/a", "//example.org/a/?utm_campaign=b&UTM_x=1#c"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1&wt_zmc=d"),
        ("/a", " /a\n"),
        ("\\a\\b", "/a/b"),
        ("http://münchen.example", "http://xn--mnchen-3ya.example"),
    ],
)
def test_urls_of_one_page(one, other):
    """Spellings that lead to one page are one."""
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://www.example.org/", "https://example.org/"),
        ("https://example.org:81/", "https://example.org/"),
        ("mailto:a", "/a"),
        ("a", "/a"),
        ("/", ""),
        ("http://[a", "http://[b"),
    ],
)
def test_urls_of_two_pages(one, other):
    """What may lead elsewhere stays apart."""
    assert comparable(one) != comparable(other)


def test_urls_that_are_none():
    """They are compared as they are; so are data, which are no articles."""
    assert comparable("/a", "http://[x") == "/a"
    assert comparable("a", "http://[x") == "a"
    assert joined("/b", "a" * 3000) == "/b"
    assert joined("/" * 3000, "a") == ""
    assert comparable(f"/{'a' * 2000}/") == f"/{'a' * 2000}/"


def test_urls_are_written_as_given():
    """But for what no URL has."""
    assert written(" HTTPS://Example.org/ä b?utm_x=1#c\x00\ud83d\n") == "HTTPS://Example.org/ä b?utm_x=1#c"
    assert scheme_of("\x01 \tHTTPS:x") == "https"
    assert [scheme_of(url) for url in ("a/b:c", "?a:b", "1a:b", "")] == [None] * 4


def test_as_data_leaves_out_what_is_not_said():
    """The form of files, with dates as text."""
    item = Related("a", "/a", image=Image("/i", 1, 2, "x"), tags="t", expires=datetime(2026, 1, 2, 3, tzinfo=UTC), id=0)
    assert as_data(item) == {
        "title": "a",
        "url": "/a",
        "image": {"url": "/i", "width": 1, "height": 2, "alt": "x"},
        "tags": ["t"],
        "expires": "2026-01-02T03:00:00+00:00",
        "id": 0,
    }
