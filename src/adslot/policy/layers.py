"""A policy is laid in layers: a file over the one that it extends, a case over the policy.

A layer is a mapping of the form of the policy file. Its tables go over those below key by key, its
rules and slots by name, its lists whole; `false` takes a key back. A spacing replaces those below
between the same things. What a layer made of what is kept, so that a fault can be reported where it was
written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from adslot.errors import KeyPath, Problem, nearest
from adslot.kept import lazy
from adslot.policy.declarations import ArticleOptions, Limits, Rule, Spacing, default_max
from adslot.policy.file.keys import RULE, SPACING, TABLES, default_of, field_of
from adslot.policy.file.reader import Key, Reader
from adslot.policy.frozen import Table, freeze
from adslot.policy.language.distance import chars
from adslot.policy.language.terms import Term
from adslot.policy.slots import Layout, Slot
from adslot.policy.switches import Guards

_Value = TypeVar("_Value", Slot, Rule, Limits, ArticleOptions, Guards, Layout)
_Named = TypeVar("_Named", Slot, Layout)
_Fixed = TypeVar("_Fixed", Limits, ArticleOptions, Guards)

# Fields that are tables by themselves, and laid over each other key by key.
_TABLES = {"guards", "sizes"}
_SIDES = ("between", "above", "below", "min")
# Stands in for what a spacing does not say, or not in words that can be read.
_NO_SPACING = {"above": Term("ad"), "below": Term("ad"), "min": chars(0)}


@attrs.frozen
class Parts:
    """What a policy is made of, but for its cases."""

    slots: tuple[Slot, ...] = ()
    rules: tuple[Rule, ...] = ()
    spacing: tuple[Spacing, ...] = ()
    limits: Limits = attrs.field(factory=Limits)
    article: ArticleOptions = attrs.field(factory=ArticleOptions)
    guards: Guards = attrs.field(factory=Guards)
    layouts: tuple[Layout, ...] = ()
    context: Table = attrs.field(default=Table(()))

    @lazy
    def named(self) -> Mapping[str, Mapping[str, Slot | Layout]]:
        """The slots and the layouts by their names, at the keys where these stand."""
        return {
            "slots": {slot.name: slot for slot in self.slots},
            "layouts": {each.name: each for each in self.layouts},
        }

    def fields(self) -> dict[str, Any]:
        """The fields of the policy of these parts."""
        return attrs.asdict(self, recurse=False)


@attrs.frozen(eq=False)
class Made:
    """A *value* that a layer made by the *keys* of its table at *path*, perhaps of an *older* one."""

    value: object
    path: KeyPath
    keys: frozenset[str]
    older: object | None


@attrs.frozen(eq=False)
class Layer:
    """The *parts* up to a layer, what it *made* of them, and the *reader* that knows what it could not read.

    The layer itself stands at *path*.
    """

    parts: Parts
    path: KeyPath = ()
    made: tuple[Made, ...] = ()
    reader: Reader = attrs.field(factory=Reader)


def lay(
    below: Parts, data: Any, path: KeyPath = (), *, known: tuple[str, ...] = tuple(TABLES), complete: bool = True
) -> Layer:
    """Lay the mapping *data*, which stands at *path* and has the keys *known*, over the parts *below*.

    If what is below is not *complete*, nothing that may stand there is missed.
    """
    laying = _Laying(below, path, complete=complete)
    top = laying.reader.table(path, data, known)
    parts = Parts(
        laying.named("slots", top.get("slots", {}), below.slots, Slot, "kind"),
        laying.rules(top.get("rules", [])),
        laying.spacing(top.get("spacing", [])),
        laying.fixed("limits", top.get("limits", {}), below.limits),
        laying.fixed("article", top.get("article", {}), below.article),
        laying.fixed("guards", top.get("guards", {}), below.guards),
        laying.named("layouts", top.get("layouts", {}), below.layouts, Layout, "min_width"),
        laying.context(top["context"]) if "context" in top and "context" in known else below.context,
    )
    return Layer(parts, path, tuple(laying.made), laying.reader)


class _Laying:
    def __init__(self, below: Parts, path: KeyPath, *, complete: bool) -> None:
        self.below, self.reader, self.made = below, Reader(), list[Made]()
        self._path, self._complete = path, complete

    def named(
        self, part: str, data: Any, below: tuple[_Named, ...], make: type[_Named], needed: str
    ) -> tuple[_Named, ...]:
        """The things of a table of tables by name; *needed* is the key that a new one must have."""
        if data is False:
            return ()
        known, keys = [thing.name for thing in below], TABLES[part]
        found = dict(zip(known, below, strict=True))
        for name, table in self.reader.table((*self._path, part), data).items():
            path = (*self._path, part, name)
            if table is False:
                found.pop(name, None)
            elif name in found:
                found[name] = self._change(path, table, keys, found[name])
            else:
                found[name] = make(name, **self._new(path, table, part, needed, name, known))
                self._note(found[name], path, table, None)
        return tuple(found.values())

    def rules(self, data: Any) -> tuple[Rule, ...]:
        if data is False:
            return ()
        found, known = list(self.below.rules), [rule.name for rule in self.below.rules]
        places = {name: index for index, name in enumerate(known)}
        for index, table in enumerate(self.reader.sequence((*self._path, "rules"), data)):
            path = (*self._path, "rules", index)
            name = table.get("name") if isinstance(table, Mapping) else None
            name = name if isinstance(name, str) else ""
            # Only once: a second rule of the name is a fault of this layer.
            if (place := places.pop(name, None)) is not None:
                found[place] = self._change(path, table, RULE, found[place])
            else:
                found.append(Rule(**self._new(path, table, "rules", "slot", name, known)))
                self._note(found[-1], path, table, None)
        return tuple(found)

    def spacing(self, data: Any) -> tuple[Spacing, ...]:
        if data is False:
            return ()
        own, things = [], set()
        for index, table in enumerate(self.reader.sequence((*self._path, "spacing"), data)):
            path = (*self._path, "spacing", index)
            spacing = _spacing(self.reader, path, table)
            things.add(between(spacing))
            if not isinstance(table, Mapping) or table.get("min") is not False:
                own.append(spacing)
                self._note(spacing, path, table, None)
        return (*(spacing for spacing in self.below.spacing if between(spacing) not in things), *own)

    def fixed(self, name: str, data: Any, older: _Fixed) -> _Fixed:
        """A table that every policy has. `guards = false` would be taken for "no guards", and is refused."""
        if data is False and name != "guards":
            fresh = type(older)()
            self._note(fresh, (*self._path, name), {}, None)
            return fresh
        return self._change((*self._path, name), data, TABLES[name], older)

    def context(self, data: Any) -> Table:
        """The declarations of the caller's context; what they say is checked when the policy is made."""
        path = (*self._path, "context")
        table = {} if data is False else self.reader.table(path, data)
        older: Table = Table(()) if data is False else self.below.context
        kept = {key: value for key, value in older.items() if table.get(key) is not False}
        declared: Table = freeze(kept | {key: value for key, value in table.items() if value is not False})
        self._note(declared, path, table, older)
        return declared

    def _change(self, path: KeyPath, table: Any, keys: Mapping[str, Key], older: _Value) -> _Value:
        """The *older* value with what *table* says of it."""
        if isinstance(table, Mapping) and not table:
            return older
        fields = self.reader.fields(path, table, keys, whole=False)
        gone = {name for name in _taken_back(table, keys) if keys[name].can_go}
        fresh: dict[str, Any] = {
            field: default_of(older, field) for field in (field_of(name, keys[name]) for name in gone)
        }
        if "attributes" in fields and isinstance(older, Slot):
            kept = set(_taken_back(table["attributes"], dict(older.attributes)))
            pairs = ((key, text) for key, text in older.attributes if key not in kept)
            fields["attributes"] = {**dict(pairs), **dict(fields["attributes"])}
        for name in _TABLES & set(fields):
            taken = _taken_back(table[name], getattr(older, name))
            fields[name] = {key: each for key, each in getattr(older, name).items() if key not in taken} | fields[name]
        if isinstance(older, Rule):
            fields["max"] = _most(older, fields, gone)
        value = attrs.evolve(older, **(fresh | fields))
        self._note(value, path, table, older)
        return value

    def _new(self, path: KeyPath, table: Any, part: str, needed: str, name: str, known: list[str]) -> dict[str, Any]:
        """The fields of a new thing of a *part*. Without the *needed* key it was perhaps meant to be one that is *known*."""
        keys = TABLES[part]
        mistaken = bool(known) and isinstance(table, Mapping) and needed not in table and bool(name)
        if mistaken and self._complete:
            expected = f"the name of a {part[:-1]} below, or the key {needed!r} of a new one"
            self.reader.problems.append(Problem(path, expected, repr(name), nearest(name, known)))
            self.reader.unread.add((*path, needed))
        fields = self.reader.fields(path, table, keys, whole=self._complete and not mistaken)
        return {key: keys[key].instead for key in keys if keys[key].needed} | fields

    def _note(self, value: object, path: KeyPath, table: Any, older: object | None) -> None:
        keys = frozenset(table) if isinstance(table, Mapping) else frozenset[str]()
        self.made.append(Made(value, path, keys, older))


