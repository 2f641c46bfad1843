"""Distances are read, combined and printed without loss."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.policy.language.distance import (
    UNITS,
    DistanceError,
    blocks,
    chars,
    paragraphs,
    parse,
    percent,
    px,
    screens,
    words,
)
from tests.strategies import every_distance

distances = every_distance(UNITS)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("700 chars", chars(700)),
        ("700chars", chars(700)),
        ("  1  paragraph ", paragraphs(1)),
        ("1 char", chars(1)),
        ("0 words", words(0)),
        ("25%", percent(25)),
        ("25 %", percent(25)),
        ("274 px", px(274)),
        ("1 screen", screens(1)),
        ("1.5 screens", screens("1.5")),
        ("700 chars and 1 paragraph", chars(700) & paragraphs(1)),
        ("700 chars or 2 blocks", chars(700) | blocks(2)),
        ("700 chars and 1 paragraph, or 900 chars", chars(700) & paragraphs(1) | chars(900)),
        ("900 chars or 700 chars and 1 paragraph", chars(900) | chars(700) & paragraphs(1)),
        ("700 chars, and 1 paragraph", chars(700) & paragraphs(1)),
    ],
)
def test_distances_are_read(text, expected):
    """Units may be singular, commas may precede and/or, and `and` binds tighter than `or`."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1 chars", "1 char"),
        ("2 paragraph", "2 paragraphs"),
        ("100 %", "100%"),
        ("1.0 screens", "1 screen"),
        ("0.25 screens", "0.25 screens"),
        ("10 screens", "10 screens"),
        ("5 words or 6 words", "5 words or 6 words"),
        ("5 words or 6 words and 1 block", "5 words, or 6 words and 1 block"),
    ],
)
def test_distances_are_printed_in_one_way(text, expected):
    """However a distance was written, it prints in its canonical form."""
    assert str(parse(text)) == expected


@given(distances)
def test_what_is_printed_is_read_again(distance):
    """parse(str(d)) == d."""
    assert parse(str(distance)) == distance


@given(distances, distances, distances)
def test_and_is_spread_over_or(one, two, three):
    """(a or b) and c is (a and c) or (b and c): the alternatives of a distance hold by themselves."""
    assert (one | two) & three == one & three | two & three


@given(distances, distances)
def test_a_joined_distance_has_the_units_of_both(one, two):
    """`.units` names each unit that occurs."""
    assert (one & two).units == (one | two).units == one.units | two.units


@given(distances)
def test_equal_distances_are_one_key(distance):
    """Distances hash and pickle."""
    assert len({distance, pickle.loads(pickle.dumps(distance))}) == 1


@pytest.mark.parametrize(
    "text, column, expected, found, hint",
    [
        ("", 0, "a number and a unit", "the end", None),
        ("700", 3, "a unit: ", "the end", None),
        ("chars", 0, "a number and a unit", "'chars'", None),
        ("700 paragrahps", 4, "a unit: ", "'paragrahps'", "paragraphs"),
        ("2 scren", 2, "a unit: chars, words, paragraphs, blocks, %", "'scren'", None),
        ("2 chars und 3 words", 8, "and, or, or the end", "'und'", "and"),
        ("700 chars and", 13, "a number and a unit", "the end", None),
        ("700 chars,", 10, "and, or", "the end", None),
        ("700 chars,, and 1 word", 10, "and, or", "','", None),
        ("700 chars 900 chars", 10, "and, or", "'900'", None),
        ("700 chars or or 3 words", 13, "a number and a unit", "'or'", None),
        ("101%", 3, "at most 100%", "101%", None),
        ("100.5%", 5, "at most 100%", "100.5%", None),
        ("99.5%", 0, "a whole number", "'99.5'", None),
        ("1.5 chars", 0, "a whole number", "'1.5'", None),
        ("1 char and 1.125 screens", 11, "at most two decimals", "'1.125'", None),
        ("-3 chars", 0, "a number and a unit", "'-'", None),
        ("1,000 chars", 1, "a unit: ", "','", None),
        ("9" * 5000 + " chars", 0, "at most 999999999", "a number of 5000 digits", None),
        ("٣ chars", 0, "a number and a unit", "'٣'", None),
    ],
)
def test_a_faulty_distance_is_pointed_at(text, column, expected, found, hint):
    """The error says in which column what was expected."""
    with pytest.raises(DistanceError) as caught:
        parse(text)
    error = caught.value
    assert (error.text, error.column, error.found, error.hint) == (text, column, found, hint)
    assert error.expected.startswith(expected)


@given(st.text(alphabet="0123456789 .,%-charswodp/andor\n\t²x"))
def test_any_text_is_a_distance_or_a_distance_error(text):
    """No text raises anything else."""
    try:
        distance = parse(text)
    except DistanceError as error:
        assert 0 <= error.column <= len(text)
    else:
        assert parse(str(distance)) == distance


@pytest.mark.parametrize("make", [chars, words, paragraphs, blocks, px, percent])
@pytest.mark.parametrize("number", [-1, True, 1.5, "3", 10**9])
def test_constructors_take_whole_numbers_only(make, number):
    """Nothing is coerced in silence, and what could not be read again cannot be made."""
    with pytest.raises(DistanceError):
        make(number)


@pytest.mark.parametrize("number", [-1, True, "1.125", "many"])
def test_screens_take_two_decimals(number):
    """Screens are counted in hundredths."""
    with pytest.raises(DistanceError):
        screens(number)


@pytest.mark.parametrize(
    "text, hint",
    [
        ("5 characters", "chars"),
        ("5 Zeichen", "chars"),
        ("5 Wörter", "words"),
        ("1 Absatz", "paragraphs"),
        ("5 Prozent", "%"),
        ("5 paragrphs", "paragraphs"),
        ("5 Ellen", None),
    ],
)
def test_what_a_unit_was_meant_to_be(text, hint):
    """The unit that people call so, in German too, or the nearest one."""
    with pytest.raises(DistanceError) as caught:
        parse(text)
    assert caught.value.hint == hint
