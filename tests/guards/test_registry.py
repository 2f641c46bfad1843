"""A guard is one file: what a policy, a refusal and a finding say of it is made from that."""

from __future__ import annotations

import pickle
from importlib import import_module
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import Guards, Policy, Role, dumps, guards, json_schema, loads
from adslot.article.values import Block
from adslot.codes import FINDINGS, REFUSALS
from adslot.guards import GUARDS

FOLDER = Path(guards.__file__ or "").parent

blocks = st.builds(
    lambda role, text, traits: Block(role, "p", 0, text, None, len(text), traits),
    st.sampled_from(Role),
    st.sampled_from(
        ["Der Zug:", "Der Zug fährt.", "„Der Zug:“", "Der Zug fährt im Takt, und das wieder ab Montag. " * 6]
    ),
    st.frozensets(st.sampled_from(["floated", "caption", "label", "note", "picture"]), max_size=2),
)


def test_each_file_is_a_guard_of_its_name():
    """No file is left out, and each is named after its guard."""
    assert set(GUARDS) == {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert all(import_module(f"adslot.guards.{field}").GUARD is guard for field, guard in GUARDS.items())


def test_they_are_in_order():
    """By numbers from 1 without a gap: the order of files on a disk says nothing."""
    assert [guard.order for guard in GUARDS.values()] == list(range(1, len(GUARDS) + 1))
    assert list(GUARDS)[:6] == ["after_heading", "list_intro", "caption", "tail", "adjacent", "float"]  # as it was


def test_each_has_a_switch():
    """In their order, with their defaults; the value is as other values of a policy are."""
    assert [(field.name, field.default) for field in attrs.fields(Guards)] == [
        (name, guard.default) for name, guard in GUARDS.items()
    ]
    assert attrs.asdict(Guards()) == {name: guard.default for name, guard in GUARDS.items()}
    for name in GUARDS:
        off = Guards(**{name: False})
        assert off == pickle.loads(pickle.dumps(off)) == attrs.evolve(Guards(), **{name: False}) != Guards()
        assert hash(off) == hash(Guards(**{name: False})) and repr(off).count("False") == 1
        assert Guards(*(each != name for each in GUARDS)) == off
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(off, name, True)


@pytest.mark.parametrize("guard", GUARDS.values(), ids=lambda guard: guard.name)
def test_each_has_a_key_and_a_sentence(guard):
    """A policy file takes it back by its name; its refusals and findings say its sentence."""
    off = loads(f"guards.{guard.name} = false")
    assert off.guards == Guards(**{guard.field: False})
    assert loads(dumps(off)) == off
    assert loads(dumps(Policy())).guards == Guards()
    key = json_schema()["$defs"]["guards"]["properties"][guard.name]
    assert key == {"description": guard.docs, "default": guard.default, "type": "boolean"}
    assert REFUSALS[guard.name] == FINDINGS[guard.name] == guard.sentence


@given(st.lists(blocks, max_size=9))
def test_a_guard_that_is_not_asked_closes_nothing(story):
    """Where a story has none of the roles and traits that a guard needs."""
    there = {block.role for block in story}.union(*(block.traits for block in story))
    for guard in GUARDS.values():
        assert guard.may_bar(there) or not list(guard.barred(story))
