"""Subheads that no heading element marks: by bold letters, by class, by their form."""

from __future__ import annotations

import pytest

from tests.article.blocks.test_headings import roles
from tests.doors import LONG

PROSE = "<p>" + "Um 22.14 Uhr rollt der Zug aus der Halle, pünktlich und fast lautlos. " * 3 + "</p>"


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Der Zug</b></p>",
        '<p><span style="font-weight:700">Der Zug</span></p>',
        '<p><span style="color: red; font-weight: bold">Der</span> <b>Zug</b></p>',
        '<p style="font-weight:bolder">Der Zug</p>',
        '<p class="fett">Der Zug</p>',
        '<p><span class="fw-bold"><em>Der Zug</em></span></p>',
        '<p><font style="font-weight:600">Der Zug</font></p>',
        '<p class="zwischentitel">Der Zug</p>',
        '<p class="Zwischenüberschrift">Der Zug kommt.</p>',
        '<p class="wp-block-muster-onlineinterline">Der Zug</p>',
        '<p class="article__subHeadline">Der Zug</p>',
        '<p class="intertitre">Der Zug</p>',
        '<p class="crosshead">Der Zug</p>',
        '<p class="MsoHeading2">Der Zug</p>',
        '<p class="h3">Der Zug</p>',
        '<div class="subhead">Der Zug</div>',
        '<div class="subhead"><p>Der Zug</p></div>',
    ],
)
def test_a_line_is_a_subhead_by_its_letters_or_its_class(line):
    """Bold by element, style or class, or called so: its own name, or that of an element around it alone."""
    assert roles(LONG + line + LONG) == ["paragraph", "pseudo-heading", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        '<p><b style="font-weight:normal">Der Zug</b></p>',
        '<p><span style="font-weight:400">Der Zug</span></p>',
        '<p><span style="font-weight:700">Der</span> Zug</p>',
        '<p class="not-bold">Der Zug</p>',
        '<p class="font-heading">Der Zug</p>',
        f'<p class="subhead">{"Der Zug kommt. " * 20}</p>',
        f'<div class="subhead"><p>Der Zug</p>{LONG * 3}</div>',
        "<p><b>Der Zug kommt。</b></p>",
        "<p><b>ट्रेन आ रही है।</b></p>",
    ],
)
def test_no_subheads(line):
    """Letters that are not bold, names that say something else, sentences."""
    assert "pseudo-heading" not in roles(LONG + line + LONG)


def test_short_lines_between_long_paragraphs_are_subheads():
    """Where a story has several of them; slots and other things of the page do not count."""
    lines = [f"<p>{text}</p>" for text in ("Die Anreise", "Am Ziel", "Was bleibt?")]
    html = PROSE + "".join(line + PROSE for line in lines)
    assert roles(html) == ["paragraph", *["pseudo-heading", "paragraph"] * 3]
    assert roles(PROSE + lines[0] + PROSE) == ["paragraph", "short-paragraph", "paragraph"]
    assert roles(html.replace("Ziel</p>", 'Ziel</p><div class="ad-slot"></div>'))[3:6] == [
        "pseudo-heading",
        "ad",
        "paragraph",
    ]
    assert roles(html.replace("</p><p>Am Ziel", "</p><figure><img src=a></figure><p>Am Ziel"))[4] == "pseudo-heading"


@pytest.mark.parametrize(
    "line",
    [
        "Der Zug kommt.",
        "der Zug",
        "– Der Zug",
        "Der Zug:",
        "„Der Zug kommt“",
        "Der Zug kommt, wie er immer kommt, und fährt dann, wie er immer fährt, ab",
    ],
)
def test_lines_of_another_form_are_none(line):
    """Sentences, what goes on, what somebody says, what introduces."""
    html = PROSE + f"<p>{line}</p>{PROSE}" * 2 + f"<p>Nun {line}</p>{PROSE}"
    assert "pseudo-heading" not in roles(html)


def test_above_and_below_a_subhead_stands_prose():
    """Lines above the story, one below the other, or at its end are something else: authors, dialogues, sources."""
    line = "<p>Karla Muster</p>"
    assert "pseudo-heading" not in roles(line + PROSE + line + line + PROSE + line)
    assert "pseudo-heading" not in roles(f"{line}<p>Der Zug</p>{PROSE}<p>Oben</p>{LONG}<p>Unten</p>")
    assert "pseudo-heading" not in roles(PROSE + (line + PROSE) * 3)
