"""Findings as they are reported: each with its place in the input and a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import attrs

from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import FoundSlot
from adslot.codes import FINDINGS, REASONS, UNSAFE
from adslot.html.dom import Span
from adslot.html.own_slots import Lifting
from adslot.html.source import Source
from adslot.html.text import counted
from adslot.patterns import pattern
from adslot.policy.numbers import brief
from adslot.roles import KINDS

_LINE_END = pattern(r"\r\n|\r|\n")
_MARK = "\ufeff"
# One of what a limit counts.
_ONES = {kind.limit: kind.name for kind in KINDS.values()}


@attrs.frozen
class Finding:
    """What is wrong with a slot of a page, or with the page.

    *code* is one of `adslot.codes.FINDINGS`, *severity* "error" or "warning". *line* and *column* count
    from 1 in the input, columns in code points, a byte-order mark left out. *span* is that of the slot,
    in code points for `str` and bytes for `bytes`, and (0, 0) for what concerns the whole page.
    """

    code: str
    message: str = attrs.field(repr=brief)
    line: int = attrs.field(kw_only=True)
    column: int = attrs.field(kw_only=True)
    span: Span = attrs.field(kw_only=True)
    severity: str = attrs.field(kw_only=True)


def findings_of(source: Source, lifting: Lifting, filled: FilledPage, raw: Iterable[RawFinding]) -> tuple[Finding, ...]:
    """*raw* findings as those of *source*, in its order, each once."""
    distinct = dict.fromkeys(
        (_span(lifting, filled, each), each.code, _message(filled, each), each.is_error) for each in raw
    )
    at = source.offsets(offset for span, *_ in distinct for offset in span)
    lines = Lines(source.text)
    found = []
    for span, code, message, is_error in sorted(distinct, key=lambda each: each[0]):
        line, column = lines.of(span[0])
        severity = "error" if is_error else "warning"
        own = at[span[0]], at[span[1]]
        found.append(Finding(code, message, line=line, column=column, span=own, severity=severity))
    return tuple(found)


class Lines:
    """The lines of a text; CR, LF and CRLF end one."""

    def __init__(self, text: str) -> None:
        self._starts = [text.startswith(_MARK), *(match.end() for match in _LINE_END.finditer(text))]

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self._starts, offset) or 1
        return line, max(0, offset - self._starts[line - 1]) + 1


def _span(lifting: Lifting, filled: FilledPage, finding: RawFinding) -> Span:
    """Where the subject of a finding stands in the text as it was given."""
    subject = finding.subject
    if isinstance(subject, FoundSlot):
        return subject.own.span
    span = None if subject is None else filled.article.blocks[subject].span
    return (0, 0) if span is None else lifting.span(span)


def _message(filled: FilledPage, finding: RawFinding) -> str:
    """The finding in words, with its numbers."""
    return ": ".join((_name(filled, finding), FINDINGS[finding.code] + _details(finding)))


def _name(filled: FilledPage, finding: RawFinding) -> str:
    subject = finding.subject
    if isinstance(subject, FoundSlot):
        return subject.name
    return finding.against if subject is None else f"existing {filled.article.blocks[subject].role}"


def _details(finding: RawFinding) -> str:
    parts: Sequence[str] = [
        _numbers(finding),
        UNSAFE.get(finding.against, finding.against) if finding.subject is not None else "",
    ]
    told = ", ".join(filter(None, parts))
    return f" ({told})" if told else ""


def _numbers(finding: RawFinding) -> str:
    unit, actual, required = finding.unit, finding.actual, finding.required
    if unit is None or actual is None or required is None:
        return ""
    one = _ONES.get(unit, unit.removesuffix("s"))
    if finding.code in REASONS and REASONS[finding.code].is_cap:
        return f"{counted(actual, one, unit)}, {required} allowed"
    return f"{actual} of {counted(required, one, unit)}"
