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
    assert html.count("Anzeige</span>") == 2
    assert not re.search(r"</h2>\s*</div>\s*<aside", html)
    assert re.search(r"bereit\.</p></div>\s*<aside|Montag\.</p><aside", html)


def test_rich_text(story):
    """A field of rich text, through Wagtail's own filter."""
    from django.template import engines

    page = story(intro=TEXT)
    source = "{% load wagtailcore_tags adslot %}{{ page.intro|richtext|adslot }}"
    assert engines["django"].from_string(source).render({"page": page}).count("Anzeige</span>") == 1
    source = "{% load adslot %}{{ page.body|adslot }}"
    page = story(("text", TEXT))
    assert engines["django"].from_string(source).render({"page": page}).count("Anzeige</span>") == 1


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
    assert request.render().content.decode().count("Anzeige</span>") == 2


def test_the_panel(story):
    """The switch is on the page's form."""
    from tests.contrib.newsroom.models import StoryPage

    form = StoryPage.get_edit_handler().get_form_class()
    assert "adslot_off" in form.base_fields
