"""The page of a preview: one file that needs no other one, and on which nothing foreign is more than text.

Every text goes through a template that escapes it, or into data that the script shows as text. The page's content
security policy admits its own script and style by their hashes, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import attrs
from jinja2 import Environment, FunctionLoader, StrictUndefined

from adslot.codes import OUTSIDE, UNUSED
from adslot.html.source import Source
from adslot.html.text import counted, one_line
from adslot.planner.plan import Plan
from adslot.policy.policy import Policy
from adslot.policy.slots import in_order
from adslot.preview.contents import contents
from adslot.preview.data import article_data, as_json, common
from adslot.preview.flow import MOST_TEXT, box, stretches
from adslot.preview.own_look import framed, hashed, hashes
from adslot.preview.refused import Refused, refused
from adslot.preview.remedies import remedies
from adslot.preview.rulers import ruler
from adslot.preview.states import STATES
from adslot.preview.totals import totals

# So many articles, and so many characters of markup, are shown in one page; of the others there are the totals.
MOST_ARTICLES = 100
MOST_CHARS = 40_000_000
# Articles of more blocks are laid out piece by piece, as they come into view.
LONG = 200


@attrs.frozen
class Previewed:
    """An article to show: its *name*, the *plan*, and its page as it was *filled*."""

    name: str
    plan: Plan
    filled: str | bytes


def page(every: Sequence[Previewed]) -> str:
    """The page that shows these articles, all of them filled by one policy; several begin with an index.

    >>> import adslot
    >>> policy = adslot.loads("[slots.ad]\\nkind = 'ad'\\nlabel = 'Anzeige'\\n[[rules]]\\nname = 'mitte'\\nslot = 'ad'")
    >>> result = adslot.place("<p>Der Zug fährt.</p><p>Er ist pünktlich.</p>", policy)
    >>> page([Previewed("zug.html", result.plan, result.html)]).count('<div class="box"')
    1
    """
    told = [refused(each.plan) for each in every]
    shown = list(_within_bounds(every, told))
    frames = [look for article in shown if (look := article["look"])]
    policy = every[0].plan.policy if every else Policy()
    style = _asset("preview.css") + "".join(_heights(policy))
    script = _asset("preview.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            articles=shown,
            left_out=[each.name for each in every[len(shown) :]],
            rows=[_row(number, each) for number, each in enumerate(every, 1)],
            totals=totals(told),
            many=len(every) > 1,
            layouts=_layouts(policy),
            states=list(STATES.values()),
            style=style,
            script=script,
            common=as_json(common()),
            csp=_security([style], script, frames),
        )
    )


def _within_bounds(every: Sequence[Previewed], told: Sequence[Refused]) -> Iterator[dict[str, Any]]:
    """The articles as the template takes them, as many as a browser bears."""
    size = 0
    for number, (each, its) in enumerate(zip(every[:MOST_ARTICLES], told, strict=False), 1):
        article = _article(number, each, its)
        size += len(article["data"]) + len(article["look"] or "") + each.plan.article.chars
        if number > 1 and size > MOST_CHARS:
            return
        yield article


def _article(number: int, each: Previewed, told: Refused) -> dict[str, Any]:
    plan, marks, helps = each.plan, ruler(each.plan), remedies(told)
    above, below = _outside(plan)
    source = Source.of(each.filled, plan.article.encoding).text
    look = framed(source, plan.policy)
    return {
        "number": number,
        "name": one_line(each.name),
        "facts": _facts(plan, marks.whole),
        "warnings": [one_line(warning) for warning in (*plan.warnings, *helps.bounds)],
        "language": _language(plan),
        "contents": list(contents(plan)),
        "rules": [_rule(plan, rule.name, rule.slot, rule.max) for rule in plan.policy.rules],
        "is_long": len(plan.article.blocks) > LONG,
        "stretches": list(stretches(told, marks)),
        "above": above,
        "below": below,
        "elsewhere": [box(plan, placement) for placement in plan.placements if placement.gap is None],
        "unused": _unused(plan),
        "data": as_json(article_data(told, helps, marks)),
        "look": look,
        "look_data": as_json(look) if look is not None else "",
    }


def _facts(plan: Plan, whole: Sequence[str]) -> Sequence[str]:
    body = f"body: {one_line(plan.article.body.how)}"
    blocks = counted(len(plan.article.blocks), "block")
    rest = [length for length in whole if not length.endswith("blocks")]
    return [body, blocks, *rest, counted(len(plan.placements), "slot"), f"plan {plan.status}"]


def _language(plan: Plan) -> str:
    """The language of the text, where it is one that can be written as an attribute."""
    found = plan.article.page_language or plan.article.language or ""
    return found if found.replace("-", "").isalnum() and found.isascii() and len(found) < 36 else ""


def _rule(plan: Plan, name: str, slot: str, most: int) -> dict[str, Any]:
    placed = sum(placement.rule == name for placement in plan.placements)
    return {"name": name, "slot": slot, "max": most, "placed": placed}


def _outside(plan: Plan) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What stands above the story and what stands below it, each with why it is none of it."""
    start = next((block.span[0] for block in plan.article.blocks if block.span), 0)
    sides: tuple[list[dict[str, Any]], list[dict[str, Any]]] = [], []
    for each in plan.article.outside:
        is_below = each.block.span is None or each.block.span[0] >= start
        said = {"reason": each.reason, "why": OUTSIDE.get(each.reason, ""), "role": str(each.block.role)}
        sides[is_below].append(said | {"text": each.block.text[:MOST_TEXT]})
    return sides


