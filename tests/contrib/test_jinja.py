"""The filter and the tag, in real environments of Jinja."""

from __future__ import annotations

import asyncio

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

import adslot
from adslot.contrib.jinja import Adslot, install

POLICY = {
    "slots": {
        "ad": {"kind": "ad", "label": "Anzeige", "template": "<b>{{ context.section }}</b>"},
        "more": {"kind": "teaser"},
    },
    "rules": [{"name": "mid", "slot": "ad"}, {"name": "end", "slot": "more", "at": "end"}],
}
QUIET = {
    "slots": {"more": {"kind": "promo", "html": "<i>Mehr</i>"}},
    "rules": [{"name": "end", "slot": "more", "at": "end"}],
}
BODY = "<p>Eins &amp; zwei.</p><p>Drei.</p>"


def environment(kind=Environment, *, autoescape=True, options=None, **said):
    made = kind(autoescape=autoescape, **(options or {}))
    install(made, POLICY, policies={"quiet": QUIET}, **said)
    return made


def rendered(source, environment, **values):
    return environment.from_string(source).render(body=Markup(BODY), **values)


@pytest.mark.parametrize("kind", [Environment, SandboxedEnvironment])
def test_the_filter(kind):
    """What is markup stays markup, with its slots, and is what `place` makes of it."""
    html = rendered("<main>{{ body | adslot(context={'section': 'sport'}) }}</main>", environment(kind))
    assert html == f"<main>{adslot.place(BODY, adslot.from_mapping(POLICY), context={'section': 'sport'}).html}</main>"
    assert "<b>sport</b>" in html


@pytest.mark.parametrize("autoescape", [True, False])
def test_the_tag(autoescape):
    """Around what a template writes itself, loops and all; its own values are escaped before."""
    source = (
        "{% adslot context={'section': x}, policy=none %}{% for p in ps %}<p>{{ p }}</p>{% endfor %}{% endadslot %}"
    )
    html = rendered(source, environment(autoescape=autoescape), ps=["a &amp; b", "c"], x="y")
    assert html.count("data-adslot-rule") == 1
    assert "<b>y</b>" in html
    assert ("<p>a &amp;amp; b</p>" in html) == autoescape


def test_in_templates_that_are_included_and_extended():
    """And in macros: the environment has the policy."""
    loader = DictLoader(
        {
            "base": "<html>{% block story %}{% endblock %}</html>",
            "page": "{% extends 'base' %}{% from 'macros' import story %}{% block story %}{{ story(body) }}{% endblock %}",
            "macros": "{% macro story(body) %}{{ body | adslot }}{% endmacro %}",
        }
    )
    html = environment(options={"loader": loader}).get_template("page").render(body=Markup(BODY))
    assert html.count("data-adslot-rule") == 1


def test_templates_that_are_rendered_async():
    """Filter and tag."""
    made = environment(options={"enable_async": True})
    template = made.from_string("{{ body | adslot }}{% adslot %}<p>{{ x }}</p><p>Zwei.</p>{% endadslot %}")
    html = asyncio.run(template.render_async(body=Markup(BODY), x="<"))
    assert html.count("data-adslot-rule") == 2
    assert "<p>&lt;</p>" in html


def test_what_is_said_of_every_page():
    """Callables of the application; what the template says goes before."""
    made = environment(context=lambda: {"section": "wetter", "x": 1}, related=lambda: [adslot.Related("Takt", "/takt")])
    assert "<b>wetter</b>" in rendered("{{ body | adslot }}", made)
    assert 'href="/takt"' in rendered("{{ body | adslot }}", made)
    html = rendered("{{ body | adslot(context={'section': 'sport'}, related=[]) }}", made)
    assert "<b>sport</b>" in html
    assert "/takt" not in html
    assert "/takt" not in rendered("{{ body | adslot(url='/takt') }}", made)


def test_policies_by_name():
    """And one that is not there, with the nearest."""
    assert "<i>Mehr</i>" in rendered("{{ body | adslot(policy='quiet') }}", environment())
    with pytest.raises(
        TemplateRuntimeError, match=r"no policy 'quite'; its policies are quiet \(did you mean 'quiet'\?\)"
    ):
        rendered("{{ body | adslot(policy='quite') }}", environment())


def test_without_autoescape_text_is_text():
    """Then nothing tells markup from text."""
    html = environment(autoescape=False).from_string("{{ body | adslot }}").render(body=BODY)
    assert html.count("data-adslot-rule") == 1


def test_a_block_without_autoescape():
    """The setting of the place counts."""
    html = environment().from_string("{% autoescape false %}{{ body | adslot }}{% endautoescape %}").render(body=BODY)
    assert html.count("data-adslot-rule") == 1


# -------------------------------------------------------------------------------- what goes wrong


def test_text_that_nobody_declared_to_be_markup():
    """The first mistake of all: the error says what to write."""
    with pytest.raises(TemplateRuntimeError, match=r"not marked as safe.*\{\{ … \| safe \| adslot \}\}"):
        environment().from_string("{{ body | adslot }}").render(body=BODY)


@pytest.mark.parametrize("value", [None, b"<p>", 3, ["<p>"]])
def test_other_types(value):
    """Said, with what was found."""
    with pytest.raises(TemplateRuntimeError, match=f"adslot expected HTML, found {type(value).__name__}"):
        environment().from_string("{{ value | adslot }}").render(value=value)


def test_undefined_stays_undefined():
    """As the environment has it."""
    assert environment().from_string("{{ x | adslot }}").render() == ""
    with pytest.raises(UndefinedError, match="'x' is undefined"):
        environment(options={"undefined": StrictUndefined}).from_string("{{ x | adslot }}").render()


def test_a_wrong_policy_stops_the_start(tmp_path):
    """Before a template is rendered; so does one of those by name, and what is no policy."""
    with pytest.raises(adslot.PolicyError, match=r"slots\.x\.kind"):
        install(Environment(autoescape=True), {"slots": {"x": {"kind": "add"}}})
    with pytest.raises(adslot.PolicyError, match="No such file"):
        install(Environment(autoescape=True), QUIET, policies={"x": tmp_path / "fehlt.toml"})
    with pytest.raises(TypeError, match=r"expected a policy: a file, the name of a preset, .* found 3"):
        install(Environment(autoescape=True), 3)  # type: ignore[arg-type]


def test_the_extension_alone_has_no_policy():
    """The error names the function that gives it one."""
    made = Environment(autoescape=True, extensions=[Adslot])
    with pytest.raises(TemplateRuntimeError, match=r"call adslot\.contrib\.jinja\.install\(environment, policy\)"):
        rendered("{{ body | adslot }}", made)


@pytest.mark.parametrize("source", ["{% adslot x %}{% endadslot %}", "{% adslot %}", "{% adslot x= %}{% endadslot %}"])
def test_a_tag_that_cannot_be_read(source):
    """Jinja's own errors, with the line."""
    with pytest.raises(TemplateSyntaxError):
        environment().from_string(source)


def test_arguments_that_do_not_exist():
    """No word is lost in silence."""
    with pytest.raises(TypeError, match="relatd"):
        rendered("{{ body | adslot(relatd=[]) }}", environment())
