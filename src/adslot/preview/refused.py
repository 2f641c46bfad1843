"""The refusals of a plan by gap and rule, and the same as a table of distinct reasons, which is small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from adslot.codes import REASONS
from adslot.html.text import counted
from adslot.kept import lazy
from adslot.planner.plan import Plan
from adslot.planner.refusals import Refusal
from adslot.preview.states import STATE_OF, hardest, hardness, nearest

# So many pairs of a gap and a rule are explained, which takes about two seconds.
MOST_PAIRS = 60_000

# What a reason has in common with others: the rule, the code, what is required in which unit, and against what.
Reason = tuple[str, str, int | None, str | None, str | None]


@attrs.frozen
class Refused:
    """For each gap that is explained the refusals of each rule; a rule that uses the gap has none."""

    plan: Plan
    gaps: Sequence[Mapping[str, Sequence[Refusal]]]

    @lazy
    def placed(self) -> Mapping[int, Sequence[str]]:
        """The rules that have a slot in each gap."""
        found: dict[int, list[str]] = {}
        for placement in self.plan.placements:
            if placement.gap is not None:
                found.setdefault(placement.gap, []).append(placement.rule)
        return found

    def state(self, gap: int) -> str:
        """The state of a gap to all rules."""
        if gap in self.placed:
            return "placed"
        if gap >= len(self.gaps):
            return "unknown"
        return nearest([hardest(found) for found in self.gaps[gap].values()])

    def said(self, gap: int) -> str:
        """Why there is no slot in a gap: the reasons of the rule that came nearest, the others are told on demand."""
        if gap in self.placed:
            return f"slot of {', '.join(self.placed[gap])}"
        if self.state(gap) in {"unknown", "elsewhere"}:
            return ""
        rules = self.gaps[gap]
        name, found = next((name, found) for name, found in rules.items() if hardest(found) == self.state(gap))
        return f"{name}: {briefly(found)}"

    @lazy
    def table(self) -> tuple[Sequence[Reason], Sequence[Sequence[int | None]]]:
        """The distinct reasons, and for each gap the number of a reason, then how much there actually is, and so on."""
        known: dict[Reason, int] = {}
        rows: list[list[int | None]] = []
        for gap in self.gaps:
            row: list[int | None] = []
            for refusal in (each for found in gap.values() for each in found):
                row += [known.setdefault(_reason(refusal), len(known)), refusal.actual]
            rows.append(row)
        return list(known), rows

    def counts(self, rule: str) -> Sequence[tuple[str, int]]:
        """The codes of a rule's refusals, each with the number of gaps that have it; the commonest first.

        Gaps where it has no business count only if it has none anywhere.
        """
        here, elsewhere = Counter[str](), Counter[str]()
        for gap in self.gaps:
            codes = list(dict.fromkeys(each.code for each in gap.get(rule, ())))
            away = [code for code in codes if REASONS[code].is_elsewhere]
            (elsewhere if away else here).update(away or codes)
        return (here or elsewhere).most_common()


def refused(plan: Plan) -> Refused:
    """The refusals of *plan*, of as many gaps as can be explained."""
    gaps, rules = len(plan.article.gaps), len(plan.policy.rules)
    most = min(gaps, MOST_PAIRS // max(rules, 1))
    found: list[dict[str, list[Refusal]]] = [{} for _ in range(most)]
    every = plan.explain() if most == gaps else (each for gap in range(most) for each in plan.explain(gap=gap))
    for refusal in every:
        if refusal.gap is not None:
            found[refusal.gap].setdefault(refusal.rule, []).append(refusal)
    return Refused(plan, found)


def briefly(refusals: Sequence[Refusal]) -> str:
    """Reasons for a line that may be cut: the hardest first, numbers before words.

    >>> near = Refusal("apart", "in-text", 4, required=700, actual=512, unit="chars", against="adslot-in-text-1")
    >>> briefly([near, Refusal("after-heading", "in-text", 4)])
    'directly below a heading; 512 of 700 chars, too near to a slot of the same kind'
    """
    ordered = sorted(refusals, key=lambda refusal: -hardness(STATE_OF[refusal.code]))
    return "; ".join(f"{'' if number is None else number}{words}" for number, words in map(_brief, ordered))


def _brief(refusal: Refusal) -> tuple[int | None, str]:
    words = words_of(_reason(refusal))
    return (refusal.actual if words.startswith(" ") else None), words


def words_of(reason: Reason) -> str:
    """What is said of a reason behind the number of what there is; where no number belongs before it, without the blank."""
    _, code, required, unit, _ = reason
    known = REASONS[code]
    if known.counts_itself or required is None or unit is None:
        return known.sentence
    return f" of {counted(required, unit.removesuffix('s'), unit)}, {known.sentence}"


def _reason(refusal: Refusal) -> Reason:
    return refusal.rule, refusal.code, refusal.required, refusal.unit, refusal.against