def _unused(plan: Plan) -> list[tuple[str, list[str]]]:
    """The related articles that no teaser shows, by why."""
    found = sorted(plan.unused, key=lambda unused: list(UNUSED).index(unused.code))
    return [
        (UNUSED[code], [one_line(unused.item.title) or one_line(unused.item.url) for unused in group])
        for code, group in groupby(found, key=lambda unused: unused.code)
    ]


def _row(number: int, each: Previewed) -> dict[str, Any]:
    """An article's line in the index."""
    article = each.plan.article
    counts = {
        rule["name"]: rule["placed"] for rule in (_rule(each.plan, r.name, "", 0) for r in each.plan.policy.rules)
    }
    return {
        "number": number,
        "name": one_line(each.name),
        "blocks": len(article.blocks),
        "chars": article.chars,
        "slots": len(each.plan.placements),
        "rules": counts,
        "warnings": len(each.plan.warnings),
    }


# ----------------------------------------------------------------------------------------------- style


def _layouts(policy: Policy) -> list[str]:
    """The layouts in which slots have heights of their own, the widest first."""
    own = any(not isinstance(slot.height, int | None) for slot in policy.slots)
    return [layout.name for layout in reversed(in_order(policy.layouts))] if own else []


def _heights(policy: Policy) -> Iterator[str]:
    """Styles that give each slot the height that is reserved for it, in the layout that was chosen."""
    layouts = _layouts(policy)
    for slot in policy.slots:
        named = f'.box[data-slot="{slot.name}"]'
        if isinstance(slot.height, int):
            yield f"{named} {{ block-size: {slot.height}px; }}\n"
        for layout in layouts if not isinstance(slot.height, int) else ():
            if (height := slot.height_in(layout)) is not None:
                yield f'[data-layout="{layout}"] {named} {{ block-size: {height}px; }}\n'


def _security(styles: Sequence[str], script: str, frames: Sequence[str]) -> str:
    """The content security policy of the page."""
    admitted = [*map(hashed, styles), *hashes(frames)]
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashed(script)}",
            f"style-src {' '.join(dict.fromkeys(admitted))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


# ------------------------------------------------------------------------------------------- templates


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> str:
    """A file of the package."""
    return (files("adslot.preview") / "assets" / name).read_text(encoding="utf-8")
