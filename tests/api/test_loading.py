"""Policies from TOML: what is right is read as written, what is wrong is told at its line, all at once."""

from __future__ import annotations

import tomllib

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.api.loading import from_mapping, load, loads
from adslot.errors import PolicyError
from adslot.policy.declarations import ArticleOptions, Case, Limits, Rule, Spacing
from adslot.policy.dump import dumps
from adslot.policy.file.keys import TABLES
from adslot.policy.language.distance import chars, paragraphs, words
from adslot.policy.policy import Policy
from adslot.policy.slots import Slot
from adslot.policy.switches import Guards
from tests.problems import problems_in

RIGHT = """
[article]
body = ".entry-content"
lead = "p.lead"
language = "de"
short = "75 chars"
ads = [".ad", "ins.adsbygoogle"]
atomic = "div.box"
open = ["div.wrap"]
opaque = ["jinja", '\\$\\w+\\$']
existing = "ignore"

[slots.anzeige]
kind = "ad"
label = "Anzeige"
height = 274
attributes = { data-ad-unit = "/1234/artikel" }

[slots."mehr.zum-thema"]
kind = "promo"
html = "<p>Mehr</p>"
tag = "div"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 3
from_start = "200 chars"
apart = "700 chars and 1 paragraph"
from_end = "300 chars"
per_section = 1
prefer = "early"
priority = 2
stack = true

[[rules]]
name = "end"
slot = "mehr.zum-thema"
at = ["after paragraph 1 in section 2", "50%", "before section -1", "end"]
within = "2 paragraphs down"
min = 1
max = 2
rate = "1 per 900 chars"
min_article = "300 words and 3 paragraphs"
after = "text"
before = ["heading", "css(figure)"]

[[spacing]]
between = ["ad", "teaser"]
min = "1 paragraph"

[[spacing]]
above = "ad"
below = ["figure", "table"]
min = "200 chars"
unless = ["headings", "css(hr)"]

[[spacing]]
above = "slot(anzeige)"
below = ["rule(end)", "promo"]
min = "900 chars"
from = 3

[[spacing]]
between = [["ad", "promo"], "lead"]
min = "1 block"

[limits]
ads = 6
slots = 8

[guards]
after-heading = false
list-intro = false
float = false
"""

EXPECTED = Policy(
    slots=[
        Slot("anzeige", kind="ad", label="Anzeige", height=274, attributes={"data-ad-unit": "/1234/artikel"}),
        Slot("mehr.zum-thema", kind="promo", html="<p>Mehr</p>", tag="div"),
    ],
    rules=[
        Rule(
            "in-text",
            slot="anzeige",
            max=3,
            from_start=chars(200),
            apart=chars(700) & paragraphs(1),
            from_end=chars(300),
            per_section=1,
            prefer="early",
            priority=2,
            stack=True,
        ),
        Rule(
            "end",
            slot="mehr.zum-thema",
            at=["after paragraph 1 in section 2", "50%", "before section -1", "end"],
            within="2 paragraphs down",
            min=1,
            max=2,
            rate="1 per 900 chars",
            min_article=words(300) & paragraphs(3),
            after="text",
            before=["heading", "css(figure)"],
        ),
    ],
    spacing=[
        Spacing.between("ad", "teaser", min="1 paragraph"),
        Spacing("ad", ["figure", "table"], min="200 chars", unless=["headings", "css(hr)"]),
        Spacing("slot(anzeige)", ["rule(end)", "promo"], min="900 chars", from_count=3),
        Spacing.between(["ad", "promo"], "lead", min="1 block"),
    ],
    limits=Limits(ads=6, slots=8),
    article=ArticleOptions(
        body=".entry-content",
        lead="p.lead",
        language="de",
        short=75,
        ads=[".ad", "ins.adsbygoogle"],
        atomic="div.box",
        open=["div.wrap"],
        opaque=["jinja", r"\$\w+\$"],
        existing="ignore",
    ),
    guards=Guards(after_heading=False, list_intro=False, float=False),
)

