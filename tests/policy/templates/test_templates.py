"""Templates: escaped, given what they need, and tried out before a reader sees them."""

from __future__ import annotations

import pickle

import attrs
import pytest

from adslot import (
    ArticleOptions,
    Case,
    Image,
    Policy,
    PolicyError,
    Related,
    Rule,
    Slot,
    dumps,
    from_mapping,
    load,
    loads,
    place,
    place_tree,
    strip,
)
from adslot.policy.templates import TemplateFault, fill, is_written, names

STORY = "<p>Eins.</p><p>Zwei.</p><p>Drei.</p>"
LINKS = "{% for item in items %}<a href='{{ item.url }}' rel='{{ item.rel }}'>{{ item.title }}</a>{{ item.label }}{% endfor %}"


def policy(slot, **rest):
    return Policy([slot], [Rule("r", slot=slot.name, **rest)], article=ArticleOptions(language="de"))


def filled(slot, *, rule=None, **rest):
    """What stands inside of the root elements of the slots."""
    html = place(STORY, policy(slot, **(rule or {})), **rest).html
    return [each.partition(">")[2].partition("</aside>")[0] for each in html.split("<aside")[1:]]


def told(made):
    """The problems of a policy that cannot be, each as path, expected and found."""
    with pytest.raises(PolicyError) as caught:
        made()
    return [(each.path, each.expected, each.found) for each in caught.value.problems]


def test_what_an_ad_is_given():
    """Everything that the slot and its place say."""
    slot = Slot(
        "oben",
        kind="ad",
        label="Anzeige",
        label_in="template",
        height=274,
        sizes=["300x250", "fluid"],
        attributes={"data-unit": "/1/x"},
        template="<i>{{ [id, slot, rule, label, number, height, sizes, attributes, items, context.section]|tojson }}</i>",
    )
    assert filled(slot, rule={"max": 2}, context={"section": "sport"}) == [
        f'<i>["adslot-r-{number}", "oben", "r", "Anzeige", {number}, 274, [[300, 250], "fluid"],'
        ' {"data-unit": "/1/x"}, [], "sport"]</i>'
        for number in (1, 2)
    ]


def test_what_a_teaser_is_given():
    """The article in the forms that markup needs."""
    item = Related(
        "Züge\n& Busse",
        " /takt ",
        image=Image("/t.jpg", 3, 2, "Ein\tZug"),
        summary="Im  Takt",
        published="2026-11-05T08:00:00Z",
        tags=("Bahn",),
        id=7,
    )
    parts = "item.title, item.summary, item.image.url, item.image.alt, item.published, item.day, item.tags[0], item.id"
    guarded = parts.replace("item.image.url, item.image.alt", "item.image and [item.image.url, item.image.alt]")
    slot = Slot(
        "m",
        kind="teaser",
        template=f"{{% for item in items %}}{{{{ item.link }}}}<i data-all='{{{{ [{guarded.replace('item.tags[0]', 'item.tags')}]|tojson }}}}'></i>{{% endfor %}}",
    )
    (html,) = filled(slot, related=[item])
    link, _, data = html.partition("<i data-all='")
    assert 'href="/takt"' in link
    assert '<img class="adslot-image"' in link
    assert data == (
        '["Züge \\u0026 Busse", "Im Takt", ["/t.jpg", "Ein Zug"], "2026-11-05T08:00:00+00:00", "5.11.2026", ["Bahn"], 7]\'></i>'.replace(
            "ü", "\\u00fc"
        )
    )


def test_what_is_long_is_cut():
    """A slot holds no more text than one does, whatever a feed says: or it would be the author's the next time."""
    long = Related("Titel " * 999, "/a", summary="Satz " * 999, tags=["Stichwort " * 99] * 99, id="x" * 9_999)
    everything = "<p>{{ item.title }} {{ item.summary }} {{ item.tags|join(' ') }}</p>"
    template = f"{{% for item in items %}}<a href='{{{{ item.url }}}}' rel='{{{{ item.rel }}}}'>x</a>{everything}{{% endfor %}}"
    for slot in (
        Slot("m", kind="teaser", template=template),
        Slot("m", kind="teaser", items=20),
        Slot("m", kind="teaser"),
    ):
        policy = Policy([slot], [Rule("r", slot="m")])
        page = "<p>Eins.</p><p>Zwei.</p>"
        html = place(page, policy, related=[attrs.evolve(long, url=f"/{n}") for n in range(20)]).html
        assert "Titel" in html
        assert strip(html) == page


