"""How the lines of reports look in a terminal that has colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from adslot.report.lines import Line

# What a line is of, and how it looks then; all others are plain.
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "slot": {"fg": "green", "bold": True},
    "heading": {"bold": True},
    "existing": {"fg": "yellow"},
    "reason": {"dim": True},
    "warning": {"fg": "yellow"},
    "removed": {"fg": "red"},
    "added": {"fg": "green"},
    "place": {"fg": "cyan"},
}


def joined(lines: Iterable[Line], *, colour: bool) -> str:
    """*lines* as one text.

    >>> joined([Line("a"), Line("b", "heading")], colour=True), joined([Line("b", "heading")], colour=False)
    ('a\\n\\x1b[1mb\\x1b[0m', 'b')
    """
    return "\n".join(
        click.style(line.text, **LOOKS.get(line.look, {})) if colour and line.look else line.text for line in lines
    )
