"""Trials: what is wrong with what a slot writes is told before a reader sees it."""

from __future__ import annotations

import pytest

from adslot import (
    Case,
    Policy,
    Rule,
    Slot,
    from_mapping,
    place,
)
from adslot.policy.templates import TemplateFault, fill
from tests.policy.templates.test_templates import LINKS, STORY, filled, policy
from tests.problems import problems_in


def told(made):
    """The problems of a policy that cannot be, each as path, expected and found."""
    return [(each.path, each.expected, each.found) for each in problems_in(made)]


@pytest.mark.parametrize(
    ("template", "expected", "found"),
    [
        ("<b>{{ x</b>", "a Jinja template", "line 1: unexpected '/'"),
        ("<b>\n{% if %}</b>", "a Jinja template", "line 2: Expected an expression, got 'end of statement block'"),
        (
            "<b>\n{{ labl }}</b>",
            "a template that can be filled, whatever an article lacks",
            "line 2: 'labl' is undefined",
        ),
        (
            "{% include 'x' %}",
            "a template that can be filled, whatever an article lacks",
            "line 1: no loader for this environment specified",
        ),
        ("{{ 1 / 0 }}", "a template that can be filled, whatever an article lacks", "line 1: division by zero"),
        ("<b>", "markup that fits any page", "<b> without end tag"),
        ("<form></form>", "markup that fits any page", "<form>, which parses differently in some pages"),
        ("<p><table></table></p>", "markup that fits any page", "<p> without end tag"),
        ("x</article>", "markup that fits any page", "</article>, which belongs to no element of the markup"),
        ("<i></i></b>", "markup that fits any page", "</b>, which belongs to no element of the markup"),
        ("<body class=x>", "markup that fits any page", "<body>, which belongs to no element of the markup"),
        ("<tr><td>x", "markup that fits any page", "<tr>, which belongs to no element of the markup"),
        (
            "<b>{{ context.x|safe }}</b>",
            "titles and the like escaped, without the filter 'safe'",
            "one that becomes markup",
        ),
        ("<b title={{ context.x }}></b>", "titles and the like in quoted attributes", "one that becomes an attribute"),
        (
            '<b title=\'{{ context.x|replace("<", "")|safe }}\'></b>',
            "titles and the like in quoted attributes",
            "one that becomes an attribute",
        ),
        (
            "<script>x('{{ context.x }}')</script>",
            "titles and the like in scripts through the filter 'tojson'",
            "one that becomes script",
        ),
        (
            "<b onclick='x(\"{{ context.x }}\")'></b>",
            "titles and the like in scripts through the filter 'tojson'",
            "one that becomes script",
        ),
        (
            "<iframe srcdoc='{{ context.x }}'></iframe>",
            "titles and the like in scripts through the filter 'tojson'",
            "one that becomes script",
        ),
    ],
)
def test_faults_of_an_ad(template, expected, found):
    """Told when the policy is loaded; of one that is made in Python at the latest when it is placed."""
    slot = Slot("a", kind="ad", label="Anzeige", template=template)
    problem = ("slots.a.template", expected, found)
    data = {
        "slots": {"a": {"kind": "ad", "label": "Anzeige", "template": template}},
        "rules": [{"name": "r", "slot": "a"}],
    }
    assert told(lambda: from_mapping(data)) == [problem]
    assert told(lambda: place(STORY, policy(slot))) == [problem]


@pytest.mark.parametrize(
    "template",
    [
        "<!-- </article> --><i></i>",
        '<i title="</article><body>"></i>',
        '<script>"</b>"</script>',
        "<noscript><img src=x></p></noscript>",
        "<svg><path/></svg> 1 < 2",
    ],
)
def test_what_only_looks_like_a_stray_tag(template):
    """Comments, values and text may have anything in them."""
    assert len(filled(Slot("a", kind="ad", label="Anzeige", template=template))) == 1


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<b>{{ items[0].title }}</b>", 'a link to each article: <a href="{{ item.url }}">'),
        (LINKS.replace("item.title", "item.title|safe"), "titles and the like escaped, without the filter 'safe'"),
        (LINKS.replace("item.rel", "slot"), 'the link of a sponsored article with rel="{{ item.rel }}"'),
        (LINKS.replace("{{ item.label }}", ""), "the label 'Anzeige' as visible text"),
        (LINKS.replace("item.title", "item.image.alt"), "a template that can be filled, whatever an article lacks"),
        *(
            (LINKS.replace("</a>", f"</a>{markup}"), f"titles and the like in {where}")
            for markup, where in [
                ("<b class={{ item.id }}></b>", "quoted attributes"),
                ("<img src={{ item.image.url if item.image else '/x' }}>", "quoted attributes"),
                ("<b data-a=a{{ item.tags[0]|default }}></b>", "quoted attributes"),
                ("<script>'{{ item.url }}'</script>", "scripts through the filter 'tojson'"),
                ("<b onclick='a({{ item.summary }})'></b>", "scripts through the filter 'tojson'"),
            ]
        ),
        *(
            (LINKS.replace("</a>", f"</a>{markup}"), "'item.url' or 'item.image.url' as the address")
            for markup in (
                '<a href="{{ item.title }}">x</a>',
                "<a href=' {{ item.id }}'>x</a>",
                '<a href="java&#9;script:{{ item.id }}">x</a>',
                '<iframe src="{{ item.summary }}"></iframe>',
                '<svg><a xlink:href="{{ item.tags[0]|default }}"></a></svg>',
                '<button formaction="{{ item.image.alt if item.image }}"></button>',
            )
        ),
    ],
)
def test_faults_of_a_list(template, expected):
    """What only some articles would bring to light."""
    data = {"slots": {"m": {"kind": "teaser", "items": 2, "template": template}}, "article": {"language": "de"}}
    ((path, wanted, _),) = told(lambda: from_mapping(data))
    assert (path, wanted) == ("slots.m.template", expected)


