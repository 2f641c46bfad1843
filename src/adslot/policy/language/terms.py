"""Terms: how a policy names things in an article.

A term names blocks or slots: a role, a group, a kind, `start`, `end`, `lead`, `css(SELECTOR)`,
`slot(NAME)`, `rule(NAME)`; or with `not(TERM, …)` all blocks that none of these terms names.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from adslot.patterns import pattern
from adslot.policy.language.html_names import name_hint
from adslot.policy.language.words import TermError, called, listed, selector
from adslot.roles import GROUPS, KINDS, Role

BLOCK_NAMES = (*(str(role) for role in Role), *GROUPS)
POINTS = ("start", "end", "lead")
NAMES = tuple(dict.fromkeys((*BLOCK_NAMES, *KINDS, *POINTS)))
# Points, and the kinds of slots that no block of a page is.
NO_BLOCKS = tuple(name for name in NAMES if name not in BLOCK_NAMES)
# What slots and rules may be called.
NAME = pattern(r"[\w][\w.-]*")

_CALLS = ("css", "slot", "rule", "not")


def stripped(css: str | None) -> str | None:
    """A selector as it is read back: the brackets around it may have blanks inside."""
    return None if css is None else css.strip()


@attrs.frozen(cache_hash=True)
class Term:
    """Things in an article: those of a *name*, the blocks that a *css* selector matches, or the slots of a *slot* or *rule*.

    Or all blocks *but* those that other terms name.
    """

    name: str | None = None
    css: str | None = attrs.field(default=None, converter=stripped)
    slot: str | None = None
    rule: str | None = None
    but: tuple[Term, ...] = attrs.field(default=(), kw_only=True)

    def __str__(self) -> str:
        for call, inner in (("css", self.css), ("slot", self.slot), ("rule", self.rule)):
            if inner is not None:
                return f"{call}({inner})"
        return f"not({', '.join(map(str, self.but))})" if self.but else self.name or ""

    @property
    def selectors(self) -> Iterator[str]:
        """The selectors that decide what it names."""
        if self.css is not None:
            yield self.css
        for term in self.but:
            yield from term.selectors


def parse_term(text: str) -> Term:
    """Read a term. Raises TermError or SelectorError, with the column of the fault.

    >>> parse_term("css(figure.big)").css
    'figure.big'
    >>> str(parse_term("slot( anzeige )"))
    'slot(anzeige)'
    >>> str(parse_term("not( list,css(p.note) )"))
    'not(list, css(p.note))'
    """
    return _term(text, 0, len(text), _CALLS)


def _term(text: str, start: int, end: int, calls: tuple[str, ...]) -> Term:
    """The term between two columns of *text*, which may be one of these *calls*."""
    name = text[start:end].strip()
    start = text.find(name, start)
    if call := called(text, start, calls, start + len(name)):
        return _of_call(text, *call)
    if name not in (known := NAMES if "not" in calls else BLOCK_NAMES):
        expected = f"one of {', '.join((*known, *(f'{each}(…)' for each in calls[:-1])))} or {calls[-1]}(…)"
        raise TermError(text, start, expected, repr(name), name_hint(name, known))
    return Term(name)


def _of_call(text: str, kind: str, inner: str, column: int) -> Term:
    if kind == "css":
        return Term(css=selector(text, inner, column))
    if kind == "not":
        parts = listed(text, column, column + len(inner))
        return Term(but=tuple(_term(text, start, start + len(part), ("css",)) for part, start in parts))
    if not NAME.fullmatch(inner):
        raise TermError(text, column, f"the name of a {kind}", repr(inner))
    return Term(slot=inner) if kind == "slot" else Term(rule=inner)
