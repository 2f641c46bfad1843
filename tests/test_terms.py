"""Terms and anchors are read and printed without loss, and faults are pointed at."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.errors import ExpressionError
from adslot.roles import GROUPS, KINDS, Role
from adslot.selectors import SelectorError
from adslot.terms import BLOCK_NAMES, NAMES, Anchor, Term, TermError, parse_anchor, parse_term

SELECTORS = ("figure.big", "nav.breadcrumb", "p:is(.a, .b)", 'a[title="x) y"]', "h2 > b, h3")
numbers = st.integers(-(10**9) + 1, 10**9 - 1).filter(bool)
terms = st.sampled_from(NAMES).map(Term) | st.sampled_from(SELECTORS).map(lambda css: Term(None, css))
wheres = st.sampled_from(["after", "before"])
anchors = st.one_of(
    st.sampled_from([Anchor("start"), Anchor("end"), Anchor("after", "lead")]),
    st.builds(Anchor, wheres, st.sampled_from(BLOCK_NAMES), st.none() | numbers),
    st.builds(lambda where, css: Anchor(where, "css", None, css), wheres, st.sampled_from(SELECTORS)),
)


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
        ("start", Anchor("start")),
        (" end ", Anchor("end")),
        ("after lead", Anchor("after", "lead")),
        ("after paragraph 3", Anchor("after", "paragraph", 3)),
        ("before   paragraph\t-1", Anchor("before", "paragraph", -1)),
        ("before heading 2", Anchor("before", "heading", 2)),
        ("before heading", Anchor("before", "heading")),
        ("after media", Anchor("after", "media")),
        ("before css(nav.breadcrumb)", Anchor("before", "css", None, "nav.breadcrumb")),
        ("after css( p , b )", Anchor("after", "css", None, "p , b")),
    ],
)
def test_anchors_are_read(text, expected):
    """An anchor is a point, or a side of a thing that may be counted from either end."""
    assert parse_anchor(text) == expected


@given(terms)
def test_a_printed_term_is_read_again(term):
    """parse_term(str(t)) == t."""
    assert parse_term(str(term)) == term


@given(anchors)
def test_a_printed_anchor_is_read_again(anchor):
    """parse_anchor(str(a)) == a."""
    assert parse_anchor(str(anchor)) == anchor


@given(terms | anchors)
def test_terms_and_anchors_are_values(value):
    """They hash, compare and pickle."""
    assert len({value, pickle.loads(pickle.dumps(value))}) == 1


@pytest.mark.parametrize(
    "text, column, found, hint",
    [
        ("", 0, "''", None),
        ("paragrph", 0, "'paragrph'", "paragraph"),
        ("  headngs", 2, "'headngs'", "headings"),
        ("css(p", 0, "'css(p'", None),
        ("paragraph 3", 0, "'paragraph 3'", "paragraph"),
        ("50%", 0, "'50%'", None),
    ],
)
def test_a_faulty_term_is_pointed_at(text, column, found, hint):
    """The error names the column and the nearest known name; slot(…) and rule(…) are not known."""
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
        ("after paragraph +3", 16, "'+3'", None),
        ("after paragraph 1.5", 16, "'1.5'", None),
        ("after paragraph ²", 16, "'²'", None),
        ("after paragraph " + "9" * 5000, 16, repr("9" * 5000), None),
        ("after paragraph 1 2", 18, "'2'", None),
        ("before lead", 0, "'before lead'", None),
        ("after lead 2", 11, "'2'", None),
        ("start 3", 6, "'3'", None),
        ("after css(p) 2", 6, "'css(p)'", None),
        ("after slot(anzeige)", 6, "'slot(anzeige)'", None),
    ],
)
def test_a_faulty_anchor_is_pointed_at(text, column, found, hint):
    """The error names the column and the nearest known name; per cents and sections are not known."""
    with pytest.raises(TermError) as caught:
        parse_anchor(text)
    error = caught.value
    assert (error.text, error.column, error.found, error.hint) == (text, column, found, hint)


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
@given(st.text() | st.text(alphabet="csafterbo()-123 pghlead>:[]\"'\\,"))
def test_any_text_is_read_or_refused(read, text):
    """No text raises anything but an error that says where."""
    try:
        value = read(text)
    except ExpressionError as error:
        assert 0 <= error.column <= len(text)
    else:
        assert read(str(value)) == value
