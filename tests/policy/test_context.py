"""Contexts: what a policy declares of them, what is wrong with one then, and what is doubted where nothing is declared."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from adslot import (
    Case,
    ContextError,
    Policy,
    PolicyError,
    Rule,
    Slot,
    check,
    dumps,
    from_mapping,
    json_schema,
    load,
    loads,
    place,
    place_tree,
    plan,
    read,
    to_mapping,
)
from adslot.policy.conditions import are_both_possible, fits

DECLARED = """
[context]
subscriber = "bool"
section = ["politik", "sport*", 5, false]
page = "number"
name = "text"

[slots.mehr]
kind = "promo"
html = "<b>x</b>"

[[rules]]
name = "end"
slot = "mehr"
at = "end"

[[cases]]
when = { subscriber = true }
limits = { slots = 0 }
"""
POLICY = loads(DECLARED)
FREE = loads(DECLARED.partition("[slots")[1] + DECLARED.partition("[slots")[2])


def problems(text):
    """What is wrong with a policy, each with its place."""
    with pytest.raises(PolicyError) as caught:
        loads(text)
    return [line for line in str(caught.value).splitlines() if not line.startswith("    ")]


def fault(**context):
    """What is wrong with a context."""
    with pytest.raises(ContextError) as caught:
        POLICY.resolve(context)
    return str(caught.value)


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"subscriber": True, "section": "politik", "page": 0, "name": "x"},
        {"section": "sport/tennis"},
        {"section": 5},
        {"section": False},
    ],
)
def test_a_context_that_is_as_declared(context):
    """Each type, and each form of an allowed value; nothing has to be said."""
    assert POLICY.resolve(context).rules


@pytest.mark.parametrize(
    "context, told",
    [
        ({"subscriber": "true"}, 'context.subscriber: expected true or false, found "true", which is a text'),
        ({"subscriber": 1}, "context.subscriber: expected true or false, found 1, which is a number"),
        ({"page": True}, "context.page: expected a whole number, found true, which is a bool"),
        ({"page": "1"}, 'context.page: expected a whole number, found "1", which is a text'),
        ({"name": None}, "context.name: expected a text, found None"),
        (
            {"section": "Sport"},
            (
                'context.section: expected one of "politik", "sport*", 5, false, found "Sport", which is a text'
                " (did you mean 'sport*'?)"
            ),
        ),
        (
            {"section": "politk"},
            (
                'context.section: expected one of "politik", "sport*", 5, false, found "politk", which is a text'
                " (did you mean 'politik'?)"
            ),
        ),
        (
            {"sektion": "sport"},
            (
                "context.sektion: expected one of subscriber, section, page, name, which [context] declares,"
                " found the key 'sektion' (did you mean 'section'?)"
            ),
        ),
    ],
)
def test_a_context_that_is_not_as_declared(context, told):
    """One error says what is expected, and what was found, with its type."""
    assert fault(**context) == told


def test_all_that_is_wrong_is_told_at_once():
    """In one error, which is a ValueError, and pickles."""
    with pytest.raises(ValueError, match=r"context\.page") as caught:
        POLICY.resolve({"page": "1", "subscriber": 1, 3: "x"})  # type: ignore[dict-item]
    assert isinstance(caught.value, ContextError)
    assert [problem.keys for problem in caught.value.problems] == [
        ("context", "page"),
        ("context", "subscriber"),
        ("context", "3"),
    ]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_every_door_asks():
    """Readers of a page never get it by a context that is not as declared; the resolved policy declares the same."""
    import lxml.html  # noqa: PLC0415  # only here

    wrong, html = {"subscriber": "true"}, "<p>Eins.</p>"
    for work in (
        lambda: place(html, POLICY, context=wrong),
        lambda: plan(read(html), POLICY, context=wrong),
        lambda: check(html, POLICY, context=wrong),
        lambda: place_tree(lxml.html.fragment_fromstring(html), POLICY, context=wrong),
        lambda: POLICY.resolve({}).resolve(wrong),
    ):
        with pytest.raises(ContextError):
            work()


@pytest.mark.parametrize(
    "declared, told",
    [
        ('a = "string"', "found 'string' (did you mean 'text'?)"),
        ('a = "Boolean"', "found 'Boolean' (did you mean 'bool'?)"),
        ('a = "nubmer"', "found 'nubmer' (did you mean 'number'?)"),
        ('a = "sport*"', "found 'sport*' (did you mean '[\"sport*\"]'?)"),
        ("a = true", "found True (did you mean 'bool'?)"),
        ("a = 5", "found 5 (did you mean '[5]'?)"),
        ("a = []", "found []"),
        ('a = ["x", 1.5]', "found ['x', 1.5]"),
        ("a = [[1]]", "found [[1]]"),
        ("a = { b = 1 }", "found {'b': 1}"),
        (f"a = [{2**128 + 1}]", f"found [{2**128 + 1}]"),
    ],
)
def test_declarations_that_are_none(declared, told):
    """A type, or a list of values; words of other languages are known. The schema refuses the same."""
    expected = '2:5: context.a: expected "bool", "text", "number" or a list of the allowed values, '
    assert problems(f"[context]\n{declared}") == [expected + told]
    import tomllib  # noqa: PLC0415  # only here

    assert not Draft202012Validator(json_schema()).is_valid(tomllib.loads(f"[context]\n{declared}"))


def test_a_context_that_is_no_table():
    """Also in Python, where keys may be anything."""
    assert problems("context = 3") == ["1:11: context: expected a table, found 3"]
    with pytest.raises(PolicyError, match="context: expected texts as keys, found 5"):
        Policy(context={5: "bool"})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "when, told",
    [
        ('{ subscriber = "true" }', 'expected true or false, as [context] declares, found "true", which is a text'),
        ('{ page = [1, "2"] }', 'expected a whole number, as [context] declares, found "2", which is a text'),
        ("{ name = 5 }", "expected a text, as [context] declares, found 5, which is a number"),
        (
            '{ section = "Politik" }',
            (
                'expected one of "politik", "sport*", 5, false, as [context] declares, found "Politik", which is a text'
                " (did you mean 'politik'?)"
            ),
        ),
        (
            "{ section = true }",
            'expected one of "politik", "sport*", 5, false, as [context] declares, found true, which is a bool',
        ),
        (
            "{ sectoin = 5 }",
            (
                "expected one of subscriber, section, page, name, which [context] declares, found the key 'sectoin'"
                " (did you mean 'section'?)"
            ),
        ),
    ],
)
def test_a_case_that_can_never_hold(when, told):
    """By a key that is not declared, or a value that the context never has."""
    (line,) = problems(f"{DECLARED}[[cases]]\nwhen = {when}\nlimits = {{ ads = 1 }}")
    assert line.partition(": ")[2].partition(": ")[2] == told


@pytest.mark.parametrize(
    "section, met",
    [
        ('"sport"', "sport"),
        ('"sport/*"', "sport/ski"),
        ('"s*"', "sport/ski"),
        ('"*"', "politik"),
        ('["politik", 5]', 5),
        ('"*tik"', "politik"),
    ],
)
def test_a_case_that_can_hold(section, met):
    """A star of the case and one of the declaration may mean the same text: in that context the case holds."""
    policy = loads(f"{DECLARED}[[cases]]\nwhen = {{ section = {section} }}\nlimits = {{ ads = 1 }}")
    assert policy.resolve({"section": met}).limits.ads == 1
    assert policy.resolve({"section": False}).limits.ads is None


def test_a_wrong_declaration_blames_no_case():
    """What follows from it is not told."""
    assert len(problems(DECLARED.replace('"bool"', '"bolo"'))) == 1


def test_a_case_declares_nothing():
    """It holds in a context, which is known before."""
    (line,) = problems('[[cases]]\nwhen = { a = 1 }\ncontext = { a = "bool" }')
    assert "cases[0].context: expected one of when, layouts, slots" in line


def test_declarations_are_laid_key_by_key(tmp_path):
    """`false` takes a key back, or all of them; what is wrong is told where it was written."""
    (tmp_path / "base.toml").write_text('[context]\na = "bool"\nb = ["x"]\n', encoding="utf-8")
    file = tmp_path / "adslot.toml"

    def declared(text):
        file.write_text(f'extends = "base.toml"\n{text}', encoding="utf-8")
        return dict(load(file).context)

    assert declared("") == {"a": "bool", "b": ("x",)}
    assert declared('[context]\nb = "text"\nc = "number"') == {"a": "bool", "b": "text", "c": "number"}
    assert declared("context = { a = false }") == {"b": ("x",)}
    assert declared("context = false") == {}
    with pytest.raises(PolicyError, match=r"adslot\.toml:3:5: context\.b"):
        declared('[context]\nb = "bolo"')
    (tmp_path / "base.toml").write_text('[context]\na = "bolo"\n', encoding="utf-8")
    with pytest.raises(PolicyError, match=r"base\.toml:2:5: context\.a"):
        declared('[context]\nb = "text"')


def test_a_policy_with_declarations_is_a_value():
    """It is written and read again, as TOML and as plain data; JSON Schema takes it."""
    assert loads(dumps(POLICY)) == POLICY == from_mapping(to_mapping(POLICY))
    assert pickle.loads(pickle.dumps(POLICY)) == POLICY
    assert hash(POLICY) != hash(FREE)
    assert Draft202012Validator(json_schema()).is_valid(to_mapping(POLICY))
    assert dumps(Policy(context={"a": ["x", 1, True]})) == '[context]\na = ["x", 1, true]\n'


# ------------------------------------------------------------------------------ nothing is declared


@pytest.mark.parametrize(
    "wanted, value, told",
    [
        (True, "true", 'subscriber = "true", which is a text, and a case asks for true, which is a bool'),
        (True, "True", 'subscriber = "True", which is a text, and a case asks for true, which is a bool'),
        (True, 1, "subscriber = 1, which is a number, and a case asks for true, which is a bool"),
        (False, "0", 'subscriber = "0", which is a text, and a case asks for false, which is a bool'),
        ("true", True, 'subscriber = true, which is a bool, and a case asks for "true", which is a text'),
        (1, True, "subscriber = true, which is a bool, and a case asks for 1, which is a number"),
        (5, "5", 'subscriber = "5", which is a text, and a case asks for 5, which is a number'),
        ("5", 5, 'subscriber = 5, which is a number, and a case asks for "5", which is a text'),
        ("sport*", "Sport", 'subscriber = "Sport", and a case asks for "sport*": upper and lower case differ'),
        (
            ["kultur", "Sport"],
            "SPORT",
            'subscriber = "SPORT", and a case asks for "Sport": upper and lower case differ',
        ),
        (
            "sport",
            ["politik", "sport"],
            "subscriber = ['politik', 'sport'], and a case asks for \"sport\", which is a text",
        ),
    ],
)
def test_a_value_that_nearly_meets_a_case(wanted, value, told):
    """The plan warns: a subscriber who gets ads because of a text is a case that failed in silence."""
    policy = Policy(cases=[Case({"subscriber": wanted}, changes={"limits": {"ads": 0}})])
    warnings = place("<p>Eins.</p>", policy, context={"subscriber": value}).plan.warnings
    assert f"the context has {told}" in warnings
    assert policy.lacks({"subscriber": value}) == (f"the context has {told}",)


@pytest.mark.parametrize(
    "wanted, value", [(True, False), (True, "no"), ("sport*", "politik"), (5, 6), ("5", 50), ("a", None), (1, object())]
)
def test_a_value_that_does_not_meet_a_case(wanted, value):
    """Nothing is doubted that is another value in any spelling."""
    assert Policy(cases=[Case({"a": wanted}, changes={"limits": {"ads": 0}})]).lacks({"a": value}) == ()


def test_a_value_that_a_case_names():
    """Where a case asks for just this value, it is meant as it is."""
    policy = Policy(
        cases=[Case({"a": each}, changes={"limits": {"ads": number}}) for number, each in enumerate(["Sport", "sport"])]
    )
    assert policy.lacks({"a": "sport"}) == ()
    assert len(policy.lacks({"a": "SPORT"})) == 2


def test_the_readers_of_a_case_that_fails():
    """The very case: with a text instead of `true` the ad stands, and the plan says why."""
    slots = [Slot("ad", kind="ad", label="Anzeige")]
    case = Case({"subscriber": True}, changes={"limits": {"ads": 0}})
    policy = Policy(slots, [Rule("r", slot="ad", at="end")], cases=[case])
    made = place("<p>Eins.</p>", policy, context={"subscriber": "true"}).plan
    assert len(made.placements) == 1
    assert made.warnings[0].startswith('the context has subscriber = "true"')


PATTERNS = st.text("ab*", max_size=6)


@given(PATTERNS, PATTERNS, st.text("ab", max_size=8))
def test_what_meets_two_patterns_shows_that_both_are_possible(one, other, text):
    """A text that meets both is never called impossible."""
    if fits(one, text) and fits(other, text):
        assert are_both_possible(one, other)


@given(PATTERNS, PATTERNS)
def test_patterns_that_are_both_possible_have_a_text(one, other):
    """What both begin with, the middles of both, and what both end with: that is such a text."""
    if are_both_possible(one, other):
        first = max(one.partition("*")[0], other.partition("*")[0], key=len)
        last = max(one.rpartition("*")[2], other.rpartition("*")[2], key=len)
        plain = next((each for each in (one, other) if "*" not in each), None)
        text = plain if plain is not None else first + "".join(_middles(one) + _middles(other)) + last
        assert fits(one, text)
        assert fits(other, text)


def _middles(pattern):
    return pattern.split("*")[1:-1]
