"""Words as relevance compares them: names, umlauts, forms for all genders, places, compounds."""

from __future__ import annotations

import pytest

from adslot import Related, read
from adslot.kept import Memo
from adslot.related.common import common
from adslot.related.inventory import TermIndex
from adslot.related.parts import _MANY, WordParts
from adslot.related.relevance import lexical
from adslot.related.words import form_of, is_name, stem_of, tokens_of, weighed

OTHER = Related("Zehn Rezepte mit Spargel", "/rezepte")


def relevance(text, title, **rest):
    ((found, other), *_) = lexical(read(f"<p>{text}</p>").sections, [Related(title, "/x", **rest), OTHER])
    assert other == 0
    return found


@pytest.mark.parametrize("name", ["EZB", "A65", "USA", "VW", "BVB", "G7", "U21", "NATO"])
def test_short_names_tell_most(name):
    """A name in capitals or with digits weighs as much as a long word: alone, it is well above chance."""
    assert relevance(f"Was {name} nun will.", f"{name}: Wie geht es weiter?") >= 30
    assert relevance("Was nun?", f"{name}: Wie geht es weiter?") == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Auf der A65", "A6: Stau am Abend"),
        ("Those who came", "WHO: Report"),
        ("He told us", "US: Report"),
        ("VWL an der Uni", "VW: Bericht"),
        ("Die BVG streikt", "BVB: Bericht"),
    ],
)
def test_names_are_meant_exactly(text, title):
    """Neither another number, nor the word in small letters, nor a longer name."""
    assert relevance(text, title) == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [("Die Nato berät.", "NATO: Gipfel"), ("Die NATO berät.", "Nato-Gipfel"), ("Die EZB tagt.", "Bericht")],
)
def test_names_that_others_write_in_small_letters(text, title):
    """From four letters on, and wherever the article itself has small letters, as tags have."""
    assert relevance(text, title, tags=["ezb"] if "EZB" in text else []) >= 15


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lehrermangel herrscht.", "Lehrerinnen verzweifeln"),
        ("Ein Lehrer berichtet.", "Lehrer*innen verzweifeln"),
        ("Lehrer:innen berichten.", "Lehrer verzweifelt"),
        ("LehrerInnen berichten.", "Lehrer/-innen verzweifeln"),
        ("Ganz Bayern schwitzt.", "Bayerische Seen"),
        ("In Berlin regnet es.", "Berliner Luft"),
        ("Die Märkte fallen.", "Maerkte unter Druck"),
        ("In der Strasse.", "Straße gesperrt"),
        ("Die Wiesen sind nass.", "Wiese"),
        ("Schulbusse verspäten sich.", "Neue Schulbuslinien"),
    ],
)
def test_what_is_the_same_word_in_another_form(text, title):
    """Forms for all genders, adjectives of places, umlauts, compounds: more than nothing."""
    assert relevance(text, title) > 5


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Unterricht fällt aus.", "Unterkunft gesucht"),
        ("Die Gesellschaft tagt.", "Die Wirtschaft wächst"),
        ("Wieder eine Woche mit neuen Zahlen.", "Eine neue Woche beginnt wieder"),
        ("Die Regierung plant.", "Sperrung der Brücke"),
    ],
)
def test_what_is_alike_by_chance(text, title):
    """Beginnings, endings and common words make nothing relevant, however few articles there are."""
    assert relevance(text, title) == 0


def test_the_same_writing():
    """Umlauts, ß and women's forms have one stem with what is written otherwise; other vowels stay as they are."""
    assert stem_of("Zürich") == stem_of("Zuerich")
    assert stem_of("Fußgängerinnen") == stem_of("Fussgaenger")
    assert stem_of("Steuer") != stem_of("Stur")
    assert tokens_of("Ärzt_innen, Kolleg(innen)") == ["Ärztinnen", "Kolleginnen"]


def weights(text):
    """What the terms of a text weigh."""
    found: dict[str, int] = {}
    weighed(text, 1, Memo(form_of), found)
    return found


def test_capitals_of_a_loud_text_are_no_names():
    """A title in capitals is read in small letters; single names in capitals are names."""
    assert weights("BAYERN GEWINNT POKAL")["bayer"] == weights("bayern gewinnt pokal")["bayer"]
    assert weights("CDU/CSU") == {"CDU": 48, "CSU": 48}
    assert not is_name("B")
    assert weights("NHK杯 2026") == {"NHK": 48, "杯": 20, "2026": 8}


def test_parts_that_too_many_have():
    """They are not looked for: that takes long and tells little."""
    terms = [f"sommer{chr(97 + number % 26)}{chr(97 + number // 26)}" for number in range(_MANY + 1)]
    assert list(WordParts(terms).like("sommer")) == []
    assert dict(WordParts([*terms[:2], "bruck", "auto", "stadt", "kirch", "wald"]).like("sommer"))


def test_words_that_tell_nothing():
    """They are not in an index at all."""
    assert "woch" in common()
    assert set(TermIndex([Related("Die Woche der Brücke", "/x")]).postings) == {"bruck"}


def test_words_of_all_articles():
    """What all of many articles have is not looked for; nor are parts of what is too long for a word."""
    items = [Related(f"Brücke {name}", f"/{name}") for name in "abcdefghijklmnopqrst"]
    assert "bruck" not in TermIndex(items).postings
    assert list(WordParts(["x" * 101]).like("x" * 102)) == []
