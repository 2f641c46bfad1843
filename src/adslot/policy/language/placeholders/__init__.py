"""Template placeholders that must never be cut: where they lie, and what text is nothing else.

However a page is written, finding them takes time that is linear in it: no expression goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from adslot.policy.language.placeholders.automaton import Automaton
from adslot.policy.language.placeholders.program import PatternError

SYNTAXES = {
    "jinja": r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}",
    "php": r"<\?(?:php\b|=)(?:[^?]|\?(?!>))*(?:\?>)?",
    "shortcode": r"\[/?[a-zA-Z][\w-]*(?:[ \t\n][^\]\[]*)?/?\]",
}


@lru_cache(maxsize=16)  # each grows to a quarter of a megabyte at most, whatever the length of its expressions
def _automaton(syntaxes: Sequence[str]) -> Automaton:
    """What finds *syntaxes*: names of `SYNTAXES` or regular expressions."""
    return Automaton([SYNTAXES.get(syntax, syntax) for syntax in syntaxes])


def opaque_spans(text: str, syntaxes: Sequence[str]) -> Sequence[tuple[int, int]]:
    """The spans of *text* that are placeholders, in order.

    >>> opaque_spans("a {{ b }} {{ c", ["jinja"])
    [(2, 9)]
    """
    return list(_automaton(tuple(syntaxes)).spans(text)) if syntaxes else []


def is_placeholder(text: str, syntaxes: Sequence[str]) -> bool:
    """Whether *text* consists of placeholders and white space only."""
    end = 0
    for start, stop in opaque_spans(text, syntaxes):
        if text[end:start].strip():
            return False
        end = stop
    return bool(text) and not text[end:].strip()


def pattern_fault(*syntaxes: str) -> str | None:
    """What is wrong with syntaxes: no known names, and no regular expressions that can be followed either."""
    try:
        _automaton(syntaxes)
    except PatternError as error:
        return str(error)
    return None
