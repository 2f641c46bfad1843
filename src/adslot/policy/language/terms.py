"""Terms and anchors: how a policy speaks of the things in an article.

A term names blocks or slots: a role, a group, a kind, `start`, `end`, `lead`, `css(SELECTOR)`,
`slot(NAME)`, `rule(NAME)`. An anchor names a place: `start`, `end`, `50%`, `after lead`,
`after paragraph 3`, `after paragraph 1 in section 2`, `before section 2`, `before css(nav)`, `before css(.entry) 2`.
"""

from __future__ import annotations

import re

import attrs

from adslot.errors import ExpressionError, nearest
from adslot.policy.language.html_names import name_hint
from adslot.policy.language.selectors import SelectorError, parsed
from adslot.policy.numbers import are_told, in_text
from adslot.roles import GROUPS, KINDS, Role

BLOCK_NAMES = (*(str(role) for role in Role), *GROUPS)
POINTS = ("start", "end", "lead")
NAMES = tuple(dict.fromkeys((*BLOCK_NAMES, *KINDS, *POINTS)))
# Points, and the kinds of slots that no block of a page is.
NO_BLOCKS = tuple(name for name in NAMES if name not in BLOCK_NAMES)
# What slots and rules may be called.
NAME = re.compile(r"[\w][\w.-]*")

_CALLS = ("css", "slot", "rule")
_OPEN = re.compile(r"(\w+)\(\s*")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DIGITS = re.compile(r"[-+]?[0-9]+")
_SHARE = re.compile(r"\s*([0-9]+)\s*%\s*")


class TermError(ExpressionError):
    """A term or an anchor that cannot be read."""


def _stripped(css: str | None) -> str | None:
    """A selector as it is read back: the brackets around it may have blanks inside."""
    return None if css is None else css.strip()


@attrs.frozen(cache_hash=True)
class Term:
    """Things in an article: those of a *name*, the blocks that a *css* selector matches, or the slots of a *slot* or *rule*."""

    name: str | None = None
    css: str | None = attrs.field(default=None, converter=_stripped)
    slot: str | None = None
    rule: str | None = None

    def __str__(self) -> str:
        for call, inner in (("css", self.css), ("slot", self.slot), ("rule", self.rule)):
            if inner is not None:
                return f"{call}({inner})"
        return self.name or ""


@attrs.frozen(field_transformer=are_told)
class Anchor:
    """A place: "start", "end", "at" a *percent* of the story, or "after" or "before" (*where*) a thing (*what*).

    *number* counts the things from 1, negative ones from the end; without it any of them will do.
    With *section* only the things in that headed section count, which is counted in the same way.
    """

    where: str
    what: str | None = None
    number: int | None = None
    selector: str | None = attrs.field(default=None, converter=_stripped)
    section: int | None = attrs.field(default=None, kw_only=True)
    percent: int | None = attrs.field(default=None, kw_only=True)

    @property
    def key(self) -> tuple[str, str]:
        """By what an article knows where a css anchor leads to: one with a number counts places in the story only."""
        return self.where if self.number is None else f"{self.where} nth", self.selector or ""

    def __str__(self) -> str:
        if self.percent is not None:
            return f"{in_text(self.percent)}%"
        thing = f"css({self.selector})" if self.selector is not None else self.what
        number = None if self.number is None else in_text(self.number)
        section = None if self.section is None else f"in section {in_text(self.section)}"
        return " ".join(part for part in (self.where, thing, number, section) if part is not None)


def parse_term(text: str) -> Term:
    """Read a term. Raises TermError or SelectorError, with the column of the fault.

    >>> parse_term("css(figure.big)").css
    'figure.big'
    >>> str(parse_term("slot( anzeige )"))
    'slot(anzeige)'
    """
    name = text.strip()
    start = text.find(name)
    if call := _called(text, start, _CALLS):
        kind, inner, column = call
        if kind == "css":
            return Term(css=_selector(text, inner, column))
        if not NAME.fullmatch(inner):
            raise TermError(text, column, f"the name of a {kind}", repr(inner))
        return Term(slot=inner) if kind == "slot" else Term(rule=inner)
    if name not in NAMES:
        expected = f"one of {', '.join(NAMES)}, css(…), slot(…) or rule(…)"
        raise TermError(text, start, expected, repr(name), name_hint(name, NAMES))
    return Term(name)


