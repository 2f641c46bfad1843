"""What the markup keeps from a reader, at both doors: no block, no text, and the gap between its neighbours stays."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import read, read_tree

P = "<p>Der Fluss ist über Nacht um einen Meter gestiegen, und die Fähre bleibt am Ufer.</p>"
TEXT = "Das steht nicht in der Zeitung, und niemand liest es hier."
MARKS = [
    "hidden",
    'hidden="until-found"',
    'hidden="hidden"',
    'style="display: none"',
    'style="color: red; DISPLAY:NONE !important"',
    'style="visibility:hidden"',
    'style="top: 0; visibility : collapse"',
    "popover",
    'popover="manual"',
    'layout="nodisplay"',
    'role="dialog"',
    'role="alertdialog"',
    'aria-modal="true"',
    'class="sr-only"',
    'class="x visually-hidden"',
    'class="u-visually-hidden"',
    'class="visuallyhidden"',
    'class="hidden-visually"',
    'class="screen-reader-text"',
    'class="screen-reader-only"',
    'class="c-teaser__sr-only"',
    'class="a11y-hidden"',
]
SEEN = [
    'class="overflow-hidden"',
    'class="reader"',
    'class="sr-only-parent"',
    'class="sr-only md:not-sr-only"',
    'class="hidden md:block"',
    'style="overflow: visible"',
    'style="backface-visibility: hidden"',
    'role="region"',
    'aria-modal="false"',
    'layout="responsive"',
]


def _texts(html):
    """The texts of the blocks, the same at both doors."""
    at_text = read(html, mode="fragment").blocks
    in_tree = read_tree(lxml.html.fragment_fromstring(html, create_parent="div")).blocks
    assert [(block.text, block.chars) for block in in_tree] == [(block.text, block.chars) for block in at_text]
    return [block.text for block in at_text]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("html", ["<div {}><p>{}</p></div>", "<p {}>{}</p>", "<h2 {}>{}</h2>", "<span {}>{}</span>"])
def test_an_unseen_element_is_no_block(html, mark):
    article = read(P + html.format(mark, TEXT) + P)
    assert _texts(P + html.format(mark, TEXT) + P) == [block.text for block in read(P + P).blocks]
    assert [gap.unsafe for gap in article.gaps] == [None, None, None]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "html", ["<p>Die Brücke <b>ist{}</b> offen.</p>", "<ul><li>Die Brücke</li> <li>ist{} offen.</li></ul>"]
)
def test_unseen_text_inside_a_block_does_not_count(html, mark):
    assert _texts(P + html.format(f"<span {mark}> {TEXT}</span>"))[1] == "Die Brücke ist offen."


@pytest.mark.parametrize("mark", SEEN)
def test_what_is_seen_is_a_block(mark):
    """Whatever else is written alike: words of layout, what only some screens hide, and other styles."""
    assert TEXT in _texts(f"{P}<div {mark}><p>{TEXT}</p></div>{P}")


def test_a_dialog_is_seen_where_it_is_open():
    assert TEXT in _texts(f"{P}<dialog open><p>{TEXT}</p></dialog>{P}")
    assert TEXT not in _texts(f"{P}<dialog><p>{TEXT}</p></dialog>{P}")


@pytest.mark.parametrize("tag", ["video", "audio", "object", "canvas"])
def test_what_stands_in_for_media_does_not_count(tag):
    """No browser shows it, alone or in a paragraph."""
    html = f"<p>Die Brücke ist offen. <{tag} src='a'>{TEXT}</{tag}></p>"
    assert _texts(P + html)[1] == "Die Brücke ist offen."
    assert TEXT not in " ".join(_texts(f"{P}<{tag} src='a'><p>{TEXT}</p></{tag}>{P}"))


def test_deeply_nested_text_is_as_unseen():
    """Far down the walk asks another kind of tree."""
    inner = f"{P}<p>Offen<i class='sr-only'>{TEXT}</i></p><div hidden><p>{TEXT}</p></div>"
    assert _texts("<div>" * 40 + inner + "</div>" * 40)[1:] == ["Offen"]


def test_attributes_of_the_page_hide_nothing():
    """A stray tag gives them to `html` and `body`, and style sheets hide a page while it loads."""
    assert len(read(f'<html hidden><body style="visibility: hidden">{P * 5}').blocks) == 5
