"""Reading any policy: one that places, or a PolicyError with every problem."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adslot import Policy, PolicyError, dumps, from_mapping, load, loads, place, preset, preset_names
from tests import strategies
from tests.fuzz import pages

STORY = "<article><h1>Titel</h1><p>Eins.</p><h2>Zwei</h2><p>Zwei.</p><ul><li>a</ul><p>Drei.</p></article>"
TEXTS = [dumps(preset(name)) for name in preset_names()]
TEXTS += ['extends = "de-news"\n', '[slots.a]\nkind="ad"\nlabel="Anzeige"\n[[rules]]\nname="r"\nslot="a"\n']
ODD = [
    "9" * 30,
    "9" * 5000,
    "1e999",
    "nan",
    "-0",
    "0x1F",
    "1979-05-27",
    "true",
    "[]",
    "{}",
    '""',
    "'''",
    '"""',
    "\\u0000",
    "\0",
]
ODD += [
    "\ufeff",
    "\r",
    "=",
    "[",
    "]",
    "[[",
    "]]",
    ".",
    "[[cases]]\nwhen={}\n",
    'when={a="*"}',
    "extends='x'",
    "a.b.c=1",
    "'(a+)+$'",
]
ODD += [
    "p:is(" * 40,
    "(" * 200,
    "[" * 2000,
    "css(",
    "700 chars and " * 60,
    "{{",
    "<p>",
    ":nth-child(2n+1)",
    ",p" * 300,
    "h2~p",
    "*|*",
]
ODD += ["../x.toml", "/etc/passwd", "de-news", "{% for %}", "::before", ":has(p)", "\\", "p\\0", "ß", "İ", "🙂", "K"]


@st.composite
def texts(draw):
    """A policy as TOML with pieces put in, taken out and doubled."""
    made = st.one_of([st.sampled_from(TEXTS)] * 3 + [strategies.every_policy().map(dumps)])
    return draw(pages.torn(made, st.one_of(st.sampled_from(ODD), strategies.token_texts, st.text(max_size=4))))


_deep = st.recursive(
    st.one_of(st.sampled_from(ODD), st.integers(), st.floats(), st.none(), st.booleans(), st.text(max_size=4)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(0, 2), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def mappings(draw):
    """A policy as data, with anything at any key."""
    data = draw(strategies.documents())
    if isinstance(data, dict) and data and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(map(str, data))))
        data[key] = draw(_deep)
    return data


def read(given: Any, form: str) -> Policy:
    """The policy in *given*, read as *form*."""
    if form == "text":
        return loads(given) if isinstance(given, str) else from_mapping(given)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.json" if form == "json" else "p.toml")
        text = given if isinstance(given, str) else json.dumps(given, default=str, skipkeys=True)
        path.write_text(text, "utf-8", "surrogatepass")
        return load(path)


@given(st.one_of(texts(), texts(), texts(), mappings()), st.sampled_from(["text", "text", "toml", "json"]))
def law(given, form):
    """Laws 11 and 12: whatever a policy file may hold, and what a policy that was read can do."""
    try:
        policy = read(given, form)
    except PolicyError as error:
        assert error.problems
        assert str(error)
        return
    assert loads(dumps(policy)) == policy
    for context in (None, {"section": "sport", "subscriber": True}):
        try:
            place(STORY, policy, context=context)
        except PolicyError as error:
            assert str(error)
