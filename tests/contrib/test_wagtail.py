"""The integration in a running site of Wagtail."""
# ruff: noqa: PLC0415 - Django must be set up before its parts can be imported

from __future__ import annotations

import re

import pytest

import adslot

pytestmark = pytest.mark.usefixtures("newsroom")

SLOTS = "data-adslot-rule"
TEXT = "<p>Der Fluss steigt seit Montag.</p><p>Am Ufer stehen Pumpen bereit.</p>"


@pytest.fixture
def story():
    """Makes a published page of blocks."""
    from wagtail.models import Page

    from tests.contrib.newsroom.models import StoryPage

    made: list[StoryPage] = []

    def page(*blocks, **fields):
        stream = [{"type": kind, "value": value} for kind, value in blocks]
        page = StoryPage(title="Hochwasser", slug=f"story-{len(made)}", body=stream, **fields)
        Page.objects.get(depth=1).add_child(instance=page)
        made.append(page)
        return StoryPage.objects.get(pk=page.pk)

    yield page
    for each in made:
        each.delete()


def served(page):
    """The page as its template writes it."""
    from django.test import RequestFactory

    return page.serve(RequestFactory().get("/")).render().content.decode()


def test_a_stream_is_one_story(story):
    """Planned over all blocks: between them and between the paragraphs within them, never below a heading."""
    page = story(("text", TEXT), ("heading", "Was jetzt gilt"), ("text", TEXT))
    html = served(page)
    text, heading = "short-paragraph", "heading"
    assert [block.role.value for block in adslot.read(html).blocks] == [heading, text, text, heading, text, text]
    assert html.count("Anzeige</div>") == 2
    assert not re.search(r"</h2>\s*</div>\s*<aside", html)
    assert re.search(r"bereit\.</p></div>\s*<aside|Montag\.</p><aside", html)


def test_rich_text(story):
    """A field of rich text, through Wagtail's own filter."""
    from django.template import engines

    page = story(intro=TEXT)
    source = "{% load wagtailcore_tags adslot %}{{ page.intro|richtext|adslot }}"
    assert engines["django"].from_string(source).render({"page": page}).count("Anzeige</div>") == 1
    source = "{% load adslot %}{{ page.body|adslot }}"
    page = story(("text", TEXT))
    assert engines["django"].from_string(source).render({"page": page}).count("Anzeige</div>") == 1


# ---------------------------------------------------------------------------------------- streams

CARD = {"name": "Die Hebamme", "text": TEXT}


def rendered(source, page, **values):
    from django.template import engines

    source = "{% load wagtailcore_tags adslot %}" + source
    return engines["django"].from_string(source).render({"page": page, **values})


def test_a_stream_is_what_wagtail_writes(story):
    """Byte for byte, but for slots and the marks of blocks that are closed to them; blocks know the page."""
    page = story(("heading", "Wer & was"), ("text", TEXT), ("card", CARD), ("text", TEXT))
    html = adslot.strip(rendered("{% adslot_stream page.body %}", page))
    assert html.count(' data-adslot="off"') == 2
    assert html.replace(' data-adslot="off"', "") == rendered("{% include_block page.body %}", page)
    assert "Die Hebamme (Hochwasser)" in html


def test_a_card_is_one_thing(story):
    """Slots stand around it, never in it, unless it is opened."""
    page = story(("text", "<p>Eins.</p>"), ("card", CARD), ("text", "<p>Zwei.</p>"))
    html = rendered("{% adslot_stream page.body %}", page)
    assert html.count("Anzeige</div>") == 2
    assert "<aside" not in html.partition('<div class="card">')[2].partition("</div>")[0]
    open_card = story(("card", CARD))
    assert "Anzeige" not in rendered("{% adslot_stream page.body %}", open_card)
    assert "Anzeige" in rendered('{% adslot_stream page.body open="gallery card" %}', open_card)


def test_nothing_stands_below_a_heading_of_a_closed_block(story):
    """What is closed is still seen."""
    html = rendered(
        "{% adslot_stream page.body %}", story(("text", "<p>Eins.</p>"), ("heading", "Kopf"), ("text", TEXT))
    )
    assert html.count("Anzeige</div>") == 2
    assert not re.search(r"</h2>\s*</div>\s*<aside", html)


def test_a_stream_with_a_template_of_its_own(story):
    """The site writes its blocks, and says itself what is closed."""
    page = story(notes=[{"type": "text", "value": TEXT}])
    html = rendered("{% adslot_stream page.notes %}", page)
    assert adslot.strip(html) == rendered("{% include_block page.notes %}", page)
    assert html.startswith('<ol class="notes">')


def test_the_page_is_the_object(story):
    """So its switch counts without a word; another object may be said."""
    page = story(("text", TEXT), adslot_off=True)
    assert "Anzeige" not in rendered("{% adslot_stream page.body %}", page)
    assert "Anzeige" in rendered("{% adslot_stream page.body object=none %}", page, none=None)


