"""The overview of a plan, for people: a map of the article, then why rules have fewer slots than they may, and what to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from adslot.codes import UNUSED
from adslot.errors import wrong_type
from adslot.html.text import counted, one_line
from adslot.planner.constraints import spacing_key
from adslot.planner.measures import Measures
from adslot.planner.plan import Plan
from adslot.planner.shortfalls import Shortfall, sentences, shortfalls
from adslot.policy.declarations import Spacing
from adslot.report.article_map import map_lines
from adslot.report.columns import cut, wrapped
from adslot.report.lines import Line
from adslot.report.outline import sizes, titles
from adslot.report.phrases import Phrases, quoted
from adslot.roles import SLOT_ROLES

LEAST_WIDTH, MOST_WIDTH = 60, 120
# So many of the page's own slots, and of rules, are told of one by one.
_MOST = 12


def overview(plan: Plan, rule: str | None = None, *, width: int = 80) -> str:
    """*plan* in words, as `adslot explain` shows it, in lines of at most *width* columns, from 60 to 120.

    A map of the article, with the slots in its gaps or why there are none; then why rules have fewer slots than they
    may, the ads that the page has itself, related articles that no teaser shows, and warnings. It tells of *rule* alone
    if one is named. Raises LookupError for one that the policy does not have.

    >>> from adslot import Policy, Rule, Slot, place
    >>> policy = Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("mitte", slot="anzeige")])
    >>> print(overview(place("<p>Am Kai liegt Eis.</p><p>Die Fähre fährt nicht, der Bus schon.</p>", policy).plan))
    body: the whole fragment; 2 blocks, 54 chars; 1 placed; plan optimal
    <BLANKLINE>
    gap 0    - no rule looks for a place here
           0  short-paragraph    17  Am Kai liegt Eis.
    gap 1    + anzeige (rule mitte)
           1  short-paragraph    37  Die Fähre fährt nicht, der Bus schon.
    gap 2    - no rule looks for a place here
    """
    if not isinstance(plan, Plan):
        raise wrong_type("plan", "a plan, such as adslot.place(…).plan", plan)
    if rule is not None:
        plan.explain(rule=rule, gap=0)  # which knows the rules
    return "\n".join(line.text for line in overview_lines(plan, rule, width=width))


def overview_lines(plan: Plan, rule: str | None = None, *, width: int = 80) -> Iterator[Line]:
    """The lines of `overview`."""
    width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
    parts = [
        _head_lines(plan, width),
        map_lines(plan, rule, width),
        _rule_lines(plan, rule, width),
        _own_lines(plan, width),
        _unused_lines(plan, width),
        _warning_lines(plan, width),
    ]
    shown = [lines for part in parts if (lines := list(part))]
    for number, lines in enumerate(shown):
        yield from _parted(number, lines)


def _parted(number: int, lines: Iterable[Line]) -> Iterator[Line]:
    if number:
        yield Line("")
    yield from lines


def _head_lines(plan: Plan, width: int) -> Iterator[Line]:
    article = plan.article
    summary = f"body: {article.body.how}; {sizes(article)}; {len(plan.placements)} placed; plan {plan.status}"
    yield from (Line(text) for text in wrapped(summary, width))
    for placement in plan.placements:
        if placement.gap is None:
            text = (
                f"+ {placement.slot} (rule {placement.rule}) outside the story, {placement.anchor}{titles(placement)}"
            )
            yield Line(cut(text, width), "slot")


# --------------------------------------------------------------------------------------------- rules


def _rule_lines(plan: Plan, rule: str | None, width: int) -> Iterator[Line]:
    """The rules below their max, those together of which the same is to be said; then what the spacings named there are."""
    phrases = Phrases(plan)
    same: dict[tuple[str, ...], list[Shortfall]] = {}
    for shortfall in shortfalls(plan, rule):
        _, *more = sentences(shortfall, phrases.of_gap)
        same.setdefault(tuple(more), []).append(shortfall)
    if same:
        yield Line("Rules that may have more slots, and why they have not:", "heading")
    for number, (more_words, group) in enumerate(same.items()):
        if number == _MOST:
            rest = counted(sum(map(len, list(same.values())[_MOST:])), "rule")
            yield Line(f"  and {rest} more: --all tells of each")
            break
        for text in wrapped("; ".join(next(sentences(each)) for each in group), width, "  "):
            yield Line(text)
        yield from (Line(line) for text in more_words for line in wrapped(text, width, "    "))
    told = " ".join(text for more in same for text in more)
    for index, spacing in enumerate(plan.policy.spacing):
        if spacing_key(index) in told:
            yield from (Line(line) for line in wrapped(f"{spacing_key(index)}: {_spacing_words(spacing)}", width, "  "))


def _spacing_words(spacing: Spacing) -> str:
    """What a spacing asks for.

    >>> _spacing_words(Spacing("ad", "figure", min="200 chars"))
    '200 chars between ad above and figure below'
    """
    above, below = (" or ".join(map(str, terms)) for terms in (spacing.above, spacing.below))
    if spacing.either:
        return f"{spacing.min} between {above} and {below}"
    return f"{spacing.min} between {above} above and {below} below"


# ------------------------------------------------------------------------------- the page and its articles


def _own_lines(plan: Plan, width: int) -> Iterator[Line]:
    """The ads and teasers that the page has itself: which block, how far down, and their first words."""
    article, own = plan.article, [i for i, block in enumerate(plan.article.blocks) if block.role in SLOT_ROLES]
    if not own:
        return
    before = Measures(article.blocks, plan.policy.article.sizes).before("chars")
    counts = "which count for distances and limits" if plan.policy.article.counts_existing else "which are ignored"
    yield Line(cut(f"Ads and teasers of the page itself, {counts}:", width), "heading")
    for index in own[:_MOST]:
        block = article.blocks[index]
        where = f"  {f'block {index}':10} {block.role:7} after {before[index]:>5} of {before[-1]} chars  "
        yield Line(cut(where + quoted(block, width - len(where) - 2), width), "existing")
    if len(own) > _MOST:
        yield Line(f"  and {len(own) - _MOST} more: --all has them in its table")


def _unused_lines(plan: Plan, width: int) -> Iterator[Line]:
    """How many related articles are not shown, for each reason."""
    counts = Counter(unused.code for unused in plan.unused)
    if counts:
        yield Line(cut("Related articles that no teaser shows (--all names them):", width), "heading")
    for code, count in counts.items():
        yield from (Line(text) for text in wrapped(f"{counted(count, 'article')}: {UNUSED[code]}", width, "  "))


def _warning_lines(plan: Plan, width: int) -> Iterator[Line]:
    for warning in plan.warnings:
        yield from (Line(text, "warning") for text in wrapped(f"warning: {one_line(warning)}", width))
