"""Terms and anchors: how a policy speaks of the things in an article.

A term names blocks or slots: a role, a group, a kind, `start`, `end`, `lead`, `css(SELECTOR)`.
An anchor names a place: `start`, `end`, `after lead`, `after paragraph 3`, `before css(nav)`.
"""

from __future__ import annotations

import re

import attrs

from adslot.errors import ExpressionError, nearest
from adslot.roles import GROUPS, KINDS, Role
from adslot.selectors import SelectorError, to_xpath

BLOCK_NAMES = (*(str(role) for role in Role), *GROUPS)
POINTS = ("start", "end", "lead")
NAMES = tuple(dict.fromkeys((*BLOCK_NAMES, *KINDS, *POINTS)))

_CSS = re.compile(r"css\((.*)\)", re.S)
_WORD = re.compile(r"\S+")


class TermError(ExpressionError):
    """A term or an anchor that cannot be read."""


@attrs.frozen(cache_hash=True)
class Term:
    """Things in an article: those of a *name*, or the blocks that a *css* selector matches."""

    name: str | None
    css: str | None = None

    def __str__(self) -> str:
        return f"css({self.css})" if self.css is not None else self.name or ""


@attrs.frozen
class Anchor:
    """A place: "start", "end", or "after" or "before" (*where*) a thing (*what*).

    *number* counts the things from 1, negative ones from the end; without it any of them will do.
    """

    where: str
    what: str | None = None
    number: int | None = None
    selector: str | None = None

    def __str__(self) -> str:
        thing = f"css({self.selector})" if self.selector is not None else self.what
        return " ".join(str(part) for part in (self.where, thing, self.number) if part is not None)


def parse_term(text: str) -> Term:
    """Read a term. Raises TermError or SelectorError, with the column of the fault.

    >>> parse_term("css(figure.big)")
    Term(name=None, css='figure.big')
    """
    name = text.strip()
    if css := _CSS.fullmatch(name):
        return Term(None, _selector(text, css[1], text.find(name) + css.start(1)))
    if name not in NAMES:
        raise TermError(text, text.find(name), f"one of {', '.join(NAMES)} or css(…)", repr(name), nearest(name, NAMES))
    return Term(name)


def parse_anchor(text: str) -> Anchor:
    """Read an anchor. Raises TermError or SelectorError, with the column of the fault.

    >>> str(parse_anchor("after  paragraph -1"))
    'after paragraph -1'
    """
    words = list(_WORD.finditer(text))
    where = words[0][0] if words else ""
    if where in ("start", "end"):
        _expect_end(text, words[1:])
        return Anchor(where)
    if where not in ("after", "before"):
        known = ("start", "end", "after", "before")
        raise TermError(text, 0, "start, end, after … or before …", repr(where), nearest(where, known))
    rest = text[words[0].end() :].strip()
    if css := _CSS.fullmatch(rest):
        return Anchor(where, "css", None, _selector(text, css[1], words[1].start() + css.start(1)))
    return _counted(text, where, words[1:])


def _counted(text: str, where: str, words: list[re.Match[str]]) -> Anchor:
    """An anchor at the blocks of a role or group, or at the lead."""
    known = (*BLOCK_NAMES, "lead")
    if not words:
        raise TermError(text, len(text.rstrip()), f"what to stand {where}: {', '.join(known)} or css(…)", "the end")
    what = words[0][0]
    if what not in known:
        raise TermError(
            text, words[0].start(), f"one of {', '.join(known)} or css(…)", repr(what), nearest(what, known)
        )
    if what == "lead" and where == "before":
        raise TermError(text, 0, "after lead", "'before lead'")
    if what == "lead" or len(words) == 1:
        _expect_end(text, words[1:])
        return Anchor(where, what)
    number = words[1][0]
    if not re.fullmatch(r"-?[0-9]{1,9}", number) or int(number) == 0:
        raise TermError(text, words[1].start(), "a number from 1, or from -1 back", repr(number))
    _expect_end(text, words[2:])
    return Anchor(where, what, int(number))


def _expect_end(text: str, words: list[re.Match[str]]) -> None:
    if words:
        raise TermError(text, words[0].start(), "nothing more", repr(text[words[0].start() :]))


def _selector(text: str, css: str, column: int) -> str:
    """The selector *css*, which stands at *column* of *text*."""
    try:
        to_xpath(css.strip())
    except SelectorError as error:
        column += len(css) - len(css.lstrip()) + error.column
        raise SelectorError(text, column, error.expected, error.found) from error
    return css.strip()
