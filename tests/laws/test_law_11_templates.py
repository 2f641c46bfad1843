"""Law 11 for templates that nobody trusts: loading a policy raises PolicyError or nothing, at a bounded price.

And whatever such a template does at all, it does as Jinja does.
"""

from __future__ import annotations

import time
import tracemalloc
import warnings
from collections.abc import Iterator
from functools import wraps

from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, pass_context
from jinja2.filters import FILTERS as JINJA
from jinja2.sandbox import ImmutableSandboxedEnvironment

from adslot import PolicyError, Related, from_mapping, place
from adslot.policy import bounds
from adslot.policy.templates import TemplateFault, counted, fill, is_written
from adslot.policy.templates.attributes import OF_LOOPS, OF_MAPPINGS, OF_TEXTS
from adslot.policy.templates.filters import FILTERS
from adslot.policy.templates.tests import TESTS
from tests.policy.templates.test_hostile_templates import SEEN, Canary

STORY = "<p>Eins.</p><p>Zwei.</p>"
SECONDS, BYTES = 5.0, 100_000_000

VALUES = {
    "id": "adslot-r-1",
    "number": 3,
    "height": None,
    "sizes": [[300, 250], [320, 50], "fluid"],
    "attributes": {"data-ad-unit": "/1/<x>", "class": "a b"},
    "items": [
        {"title": "Züge & Busse", "tags": ("Bahn", "Bus"), "image": None},
        {"title": "", "tags": (), "image": {"width": 3}},
    ],
}

_NAMES = [
    "context.object",
    "context.list",
    *VALUES,
    *VALUES,
    "context",
    "x",
    "y",
    "n",
    "loop",
    "range",
    "namespace",
    "caller",
    "varargs",
    "self",
    "m",
    "labl",
]
_HOSTILE_NAMES = [
    "__class__",
    "__globals__",
    "_x",
    "mro",
    "format",
    "format_map",
    "join",
    "center",
    "gi_frame",
    "func_globals",
    "update",
    "real",
]
_KNOWN_NAMES = ["title", "tags", "image", "width", "section", "class", "a", *sorted(OF_TEXTS | OF_MAPPINGS | OF_LOOPS)]
_TEXTS = [
    "",
    "a",
    "<b>",
    "&amp;",
    "%s",
    "%1000d",
    "%(a)s",
    "{0.__class__}",
    "{}",
    "x y",
    "ß",
    "12",
    "'",
    "__class__",
    "upper",
    "odd",
    "\\n",
    "title",
    "tags",
]
_NUMBERS = ["0", "1", "2", "3", "-1", "7", "1000", "10**8", "10**30", "1.5", "1e308", "true", "none", "99999999"]
_BINARY = ["+", "-", "*", "/", "//", "%", "**", "~", "and", "or", "==", "!=", "<", ">=", "in", "not in"]
_UNARY = ["-", "+", "not "]


