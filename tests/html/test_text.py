"""How texts are counted, in whatever script."""

from __future__ import annotations

import unicodedata

import pytest

from adslot.html import text
from adslot.html.text import count_words

SENTENCES = [
    ("Größere Züge fahren früher", 4),
    ("सड़क आज सुबह खुल गई", 5),
    ("فُتِحَ الجِسْرُ اليَوْمَ", 3),
    ("הַגֶּשֶׁר נִפְתַּח", 2),
    ("Cầu đã mở lại", 4),
    ("می\u200cروم به خانه", 3),
    ("பாலம் திறந்தது", 2),
    ("橋が開いた", 5),
    ("다리가 열렸다", 2),
    ("Мост открыт", 2),
    ("สะพานเปิดแล้ววันนี้", 5),
    ("ສະພານເປີດແລ້ວ", 4),
    ("ស្ពាន\u200bបាន\u200bបើក\u200bឡើង\u200bវិញ", 5),
    ("ស្ពានបានបើកឡើងវិញ", 4),
    ("ไป 12 วัน", 3),
    ("", 0),
]


@pytest.mark.parametrize("sentence, count", SENTENCES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_belong_to_their_word(sentence, count, form):
    """Composed or not: a vowel sign, a point or an accent parts no word."""
    assert count_words(unicodedata.normalize(form, sentence)) == count


def test_what_is_kept_is_bounded():
    """A page of all characters there are does not take the memory of a server."""
    everything = "".join(map(chr, range(0x20, 0xD800))) + "".join(map(chr, range(0xE000, 0x30000)))
    assert count_words(everything) > 0
    assert len(text._bare) <= text._MOST_KNOWN
