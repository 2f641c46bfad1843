"""Credits by the words before a mark, or at the end; sentences that begin with the same words."""

from __future__ import annotations

import pytest

from adslot.article.words.credits import ends_in_credit, is_credit


@pytest.mark.parametrize(
    "line",
    [
        "Foto: Karla Muster",
        "Symbolbild: dpa",
        "© Karla Muster",
        "(c) Karla Muster",
        "Photo by Karla Muster",
        "Der Hafen am Morgen ( Bild: Karla Muster)",
        "文/图：记者张三",
        "■写真＝市提供",
        "图为修好的市场屋顶。",
        "फोटोः पीटीआई",
        "ΦΩΤΟΓΡΑΦΙΕΣ: ΑΠΕ",
        "صُورَة : وكالة الأنباء",
    ],
)
def test_a_line_that_is_a_credit(line):
    """The word, then a mark; some need none."""
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "Im Bild: nichts als Wasser, so weit man sieht.",
        "Fuentes de la policía dijeron que el puente sigue cerrado.",
        "Fotografien hängen an allen Wänden: vom Hafen, vom Markt.",
        "Фотография стала делом его жизни: тысячи снимков.",
        "来源不明的资金让市政府很担心。",
        "写真家の男性は言う：「川は変わった」。",
        "Vira sagte nichts.",
        "",
    ],
)
def test_a_line_that_is_none(line):
    """The word is part of another one, or of a sentence."""
    assert not is_credit(line)


@pytest.mark.parametrize(
    "text",
    [
        "Der Hafen am Morgen, vom Kran aus gesehen. Foto: Karla Muster",
        "旧市场的屋顶。图源：市政府",
        "川の水位＝13日（市提供）",
        "Der Hafen am Morgen. (Muster/dpa)",
        "Le port, le matin. Crédit photo : Karla Muster",
    ],
)
def test_a_text_that_ends_in_one(text):
    """After a sentence, in brackets, behind the name."""
    assert ends_in_credit(text)
    assert ends_in_credit("Der Hafen liegt still. " * 9 + text)


def test_a_sign_behind_a_name_ends_a_short_line_only():
    """`nuotr.` is written behind the name, and what belongs to it is not told apart in a longer text."""
    line = "Senasis turgus. J. Petraičio nuotr."
    assert ends_in_credit(line)
    assert not ends_in_credit("Der Hafen liegt still. " * 9 + line)


@pytest.mark.parametrize(
    "text",
    [
        "Er nennt die Quelle nicht: Das sei seine Sache. Die Stadt schweigt.",
        "Was zählt, ist das Bild.",
        "市政府提供。",
        "提供",
        "Sie sagte: Foto und Film, das war mein Leben, und ich habe es gern gehabt, jeden Tag und bis zuletzt",
    ],
)
def test_a_text_that_ends_otherwise(text):
    """Sentences, and a word alone."""
    assert not ends_in_credit(text)