def between(spacing: Spacing) -> object:
    """The things that *spacing* keeps apart; of two that are the same the order says nothing."""
    above, below = frozenset(spacing.above), frozenset(spacing.below)
    return frozenset((above, below)) if spacing.either or above == below else (above, below)


def _most(older: Rule, fields: Mapping[str, Any], gone: Collection[str]) -> int:
    """The `max` of a changed rule: where nobody says it, its rhythm does, if it has one."""
    if "max" in fields or not ("max" in gone or older.max == default_max(older.every)):
        most: int = fields.get("max", older.max)
        return most
    return default_max(fields.get("every", None if "every" in gone else older.every))


def _taken_back(table: Any, keys: Iterable[str]) -> list[str]:
    return [name for name in keys if isinstance(table, Mapping) and table.get(name) is False]


def _spacing(reader: Reader, path: KeyPath, value: Any) -> Spacing:
    """The spacing of a table, which has `between`, or `above` and `below`."""
    found = {**_NO_SPACING, **reader.fields(path, value, SPACING)}
    given = [key for key in value if key in _SIDES] if isinstance(value, Mapping) else None
    if given is not None and set(given) not in ({"min", "between"}, {"min", "above", "below"}):
        expected = "'min' and either 'between' or 'above' and 'below'"
        reader.problems.append(Problem(path, expected, ", ".join(given) or "none"))
    if sides := found.pop("between", None):
        found |= {"above": sides[0], "below": sides[1], "either": True}
    return Spacing(**found)
