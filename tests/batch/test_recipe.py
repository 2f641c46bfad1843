"""Recipes: the same for the same, another one for anything that may change a page."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from adslot import Related, dumps, loads, preset
from adslot.batch.recipe import recipe

POLICY = preset("de-news")
TOLD = {"related": (Related("Titel", "/a"),), "context": {"section": "sport"}, "now": date(2026, 11, 5), "mode": "auto"}


def test_the_same_is_the_same():
    """A policy that was read from another text, keys in another order."""
    told = dict(reversed(TOLD.items()))
    assert recipe(loads(dumps(POLICY)), told) == recipe(POLICY, TOLD)


@pytest.mark.parametrize(
    "change",
    [
        {"related": (Related("Titel", "/b"),)},
        {"related": (Related("Titel", "/a", tags=["x"]),)},
        {"context": {"section": "politik"}},
        {"context": {"section": "sport", "n": 1}},
        {"context": {"section": "sport", "n": True}},
        {"now": date(2026, 11, 6)},
        {"mode": "page"},
    ],
)
def test_what_is_told_is_part_of_it(change):
    """Each of it."""
    assert recipe(POLICY, {**TOLD, **change}) != recipe(POLICY, TOLD)


def test_the_policy_is_part_of_it():
    """With the text of its templates, and the order of its rules."""
    text = '[slots.a]\nkind = "promo"\nhtml = "<b>{}</b>"\n[[rules]]\nname = "r"\nslot = "a"\n'
    policies = [
        POLICY,
        attrs.evolve(POLICY, rules=tuple(reversed(POLICY.rules))),
        loads(text.format("a")),
        loads(text.format("b")),
    ]
    assert len({recipe(policy, TOLD) for policy in policies}) == len(policies)