def test_a_template_that_shows_too_much_is_refused():
    """When it is loaded, not when a feed has long titles."""
    template = "{% for item in items %}<a href='{{ item.url }}' rel='{{ item.rel }}'>x</a>{{ item.label }}<h3>{{ item.title }}</h3>{% endfor %}"
    with pytest.raises(PolicyError, match=r"more than 1,000 characters of text"):
        from_mapping(
            {
                "slots": {"m": {"kind": "teaser", "items": 9, "template": template}},
                "rules": [{"name": "r", "slot": "m"}],
            }
        )


@pytest.mark.parametrize(
    "hostile", ["</aside><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' x='", "{{ 7*7 }}"]
)
def test_titles_are_text(hostile):
    """Whatever they say; and they are no templates."""
    slot = Slot("m", kind="teaser", template=LINKS)
    (html,) = filled(slot, related=[Related(hostile, "/a")])
    assert html.count("<") == 2
    assert "49" not in html
    assert html.count("'") == 4


def test_sponsored_articles():
    """The slot takes the label of ads, the link says so; in a list the article has a label of its own."""
    paid, free = Related("Hotel", "/h", sponsored=True), Related("Takt", "/t")
    slot = Slot("m", kind="teaser", label="Mehr", template=LINKS)
    assert filled(slot, related=[paid]) == [
        "<span class=\"adslot-label\">Anzeige</span><a href='/h' rel='sponsored'>Hotel</a>"
    ]
    both = attrs.evolve(slot, items=2, label_in="template", template=f"<b>{{{{ label }}}}</b>{LINKS}")
    assert filled(both, related=[paid, free]) == [
        "<b>Mehr</b><a href='/h' rel='sponsored'>Hotel</a>Anzeige<a href='/t' rel=''>Takt</a>"
    ]


def test_at_the_tree_door():
    """The same markup, with what the caller says."""
    import lxml.html  # noqa: PLC0415

    story = lxml.html.fragment_fromstring(f"<div>{STORY}</div>")
    slot = Slot("a", kind="ad", label="Anzeige", template="<b>{{ context.section }}</b>")
    place_tree(story, policy(slot), context={"section": "sport"})
    assert [b.text for b in story.iter("b")] == ["sport"]


def test_what_the_context_lacks_is_nothing():
    """It is false and writes nothing; what an article or a slot lacks by a slip of the pen is an error."""
    slot = Slot(
        "a",
        kind="ad",
        label="Anzeige",
        template="<i>{% if context.x %}x{% endif %}{{ context.y }}{{ [context.z]|tojson }}</i>",
    )
    assert filled(slot) == ['<span class="adslot-label">Anzeige</span><i>[null]</i>']


# -------------------------------------------------------------------------------------------- files


def write(folder, **files):
    for name, text in files.items():
        (folder / name.replace("__", "/")).write_text(text, encoding="utf-8")
    return folder / "adslot.toml"


AD = '[slots.a]\nkind = "ad"\nlabel = "Anzeige"\ntemplate = "{}"\n[[rules]]\nname = "r"\nslot = "a"\n'


def test_a_file_beside_the_policy_becomes_part_of_it(tmp_path):
    """Also the one of a policy that is extended, in its own folder, and that of a case; the policy then needs no file."""
    (tmp_path / "haus").mkdir()
    (tmp_path / "haus" / "ad.html").write_text("<b>Haus</b>", encoding="utf-8")
    (tmp_path / "haus" / "haus.toml").write_text(AD.format("ad.html"), encoding="utf-8")
    (tmp_path / "ad.html").write_text("\ufeff<i>Fall</i>\n", encoding="utf-8")
    (tmp_path / "adslot.toml").write_text(
        'extends = "haus/haus.toml"\n[[cases]]\nwhen = { x = true }\nslots = { a = { template = "ad.html" } }\n',
        encoding="utf-8",
    )
    made = load(tmp_path / "adslot.toml")
    for again in (made, loads(dumps(made)), pickle.loads(pickle.dumps(made))):
        assert again == made
        assert "<b>Haus</b>" in place(STORY, again, context={"x": False}).html
        assert "<i>Fall</i>" in place(STORY, again, context={"x": True}).html


@pytest.mark.parametrize("name", ["fehlt.html", "binaer.html", "leer.html", "ordner", "", "plein", "a\\u0000b"])
def test_a_file_that_is_none(tmp_path, name):
    """Told with the policy's line."""
    (tmp_path / "binaer.html").write_bytes(b"<b>\xff</b>")
    (tmp_path / "leer.html").write_text("nur Text", encoding="utf-8")
    (tmp_path / "ordner").mkdir()
    (tmp_path / "adslot.toml").write_text(AD.format(name), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load(tmp_path / "adslot.toml")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("slots.a.template", 4, 12)
    assert problem.hint == ("plain" if name == "plein" else None)


# ------------------------------------------------------------------------------------------- faults


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


def test_names():
    """Names are no templates, and each built-in one can be read."""
    assert "plain" in names()
    assert not any(map(is_written, names()))
