"""Errors are data, and print as where, what was expected and what was found."""

from __future__ import annotations

import pickle

import pytest

from adslot.errors import AdslotError, ExpressionError, PolicyError, Problem, caret, nearest

FULL = Problem(
    ("rules", 0, "apart"),
    "a unit",
    "'charz'",
    hint="chars",
    file="adslot.toml",
    line=12,
    source="700 charz",
    caret=4,
)


def test_a_problem_says_where_what_and_the_nearest_name():
    """File, line and path come first, then what was expected and found, then a caret under the fault."""
    expected = (
        "adslot.toml:12: rules[0].apart: expected a unit, found 'charz' (did you mean 'chars'?)\n"
        "    700 charz\n"
        "        ^"
    )
    assert expected == str(FULL)


@pytest.mark.parametrize(
    "problem, expected",
    [
        (Problem(("limits", "ads"), "0 or more", "-1"), "limits.ads: expected 0 or more, found -1"),
        (Problem((), "TOML", "x", file="a.toml"), "a.toml: expected TOML, found x"),
        (Problem((), "TOML", "x", file="a.toml", line=3, column=7), "a.toml:3:7: expected TOML, found x"),
        (Problem(("a",), "b", "c", line=3), "3: a: expected b, found c"),
    ],
)
def test_what_is_not_known_is_left_out(problem, expected):
    """A problem without file, line, hint or source has no empty places."""
    assert expected == str(problem)


@pytest.mark.parametrize(
    "keys, path",
    [
        ((), ""),
        (("rules", 2, "apart"), "rules[2].apart"),
        (("cases", 0, "rules", 1), "cases[0].rules[1]"),
        (("slots", "", "kind"), "slots..kind"),
        (("slots", ".a[0]", "kind"), "slots..a[0].kind"),
        ((".a",), ".a"),
    ],
)
def test_a_path_is_the_keys_as_a_text(keys, path):
    """Numbers stand in brackets, and names as they are, after a dot."""
    assert Problem(keys, "b", "c").path == path


def test_a_path_that_is_given_as_a_text_is_one_key():
    """It is printed as it was given, and nobody guesses at the names in it."""
    problem = Problem("slots.a.template", "b", "c")
    assert (problem.keys, problem.path) == (("slots.a.template",), "slots.a.template")


def test_a_policy_error_has_all_problems():
    """`.problems` is a tuple, and the text has one paragraph for each."""
    other = Problem(("limits", "ads"), "0 or more", "-1")
    error = PolicyError([FULL, other])
    assert error.problems == (FULL, other)
    assert str(error) == f"{FULL}\n{other}"


@pytest.mark.parametrize("error", [PolicyError([FULL]), ExpressionError("700 charz", 4, "a unit", "'charz'", "chars")])
def test_errors_are_pickled_whole(error):
    """An error from a worker process tells as much as one from here."""
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


@pytest.mark.parametrize("kind", [PolicyError, ExpressionError])
def test_errors_are_value_errors_too(kind):
    """A caller may catch the family or the builtin."""
    assert issubclass(kind, AdslotError)
    assert issubclass(kind, ValueError)


def test_problems_compare_and_hash():
    """Equal data, equal problem."""
    assert len({FULL, pickle.loads(pickle.dumps(FULL))}) == 1


def test_a_caret_stands_below_its_column():
    """Lines are joined, so that the caret has one line to point into."""
    assert caret("a\nb", 2) == "    a b\n      ^"


@pytest.mark.parametrize("name, expected", [("from_strat", "from_start"), ("zzz", None), ("", None)])
def test_the_nearest_name(name, expected):
    """A name is suggested where it is near, and only there."""
    assert nearest(name, ["from_start", "from_end"]) == expected
