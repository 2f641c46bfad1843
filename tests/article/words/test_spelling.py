"""What makes no difference where texts are compared with words that are known."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from adslot.article.words.spelling import folded, spelled


@pytest.mark.parametrize(
    "one, other",
    [
        ("LESEN SIE AUCH", "Lesen Sie auch"),
        ("A LIRE AUSSI", "À lire aussi"),
        ("ΔΙΑΦΗΜΙΣΕΙΣ", "Διαφημίσεις"),
        ("İLGİLİ HABER", "ilgili haber"),
        ("AYRICA", "ayrıca"),
        ("إِعْلَانٌ", "اعلان"),
        ("إعـــلان", "إعلان"),
        ("عكس", "عکس"),
        ("آگهی\u200cها", "آگهیها"),
        ("פִּרְסוֹמֶת", "פרסומת"),
        ("फ़ोटो", "फोटो"),
        ("图源：", "图源:"),
        ("ＰＲ", "pr"),
        ("Те́ма", "тема"),
        ("Пов’язані", "Пов'язані"),
        ("Ảnh", "ảnh"),
        ("\u200bAn\u00adzeige", "Anzeige"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ways_to_write_one_word(one, other, form):
    """Case, accents, points, letters with two code points, full width and no width at all."""
    assert folded(unicodedata.normalize(form, one)) == folded(unicodedata.normalize(form, other))


@pytest.mark.parametrize(
    "one, other", [("ガ", "カ"), ("विज्ञापन", "वजञपन"), ("โฆษณา", "โฆษณ"), ("Bild", "Build"), ("광고", "강고")]
)
def test_words_that_stay_apart(one, other):
    """Vowel signs and the marks of kana are letters."""
    assert folded(one) != folded(other)


def test_lower_case_is_as_long():
    """So that what follows a label begins at the same place in both."""
    letters = [chr(code) for code in range(sys.maxunicode) if not 0xD800 <= code < 0xE000]
    assert [one for one in map(spelled, letters) if len(one.lower()) != len(one)] == []
