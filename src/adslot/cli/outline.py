"""An article's outline, for people and as data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

import attrs

from adslot.article.values import Article, Block
from adslot.html.text import counted, one_line
from adslot.planner.placements import Placement

# Columns of reports: in front of a block's role, and its role.
INDENT = " " * 6
ROLE_WIDTH = 16
_TEXT_WIDTH = 52
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
        title = cut(section.heading.text) if section.heading else "(opening)"
        yield f"{indent}{title}  [{counted(section.words, 'word')}, {counted(len(section.blocks), 'block')}]"
        for number, block in enumerate(section.blocks, section.first):
            yield f"{indent}  {number:>3} {block.role:{ROLE_WIDTH}}{block.chars:>5}  {cut(block.text)}"
    yield from outside_lines(article)


def outside_lines(article: Article, width: int = 100) -> Iterator[str]:
    """What stands above and below the story and is none of it, each with the reason, in so many columns."""
    if article.outside:
        yield "outside the story"
    for outside in article.outside:
        before = f"{INDENT}{outside.block.role:{ROLE_WIDTH}}{outside.reason:>{_REASON_WIDTH}}  "
        yield f"{before}{cut(outside.block.text, min(width - len(before), _TEXT_WIDTH))}".rstrip()


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


def cut(text: str, width: int = _TEXT_WIDTH) -> str:
    """*text* in at most *width* columns of a terminal, where Chinese and Japanese take two each.

    >>> cut("Die Bahn fährt wieder.", 10), cut("鉄道が再開した。", 10)
    ('Die Bahn…', '鉄道が再…')
    """
    ends = _ends(text)
    if ends[-1] <= width:
        return text
    return text[: bisect_right(ends, width - 1) - 1].rstrip() + "…"


def cut_start(text: str, width: int) -> str:
    """The end of *text* in at most *width* columns: from a word on, if that leaves half of it.

    >>> cut_start("Die Bahn fährt ab Montag.", 16), cut_start("鉄道が再開した。", 10)
    ('… ab Montag.', '…開した。')
    """
    ends = _ends(text)
    if ends[-1] <= width:
        return text
    at = bisect_left(ends, ends[-1] - (width - 1))
    word = text.find(" ", at)
    return f"…{text[word if word != -1 and 2 * (ends[-1] - ends[word]) > width else at :]}"


def _ends(text: str) -> Sequence[int]:
    """How many columns there are up to each place in *text*, its end included."""
    return [*accumulate((1 + (east_asian_width(char) in "WF") for char in text), initial=0)]


def titles(placement: Placement) -> str:
    """The articles that a slot shows, as they stand behind its name; nothing where it shows none."""
    told = "; ".join(cut(one_line(item.title)) for item in placement.items)
    return f": {told}" if told else ""
