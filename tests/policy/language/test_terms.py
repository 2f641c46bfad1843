"""Terms and anchors are read and printed without loss, and faults are pointed at."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.errors import ExpressionError
from adslot.policy.language.anchors import Anchor, parse_anchor
from adslot.policy.language.selectors import SelectorError
from adslot.policy.language.terms import Term, parse_term
from adslot.policy.language.words import TermError
from adslot.roles import GROUPS, KINDS, Role
from tests.strategies import SELECTORS, every_anchor, every_term


@pytest.mark.parametrize("name", [*map(str, Role), *GROUPS, *KINDS, "start", "end", "lead"])
def test_every_name_is_a_term(name):
    """Roles, groups, kinds and the article's points are terms."""
    assert parse_term(f" {name} ") == Term(name)


@pytest.mark.parametrize("css", SELECTORS)
def test_a_selector_is_a_term(css):
    """css(…) takes any selector, brackets and commas in it included."""
    assert parse_term(f"css( {css} )") == Term(None, css)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("slot(anzeige)", Term(slot="anzeige")),
        (" slot( mehr.zum-thema )", Term(slot="mehr.zum-thema")),
        ("rule(größe_2)", Term(rule="größe_2")),
    ],
)
def test_slots_and_rules_are_terms(text, expected):
    """slot(…) and rule(…) take a name; whether the policy has it is seen when the policy is made."""
    assert parse_term(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("start", Anchor("start")),
        ("0%", Anchor("at", percent=0)),
        (" 50 % ", Anchor("at", percent=50)),
        ("100%", Anchor("at", percent=100)),
        ("after section", Anchor("after", "section")),
        ("before section 2", Anchor("before", "section", 2)),
        ("after section -1", Anchor("after", "section", -1)),
        ("after paragraph 1 in section 2", Anchor("after", "paragraph", 1, section=2)),
        ("before  headings  in  section -1", Anchor("before", "headings", section=-1)),
        (" end ", Anchor("end")),
        ("after lead", Anchor("after", "lead")),
        ("after paragraph 3", Anchor("after", "paragraph", 3)),
        ("before   paragraph\t-1", Anchor("before", "paragraph", -1)),
        ("before heading 2", Anchor("before", "heading", 2)),
        ("before heading", Anchor("before", "heading")),
        ("after media", Anchor("after", "media")),
        ("before css(nav.breadcrumb)", Anchor("before", "css", None, "nav.breadcrumb")),
        ("before css( .entry )  2 ", Anchor("before", "css", 2, ".entry")),
        ("after css(a:is(b, c)) -1", Anchor("after", "css", -1, "a:is(b, c)")),
        ("after css( p , b )", Anchor("after", "css", None, "p , b")),
        ("33 % of paragraphs", Anchor("at", percent=33, unit="paragraphs")),
        ("50% of chars", Anchor("at", percent=50)),
        ("after every 3 paragraphs", Anchor("after", "paragraph", every=3)),
        ("before  every 1 heading", Anchor("before", "heading", every=1)),
        ("after every 4 figures from 2", Anchor("after", "figure", 2, every=4)),
        ("after every 2 boxes in section -1", Anchor("after", "box", section=-1, every=2)),
        ("after every 2 text from 9 in section 1", Anchor("after", "text", 9, section=1, every=2)),
        ("after every 2 sections", Anchor("after", "section", every=2)),
        ("before every 5 css(.entry) from 3", Anchor("before", "css", 3, ".entry", every=5)),
    ],
)
def test_anchors_are_read(text, expected):
    """An anchor is a point, or a side of a thing that may be counted from either end."""
    assert parse_anchor(text) == expected


@given(every_term)
def test_a_printed_term_is_read_again(term):
    """parse_term(str(t)) == t."""
    assert parse_term(str(term)) == term


@given(every_anchor)
def test_a_printed_anchor_is_read_again(anchor):
    """parse_anchor(str(a)) == a."""
    assert parse_anchor(str(anchor)) == anchor


