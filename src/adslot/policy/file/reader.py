"""Reads the values of plain mappings: nothing is coerced in silence, and every fault is noted.

A value that cannot be read is None, its path is kept in `Reader.unread`, and reading goes on. So a
fault hides no other one, and nobody blames a key for what was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from adslot.errors import ExpressionError, KeyPath, Problem
from adslot.guards import GUARDS
from adslot.patterns import pattern
from adslot.policy.file.forms import ValueType
from adslot.policy.file.hints import array_header, key_hint, table_hint
from adslot.policy.language import distance
from adslot.policy.language.anchors import Anchor, parse_anchor
from adslot.policy.language.distance import Amount, Distance
from adslot.policy.language.rate import Rate, parse_rate, parse_rhythm
from adslot.policy.language.selectors import parsed
from adslot.policy.language.terms import Term, parse_term
from adslot.policy.language.within import Within, parse_within
from adslot.policy.numbers import LARGEST_ID, told
from adslot.policy.problems import SIZED, of_opaque

_Value = TypeVar("_Value")


@attrs.frozen
class Key:
    """A key of a table: how its value is *read*, and into which *field*, where that is not called as the key.

    *form* says what may stand there; *default* and *doc* are what the reference says of it. For a *needed* key that is missing, and for one that is wrong, the value *instead* lets the rest be
    checked. One that *stays* is not taken back by `false`; nor is a needed one, and to a boolean it is a value.
    """

    read: Callable[[Reader, KeyPath, Any], object]
    form: ValueType
    default: str
    doc: str
    field: str | None = attrs.field(default=None, kw_only=True)
    needed: bool = attrs.field(default=False, kw_only=True)
    instead: object = attrs.field(default=None, kw_only=True)
    stays: bool = attrs.field(default=False, kw_only=True)

    @property
    def can_go(self) -> bool:
        """Whether `false` takes the key back."""
        return not (self.needed or self.stays or self.read is Reader.boolean)


_UNQUOTED = ", without quotes"
_DIGITS = pattern("[0-9]+(?=[^0-9.,])")
# What people write for a truth value.
_MEANT = dict.fromkeys(("1", "true", "yes", "on"), "true") | dict.fromkeys(("0", "false", "no", "off"), "false")


class Reader:
    """Reads one policy. `problems` has what is wrong so far, `unread` the paths of values that are not there."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unread: set[KeyPath] = set()

    # --------------------------------------------------------------------------------------- tables

    def fields(self, path: KeyPath, value: Any, keys: Mapping[str, Key], *, whole: bool = True) -> dict[str, Any]:
        """The fields that the table *value* gives, so far as they can be read; keys taken back are left out.

        If it is not the *whole* of a thing, needed keys may be missing.
        """
        table = self.table(path, value, tuple(keys))
        found = {}
        for name, key in keys.items():
            if name not in table and not (key.needed and whole):
                continue
            if key.can_go and table[name] is False:
                continue
            if name not in table and isinstance(value, Mapping) and (*path, name) not in self.unread:
                self.problems.append(Problem(path, f"the key {name!r}", "none"))
            read = key.read(self, (*path, name), table[name]) if name in table else None
            if read is None:
                self.unread.add((*path, name))
                read = key.instead
            if read is not None:
                found[key.field or name.replace("-", "_")] = read
        return found

    def table(self, path: KeyPath, value: Any, known: tuple[str, ...] | None = None) -> Mapping[str, Any]:
        """The keys of a table; those that are not *known* are noted."""
        if not isinstance(value, Mapping):
            self.note(path, "a table", value, table_hint(path, value, known or ()))
            self.unread.add(path)
            return {}
        for key in value:
            name = key if isinstance(key, str) else told(key)
            where = (*path, name)
            if not isinstance(key, str):
                self.note(where, "a text as key", key)
            elif known is not None and key not in known:
                found, expected = f"the key {key!r}", f"one of {', '.join(known)}"
                hint = key_hint(key, known)
                self.problems.append(Problem(where, expected, found, hint, at_key=True))
                if hint in known and hint not in value:  # what it was meant to be is not missed as well
                    self.unread.add((*path, hint))
        return {key: each for key, each in value.items() if isinstance(key, str)}

    def sequence(self, path: KeyPath, value: Any) -> list[Any]:
        """The tables of an array of tables."""
        if isinstance(value, list | tuple):
            return list(value)
        if isinstance(value, Mapping):
            self.problems.append(Problem(path, "an array of tables", "one table", array_header(path)))
        else:
            self.note(path, "an array of tables", value)
        self.unread.add(path)
        return []

    def note(self, path: KeyPath, expected: str, value: Any, hint: str | None = None) -> None:
        """Note that *value* is not what was *expected*."""
        self.problems.append(Problem(path, expected, told(value), hint))

    # --------------------------------------------------------------------------------- plain values

    def string(self, path: KeyPath, value: Any) -> str | None:
        """A text."""
        if isinstance(value, str):
            return value
        self.note(path, "a text", value)
        return None

    def integer(self, path: KeyPath, value: Any) -> int | None:
        """A whole number, which true and 1.0 are not."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        is_text = isinstance(value, str)
        hint = _DIGITS.match(value) if is_text else None
        self.note(path, f"a whole number{_UNQUOTED if is_text else ''}", value, hint and hint[0])
        return None

    def boolean(self, path: KeyPath, value: Any) -> bool | None:
        """True or false, which 1 and "true" are not."""
        if isinstance(value, bool):
            return value
        is_text = isinstance(value, str)
        meant = _MEANT.get(told(value).strip("'").lower())
        # Of a value in quotes that is right without, enough is said.
        self.note(path, f"true or false{_UNQUOTED if is_text else ''}", value, meant if meant != value else None)
        return None

    def strings(self, path: KeyPath, value: Any) -> tuple[str, ...] | None:
        """A text, or a list of them."""
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list | tuple) and all(isinstance(each, str) for each in values):
            return tuple(values)
        self.note(path, "a text or a list of texts", value)
        return None

    def height(self, path: KeyPath, value: Any) -> int | dict[str, int] | None:
        """A whole number, or one for each layout."""
        return self._by_layout(path, value, self.integer)

    def sizes(self, path: KeyPath, value: Any) -> tuple[str, ...] | dict[str, tuple[str, ...]] | None:
        """Sizes, or those of each layout."""
        return self._by_layout(path, value, self.strings)

    def _by_layout(
        self, path: KeyPath, value: Any, read: Callable[[KeyPath, Any], _Value | None]
    ) -> _Value | dict[str, _Value] | None:
        if not isinstance(value, Mapping):
            return read(path, value)
        found = {key: read((*path, key), each) for key, each in self.table(path, value).items()}
        return {key: each for key, each in found.items() if each is not None}

    def string_pairs(self, path: KeyPath, value: Any) -> tuple[tuple[str, str], ...]:
        """A table of texts, without those that are taken back."""
        pairs = ((key, each) for key, each in self.table(path, value).items() if each is not False)
        read = [(key, self.string((*path, key), each)) for key, each in pairs]
        return tuple((key, text) for key, text in read if text is not None)

    def switches(self, path: KeyPath, value: Any) -> dict[str, bool]:
        """Some switches of guards."""
        known = tuple(guard.name for guard in GUARDS.values())
        found = self.table(path, value, known).items()
        read = [(name, self.boolean((*path, name), each)) for name, each in found if name in known]
        return {name: each for name, each in read if each is not None}

    def role_sizes(self, path: KeyPath, value: Any) -> dict[str, Distance]:
        """What blocks count, by roles; those that are taken back are left out."""
        found = self.table(path, value, SIZED).items()
        given = [(role, each) for role, each in found if role in SIZED and each is not False]
        read = [(role, self.distance((*path, role), each)) for role, each in given]
        return {role: size for role, size in read if size is not None}

    def condition(self, path: KeyPath, value: Any) -> None:
        """What a case asks of the caller: a text, a number, true, false, or a list of these."""
        alternatives = value if isinstance(value, list | tuple) else [value]
        if not alternatives or not all(isinstance(each, str | int) for each in alternatives):
            self.note(path, "a text, a whole number, true, false or a list of these", value)
        elif any(isinstance(each, int) and abs(each) > LARGEST_ID for each in alternatives):
            self.note(path, f"numbers of at most {LARGEST_ID}", value)

    # -------------------------------------------------------------------------------- small grammars

    def distance(self, path: KeyPath, value: Any) -> Distance | None:
        """A distance."""
        return self._parsed(path, value, distance.parse, "700 chars")

    def within(self, path: KeyPath, value: Any) -> Within | None:
        """How far a slot may move."""
        return self._parsed(path, value, parse_within, "2 paragraphs")

    def rate(self, path: KeyPath, value: Any) -> Rate | None:
        """How many slots for how much article."""
        return self._parsed(path, value, parse_rate, "1 per 900 chars")

    def rhythm(self, path: KeyPath, value: Any) -> Amount | None:
        """For how much story one slot is."""
        return self._parsed(path, value, parse_rhythm, "800 chars")

    def anchors(self, path: KeyPath, value: Any) -> tuple[Anchor, ...] | None:
        """An anchor, or a list of them."""
        return self._each(path, value, parse_anchor)

    def terms(self, path: KeyPath, value: Any) -> tuple[Term, ...] | None:
        """A term, or a list of them."""
        return self._each(path, value, parse_term)

    def two_terms(self, path: KeyPath, value: Any) -> tuple[tuple[Term, ...], ...] | None:
        """A list of two, each of them a term or a list of terms."""
        if not isinstance(value, list | tuple):
            self.note(path, "two terms", value)
            return None
        if len(value) != 2:
            self.problems.append(Problem(path, "two terms", str(len(value))))
            return None
        sides = tuple(self.terms(path, side) for side in value)
        return None if None in sides else tuple(side for side in sides if side is not None)

    def selector(self, path: KeyPath, value: Any) -> str | None:
        """A CSS selector."""
        return None if self._parsed(path, value, parsed) is None else str(value)

    def selectors(self, path: KeyPath, value: Any) -> tuple[str, ...] | None:
        """A CSS selector, or a list of them."""
        read = [self.selector(path, css) for css in self.strings(path, value) or ()]
        return tuple(css for css in read if css is not None)

    def short(self, path: KeyPath, value: Any) -> int | None:
        """A number of chars, written as a distance."""
        found = self.distance(path, value)
        if found is None:
            return None
        (first, *rest), *others = found.alternatives
        if not rest and not others and first.unit == "chars":
            return first.number
        self.note(path, 'a number of chars, such as "40 chars"', value)
        return None

    def opaque(self, path: KeyPath, value: Any) -> tuple[str, ...] | None:
        """Names of placeholder syntaxes, or regular expressions."""
        syntaxes = self.strings(path, value)
        problems = list(of_opaque(path, syntaxes or ()))
        self.problems.extend(problems)
        return None if problems else syntaxes

    def _each(self, path: KeyPath, value: Any, parse: Callable[[str], _Value]) -> tuple[_Value, ...] | None:
        """What can be read of a text or a list of texts; None if that is nothing of something."""
        texts = self.strings(path, value)
        if texts is None:
            return None
        read = [self._parsed(path, text, parse) for text in texts]
        return tuple(each for each in read if each is not None) if any(read) or not read else None

    def _parsed(
        self, path: KeyPath, value: Any, parse: Callable[[str], _Value], example: str | None = None
    ) -> _Value | None:
        if not isinstance(value, str):
            self.note(path, "a text" if example is None else f'a text such as "{example}"', value)
            return None
        try:
            return parse(value)
        except ExpressionError as error:
            self.problems.append(
                Problem(path, error.expected, error.found, error.hint, source=error.text, caret=error.column)
            )
            return None
