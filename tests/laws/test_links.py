"""Whatever related articles say, and however they are handed over: every address that is written into a page leads
to http or https, as a browser reads it. The page is read by lexbor, the address by ada, an implementation of the
WHATWG's URL standard; neither is used by adslot.
"""

from __future__ import annotations

import json
from html import escape

import lxml.html
import pytest
from ada_url import URL
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from adslot import (
    ArticleOptions,
    Image,
    Placement,
    Policy,
    Related,
    RelatedError,
    Rule,
    Slot,
    load_related,
    markup,
    place,
    place_tree,
)
from adslot.html.text import one_line
from adslot.related.urls import cleaned, comparable, is_safe, scheme_of, written
from tests.strategies import HOSTILE_URLS, hostile_urls

BASE = "https://example.org/a/b"
STORY = "<div><p>Ein Satz.</p><p>Noch ein Satz.</p></div>"
TEMPLATE = """{% for item in items %}
<a href="{{ item.url }}" rel="{{ item.rel }}" title="{{ item.title }}" data-id='{{ item.id }}'>{{ item.title }}</a>
<p title="{{ item.summary }}" data-tags='{{ item.tags|join(" ") }}' data-day="{{ item.day }}">{{ item.label }}</p>
{% if item.image %}<img src="{{ item.image.url }}" alt="{{ item.image.alt }}">{% endif %}
{{ item.link }}
{% endfor %}"""
SLOTS = (
    Slot("eins", kind="teaser"),
    Slot("liste", kind="teaser", items=2, tag="div"),
    Slot("eigen", kind="teaser", items=2, template=TEMPLATE, tag="section"),
)
RULES = [Rule(slot.name, slot=slot.name, at="end", stack=True) for slot in SLOTS]
POLICY = Policy(SLOTS, RULES, article=ArticleOptions(language="de"))
NAMES = {"class", "href", "rel", "src", "alt", "loading", "title", "data-id", "data-tags", "data-day", "data-adslot"}
NAMES |= {"data-adslot-rule", "id", "datetime"}
# What browsers read where a page says that it is in one of these.
READ_AS = {"ascii": "cp1252", "latin-1": "cp1252", "utf-8": "utf-8", "utf-16": "utf-16", "shift_jis": "cp932"}

texts = hostile_urls | st.text(max_size=8)


def scheme_by_standard(url, base=BASE):
    """What a browser would follow *url* by; None where it is no URL, and a click leads nowhere."""
    try:
        return URL(url, base).protocol
    except ValueError:
        return None


def addresses(html):
    """The attributes that browsers would follow or fetch, and the names of all, in the slots of a page."""
    page = LexborHTMLParser(html if isinstance(html, bytes) else html.encode("utf-8"))
    nodes = [node for slot in page.css("[data-adslot-rule]") for node in slot.css("*")]
    found = [node.attributes[name] or "" for node in nodes for name in ("href", "src") if name in node.attributes]
    return found, {name for node in nodes for name in node.attributes}


def assert_harmless(html):
    found, names = addresses(html)
    assert {scheme_by_standard(url) for url in found} <= {"http:", "https:", None}
    assert names <= NAMES
    return found


items = st.builds(
    Related,
    texts.map("T{}".format),
    hostile_urls,
    image=st.none() | hostile_urls | st.builds(Image, hostile_urls, alt=texts),
    tags=st.lists(texts, max_size=2),
    summary=texts,
    id=texts,
)


# ------------------------------------------------------------------------------------------------ laws


@given(hostile_urls)
def test_a_url_is_judged_as_it_is_written(url):
    """The standard reads http or https in what is written, and nothing is taken for safe that is not written."""
    assert scheme_by_standard(written(url)) in ("http:", "https:", None)
    assert written(url) == (cleaned(url) if is_safe(url) else "")
    assert is_safe(url) == (scheme_of(url) in (None, "http", "https"))
    assert cleaned(cleaned(url)) == cleaned(url)
    assert Related("T", url).has_safe_url == is_safe(url)


