"""Templates: escaped, and given what they need."""

from __future__ import annotations

import pickle

import attrs
import pytest

from adslot import (
    ArticleOptions,
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
from adslot.policy.templates import is_written, names
from tests.problems import problems_in

STORY = "<p>Eins.</p><p>Zwei.</p><p>Drei.</p>"
LINKS = "{% for item in items %}<a href='{{ item.url }}' rel='{{ item.rel }}'>{{ item.title }}</a>{{ item.label }}{% endfor %}"


def policy(slot, **rest):
    return Policy([slot], [Rule("r", slot=slot.name, **rest)], article=ArticleOptions(language="de"))


def filled(slot, *, rule=None, **rest):
    """What stands inside of the root elements of the slots."""
    html = place(STORY, policy(slot, **(rule or {})), **rest).html
    return [each.partition(">")[2].partition("</aside>")[0] for each in html.split("<aside")[1:]]


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
        "<div class=\"adslot-label\">Anzeige</div><a href='/h' rel='sponsored'>Hotel</a>"
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
    assert filled(slot) == ['<div class="adslot-label">Anzeige</div><i>[null]</i>']


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
    (problem,) = problems_in(load, tmp_path / "adslot.toml")
    assert (problem.path, problem.line, problem.column) == ("slots.a.template", 4, 12)
    assert problem.hint == ("plain" if name == "plein" else None)


def test_names():
    """Names are no templates, and each built-in one can be read."""
    assert "plain" in names()
    assert not any(map(is_written, names()))
