"""Selectors are checked when a policy is read: faults are pointed at, and so is what can never match."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adslot.policy.language.selectors import SelectorError, parsed


@pytest.mark.parametrize(
    "css, column",
    [("", 0), ("p >", 3), ("a[", 2), ("p, ,b", 3), (":nth-child(x)", 11), ("p:unknown", 1)],
)
def test_a_faulty_selector_is_pointed_at(css, column):
    """The column that cssselect knows is in the error; without one it is the first."""
    with pytest.raises(SelectorError) as caught:
        parsed(css)
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
        parsed(css)
    assert caught.value.column == column
    assert found in caught.value.found


@pytest.mark.parametrize(
    "css", ["p:not(:hover)", "p:not(.x:hover)", ":is(p, a.x:hover)", "p:not(:has(a:hover))", "p:link", r"p\:hover"]
)
def test_a_selector_that_can_match_is_taken(css):
    """A state in one alternative of several, or inside :not(), keeps nothing from matching."""
    assert parsed(css)


@pytest.mark.parametrize(
    "css, column, expected",
    [
        ("svg|a", 0, "without prefixes"),
        ("p, b > svg|*", 7, "without prefixes"),
        ("a[xlink|href]", 2, "without prefixes"),
        (":lang('')", 0, "a language"),
        ("b:not(:lang(''))", 6, "a language"),
        ("p:has(a, :scope b)", 9, "pseudo-class"),
        ("p:first_child", 1, "pseudo-class"),
        (r"\1 x", 0, "without control characters"),
        (r"[a\{b]", 3, "without control characters"),
        ("p" + ":is(b" * 9 + ")" * 9, 4, "at most 8 brackets"),
        ("p" + ":has(b" * 9 + ")" * 9, 5, "at most 8 brackets"),
        (".a" * 101, 0, "at most 100 parts"),
        ("a > " * 101 + "a", 2, "at most 100 parts"),
    ],
)
def test_a_selector_that_no_page_can_be_asked_is_refused(css, column, expected):
    """What would fail on a page, or take its time on one, fails when a policy is read."""
    with pytest.raises(SelectorError) as caught:
        parsed(css)
    assert caught.value.column == column
    assert expected in caught.value.expected


@pytest.mark.parametrize("css", ["p" + ".a" * 5000, "a > " * 5000 + "a", "p" + ":is(b" * 5000, ":not(:has(" * 3000])
def test_a_selector_of_absurd_size_is_refused(css):
    """Thousands of parts are an error of the policy, not of the interpreter."""
    with pytest.raises(SelectorError, match=r"nested too deep|[Ee]xpected"):
        parsed(css)


@given(st.text() | st.text(alphabet="pab.#:[]()='\"\\*>+~, |-0123nothaisre"))
@example(":is(")
@example("\\")
@example("p|*")
def test_any_text_is_a_selector_or_a_selector_error(css):
    """No text raises anything else."""
    try:
        assert parsed(css)
    except SelectorError as error:
        assert 0 <= error.column <= len(css)
