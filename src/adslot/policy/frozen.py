"""Plain data made immutable: mappings become `Table`s, lists become tuples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from adslot.policy.numbers import told


def _typed(value: object) -> object:
    """*value* with its types, so that true and 1 are not the same."""
    if isinstance(value, tuple):
        return (tuple, *map(_typed, value))
    return type(value), value


@attrs.frozen(repr=False)
class Table(Mapping[str, Any]):
    """A mapping that cannot be changed, compares with its types and hashes.

    >>> freeze({"ads": [1, 2]})
    {'ads': [1, 2]}
    >>> freeze({"ads": 1}) == freeze({"ads": True})
    False
    """

    _pairs: tuple[tuple[str, Any], ...] = attrs.field(eq=_typed)

    def __getitem__(self, key: str) -> Any:
        return dict(self._pairs)[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __repr__(self) -> str:
        return told(thaw(self))


def freeze(value: Any) -> Any:
    """*value* with every mapping and list in it made immutable."""
    if isinstance(value, Mapping):
        return value if isinstance(value, Table) else Table(tuple((key, freeze(each)) for key, each in value.items()))
    return tuple(map(freeze, value)) if isinstance(value, list | tuple) else value


def thaw(value: Any) -> Any:
    """The dicts and lists that *value* was made of."""
    if isinstance(value, Mapping):
        return {key: thaw(each) for key, each in value.items()}
    return list(map(thaw, value)) if isinstance(value, tuple) else value
