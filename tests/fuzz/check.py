"""Checking any text: findings that lie in it, whatever stands there, and no error in what was just placed."""

from __future__ import annotations

from hypothesis import given

from adslot import check, place
from tests.fuzz import pages


@given(pages.pages, pages.policies, pages.related)
def law(text, policy, related):
    """Laws 5 and 11."""
    filled = place(text, policy, related=related).html
    for html in (text, filled):
        findings = check(html, policy)
        for finding in findings:
            assert finding.line >= 1
            assert finding.column >= 1
            if finding.span is not None:
                assert 0 <= finding.span[0] <= finding.span[1] <= len(html)
    assert [finding for finding in findings if finding.severity == "error"] == []