def test_a_stream_within_a_story(story):
    """The outer tag plans over all of it, afresh: as if there were no inner one."""
    page = story(("text", TEXT), ("heading", "Was jetzt gilt"), ("text", TEXT), intro=TEXT)
    whole = "{{% adslot object=page %}}{{{{ page.intro|richtext }}}}{}{{% endadslot %}}"
    nested = rendered(whole.format("{% adslot_stream page.body %}"), page)
    assert nested.replace(' data-adslot="off"', "") == rendered(whole.format("{% include_block page.body %}"), page)
    assert nested.count("Anzeige</div>") == 2


def test_several_texts_on_a_page(story):
    """A page of two streams and a field of rich text: with a prefix each has ids of its own."""
    page = story(("text", TEXT), intro=TEXT, notes=[{"type": "text", "value": TEXT}])
    source = (
        "{% adslot id_prefix='intro' %}{{ page.intro|richtext }}{% endadslot %}"
        "{% adslot_stream page.body id_prefix='body' %}{% adslot_stream page.notes id_prefix=page.pk %}"
    )
    html = rendered(source, page)
    found = re.findall(r'id="(adslot-[^"]+)"', html)
    assert {name.split("-")[1] for name in found} == {"intro", "body", str(page.pk)}
    assert len(found) == len(set(found)) == html.count(SLOTS)


@pytest.mark.parametrize("value", [None, ""])
def test_no_stream(story, value):
    """Nothing for nothing; text is text, and escaped."""
    assert rendered("{% adslot_stream x %}", story(), x=value) == ""
    assert rendered("{% adslot_stream x %}", story(), x="<p>") == "&lt;p&gt;"


@pytest.mark.parametrize("source", ["{% adslot_stream %}", "{% adslot_stream open=x %}", "{% adslot_stream x y %}"])
def test_a_tag_that_cannot_be_read(story, source):
    """It says how it is written."""
    from django.template import TemplateSyntaxError

    with pytest.raises(TemplateSyntaxError, match=r"adslot_stream %\} takes"):
        rendered(source, None)


def test_a_page_is_not_its_own_teaser(story):
    """Its address is Wagtail's."""
    from wagtail.models import Site

    page = story(("text", TEXT))
    site = Site.objects.create(hostname="landbote.example", root_page=page.get_parent(), is_default_site=True)
    assert page.full_url == "http://landbote.example/story-0/"
    related = [adslot.Related("Hochwasser", page.url), adslot.Related("Deiche", "/deiche/")]
    html = rendered("{% adslot_stream page.body related=related %}", page, related=related)
    site.delete()
    assert "/deiche/" in html
    assert 'href="/story-0/"' not in html


# ---------------------------------------------------------------------------------------- editors


def test_a_page_without_ads(story):
    """The editors' switch is a case of the policy."""
    assert "Anzeige" not in served(story(("text", TEXT), adslot_off=True))


def test_a_slot_that_editors_ask_for(story):
    """Exactly there; a slot that the policy has no more leaves nothing behind."""
    html = served(story(("text", "<p>Eins.</p>"), ("slot", "more"), ("text", "<p>Zwei.</p>")))
    assert 'data-adslot-rule="here"' in html
    assert html.index("Eins") < html.index('data-adslot-rule="here"') < html.index("Zwei")
    html = served(story(("text", "<p>Eins.</p>"), ("slot", "weg -->"), ("text", "<p>Zwei.</p>")))
    assert "weg" not in html


# Blocks that ask for the slots of the policy, whose labels and names are "Anzeige" and "ad", and "more".
ASKING = [
    ("slot", "ad"),
    ("slot", "more"),
    ("box", {"title": "Der Kasten", "place": "more"}),
    ("box", {"title": "Die Kiste", "place": "ad"}),
    ("boxes", [{"title": "Das Fass", "place": "ad"}]),
    ("slots", ["ad", "more"]),
]


def test_slots_are_not_searched(story):
    """The index has the words of the story, also after it was shown with its slots."""
    from tests.contrib.newsroom.models import StoryPage

    page = story(("text", TEXT), *ASKING, intro=TEXT)
    assert "Anzeige" in served(page)
    fields = [field for field in StoryPage.search_fields if field.field_name in ("body", "intro")]
    texts = [
        " ".join(field.get_value(page)) if field.field_name == "body" else field.get_value(page) for field in fields
    ]
    story_text = "Der Fluss steigt seit Montag."
    assert all(story_text in str(text) for text in texts)
    assert "Der Kasten" in texts[0]
    assert not re.search(r"Anzeige|\bad\b|\bmore\b|adslot", str(texts))


def test_the_index_of_wagtail_itself(story):
    """As it is written when a page is saved."""
    from wagtail.search.models import IndexEntry

    page = story(("text", TEXT), *ASKING)
    entry = IndexEntry.objects.get(object_id=str(page.pk))
    assert "Am Ufer stehen Pumpen bereit." in entry.body
    assert "Anzeige" not in entry.body


