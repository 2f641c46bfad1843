"""What is wrong with single values of a policy: expressions that cannot be read, or values that no expression says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from adslot.errors import ExpressionError, KeyPath, Problem
from adslot.policy.language.distance import PLAIN_UNITS, UNITS, Distance
from adslot.policy.language.distance import parse as parse_distance
from adslot.policy.numbers import LARGEST, LARGEST_ID, number_in, told


def unread(path: KeyPath, values: Iterable[object], parse: Callable[[str], object]) -> Iterator[Problem]:
    """Values that were made by hand and cannot be written: names that do not exist, a number 0, parts too many."""
    for value in values:
        if any(abs(number) > LARGEST_ID for number in number_in(value)):
            yield Problem(path, f"numbers of at most {LARGEST}", told(value))
            continue
        problems = list(unparsed(path, str(value), parse))
        yield from problems
        if not problems and parse(str(value)) != value:
            yield Problem(path, f"a value that can be written, such as {parse(str(value))!r}", told(value))


def unparsed(path: KeyPath, text: str, parse: Callable[[str], object]) -> Iterator[Problem]:
    """What *parse* finds wrong with *text*, and where in it."""
    try:
        parse(text)
    except ExpressionError as error:
        yield Problem(path, error.expected, error.found, error.hint, source=error.text, caret=error.column)


def of_distance(path: KeyPath, distance: Distance | None, units: tuple[str, ...] = PLAIN_UNITS) -> Iterator[Problem]:
    """What is wrong with a distance that may be given in these *units*."""
    if distance is not None:
        yield from unread(path, [distance], parse_distance)
    if isinstance(distance, Distance):
        yield from of_units(path, distance, units)


def of_units(path: KeyPath, distance: Distance, units: tuple[str, ...] = PLAIN_UNITS) -> Iterator[Problem]:
    """Which units of a distance are none of these."""
    for unit in sorted(distance.units.intersection(UNITS).difference(PLAIN_UNITS)):
        found = f"{unit!r}, which this release cannot measure"
        yield Problem(path, f"one of the units {', '.join(PLAIN_UNITS)}", found)
    for unit in sorted(distance.units.intersection(PLAIN_UNITS).difference(units)):
        yield Problem(
            path, f"a unit that says how much: {', '.join(units)}", f"{unit!r}, a share of the article itself"
        )
