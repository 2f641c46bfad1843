"""How far a slot may move is read and printed without loss, and faults are pointed at."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.policy.language.distance import DistanceError, chars, paragraphs, percent
from adslot.policy.language.within import Within, parse_within
from tests.strategies import every_within


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2 paragraphs", Within(paragraphs(2))),
        (" 2 paragraphs  down ", Within(paragraphs(2), "down")),
        ("300 chars up", Within(chars(300), "up")),
        ("5% up", Within(percent(5), "up")),
        ("1 paragraph and 300 chars, or 500 chars down", Within(paragraphs(1) & chars(300) | chars(500), "down")),
        ("1 paragraph, down", Within(paragraphs(1), "down")),
    ],
)
def test_moves_are_read(text, expected):
    """A move is a distance, and perhaps a direction, which concerns the whole of it."""
    assert parse_within(text) == expected


@given(every_within)
def test_a_printed_move_is_read_again(within):
    """parse_within(str(w)) == w, and moves are values."""
    assert parse_within(str(within)) == within
    assert len({within, pickle.loads(pickle.dumps(within))}) == 1


@pytest.mark.parametrize(
    "text, column, found, hint",
    [
        ("", 0, "the end", None),
        ("down", 0, "'down'", None),
        ("2 down", 2, "'down'", None),
        ("2 paragraphs dwn", 13, "'dwn'", "down"),
        ("2 paragraphs sideways", 13, "'sideways'", None),
        ("2 paragraphs down up", 18, "'up'", None),
        ("2 paragraphs and down", 17, "'down'", None),
        ("2 paragraphs down and 3 words", 18, "'and'", None),
    ],
)
def test_a_faulty_move_is_pointed_at(text, column, found, hint):
    """The error names the column and the nearest direction."""
    with pytest.raises(DistanceError) as caught:
        parse_within(text)
    error = caught.value
    assert (error.text, error.column, error.found, error.hint) == (text, column, found, hint)


@given(st.text() | st.text(alphabet="0123 .,%charspgownd upor"))
def test_any_text_is_a_move_or_refused(text):
    """No text raises anything but an error that says where."""
    try:
        within = parse_within(text)
    except DistanceError as error:
        assert 0 <= error.column <= len(text)
    else:
        assert parse_within(str(within)) == within