@pytest.mark.parametrize(
    "markup",
    [
        "<b title='{{ item.title }}' data-id=\"{{ item.id }}\" data-day={{ item.published }}></b>",
        "<a href='/a/{{ item.id }}' title='{{ item.title }}'>x</a>",
        "<script type='application/ld+json'>{{ {'name': item.title, 'url': item.url}|tojson }}</script>",
        "<b onclick='a({{ item.title|tojson|forceescape }})'></b>",
        "<a href='javascript:void(0)' title='{{ item.title }}'>x</a>",
        "<p>{{ item.title|upper }}: {{ item.summary|truncate(9) }}</p>",
        "{{ item.id + 1 if item.id is number else 1 + item.title|length if item.id else '' }}",
        "{% if item.title[:11] == 'javascript:' %}{{ item.id + 1 }}{% endif %}",
    ],
)
def test_what_is_but_text(markup):
    """Quoted attributes, JSON in scripts, parts of a URL, and the policy's own scripts."""
    data = {"slots": {"m": {"kind": "teaser", "items": 2, "template": LINKS.replace("</a>", f"</a>{markup}")}}}
    (slot,) = from_mapping(data | {"article": {"language": "de"}}).slots
    assert slot.template.endswith("{% endfor %}")


def test_the_label_that_a_template_takes_over_must_be_seen():
    """Else an ad would have none."""
    data = {"slots": {"a": {"kind": "ad", "label": "Anzeige", "label_in": "template", "template": "<b></b>"}}}
    assert told(lambda: from_mapping(data)) == [
        ("slots.a.template", "the label 'Anzeige' as visible text", "none"),
    ]


@pytest.mark.parametrize(
    ("slot", "problem"),
    [
        ({"html": "<b></b>", "template": "<i></i>"}, ("slots.a.html", "either 'html' or a template", "both")),
        ({"label_in": "template"}, ("slots.a.label_in", "'template' only where there is one", "'template'")),
        (
            {"sizes": ["300x250", "300 x 250"]},
            ("slots.a.sizes", "a size in px such as '300x250', or 'fluid'", "'300 x 250'"),
        ),
        ({"html": "<b>"}, ("slots.a.html", "markup that fits any page", "<b> without end tag")),
    ],
)
def test_keys_that_contradict(slot, problem):
    """Found without an article."""
    assert told(lambda: from_mapping({"slots": {"a": {"kind": "promo", **slot}}})) == [problem]


def test_all_faults_at_once():
    """Those of a case stand at the case; one that is wrong for itself is not tried out besides."""
    data = {
        "slots": {"a": {"kind": "promo", "template": "<b>"}, "b": {"kind": "promo", "template": "{% x %}"}},
        "rules": [{"name": "r", "slot": "c"}],
    }
    assert [path for path, _, _ in told(lambda: from_mapping(data))] == [
        "slots.b.template",
        "rules[0].slot",
        "slots.a.template",
    ]
    case = {"when": {"x": True}, "slots": {"a": {"template": "<b>"}}}
    good = {"slots": {"a": {"kind": "promo"}}, "cases": [{"when": {"y": True}, "limits": {"ads": 0}}, case]}
    assert [path for path, _, _ in told(lambda: from_mapping(good))] == ["cases[1].slots.a.template"]


def test_a_template_that_fails_for_one_page_only():
    """What a trial cannot know is an error of the policy all the same, with the line."""
    slot = Slot("a", kind="ad", label="Anzeige", template="<b>\n{{ context.n|default(1) + 1 }}</b>")
    assert told(lambda: place(STORY, policy(slot), context={"n": "x"})) == [
        ("slots.a.template", "a template that can be filled", 'line 2: can only concatenate str (not "int") to str')
    ]


def test_cases_may_not_be_a_way_around():
    """A slot that only a case makes is tried out when it is used, where the policy was made in Python."""
    slot = Slot("a", kind="promo", template="<i></i>")
    made = Policy(
        [slot], [Rule("r", slot="a")], cases=[Case({"x": True}, changes={"slots": {"a": {"template": "<b>"}}})]
    )
    assert place(STORY, made, context={"x": False}).html.count("<i></i>") == 1
    assert told(lambda: place(STORY, made, context={"x": True}))[0][2] == "<b> without end tag"


def test_nothing_is_left_to_chance():
    """The same placement is always written the same."""
    for template in ("{{ [1, 2]|random }}", "{{ lipsum() }}"):
        with pytest.raises(TemplateFault):
            fill(template, {})


def test_a_slot_that_is_known_to_be_wrong_is_not_tried_and_hides_no_other_one():
    """Also where the other one is called as one of its keys."""
    wrong, cut = {"kind": "promo", "template": "nope"}, {"kind": "promo", "html": "</article>"}
    faults = told(lambda: from_mapping({"slots": {"a": wrong, "a.template": cut}}))
    assert [(path, found) for path, _, found in faults] == [
        ("slots.a.template", "'nope'"),
        ("slots.a.template.html", "</article>, which belongs to no element of the markup"),
    ]
