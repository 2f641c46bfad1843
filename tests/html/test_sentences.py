"""What the end of a line of text says of it, in any script and behind what closes."""

from __future__ import annotations

import pytest

from adslot.html.sentences import asks, ends_open, ends_sentence


@pytest.mark.parametrize(
    "text",
    [
        "Wer hilft?",
        "„Wer hilft?“",
        "»Wer hilft?« ",
        "(Und wer hilft?)",
        "誰が助ける？」",
        "من يساعد؟",
        "Who helps?'”",
        "Ποιος βοηθά\u037e",
    ],
)
def test_a_question(text):
    """Quotation marks and brackets may close behind its mark."""
    assert asks(text)
    assert not ends_sentence(text)
    assert not ends_open(text)


@pytest.mark.parametrize("text", ["", "“", "„Wer?“, sagt sie", "Hilfe!", "„Ja.“", "(ja)"])
def test_what_is_no_question(text):
    """Its mark stands within the line, or it has none."""
    assert not asks(text)