def _expressions(names: list[str], filters: list[str], tests: list[str], numbers: list[str]) -> st.SearchStrategy[str]:
    words, attributes = st.sampled_from(_NAMES), st.sampled_from(names)
    leaves = st.one_of(words, words, st.sampled_from(numbers), st.sampled_from(_TEXTS).map(lambda text: f'"{text}"'))

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        arguments = st.lists(inner, max_size=2).map(", ".join)
        return st.one_of(
            st.tuples(inner, st.sampled_from(_BINARY), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
            st.tuples(st.sampled_from(_UNARY), inner).map("".join),
            st.tuples(inner, attributes).map(lambda it: f"{it[0]}.{it[1]}"),
            st.tuples(inner, attributes, arguments).map(lambda it: f"{it[0]}.{it[1]}({it[2]})"),
            st.tuples(inner, inner).map(lambda it: f"{it[0]}[{it[1]}]"),
            st.tuples(inner, inner, inner).map(lambda it: f"{it[0]}[{it[1]}:{it[2]}]"),
            st.tuples(inner, arguments).map(lambda it: f"{it[0]}({it[1]})"),
            st.tuples(inner, st.sampled_from(filters)).map("|".join),
            st.tuples(inner, st.sampled_from(filters)).map("|".join),
            st.tuples(inner, st.sampled_from(filters), arguments).map(lambda it: f"{it[0]}|{it[1]}({it[2]})"),
            st.tuples(inner, attributes).map(lambda it: f"{it[0]}|map(attribute='{it[1]}')|list"),
            st.tuples(inner, st.sampled_from(tests)).map(lambda it: f"({it[0]} is {it[1]})"),
            st.tuples(inner, st.sampled_from(tests), inner).map(lambda it: f"({it[0]} is {it[1]}({it[2]}))"),
            st.tuples(inner, inner, inner).map(lambda it: f"({it[0]} if {it[1]} else {it[2]})"),
            st.lists(inner, max_size=3).map(lambda it: f"[{', '.join(it)}]"),
            st.lists(inner, max_size=2).map(lambda it: f"({', '.join(it)},)" if it else "()"),
            st.tuples(inner, inner).map(lambda it: f"{{{it[0]}: {it[1]}}}"),
        )

    return st.recursive(leaves, larger, max_leaves=8)


def _templates(expressions: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    leaves = st.one_of(
        expressions.map("{{{{ {} }}}}".format),
        st.sampled_from(["<b>a</b>", " ", "\n", "&", "{# x #}", "{% raw %}{{ x }}{% endraw %}", "<i>"]),
        st.tuples(st.sampled_from(["x", "y", "x, y", "n.x", "loop"]), expressions).map(
            lambda it: f"{{% set {it[0]} = {it[1]} %}}"
        ),
        st.just("{% set n = namespace(x='a') %}"),
        expressions.map("{{% include {} %}}".format),
    )

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.tuples(expressions, inner)
        return st.one_of(
            st.lists(inner, max_size=3).map("".join),
            two.map(lambda it: f"{{% if {it[0]} %}}{it[1]}{{% else %}}c{{% endif %}}"),
            two.map(lambda it: f"{{% for x in {it[0]} %}}{it[1]}{{% endfor %}}"),
            two.map(lambda it: f"{{% for x, y in {it[0]} %}}{it[1]}{{% else %}}{it[1]}{{% endfor %}}"),
            two.map(lambda it: f"{{% for x in {it[0]} if x %}}{it[1]}{{{{ loop.index }}}}{{% endfor %}}"),
            two.map(lambda it: f"{{% for x in {it[0]} recursive %}}{it[1]}{{{{ loop(x) }}}}{{% endfor %}}"),
            two.map(lambda it: f"{{% for x in range(999) %}}{{{{ {it[0]} }}}}{it[1]}{{% endfor %}}"),
            two.map(lambda it: f"{{% with y = {it[0]} %}}{it[1]}{{% endwith %}}"),
            two.map(lambda it: f"{{% macro m(x, y={it[0]}) %}}{it[1]}{{% endmacro %}}{{{{ m(1) }}}}"),
            two.map(lambda it: f"{{% macro m(x) %}}{{{{ caller({it[0]}) }}}}{{% endmacro %}}{{% call(y) m(2) %}}{it[1]}{{% endcall %}}"),
            inner.map("{{% set x %}}{}{{% endset %}}{{{{ x }}}}".format),
            inner.map("{{% filter upper %}}{}{{% endfilter %}}".format),
            inner.map("{{% autoescape false %}}{}{{% endautoescape %}}".format),
            inner.map("{{% block b %}}{}{{% endblock %}}".format),
        )  # fmt: skip

    return st.recursive(leaves, larger, max_leaves=6)


# Python prints what these give in a form of its own, and has them for lists, too.
_OTHERWISE = {"items", "keys", "values", "count", "index"}
HOSTILE = st.deferred(
    lambda: _templates(_expressions(_KNOWN_NAMES + _HOSTILE_NAMES, sorted(JINJA), sorted(TESTS), _NUMBERS))
)
ORDINARY = st.deferred(
    lambda: _templates(
        _expressions(
            [name for name in _KNOWN_NAMES if name not in _OTHERWISE], sorted(FILTERS), sorted(TESTS), _NUMBERS[:7]
        )
    )
)


@given(HOSTILE, st.sampled_from(["ad", "teaser", "promo"]))
@example("{% for x in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}", "promo")
@example("{{ ('%' ~ '0' * 99999) % 1 }}", "promo")
@example("{{ {}[[]] }}{{ 1[:'a'] }}", "promo")
def test_loading_is_bounded_and_raises_nothing_else(template, kind):
    """In steps, which are counted, and in seconds and bytes, generously."""
    slot = {"kind": kind, "label": "Anzeige", "template": template if is_written(template) else f"{template}<b></b>"}
    data = {"slots": {"a": slot}, "rules": [{"name": "r", "slot": "a"}]}
    tracemalloc.start()
    start = time.process_time()
    try:
        with counted() as steps:
            policy = from_mapping(data)
            placed(policy)
    except PolicyError as error:
        assert error.problems
        assert all(problem.path.startswith("slots.a.") for problem in error.problems)
        assert len(str(error)) < 5_000 + len(template)
    else:
        assert placed(policy) == placed(policy)
    finally:
        assert time.process_time() - start < SECONDS
        assert tracemalloc.get_traced_memory()[1] < BYTES
        tracemalloc.stop()
    assert len(steps) <= 9
    assert all(taken <= 2 * bounds.STEPS for taken in steps)


def placed(policy):
    """The story with its slots, or what is told where a template fails on what a page says; no object there is looked at."""
    SEEN.clear()
    context = {"section": "sport", "object": Canary(), "list": [Canary()]}
    try:
        return place(STORY, policy, related=[Related("Titel", "/a")], context=context).html
    except PolicyError as error:
        return str(error)
    finally:
        assert SEEN == []


def _eager(function):
    """What a filter yields as a list, which is what templates have."""

    @wraps(function)
    def run(*args, **kwargs):
        found = function(*args, **kwargs)
        return list(found) if isinstance(found, Iterator) else found

    return run


@pass_context
def _as_it_is(_, value):
    return value


# Without its optimizer, which forgets that a constant is markup.
ORACLE = ImmutableSandboxedEnvironment(
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    optimized=False,
    finalize=_as_it_is,
)
ORACLE.filters = {name: _eager(each) for name, each in JINJA.items()}
ORACLE.globals = {"range": lambda *args: list(range(*args)), "namespace": ORACLE.globals["namespace"]}
ORACLE.policies["json.dumps_kwargs"] = {"sort_keys": True}


@given(ORDINARY)
@example("{% for s in sizes|reject('string') %}{{ s|join('x') }}{{ ',' if not loop.last }}{% endfor %}")
@example("{% set n = namespace(x=0) %}{% for s in sizes %}{% set n.x = n.x + 1 %}{% endfor %}{{ n.x }}")
@example(
    "{{ '<b>'|safe ~ '<i>' }}{{ ['<b>'|safe, '<i>']|join('<') }}{{ '%s<'|format('<b>') }}{{ ('%s<'|safe) % '<b>' }}"
)
@example("{{ 'a<b'|replace('<', '&') }}{{ ('a<b'|safe)|replace('<', '&') }}{{ 'a<b'|replace('<', '&'|safe) }}")
@example("{% autoescape false %}{{ '<b>' ~ ('<i>'|safe) }}{{ ['<', '>'|safe]|join('&') }}{% endautoescape %}")
@example("{% macro m(a, b='<') %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m('<', '&', 1, c=2) }}")
@example("{% filter upper %}<b>{{ id }}{% endfilter %}{% set x | lower %}<B>{{ id }}{% endset %}{{ x }}")
@example("{{ items|map(attribute='title')|select|first }}{{ items|sum(attribute='title') if 0 else items|length }}")
@example("{{ attributes|dictsort }}{{ attributes|xmlattr }}{{ attributes|tojson(2) }}{{ attributes.items()|list }}")
@example(
    "{% for a, b in attributes.items() %}{{ loop.cycle('x', 'y') }}{{ loop.changed(a) }}{{ a }}{{ b }}{% endfor %}"
)
@example("{{ sizes[0][::-1] }}{{ sizes[-1][1:3] }}{{ 'abc'[5:] }}{{ sizes[:1] }}{{ 3.7|round|int }}{{ '42.2'|int }}")
@example("{{ '<p>a</p> <!-- x -->b &amp; c'|striptags }}{{ 'a <'|striptags }}{{ '<!-- a'|striptags }}")
def test_what_templates_do_is_what_jinja_does(template):
    """To the letter, wherever they do it at all."""
    text = template if is_written(template) else f"{template}<b></b>"
    try:
        ours = fill(text, dict(VALUES))
    except TemplateFault:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # Python's, of what Jinja makes of `1[:]`
        oracle = ORACLE.from_string(text)
    assert ours == oracle.render(VALUES).strip()