def parse_anchor(text: str) -> Anchor:
    """Read an anchor. Raises TermError or SelectorError, with the column of the fault.

    >>> str(parse_anchor("after  paragraph -1"))
    'after paragraph -1'
    >>> parse_anchor("50 %")
    Anchor(where='at', what=None, number=None, selector=None, section=None, percent=50)
    """
    words = list(_WORD.finditer(text))
    where = words[0][0] if words else ""
    if "0" <= where[:1] <= "9":
        return _share(text, words[0].start())
    if where in ("start", "end"):
        _expect_end(text, words[1:])
        return Anchor(where)
    if where not in ("after", "before"):
        known = ("start", "end", "after", "before")
        raise TermError(text, 0, "start, end, 50%, after … or before …", repr(where), nearest(where, known))
    end = text.rfind(")") + 1 or len(text)
    if words[1:] and (call := _called(text[:end], words[1].start(), ("css",))):
        return Anchor(where, "css", _ordinal(text, end), _selector(text, *call[1:]))
    return _counted(text, where, words[1:])


def _ordinal(text: str, start: int) -> int | None:
    """The number behind *start*, if there is one, and nothing more."""
    words = list(_WORD.finditer(text, start))
    if not words or not _DIGITS.fullmatch(words[0][0]):
        _expect_end(text, words)
        return None
    number, rest = _number(text, words)
    _expect_end(text, rest)
    return number


def _share(text: str, column: int) -> Anchor:
    """The anchor at some per cent of the story."""
    share = _SHARE.fullmatch(text)
    if share is None or len(share[1]) > 9:
        raise TermError(text, column, "a whole number of per cent, such as 50%", repr(text.strip()))
    if int(share[1]) > 100:
        raise TermError(text, column, "at most 100%", repr(text.strip()))
    return Anchor("at", percent=int(share[1]))


def _counted(text: str, where: str, words: list[re.Match[str]]) -> Anchor:
    """An anchor at the lead, at sections, or at the blocks of a role or group."""
    known = (*BLOCK_NAMES, "section", "lead")
    if not words:
        raise TermError(text, len(text.rstrip()), f"what to stand {where}: {', '.join(known)} or css(…)", "the end")
    what, rest = words[0][0], words[1:]
    if what not in known:
        expected = f"one of {', '.join(known)} or css(…)"
        raise TermError(text, words[0].start(), expected, repr(what), name_hint(what, known))
    if what == "lead" and where == "before":
        raise TermError(text, 0, "after lead", "'before lead'")
    number = section = None
    if rest and what != "lead" and rest[0][0] != "in":
        number, rest = _number(text, rest)
    if rest and what not in ("lead", "section"):
        section, rest = _in_section(text, rest)
    _expect_end(text, rest)
    return Anchor(where, what, number, section=section)


def _number(text: str, words: list[re.Match[str]]) -> tuple[int, list[re.Match[str]]]:
    """A number that *words* begin with, and the words behind it."""
    expected = "a number from 1, or from -1 back"
    if not words:
        raise TermError(text, len(text.rstrip()), expected, "the end")
    number = words[0][0]
    if not _NUMBER.fullmatch(number) or int(number) == 0:
        raise TermError(text, words[0].start(), expected, repr(number))
    return int(number), words[1:]


def _in_section(text: str, words: list[re.Match[str]]) -> tuple[int, list[re.Match[str]]]:
    """The number of a section that *words* say, and the words behind it."""
    if words[0][0] != "in":
        raise TermError(text, words[0].start(), "in section … or nothing more", repr(text[words[0].start() :]))
    if len(words) == 1:
        raise TermError(text, len(text.rstrip()), "section", "the end")
    if words[1][0] != "section":
        raise TermError(text, words[1].start(), "section", repr(words[1][0]), nearest(words[1][0], ["section"]))
    return _number(text, words[2:])


def _called(text: str, start: int, known: tuple[str, ...]) -> tuple[str, str, int] | None:
    """What stands from *start* to the end in the form WORD(INNER), if it does: the word, the inner and its column."""
    call = _OPEN.match(text, start)
    if call is None:
        return None
    end = len(text.rstrip())
    if call[1] not in known:
        expected = " or ".join(f"{each}(…)" for each in known)
        raise TermError(text, start, expected, repr(text[start:end]), nearest(call[1], known))
    inner, closed, more = text[call.end() :].rpartition(")")
    if not closed:
        raise TermError(text, end, "a closing bracket", "the end")
    if more.strip():
        column = text.find(more.strip(), len(text) - len(more))
        raise TermError(text, column, "nothing more", repr(more.strip()))
    return call[1], inner.rstrip(), call.end()


def _expect_end(text: str, words: list[re.Match[str]]) -> None:
    if words:
        raise TermError(text, words[0].start(), "nothing more", repr(text[words[0].start() :]))


def _selector(text: str, css: str, column: int) -> str:
    """The selector *css*, which stands at *column* of *text*."""
    try:
        parsed(css)
    except SelectorError as error:
        raise SelectorError(text, column + error.column, error.expected, error.found) from error
    return css