@given(every_term | every_anchor)
def test_terms_and_anchors_are_values(value):
    """They hash, compare and pickle."""
    assert len({value, pickle.loads(pickle.dumps(value))}) == 1


@pytest.mark.parametrize(
    "text, column, found, hint",
    [
        ("", 0, "''", None),
        ("paragrph", 0, "'paragrph'", "paragraph"),
        ("  headngs", 2, "'headngs'", "headings"),
        ("css(p", 5, "the end", None),
        (" css(p) 2 ", 8, "'2'", None),
        ("paragraph 3", 0, "'paragraph 3'", "paragraph"),
        ("50%", 0, "'50%'", None),
        (" slot()", 6, "''", None),
        ("slot( a b )", 6, "'a b'", None),
        ("rule(-a)", 5, "'-a'", None),
        ("rule(a ", 6, "the end", None),
        ("slto(a)", 0, "'slto(a)'", "slot"),
        ("not()", 4, "''", None),
        ("not( lst )", 5, "'lst'", "list"),
        ("not(list, css(p)", 15, "the end", None),
        ("not(list, start)", 10, "'start'", None),
        ("not(slot(a))", 4, "'slot(a)'", None),
        ("not(not(list))", 4, "'not(list)'", None),
        ("not(list,)", 9, "''", None),
        ("section", 0, "'section'", None),
    ],
)
def test_a_faulty_term_is_pointed_at(text, column, found, hint):
    """The error names the column and the nearest known name."""
    with pytest.raises(TermError) as caught:
        parse_term(text)
    error = caught.value
    assert (error.text, error.column, error.found, error.hint) == (text, column, found, hint)


@pytest.mark.parametrize(
    "text, column, found, hint",
    [
        ("", 0, "''", None),
        ("aftr lead", 0, "'aftr'", "after"),
        ("after", 5, "the end", None),
        ("after paragraf 2", 6, "'paragraf'", "paragraph"),
        ("after  haeding 2", 7, "'haeding'", "heading"),
        ("after paragraph 0", 16, "'0'", None),
        ("every 3 paragraphs", 0, "'every'", "after every …"),
        ("before 3 paragraphs", 7, "'3'", "before every 3 …"),
        ("after every", 11, "the end", None),
        ("after every paragraphs", 12, "'paragraphs'", None),
        ("after every -2 paragraphs", 12, "'-2'", None),
        ("after every 2", 13, "the end", None),
        ("after every 2 paragrafs", 14, "'paragrafs'", "paragraphs"),
        ("after every 2 lead", 14, "'lead'", None),
        ("after every 2 lists from", 24, "the end", None),
        ("after every 2 lists from -1", 25, "'-1'", None),
        ("after every 2 css(p) 3", 21, "'3'", None),
        ("33% of paragrafs", 7, "'paragrafs'", "paragraphs"),
        ("33% of screens", 7, "'screens'", None),
        ("after paragraph +3", 16, "'+3'", None),
        ("after paragraph 1.5", 16, "'1.5'", None),
        ("after paragraph ²", 16, "'²'", None),
        ("after paragraph " + "9" * 5000, 16, repr("9" * 5000), None),
        ("after paragraph 1 2", 18, "'2'", None),
        ("before lead", 0, "'before lead'", None),
        ("after lead 2", 11, "'2'", None),
        ("start 3", 6, "'3'", None),
        ("after css(p) 0", 13, "'0'", None),
        ("after css(p) 2 3", 15, "'3'", None),
        ("after css(p) x", 13, "'x'", None),
        ("after css(p", 11, "the end", None),
        ("after slot(anzeige)", 6, "'slot(anzeige)'", None),
        (" 101%", 1, "'101%'", None),
        ("5.5%", 0, "'5.5%'", None),
        ("50", 0, "'50'", None),
        ("50% 2", 0, "'50% 2'", None),
        ("9" * 5000 + "%", 0, repr("9" * 5000 + "%"), None),
        ("-5%", 0, "'-5%'", None),
        ("after section 0", 14, "'0'", None),
        ("after section two", 14, "'two'", None),
        ("after section 1 in section 2", 16, "'in section 2'", None),
        ("after paragraph 1 in", 20, "the end", None),
        ("after paragraph 1 in sektion 2", 21, "'sektion'", "section"),
        ("after paragraph 1 in section", 28, "the end", None),
        ("after paragraph in section x", 27, "'x'", None),
        ("after paragraph 1 of section 2", 18, "'of section 2'", None),
        ("after paragraph 1 in section 2 3", 31, "'3'", None),
        ("after lead in section 1", 11, "'in section 1'", None),
        ("after css(p) in section 1", 13, "'in section 1'", None),
        ("after sections", 6, "'sections'", "section"),
    ],
)
def test_a_faulty_anchor_is_pointed_at(text, column, found, hint):
    """The error names the column and the nearest known name."""
    with pytest.raises(TermError) as caught:
        parse_anchor(text)
    error = caught.value
    assert (error.text, error.column, error.found, error.hint) == (text, column, found, hint)


