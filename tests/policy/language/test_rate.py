"""Rates are read and printed without loss, faults are pointed at, and a rate knows how many slots it allows."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.errors import ExpressionError
from adslot.policy.language.distance import Amount, DistanceError
from adslot.policy.language.rate import Rate, RateError, parse_rate
from tests.strategies import every_rate


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1 per 900 chars", Rate(1, Amount(900, "chars"))),
        ("  2  per\t5 paragraph ", Rate(2, Amount(5, "paragraphs"))),
        ("1 per 1 block", Rate(1, Amount(1, "blocks"))),
        ("03 per 250words", Rate(3, Amount(250, "words"))),
    ],
)
def test_rates_are_read(text, expected):
    """A rate is a number of slots and a size."""
    assert parse_rate(text) == expected


@given(every_rate)
def test_a_printed_rate_is_read_again(rate):
    """parse_rate(str(r)) == r, and rates are values."""
    assert parse_rate(str(rate)) == rate
    assert len({rate, pickle.loads(pickle.dumps(rate))}) == 1


@pytest.mark.parametrize(
    "text, size, most",
    [
        ("1 per 900 chars", 0, 0),
        ("1 per 900 chars", 899, 0),
        ("1 per 900 chars", 900, 1),
        ("1 per 900 chars", 2699, 2),
        ("2 per 5 paragraphs", 2, 0),
        ("2 per 5 paragraphs", 3, 1),
        ("2 per 5 paragraphs", 10, 4),
    ],
)
def test_a_rate_is_rounded_down_over_the_whole_article(text, size, most):
    """Parts of a size count too: three paragraphs of five are enough for one slot of two."""
    assert parse_rate(text).most(size) == most


@pytest.mark.parametrize(
    "error, text, column, found, hint",
    [
        (RateError, "", 0, "the end", None),
        (RateError, "  one per 900 chars", 2, "'one'", None),
        (RateError, "0 per 900 chars", 0, "'0'", None),
        (RateError, "-1 per 900 chars", 0, "'-1'", None),
        (RateError, "1.5 per 900 chars", 0, "'1.5'", None),
        (RateError, "9" * 5000 + " per 900 chars", 0, repr("9" * 5000), None),
        (RateError, "1", 1, "the end", None),
        (RateError, "1 pro 900 chars", 2, "'pro'", None),
        (RateError, "1 per 0 chars", 6, "'0 chars'", None),
        (DistanceError, "1 per", 5, "the end", None),
        (DistanceError, "1 per chars", 6, "'chars'", None),
        (DistanceError, "1 per 900", 9, "the end", None),
        (DistanceError, "1 per  900 charz", 11, "'charz'", "char"),
        (DistanceError, "1 per 10%", 8, "'%'", None),
        (DistanceError, "1 per 2 screens", 8, "'screens'", None),
        (DistanceError, "1 per 900 chars or 3 paragraphs", 16, "'or'", None),
    ],
)
def test_a_faulty_rate_is_pointed_at(error, text, column, found, hint):
    """The error names the column; only units that say how much are offered."""
    with pytest.raises(error) as caught:
        parse_rate(text)
    assert (caught.value.text, caught.value.column, caught.value.found, caught.value.hint) == (
        text,
        column,
        found,
        hint,
    )
    assert "%" not in caught.value.expected


@given(st.text() | st.text(alphabet="0123456789 .%per chars wod\n²"))
def test_any_text_is_a_rate_or_refused(text):
    """No text raises anything but an error that says where."""
    try:
        rate = parse_rate(text)
    except ExpressionError as error:
        assert 0 <= error.column <= len(text)
    else:
        assert parse_rate(str(rate)) == rate
