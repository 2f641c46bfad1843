"""Provenance: which layer has brought in what is wrong with a policy, and where in that layer it stands."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.errors import KeyPath, Problem
from adslot.policy.context import problems_of_declarations
from adslot.policy.declarations import Spacing
from adslot.policy.layers import Layer, Parts, between
from adslot.policy.problems import problems_of


def problems_of_parts(parts: Parts) -> list[Problem]:
    """Everything that is wrong with *parts* together."""
    found = problems_of(parts.slots, parts.rules, parts.spacing, parts.limits, parts.article, parts.layouts)
    return [*found, *problems_of_declarations(parts.context)]


def provenance(problem: Problem, layers: Sequence[Layer]) -> tuple[int, Problem]:
    """The index of the layer that brought in a *problem* of the last one's parts, and the problem at its path there.

    That is the layer that wrote the faulty value, or a later one with which the fault appeared.
    """
    origin, placed = writer(problem, layers)
    for index in range(origin, len(layers) - 1):
        parts = layers[index].parts
        if any(_same(problem, layers[-1].parts, other, parts) for other in problems_of_parts(parts)):
            return (origin, placed) if index == origin else _where(problem, index, layers)
    return (origin, placed) if origin == len(layers) - 1 else _where(problem, len(layers) - 1, layers)


def writer(problem: Problem, layers: Sequence[Layer]) -> tuple[int, Problem]:
    """The index of the layer that wrote what *problem* is about, and the problem at its path there."""
    value, rest = _thing(layers[-1].parts, problem.keys)
    origin, path = _origin(value, rest, layers) or (0, problem.keys)
    return origin, attrs.evolve(problem, keys=path)


def _where(problem: Problem, index: int, layers: Sequence[Layer]) -> tuple[int, Problem]:
    """The problem, which first appeared with the layer of this *index*: where that speaks of the thing, if it does."""
    layer = layers[index]
    other = next(each for each in problems_of_parts(layer.parts) if _same(problem, layers[-1].parts, each, layer.parts))
    value, rest = _thing(layer.parts, other.keys)
    path = next((made.path + rest for made in layer.made if made.value is value), layer.path or problem.keys)
    return index, attrs.evolve(problem, keys=path)


def _origin(value: object, rest: KeyPath, layers: Sequence[Layer]) -> tuple[int, KeyPath] | None:
    """The index of the layer that wrote the part *rest* of *value*, and its path there; None if none did."""
    for index in range(len(layers) - 1, -1, -1):
        made = next((each for each in layers[index].made if each.value is value), None)
        if made is not None and (made.older is None or not made.keys.isdisjoint(rest[:1])):
            return index, made.path + rest
        value = value if made is None else made.older
    return None


def _same(problem: Problem, parts: Parts, other: Problem, others: Parts) -> bool:
    """Whether two problems of two layers say the same of the same thing."""
    return (problem.expected, problem.found) == (other.expected, other.found) and (
        _signature(parts, problem.keys) == _signature(others, other.keys)
    )


def _signature(parts: Parts, path: KeyPath) -> object:
    value, rest = _thing(parts, path)
    return type(value), between(value) if isinstance(value, Spacing) else getattr(value, "name", None), rest


def _thing(parts: Parts, path: KeyPath) -> tuple[object, KeyPath]:
    """The slot, rule, spacing or table that *path* leads into, and the rest of the path."""
    match path:
        case (str(part), int(index), *rest):
            return getattr(parts, part)[index], tuple(rest)
        case (str(part), str(name), *rest) if name in parts.named.get(part, ()):
            return parts.named[part][name], tuple(rest)
    return getattr(parts, str(path[0]), None), path[1:]
