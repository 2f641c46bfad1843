"""What a selector says, as plain values: small, hashable, and without regard to how a page is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import attrs


@attrs.frozen
class Name:
    """An element of one of *names*: as it is written, and in lower case."""

    names: Sequence[str]


@attrs.frozen
class Attribute:
    """An attribute of one of *names*, and how its value compares with *value*: `exists`, `=`, `~=`, `!=` and so on.

    *any_space* takes the names without regard to a prefix; *folds* compares without regard to ASCII case.
    """

    names: Sequence[str]
    operator: str
    value: str = ""
    any_space: bool = False
    folds: bool = False


@attrs.frozen
class Nth:
    """The place among an element's siblings, or those of its name: *step* × n + *offset*, from 1."""

    step: int
    offset: int
    from_end: bool = False
    of_type: bool = False


@attrs.frozen
class State:
    """What an element is: `root`, `empty`, `link`, `checked`, `enabled` or `disabled`."""

    name: str


@attrs.frozen
class Contains:
    """An element with *text* in the text below it."""

    text: str


@attrs.frozen
class Language:
    """An element in the language *code*, in lower case, or in a variety of it."""

    code: str


@attrs.frozen
class AnyOf:
    """`:is()` and `:where()`."""

    compounds: Sequence[Compound]


@attrs.frozen
class Not:
    """`:not()`."""

    selector: Selector


@attrs.frozen
class Has:
    """`:has()`: each of its *arguments* with the combinator in front of it."""

    arguments: Sequence[tuple[str, Selector]]


Test: TypeAlias = Name | Attribute | Nth | State | Contains | Language | AnyOf | Not | Has


@attrs.frozen
class Compound:
    """Simple selectors that one element meets, all of them; none at all for `*`."""

    tests: Sequence[Test] = ()


@attrs.frozen
class Selector:
    """Compounds, and between each two of them a combinator: a blank, `>`, `+` or `~`."""

    compounds: Sequence[Compound]
    combinators: Sequence[str] = ()
