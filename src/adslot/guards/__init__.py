"""Guards: laws of taste that hold unless a policy takes them back, one file each.

A file of this package is a guard: it has one `GUARD`, and is found by itself. All that speaks of guards is made from
these: the keys of `[guards]`, the fields of `adslot.Guards`, the codes of refusals, schema and reference. A guard
imports `roles`, and nothing of other guards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules

import attrs

from adslot.roles import BlockLike


@attrs.frozen(kw_only=True)
class Guard:
    """A law of taste: which gaps of an article no rule may use.

    - *name*: its key in `[guards]`, and the code of its refusals.
    - *order*: its place among the guards, from 1. Tables and the arguments of `adslot.Guards` are in that order, so a
      new one comes last.
    - *sentence*: what is wrong with a gap that it closes, after "a slot here stands".
    - *docs*: what it keeps, for the reference; "nothing" and the sentence, unless it is said otherwise.
    - *default*: whether it is on where a policy is silent.
    - *counts_itself*: whether the sentence says all that the numbers of a refusal say.
    - *example*: an article in which it closes a gap, for the drawing in the reference.
    - *needs*: roles and traits of blocks. Where a story has none of these the guard closes nothing, and is not asked;
      without any it always is.
    - *barred*: the rule. Given the blocks, it yields the numbers of the gaps that it closes; gap g lies above block g.
    """

    name: str
    order: int
    sentence: str
    example: str
    docs: str = attrs.field()
    default: bool = True
    counts_itself: bool = False
    needs: frozenset[str] = frozenset()
    barred: Callable[[Sequence[BlockLike]], Iterable[int]]

    @docs.default
    def _keeps_free(self) -> str:
        return f"nothing {self.sentence}"

    def may_bar(self, there: Collection[str]) -> bool:
        """Whether it could close a gap of a story that has these roles and traits."""
        return not self.needs or not self.needs.isdisjoint(there)

    @property
    def field(self) -> str:
        """Its field in `adslot.Guards`, which is also the name of its module."""
        return self.name.replace("-", "_")


def _found() -> Iterable[Guard]:
    """The guard of each module beside this one; `pkgutil` also finds them in a zip."""
    return (import_module(f"{__name__}.{module.name}").GUARD for module in iter_modules(__path__))


GUARDS: Mapping[str, Guard] = {
    guard.field: guard for guard in sorted(_found(), key=lambda guard: (guard.order, guard.name))
}
