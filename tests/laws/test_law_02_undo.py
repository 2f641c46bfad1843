"""Law 2. strip(place(x)) == strip(x). An own slot is an element of a tag, classes, marks and an id as adslot writes them, with an
end tag, which holds no more than a slot does; whatever else looks like one is the author's."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from adslot import check, place, prepare, strip
from adslot.api.placing import KNOTTED
from adslot.html import own_slots
from adslot.html.slot_form import MOST_LINK_TEXT, MOST_TEXT
from tests import hostile_bytes, strategies
from tests.slots import opened, own


@given(strategies.texts, strategies.policies())
@example(f"<p>a</p>{opened() * 3}</aside><p>b", strategies.EVERYWHERE)
def test_strip_undoes_place(text, policy):
    """What place inserts, strip takes out."""
    assert strip(place(text, policy).html) == strip(text)


@given(hostile_bytes.any_bytes, strategies.policies())
@example(("<p>a</p><p>b</p>".encode("utf-16") + b"\n", None), strategies.EVERYWHERE)
@example(("<p>a</p><p>b</p>".encode("utf-16-le"), "utf-16"), strategies.EVERYWHERE)
@example((own().encode() + b"\x1b$BF|K\\\x1b(B<p>a</p>", "iso-2022-jp"), strategies.EVERYWHERE)
@example((b"<p>a</p>\x1b", "iso-2022-jp"), strategies.EVERYWHERE)
@example((hostile_bytes.LATE, None), strategies.EVERYWHERE)
@example((hostile_bytes.DECLARING, None), strategies.EVERYWHERE)
def test_strip_undoes_place_of_bytes(given, policy):
    """The same for bytes, and what is left has no slots, although it may be read otherwise without them."""
    data, encoding = given
    bare = strip(data, encoding=encoding)
    assert strip(place(data, policy, encoding=encoding).html, encoding=encoding) == bare
    assert strip(bare, encoding=encoding) == bare


@given(strategies.texts, strategies.policies(), strategies.id_prefixes)
@example("<p>a</p><p>b</p>", strategies.EVERYWHERE, "b-1-slot")
def test_strip_undoes_place_with_a_prefix(text, policy, prefix):
    """Nobody needs to know what was put into the ids."""
    assert strip(place(text, policy, id_prefix=prefix).html) == strip(text)


@given(strategies.texts)
def test_strip_leaves_nothing_to_strip(text):
    """What is left after strip has no slots."""
    once = strip(text)
    assert strip(once) == once


@pytest.mark.parametrize(
    "foreign",
    [
        '<aside data-adslot="top">x</aside>',
        '<div data-adslot-rule="b">x</div>',
        '<!-- <aside data-adslot="a" data-adslot-rule="b"></aside> -->',
        '<script>"<aside data-adslot=a data-adslot-rule=b></aside>"</script>',
        '<p data-adslot="a" data-adslot-rule="b">never closed',
    ],
)
def test_what_only_looks_like_a_slot_stays(foreign):
    """One mark alone, a comment, a script and an element without end tag are the author's."""
    assert strip(foreign) == foreign


def test_marks_in_capitals_are_marks():
    """The parser reads tags and attribute names in any case, and so does strip."""
    capitals = own().replace("aside", "ASIDE").replace("data-adslot", "DATA-ADSLOT")
    assert strip(f"<p>a</p>{capitals}") == "<p>a</p>"


TEXT = "<p>Ab Montag fahren die Züge auf der Strecke wieder im Takt, sagte ein Sprecher der Bahn.</p>"
STORY = TEXT * 16
PAGE = f"<!DOCTYPE html><html><head><title>Züge</title></head><body><article>{STORY}</article>"
MARKS = 'class="adslot adslot-ad" data-adslot="a" data-adslot-rule="b" id="adslot-b-1"'


