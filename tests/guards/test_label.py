"""label: a label stays with its words."""

from __future__ import annotations

import pytest

from adslot import Policy, Rule, Slot, place, read
from tests.doors import LONG, barred, traits

PROSE = "<p>" + "Um 22.14 Uhr rollt der Zug aus der Halle, pünktlich und fast lautlos. " * 5 + "</p>"
MANY = "Der Zug fährt seit Jahren nicht mehr, obwohl das Gegenteil versprochen war. " * 3


@pytest.mark.parametrize(
    "label",
    [
        '<p class="speaker">MODERATORIN</p>',
        '<p class="transcript__speaker-name">Karla Muster</p>',
        '<div class="uhrzeit"><span>Gestern früh</span></div>',
        "<p>12.30 Uhr</p>",
        "<p>Um 12:30 Uhr:</p>",
        "<p>[00:12:30]</p>",
        "<p>12. Mai 2026, 12.30 Uhr</p>",
        "<p>Mo., 12.5.2026, 9:05</p>",
        '<div class="num">12</div>',
        "<p>(3)</p>",
        "<p>§ 12a</p>",
        "<p>Rn. 7</p>",
        "<p>Frage 3:</p>",
        "<p>xiv.</p>",
        '<p class="begriff">Deichkrone</p>',
    ],
)
def test_who_when_and_which_number(label):
    """By a class name, or as the line says nothing else."""
    assert barred("label", PROSE + label + PROSE) == [2]


@pytest.mark.parametrize(
    "when", ["<p>10.05 Uhr</p>", "<div><time>vor 2 Stunden</time> 10:05 Jonas Berg</div>", "<p><time>Mai</time>"]
)
def test_when_an_entry_was_written(when):
    """The time of a live blog's entry stands above its heading or its text; a paragraph with a time in it is text."""
    assert barred("label", PROSE + when + "<h3>Der Pegel steigt</h3>" + PROSE) == [2]
    assert barred("label", PROSE + when + PROSE) == [2]
    assert barred("label", f"{PROSE}<p><time>10.05</time> {MANY}</p><h3>Der Pegel steigt</h3>{PROSE}") == []
    assert barred("label", f"{PROSE}<p>Sie kam am <time>3. Juni</time> an.</p>{PROSE}") == []


@pytest.mark.parametrize(
    "question",
    [
        f"<p><strong>{MANY}Wie erklären Sie das?</strong></p>",
        "<p><em>Und die Händler?</em></p>",
        f"<p><em><b>„{MANY}Und die Händler?“</b></em></p>",
        '<p><span style="font-weight:600">Und wer zahlt das alles, die Stadt, das Land oder am Ende doch nur wir Händler hier am Platz, wie immer?</span></p>',
        '<p class="frage">Und die Händler?</p>',
        '<div class="interview-question"><p>Und die Händler?</p></div>',
    ],
)
def test_a_question_stays_above_its_answer(question):
    """Wholly emphasised, of any length, or called a question."""
    assert barred("label", PROSE + question + PROSE) == [2]


def test_questions_of_one_of_two_who_speak():
    """Those who speak are told by a name and a colon; who says it to nobody else asks nothing."""
    asks, says = "<p>{}: Und die Kosten?</p>", "<p>{}: Die trägt zur Hälfte das Land.</p>"
    html = asks.format("<b>Landbote</b>") + says.format("Muster") + asks.format("Landbote") + PROSE
    assert barred("label", html) == [1, 3]
    assert barred("label", PROSE + asks.format("Es bleibt dabei") + PROSE) == []


