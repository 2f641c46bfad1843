"""Where a fault stands in a file: its line and its column."""

from __future__ import annotations

import pytest

from adslot.api.loading import loads
from adslot.errors import PolicyError
from tests.api.test_loading import problems_of
from tests.problems import problems_in


@pytest.mark.parametrize(
    "text, line",
    [
        ("[limits]\n# a comment\nads = -1", 3),
        ("limits.ads = -1  # here", 1),
        ("\n\n  limits . ads=-1", 3),
        ("[limits] # [article]\n\nteasers = 3\nads = -1", 4),
        ('[slots.a]\nkind = "promo"\nlabel = """\n[limits]\nads = 3\n"""\n[limits]\nads = -1', 8),
        ("[limits]\r\nads = -1\r\n", 2),
        ("limits = { teasers = 3, ads = -1 }", 1),
        ('["limits"]\n"ads" = -1', 2),
    ],
)
def test_lines_are_those_of_the_key(text, line):
    """Tables, dotted and quoted keys, comments and long texts: the line is where the key stands, or its table."""
    assert [problem[:2] for problem in problems_of(text)] == [(line, "limits.ads")]


@pytest.mark.parametrize(
    "text, line",
    [
        ('slots."a.height" = { kind = "promo" }\n[slots.a]\nkind = "promo"\nheight = "x"', 4),
        ('[slots.a]\nkind = "promo"\nheight = "x"\n[slots."a.height"]\nkind = "promo"', 3),
        ('slots."a.height".kind = "promo"\nslots.a = { kind = "promo", height = "x" }', 2),
    ],
)
def test_a_name_with_a_dot_is_no_path(text, line):
    """The height of `a` is not taken for a slot that is called `a.height`."""
    assert [problem[:2] for problem in problems_of(text)] == [(line, "slots.a.height")]


def test_a_name_with_brackets_is_no_place_in_a_list():
    """Nor is a key that is called `rules[0]` taken for the first rule."""
    text = '"rules[0].slot" = 3\n[[rules]]\nname = "a"\nslot = "b"'
    assert [problem[:2] for problem in problems_of(text)] == [(1, "rules[0].slot"), (4, "rules[0].slot")]


@pytest.mark.parametrize(
    "value, column",
    [
        ('"end of all"', 11),
        ("'end of all'", 11),
        ('["start", "end of all"]', 21),
        ('"""end of all"""', 6),
        ('"end of \\u0061ll"', 6),
    ],
)
def test_the_column_is_that_of_the_fault(value, column):
    """Also inside of a list; where the text has escapes or more quotes, that of the value."""
    text = f'slots.a = {{ kind = "promo" }}\n[[rules]]\nname = "a"\nslot = "a"\nat = {value}'
    assert [(p.path, p.column) for p in problems_in(loads, text)] == [("rules[0].at", column)]


@pytest.mark.parametrize(
    "text, line, column",
    [("a = = 3", 1, 5), ("[limits]\nads = \n", 2, 7), ("ads = 1\nads = 2", 2, 8), ("# \x85\na", 2, 2)],
)
def test_a_fault_in_the_toml_has_line_and_column(text, line, column):
    """What is no TOML is pointed at."""
    (problem,) = problems_in(loads, text, file="adslot.toml")
    assert (problem.file, problem.line, problem.column) == ("adslot.toml", line, column)


@pytest.mark.parametrize("text", ["x = " + "9" * 5000, "x = " + "[" * 5000, "[limits]\nads = " + "9" * 5000])
def test_absurd_toml_is_a_policy_error_too(text):
    """Numbers of thousands of digits and thousands of brackets do not raise what no caller expects."""
    with pytest.raises(PolicyError, match="sensible size"):
        loads(text)
