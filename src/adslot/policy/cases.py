"""Cases: which ones a caller's context meets, the parts of the policy then, and what may be wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from adslot.errors import KeyPath, PolicyError, Problem
from adslot.policy.bounds import PARTS_IN_CASES
from adslot.policy.conditions import mismatch
from adslot.policy.context import near_misses, problems_of_condition
from adslot.policy.declarations import Case
from adslot.policy.file.keys import TABLES
from adslot.policy.file.reader import Reader
from adslot.policy.frozen import thaw
from adslot.policy.layers import Layer, Parts, lay
from adslot.policy.origins import problems_of_parts, provenance


def met(cases: Sequence[Case], context: Mapping[str, object]) -> tuple[int, ...]:
    """The indexes of the cases that *context* meets."""
    return tuple(index for index, case in enumerate(cases) if mismatch(case.when, context) is None)


def missed(cases: Sequence[Case], context: Mapping[str, object]) -> Iterator[str]:
    """A sentence for every key that cases ask for and *context* lacks, or has in another type or letter case."""
    for key in dict.fromkeys(key for case in cases for key in case.when):
        if key not in context:
            yield f"the policy has cases for {key!r}, which the context does not say"
    yield from near_misses([case.when for case in cases], context)


def overlaid(parts: Parts, cases: Sequence[Case], indexes: Iterable[int]) -> Parts:
    """*parts* with the changes of these cases, in their order. Raises PolicyError where they contradict each other."""
    for index in indexes:
        parts = _layer(parts, cases[index], index).parts
    if problems := problems_of_parts(parts):
        raise PolicyError(problems)
    return parts


def problems_of_cases(parts: Parts, cases: Sequence[Case]) -> Iterator[Problem]:
    """What is wrong with each of the cases, alone over *parts*, that is not wrong with these already."""
    size = len(parts.slots) + len(parts.rules) + len(parts.spacing) + len(parts.layouts)
    if size * len(cases) > PARTS_IN_CASES:
        expected = f"at most {PARTS_IN_CASES:,}, cases times slots, rules, spacings and layouts"
        yield Problem(("cases",), expected, f"{len(cases):,} times {size:,}")
        return
    for index, case in enumerate(cases):
        path = ("cases", index)
        yield from _of_condition((*path, "when"), case.when)
        if parts.context:
            yield from problems_of_condition((*path, "when"), case.when, parts.context)
        layer = _layer(parts, case, index)
        yield from layer.reader.problems
        for problem in problems_of_parts(layer.parts):
            guilty, placed = provenance(problem, [Layer(parts), layer])
            if guilty and placed.keys not in layer.reader.unread:
                yield placed


def _layer(parts: Parts, case: Case, index: int) -> Layer:
    return lay(parts, thaw(case.changes), ("cases", index), known=("when", *TABLES))


def _of_condition(path: KeyPath, when: object) -> Iterator[Problem]:
    reader = Reader()
    table = reader.table(path, when)
    if not table and not reader.problems:
        reader.note(path, "at least one key of the context", {})
    for key, value in table.items():
        reader.condition((*path, key), thaw(value))
    yield from reader.problems
