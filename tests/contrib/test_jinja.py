"""The filter and the tag, in real environments of Jinja."""

from __future__ import annotations

import asyncio
import re

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


@pytest.mark.parametrize(
    "source",
    ["{{ body | adslot(id_prefix=loop.index) }}", "{% adslot id_prefix=loop.index %}{{ body }}{% endadslot %}"],
)
def test_several_texts_on_a_page(source):
    """Each has ids of its own, by a number or a text; a wrong one costs the slots and no more."""
    html = rendered(f"{{% for x in [1, 2] %}}{source}{{% endfor %}}", environment())
    assert re.findall(r'id="([^"]+)"', html) == ["adslot-1-mid-1", "adslot-2-mid-1"]
    assert rendered("{{ body | adslot(id_prefix='a b') }}", environment()) == BODY


def test_policies_by_name():
    """And one that is not there, with the nearest."""
    assert "<i>Mehr</i>" in rendered("{{ body | adslot(policy='quiet') }}", environment())
    with pytest.raises(
        TemplateRuntimeError, match=r"no policy 'quite'; its policies are quiet \(did you mean 'quiet'\?\)"
    ):
        rendered("{{ body | adslot(policy='quite') }}", environment(debug=True))


def test_without_autoescape_text_is_text():
    """Then nothing tells markup from text."""
    html = environment(autoescape=False).from_string("{{ body | adslot }}").render(body=BODY)
    assert html.count("data-adslot-rule") == 1


def test_a_block_without_autoescape():
    """The setting of the place counts."""
    html = environment().from_string("{% autoescape false %}{{ body | adslot }}{% endautoescape %}").render(body=BODY)
    assert html.count("data-adslot-rule") == 1


def test_what_is_installed_last_holds():
    """In the environment, also one that templates were made in; an overlay has what its origin has."""
    made = environment()
    template = made.from_string("{{ body | adslot }}")
    install(made, QUIET)
    assert "<i>Mehr</i>" in template.render(body=Markup(BODY))
    assert "<i>Mehr</i>" in rendered("{{ body | adslot }}", made.overlay(trim_blocks=True))


# -------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("<p>a</p>", "&lt;p&gt;a&lt;/p&gt;"),
        (b"<p>", "b&#39;&lt;p&gt;&#39;"),
        (3, "3"),
        (["<p>"], "[&#39;&lt;p&gt;&#39;]"),
    ],
)
def test_text_that_nobody_declared_to_be_markup(value, html, caplog):
    """The first mistake of all: readers get it escaped, as Jinja does, and the error says what to write."""
    message = r"not marked as safe.*\{\{ … \| safe \| adslot \}\}"
    assert environment().from_string("{{ value | adslot }}").render(value=value) == html
    assert re.search(message, caplog.text)
    with pytest.raises(TemplateRuntimeError, match=message):
        environment(debug=True).from_string("{{ value | adslot }}").render(value=value)


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("value", [None, "", Markup("")])
def test_nothing(value, autoescape):
    """Nothing for nothing, as in Django."""
    assert environment(autoescape=autoescape).from_string("{{ value | adslot }}").render(value=value) == ""


@pytest.mark.parametrize("autoescape", [True, False])
def test_objects_that_know_their_html(autoescape):
    """Safe is what they give as their HTML, not what they are as text."""

    class Text:
        def __str__(self):
            return "<script>alert(1)</script>"

        def __html__(self):
            return BODY

    html = environment(autoescape=autoescape).from_string("{{ text | adslot }}").render(text=Text())
    assert html == adslot.place(BODY, adslot.from_mapping(POLICY)).html


def fail(*_, **__):
    raise ConnectionError("die Suche antwortet nicht")


FAULTS = {
    "related raises": {"related": fail},
    "related is none": {"related": lambda: 3},
    "related has others": {"related": lambda: ["/takt"]},
    "related of a section raises": {"related": lambda: fail},
    "related of a section is none": {"related": lambda: lambda section: 3},
    "related of a section has others": {"related": lambda: lambda section: [None]},
    "context raises": {"context": fail},
    "context is none": {"context": lambda: 3},
    "context is a text": {"context": lambda: "sport"},
}


