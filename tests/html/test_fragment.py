"""Markup of slots: what it is escaped by."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from adslot.html.fragment import escape


@given(st.text(st.sampled_from("a&<>\"'`=/;#\xa0\0\n\ud800ä😀") | st.characters()))
def test_text_is_escaped_as_python_does_it(text):
    """By the parser's own function, which need not load the names of all characters first."""
    assert escape(text) == html.escape(text)