WRONG = """\
# A policy with a mistake in most lines.
[article]
body = "p:hover"
short = "40 words"
opaque = "(jinja"

[slots.anzeige]
kind = "add"                # line 8
labell = "Anzeige"

[ slots . "teaser" ]        # a table with spaces
height = "274"

[[rules]]                   # line 14
name = "in-text"
slot = "anzeig"
max = true
from_strat = "200 chars"
apart = "700 charz"

[[rules]]
name = "related"
slot = "inline"
at = [
    "after paragraf 2",     # found at its own line
    "end",
]
before = "css(p >)"

[[rules]]                   # line 30
name = "good"
slot = "inline"
from_end = "1 screen"

[[rules]]
name = "good"
slot = "inlin"

[slots.inline]
kind = "teaser"

[[spacing]]
above = "ad"
min = "1 block"

[[spacing]]
between = ["ad", "teaser", "promo"]
min = "1 block"

[limit]
ads = 6

[guards]
after_heading = false
"""


def problems_of(text):
    """The (line, path, found, hint) of everything that is wrong with a policy."""
    with pytest.raises(PolicyError) as caught:
        loads(text, file="adslot.toml")
    assert {problem.file for problem in caught.value.problems} == {"adslot.toml"}
    return [(problem.line, problem.path, problem.found, problem.hint) for problem in caught.value.problems]


def test_a_policy_is_read_as_written():
    """Every key of every table arrives in its field."""
    assert loads(RIGHT) == EXPECTED


def test_a_mapping_is_read_like_toml():
    """`from_mapping` takes what a TOML reader, or any other, makes of the text."""
    assert from_mapping(tomllib.loads(RIGHT)) == EXPECTED


def test_a_policy_is_written_as_it_is_read():
    """`dumps` leaves out what is not set, keeps the order, and quotes what must be quoted."""
    assert loads(dumps(EXPECTED)) == EXPECTED
    case = Case({"a b": ["x*", 1, True]}, changes={"limits": {"ads": False}, "rules": []})
    policy = Policy(
        [Slot("a", kind="promo", html='<b class="x">it\'s\n\\\x7f</b>', attributes={"data-x": "C:\\"})],
        [Rule("r", slot="a", before=["css(figure.some-long-name)", "css(figure.another-long-name)", "css(figure.b)"])],
        [Spacing.between("ad", ["ad", "promo"], min="1 block or 2 words")],
        cases=[case],
    )
    assert dumps(policy) == WRITTEN
    assert loads(WRITTEN) == policy
    assert dumps(Policy()) == ""


WRITTEN = """\
[slots.a]
kind = "promo"
html = "<b class=\\"x\\">it's\\n\\\\\\u007f</b>"
attributes = { data-x = 'C:\\' }

[[rules]]
name = "r"
slot = "a"
before = [
    "css(figure.some-long-name)",
    "css(figure.another-long-name)",
    "css(figure.b)",
]

[[spacing]]
between = ["ad", ["ad", "promo"]]
min = "1 block or 2 words"

[[cases]]
when = { "a b" = ["x*", 1, true] }
limits = { ads = false }
rules = []
"""


@pytest.mark.parametrize(
    "name, kind",
    [
        ("slots", Slot),
        ("rules", Rule),
        ("limits", Limits),
        ("article", ArticleOptions),
        ("guards", Guards),
        ("spacing", Spacing),
    ],
)
def test_every_field_has_a_key(name, kind):
    """The tables of keys name each field once, but for the name of a slot and the side that `between` says."""
    fields = [key.field or each.replace("-", "_") for each, key in TABLES[name].items()]
    own = {field.name for field in attrs.fields(kind)}
    assert len(fields) == len(set(fields))
    assert own ^ set(fields) == {"slots": {"name"}, "spacing": {"either", "between"}}.get(name, set())


