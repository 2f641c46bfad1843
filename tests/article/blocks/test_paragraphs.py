"""Text without a `p` of its own: what parts its paragraphs, and where they stand in one element."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import ArticleOptions, Policy, Rule, Slot, place, place_tree, read, read_tree

PUMP = "Am Ufer stehen Pumpen, und der Fluss steigt weiter."
BOAT = "Die Boote liegen fest, bis das Wasser wieder fällt."
DIKE = "Der Deich hält, sagt die Stadt, noch zwei Tage lang."
EVERYWHERE = Policy([Slot("ad", kind="ad", label="Anzeige")], [Rule("r", slot="ad", max=9)])


def gaps(html, policy=EVERYWHERE):
    """The gaps with a slot, alike at both doors."""
    wrapped = f"<div>{html}</div>"
    found = [p.gap for p in place(wrapped, policy).plan.placements]
    assert [p.gap for p in place_tree(lxml.html.fragment_fromstring(wrapped), policy).placements] == found
    return found


def texts(html):
    """The texts of the blocks, alike at both doors."""
    wrapped = f"<div>{html}</div>"
    found = [block.text for block in read(wrapped).blocks]
    assert [block.text for block in read_tree(lxml.html.fragment_fromstring(wrapped)).blocks] == found
    return found


@pytest.mark.parametrize(
    "between",
    [
        "<br><br>",
        "<br>&nbsp;<br>",
        "<br>\u200b<br>",
        "<br>&#8203;<br/>",
        "<br> <span></span> <br>",
        "<br><b> </b><br>",
        "<br><!-- x --><a id=x></a>&nbsp;<br>",
        "<span><br><br></span>",
        "<br><i><br></i>",
    ],
)
def test_what_may_stand_between_two_breaks(between):
    """White space of any kind, marks without width, elements without anything to see."""
    assert texts(f"{PUMP}{between}{BOAT}") == [PUMP, BOAT]
    assert gaps(f"{PUMP}{between}{BOAT}") == [1]


@pytest.mark.parametrize("between", ["<br>", "<br>.<br>", "<br><img src=x><br>", "&nbsp;", "<br><input><br>"])
def test_what_parts_no_paragraphs(between):
    """A single break, and two with something to see between them."""
    assert len(texts(f"{PUMP}{between}{BOAT}")) == 1


@pytest.mark.parametrize("tag", ["span", "font", "b", "strong", "i", "em", "ins", "u", "big"])
def test_text_in_one_inline_element(tag):
    """The slot stands in the element: that is where a browser puts it."""
    html = f"<{tag}>{PUMP}<br><br>{BOAT}<br>&nbsp;<br>{DIKE}</{tag}>"
    assert texts(html) == [PUMP, BOAT, DIKE]
    assert gaps(html) == [1, 2]
    assert gaps(f"<b style='font-weight:normal'>{html}</b>") == [1, 2]
    assert gaps(f"<{tag}>{PUMP}<br><br></{tag}><{tag}>{BOAT}</{tag}>") == [1]
    assert gaps(f"{PUMP}<br><br><{tag}>{BOAT}<br><br>{DIKE}</{tag}><br><br>{PUMP}") == [1, 2, 3]


@pytest.mark.parametrize(
    "between",
    [
        "<br><i hidden>Neu</i><br>",
        "<br><b style='display:none'>Neu</b><br>",
        "<br><span class=sr-only>Neu</span><br>",
        "<br><span hidden><img src=x></span><br>",
        "<br><template>Neu</template><br>",
    ],
)
@pytest.mark.parametrize("tag", ["span", "b", "p"])
def test_what_is_unseen_between_two_breaks_of_one_element(tag, between):
    """It parts nothing from nothing; and a break that is unseen itself is none."""
    assert texts(f"<{tag}>{PUMP}{between}{BOAT}</{tag}>") == [PUMP, BOAT]
    assert len(texts(f"<{tag}>{PUMP}{between.replace('<br>', '', 1)}{BOAT}</{tag}>")) == 1
    assert len(texts(f"<{tag}>{PUMP}<br><i hidden><br></i>{BOAT}</{tag}>")) == 1


def test_an_element_in_a_line_is_no_paragraph():
    """What began before it goes on in it; and a short bold line under another is one title."""
    assert len(texts(f"{PUMP} <span>{BOAT}<br><br>{DIKE}</span>")) == 1
    assert len(texts(f"{PUMP}<br><span>{BOAT}<br><br>{DIKE}</span>")) == 1
    assert len(texts(f"<b>Der Fluss<br><br>Ein Bericht</b>{PUMP}")) == 1


@pytest.mark.parametrize("tag", ["a href=/x", "code", "tt", "nobr"])
def test_where_no_slot_can_stand_it_is_said(tag):
    """As the reason at the gap, and as a warning of the plan."""
    html = f"<div><{tag}>{PUMP}<br><br>{BOAT}</{tag.split()[0]}></div><p>{DIKE}</p>"
    made = place(html, EVERYWHERE).plan
    assert [p.gap for p in made.placements] == [2]
    assert [refusal.code for refusal in made.explain(gap=1)] == ["unsafe"]
    (warning,) = made.warnings
    assert f"inside <{tag.split()[0]}> (1 gap)" in warning
    assert read(html).warnings == made.warnings


def test_paragraphs_in_a_p():
    """They are blocks of their own, which no slot can part; a warning is due where there is nothing else."""
    html = f"<p>{PUMP}<br><br>{BOAT}</p>"
    made = place(html, EVERYWHERE).plan
    assert texts(html) == [PUMP, BOAT]
    assert [(refusal.code, "inside the element" in (refusal.against or "")) for refusal in made.explain(gap=1)]
    assert made.article.gaps[1].unsafe == "banned"
    assert "inside <p> (1 gap)" in made.warnings[0]
    assert place(f"{html}<p>{DIKE}</p>", EVERYWHERE).plan.warnings == ()
    assert gaps(f"{html}<p>{DIKE}</p>") == [2]
    assert "inside <p>" in read(f"<p><span>{PUMP}<br><br>{BOAT}</span></p>").warnings[0]


def test_short_lines_in_a_p_are_one_paragraph():
    """An address, a verse; what is short is what the policy says."""
    assert texts("<p>Rathaus<br><br>Markt 1<br><br>Neustadt</p>") == ["Rathaus Markt 1 Neustadt"]
    assert texts(f"<p>{PUMP}<br><br>Neustadt</p>") == [f"{PUMP} Neustadt"]
    policy = Policy(article=ArticleOptions(short=75))
    assert len(read(f"<p>{PUMP}<br><br>{BOAT}</p>", policy).blocks) == 1


def test_blank_lines_in_a_p_part_nothing():
    """Not even where breaks do."""
    assert texts(f"<p>{PUMP}<br><br>{BOAT}\n\n{DIKE}</p>") == [PUMP, f"{BOAT} {DIKE}"]


@pytest.mark.parametrize(
    "html", ["<p>{}</p></p><p>{}</p>", "<p>{}</p> </P > <!-- x --></p>\n<p>{}</p>", "{}</p><p>{}</p>"]
)
def test_a_stray_end_of_a_paragraph(html):
    """The gap before it, or behind it, takes a slot like any other."""
    filled = html.format(PUMP, BOAT)
    assert [p.gap for p in place(filled, EVERYWHERE).plan.placements] == [1]
    assert place(filled, EVERYWHERE).html.endswith(f"</aside><p>{BOAT}</p>")


def test_the_mark_round_the_text_of_a_feed():
    """Of a CDATA mark nothing is a block."""
    html = f"<![CDATA[<p>{PUMP}</p><p>{BOAT}</p>]]>"
    article = read(html)
    assert [block.text for block in article.blocks] == [PUMP, BOAT]
    assert [p.gap for p in place(html, EVERYWHERE).plan.placements] == [1]
