"""Lists and notes in pieces are one block; the same at both doors."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import Policy, loads, place, read, read_tree

STORY = "<p>Am Hafen wird seit dem Morgen gebaut, und die Fähre fährt nur noch jede zweite Stunde hinüber.</p>" * 3


NOTE = "Protokoll der Sitzung vom Montag, Seite 4."


def _between(html: str) -> list[tuple[str, int]]:
    """Role and number of chars of all blocks below the first three paragraphs, those below the story too."""
    policy = Policy((), ())
    wrapped = f"<div>{STORY}{html}</div>"
    doors = (read(wrapped, policy), read_tree(lxml.html.fragment_fromstring(wrapped), policy))
    shown = [[*article.blocks, *(outside.block for outside in article.outside)] for article in doors]
    found = [[(str(block.role), block.chars) for block in blocks] for blocks in shown]
    assert found[0] == found[1]
    return found[0][3:]


LISTS = [
    "<ul><li>Brot</li></ul><ul><li>Käse</li></ul><ul><li>Salz</li></ul>",
    '<ol type="1" class="numbered-list" start="1"><li>Brot</li></ol><ol type="1" start="2"><li>Käse und Salz</li></ol>',
    "<ol><li>Brot</li><li>Mehl</li></ol>\n<ol start=3><li>Käse</li><li>Salz</li></ol>",
    "<ul><li>Brot</li></ul>\n<!-- Beilage -->\n<ul><li>Käse</li><li>Salz</li></ul>",
    "<p class=MsoListParagraphCxSpFirst>Brot</p><p class=MsoListParagraphCxSpMiddle>Käse</p><p class=MsoListParagraphCxSpLast>Salz</p>",
    "<p class=MsoNormal style='mso-list:l0 level1 lfo1'>Brot</p><p class=MsoNormal style='mso-list:l0 level1 lfo1'>Käse</p>",
    "<p>• Brot</p><p>• Käse</p><p>• Salz</p>",
]


@pytest.mark.parametrize("html", LISTS)
def test_a_list_in_pieces_is_one_list(html):
    found = _between(html)
    assert [role for role, _ in found] == ["list"]
    assert found[0][1] >= len("Brot Käse")


def test_two_lists_of_several_items_stay_two():
    assert [role for role, _ in _between("<ul><li>a<li>b</ul><ul><li>c<li>d</ul>")] == ["list", "list"]
    assert [role for role, _ in _between("<ol><li>a<li>b</ol><ol><li>c<li>d</ol>")] == ["list", "list"]
    assert [role for role, _ in _between("<ul><li>a</ul><ol><li>c</ol>")] == ["list", "list"]
    assert [role for role, _ in _between(f"<ul><li>a</ul>{STORY}<ul><li>c</ul>")][0::4] == ["list", "list"]


def test_an_editors_word_between_two_lists_parts_them():
    html = f"<div>{STORY}<ul><li>a</ul><!-- adslot: here a --><ul><li>b</ul></div>"
    policy = loads('[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n')
    filled = place(html, policy).html
    assert filled.index("<li>a") < filled.index("adslot-here") < filled.index("<li>b")


@pytest.mark.parametrize(
    "html",
    [
        "<hr><p>12 Boote liegen noch im Hafen, und keines fährt mehr hinaus.</p>",
        "<hr><p>1 Minute später war alles vorbei.</p>",
        "<hr><p>4 Eier und etwas Milch</p><p>200 g Mehl</p><p>1 Prise Salz</p>",
        '<p class="footnote-ref-text">Hier steht ein Satz mit einer Anmerkung.</p>',
        '<ul class="pro"><li>Es ist billig.</ul><ul class="contra"><li>Es ist laut.<li>Es ist weit.</ul>',
        "<ol><li>Eins<li>Zwei</ol><ol><li>Eins</ol>",
        f"<p>■ {NOTE * 6}</p><p>■ {NOTE * 6}</p>",
    ],
)
def test_neither_notes_nor_one_list(html):
    found = [role for role, _ in _between(html)]
    assert "box" not in found
    assert len(found) == html.count("<p") + html.count("<hr") + html.count("<ul") + html.count("<ol")


def test_no_line_that_begins_with_a_dash_or_a_number_is_an_item():
    for html in (
        "<p>– Das ist Unsinn, sagt sie.</p><p>– Ist es nicht, sagt er.</p>",
        "<p>1. Der Hafen</p><p>2. Die Fähre</p>",
    ):
        assert [role for role, _ in _between(html)] == ["short-paragraph", "short-paragraph"]


NOTES = [
    f"<div class=footnote><a class=footnote-number>1</a><div class=footnote-content><p>{NOTE}</p></div></div>" * 3,
    f"<section class=footnotes><hr><ol><li><p>{NOTE}</p></li><li><p>{NOTE}</p></li></ol></section>",
    f"<div role=doc-endnotes><p>{NOTE}</p><p>{NOTE}</p></div>",
    f"<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p>[1] {NOTE}</p></div></div>",
    f"<p class=MsoFootnoteText>[1] {NOTE}</p><p class=MsoFootnoteText>[2] {NOTE}</p>",
    f"<hr><p>[1] {NOTE}</p><p>[2] {NOTE}</p>",
    f"<hr><p><sup>1</sup> {NOTE}</p><p><sup>2</sup> {NOTE}</p>",
    f"<hr><p>1) {NOTE}</p><p>2) {NOTE}</p>",
    f"<hr>\n<p>* {NOTE}</p>",
]


@pytest.mark.parametrize("html", NOTES)
def test_notes_are_one_box_that_counts_nothing(html):
    assert _between(html) == [("box", 0)]


def test_what_stands_below_notes_is_no_note():
    share = "<div class=share-bar><a href=/t>Teilen</a></div>"
    assert _between(f"<hr><p>[1] {NOTE}</p>{share}") == [("box", 0), ("box", 0)]


def test_what_begins_like_a_note_but_is_most_of_the_text_is_the_story():
    html = f"<hr>{''.join(f'<p>{number}. {NOTE} {NOTE} {NOTE}</p>' for number in range(1, 9))}"
    assert "paragraph" in {role for role, _ in _between(html)}
    assert [role for role, _ in _between(f"<hr><p>[1] {NOTE}</p><p>{NOTE}</p>")] == [
        "separator",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize("html", [*LISTS, *NOTES])
def test_no_slot_stands_between_the_pieces(html):
    dense = loads('[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "r"\nslot = "a"\nmax = 40\n')
    placed = place(f"<div>{STORY}{html}</div>", dense)
    assert html in placed.html
    assert [placement.gap for placement in placed.plan.placements] == ([1, 2, 3] if html in LISTS else [1, 2])