def test_a_struct_block_without_a_template(story):
    """Wagtail writes names and values then; of a slot readers see neither, whether there is one or not."""
    from wagtail.rich_text import get_text_for_indexing

    page = story(*ASKING, ("box", {"title": "Der Korb", "place": ""}), ("box", {"title": "Die Uhr", "place": "weg"}))
    html = rendered("{% adslot_stream page.body %}", page)
    seen = get_text_for_indexing(adslot.strip(html)).split("title")
    assert [text.strip() for text in seen] == ["", "Der Kasten", "Die Kiste", "Das Fass", "Der Korb", "Die Uhr"]
    plain = rendered("{% include_block page.body %}", page)
    assert not re.search(r"\b(ad|more|weg|None|Anzeige)\b", get_text_for_indexing(plain))
    assert plain.count("<!-- adslot: here ") == 7


def test_a_slot_in_the_template_of_a_block(story):
    """Where it is written stands the marker, without a word about how."""
    block = story(("box", {"title": "Kasten", "place": "more"})).body[0]
    for source in ("{{ value.place }}", "{% include_block value.place %}", "{{ value.bound_blocks.place }}"):
        assert rendered(source, None, value=block.value) == "<!-- adslot: here more -->"


def test_what_is_stored_is_the_name(story):
    """As plain text, in the database and in the API, and editors find it chosen."""
    import json

    page = story(*ASKING)
    box = page.body.stream_block.child_blocks["box"]
    stored = json.loads(json.dumps(page.body.get_prep_value()))
    assert [each["value"] for each in stored][:3] == ["ad", "more", {"title": "Der Kasten", "place": "more"}]
    data = page.body.stream_block.get_api_representation(page.body)
    assert type(data[0]["value"]) is str
    assert data[0]["value"] == "ad"
    assert page.body[0].value == "ad"
    assert box.get_form_state(page.body[2].value) == {"title": "Der Kasten", "place": ["more"]}
    assert box.clean(box.normalize({"title": "Der Kasten", "place": None})) == {"title": "Der Kasten", "place": ""}
    page.body = [("slot", "more")]
    page.save()
    page.refresh_from_db()
    assert str(page.body[0]) == "<!-- adslot: here more -->"


def test_wrong_settings_cost_no_reader_the_page(story, caplog):
    """Where nothing can be placed, a block that asks for a slot is nothing; the log tells why."""
    from django.test import override_settings

    page = story(("text", "<p>Eins.</p>"), ("slot", "more"))
    with override_settings(ADSLOT={"POLICY": "fehlt.toml"}):
        html = rendered("{% adslot_stream page.body %}", page)
    assert "Eins." in html
    assert "adslot:" not in html
    assert "fehlt.toml: expected a policy file" in caplog.text


def test_the_choices_are_the_slots_of_the_policy():
    """As editors see them."""
    from adslot.contrib.wagtail import SlotBlock

    field = SlotBlock().field
    assert [choice for choice in field.choices if choice[0]] == [("ad", "Anzeige"), ("more", "more")]


def test_the_preview_has_slots(story):
    """Also of a page that is not saved."""
    page = story(("text", TEXT))
    page.body = [("text", page.body.stream_block.child_blocks["text"].to_python(TEXT * 2))]
    request = page.make_preview_request()
    assert request.render().content.decode().count("Anzeige</div>") == 2


def test_the_panel(story):
    """The switch is on the page's form."""
    from tests.contrib.newsroom.models import StoryPage

    form = StoryPage.get_edit_handler().get_form_class()
    assert "adslot_off" in form.base_fields


def test_a_switch_that_does_nothing(newsroom):
    """No policy asks for what it says: a warning of Django's checks, with what to write."""
    from django.test import override_settings

    from tests.contrib.newsroom.models import StoryPage

    assert StoryPage.check() == []
    with override_settings(ADSLOT={"POLICY": {}}):
        (warning,) = StoryPage.check()
    assert warning.id == "adslot.W002"
    assert "when = { ads = false }" in warning.hint
    with override_settings(ADSLOT={"POLICY": "fehlt.toml"}):  # told by the checks of the settings
        assert StoryPage.check() == []


def test_stored_streams(story):
    """The command tells of them as Wagtail renders them; slots are not stored in blocks."""
    import io

    from django.core.management import CommandError, call_command

    page = story(("text", TEXT))
    out = io.StringIO()
    call_command("adslot", "newsroom.StoryPage", "--field", "body", stdout=out)
    assert out.getvalue().splitlines()[0] == f"newsroom.StoryPage {page.pk}: 1 end, 1 mid"
    with pytest.raises(
        CommandError, match=r"newsroom\.StoryPage\.body is no text, so that no slots can be stored in it"
    ):
        call_command("adslot", "newsroom.StoryPage", "--field", "body", "--write")
