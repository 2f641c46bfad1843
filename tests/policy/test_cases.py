"""Cases: which contexts they are met by, what they change, and what is wrong with them."""

from __future__ import annotations

import pickle
import re

import lxml.html
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from adslot import Case, Limits, Policy, PolicyError, Rule, Slot, check, loads, place, place_tree, plan, read
from adslot.cli.commands import main
from adslot.policy.conditions import mismatch
from tests.problems import problems_in

POLICY = loads("""
article.body = "article"

[slots.anzeige]
kind = "ad"
label = "Anzeige"

[slots.folgen]
kind = "promo"
html = "<b>x</b>"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 2
min = 1
apart = "1 block"

[[rules]]
name = "top"
slot = "anzeige"
at = "before css(nav)"

[[cases]]
when = { section = "sport*" }
rules = [{ name = "in-text", max = 3 }]

[[cases]]
when = { section = ["sport/live", "live"], page = 1 }
rules = [{ name = "end", slot = "folgen", at = "end" }, { name = "in-text", max = 4, apart = false }]

[[cases]]
when = { subscriber = true }
limits = { ads = 0 }
""")
STORY = (
    "<!DOCTYPE html><body><nav>x</nav><article>"
    + "".join(f"<p>Absatz {number} mit Text.</p>" for number in range(9))
    + "</article>"
)


def most(**context):
    """How many slots the first rule may place."""
    return POLICY.resolve(context).rules[0].max


@pytest.mark.parametrize(
    "context, expected",
    [
        ({}, 2),
        ({"section": "politik"}, 2),
        ({"section": "sport"}, 3),
        ({"section": "sport/fußball\n2"}, 3),
        ({"section": "wintersport"}, 2),
        ({"section": "sport/live", "page": 1}, 4),
        ({"section": "live", "page": 1}, 4),
        ({"section": "live", "page": 2}, 2),
        ({"section": "live", "page": True}, 2),
        ({"section": "live", "page": "1"}, 2),
        ({"section": "live"}, 2),
        ({"section": ["sport"]}, 2),
    ],
)
def test_all_keys_of_a_case_must_fit(context, expected):
    """Equality, lists, stars; true is no 1, and a key that is not there fits nothing. Later cases have the last word."""
    assert most(**context) == expected


@pytest.mark.parametrize(
    "glob, text, fits",
    [
        ("*", "", True),
        ("a*", "a", True),
        ("*a", "ba", True),
        ("*a", "ab", False),
        ("a*b*c", "axxbyybc", True),
        ("a*b*c", "acb", False),
        ("a*a", "a", False),
        ("**b", "ab", True),
        ("a.c", "abc", False),
        ("a*" * 40 + "b", "a" * 5000, False),
    ],
)
def test_a_star_stands_for_any_characters(glob, text, fits):
    """And nothing else is special; many stars cost no time."""
    policy = Policy(cases=[Case({"x": glob}, changes={"limits": {"ads": 0}})])
    assert (policy.resolve({"x": text}).limits.ads == 0) == fits


def test_equal_contexts_give_the_same_policy():
    """So do others that meet the same cases; a policy without cases is its own answer."""
    sport = POLICY.resolve({"section": "sport"})
    assert POLICY.resolve({"section": "sport"}) is sport
    assert POLICY.resolve({"section": "sport/tennis", "user": 3}) is sport
    assert sport.cases == ()
    assert sport.resolve({"subscriber": True}) is sport
    assert POLICY.resolve() is POLICY.resolve({})


def test_a_policy_with_cases_is_a_value():
    """It compares, hashes and pickles; true and 1 in a condition make two policies."""
    POLICY.resolve({"section": "sport"})
    assert pickle.loads(pickle.dumps(POLICY)) == POLICY
    one, two = (Policy(cases=[Case({"a": value})]) for value in (True, 1))
    assert one != two
    assert len({one, two, Policy(cases=[Case({"a": True})])}) == 2
    given = {"limits": {"ads": 3}}
    case = Case({"a": ["b"]}, changes=given)
    given["limits"]["ads"] = 4
    assert case.changes == Case({"a": ("b",)}, changes={"limits": {"ads": 3}}).changes
    assert (case.changes["limits"]["ads"], len(case.changes), repr(case.when)) == (3, 1, "{'a': ['b']}")