def test_a_file_is_read(tmp_path):
    """`load` takes a path as text or as a path, in UTF-8."""
    path = tmp_path / "adslot.toml"
    path.write_text('[slots."größe"]\nkind = "promo"\nlabel = "Anzüge – Größe"\n', encoding="utf-8")
    assert load(path) == load(str(path))
    assert load(path).slot("größe").label == "Anzüge – Größe"


@pytest.mark.parametrize("text", ["", "# nothing\n", "rules = []\n", "[slots]\n[limits]\n[article]\n[guards]\n"])
def test_an_empty_policy_is_legal(text):
    """It places nothing."""
    assert loads(text) == Policy()


def test_everything_wrong_is_told_at_its_line():
    """One error has all problems in the order of the file, each with line, path and the nearest name."""
    assert problems_of(WRONG) == [
        (3, "article.body", "':hover', which nothing in a text does", None),
        (4, "article.short", "'40 words'", None),
        (5, "article.opaque", "'(jinja': missing ), unterminated subpattern at position 0", "jinja"),
        (8, "slots.anzeige.kind", "'add'", "ad"),
        (9, "slots.anzeige.labell", "the key 'labell'", "label"),
        (11, "slots.teaser", "none", None),
        (12, "slots.teaser.height", "'274'", None),
        (16, "rules[0].slot", "'anzeig'", "anzeige"),
        (17, "rules[0].max", "True", None),
        (18, "rules[0].from_strat", "the key 'from_strat'", "from_start"),
        (19, "rules[0].apart", "'charz'", "char"),
        (25, "rules[1].at", "'paragraf'", "paragraph"),
        (28, "rules[1].before", "the end", None),
        (33, "rules[2].from_end", "'screens', which this release cannot measure", None),
        (36, "rules[3].name", "'good'", None),
        (37, "rules[3].slot", "'inlin'", "inline"),
        (42, "spacing[0]", "above, min", None),
        (47, "spacing[1].between", "3", None),
        (50, "limit", "the key 'limit'", "limits"),
        (54, "guards.after_heading", "the key 'after_heading'", "after-heading"),
    ]


def test_a_problem_prints_with_a_caret():
    """The line of the file is shown with a caret under the fault."""
    with pytest.raises(PolicyError) as caught:
        loads('[[rules]]\nname = "a"\nslot = "b"\napart = "700 charz"\n[slots.b]\nkind = "promo"\n', file="adslot.toml")
    assert str(caught.value) == (
        "adslot.toml:4:14: rules[0].apart: expected a unit: chars, words, paragraphs, blocks, %, "
        "found 'charz' (did you mean 'char'?)\n    apart = \"700 charz\"\n                 ^"
    )


