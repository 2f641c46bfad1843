"""A page with its blocks outlined and named: what docs/images/blocks.png is taken of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import adslot
from adslot.roles import GROUPS, SLOT_ROLES, Role

EXAMPLE = Path(__file__).parents[1] / "examples" / "blocks.html"
_STYLE = """
<style>
body { padding: 0 1rem 0 13rem; }
.block { position: relative; margin: 6px 0; outline: 2px solid var(--line); }
.block > * { margin-block: 0 !important; }
.block::before { content: attr(data-said); position: absolute; right: calc(100% + 12px); width: 12rem;
  font: 13px/1.3 sans-serif; text-align: right; color: var(--line); }
.heading { --line: #a2320f; } .text { --line: #1d5c8a; } .other { --line: #7a5b00; } .slot { --line: #6b2a86; }
.outside { --line: #888; outline-style: dashed; opacity: .75; }
</style>
"""


def outlined(html: str) -> str:
    """*html* with an outline around each block of its story, and what it is beside it; what is outside is dashed."""
    article = adslot.read(html)
    marks = [*_marks((block, _group(block.role), _said(block)) for block in article.blocks)]
    marks += _marks((each.block, "outside", f"not the story: {each.reason}") for each in article.outside)
    for at, mark in sorted(marks, key=lambda mark: mark[0], reverse=True):
        html = html[:at] + mark + html[at:]
    return html.replace("</head>", f"{_STYLE}</head>")


def _marks(found: Iterator[tuple[adslot.Block, str, str]]) -> Iterator[tuple[int, str]]:
    for block, group, said in found:
        if block.span is not None:
            yield block.span[0], f'<div class="block {group}" data-said="{said}">'
            yield block.span[1], "</div>"


def _said(block: adslot.Block) -> str:
    traits = f" ({', '.join(sorted(block.traits))})" if block.traits else ""
    return f"{block.role}{traits}" + (f", {block.chars} chars" if block.chars else "")


def _group(role: Role) -> str:
    if role in SLOT_ROLES:
        return "slot"
    if role in GROUPS["headings"]:
        return "heading"
    return "text" if role in GROUPS["text"] else "other"
