"""Words in many languages, counted as ICU counts them, and what of a line is as wide as what."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from adslot import ArticleOptions, Policy, read
from adslot.html.sentences import ends_sentence
from adslot.html.text import chars_of, count_words, visible, width_of

TABLE = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
LANGUAGES = [(name, case["text"], case["icu"]) for name, case in TABLE.items()]
# These have a rule of their own, since their words are not told apart without a dictionary.
BY_CHARACTER, BY_LETTERS = {"ja", "zh"}, {"th", "lo", "km", "my"}


@pytest.mark.parametrize("name, text, icu", LANGUAGES, ids=[name for name, _, _ in LANGUAGES])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_are_those_of_icu(name, text, icu, form):
    """In every language that parts its words, composed or not; a character of Chinese is one; of Thai nearly as many."""
    counted = count_words(visible(unicodedata.normalize(form, text)))
    if name in BY_CHARACTER:
        assert counted == sum(char.isalnum() for char in text)
    elif name in BY_LETTERS:
        assert abs(counted - icu) <= icu / 5
    else:
        assert counted == icu


def test_the_table_is_what_icu_says():
    """Whenever ICU is at hand, it is asked."""
    breakers = pytest.importorskip("icu4py.breakers")
    for name, text, icu in LANGUAGES:
        words = breakers.WordBreaker(text, name)
        assert (name, sum(any(map(str.isalnum, word)) for word in words)) == (name, icu)


def test_there_are_thirty_languages():
    """And more."""
    assert len(TABLE) >= 30


@pytest.mark.parametrize(
    "text, count",
    [
        ("ក្រុមប្រឹក្សា\u200bក្រុង\u200bបាន\u200bសម្រេច\u200bរក្សា\u200bផ្សារ។", 6),
        ("ทุก\u200bคน\u200bไป\u200bโรงเรียน", 4),
        ("ທຸກ\u200bຄົນ\u200bໄປ\u200bໂຮງຮຽນ", 4),
        ("ကျောင်း\u200bသို့\u200bသွား", 3),
        ("ทุกคนไป 25 คน\u200bใน Bangkok", 6),
        ("ปี ๒๕๖๘", 2),
        ("Donau\u200bdampfschiff", 1),
        ("ｶﾞｯｺｳ", 4),
    ],
)
def test_zero_width_spaces_part_words(text, count):
    """In scripts without spaces, and where there are some, they alone do; they are no chars."""
    shown = visible(text)
    assert count_words(shown) == count
    assert chars_of(shown) == len(text.replace("\u200b", ""))
    (block,) = read(f"<p>{text}</p>").blocks
    assert (block.words, block.chars) == (count, chars_of(shown))


def test_bold_text_with_zero_width_spaces():
    """It is bold, however it is cut into elements."""
    (block, _) = read("<p><b>ทุก\u200bคน</b><b>\u200bไป</b></p><p>ทุกคน</p>").blocks
    assert block.role == "pseudo-heading"


@pytest.mark.parametrize(
    "line, expected",
    [
        ("Der Fluss steigt seit dem Montag an.", "short-paragraph"),
        ("川の水は月曜日から増えており、岸ではポンプが動いている。", "paragraph"),
        ("川の水は増えている。", "short-paragraph"),
        ("시의회는 화요일 긴 토론 끝에 옛 시장을 보존하기로 결정했다.", "paragraph"),
    ],
)
def test_what_is_short_depends_on_the_script(line, expected):
    """A character that is as wide as two letters counts as two."""
    assert read(f"<p>{line}</p>").blocks[0].role == expected
    assert read(f"<p>{line}</p>", Policy(article=ArticleOptions(short=width_of(line)))).blocks[0].role == "paragraph"


SENTENCES = [
    "水が増えている。",
    "बाढ़ आ गई।",
    "Und dann …",
    "پانی بڑھ رہا ہے۔",
    "„Das Wasser steigt.“",
    "»Es steigt,«",
    "ជំនន់។",
    "ወንዙ።",
]
OPEN = ["水の行方", "बाढ़ का पानी", "»Wir bleiben«", "ماذا بعد؟", "Was nun?", "Der „Takt“"]


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_no_headings(text):
    """Whatever sign ends them, and whatever closes behind it."""
    assert ends_sentence(text)
    assert read(f"<p><b>{text}</b></p><p>x</p>").blocks[0].role != "pseudo-heading"


@pytest.mark.parametrize("text", OPEN)
def test_headings_end_otherwise(text):
    """In a letter with its marks, in a quotation, as a question."""
    assert not ends_sentence(text)
    assert read(f"<p><b>{text}</b></p><p>x</p>").blocks[0].role == "pseudo-heading"


def test_subheads_by_their_form_in_other_scripts():
    """Short lines between long paragraphs, which in Japanese have fewer characters; the last letter may have marks."""
    for line, prose in (
        ("बाढ़ का पानी", "नगर परिषद ने लंबी बहस के बाद निर्णय लिया। " * 5),
        ("岸の人々", "川の水は月曜日から増えている。" * 6),
    ):
        html = f"<p>{prose}</p><p>{line}</p><p>{prose}</p><p>{line}1</p><p>{prose}</p>"
        assert [block.role for block in read(html).blocks][1::2] == ["pseudo-heading"] * 2