@pytest.mark.parametrize("text", ["after every 3rd paragraph", "after every -2 lists", "after every 2 lists from x"])
def test_what_every_counts_begins_at_one(text):
    """There is no counting back."""
    with pytest.raises(TermError) as caught:
        parse_anchor(text)
    assert caught.value.expected == "a number from 1"


@pytest.mark.parametrize(
    "name, hint",
    [
        ("p", "paragraph"),
        ("h2", "heading"),
        ("H3", "heading"),
        *((name, "figure") for name in ("img", "image", "picture", "photo")),
        *((name, "list") for name in ("ul", "ol", "li")),
        *((name, "table") for name in ("tr", "td", "tbody")),
        ("blockquote", "quote"),
        ("iframe", "embed"),
        ("pre", "code"),
        ("hr", "separator"),
        ("aside", "box"),
        ("div", "css(div)"),
        ("span", "css(span)"),
        ("figcaption", "css(figcaption)"),
        (".intro", "css(.intro)"),
        ("#top", "css(#top)"),
        ("p.intro", "css(p.intro)"),
        ("figur", "figure"),
        ("xyzzy", None),
    ],
)
@pytest.mark.parametrize("read, before", [(parse_term, ""), (parse_anchor, "after ")])
def test_names_of_elements_lead_to_roles(read, before, name, hint):
    """Who writes HTML's word for a thing is told the role, or how to write a selector."""
    with pytest.raises(TermError) as caught:
        read(before + name)
    assert caught.value.hint == hint
    if hint is not None:
        read(before + hint)


@pytest.mark.parametrize(
    "read, text, column",
    [
        (parse_term, "css(p:hover)", 5),
        (parse_term, " css(  p:hover)", 8),
        (parse_term, "css()", 4),
        (parse_term, "css(s >)", 7),
        (parse_anchor, "after css(p:hover)", 11),
        (parse_anchor, " before  css( c >)", 17),
    ],
)
def test_a_fault_in_a_selector_is_pointed_at_in_the_whole_text(read, text, column):
    """The caret stands below the fault as it was written, white space and css( included."""
    with pytest.raises(SelectorError) as caught:
        read(text)
    assert (caught.value.text, caught.value.column) == (text, column)


@pytest.mark.parametrize("read", [parse_term, parse_anchor])
@given(st.text() | st.text(alphabet="csafterboin()-123 pghlead>:[]\"'\\,%ut"))
def test_any_text_is_read_or_refused(read, text):
    """No text raises anything but an error that says where."""
    try:
        value = read(text)
    except ExpressionError as error:
        assert 0 <= error.column <= len(text)
    else:
        assert read(str(value)) == value