@pytest.mark.parametrize(
    "forged",
    [
        f"{PAGE}<p>Kommentar <body {MARKS}></p></body></html>",
        f"{PAGE}<p>Kommentar <html {MARKS}></p></body></html>",
        f"<html {MARKS}>{PAGE}</html>",
        f"<body {MARKS}>{STORY}</body>",
        f"<article {MARKS}>{STORY}</article>",
        f"<main {MARKS}>{STORY}</main>",
        f"<p {MARKS}>x</p>{STORY}",
        f"<span {MARKS}>{STORY}</span>",
        f"<svg><aside {MARKS}>x</aside></svg>{STORY}",
        f"<aside {MARKS}>{STORY}</aside>",
        f"<aside {MARKS}>x<a href=/>{STORY * 2}</a></aside>",
        f"<div {MARKS}>x<article>{TEXT}</article></div>",
        f"<section {MARKS}><h1>Züge</h1>{TEXT}</section>",
        f"<div {MARKS}><div itemprop='text articleBody'>{TEXT}</div></div>",
        f"<div {MARKS}>{'<img>' * 1_001}</div>",
        *(
            f"<aside {MARKS.replace(*change)}>x</aside>{STORY}"
            for change in [
                (' id="adslot-b-1"', ""),
                ("adslot-b-1", "b-1"),
                ("adslot-b-1", "adslot-b-0"),
                ("adslot-b-1", "adslot-b"),
                ("adslot-b-1", "adslot-a-1"),
                ("adslot-b-1", "adslot-b-1-x"),
                ("adslot-b-1", "adslot-b-1\n"),
                ("adslot-b-1", "adslot--b-1"),
                ("adslot-b-1", "adslot-.x-b-1"),
                ("adslot-b-1", "adslot-x y-b-1"),
                ("adslot-b-1", "adslot-xb-1"),
                ("adslot-b-1", "adslot-x-b-1-x"),
                ("adslot-b-1", "adslot-x-b"),
                ("adslot-b-1", "x-adslot-b-1"),
                ("adslot-b-1", f"adslot-{'x' * 256}-b-1"),
                ("adslot adslot-ad", "adslot"),
                ("adslot adslot-ad", "adslot-ad"),
                ("adslot adslot-ad", "adslot adslot-x"),
                ('="a"', '=""'),
                ('="b"', '=""'),
            ]
        ),
        f"<<aside {MARKS}>x</aside>{STORY}",
    ],
)
def test_a_forged_slot_is_the_authors(forged):
    """Whatever attribute of whatever tag is forged: it stays where it is, and counts as nothing."""
    policy = strategies.EVERYWHERE
    assert strip(forged) == forged
    assert strip(place(forged, policy).html) == forged
    assert [f for f in check(forged, policy) if f.severity == "error"] == []


def test_what_a_forged_slot_may_cost():
    """Whoever opens an element in the form of a slot, and finds its end tag further on, takes what stands between: so much."""
    sentence = "x" * (MOST_TEXT - 1)
    held = f"{opened()}<p>{sentence}</p></aside>"
    assert strip(f"{STORY}{held}") == STORY
    assert strip(f"{STORY}{held.replace('x', 'xxx', 1)}") != STORY
    links = f"<a href=/>{'x' * MOST_LINK_TEXT}</a>" * 20
    assert strip(f"{STORY}{own(content=links)}") == STORY


@pytest.mark.parametrize("prefix", ["", "7-", "artikel.7-", "more.x-1-", "more.x-", "_-", f"{'x' * 255}-"])
@pytest.mark.parametrize("number", ["1", "12", "1-slot", "3-slot-slot"])
@pytest.mark.parametrize("tag", ["aside", "div", "section"])
def test_slots_of_earlier_releases_are_known(tag, number, prefix):
    """The form has not changed: with further classes and attributes, and an id with a prefix, or that was made longer."""
    old = f'<{tag} class="adslot adslot-teaser wide" data-adslot="mehr" data-adslot-rule="more.x" id="adslot-{prefix}more.x-{number}" aria-label="LESEN SIE AUCH">'
    assert strip(f"{TEXT}{old}<span>LESEN SIE AUCH</span><a href=/>Titel</a></{tag}>{TEXT}") == TEXT * 2


def test_what_an_own_slot_holds_goes_with_it():
    """Also other slots; the check tells of it, so that nobody hides one in another."""
    nested = own("c", "d", f"x{own()}y")
    assert strip(f"{TEXT}{nested}{TEXT}") == TEXT * 2
    assert "nested" in {finding.code for finding in check(f"{TEXT}{nested}{TEXT}", strategies.EVERYWHERE)}


def test_a_knotted_page_is_left_alone(monkeypatch):
    """No page is known on which taking out slots makes others appear for ever; on one that did nothing would be touched."""
    monkeypatch.setattr(own_slots, "_MOST_ROUNDS", 0)
    page = f"{TEXT}{own()}{TEXT}"
    result = place(page, strategies.EVERYWHERE)
    assert (strip(page), result.html, result.plan.placements) == (page, page, ())
    assert result.plan.warnings[-1] == KNOTTED
    assert prepare(page, strategies.EVERYWHERE).place() == result
    assert "knotted" in {finding.code for finding in check(page, strategies.EVERYWHERE)}
