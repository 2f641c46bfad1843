"""Slots with any template or markup: a policy that is refused, or slots that change nothing around them and tell nothing."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from adslot import Policy, PolicyError, Related, from_mapping, place, strip
from adslot.renderer.markup import markup
from tests.fuzz.pages import flows
from tests.fuzz.pieces import pieces
from tests.oracles import dom

SECRET = os.environ["ADSLOT_SECRET"] = "geheim-48151623"
STORY = "<article><h1>Titel</h1><p>Eins.</p><p>Zwei <b>und</b> mehr.</p><p>Drei.</p></article>"
ITEMS = [Related("Züge & <Busse>", "/takt"), Related("Noch einer", "https://a.example/?a=1&b=2", image="/i.png")]
CONTEXT = {"section": "</aside><script>x</script>", "n": 3}
# More than any slot has room for.
MOST = 10_000_000

NAMES = (
    "id slot rule label number height sizes attributes items layouts context cycler namespace joiner dict range self loop "
    "items[0] items[0].title context.section '' '%s' [] {} 10**8 'a' (1,) true caller varargs"
).split()
STEPS = (
    ".__class__ .__init__ .__globals__ .__mro__[1] .__subclasses__() .os.environ ['__builtins__'] .format(x=1) .title [0] "
    "() (10**8) |tojson |safe |e |attr('__class__') |list |length |center(10**8) |join('<') |replace('a','b'*10**6) |sum "
    "|indent(10**7) *10**8 *10**4 |batch(10**7,'x')|list |map('upper') |wordwrap(1) |urlize |xmlattr |pprint |string "
    "|striptags |format('x') |default('x') |random .format_map(context) **9**9 |groupby('title') |slice(3) |truncate(0) "
    "|filesizeformat |dictsort .update(a=1)"
).split()
TAGS = [
    "set x = 1",
    "include '../secret.json'",
    "extends 'plain'",
    "import 'x' as y",
    "block a",
    "endblock",
    "raw",
    "endraw",
]
TAGS += [
    "autoescape false",
    "endautoescape",
    "do x",
    "filter upper",
    "endfilter",
    "call x()",
    "endcall",
    "break",
    "else",
]
TAGS = [f"{{% {tag} %}}" for tag in [*TAGS, "endfor", "endif"]] + ["{#", "#}", "{{", "}}", "{%"]

expressions = st.builds(
    lambda name, steps: name + "".join(steps), st.sampled_from(NAMES), st.lists(st.sampled_from(STEPS), max_size=5)
)
_small = st.one_of(
    expressions.map("{{{{ {} }}}}".format),
    expressions.map("{{{{ {} }}}}".format),
    st.sampled_from(TAGS),
    pieces,
    flows(),
    expressions.map("<a href='{{{{ {} }}}}'>x</a>".format),
    expressions.map("<b {{{{ {} }}}}>x</b>".format),
    st.text(max_size=6),
)
_ranges = st.sampled_from(
    ["items", "range(3)", "range(10**9)", "range(1000)", "sizes", "'x' * 10**7", "context", "layouts"]
)


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.builds("{{% for x in {} %}}{}{{% endfor %}}".format, _ranges, inner),
        st.builds("{{% for x in {} recursive %}}{}{{{{ loop(items) }}}}{{% endfor %}}".format, _ranges, inner),
        st.builds("{{% if {} %}}{}{{% endif %}}".format, expressions, inner),
        st.builds("{{% macro m() %}}{}{{{{ m() }}}}{{% endmacro %}}{{{{ m() }}}}".format, inner),
        st.builds("{{% set y %}}{}{{% endset %}}{{{{ y * 99 }}}}".format, inner),
        inner.map("<div>{}</div>".format),
    )


templates = st.one_of(
    st.recursive(_small, _around, max_leaves=5),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["(", "[", "{{(", "not ", "-"]).map(lambda part: "{{ " + part * 3000),
        expressions,
        st.just("}}"),
    ),
)


@given(templates, st.sampled_from(["template", "html", "label", "name"]), st.sampled_from(["ad", "teaser", "promo"]))
def law(text, key, kind):
    """A policy's own markup stays in its slots, in bounded time and size, and knows what it is given and no more."""
    slot = {"kind": kind, **({} if kind == "promo" else {"label": "Anzeige"}), key: text}
    if key == "name":
        slot = {"kind": kind, "template": "plain", "label": "Anzeige", "attributes": {text[:9]: text, "data-x": text}}
    try:
        policy: Policy = from_mapping({"slots": {"s": slot}, "rules": [{"name": "r", "slot": "s", "max": 2}]})
        result = place(STORY, policy, related=ITEMS, context=CONTEXT)
    except PolicyError as error:
        assert SECRET not in str(error)
        assert len(str(error)) < MOST
        return
    assert SECRET not in result.html
    assert len(result.html) < MOST
    assert strip(result.html) == STORY
    markups = [markup(result.plan, placement, context=CONTEXT) for placement in result.plan.placements]
    assert dom.faults(STORY, result.html, markups, fragment=not result.plan.article.is_page) == []
