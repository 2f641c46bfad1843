"""Teasers: never the article itself, never what its text links to, never one twice, never a URL that could run code;
titles, URLs and alternative texts are text, whatever stands in them. At both doors."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import unquote

import lxml.html
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from adslot import ArticleOptions, Image, Policy, Related, Rule, Slot, check, place, place_tree, plan, read
from adslot.codes import UNUSED
from adslot.html.text import one_line
from adslot.related.urls import written
from tests import strategies

BASE = "https://landbote.example/politik/wahl"
NOW = date(2026, 11, 5)
# The spellings of one page are one page, and two pages are two.
PAGES = [
    (
        BASE,
        f"{BASE}/",
        f"{BASE}?utm_source=x#oben",
        "HTTP://Landbote.Example:80/politik/wahl",
        "wahl",
        "#oben",
        "./wahl",
    ),
    ("/takt", "../takt", "https://landbote.example/takt/", "//landbote.example/takt?fbclid=1", "/x/../takt"),
    ("/suche?a=1&b=2", "https://landbote.example/suche?b=2&a=1&gclid=3", "/suche/?a=1&b=2#f"),
    ("https://anderswo.example", "http://anderswo.example/", "https://ANDERSWO.example/?utm_medium=a"),
    ("/straße", "/stra%C3%9Fe", "https://landbote.example/stra%c3%9fe/"),
    ("/TAKT",),
    ("https://landbote.example:8080/takt",),
]
PAGE_OF = {spelling: number for number, spellings in enumerate(PAGES) for spelling in spellings}
SAFE = [spelling for spellings in PAGES for spelling in spellings]
UNSAFE = [
    "javascript:alert(1)",
    " java\tscript:x",
    "JAVASCRIPT:x",
    "data:text/html,x",
    "vbscript:x",
    "mailto:a@b",
    "x-y:z",
]
HOSTILE = ['"><script>alert(1)</script>', "'><img src=x onerror=y>", "a\0b\r\nc", "\ud83d", "&lt;b&gt;", "</aside></a>"]
HOSTILE += ["\u202eabc", "<!--", "]]>", "Züge & Busse", "日本", " "]
URLS = [f"/x?{text}" for text in HOSTILE] + ["http://[bad", "http://a:99999999/", "\\\\evil", "//", "?", "", "ä\ud83d"]

titles = st.sampled_from(HOSTILE) | st.text(max_size=20)
images = st.none() | st.builds(
    Image, st.sampled_from(SAFE + UNSAFE + URLS), st.none() | st.integers(1, 9), st.none() | st.integers(1, 9), titles
)


def inventories(urls):
    """Related articles with these URLs."""
    item = st.builds(
        Related,
        titles,
        urls,
        image=images,
        sponsored=st.booleans(),
        published=st.none() | st.just(NOW),
        expires=st.none() | st.dates(date(2026, 11, 4), date(2026, 11, 6)),
        id=st.none() | st.integers(0, 3),
    )
    return st.lists(item, max_size=8)


TEMPLATE = """
{% for item in items %}
{% if item.label %}<div class="adslot-label">{{ item.label }}</div>{% endif %}
<a href="{{ item.url }}"{% if item.rel %} rel="{{ item.rel }}"{% endif %}>{{ item.title }}</a>
{% if item.image %}<img src="{{ item.image.url }}" alt="{{ item.image.alt }}">{% endif %}
<time>{{ item.day }}</time>
{% endfor %}
"""
SLOTS = (
    Slot("eins", kind="teaser", label="Lesen Sie auch"),
    Slot("liste", kind="teaser", items=3, tag="div"),
    Slot("eigen", kind="teaser", items=2, template=TEMPLATE),
)
RULES = [
    Rule("a", slot="eins", max=3),
    Rule("b", slot="liste", at="end", max=2),
    Rule("c", slot="liste", max=2),
    Rule("d", slot="eigen", at="start"),
]
POLICY = Policy(SLOTS, RULES, article=ArticleOptions(language="de"))


def story(links):
    """A story with these links."""
    linked = "".join(f'<p>Ein Satz <a href="{escape(link)}">mit Verweis</a> und mehr.</p>' for link in links)
    return f"<div>{linked}{'<p>Ein Satz ohne Verweis, und noch einer.</p>' * 6}</div>"


def both_doors(html, items, **rest):
    """The slots of *html* as two parsers see them, and the plans: at the text door and at the tree door."""
    result = place(html, POLICY, related=items, **rest)
    page = LexborHTMLParser(result.html.encode("utf-8", "replace").decode())
    tree = lxml.html.fragment_fromstring(html)
    made = place_tree(tree, POLICY, related=items, **rest)
    assert made.unused == result.plan.unused
    assert [p.items for p in made.placements] == [p.items for p in result.plan.placements]
    again = LexborHTMLParser(lxml.html.tostring(tree, encoding="unicode"))
    return [found.css("[data-adslot-rule]") for found in (page, again)], result


@given(st.lists(st.sampled_from(SAFE), max_size=4), inventories(st.sampled_from(SAFE + UNSAFE)))
@example(["/takt"], [Related("Takt", "../takt"), Related("Wahl", "wahl"), Related("Neu", "/TAKT")])
def test_no_self_no_link_of_the_text_nothing_twice_no_scheme(links, items):
    """Whatever is linked in whatever spelling, before and in teasers, is linked once."""
    doors, _ = both_doors(story(links), items, url=BASE, now=NOW)
    for slots in doors:
        shown = [PAGE_OF[link.attributes["href"]] for slot in slots for link in slot.css("a")]
        assert len(set(shown)) == len(shown)
        assert not set(shown) & {0, *(PAGE_OF[link] for link in links)}


@given(inventories(st.sampled_from(SAFE + UNSAFE + URLS) | st.text(max_size=12)))
@example([Related(title, url, image=Image(url, alt=title)) for title, url in zip(HOSTILE, URLS, strict=False)])
def test_everything_is_text(items):
    """The tree of a slot has the elements that adslot writes, with their attributes, and nothing else."""
    html = story([])
    doors, result = both_doors(html, items, url=BASE, now=NOW)
    for slots in doors:
        links = [link for slot in slots for link in slot.css("a")]
        shown = [item for placement in result.plan.placements for item in placement.items]
        # lxml percent-encodes what it writes.
        assert [unquote(link.attributes["href"]) for link in links] == [unquote(written(item.url)) for item in shown]
        for link, item in zip(links, shown, strict=True):
            assert set(link.attributes) <= {"class", "href", "rel"}
            assert (link.attributes.get("rel") == "sponsored") == item.sponsored
            assert link.text() == one_line(item.title)
        for slot in slots:
            assert {node.tag for node in slot.css("*")} <= {"aside", "div", "a", "ul", "li", "img", "time"}
            for node in slot.css("img"):
                assert set(node.attributes) <= {"class", "src", "alt", "width", "height", "loading"}


@given(st.lists(st.sampled_from(SAFE + UNSAFE + URLS), max_size=3), inventories(st.sampled_from(SAFE + UNSAFE + URLS)))
def test_every_article_is_shown_or_has_a_reason(links, items):
    """Each of the articles given is in one place, or among those that are not used, with a known code."""
    html = story(links)
    result = place(html, POLICY, related=items, url=BASE, now=NOW)
    shown = [item for placement in result.plan.placements for item in placement.items]
    unused = [each.item for each in result.plan.unused]
    assert sorted(map(repr, shown + unused)) == sorted(map(repr, items))
    assert {each.code for each in result.plan.unused} <= set(UNUSED)
    assert all(placement.items for placement in result.plan.placements)
    assert plan(read(html, POLICY), POLICY, related=items, url=BASE, now=NOW).unused == result.plan.unused


@given(strategies.texts, inventories(st.sampled_from(SAFE + UNSAFE + URLS)))
def test_placing_twice_changes_nothing(text, items):
    """Law 3 with teasers: the links of own slots are not links of the text."""
    once = place(text, POLICY, related=items, url=BASE, now=NOW).html
    assert place(once, POLICY, related=items, url=BASE, now=NOW).html == once


@given(st.lists(st.sampled_from(SAFE), max_size=3), inventories(st.sampled_from(SAFE)))
def test_sponsored_articles_are_labelled(links, items):
    """Each stands below a label of its own that says so, in the policy's language."""
    doors, _ = both_doors(story(links), items, url=BASE, now=NOW)
    for slots in doors:
        for link in (link for slot in slots for link in slot.css("a[rel=sponsored]")):
            label = link.prev if link.prev.tag == "div" else link.prev.prev  # white space of a template
            assert label.attributes["class"] == "adslot-label"
            assert label.text() == "Anzeige"


@given(strategies.articles, inventories(st.sampled_from(SAFE)))
def test_teasers_pass_the_check(text, items):
    """What was placed is legal, lists too."""
    html = place(text, POLICY, related=items, url=BASE, now=NOW).html
    assert [finding for finding in check(html, POLICY) if finding.severity == "error"] == []