@pytest.mark.parametrize(
    "text, path, found",
    [
        ("slots = 5", "slots", "5"),
        ("slots = [1]", "slots", "[1]"),
        ("slots.a = 3", "slots.a", "3"),
        ("rules = 3", "rules", "3"),
        ("rules = {}", "rules", "one table"),
        ("rules = [3]", "rules[0]", "3"),
        ("spacing = [3]", "spacing[0]", "3"),
        ("limits = true", "limits", "True"),
        ("limits.ads = true", "limits.ads", "True"),
        ("limits.ads = 1.0", "limits.ads", "1.0"),
        ('limits.ads = "1"', "limits.ads", "'1'"),
        ("limits.ads = -1", "limits.ads", "-1"),
        ("guards.adjacent = 1", "guards.adjacent", "1"),
        ('guards.adjacent = "true"', "guards.adjacent", "'true'"),
        ("article.language = 3", "article.language", "3"),
        ("article.body = []", "article.body", "[]"),
        ("article.ads = [3]", "article.ads", "[3]"),
        ("article.short = 40", "article.short", "40"),
        ('article.short = "40 chars or 30 chars"', "article.short", "'40 chars or 30 chars'"),
        ('article.short = "40 chars and 1 char"', "article.short", "'40 chars and 1 char'"),
        ('slots.a = { kind = "promo", height = 27.4 }', "slots.a.height", "27.4"),
        ('slots.a = { kind = "promo", attributes = { x = 3 } }', "slots.a.attributes.x", "3"),
        ('spacing = [{ min = "1 block" }]', "spacing[0]", "min"),
        ('spacing = [{ between = ["ad", "ad"], above = "ad", min = "1 block" }]', "spacing[0]", "between, above, min"),
        ('spacing = [{ between = ["ad", "ad"] }]', "spacing[0]", "between"),
        ('spacing = [{ between = ["ad"], min = "1 block" }]', "spacing[0].between", "1"),
        ('spacing = [{ above = [], below = "ad", min = "1 block" }]', "spacing[0].above", "none"),
        ('spacing = [{ between = [[], "ad"], min = "1 block" }]', "spacing[0].between", "none"),
        ('spacing = [{ between = ["ad", [3]], min = "1 block" }]', "spacing[0].between", "[3]"),
        ('spacing = [{ between = "ad", min = "1 block" }]', "spacing[0].between", "'ad'"),
        ('spacing = [{ between = ["ad", "ad"], min = "1 block", from = true }]', "spacing[0].from", "True"),
        ("guards.tail = 0", "guards.tail", "0"),
        ("extends = 3", "extends", "3"),
        ("extends = false", "extends", "False"),
        ("guards = false", "guards", "False"),
        ("slots.a = { kind = false }", "slots.a.kind", "False"),
        ('spacing = [{ above = false, below = "ad", min = "1 block" }]', "spacing[0].above", "False"),
        ("cases = 3", "cases", "3"),
        ("cases = [3]", "cases[0]", "3"),
        ("cases = [{}]", "cases[0]", "none"),
        ("cases = [{ when = 3 }]", "cases[0].when", "3"),
        ("cases = [{ when = {} }]", "cases[0].when", "{}"),
        ("cases = [{ when = { a = [] } }]", "cases[0].when.a", "[]"),
        ("cases = [{ when = { a = 1.5 } }]", "cases[0].when.a", "1.5"),
        ("cases = [{ when = { a = 1 }, limit = {} }]", "cases[0].limit", "the key 'limit'"),
        ("cases = [{ when = { a = 1 }, extends = 'de-news' }]", "cases[0].extends", "the key 'extends'"),
    ],
)
def test_nothing_is_coerced_in_silence(text, path, found):
    """A value of another type, an incomplete table and an unknown key are problems, at the first line here."""
    assert [problem[:3] for problem in problems_of(text)] == [(1, path, found)]


HIDING = """\
slots.a = { kind = "promo" }
[[rules]]
name = "x"
slot = "b"
at = "aftr lead"
within = "3 pixels"
min = 41
max = "40"
rate = "1 for 3 words"
prefer = "latest"
before = ["css(p >)", "promo"]
priority = 0

[[spacing]]
above = ["adx", "slot(b)"]
min = 3
unless = "ad"
from = 0

[[rules]]
name = 3
slot = 3
within = "3 words"
from_end = "1 px"

[[spacing]]
between = ["ad", "rule(y)"]
min = "2 px"
from = 2
unless = 3
"""


def test_no_fault_hides_another():
    """What can be read of a table is checked, whatever else is wrong with it, and nothing is told twice."""
    assert [problem[:2] for problem in problems_of(HIDING)] == [
        (4, "rules[0].slot"),
        (5, "rules[0].at"),
        (6, "rules[0].within"),
        (7, "rules[0].min"),
        (8, "rules[0].max"),
        (9, "rules[0].rate"),
        (10, "rules[0].prefer"),
        (11, "rules[0].before"),
        (11, "rules[0].before"),
        (12, "rules[0].priority"),
        (14, "spacing[0]"),
        (15, "spacing[0].above"),
        (15, "spacing[0].above"),
        (16, "spacing[0].min"),
        (17, "spacing[0].unless"),
        (18, "spacing[0].from"),
        (21, "rules[1].name"),
        (22, "rules[1].slot"),
        (23, "rules[1].within"),
        (24, "rules[1].from_end"),
        (28, "spacing[1].min"),
        (29, "spacing[1].from"),
        (30, "spacing[1].unless"),
    ]


