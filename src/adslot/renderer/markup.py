"""The markup of a placement as pages take it: what no page can hold is refused."""

from __future__ import annotations

from collections.abc import Mapping

from adslot.errors import PolicyError, Problem
from adslot.html.fragment import markup_fault
from adslot.planner.placements import Placement
from adslot.planner.plan import Plan
from adslot.policy.templates import TemplateFault
from adslot.renderer.slot import FITTING, unchecked_markup
from adslot.renderer.trial import problem_of


def markup(plan: Plan, placement: Placement, *, context: Mapping[str, object] | None = None) -> str:
    """The markup of one placement of *plan*, for renderers that write pages themselves; *context* is for templates.

    Raises PolicyError for markup that no page can hold, and for a template that cannot be filled.
    """
    policy = plan.policy
    slot = policy.slot(placement.slot)
    if problem := problem_of(slot, policy.article.language, policy.layouts):
        raise PolicyError([problem])
    try:
        html = unchecked_markup(plan, placement, context)
    except TemplateFault as error:
        raise PolicyError(
            [Problem(("slots", slot.name, "template"), "a template that can be filled", str(error))]
        ) from error
    if found := markup_fault(html):
        raise PolicyError([Problem(("slots", slot.name), FITTING, found)])
    return html
