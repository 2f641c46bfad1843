"""Phrases: why a gap stays empty, in one short line: how much of what, on which side, what stands there, and which key asks."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.article.values import Block
from adslot.codes import REASONS, UNSAFE
from adslot.html.text import counted, one_line
from adslot.planner.plan import Plan
from adslot.planner.refusals import Refusal
from adslot.planner.shortfalls import reasons
from adslot.report.columns import columns, cut
from adslot.report.verdicts import Verdict, verdicts

# So many columns of the first words of a block, so many rules by their names.
_WORDS_WIDTH = 24
_NAMED = 3
# What is said of a thing that is too near, where there is less and less room: its first words and where it stands, ...
_FULL, _PLACE, _NAME = _DETAILS = range(3)
_NOBODY = "no rule looks for a place here"


class Phrases:
    """Says of the gaps of one plan why they stay empty."""

    def __init__(self, plan: Plan) -> None:
        self._article = plan.article
        self._placements = {placement.id: placement for placement in plan.placements}

    def line(self, found: Sequence[Verdict], width: int) -> str:
        """*found* in at most *width* columns: as many as there is room for, and the number of the others."""
        if not found:
            return cut(_NOBODY, width)
        for detail in _DETAILS:
            parts = [self._with_rules(verdict, detail, alone=len(found) == 1) for verdict in found]
            for shown in range(len(parts), 0, -1):
                rest = f"; +{counted(len(parts) - shown, 'rule')}" if shown < len(parts) else ""
                text = "; ".join(parts[:shown])
                if columns(text + rest) <= width:
                    return text + rest
        asks = f" ({found[0].asks})" if parts[0].endswith(f" ({found[0].asks})") else ""
        return cut(parts[0].removesuffix(asks), width - columns(asks + rest)) + asks + rest

    def of_gap(self, refusals: Sequence[Refusal]) -> str:
        """All *refusals* of one rule at one gap, in words."""
        found = [verdict for refusal in refusals for verdict in verdicts([refusal], every=True)]
        return "; ".join(dict.fromkeys(self._of(verdict, _FULL) for verdict in found))

    def _with_rules(self, verdict: Verdict, detail: int, *, alone: bool) -> str:
        text = self._of(verdict, detail)
        return text if alone and verdict.is_of_gap else f"{_names(verdict.rules)}: {text}"

    def _of(self, verdict: Verdict, detail: int) -> str:
        """A verdict, in as much *detail*."""
        refusal, reason = verdict.refusal, REASONS[verdict.refusal.code]
        asks = f" ({verdict.asks})" if verdict.asks else ""
        if refusal.code == "neighbour" and refusal.block is not None:
            role = self._article.blocks[refusal.block].role
            return f'{role} directly {refusal.side}; "{verdict.asks}" wants {refusal.against}'
        if refusal.code == "unsafe":
            return f"no safe place: {UNSAFE.get(refusal.against or '', refusal.against)}"
        if reason.is_distance and not reason.is_whole and refusal.unit:
            return f"{_amounts(verdict)} {self._way(refusal, detail)}{asks}"
        if refusal.unit == "slots" and reason.is_cap:
            return f"{self._share(refusal, _amounts(verdict))}{asks}"
        if refusal.code == "adjacent" and refusal.against:
            return f"{refusal.against} stands here{asks}"
        sentence = reasons([self._with_heading(attrs.evolve(refusal, actual=verdict.least))])
        return f"{sentence}{asks if verdict.is_of_gap else ''}"

    def _share(self, refusal: Refusal, amounts: str) -> str:
        """Who has so many slots of so many."""
        section = self._with_heading(refusal).against
        texts = {
            "rate": f"has {amounts} at {refusal.against}",
            "section": f"has {amounts} in {section}",
            "section-limit": f"{section} has {amounts}",
            "limit": f"the page has {amounts}",
        }
        return texts.get(refusal.code, f"has {amounts}")

    def _way(self, refusal: Refusal, detail: int) -> str:
        """From the gap to what is too near: to which thing, on which side, and where it is."""
        if refusal.code in ("start", "end"):
            return "from the start" if refusal.code == "start" else "to the end"
        if refusal.code == "short-article":
            return "in the article"
        side = f" {refusal.side}" if refusal.side else ""
        if (placement := self._placements.get(refusal.against or "")) is not None:
            where = placement.anchor if placement.gap is None else f"gap {placement.gap}"
            return f"to {placement.slot}{side}" + (f", {where}" if detail != _NAME else "")
        if refusal.block is not None:
            what = _stands(self._article.blocks[refusal.block], has_words=detail == _FULL)
            return f"to {what}{side}" + (f", block {refusal.block}" if detail != _NAME else "")
        return f"to {refusal.against}{side}"

    def _with_heading(self, refusal: Refusal) -> Refusal:
        """*refusal* with the heading in place of the number of a section."""
        kind, _, number = (refusal.against or "").partition(" ")
        if kind != "section" or not number.isdecimal() or int(number) >= len(self._article.sections):
            return refusal
        return attrs.evolve(refusal, against=section_name(self._article.sections[int(number)].heading))


def section_name(heading: Block | None) -> str:
    """What a section is called: by its heading, if it has one."""
    return "the opening section" if heading is None else quoted(heading)


def quoted(block: Block, width: int = _WORDS_WIDTH) -> str:
    """The first words of a block, in quotes; that it has none."""
    text = one_line(block.text)
    return f'"{cut(text, width)}"' if text else "(no text)"


def _stands(block: Block, *, has_words: bool) -> str:
    """What a block is, and its first words."""
    return f"{block.role} {quoted(block)}" if block.text and has_words else str(block.role)


def _names(rules: Sequence[str]) -> str:
    if len(rules) <= _NAMED:
        return ", ".join(rules)
    return f"{', '.join(rules[: _NAMED - 1])} and {len(rules) - _NAMED + 1} more"


def _amounts(verdict: Verdict) -> str:
    """How much there is of how much: 0 of 1 block, 263-572 of 700 chars."""
    refusal, unit = verdict.refusal, verdict.refusal.unit or ""
    there = f"{verdict.least}" if verdict.least == verdict.most else f"{verdict.least}-{verdict.most}"
    return f"{there} of {counted(refusal.required or 0, unit.removesuffix('s'), unit)}"
