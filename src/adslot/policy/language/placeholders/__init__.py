"""Template placeholders that must never be cut: where they lie, and what text is nothing else.

However a page is written, finding them takes time that is linear in it: no expression goes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from adslot.patterns import pattern

if TYPE_CHECKING:
    from adslot.policy.language.placeholders.automaton import Automaton

SYNTAXES = {
    "jinja": r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}",
    "php": r"<\?(?:php\b|=)(?:[^?]|\?(?!>))*(?:\?>)?",
    "shortcode": r"\[/?[a-zA-Z][\w-]*(?:[ \t\n][^\]\[]*)?/?\]",
}
_SHORTCODE = pattern(r"\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:[ \t\n][^\]\[]*)?\]")


@lru_cache(maxsize=16)  # each grows to a quarter of a megabyte at most, whatever the length of its expressions
def _automaton(syntaxes: Sequence[str]) -> Automaton:
    """What finds *syntaxes*: names of `SYNTAXES` or regular expressions."""
    from adslot.policy.language.placeholders.automaton import Automaton  # noqa: PLC0415  # few policies name any

    return Automaton([SYNTAXES.get(syntax, syntax) for syntax in syntaxes])


def opaque_spans(text: str, syntaxes: Sequence[str]) -> Sequence[tuple[int, int]]:
    """The spans of *text* that must not be cut, in order: placeholders, and from a shortcode to the one that ends it.

    >>> opaque_spans("a {{ b }} {{ c", ["jinja"])
    [(2, 9)]
    >>> opaque_spans("[box] a [b] c [/box] d [e]", ["shortcode"])
    [(0, 20), (23, 26)]
    """
    found = _placeholders(text, syntaxes)
    return _merged([*found, *_enclosed(text, found)]) if "shortcode" in syntaxes else found


def _placeholders(text: str, syntaxes: Sequence[str]) -> list[tuple[int, int]]:
    return list(_automaton(tuple(syntaxes)).spans(text)) if syntaxes else []


def _enclosed(text: str, placeholders: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What stands between two shortcodes `[x]` and `[/x]`, these included: the nearest ones of a name belong together.

    `[x /]` encloses nothing, nor does `[[x]]`, which a page shows as it is.
    """
    found, begun = list[tuple[int, int]](), dict[str, list[int]]()
    for start, stop in placeholders:
        code = _SHORTCODE.fullmatch(text, start, stop)
        is_quoted = text[start - 1 : start] == "[" and text[stop : stop + 1] == "]"
        if code is None or text[stop - 2] == "/" or is_quoted:
            continue
        if not code["end"]:
            begun.setdefault(code["name"], []).append(start)
        elif begun.get(code["name"]):
            found.append((begun[code["name"]].pop(), stop))
    return found


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """*spans* in order, those that overlap as one."""
    found = list[tuple[int, int]]()
    for start, stop in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def is_placeholder(text: str, syntaxes: Sequence[str]) -> bool:
    """Whether *text* consists of placeholders and white space only."""
    end = 0
    for start, stop in _placeholders(text, syntaxes):
        if text[end:start].strip():
            return False
        end = stop
    return bool(text) and not text[end:].strip()


def pattern_fault(*syntaxes: str) -> str | None:
    """What is wrong with syntaxes: no known names, and no regular expressions that can be followed either."""
    from adslot.policy.language.placeholders.program import PatternError  # noqa: PLC0415  # see `_automaton`

    try:
        _automaton(syntaxes)
    except PatternError as error:
        return str(error)
    return None
