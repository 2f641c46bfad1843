"""An inventory that is judged once is judged as for each page, whatever is in it and on the page."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import Policy, Related, Rule, Slot, read
from adslot.related import judged
from adslot.related.eligible import stock_of
from adslot.related.request import Request
from adslot.related.urls import comparable

POLICY = Policy([Slot("mehr", kind="teaser", label="MEHR")], [Rule("r", slot="mehr")])
URLS = [
    *("/a", "/a/", "/a?utm_source=x", "/b", "/c#unten", "//landbote.example/b", "HTTPS://Landbote.example:443/c"),
    *("https://kurier.example/a", "/d", "/e", "/f", "/", "", "javascript:x", "https://[", "/x" * 1200),
]  # fmt: skip
ASIDE = ["a", "?seite=2", "#oben", "../b"]
NOW = date(2026, 11, 5)


def items(urls):
    return st.lists(
        st.builds(
            Related,
            st.sampled_from(["Takt", "Rad", " "]),
            st.sampled_from(urls),
            id=st.sampled_from([None, None, None, 1, True, "s"]),
            expires=st.sampled_from([None, None, date(2026, 11, 4), date(2026, 11, 6)]),
            when=st.sampled_from([{}, {}, {"section": "sport"}]),
            sponsored=st.sampled_from([False, False, False, True]),
        ),
        max_size=12,
    )


@st.composite
def pages(draw):
    links = "".join(
        f"<p>Text <a href='{url}'>mehr</a>.</p>" for url in draw(st.lists(st.sampled_from(URLS), max_size=3))
    )
    head = draw(st.sampled_from(["", "<link rel=canonical href=https://landbote.example/b>", "<base href=/tief/>"]))
    language = draw(st.sampled_from(["", " lang=de"]))
    return read(f"<!doctype html><html{language}><head>{head}</head><body><p>Eins.</p>{links}</body></html>")


requests = st.fixed_dictionaries(
    {},
    optional={
        "url": st.sampled_from(["https://landbote.example/a", "/d", "", "https://["]),
        "now": st.just(NOW),
        "context": st.sampled_from([{"section": "sport"}, {"section": "kultur"}]),
    },
)


def stocks(page, offered, said):
    """The stock of an inventory that is judged once, and of one that is judged for each page."""
    with pytest.MonkeyPatch.context() as patch:
        for few in (0, 10**9):
            patch.setattr(judged, "_FEW", few)
            yield stock_of(page, POLICY, Request(related=offered, **said))


@given(pages(), items(URLS), requests)
def test_an_inventory_of_a_site(page, offered, said):
    """Faults, dates, conditions, sponsors, what shares an address or an id, the page itself, and what it links to."""
    once, each = stocks(page, offered, said)
    assert once == each


@given(pages(), items([*URLS, *ASIDE]), requests)
def test_an_inventory_with_addresses_that_depend_on_the_page(page, offered, said):
    """It is judged for each page."""
    once, each = stocks(page, offered, said)
    assert once == each


@given(pages(), items([*URLS, "a", "../b", "./a", "x/../c"]), requests)
def test_an_inventory_of_a_folder(page, offered, said):
    """Addresses that lead to the same places from every page of a folder are judged for all of it."""
    once, each = stocks(page, offered, said)
    assert once == each


@given(pages(), pages(), items(URLS), requests, requests)
def test_pages_one_after_the_other(first, second, offered, said, also_said):
    """What is known from one page is right for another, at another time, in another context."""
    offered = tuple(offered)
    for page, about in ((first, said), (second, also_said), (first, also_said), (first, said)):
        once, each = stocks(page, offered, about)
        assert once == each
        assert once.items == judged.but(offered, once.without)


def test_it_is_judged_once(monkeypatch):
    """For every page of a site; where nothing is in the way of its articles, they are not even copied."""
    asked = []

    def noting(url, base):
        asked.append(url)
        return comparable(url, base)

    monkeypatch.setattr(judged, "comparable", noting)
    offered = tuple(Related(f"Artikel {number}", f"/artikel/{number}") for number in range(300))
    for number in range(5):
        page = read(f"<p>Eins.</p><p><a href=/anderswo/{number}>Zwei</a>.</p>")
        assert stock_of(page, POLICY, Request(related=offered, url=f"https://kurier.example/{number}")).items is offered
    assert len(asked) == 300


def test_a_day_of_another_type():
    """Libraries have days of their own: they expire as any, also for the second time that is asked for."""

    class Day(date):
        pass

    offered = tuple(
        Related("x", f"/{number}", expires=Day(2024, 1, 1) if number < 3 else None) for number in range(300)
    )
    page = read("<p>Eins.")
    for year, left in ((2023, 300), (2025, 297)):
        assert len(stock_of(page, POLICY, Request(related=offered, now=date(year, 6, 1))).items) == left


def test_what_no_article_is():
    """It is told, among many too."""
    offered = [*(Related(f"Artikel {number}", f"/{number}") for number in range(300)), "takt"]
    with pytest.raises(TypeError, match="expected a Related, found 'takt'"):
        stock_of(read("<p>Eins."), POLICY, Request(related=offered))


def test_its_size_counts():
    """As much as it holds: places are texts of any length."""
    few, many = (judged.judge(tuple(Related("x", f"/{'a' * size}{n}") for n in range(50)), "/") for size in (1, 900))
    assert few is not None
    assert many is not None
    assert many.size > few.size + 40_000
    assert attrs.evolve(many, places=()).size < few.size
