"""What may be taken back of a policy, key by key, and which keys hold a rule back.

Keys come in runs. The more keys of one run are taken back, the more the rule gets, so that of a run halves can be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from adslot.planner.constraints import spacing_key
from adslot.policy.declarations import MOST_SLOTS, ArticleOptions, Limits, Rule, Spacing
from adslot.policy.policy import Policy
from adslot.policy.switches import Guards

# Whether a rule gets what is wanted with some keys taken back.
Reaches = Callable[[Iterable[str]], bool]


def needed(reaches: Reaches, runs: Iterable[Iterable[str]]) -> Iterator[str]:
    """The keys of *runs* that cannot be taken back beside those before them that can; what is taken back stays so.

    The more keys of one run are taken back, the more the rule gets: so the first one that frees it is found by halves.
    """
    freed = list[str]()
    for run in map(list, runs):
        rest, first = run, 1  # the first run is asked whether it holds any
        while rest:
            # Where the last one was the first one, the next one is likely to be, too: not asked whether there is any.
            found = _first(reaches, freed, rest) if first == 0 or reaches([*freed, *rest]) else None
            if found is None:
                break
            first = found
            freed += rest[:first]
            yield rest[first]
            rest = rest[first + 1 :]
        freed += rest


def _first(reaches: Reaches, freed: Sequence[str], rest: Sequence[str]) -> int | None:
    """The first of the keys *rest* that with those before it frees the rule: searched from above in growing steps, then by halves.

    None where all of them do not.
    """
    few, many = 0, 1
    while not reaches([*freed, *rest[:many]]):
        if many >= len(rest):
            return None
        few, many = many, 2 * many
    many = min(many, len(rest))
    while few + 1 < many:
        middle = (few + many) // 2
        few, many = (few, middle) if reaches([*freed, *rest[:middle]]) else (middle, many)
    return many - 1


def sufficient(reaches: Reaches, run: Sequence[str]) -> Iterator[str]:
    """The keys of one run that it is enough to take back alone: none of a half that is not enough together."""
    if reaches(run):
        if len(run) == 1:
            yield run[0]
            return
        middle = len(run) // 2
        yield from sufficient(reaches, run[:middle])
        yield from sufficient(reaches, run[middle:])


@attrs.frozen
class Loosened:
    """What may be taken back of a policy, on its way: only the end of that is a policy again."""

    rules: Sequence[Rule]
    spacing: Sequence[Spacing]
    limits: Limits
    article: ArticleOptions
    guards: Guards

    @classmethod
    def of(cls, policy: Policy) -> Loosened:
        """What *policy* says."""
        return cls(policy.rules, policy.spacing, policy.limits, policy.article, policy.guards)

    def applied(self, policy: Policy) -> Policy:
        """*policy* with what is left."""
        parts = {field.name: getattr(policy, field.name) for field in attrs.fields(Policy)}
        return _Loose(**{**parts, **{field.name: getattr(self, field.name) for field in attrs.fields(Loosened)}})


@attrs.frozen(eq=False)
class _Loose(Policy):
    """A policy that some keys were taken back of: as right as that one was, and not looked over again."""

    def __attrs_post_init__(self) -> None:
        pass


Relaxation = Callable[[Loosened], Loosened]


def relaxations_of(policy: Policy, rule: Rule, wanted: int) -> Iterator[dict[str, Relaxation]]:
    """The keys of *policy* that may hold *rule* back, each with what takes it back, in runs.

    To take back one more key of a run never holds the rule back more; a rhythm is another matter, as places go with it.
    """
    own = dict(_of_rule(rule, wanted))
    yield from [own] if rule.every is None else ({key: relax} for key, relax in own.items())
    yield dict(_of_others(policy, rule))
    yield {spacing_key(index): _without_spacing(spacing) for index, spacing in enumerate(policy.spacing)}
    yield {f"guards.{name.replace('_', '-')}": _without_guard(name) for name in _set(policy.guards, nothing=False)}
    yield {f"limits.{name}": _without_limit(name) for name in _set(policy.limits, nothing=None)}


def _of_others(policy: Policy, rule: Rule) -> Iterator[tuple[str, Relaxation]]:
    kind = policy.slot(rule.slot).kind
    for other in policy.rules:
        if other.name != rule.name and other.apart is not None and policy.slot(other.slot).kind == kind:
            yield f"rules[{other.name}].apart", _evolving_rule(other.name, apart=None)
        if other.name != rule.name and other.guards.get("adjacent"):
            yield f"rules[{other.name}].guards", _evolving_rule(other.name, guards=_lenient(other))


def _of_rule(rule: Rule, wanted: int) -> Iterator[tuple[str, Relaxation]]:
    for key, nothing in _RULE_KEYS.items():
        if getattr(rule, key) != nothing:
            yield f"rules[{rule.name}].{key}", _evolving_rule(rule.name, **{key: nothing})
    if any(rule.guards.values()):
        yield f"rules[{rule.name}].guards", _evolving_rule(rule.name, guards=_lenient(rule))
    if wanted > rule.max:
        yield f"rules[{rule.name}].max", _evolving_rule(rule.name, max=min(wanted, MOST_SLOTS))


def _lenient(rule: Rule) -> Mapping[str, bool]:
    """The guards of a rule that are off for it: to take these back, too, would hold it back more."""
    return {name: is_on for name, is_on in rule.guards.items() if not is_on}


def _set(table: Guards | Limits, *, nothing: object) -> list[str]:
    """The keys of *table* that are not *nothing*."""
    return [name for name, value in attrs.asdict(table).items() if value is not nothing]


_RULE_KEYS = {
    "from_start": None,
    "from_end": None,
    "apart": None,
    "after": (),
    "before": (),
    "per_section": None,
    "rate": None,
    "min_article": None,
    "max_article": None,
    "min_section": None,
    "max_section": None,
    "instead_of": (),
    "every": None,
    "min_relevance": 0,
}


def _evolving_rule(name: str, **changes: Any) -> Relaxation:
    made: dict[int, tuple[Rule, Rule]] = {}  # by identity, as long as the rule is there: many trials take back the same

    def relaxed(rule: Rule) -> Rule:
        if id(rule) not in made:
            made[id(rule)] = rule, attrs.evolve(rule, **changes)
        return made[id(rule)][1]

    def relax(loose: Loosened) -> Loosened:
        rules = [relaxed(rule) if rule.name == name else rule for rule in loose.rules]
        return attrs.evolve(loose, rules=rules)

    return relax


def _without_spacing(spacing: Spacing) -> Relaxation:
    return lambda loose: attrs.evolve(loose, spacing=[other for other in loose.spacing if other is not spacing])


def _without_guard(name: str) -> Relaxation:
    return lambda loose: attrs.evolve(loose, guards=attrs.evolve(loose.guards, **{name: False}))


def _without_limit(name: str) -> Relaxation:
    return lambda loose: attrs.evolve(loose, limits=attrs.evolve(loose.limits, **{name: None}))


def ignoring_existing(loose: Loosened) -> Loosened:
    """*loose* without the page's own ads and teasers in the way."""
    return attrs.evolve(loose, article=attrs.evolve(loose.article, existing="ignore"))