def test_cases_can_be_written_in_python():
    """The same policy as in TOML."""
    case = Case({"section": "sport*"}, changes={"rules": [{"name": "in-text", "max": 3}]})
    policy = Policy([Slot("a", kind="promo")], [Rule("in-text", slot="a")], cases=[case])
    text = '[slots.a]\nkind = "promo"\n[[rules]]\nname = "in-text"\nslot = "a"\n'
    assert policy == loads(f'{text}[[cases]]\nwhen.section = "sport*"\nrules = [{{ name = "in-text", max = 3 }}]')


def test_nothing_at_all_for_subscribers():
    """A limit of 0 stops slots in the text, outside of it, and those an editor asked for, at both doors."""
    page = STORY.replace("<p>Absatz 4", "<!-- adslot: here anzeige --><p>Absatz 4")
    everyone, subscriber = (
        {"section": "x", "page": 1, "subscriber": False},
        {"section": "x", "page": 1, "subscriber": True},
    )
    placed = place(page, POLICY, context=everyone)
    assert {p.rule for p in placed.plan.placements} >= {"in-text", "top"}
    assert any(p.gap is None for p in placed.plan.placements)
    assert place(page, POLICY, context=subscriber).html == page
    assert place(placed.html, POLICY, context=subscriber).html == page
    assert plan(read(page, POLICY), POLICY, context=subscriber).placements == ()
    assert place_tree(lxml.html.document_fromstring(page), POLICY, context=subscriber).placements == ()
    assert len(place_tree(lxml.html.document_fromstring(page), POLICY, context=everyone).placements) > 2


def test_pages_are_checked_against_the_policy_of_their_context():
    """A slot that one section may have is too many in another."""
    page = "".join(f"<p>Absatz {number}.</p>" for number in range(20))
    page = page.join(("<article>", "</article>"))
    sport, other = {"section": "sport"}, {"section": "politik"}
    placed = place(page, POLICY, context=sport).html
    assert [f.severity for f in check(placed, POLICY, context=sport) if f.severity == "error"] == []
    assert "max" in {f.code for f in check(placed, POLICY, context=other)}


def test_a_key_that_the_context_lacks_is_warned_of():
    """By every verb, once for each key; a context that says it is not told anything."""
    expected = ("section", "page", "subscriber")
    told = tuple(f"the policy has cases for {key!r}, which the context does not say" for key in expected)
    assert POLICY.lacks() == told
    assert place(STORY, POLICY).plan.warnings == told
    assert plan(read(STORY), POLICY, context={"page": 3, "subscriber": 0}).warnings == told[:1]
    assert place_tree(lxml.html.document_fromstring(STORY), POLICY).warnings == told
    assert place(STORY, POLICY, context=dict.fromkeys(expected)).plan.warnings == ()


@pytest.mark.parametrize(
    "text, place",
    [
        ("when = { a = 1 }\nrules = [{ name = 'in-text', apart = '3 charz' }]", (9, 41, "cases[0].rules[0].apart")),
        ("when = { a = 1 }\nrules = [{ name = 'in-text', max = 0 }]", (9, 10, "cases[0].rules[0].min")),
        ("when = { a = 1 }\nslots = { a = false }", (7, 1, "cases[0]")),
        ("when = { a = 1 }\nlimits.ads = -1", (9, 14, "cases[0].limits.ads")),
        ("when = { a = 1 }\n[cases.limits]\nads = -1", (10, 7, "cases[0].limits.ads")),
        ("when = { a = 1 }\n[[cases.rules]]\nname = 'new'\nslot = 'b'", (11, 8, "cases[0].rules[0].slot")),
        ("when = { a = 1 }\n[[cases.rules]]\nname = 'in-tex'", (9, 1, "cases[0].rules[0]")),
        ("when = { a = [1, 2.0] }", (8, 14, "cases[0].when.a")),
        (
            "when = { a = 1 }\nspacing = [{ between = ['ad', 'slot(c)'], min = '1 block' }]",
            (9, 37, "cases[0].spacing[0].between"),
        ),
    ],
)
def test_every_case_is_checked_at_load(text, place):
    """Alone over the policy; the path is the case's."""
    base = '[slots.a]\nkind = "promo"\n[[rules]]\nname = "in-text"\nslot = "a"\nmin = 1\n[[cases]]\n'
    assert [(p.line, p.column, p.path) for p in problems_in(loads, base + text)] == [place]


