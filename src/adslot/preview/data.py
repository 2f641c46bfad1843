"""The data of a preview for its script: JSON that no text can break out of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from adslot.codes import REASONS, UNSAFE
from adslot.html.text import one_line, shortened
from adslot.planner.plan import Plan
from adslot.policy.dump import to_mapping
from adslot.preview.refused import Refused, words_of
from adslot.preview.remedies import Remedies
from adslot.preview.rulers import Ruler
from adslot.preview.states import STATE_OF, STATES

# What ends a script element or a line of JavaScript, or begins a comment or an entity.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
_WIDTH = 60


def as_json(value: Any) -> str:
    """*value* as JSON that can stand in a script element.

    >>> as_json(["</script><!--", "Ärger & Mühe"])
    '["\\\\u003c/script\\\\u003e\\\\u003c!--","Ärger \\\\u0026 Mühe"]'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def common() -> dict[str, Any]:
    """What is the same for all articles: the codes of reasons, and the states of gaps."""
    return {
        "codes": {
            name: {
                "said": code.sentence,
                "helps": code.helps,
                "state": STATE_OF[name],
                "bare": code.counts_itself,
                "to": code.is_distance and not code.is_whole,
                "named": code.names_other,
            }
            for name, code in REASONS.items()
        },
        "states": {state.name: [state.mark, state.said] for state in STATES.values()},
        "unsafe": UNSAFE,
    }


def article_data(refused: Refused, remedies: Remedies, ruler: Ruler) -> dict[str, Any]:
    """What the script tells of an article's gaps and rules on demand."""
    plan = refused.plan
    reasons, gaps = refused.table
    return {
        "rules": {rule["name"]: _rule(rule, refused, remedies) for rule in to_mapping(plan.policy).get("rules", ())},
        "reasons": [[*reason[:4], _against(reason[4]), words_of(reason)] for reason in reasons],
        "gaps": gaps,
        "placed": _placed(plan),
        "before": ruler.before,
        "marks": [[mark.name, mark.above, mark.below] for mark in ruler.marks],
        "costs": {f"{gap} {rule}": said for (gap, rule), said in remedies.costs.items()},
    }


def _placed(plan: Plan) -> dict[int, list[list[str | None]]]:
    found: dict[int, list[list[str | None]]] = {}
    for each in plan.placements:
        if each.gap is not None:
            found.setdefault(each.gap, []).append([each.rule, each.slot, each.id, each.anchor])
    return found


def _rule(rule: Mapping[str, Any], refused: Refused, remedies: Remedies) -> dict[str, Any]:
    name = rule["name"]
    return {
        "keys": [[key, _value(value)] for key, value in rule.items() if key != "name"],
        "held": list(remedies.held[name]),
        "miss": remedies.misses.get(name),
        "counts": [list(each) for each in refused.counts(name)],
    }


def _against(against: str | None) -> str | None:
    return against if against is None else shortened(one_line(against), _WIDTH)


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
