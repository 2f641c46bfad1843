"""Template placeholders that must never be cut: where they lie, and what text is nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adslot._cache import kept, size_of_text

SYNTAXES = {
    "jinja": r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}",
    "php": r"<\?(?:php\b|=).*?(?:\?>|\Z)",
    "shortcode": r"\[/?[a-zA-Z][\w-]*(?:[ \t\n][^\]\[]*)?/?\]",
}
# How many bytes of a compiled pattern one character may make.
_STEPS = 20


@kept(megabytes=1, size=lambda syntaxes, _: _STEPS * size_of_text(syntaxes))
def pattern(syntaxes: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for *syntaxes*: names of `SYNTAXES` or regular expressions."""
    return re.compile("|".join(f"(?:{SYNTAXES.get(syntax, syntax)})" for syntax in syntaxes), re.S)


def opaque_spans(text: str, syntaxes: Sequence[str]) -> list[tuple[int, int]]:
    """The spans of *text* that are placeholders."""
    return [match.span() for match in pattern(tuple(syntaxes)).finditer(text)] if syntaxes else []


def is_placeholder(text: str, syntaxes: Sequence[str]) -> bool:
    """Whether *text* consists of placeholders and white space only."""
    return bool(text) and not pattern(tuple(syntaxes)).sub("", text).strip()


def pattern_fault(syntax: str) -> str | None:
    """What is wrong with a syntax: not a known name, and no regular expression either."""
    try:
        re.compile(SYNTAXES.get(syntax, syntax))
    except re.error as error:
        return str(error)
    return None
