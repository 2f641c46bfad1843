"""What of a page is not read is said, not passed over."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import Policy, from_mapping, place, read, read_tree
from adslot.report.outline import outline

PUMP = "<p>Am Ufer stehen Pumpen, und der Fluss steigt weiter.</p>"


@pytest.mark.parametrize("tag", ["<title/>", "<script src=x />", "<style />", "<textarea/>", "<title>"])
def test_an_element_that_swallows_the_page(tag):
    """XHTML's `/>` ends nothing in HTML: all that follows is text of the element."""
    html = f"<!DOCTYPE html><html><head>{tag}</head><body>{PUMP * 3}</body></html>"
    assert any(f"<{tag.strip('</>').split()[0]}>" in warning for warning in read(html).warnings)
    assert place(html, Policy()).plan.warnings[-1] == read(html).warnings[0]


def test_a_title_swallows_up_to_the_next_end():
    """Also where something is left of the page."""
    html = f"<!DOCTYPE html><html><head><title/></head><body>{PUMP}<svg><title>x</title></svg>{PUMP}</body></html>"
    assert len(read(html).blocks) == 1
    assert "<title>" in read(html).warnings[0]


def test_declared_shadow_roots():
    """Their text is not read, which is said where they are in the story, or hold it; a button in one is no loss."""
    root = "<template shadowrootmode=open><style>p,b,i,u,ul,ol,li,h2,h3,h4,h5,h6,dl,dd,dt{{}}</style>{}</template>"
    assert "shadow root" in read(f"<x-y>{root.format(PUMP)}</x-y>").warnings[0]
    assert "shadow root" in read(f"{PUMP}<x-y>{root.format(PUMP)}</x-y>{PUMP}").warnings[0]
    assert read(f"{PUMP}<x-y>{root.format('<button>Teilen</button>')}</x-y>{PUMP}").warnings == ()
    assert read(f"{PUMP}<template>{PUMP}</template>{PUMP}").warnings == ()
    page = f"<!DOCTYPE html><nav><x-y>{root.format(PUMP)}</x-y></nav><article>{PUMP * 9}</article>"
    assert read(page).warnings == ()
    tree = lxml.html.fragment_fromstring(f"<div><x-y>{root.format(PUMP)}</x-y></div>")
    assert "shadow root" in read_tree(tree).warnings[0]


def test_a_story_that_takes_no_slot():
    """An element around all of it that allows none inside is told, once, and whatever else was planned."""
    said = "no slot can stand between any two blocks of the story (3 gaps): browsers or readers allow no slot inside"
    html = f"<button>{PUMP * 4}</button>"
    policy = from_mapping(
        {"slots": {"ad": {"kind": "ad", "label": "Anzeige"}}, "rules": [{"name": "r", "slot": "ad", "at": "end"}]}
    )
    assert [warning for warning in read(html).warnings if warning.startswith(said)] == list(read(html).warnings)
    assert read(html).warnings[0] in place(html, policy).plan.warnings
    assert read(f"<button>{PUMP}</button>{PUMP * 3}").warnings == ()
    assert read(f"<article><block>{PUMP * 4}</block></article>").warnings == ()


def test_most_pages_are_read_without_a_word():
    """A title with a sign in it is a title."""
    assert read(f"<!DOCTYPE html><title>a < b</title><article>{PUMP * 9}</article>").warnings == ()


def test_the_outline_says_it():
    """`adslot sections` is where an article is looked at."""
    article = read("<!DOCTYPE html><html><head><title/></head><body><p>x</p></body></html>")
    assert "\nwarning: what follows <title>" in outline(article)
