"""Selectors are checked when a policy is read: faults are pointed at, and so is what can never match."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from adslot.selectors import SelectorError, to_xpath


@pytest.mark.parametrize(
    "css, expected",
    [
        ("p", ["p1", "p2"]),
        ("p.big, b", ["b", "p2"]),
        ("div > p:first-child", ["p1"]),
        ("[title='[0]']", ["b"]),
        ("[title='[0]'], [title='and (0)']", ["b"]),
        ("p:not(.big)", ["p1"]),
        ("p:is(.big, .small)", ["p2"]),
    ],
)
def test_the_xpath_finds_what_the_selector_means(css, expected):
    """Groups, combinators and attribute values that look like conditions select what CSS says."""
    page = html.fromstring("<div><p id=p1>a<b id=b title='[0]'>b</b></p><p id=p2 class=big>c</p></div>")
    assert [element.get("id") for element in page.xpath(to_xpath(css))] == expected


@pytest.mark.parametrize(
    "css, column",
    [("", 0), ("p >", 3), ("a[", 2), ("p, ,b", 3), (":nth-child(x)", 11), ("p:unknown", 0)],
)
def test_a_faulty_selector_is_pointed_at(css, column):
    """The column that cssselect knows is in the error; without one it is the first."""
    with pytest.raises(SelectorError) as caught:
        to_xpath(css)
    assert (caught.value.text, caught.value.column) == (css, column)


@pytest.mark.parametrize(
    "css, column, found",
    [
        ("p:hover", 1, ":hover"),
        ("p:HOVER", 1, ":hover"),
        ("p::before", 1, "::before"),
        ("p:first-line", 1, "::first-line"),
        ("p::x(1)", 1, "::x"),
        ("a[href='x::before']::before", 19, "::before"),
        ("p:first-child, a:visited", 16, ":visited"),
        ("a:active > b", 1, ":active"),
        ("b > a:focus", 5, ":focus"),
        ("b a.x:target", 5, ":target"),
        ("p:is(:hover, b:focus)", 5, ":hover"),
        ("p:where(:hover)", 8, ":hover"),
        ("p:has(a:hover)", 7, ":hover"),
        ("p:not(*)", 1, ":not(*)"),
    ],
)
def test_a_selector_that_can_never_match_is_refused(css, column, found):
    """States of a browser and pseudo-elements are pointed at, in any alternative of a group."""
    with pytest.raises(SelectorError) as caught:
        to_xpath(css)
    assert caught.value.column == column
    assert found in caught.value.found


@pytest.mark.parametrize(
    "css", ["p:not(:hover)", "p:not(.x:hover)", ":is(p, a.x:hover)", "p:not(:has(a:hover))", "p:link", r"p\:hover"]
)
def test_a_selector_that_can_match_is_taken(css):
    """A state in one alternative of several, or inside :not(), keeps nothing from matching."""
    assert to_xpath(css)


def test_a_selector_of_absurd_depth_is_refused():
    """Thousands of classes are an error of the policy, not of the interpreter."""
    with pytest.raises(SelectorError, match="nested too deep"):
        to_xpath("p" + ".a" * 5000)


@given(st.text() | st.text(alphabet="pab.#:[]()='\"\\*>+~, |-0123nothaisre"))
@example(":is(")
@example("\\")
@example("p|*")
def test_any_text_is_a_selector_or_a_selector_error(css):
    """No text raises anything else."""
    try:
        assert to_xpath(css)
    except SelectorError as error:
        assert 0 <= error.column <= len(css)
