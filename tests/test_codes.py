"""Codes: each of them means one thing."""

from __future__ import annotations

from adslot import codes


def test_a_code_of_pages_is_none_of_gaps():
    """A finding that a refusal can say too is the same; a new guard must not be called as another finding is."""
    assert codes._OF_PAGES.keys().isdisjoint(codes.REASONS)


def test_no_reason_is_declared_twice():
    """A guard that were called as another reason would hide its sentence."""
    assert len(codes.REASONS) == len(codes._REASONS)
