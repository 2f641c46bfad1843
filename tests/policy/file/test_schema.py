"""The JSON Schema: it is the published file, and its patterns take what the parsers of the small grammars take."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from adslot import PolicyError, loads, preset_names
from adslot.cli.commands import main
from adslot.policy.declarations import ArticleOptions, Limits, Rule, Spacing
from adslot.policy.file import forms
from adslot.policy.file.reader import Reader
from adslot.policy.file.schema import json_schema, schema_text
from adslot.policy.file.sources import read_preset
from adslot.policy.language.distance import parse
from adslot.policy.problems import problems_of
from adslot.policy.slots import Slot
from tests import strategies

VALIDATOR = Draft202012Validator(json_schema())
ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "docs" / "reference" / "adslot.schema.json"


def test_the_schema_is_one():
    """Of draft 2020-12."""
    Draft202012Validator.check_schema(json_schema())


def test_the_published_schema_is_made_of_the_tables():
    """After a change: adslot schema > docs/reference/adslot.schema.json."""
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()


def test_the_command_prints_the_schema():
    """As it is published."""
    result = CliRunner().invoke(main, ["schema"])
    assert (result.exit_code, result.stdout) == (0, schema_text())


@pytest.mark.parametrize("name", preset_names())
def test_the_schema_takes_every_preset(name):
    """They are policy files like any other."""
    assert list(VALIDATOR.iter_errors(read_preset(name).data)) == []


def policy_files():
    """The files that come with the project, and what the documentation shows in full."""
    yield from (ROOT / "examples").glob("*.toml")
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        yield from re.findall(r"^```toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def test_the_schema_takes_what_the_reader_takes():
    """Whatever stands in the project as a policy."""
    taken = 0
    for file in policy_files():
        text = file if isinstance(file, str) else file.read_text(encoding="utf-8")
        try:
            loads(text)
        except PolicyError:
            continue
        assert list(VALIDATOR.iter_errors(tomllib.loads(text))) == [], text
        taken += 1
    assert taken > 60


@pytest.mark.parametrize(
    "text",
    [
        "slotz = 1",
        '[slots.a]\nkin = "ad"\nlabel = "Anzeige"',
        '[slots.a]\nlabel = "Anzeige"',
        '[slots.a]\nkind = "ad"',
        '[slots.a]\nkind = "banner"',
        '[slots."a b"]\nkind = "promo"',
        '[slots.a]\nkind = "promo"\n[slots.a.attributes]\nid = "x"',
        '[[rules]]\nname = "x"',
        '[[rules]]\nslot = "x"',
        '[[rules]]\nname = "x"\nslot = "a"\nmax = -1',
        '[[rules]]\nname = "x"\nslot = "a"\napart = "700 cars"',
        '[[rules]]\nname = "x"\nslot = "a"\nat = "after leed"',
        '[[spacing]]\nbetween = ["ad", "ad"]',
        '[[spacing]]\nabove = "ad"\nmin = "1 block"',
        '[[spacing]]\nbetween = ["ad", "ad"]\nabove = "ad"\nmin = "1 block"',
        '[[spacing]]\nbetween = ["ad", "ad"]\nabove = "ad"\nbelow = "ad"\nmin = "1 block"',
        '[limits]\nads = "6"',
        '[article]\nlanguage = "german"',
        "[layouts.a]",
        '[guards]\ntail = "no"',
        "[[cases]]\nlimits = { ads = 0 }",
        'extends = "de-news"\n[slots.a]\nkinds = "ad"',
    ],
)
def test_the_schema_refuses_what_is_wrong(text):
    """As far as it can be seen in one place; the reader refuses it too."""
    assert list(VALIDATOR.iter_errors(tomllib.loads(text)))
    with pytest.raises(PolicyError):
        loads(text)


def test_editors_show_what_a_key_means():
    """Every key has a description, and its default where that is a value."""
    rule = json_schema()["$defs"]["rules"]["properties"]
    assert rule["max"]["description"] == "the most slots of this rule; 0 turns it off"
    assert rule["max"]["default"] == 1


BRANCHES = {"if", "then", "else", "not", "oneOf"}


def schemas(schema, path=()):
    """Every schema within a schema, with the keys that lead there."""
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            yield from schemas(value, (*path, key))
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from schemas(value, (*path, number))


def test_every_property_is_described():
    """Wherever a key may stand; what branches say of it is said once more."""
    found = [
        (path, name, value)
        for path, schema in schemas(json_schema())
        for name, value in schema.get("properties", {}).items()
        if BRANCHES.isdisjoint(path) and path[-1:] != ("properties",)
    ]
    assert len(found) > 90
    assert [(path, name) for path, name, value in found if not value.get("description")] == []


def test_every_branch_leaves_room_for_the_other_keys():
    """Some editors take each branch for all that a table may have, and would warn of the rest of every file."""
    branches = [
        (path, schema)
        for path, schema in schemas(json_schema())
        if path and ({"required", "properties", "not"} & schema.keys() or path[-1] in {"if", "then"})
        if path[-1] != "properties" and path[-2:-1] != ("properties",)
    ]
    assert len(branches) > 15
    assert [path for path, schema in branches if "additionalProperties" not in schema] == []


def _problems(rule):
    return list(problems_of([Slot("ad", kind="promo")], [Rule("x", slot="ad", **rule)], [], Limits(), ArticleOptions()))


def reads(key):
    """Whether a rule may have this text at *key*: the reader's answer and that of the checks behind it."""

    def answer(text):
        try:
            return not _problems({"at": "end", key: text})
        except ValueError:
            return False

    return answer


