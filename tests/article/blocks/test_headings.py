"""Headings wherever they stand, and what stands around one."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import Policy, read, read_tree
from adslot.policy.declarations import ArticleOptions
from tests.doors import LONG, barred

PLAIN = ["paragraph", "heading", "paragraph"]


def roles(html):
    """The roles of all blocks, alike at both doors."""
    wrapped = f"<div>{html}</div>"
    article, tree = read(wrapped), read_tree(lxml.html.fragment_fromstring(wrapped), Policy((), ()))
    found = [[(block.role, block.tag, block.level, block.text) for block in one.blocks] for one in (article, tree)]
    assert found[0] == found[1]
    return [str(role) for role, *_ in found[0]]


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Anreise</h2>",
        "<header><h2>Anreise</h2></header>",
        '<header class="frame-header"><h2>Anreise</h2><p>Mit der Bahn und zu Fuß</p></header>',
        "<hgroup><h2>Anreise</h2><p>Mit der Bahn</p></hgroup>",
        "<hgroup><p>Service</p><h2>Anreise</h2></hgroup>",
        "<header><div><h2>Anreise</h2></div><div>12. Mai</div></header>",
        "<header>12. Mai <h2>Anreise</h2></header>",
        '<div class="kopf"><h2>Anreise</h2><span>[<a href="/e">Bearbeiten</a> | <a href="/q">Quelltext</a>]</span></div>',
        '<div><h2>Anreise</h2><a href="#anreise"><svg></svg></a></div>',
        "<div><h2>Anreise</h2><div><button>Teilen</button></div></div>",
        '<div><img src="/icons/bahn.svg"><h2>Anreise</h2></div>',
        '<div><img src="/bahn.png" width="24"><h2>Anreise</h2> – </div>',
        '<section><div><h2>Anreise</h2></div><!-- nichts --><a href="#x">#</a></section>',
        '<a href="#anreise"><h2>Anreise</h2></a>',
        '<div><a href="#anreise"><h2>Anreise</h2></a><a href="/e">Bearbeiten</a></div>',
        '<div role="heading" aria-level="2">Anreise</div>',
        '<p role="heading">Anreise</p>',
    ],
)
def test_a_heading_and_what_stands_around_it_is_one_block(heading):
    """It opens a section, and the guard closes the gap down to the text."""
    assert roles(LONG + heading + LONG) == PLAIN
    sections = read(LONG + heading + LONG).sections
    assert [section.level for section in sections] == [0, 2]
    assert sections[1].heading is not None
    assert sections[1].heading.text == "Anreise"
    assert barred("after_heading", LONG + heading + LONG) == [2]


def test_a_selector_finds_the_heading_in_its_shell():
    """The block is the heading itself, so that anchors lead to it and beside what stands around it."""
    html = f"{LONG}<header><h3>Anreise</h3><p>Mit der Bahn</p></header>{LONG}"
    article = read(html)
    assert (article.blocks[1].tag, article.blocks[1].level) == ("h3", 3)
    assert article.matching("h3") == article.matching("header") == (1,)
    assert article.gaps[1].offset == html.index("<header>")
    assert article.gaps[2].offset == html.index("</header>") + len("</header>")


@pytest.mark.parametrize(
    "html",
    [
        f"<div><h2>Anreise</h2>{LONG}</div>",
        "<div><h2>Anreise</h2><p>Mit der Bahn.</p></div>",
        "<div><h2>Anreise</h2>Mit der Bahn.</div>",
        "<div><h2>Anreise</h2><div>Mit der Bahn.</div></div>",
        "<section><h2>Anreise</h2><p>Mit der Bahn.</p></section>",
    ],
)
def test_a_section_is_no_shell(html):
    """What stands below a heading in one element with it is text."""
    assert roles(html)[0] == "heading"
    assert roles(html)[1].endswith("paragraph")


@pytest.mark.parametrize(
    "header",
    [
        "<header><h2>Anreise</h2><figure><img src=a></figure></header>",
        "<header><h2>Anreise</h2><ul><li>Bahn</li></ul></header>",
        "<header><h2>Anreise</h2><div><table><tr><td>Bahn</td></tr></table></div></header>",
        "<header><h2>Anreise</h2><div><figure><img src=a></figure></div></header>",
        f"<header><h2>Anreise</h2>{LONG * 6}</header>",
        "<header><div><h2>Anreise</h2><iframe src=a></iframe></div></header>",
        "<header><p>Anreise</p></header>",
    ],
)
def test_a_header_with_more_in_it_is_a_box(header):
    """Pictures, lists, long text: these are no part of a heading."""
    assert roles(LONG + header + LONG) == ["paragraph", "box", "paragraph"]


@pytest.mark.parametrize(
    "html",
    [
        "<a href=/x><img src=a><h3>Anderswo</h3></a>",
        "<div><h2>Anreise</h2><img src=a></div>",
        "<div><h2>Eins</h2><h3>Zwei</h3><a href=/x>Mehr</a></div>",
        f"<div><h2>Eins</h2><a href=/x>{'Mehr davon ' * 9}</a></div>",
        f"<div role=heading>{LONG * 6}</div>",
    ],
)
def test_no_shells(html):
    """A card with a picture, two headings, more than an edit link, a role that cannot be true."""
    assert roles(LONG + html + LONG) != PLAIN


def test_a_level_that_is_none_is_the_second():
    """As assistive technology takes it; a level below the sixth counts as the sixth."""
    levels = [
        read(f'<div role="heading" aria-level="{said}">Weg</div>{LONG}').blocks[0].level for said in ("4", "9", "x", "")
    ]
    assert levels == [4, 6, 2, 2]


def test_a_policy_says_what_else_is_a_heading():
    """With the level of a heading in it, or its own; without any it is a pseudo-heading."""
    html = (
        '<p class="weg">Anreise</p><div class="weg"><figure><img src=a></figure><h3>Am Ziel</h3></div>'
        '<p class="weg" aria-level="4">Abreise</p><h2 class="weg">Was bleibt</h2><p>Nichts.</p>'
    )
    policy = Policy((), (), article=ArticleOptions(headings=".weg"))
    found = [(str(block.role), block.level, block.text) for block in read(html, policy).blocks]
    assert found == [
        ("pseudo-heading", 7, "Anreise"),
        ("heading", 3, "Am Ziel"),
        ("heading", 4, "Abreise"),
        ("heading", 2, "Was bleibt"),
        ("short-paragraph", 0, "Nichts."),
    ]