def test_a_fault_of_the_policy_is_not_told_of_its_cases_again():
    """Nor is one of a case hidden by it."""
    text = "limits.ads = -1\ncases = [{ when = { a = 1 }, limits = { slots = -1 } }, { when = { b = 1 } }]"
    assert [p.path for p in problems_in(loads, text)] == ["limits.ads", "cases[0].limits.slots"]


@pytest.mark.parametrize(
    "when, path", [({}, "when"), ({"a": None}, "when.a"), ({"a": []}, "when.a"), ("x", "when"), ({1: 2}, "when.1")]
)
def test_conditions_in_python_are_checked_too(when, path):
    """Texts, whole numbers, true and false, and at least one."""
    assert next(p.path for p in problems_in(Policy, cases=[Case(when)])) == f"cases[0].{path}"


def test_cases_that_contradict_each_other_are_told_when_they_meet():
    """Each is right alone."""
    policy = Policy(
        [Slot("a", kind="promo")],
        [Rule("r", slot="a", max=3)],
        cases=[
            Case({"x": 1}, changes={"rules": [{"name": "r", "max": 1}]}),
            Case({"y": 1}, changes={"rules": [{"name": "r", "min": 2}]}),
        ],
    )
    assert policy.resolve({"x": 1}).rules[0].max == 1
    with pytest.raises(PolicyError, match="at most 'max', which is 1"):
        policy.resolve({"x": 1, "y": 1})


CASES = """
[slots.a]
kind = "promo"
[[rules]]
name = "r"
slot = "a"
[[cases]]
when = { section = "sport", page = 2, plus = true }
rules = [{ name = "sport-end", slot = "a", at = "end" }]
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder with a page and an adslot.toml."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "adslot.toml").write_text(CASES)
    (tmp_path / "page.html").write_text(STORY)
    return lambda *words: CliRunner().invoke(main, list(words))


def test_the_context_is_given_on_the_command_line(run):
    """true, false and whole numbers are what they look like; explain and place know it."""
    words = ("--context", "section=sport", "--context", "page=2", "--context", "plus=true", "page.html")
    assert "sport-end" in run("place", *words).stdout
    explained = run("explain", *words, "--rule", "sport-end")
    assert explained.exit_code == 0
    assert "rule sport-end" in explained.stdout
    assert "sport-end" not in run("place", *words[2:]).stdout


def test_the_nearest_policy_is_used_and_told(run, tmp_path, monkeypatch):
    """Without --policy and --preset; results stay on standard output."""
    result = run("place", "page.html", "--context", "section=x", "--context", "page=1", "--context", "plus=false")
    assert (result.exit_code, result.stderr) == (0, "adslot: policy: adslot.toml\n")
    assert "the context does not say" in run("place", "page.html").stderr
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert "adslot: policy: ../adslot.toml\n" in run("sections", "../page.html").stderr


@pytest.mark.parametrize("pair", ["section", "=x", ""])
def test_a_context_without_a_key_is_wrong_use(run, pair):
    """KEY=VALUE; the value may be empty."""
    assert run("place", "--context", pair, "page.html").exit_code == 2
    assert run("place", "--context", "a=", "page.html").exit_code == 0


def test_warnings_of_the_policy_are_told(run, tmp_path):
    """Once, when it is loaded."""
    (tmp_path / "w.toml").write_text(
        '[slots.a]\nkind = "ad"\nlabel = "Ad"\n[[rules]]\nname = "r"\nslot = "a"\nmax = 2\n'
    )
    result = run("place", "--policy", "w.toml", "page.html")
    assert result.stderr == "adslot: w.toml: rules[0]: 'r' may place 2 ads, and nothing keeps them apart\n"


def test_limits_of_a_case_are_values():
    """A table that a case takes back is as if it had not been written."""
    policy = Policy(limits=Limits(ads=2, slots=3), cases=[Case({"a": 1}, changes={"limits": False})])
    assert policy.resolve({"a": 1}).limits == Limits()


@given(st.text("ab*\n", max_size=8), st.text("ab\n", max_size=10))
@example("a*b*c", "acb")
@example("a*b*a", "aba")
@example("ab*ba", "aba")
def test_stars_are_any_characters(pattern, text):
    """As in a regular expression, each star the least or the most of characters."""
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.S) is not None
    assert (mismatch({"k": pattern}, {"k": text}) is None) == expected