@pytest.mark.parametrize(
    "rule, fault",
    [
        ('at = 3\nwithin = "3 words"', "at"),
        ('at = ["aftr lead", "befor"]\nwithin = "3 words"', "at"),
        ('max = "9"\nmin = 9', "max"),
        ('min = "9"\nmax = 0', "min"),
    ],
)
def test_nothing_is_blamed_for_what_was_not_read(rule, fault):
    """A contradiction is told only where both sides could be read."""
    text = f'[slots.a]\nkind = "promo"\n[[rules]]\nname = "x"\nslot = "a"\n{rule}'
    assert {problem[1] for problem in problems_of(text)} == {f"rules[0].{fault}"}


def test_a_rule_without_a_name_is_read_to_its_end():
    """A missing key hides no other fault of the same table."""
    assert [problem[1:3] for problem in problems_of('[[rules]]\nmax = "3"\nslot = "a"\n')] == [
        ("rules[0]", "none"),
        ("rules[0].max", "'3'"),
        ("rules[0].slot", "'a'"),
    ]


def test_a_slot_that_could_not_be_read_is_not_missed_again():
    """A rule for a faulty slot is not blamed for the slot's fault."""
    text = '[slots.a]\nkind = 3\n[[rules]]\nname = "x"\nslot = "a"\n'
    assert problems_of(text) == [(2, "slots.a.kind", "3", None)]


@pytest.mark.parametrize("data", [{1: 2}, {"slots": {3: {"kind": "ad"}}}, {"limits": {None: 1}}])
def test_keys_of_a_mapping_are_text(data):
    """A mapping from elsewhere may have other keys."""
    with pytest.raises(PolicyError, match="a text as key"):
        from_mapping(data)


def test_a_file_that_cannot_be_read_is_a_policy_error(tmp_path):
    """A missing file, a folder and other encodings are told with the file's name."""
    latin = tmp_path / "latin.toml"
    latin.write_bytes("# Größe".encode("latin-1"))
    for path in (tmp_path / "missing.toml", tmp_path, latin):
        assert [problem.file for problem in problems_in(load, path)] == [str(path)]


keys = st.sampled_from(
    ["slots", "rules", "spacing", "limits", "article", "guards", "a", "name", "slot", "kind", "min", "ads", "at"]
)
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["ad", "a", "1 block", "end"])
)
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4))


@given(st.dictionaries(keys, trees))
def test_any_mapping_is_a_policy_or_a_policy_error(data):
    """No data raises anything else."""
    try:
        assert isinstance(from_mapping(data), Policy)
    except PolicyError as error:
        assert error.problems
        assert str(error)


@given(st.text() | st.text(alphabet="[]{}=\"'.\n# abslotrue013"))
def test_any_text_is_a_policy_or_a_policy_error(text):
    """No text raises anything else."""
    try:
        assert isinstance(loads(text), Policy)
    except PolicyError as error:
        assert error.problems


@pytest.mark.parametrize("sides", ['above = "ad"', 'below = "ad"', 'between = ["ad", "teaser"]\nabove = "ad"', ""])
def test_half_a_spacing_is_a_problem(sides):
    """A spacing has between, or above and below, and nothing else."""
    assert [problem.path for problem in problems_in(loads, f'[[spacing]]\nmin = "1 block"\n{sides}')] == ["spacing[0]"]


def test_a_byte_order_mark_is_no_fault(tmp_path):
    """Editors on Windows write one; the policy is the same."""
    path = tmp_path / "adslot.toml"
    path.write_bytes('[slots.a]\nkind = "promo"\n'.encode("utf-8-sig"))
    assert load(path) == loads('[slots.a]\nkind = "promo"')