def test_short_questions_between_long_answers():
    """Where most of the short lines of a story are questions, it is an interview, and they open no sections."""
    html = PROSE + "".join(f"<p>{text}</p>{PROSE}" for text in ("Wer zahlt das?", "Ab wann?", "Am Montag"))
    assert barred("label", html) == [2, 4]
    assert len(read(html).sections) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>Tabelle 2: Pegel am Morgen</p><table><tr><td>3</td></tr></table>",
        "<p>Abb. 3. Der Hafen</p><figure><img src=a></figure>",
        '<div class="titel">Ein Aufruf</div><pre>code</pre>',
        '<div class="listingblock"><div class="top">Ein Aufruf</div><div><pre>code</pre></div></div>',
        "<div><p>Der Hafen am Morgen</p><figure><img src=a></figure><p>Foto: Muster</p></div>",
        "<div><p>Was wir brauchen</p><ul><li>Mehl</li></ul></div>",
    ],
)
def test_a_title_stays_above_what_it_names(html):
    """By its number, by its name, or as it shares an element with nothing else."""
    assert barred("label", PROSE + html + PROSE) == [2]


@pytest.mark.parametrize(
    "poem", ["<div class=stanza>{}</div>", "<div class=gedicht><div>{}</div></div>".replace("<div>{}</div>", "{}")]
)
def test_verses_of_a_stanza_stay_together(poem):
    """The next stanza may stand below a slot."""
    stanza = poem.format("<p>Der Mond steht über dem Kran,</p><p>die Pumpen laufen,</p><p>das Wasser steigt an.</p>")
    assert barred("label", PROSE + stanza + stanza + PROSE) == [2, 3, 5, 6]


@pytest.mark.parametrize("name", ["stanza", "strophe"])
def test_verses_in_elements_of_their_own(name):
    """Wrapped each, as some exports have them."""
    verse = "<div><p>Der Mond steht über dem Kran,</p></div>"
    assert barred("label", f"{PROSE}<div class={name}>{verse * 2}</div>{PROSE}") == [2]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Wer zahlt das?</p>",
        "<p>Wer <b>zahlt</b> das?</p>",
        "<p>Es war 12.30 Uhr</p>",
        '<p class="reading">Karla Muster</p>',
        f'<div class="num">{LONG}{LONG}</div>',
        "<p>Der Zug kommt</p><figure><img src=a></figure>",
        "<p>Tabelle der Pegel</p><table><tr><td>3</td></tr></table>",
        f"<div>{LONG}<p>Der Zug kommt</p><figure><img src=a></figure></div>",
        "<p>Der Mond steht über dem Kran,</p><p>die Pumpen laufen,</p>",
        '<p class="num">12</p><h2>Was gilt</h2>',
        "<p><b>Wer zahlt das?</b></p><h2>Was gilt</h2>",
    ],
)
def test_false_friends(html):
    """Plain questions and lines, and labels of nothing."""
    assert barred("label", PROSE + html + PROSE) == []


def test_a_heading_over_a_teaser_belongs_to_it():
    """It opens no section, and no slot stands beside either; one over an ad is the story's, unless it says `Anzeige`."""
    teaser, ad = '<div class="teaser"><a href=/x>Der Pegel fällt</a></div>', '<div class="ad-slot"></div>'
    html = PROSE + "<h3>Auch interessant</h3>" + teaser + PROSE
    assert [str(block.role) for block in read(html).blocks] == ["paragraph", "box", "teaser", "paragraph"]
    assert len(read(html).sections) == 1
    assert barred("label", html) == [2, 3]
    assert barred("adjacent", html) == [1, 2, 3]
    assert [str(block.role) for block in read(PROSE + "<h3>Am Ufer</h3>" + ad + PROSE).blocks][1] == "heading"
    assert [str(block.role) for block in read(PROSE + "<h6>Anzeige</h6>" + ad + PROSE).blocks][1] == "box"


def test_slots_of_the_article_are_looked_through():
    """An ad between a question and its answer does not part them for another."""
    html = '<p><em>Und die Händler?</em></p><div class="ad-slot"></div>' + PROSE
    assert barred("label", html) == [1, 2]
    assert barred("label", PROSE + '<p class="num">12</p>') == []


def test_the_policy_takes_it_back():
    """A label is a trait of a block."""
    html = PROSE + "<p>12.30 Uhr</p>" + PROSE
    assert traits(html) == [[], ["label"], []]
    policy = Policy((Slot("ad", kind="ad", label="Anzeige"),), [Rule("r", slot="ad", max=9)])
    assert [refusal.code for refusal in place(html, policy).plan.explain(gap=2)] == ["label"]
