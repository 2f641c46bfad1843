"""Law 3. place(place(x)) == place(x): own slots are lifted out and planned afresh, also when the policy has changed."""

from __future__ import annotations

from hypothesis import given

from adslot import place
from tests import strategies


@given(strategies.texts, strategies.policies())
def test_placing_twice_changes_nothing(text, policy):
    """A second run gives the same text."""
    once = place(text, policy).html
    assert place(once, policy).html == once


@given(strategies.any_bytes, strategies.policies(2))
def test_placing_bytes_twice_changes_nothing(data, policy):
    """A second run gives the same bytes."""
    once = place(data, policy).html
    assert place(once, policy).html == once


@given(strategies.texts, strategies.policies(2), strategies.policies(2))
def test_slots_of_another_policy_leave_no_trace(text, before, now):
    """With a changed policy the page is what it would be without the earlier run."""
    assert place(place(text, before).html, now).html == place(text, now).html


@given(strategies.texts, strategies.policies(2), strategies.id_prefixes, strategies.id_prefixes)
def test_another_prefix_leaves_no_trace(text, policy, before, now):
    """With another prefix, or none, the page is what it would be without the earlier run."""
    assert (
        place(place(text, policy, id_prefix=before).html, policy, id_prefix=now).html
        == place(text, policy, id_prefix=now).html
    )
