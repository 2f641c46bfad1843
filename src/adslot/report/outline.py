"""An article's outline, for people and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from adslot.article.values import Article, Block
from adslot.html.text import counted, one_line
from adslot.planner.placements import Placement
from adslot.report.columns import TEXT_WIDTH, cut

# Columns of reports: in front of a block's role, and its role.
INDENT = " " * 6
ROLE_WIDTH = 16
# Of what is outside the story its reason.
_REASON_WIDTH = 9


def outline(article: Article) -> str:
    """The article's sections, indented by level, with the blocks under each."""
    return "\n".join(_outline_lines(article))


def _outline_lines(article: Article) -> Iterator[str]:
    yield f"body: {article.body.how}; {sizes(article)}"
    yield from (f"warning: {warning}" for warning in article.warnings)
    for section in article.sections:
        indent = "  " * _depth(article, section.index)
        title = cut(one_line(section.heading.text)) if section.heading else "(opening)"
        yield f"{indent}{title}  [{counted(section.words, 'word')}, {counted(len(section.blocks), 'block')}]"
        for number, block in enumerate(section.blocks, section.first):
            yield f"{indent}  {number:>3} {block.role:{ROLE_WIDTH}}{block.chars:>5}  {cut(one_line(block.text))}"
    yield from outside_lines(article)


def outside_lines(article: Article, width: int = 100) -> Iterator[str]:
    """What stands above and below the story and is none of it, each with the reason, in so many columns."""
    if article.outside:
        yield "outside the story"
    for outside in article.outside:
        before = f"{INDENT}{outside.block.role:{ROLE_WIDTH}}{outside.reason:>{_REASON_WIDTH}}  "
        yield f"{before}{cut(one_line(outside.block.text), min(width - len(before), TEXT_WIDTH))}".rstrip()


def _depth(article: Article, index: int) -> int:
    depth, parent = 0, article.sections[index].parent
    while parent is not None:
        depth, parent = depth + 1, article.sections[parent].parent
    return depth


def outline_data(article: Article) -> dict[str, Any]:
    """As `outline`, as JSON types."""
    return {
        "body": attrs.asdict(article.body),
        "language": article.language,
        "warnings": list(article.warnings),
        "chars": article.chars,
        "sections": [
            {
                "heading": section.heading.text if section.heading else None,
                "level": section.level,
                "parent": section.parent,
                "words": section.words,
                "span": section.span,
                "blocks": [block_data(number, block) for number, block in enumerate(section.blocks, section.first)],
            }
            for section in article.sections
        ],
        "outside": outside_data(article),
    }


def outside_data(article: Article) -> list[dict[str, Any]]:
    """As `outside_lines`, as JSON types."""
    return [
        {
            "reason": outside.reason,
            "role": str(outside.block.role),
            "text": outside.block.text,
            "span": outside.block.span,
        }
        for outside in article.outside
    ]


def block_data(number: int, block: Block) -> dict[str, Any]:
    """One block as JSON types."""
    return {
        "index": number,
        "role": str(block.role),
        "tag": block.tag,
        "chars": block.chars,
        "words": block.words,
        "span": block.span,
        "text": block.text,
    }


def sizes(article: Article) -> str:
    """How long an article is."""
    return f"{counted(len(article.blocks), 'block')}, {counted(article.chars, 'char')}"


def titles(placement: Placement) -> str:
    """The articles that a slot shows, as they stand behind its name; nothing where it shows none."""
    told = "; ".join(cut(one_line(item.title)) for item in placement.items)
    return f": {told}" if told else ""