@given(hostile_urls)
def test_no_url_is_refused_that_leads_to_the_web(url):
    """Where the standard reads http or https in what was cleaned, the URL is safe."""
    if scheme_by_standard(cleaned(url)) in ("http:", "https:"):
        assert is_safe(url)
        assert written(url) == cleaned(url)


@given(st.lists(items, max_size=6))
@example([Related(f"T{number}", url, image=url) for number, url in enumerate(HOSTILE_URLS)])
@example([Related(f"T{number}", f"/{number}", image=url) for number, url in enumerate(HOSTILE_URLS)])
@example([Related(f"T{number}", Markup(url), tags=Markup("<i>"), id=Markup("<i>")) for number, url in enumerate("ab")])
def test_at_both_doors(related):
    """Python values, plain slots, lists and templates, a list of them and a callable."""
    assert_harmless(place(STORY, POLICY, related=related).html)
    assert_harmless(place(STORY, POLICY, related=lambda _section: related).html)
    tree = lxml.html.fragment_fromstring(STORY)
    place_tree(tree, POLICY, related=related)
    assert_harmless(lxml.html.tostring(tree, encoding="unicode"))


@given(st.lists(items, min_size=1, max_size=3), st.sampled_from(sorted(READ_AS)))
@example([Related("T", "/\xa5\u203e\xa0"), Related("T", "//\u65e5\u672c/\xe9")], "shift_jis")
def test_in_bytes(related, encoding):
    """The same in every encoding: what it lacks is written as references."""
    html = place(STORY.encode(encoding), POLICY, related=related, encoding=encoding).html
    assert_harmless(html.decode(READ_AS[encoding]))


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.name)
@given(related=items)
@example(related=Related("T", "java\x7fscript:a", image="\xa0javascript:a"))
def test_whoever_wrote_the_plan(slot, related):
    """Markup of placements that no planner made."""
    plan = place(STORY, POLICY, related=[Related("T", "/t")]).plan
    written_by_hand = Placement(slot.name, slot.name, "x", gap=1, offset=0, items=(related,))
    assert_harmless(markup(plan, written_by_hand))


@given(st.lists(st.tuples(hostile_urls, hostile_urls), min_size=1, max_size=3), st.sampled_from(["json", "jsonl"]))
@example([("java\x7fscript:a", "/a")], "json")
@example([("/a", "\u2028javascript:a"), ("/b", "\ud800javascript:a")], "jsonl")
def test_from_json(tmp_path_factory, urls, form):
    """A file with one that is unsafe is refused, and of others all can be shown but what is there twice."""
    data = [{"title": f"T{n}", "url": url, "image": image} for n, (url, image) in enumerate(urls)]
    file = tmp_path_factory.mktemp("related") / f"items.{form}"
    file.write_text(json.dumps(data) if form == "json" else "\n".join(map(json.dumps, data)), "utf-8")
    try:
        related = load_related(file)
    except RelatedError as error:
        assert all(problem.expected == "a URL, http, https or relative" for problem in error.problems)
        assert not all(written(url) for pair in urls for url in pair)
        return
    assert all(written(url) for pair in urls for url in pair)
    plan = place(STORY, POLICY, related=related).plan
    assert {each.code for each in plan.unused} <= {"self", "duplicate", "no-place"}
    assert_harmless(place(STORY, POLICY, related=related).html)


