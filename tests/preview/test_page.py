"""The page of a preview: whole, self-contained, and whatever an article says on it is text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import adslot
from adslot.preview import page as page_module
from adslot.preview.data import as_json
from adslot.preview.own_look import MOST_CHARS, framed
from adslot.preview.security import hashed
from tests import strategies
from tests.preview import stories
from tests.preview.stories import Previewed, page

POLICY = adslot.loads(stories.POLICY)


def parsed(*articles: Previewed) -> Any:  # what is looked for is there
    return LexborHTMLParser(page(*articles))


def gaps_of(tree):
    return [node.attributes["data-gap"] for node in tree.css("button[data-gap]")]


@given(strategies.texts)
def test_whatever_an_article_is(html):
    """Every gap is there once and in order, every block between its gaps; four scripts, of which one runs."""
    article = stories.previewed(html, POLICY, html[:40])
    tree = parsed(article)
    assert gaps_of(tree) == [str(gap.index) for gap in article[1].article.gaps]
    assert len(tree.css(".block")) == len(article[1].article.blocks)
    assert len(tree.css(".box")) == len(article[1].placements)
    scripts = tree.css("script")
    assert len(scripts) == 4
    assert [script.attributes.get("type") for script in scripts].count(None) == 1
    assert len(tree.css("style")) == 1
    assert not tree.css("img, iframe, form, link, base, object, embed, svg, video")
    assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on") or name == "style"]


@given(st.text(st.characters(codec="utf-8")))
def test_data_are_what_they_were(text):
    """And nothing in them ends a script element or a line."""
    written = as_json([text, {text: None}])
    assert json.loads(written) == [text, {text: None}]
    assert not set("<>&\u2028\u2029") & set(written)


def test_only_its_own_script_and_style_are_admitted():
    """By their hashes; nothing else is loaded, run, framed or sent anywhere."""
    html = f"<style>p {{ color: red }}</style><style>a {{ color: blue }}</style>{stories.LONG}"
    tree = parsed(stories.previewed(html, POLICY))
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    own_style, own_script = tree.css_first("style").text(), tree.css("script")[-1].text()
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == hashed(own_script)
    assert rules["img-src"] == "data:"
    admitted = rules["style-src"].split()
    assert admitted[0] == hashed(own_style) and set(admitted) >= {
        hashed("p { color: red }"),
        hashed("a { color: blue }"),
    }
    assert "unsafe" not in policy and "http" not in policy
    assert not re.search(r"(?:src|href|action)=\"(?!#)", page(stories.previewed(stories.LONG, POLICY)))


def test_what_is_not_the_story_has_its_reason():
    """Above and below it, with the sentence that explains it."""
    html = (
        "<!doctype html><article><div class=share-buttons><a href=/a>Teilen</a> <a href=/b>Merken</a></div>"
        f"{stories.LONG}<div class=author-box>Über die Autorin: sie schreibt über Häfen.</div></article>"
    )
    article = stories.previewed(html, POLICY)
    tree = parsed(article)
    reasons = [node.text(deep=True).partition(":")[0] for node in tree.css(".reason")]
    assert reasons == [each.reason for each in article[1].article.outside]
    assert len(reasons) == 2
    assert [node.text().strip() for node in tree.css("summary") if "the story" in node.text()] == [
        "1 block above the story, not counted",
        "1 block below the story, not counted",
    ]


def test_slots_of_the_page_itself_part_the_story():
    """The ruler counts from them, where they count."""
    html = f"<p>{'Wasser ' * 30}</p><div class=ad-slot>Anzeige</div><p>{'Wasser ' * 40}</p>"
    tree = parsed(stories.previewed(html, adslot.loads("[article]\nads = '.ad-slot'\n" + stories.POLICY)))
    assert [node.text(deep=True) for node in tree.css(".distances")] == ["209 chars1 paragraph", "279 chars1 paragraph"]
    assert "existing ad" in tree.css_first(".existing").text(deep=True)
    ignored = parsed(
        stories.previewed(html, adslot.loads("[article]\nads = '.ad-slot'\nexisting = 'ignore'\n" + stories.POLICY))
    )
    assert len(ignored.css(".existing")) == 1 and "488 chars" in ignored.css_first(".distances").text(deep=True)


def test_slots_at_the_ends():
    """One at the start stands above the first block, one at the end below the last."""
    policy = adslot.loads(
        "[slots.a]\nkind = 'ad'\nlabel = 'Anzeige'\n[[rules]]\nname = 'auf'\nslot = 'a'\nat = 'start'\n"
        "[[rules]]\nname = 'zu'\nslot = 'a'\nat = 'end'"
    )
    tree = parsed(stories.previewed(stories.SHORT, policy))
    order = [
        node.attributes.get("data-rule") or node.attributes.get("data-gap") or "block"
        for node in tree.css(".box, .block, [data-gap]")
    ]
    assert order == ["0", "auf", "block", "1", "block", "2", "zu"]


def test_related_articles_that_are_not_shown():
    """By why not, the first twenty of each."""
    policy = adslot.loads(stories.POLICY + "\n[slots.mehr]\nkind = 'teaser'\n[[rules]]\nname = 'mehr'\nslot = 'mehr'")
    related = [adslot.Related(f"Kräne {number}", f"/kran/{number}") for number in range(30)]
    result = adslot.place(stories.LONG, policy, related=related)
    unused = parsed(("a.html", result.plan, result.html)).css_first(".unused").text(deep=True)
    assert "no teaser is left to show it in" in unused and "and 9 more" in unused


def test_one_page_bears_so_many_articles(monkeypatch):
    """The others are in the totals, and the page says so."""
    monkeypatch.setattr(page_module, "MOST_ARTICLES", 2)
    every = [stories.previewed(stories.LONG, POLICY, f"{number}.html") for number in range(3)]
    tree = parsed(*every)
    assert len(tree.css(".report")) == 2
    assert tree.css_first("h1").text() == "3 articles, 6 slots"
    assert "the last 1 are in the totals only" in tree.css_first(".note").text()
    assert [node.text() for node in tree.css(".index a")] == ["0.html", "1.html"]
    monkeypatch.setattr(page_module, "MOST_CHARS", 10)
    assert len(parsed(*every).css(".report")) == 1


def test_no_article():
    """Is a page, too."""
    assert "No article could be read" in page()


@pytest.mark.parametrize("language", ['de"><script>', "", "x" * 50])
def test_a_language_that_is_none_is_left_out(language):
    """It would be an attribute of ours."""
    html = f"<!doctype html><html lang='{language}'><body><article>{stories.LONG}"
    assert not parsed(stories.previewed(html, POLICY)).css(".text[lang]")


def test_long_texts_are_cut():
    """With how much is left out."""
    tree = parsed(stories.previewed(f"<p>{'Wasser ' * 10_000}</p><p>Ende.</p>", POLICY))
    assert "and 49999 more characters" in tree.css_first(".left-out").text()


# ----------------------------------------------------------------------------------------- own look


def test_the_frame_has_a_policy_of_its_own():
    """Before everything that the page says, and links that browsers would connect to are none."""
    html = framed('<link rel="preconnect" href="https://example.org"><LINK rel=icon><p>Text</p>', POLICY)
    assert html is not None
    policy, tail = html.partition("<meta http-equiv")[2], html.partition("</style>")[2]
    assert policy.startswith('="Content-Security-Policy" content="default-src \'none\'')
    assert tail == '<data-link rel="preconnect" href="https://example.org"><data-link rel=icon><p>Text</p>'


def test_a_page_too_long_for_a_frame():
    """Is not shown in its own look, and that is said."""
    html = f"<p>{'Wasser ' * (MOST_CHARS // 7)}</p>"
    assert framed(html + "<p>Ende.</p>", POLICY) is None
    tree = parsed(stories.previewed(html + "<p>Ende.</p>", POLICY))
    assert "too long to be shown in its own look" in tree.css_first(".look-note").text()
    assert len(tree.css("script")) == 3


def test_bytes_are_shown_in_their_encoding():
    """As the article was read."""
    html = "<!doctype html><meta charset=windows-1252><article><p>Fähre und Größe.</p><p>Ende.</p></article>".encode(
        "cp1252"
    )
    result = adslot.place(html, POLICY)
    tree = parsed(("a.html", result.plan, result.html))
    assert "Fähre und Größe." in json.loads(tree.css_first("#a1-look").text())
    assert tree.css_first(".text").text() == "Fähre und Größe."


# ------------------------------------------------------------------------------------------- heights


def test_heights_of_layouts():
    """The widest layout is looked at first, and the others can be chosen."""
    tree = parsed(stories.previewed(stories.SHORT, adslot.loads(stories.BY_LAYOUT)))
    assert tree.css_first("html").attributes["data-layout"] == "desktop"
    assert [option.text() for option in tree.css("#layout option")] == ["desktop", "mobile"]
    assert '[data-layout="mobile"] .box[data-slot="anzeige"] { block-size: 120px; }' in tree.css_first("style").text()
    assert tree.css_first(".of span").text() == "mobile 120 px, desktop 250 px"
    assert not parsed(stories.previewed(stories.SHORT, POLICY)).css("#layout")


def test_slots_outside_of_the_story():
    """They stand above it, each with the place that its rule names, and count for no gap."""
    policy = adslot.loads(stories.POLICY.replace(".gibt-es-nicht", "nav"))
    html = f"<!doctype html><nav><a href=/>Start</a></nav><article>{stories.LONG}</article>"
    tree = parsed(stories.previewed(html, policy))
    assert tree.css_first(".where").text() == "Outside of the story: hero, before css(nav)"
    assert [box.attributes.get("data-at") for box in tree.css(".box")] == [None, "3", "5"]


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<ol><li>Eis &amp; Schnee</li>\n<li><b>Wind</b></li></ol>", ["Eis & Schnee", "Wind"]),
        ("<ul><li>Eis<li><li>Wind <i>aus Nord</i></ul>", ["Eis", "Wind aus Nord"]),
        ("<ul><li>Eis<ul><li>Schnee</ul></ul>", None),
        ("<dl><dt>Eis<dd>kalt</dl>", None),
    ],
)
@pytest.mark.parametrize("encoding", [None, "utf-8", "cp1252", "utf-16"])
def test_items_of_lists_stand_below_one_another(html, items, encoding):
    """Where they are the text of the list; else, and for lists of other kinds, it is one text as all others."""
    text = f"<p>Ä {'Wort ' * 20}</p>{html}<p>{'Wort ' * 20}</p>"
    as_text = stories.previewed(text, POLICY)
    tree = parsed(as_text if encoding is None else stories.previewed(text.encode(encoding), POLICY))
    found = [node.text() for node in tree.css(".block.list ul.text > li")]
    assert found == (items or [])
    assert len(tree.css(".block.list p.text")) == (items is None)