@pytest.mark.parametrize("source", ["{{ body | adslot }}", "{% adslot %}{{ body }}{% endadslot %}"])
@pytest.mark.parametrize("said", FAULTS.values(), ids=FAULTS)
def test_a_fault_costs_no_reader_the_article(said, source, caplog):
    """The page goes out as it is, the log tells why; with debug it is raised, also where a function says so later."""
    made = environment(**said)
    made.loader = DictLoader({"artikel.html": source})
    assert made.get_template("artikel.html").render(body=Markup(BODY)) == BODY
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("adslot", "ERROR")
    assert record.message == "no slots were placed in artikel.html"
    assert record.exc_info
    switch = [False]
    made = environment(**said, debug=lambda: switch[0])
    assert rendered(source, made) == BODY
    switch[0] = True
    with pytest.raises((ConnectionError, TypeError, AttributeError)):
        rendered(source, made)


@pytest.mark.parametrize("said", [{"related": lambda: None}, {"context": lambda: None}])
def test_functions_that_have_nothing_to_say(said, caplog):
    """None is nothing; so is what a function of sections returns."""
    expected = adslot.place(BODY, adslot.from_mapping(POLICY)).html
    assert rendered("{{ body | adslot }}", environment(**said)) == expected
    assert rendered("{{ body | adslot(related=f) }}", environment(), f=lambda section: None) == expected
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_markup_that_no_page_can_hold(caplog):
    """A policy that is right, and a context by which its template writes what is not."""
    template = "{% if context.x %}<b>{{ context.x + 1 }}</b>{% endif %}"
    slots = {"ad": {"kind": "ad", "label": "Anzeige", "template": template}}
    made = Environment(autoescape=True)
    install(made, {"slots": slots, "rules": [{"name": "mid", "slot": "ad"}]})
    assert rendered("{{ body | adslot(context={'x': 'drei'}) }}", made) == BODY
    assert "PolicyError" in caplog.text


def test_a_fault_of_adslot_itself(monkeypatch, caplog):
    """Whatever it raises."""
    monkeypatch.setattr(adslot, "place", fail)
    text = "<p>Noch nie gesehen.</p>"  # what was is kept
    assert rendered(f"{{{{ '{text}' | safe | adslot }}}}", environment()) == text
    assert "die Suche antwortet nicht" in caplog.text


def test_what_ends_the_process_is_no_fault():
    """It goes its way."""

    def end():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rendered("{{ body | adslot }}", environment(related=end))


def test_async_templates_are_guarded(caplog):
    """Filter and tag."""
    made = environment(options={"enable_async": True}, related=fail)
    template = made.from_string("{{ body | adslot }}|{% adslot %}{{ body }}{% endadslot %}")
    assert asyncio.run(template.render_async(body=Markup(BODY))) == f"{BODY}|{BODY}"
    assert len(caplog.records) == 2


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


@pytest.mark.parametrize("said", ["relatd=[]", "html='x'", "where='x'", "context=3", "related=3"])
def test_arguments_that_cannot_be_taken(said, caplog):
    """No word is lost in silence."""
    source = f"{{{{ body | adslot({said}) }}}}"
    assert rendered(source, environment()) == BODY
    assert caplog.records
    with pytest.raises(TypeError):
        rendered(source, environment(debug=True))


def test_a_slip_in_a_name_is_told(caplog):
    """With the name that was meant."""
    assert rendered("{% adslot contxt={} %}{{ body }}{% endadslot %}", environment()) == BODY
    assert "adslot takes no 'contxt' (did you mean 'context'?)" in caplog.text


def test_warnings_are_logged_once(caplog):
    """By the name of the template."""
    made = Environment(autoescape=True, loader=DictLoader({"a.html": "{{ body | adslot(context={'paid': 'True'}) }}"}))
    case = {"when": {"paid": True}, "limits": {"slots": 0}}
    install(made, {**POLICY, "cases": [case]})
    for _ in range(2):
        assert made.get_template("a.html").render(body=Markup(BODY)) != BODY
    told = [record.message for record in caplog.records if "paid" in record.message]
    assert told == ['a.html: the context has paid = "True", which is a text, and a case asks for true, which is a bool']
