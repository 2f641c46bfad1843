"""Texts of which a parser makes far too much are known before they are parsed, and no others are taken for such."""

from __future__ import annotations

import pytest

from adslot import place, preset, read
from adslot.html.outgrowth import may_outgrow

MANY = "<p>x" * 40_000


@pytest.mark.parametrize(
    "text, expected",
    [
        ("<font size=1>" * 400 + MANY, True),
        ("<FONT SIZE=1>" * 400 + MANY.upper(), True),
        ("<b>" * 60_000 + "<p>x" * 60_000, True),
        ("<body a=1>x" * 4_000, True),
        ("<HTML a=1>x" * 4_000, True),
        ("<font size=1>x</font>" * 9_000, False),
        ("<FONT size=1>x</font>" * 9_000, False),
        ("<b><i>x</b></i>" * 30_000, False),
        ("<html lang=de><body class=a>" + MANY, False),
        (f"<!--{'<font size=1>' * 400}-->{MANY}", False),
        (f"<textarea>{'<font size=1>' * 400}</textarea>{MANY}", False),
        ("<font size=1>" * 400 + "<p>x", False),
        ("<fontain size=1>" * 400 + MANY, False),
    ],
)
def test_a_text_that_grows_is_known(text, expected):
    """By formatting that stays open before many blocks, or attributes that are merged again and again."""
    assert may_outgrow(text) is expected


def test_what_grows_is_not_read():
    """The page stays as it is, and the article says that it was not read."""
    text = "<font size=1>" * 400 + MANY
    assert read(text).unread
    assert place(text, preset("longform")).html == text
