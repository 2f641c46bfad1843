"""Codes: each of them means one thing."""

from __future__ import annotations

from adslot import codes
from adslot.article.story import ends, furniture
from adslot.article.words import sign_offs


def test_a_code_of_pages_is_none_of_gaps():
    """A finding that a refusal can say too is the same; a new guard must not be called as another finding is."""
    assert codes._OF_PAGES.keys().isdisjoint(codes.REASONS)


def test_every_reason_to_be_outside_has_its_sentence():
    """Those of names and words; `ends` has the others."""
    assert {*furniture._PATTERNS, *sign_offs._BEGINS, *ends._NEVER_STORY.values()} <= codes.OUTSIDE.keys()


def test_no_reason_is_declared_twice():
    """A guard that were called as another reason would hide its sentence."""
    assert len(codes.REASONS) == len(codes._REASONS)
