"""An article as the page of a preview shows it: all that the template writes and the script is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import attrs

from adslot.codes import OUTSIDE, UNUSED
from adslot.html.source import Source
from adslot.html.text import counted, one_line
from adslot.planner.plan import Plan
from adslot.preview.contents import Entry, contents
from adslot.preview.data import article_data, as_json
from adslot.preview.flow import MOST_TEXT, Box, Stretch, box, stretches
from adslot.preview.own_look import framed
from adslot.preview.refused import Refused
from adslot.preview.remedies import remedies
from adslot.preview.rulers import ruler
from adslot.preview.totals import RuleTally, Tally

# Articles of more blocks are laid out piece by piece, as they come into view.
_LONG = 200


@attrs.frozen(kw_only=True)
class NotStory:
    """A block above or below the story: its *text*, the *reason* why it is none of it, and *why* in a sentence."""

    role: str
    reason: str
    why: str
    text: str


@attrs.frozen(kw_only=True)
class Shown:
    """An article on the page, and its *number* there.

    *facts* are said below its name, *warnings* below these. *elsewhere* are the slots outside of the story, *above* and
    *below* what else stands there. *unused* are the related articles that no teaser shows, by why. *data* is JSON for
    the script, *look* the document of a frame, None where the page is too long for one.
    """

    number: int
    name: str
    language: str
    facts: Sequence[str]
    warnings: Sequence[str]
    rules: Mapping[str, RuleTally]
    contents: Sequence[Entry]
    is_long: bool
    stretches: Sequence[Stretch]
    elsewhere: Sequence[Box]
    above: Sequence[NotStory]
    below: Sequence[NotStory]
    unused: Sequence[tuple[str, Sequence[str]]]
    data: str
    look: str | None

    @property
    def look_data(self) -> str:
        """The document of the frame, for the script."""
        return as_json(self.look)

    @property
    def size(self) -> int:
        """About how many characters the page has for it."""
        return 2 * len(self.data) + len(self.look or "")


def article(number: int, counts: Tally, refused: Refused, filled: str | bytes) -> Shown:
    """The article whose slots are placed, and its page as it was *filled*."""
    plan, marks, helps = refused.plan, ruler(refused.plan), remedies(refused)
    above, below = _outside(plan)
    return Shown(
        number=number,
        name=counts.name,
        language=_language(plan),
        facts=_facts(plan, marks.whole),
        warnings=[one_line(warning) for warning in (*plan.warnings, *helps.bounds)],
        rules=counts.rules,
        contents=list(contents(plan)),
        is_long=len(plan.article.blocks) > _LONG,
        stretches=list(stretches(refused, marks)),
        elsewhere=[box(plan, placement) for placement in plan.placements if placement.gap is None],
        above=above,
        below=below,
        unused=_unused(plan),
        data=as_json(article_data(refused, helps, marks)),
        look=framed(Source.of(filled, plan.article.encoding).text, plan.policy),
    )


def _facts(plan: Plan, whole: Sequence[str]) -> Sequence[str]:
    body = f"body: {one_line(plan.article.body.how)}"
    blocks = counted(len(plan.article.blocks), "block")
    rest = [length for length in whole if not length.endswith("blocks")]
    return [body, blocks, *rest, counted(len(plan.placements), "slot"), f"plan {plan.status}"]


def _language(plan: Plan) -> str:
    """The language of the text, where it is one that can be written as an attribute."""
    found = plan.article.page_language or plan.article.language or ""
    return found if found.replace("-", "").isalnum() and found.isascii() and len(found) < 36 else ""


def _outside(plan: Plan) -> tuple[Sequence[NotStory], Sequence[NotStory]]:
    """What stands above the story, and what stands below it."""
    start = next((block.span[0] for block in plan.article.blocks if block.span), 0)
    above: list[NotStory] = []
    below: list[NotStory] = []
    for each in plan.article.outside:
        block, why = each.block, OUTSIDE.get(each.reason, "")
        side = above if block.span is not None and block.span[0] < start else below
        side.append(NotStory(role=str(block.role), reason=each.reason, why=why, text=block.text[:MOST_TEXT]))
    return above, below


def _unused(plan: Plan) -> Sequence[tuple[str, Sequence[str]]]:
    found = sorted(plan.unused, key=lambda unused: list(UNUSED).index(unused.code))
    return [
        (UNUSED[code], [one_line(unused.item.title) or one_line(unused.item.url) for unused in group])
        for code, group in groupby(found, key=lambda unused: unused.code)
    ]