def rss(urls):
    entries = "".join(
        f"<item><title>T</title><link>{link}</link><guid>{link}</guid><description>{link}</description>"
        f'<enclosure url="{image}" type="image/png"/><enclosure url="{link}" type="image/png"/></item>'
        for link, image in urls
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{entries}</channel></rss>'


def atom(urls):
    entries = "".join(
        f'<entry><title type="html">{link}</title><id>{link}</id><link href="{link}"/>'
        f'<link rel="enclosure" type="image/png" href="{image}"/></entry>'
        for link, image in urls
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{entries}</feed>'


@settings(max_examples=60)
@given(
    st.lists(st.tuples(hostile_urls, hostile_urls), min_size=1, max_size=3),
    st.sampled_from([rss, atom]),
    st.sampled_from([escape, lambda url: "".join(f"&#{ord(c)};" for c in url), lambda url: escape(escape(url))]),
)
@example([("java\x7fscript:a", "java\x9fscript:a"), ("\xa0javascript:a", "javascript:a")], rss, escape)
@example([("java\x7fscript:a", "java\x9fscript:a"), ("\xa0javascript:a", "javascript:a")], atom, escape)
def test_from_feeds(tmp_path_factory, urls, write, spell):
    """RSS and Atom, however the URL is escaped there, and whatever the reader of feeds makes of it."""
    file = tmp_path_factory.mktemp("related") / "feed.xml"
    file.write_bytes(write([(spell(link), spell(image)) for link, image in urls]).encode("utf-8", "replace"))
    related = load_related(file)
    assert all(item.image is None or written(item.image.url) for item in related)
    assert_harmless(place(STORY, POLICY, related=related).html)


# ---------------------------------------------------------------------------------------------- examples


@pytest.mark.parametrize(
    "url",
    ["/a%00b%0a", "/a&#9;b&Tab;", "?q=%6a%61", "javascript%3aa", "/ä ö", "//a.example/\u200d", "/a\\b", "/\ufeff"],
)
def test_what_is_escaped_stays_so(url):
    """A URL without anything that no URL has is written as it is given, and read back so."""
    assert addresses(place(STORY, POLICY, related=[Related("T", url)]).html)[0][0] == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("java\x7fscript:a", ("scheme", "javascript")),
        ("\xa0\x85Java\ud800Script\x7f:a", ("scheme", "javascript")),
        ("blob:https://example.org/1", ("scheme", "blob")),
        ("\x7f\x00\x9f\u3000", ("blank", None)),
        ("https:a", None),
        ("http:/\\a", None),
        ("\\\\a.example", None),
        ("HTTPS://A.EXAMPLE", None),
    ],
)
def test_the_reason_is_told(url, reason):
    """What cannot be shown is among the unused ones, also because of its picture."""
    made = place(STORY, POLICY, related=[Related("T", url)]).plan
    assert [(each.code, each.against) for each in made.unused] == ([reason] if reason else [])
    if reason and reason[0] == "scheme":
        pictured = place(STORY, POLICY, related=[Related("T", "/a", image=url)]).plan
        assert [(each.code, each.against) for each in pictured.unused] == [reason]


@pytest.mark.parametrize("url", ["", " ", "\x7f", "\ud800"])
def test_a_picture_without_url_is_none(url):
    """Templates are not given it, and no `<img src="">` is written, which would fetch the page itself."""
    html = place(STORY, POLICY, related=[Related("T", "/a", image=url)]).html
    assert "<img" not in html
    assert 'href="/a"' in html


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https:/\\bahn.example/a", "//bahn.example/a"),
        ("http:bahn.example/a", "//bahn.example/a"),
        ("https:a", "a"),
        ("https:/a", "/a"),
        ("\\\\\\bahn.example", "https://bahn.example"),
        ("/////bahn.example", "https://bahn.example"),
    ],
)
def test_slashes_too_many_or_too_few(one, other):
    """They are read as browsers do: such an article is shown once."""
    assert URL(one, BASE).href.removeprefix("http:").removeprefix("https:") == (
        URL(other, BASE).href.removeprefix("https:")
    )
    assert comparable(one, BASE) == comparable(other, BASE)


def test_texts_are_in_one_line_in_templates():
    """Halves of characters and controls are in none of them: the page could not be encoded."""
    related = Related(
        "a\ud800b", "/a", tags="a\ud800\x00b", summary="a\x7fb", id="a\udfff\nb", image=Image("/i", alt="\x85")
    )
    html = place(STORY, POLICY, related=[related]).html
    assert html.encode("utf-8")
    assert one_line(html.replace("\n", "")) == html.replace("\n", "")
