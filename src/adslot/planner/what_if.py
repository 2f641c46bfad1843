"""What if: what holds a rule back, how near it came, and what using another gap would cost.

All answers are given the slots of the other rules: these stay where the plan has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

import attrs

from adslot.codes import REASONS
from adslot.planner.compile import Compiled
from adslot.planner.constraints import Constraints
from adslot.planner.explainer import Explainer
from adslot.planner.refusals import Refusal, missing_share
from adslot.planner.relaxations import Loosened, ignoring_existing, needed, relaxations_of, sufficient
from adslot.planner.solver.legality import fits
from adslot.planner.solver.problem import Choice, Model, Task
from adslot.planner.solver.solver import solve
from adslot.planner.solver.worth import objective
from adslot.policy.declarations import MOST_SLOTS
from adslot.policy.numbers import are_told
from adslot.policy.policy import Policy
from adslot.related.inventory import PERMILLE
from adslot.roles import SLOT_ROLES

# What a conflict names where no key of the policy holds the rule back: the article has no more gaps for it.
GAPS = "gaps"
# The key that takes the page's own ads and teasers out of the way.
EXISTING_KEY = "article.existing"


@attrs.frozen(field_transformer=are_told, kw_only=True)
class Conflict:
    """Why *rule* has *placed* slots and not *wanted*, given the slots of the other rules.

    *keys* of the policy (`rules[in-text].apart`, `spacing[0]`, `guards.tail`, `limits.ads`) are enough to
    hold it back, and none of them can be spared for that. *suffices* are the keys that it is enough to take
    back alone. Where the article has no such gaps whatever the policy says, *keys* is `("gaps",)`.
    """

    rule: str
    wanted: int
    placed: int
    keys: tuple[str, ...]
    suffices: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Cost:
    """What *rule* pays for using *gap*, given the slots of the other rules.

    Its slots would stand at *gaps*. *slots*, *value* and *unevenness* are what the plan has more or less of
    then: slots lost; value lost (anchors, relevance of articles, the preferred places); squared permille of unevenness more.
    """

    rule: str
    gap: int
    gaps: tuple[int, ...]
    slots: int
    value: int
    unevenness: int


def conflict(explainer: Explainer, i: int, wanted: int | None) -> Conflict | None:
    """What keeps rule *i* from *wanted* slots, by default one more; None where nothing does."""
    compiled, choice = explainer.compiled, explainer.choice
    name = explainer.tasks[i].name
    placed = len(choice.gaps[i]) + len(choice.pages[i])
    wanted = placed + 1 if wanted is None else wanted
    if wanted > placed >= MOST_SLOTS:  # no rule may have more
        return Conflict(rule=name, wanted=wanted, placed=placed, keys=(f"rules[{name}].max",), suffices=())
    runs = [run for run in relaxations_of(compiled.policy, compiled.rules[i], wanted) if run]
    if compiled.policy.article.counts_existing and any(b.role in SLOT_ROLES for b in compiled.article.blocks):
        runs.append({EXISTING_KEY: ignoring_existing})
    relaxations = {key: relax for run in runs for key, relax in run.items()}
    known = dict[frozenset[str], bool]()

    def reaches(keys: Iterable[str]) -> bool:
        """Whether the rule gets what is wanted with *keys* taken back."""
        which = frozenset(keys)
        if which not in known:
            loose = Loosened.of(compiled.policy)
            for relax in (relax for key, relax in relaxations.items() if key in which):
                loose = relax(loose)
            known[which] = _count(compiled, loose.applied(compiled.policy), choice, i) >= wanted
        return known[which]

    if reaches(()):
        return None
    if not reaches(relaxations):
        return Conflict(rule=name, wanted=wanted, placed=placed, keys=(GAPS,), suffices=())
    return Conflict(
        rule=name,
        wanted=wanted,
        placed=placed,
        keys=tuple(needed(reaches, runs)),
        suffices=tuple(key for run in runs for key in sufficient(reaches, list(run))),
    )


class Trial(Compiled):
    """An article under a policy that is asked about once: of that nothing is kept, and only one rule may still choose."""

    _known = Constraints

    def __init__(self, compiled: Compiled, policy: Policy, choice: Choice, i: int) -> None:
        super().__init__(compiled.article, policy, compiled.items, scores=compiled.scores, complete=True)
        self._choice, self._i = choice, i

    def _task(self, i: int) -> Task:
        if i == self._i:
            return _after_others(super()._task(i))
        gaps, pages = self._choice.gaps[i], self._choice.pages[i]
        ranks = self._page_ranks(i) if pages else ()
        return self._task_of(  # as `_fixed` makes it, without a look at the gaps where it could stand as well
            i,
            priority=1,
            most=len(gaps) + len(pages),
            candidates=gaps,
            values=(0,) * len(gaps),
            pages=tuple(ranks[page] for page in pages),
        )


def _count(compiled: Compiled, policy: Policy, choice: Choice, i: int) -> int:
    """How many slots rule *i* gets under another *policy* beside those that the other rules have."""
    found = solve(Trial(compiled, policy, choice, i).problem)
    return len(found.gaps[i]) + len(found.pages[i])


def _others_fixed(problem: Model, choice: Choice, i: int) -> Model:
    """*problem* with all tasks but *i* where *choice* has them, and before it."""
    tasks = [
        _after_others(task) if other == i else _fixed(task, choice.gaps[other], choice.pages[other])
        for other, task in enumerate(problem.tasks)
    ]
    return attrs.evolve(problem, tasks=tuple(tasks))


def _after_others(task: Task) -> Task:
    return attrs.evolve(task, priority=2, least=0)


def _fixed(task: Task, gaps: tuple[int, ...], pages: tuple[int, ...]) -> Task:
    """*task* with its slots where they are, and before that of the rule in question."""
    return attrs.evolve(
        task,
        priority=1,
        most=len(gaps) + len(pages),
        least=0,
        candidates=gaps,
        values=(0,) * len(gaps),
        seats=None,
        pages=tuple(task.pages[page] for page in pages) if task.pages else (),
    )


# ------------------------------------------------------------------------------------------ near misses


def nearest(explainer: Explainer, i: int) -> tuple[Refusal, ...]:
    """The refusals of the gap that rule *i* came nearest to using: only quantities are missing there, and least of them.

    Empty where every gap is used, or refused for a reason that is no quantity.
    """
    best: tuple[int, int, int, tuple[Refusal, ...]] | None = None
    for gap in range(explainer.compiled.last + 1):
        refusals = [] if explainer.uses(i, gap) else explainer.of(i, gap)
        if refusals and all(REASONS[refusal.code].is_distance for refusal in refusals):
            shares = [missing_share(refusal) for refusal in refusals]
            found = max(shares), sum(shares), gap, tuple(refusals)
            best = found if best is None else min(best, found)
    return best[-1] if best else ()


# ------------------------------------------------------------------------------------------------ costs


def cost(explainer: Explainer, i: int, gap: int) -> Cost | None:
    """What using *gap* would cost rule *i*; None where it may not use it beside the slots of the other rules."""
    compiled, choice = explainer.compiled, explainer.choice
    alone = _others_fixed(compiled.problem, choice, i)
    ways = [gap, compiled.below] if gap == compiled.last else [gap]
    trials = [(at, _bound_to(alone, choice, i, at)) for at in ways]
    plans = [(at, solve(trial)) for at, trial in trials if trial is not None]
    levels = [(_levels(alone, plan, i), plan) for at, plan in plans if at in plan.gaps[i]]
    if not levels:
        return None
    then, found = max(levels, key=itemgetter(0))
    slots, value, unevenness = (before - after for before, after in zip(_levels(alone, choice, i), then, strict=True))
    gaps = tuple(min(at, compiled.last) for at in found.gaps[i])
    return Cost(rule=alone.tasks[i].name, gap=gap, gaps=gaps, slots=slots, value=value, unevenness=unevenness)


def _bound_to(problem: Model, choice: Choice, i: int, gap: int) -> Model | None:
    """*problem* with only those candidates of task *i* that go with *gap*, which is worth more than all else."""
    task = problem.tasks[i]
    others = [(other, at) for other, gaps in enumerate(choice.gaps) if other != i for at in gaps]
    if gap not in task.candidates or not all(fits(problem, slot, (i, gap)) for slot in others):
        return None
    kept = [at == gap or fits(problem, (i, at), (i, gap)) for at in task.candidates]
    most = max(abs(worth) for each in task.seats or (((0, 0),),) for _, worth in each)
    bonus = (MOST_SLOTS + 1) * (max(map(abs, task.values), default=0) + most + PERMILLE * task.weight + 1)
    at = [k for k, keep in enumerate(kept) if keep]
    bound = attrs.evolve(
        task,
        candidates=tuple(task.candidates[k] for k in at),
        values=tuple(task.values[k] + (bonus if task.candidates[k] == gap else 0) for k in at),
        seats=None if task.seats is None else tuple(task.seats[k] for k in at),
    )
    return attrs.evolve(problem, tasks=tuple(bound if other == i else t for other, t in enumerate(problem.tasks)))


def _levels(problem: Model, choice: Choice, i: int) -> tuple[int, int, int]:
    """The slots, the value and the evenness of task *i* alone."""
    alone = attrs.evolve(problem, tasks=(attrs.evolve(problem.tasks[i], least=0),))
    _shortfall, slots, value, even, *_ = objective(alone, Choice((choice.gaps[i],), (choice.pages[i],), optimal=False))
    return slots, value, even