def reads_term(text):
    reader = Reader()
    return reader.terms((), text) is not None


def reads_short(text):
    return Reader().short((), text) is not None


def reads_unless(text):
    try:
        spacing = Spacing("ad", "ad", min=parse("1 block"), unless=text)
    except ValueError:
        return False
    return not list(problems_of([], [], [spacing], Limits(), ArticleOptions()))


GRAMMARS = {
    "from_start": (forms.DISTANCE, reads("from_start")),
    "min_article": (forms.SIZE, reads("min_article")),
    "max_article": (forms.SIZE, reads("max_article")),
    "within": (forms.MOVE, reads("within")),
    "rate": (forms.RATE, reads("rate")),
    "at": (forms.ANCHORS, reads("at")),
    "after": (forms.BLOCKS, reads("after")),
    "term": (forms.TERMS, reads_term),
    "unless": (forms.NO_SLOTS, reads_unless),
    "short": (forms.SHORT, reads_short),
}


def agrees(name, text):
    """Whether the pattern takes what the parser takes; of CSS it takes everything."""
    form, answer = GRAMMARS[name]
    schema = next(iter(form.schema.get("anyOf", [form.schema])))
    taken = re.search(schema["pattern"], text) is not None
    return taken == answer(text) or (taken and "css(" in text)


@pytest.mark.parametrize("name", GRAMMARS)
@given(strategies.token_texts)
def test_a_pattern_takes_what_the_parser_takes(name, text):
    """Made of pieces of the grammars, right and wrong."""
    assert agrees(name, text)


_SPACES = st.sampled_from(["", " ", "  ", "\n", "\t"])
_RIGHT = st.one_of(
    strategies.every_anchor.map(str),
    strategies.every_term.map(str),
    strategies.every_distance().map(str),
    strategies.every_within.map(str),
    strategies.every_rate.map(str),
)


@st.composite
def _nearly_right(draw):
    """What can be written, with blanks more or less and a character changed."""
    words = re.split(r"( )", draw(_RIGHT))
    text = draw(_SPACES) + "".join(draw(_SPACES) if word == " " and draw(st.booleans()) else word for word in words)
    if text and draw(st.booleans()):
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.sampled_from([*"0 1-,%()s\u00e9\u00df_.\n", ""])) + text[at + 1 :]
    return text + draw(_SPACES)


@pytest.mark.parametrize("name", GRAMMARS)
@given(_nearly_right())
def test_a_pattern_takes_nearly_right_texts_as_the_parser_does(name, text):
    """With other blanks and single faults."""
    assert agrees(name, text)


@pytest.mark.parametrize(
    "name, right",
    [
        ("a", True),
        ("größe", True),
        ("東京", True),
        ("a.b-c_1", True),
        ("-a", False),
        ("a b", False),
        ("a\n", False),
        ("", False),
    ],
)
def test_names_may_have_letters_of_every_script(name, right):
    """Also where a pattern's \\w is ASCII; the reader refuses the signs among them."""
    assert (re.search(forms.WHOLE_NAME, name) is not None) == right
    ascii_only = re.compile(forms.WHOLE_NAME, re.ASCII)
    assert (ascii_only.search(name) is not None) == right


def test_the_schema_is_json():
    """What is printed is what is meant."""
    assert json.loads(schema_text()) == json_schema()
