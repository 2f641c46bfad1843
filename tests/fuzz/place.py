"""Placing into any text: only slots are new, all of them come out again, and a second run changes nothing."""

from __future__ import annotations

from hypothesis import given

from adslot import place, strip
from tests.fuzz import pages
from tests.laws.test_law_01_lossless import spans, without


@given(pages.pages, pages.policies, pages.related)
def law(text, policy, related):
    """Laws 1, 2, 3 and 11."""
    bare, result = strip(text), place(text, policy, related=related)
    assert without(result.html, spans(result, str)) == bare
    assert strip(result.html) == bare
    assert place(result.html, policy, related=related).html == result.html
    assert place(bare, policy, related=related).html == result.html
