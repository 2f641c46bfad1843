"""Law 3. place(place(x)) == place(x): own slots are lifted out and planned afresh, also when the policy has changed."""

from __future__ import annotations

from hypothesis import example, given

from adslot import Policy, Rule, Slot, place
from tests import hostile_bytes, strategies


@given(strategies.texts, strategies.policies())
def test_placing_twice_changes_nothing(text, policy):
    """A second run gives the same text."""
    once = place(text, policy).html
    assert place(once, policy).html == once


@given(hostile_bytes.any_bytes, strategies.policies(2))
@example((hostile_bytes.LATE, None), strategies.EVERYWHERE)
@example((hostile_bytes.DECLARING, None), strategies.EVERYWHERE)
@example((b"<p>a</p><p>b</p>\x1b", "iso-2022-jp"), strategies.EVERYWHERE)
@example(("<p>a</p><p>b</p>".encode("utf-16-le"), "utf-16"), strategies.EVERYWHERE)
def test_placing_bytes_twice_changes_nothing(given, policy):
    """A second run gives the same bytes, in whatever encoding they are, and whatever their slots say of it."""
    data, encoding = given
    once = place(data, policy, encoding=encoding).html
    assert place(once, policy, encoding=encoding).html == once


def test_a_declaration_that_slots_would_push_out_of_sight_keeps_them_away():
    """A page is read in one encoding with slots and without, or has none; the plan says why."""
    result = place(hostile_bytes.LATE, strategies.EVERYWHERE)
    assert (result.html, result.plan.placements) == (hostile_bytes.LATE, ())
    assert result.plan.warnings == ("nothing placed: with slots in it the page would be read as cp1252, not as cp932",)
    assert len(place(hostile_bytes.LATE, strategies.EVERYWHERE, encoding="shift_jis").plan.placements) > 1
    assert len(place(hostile_bytes.LATE.replace(b" " * 1_000, b""), strategies.EVERYWHERE).plan.placements) > 1


def test_a_template_that_declares_an_encoding_places_nothing_where_that_counts():
    """The page would be read as the slot says."""
    policy = Policy([Slot("s", kind="promo", html="<b>x</b><meta charset=gbk>")], [Rule("r", slot="s", at="start")])
    result = place("<p>ü</p>".encode(), policy)
    assert (result.html, result.plan.placements) == ("<p>ü</p>".encode(), ())
    assert place("<meta charset=utf-8><p>ü</p>".encode(), policy).plan.placements
    assert place("<p>ü</p>".encode(), policy, encoding="utf-8").plan.placements


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
