"""The certificate on small cases: expected places as bars in a file that a person can read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from adslot import ArticleOptions, Policy, read
from adslot.html.source import Source
from tests.oracles import dom

CASES = tomllib.loads((Path(__file__).parent / "certificate_cases.toml").read_text(encoding="utf-8"))
FLAT = [(f"{group}: {name}", html) for group, cases in CASES.items() for name, html in cases.items()]
PROBE = "<aside data-probe>x</aside>"


def certified(html, policy=None):
    """The offsets of the gaps between two blocks that are safe."""
    gaps = read(html, policy, mode="fragment").gaps
    return [gap.offset for gap in gaps if gap.above is not None and gap.below is not None and gap.unsafe is None]


def bars(marked):
    """The text without its bars, and where they were."""
    parts = marked.split("|")
    return "".join(parts), [sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)]


#: Placeholders are loose text unless they are declared, and loose text may have a slot beside it.
BESIDE_TEXT = {
    "placeholders: text of a template",
    "between: bogus conditional",
    "between: processing instruction",
    "between: cdata",
}


@pytest.mark.parametrize("name, marked", FLAT, ids=[name for name, _ in FLAT])
def test_slots_may_go_exactly_there(name, marked):
    """The certified gaps are the bars, and a second parser agrees with each."""
    html, expected = bars(marked)
    found = certified(html)
    if name not in BESIDE_TEXT:
        assert found == expected
    for offset in found:
        output = str(Source(html).splice([(offset, PROBE)]))
        assert dom.faults(html, output, [PROBE], fragment=True, mark="[data-probe]") == []


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_of_any_kind_give_the_same_gaps(newline):
    """CR, LF and CRLF count what they count in the text, and none is ever cut."""
    html = f"<ul><li>a</ul>{newline}{newline}<p>b</p>{newline}Text und mehr{newline}{newline}Text"
    gaps = read(html).gaps
    assert [gap.unsafe for gap in gaps[1:-1]] == [None] * 3
    for offset in (gap.slot_offset for gap in gaps[1:-1]):
        assert offset is not None
        assert html[offset - 1 : offset + 1] != "\r\n"


def test_comments_in_pairs_stay_with_their_block():
    """The gap is directly before the block, the slot is written before the comment that belongs to it."""
    html = "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->\n<!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->"
    gap = read(html).gaps[1]
    assert html[gap.offset :].startswith("<p>b</p>")
    assert html[gap.slot_offset :].lstrip().startswith("<!-- wp:paragraph --><p>b</p>")
    html = "<p>a</p><!--[if !IE]><!--><p>b</p><!--<![endif]--><p>c</p>"
    assert [html[gap.slot_offset :][:9] for gap in read(html).gaps[1:-1]] == ["<!--[if !", "<p>c</p>"]


@pytest.mark.parametrize(
    "syntax, html",
    [
        ("jinja", '<p>a</p>{{ x | d("<p>b</p><p>c</p>") }}<p>d</p>'),
        ("php", "<p>a</p><?php if (1 > 2) echo '<p>b</p><p>c</p>' ?><p>d</p>"),
        (r"\[\[.*?\]\]", "<p>a</p>[[ <p>b</p><p>c</p> ]]<p>d</p>"),
    ],
)
def test_placeholders_are_never_cut(syntax, html):
    """No certified gap lies inside a placeholder that was declared opaque."""
    policy = Policy(article=ArticleOptions(opaque=[syntax]))
    start, end = html.index("</p>") + 4, html.rindex("<p>")
    assert certified(html), "without the option there are gaps"
    assert not [offset for offset in certified(html, policy) if start < offset < end]


def test_a_placeholder_alone_is_one_block():
    """A shortcode between two paragraphs is a box without text."""
    policy = Policy(article=ArticleOptions(opaque="shortcode"))
    blocks = read("<p>a</p>[gallery ids=1,2]<p>b</p>", policy).blocks
    assert [(block.role, block.chars) for block in blocks] == [
        ("short-paragraph", 1),
        ("box", 0),
        ("short-paragraph", 1),
    ]


@pytest.mark.parametrize(
    "html", ["\ufeffText<p>a</p>", "\ufeff<!-- c -->Text<p>a</p>", "&nbsp;<strong>Text</strong><p>a</p>"]
)
def test_no_slot_in_a_line_that_a_mark_or_hard_space_begins(html):
    """A byte-order mark and `&nbsp;` show nothing, but text after them is in their line."""
    assert read(html, mode="fragment").gaps[0].unsafe is not None


@pytest.mark.parametrize(
    "below",
    [
        "<p>Tags: <b>Bahn, <a href=/x>Zug</a>",
        '<div class="newsletter"><p>Abo</div><ul class=related><li><a href=/x>x</a></ul>',
    ],
)
def test_the_last_gap_stands_above_what_is_not_the_story(below):
    """A paragraph without end tag ends where that begins, and nothing that it leaves open is around the slot."""
    text = "<p>Der Zug fährt um acht Uhr ab und kommt am Mittag in der Stadt an, sagt die Bahn."
    html = f"<article>{text}{text}{below}</article>"
    last = read(html).gaps[-1]
    assert last.slot_offset == html.index(below)
    output = str(Source(html).splice([(last.slot_offset, PROBE)]))
    assert dom.faults(html, output, [PROBE], fragment=True, mark="[data-probe]") == []
