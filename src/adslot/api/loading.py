"""Policies from TOML, JSON and plain mappings.

Read by hand over the standard library's readers, so that nothing is coerced in silence (`true` is no
number, `3` is no text) and every problem of a file and of those it extends is found in one run, with
its file, line, column, path and the nearest known name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs

from adslot.errors import KeyPath, PolicyError, Problem, nearest
from adslot.policy import presets
from adslot.policy.declarations import Case
from adslot.policy.dump import dumps, to_mapping
from adslot.policy.file.sources import (
    KEYS,
    Folders,
    PolicySource,
    chain,
    find_policy,
    read_file,
    read_preset,
    read_text,
)
from adslot.policy.layers import Layer, Parts, lay
from adslot.policy.origins import provenance, writer
from adslot.policy.policy import Policy

__all__ = ["dumps", "find_policy", "from_mapping", "load", "loads", "preset", "preset_names", "to_mapping"]


def load(path: str | Path, *, templates: Folders = ()) -> Policy:
    """The policy in a file: TOML, JSON where the name ends in .json, or `[tool.adslot]` of a pyproject.toml.

    Template files must be in the folder of the policy that names them or below it, or in one of the folders
    *templates*, where they are looked for next. Raises PolicyError with every problem, also for a file that cannot be
    read.
    """
    return _policy(read_file(path), templates)


def loads(text: str, *, file: str | None = None, templates: Folders = ()) -> Policy:
    r"""The policy in a TOML text; *file* is named in errors, and what the policy names is looked for beside it.

    Without *file*, template files can be in the folders *templates* only, and what the policy extends is looked for
    in the current one. Raises PolicyError with every problem.

    >>> loads('[slots.anzeige]\nkind = "add"')
    Traceback (most recent call last):
    adslot.errors.PolicyError: 2:8: slots.anzeige.kind: expected one of ad, teaser, promo, found 'add' (did you mean 'ad'?)
        kind = "add"
               ^
    """
    return _policy(read_text(text, file), templates)


@lru_cache(maxsize=64)
def preset(name: str) -> Policy:
    """A ready policy. Raises PolicyError for a name that is none."""
    return _policy(read_preset(name))


def preset_names() -> tuple[str, ...]:
    """The names of the ready policies."""
    return presets.names()


def from_mapping(data: Mapping[str, Any], *, templates: Folders = ()) -> Policy:
    """The policy in a mapping of the same form as the TOML; *templates* as in `loads`. Raises PolicyError with every problem."""
    return _policy(PolicySource(data), templates)


def _policy(source: PolicySource, templates: Folders = ()) -> Policy:
    try:
        return _read(*chain(source, templates))
    except RecursionError as error:
        problem = Problem((), "a policy of a sensible size", "one that is nested too deep", file=source.file)
        raise PolicyError([problem]) from error


def _read(sources: Sequence[PolicySource], broken: Sequence[Problem]) -> Policy:
    layers: list[Layer] = []
    for each in sources:
        below = layers[-1].parts if layers else Parts()
        layers.append(lay(below, each.data, known=KEYS, complete=not broken))
        layers[-1].reader.unread.update(problem.keys for problem in each.problems)
    cases, origins = _cases(sources, layers)
    found = [(index, problem) for index, source in enumerate(sources) for problem in source.problems]
    found += [(index, problem) for index, layer in enumerate(layers) for problem in layer.reader.problems]
    if not broken:
        try:
            policy = Policy(**layers[-1].parts.fields(), cases=cases)
        except PolicyError as error:
            found += _placed(error.problems, layers, origins)
            found += _placed(_trials(layers[-1].parts, error.problems), layers, origins, writer)
        else:
            found += _placed(_trials(policy), layers, origins, writer)
            if not found:
                return policy
    located = [(-index, sources[index].located(problem)) for index, problem in found]
    located.sort(key=lambda each: (each[0], each[1].line or 0, each[1].column or 0))
    raise PolicyError([*broken, *(problem for _, problem in located)])


def _cases(sources: Sequence[PolicySource], layers: Sequence[Layer]) -> tuple[list[Case], list[tuple[int, int]]]:
    """The cases of all layers, and the layer and the number there of each.

    One of a later layer takes the place of the one with the same `when`; `false` takes them all back.
    """
    cases: list[Case] = []
    origins: list[tuple[int, int]] = []
    for index, (source, layer) in enumerate(zip(sources, layers, strict=True)):
        data = source.data.get("cases", []) if isinstance(source.data, Mapping) else []
        if data is False:
            cases, origins, data = [], [], []
        places = {case.when: place for place, case in enumerate(cases)}
        for number, case in _cases_of(data, layer):
            place = places.pop(case.when, len(cases))
            cases[place : place + 1], origins[place : place + 1] = [case], [(index, number)]
    return cases, origins


def _cases_of(data: Any, layer: Layer) -> Iterator[tuple[int, Case]]:
    reader = layer.reader
    for number, value in enumerate(reader.sequence(("cases",), data)):
        path = ("cases", number)
        table = reader.table(path, value)
        mistaken = any(nearest(key, ("when",)) for key in table if key not in {*KEYS, "when"})
        if "when" not in table and isinstance(value, Mapping) and not mistaken:
            reader.problems.append(Problem(path, "the key 'when'", "none"))
        when = reader.table((*path, "when"), table.get("when", {}))
        if not when and (mistaken or table.get("when") != {}):
            reader.unread.add((*path, "when"))
        yield number, Case(when, changes={key: each for key, each in table.items() if key != "when"})


def _trials(of: Policy | Parts, known: Sequence[Problem] = ()) -> Iterator[Problem]:
    """What is wrong with what slots write, but for those that something is *known* to be wrong with."""
    faulty = {each.keys[:2] for each in known}
    own = [slot for slot in of.slots if slot.is_own and ("slots", slot.name) not in faulty]
    cases = isinstance(of, Policy) and any("slots" in case.changes for case in of.cases)
    if own or cases:
        # Imported here: the HTML parser comes with it, and most policies can be read without.
        from adslot.renderer.trial import Steps, trials, trials_of_cases  # noqa: PLC0415

        steps = Steps()
        yield from trials(own, of.article.language, of.layouts, steps)
        yield from trials_of_cases(of, steps) if isinstance(of, Policy) else ()


def _placed(
    problems: Iterable[Problem],
    layers: Sequence[Layer],
    origins: Sequence[tuple[int, int]],
    find: Callable[[Problem, Sequence[Layer]], tuple[int, Problem]] = provenance,
) -> Iterator[tuple[int, Problem]]:
    """Each problem of a whole policy that is not known from reading: the layer to blame, as *find* says, and its path there."""
    for problem in problems:
        match problem.keys:
            case ("cases", int(case), *rest):
                index, number = origins[case]
                placed = attrs.evolve(problem, keys=("cases", number, *rest), first=None)
            case _:
                index, placed = find(problem, layers)
                placed = attrs.evolve(placed, first=_first(problem, index, layers))
        if placed.keys not in layers[index].reader.unread and not _follows(placed, layers):
            yield index, placed


def _first(problem: Problem, index: int, layers: Sequence[Layer]) -> KeyPath | None:
    """Where in the layer of this *index* the first of two things stands that are alike."""
    if problem.first is None:
        return None
    origin, other = writer(attrs.evolve(problem, keys=problem.first), layers)
    return other.keys if origin == index else None


def _follows(problem: Problem, layers: Sequence[Layer]) -> bool:
    """Whether a *problem* is only there because something else could not be read."""
    needs = [(*problem.keys[:-1], need) if isinstance(need, str) else need for need in problem.needs]
    unread = [path for layer in layers for path in layer.reader.unread]
    return any(
        len(path) == len(need) and all(part in {None, key} for part, key in zip(need, path, strict=True))
        for need in needs
        for path in unread
    )
