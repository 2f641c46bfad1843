"""Anchors: how a rule says where its slots shall stand.

An anchor names a place, `start`, `end`, `50%`, `33% of paragraphs`, `after lead`, `after paragraph 3`,
`after paragraph 1 in section 2`, `before section 2`, `before css(nav)`, `before css(.entry) 2`; or many,
`after paragraph`, `after every 3 paragraphs`, `after every 4 figures from 2`.
"""

from __future__ import annotations

import re

import attrs

from adslot.errors import nearest
from adslot.patterns import pattern
from adslot.policy.language.distance import PLAIN_UNITS
from adslot.policy.language.html_names import name_hint
from adslot.policy.language.terms import BLOCK_NAMES, stripped
from adslot.policy.language.words import TermError, Words, called, expect_end, number, selector, words_of
from adslot.policy.numbers import are_told, in_text
from adslot.roles import GROUPS

# What anchors count, and how several are called: a group is of several, and has the name that some others would have.
COUNTED = (*BLOCK_NAMES, "section")
_PLURALS = {name: f"{name}es" if name.endswith("x") else f"{name}s" for name in COUNTED if name not in GROUPS}
_PLURALS |= {name: name for name in COUNTED if _PLURALS.get(name, name) in GROUPS or name in GROUPS}
SINGULARS = {many: one for one, many in _PLURALS.items()}
# What a story can be shared out by.
SHARED = tuple(unit for unit in PLAIN_UNITS if unit != "%")

# English numbers that people write for figures; they are read nowhere.
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_DIGITS = pattern(r"[-+]?[0-9]+")
_SHARE = pattern(r"\s*([0-9]+)\s*%(?:\s+of\s+(\S+))?\s*")


@attrs.frozen(field_transformer=are_told)
class Anchor:
    """A place: "start", "end", "at" a *percent* of the story, or "after" or "before" (*where*) a thing (*what*).

    *number* counts the things from 1, negative ones from the end; without it any of them will do. With *every*
    every nth will do, counted from the *number*, if there is one.
    With *section* only the things in that headed section count, which is counted in the same way. A share is one
    of the story's chars, or of another *unit*.
    """

    where: str
    what: str | None = None
    number: int | None = None
    selector: str | None = attrs.field(default=None, converter=stripped)
    section: int | None = attrs.field(default=None, kw_only=True)
    percent: int | None = attrs.field(default=None, kw_only=True)
    unit: str | None = attrs.field(default=None, kw_only=True)
    every: int | None = attrs.field(default=None, kw_only=True)

    @property
    def key(self) -> tuple[str, str]:
        """By what an article knows where a css anchor leads to: one that counts has places in the story only."""
        counts = self.number is not None or self.every is not None
        return f"{self.where} nth" if counts else self.where, self.selector or ""

    @property
    def is_single(self) -> bool:
        """Whether it names one place, and so has one slot at the most."""
        is_point = self.what in (None, "lead") or self.number is not None
        return is_point and self.every is None

    def __str__(self) -> str:
        if self.percent is not None:
            return f"{in_text(self.percent)}%" + (f" of {self.unit}" if self.unit is not None else "")
        section = None if self.section is None else f"in section {in_text(self.section)}"
        return " ".join(part for part in (self.where, *self._counted(), section) if part is not None)

    def _counted(self) -> tuple[str | None, ...]:
        """What it counts, and how."""
        thing = f"css({self.selector})" if self.selector is not None else self.what
        first = None if self.number is None else in_text(self.number)
        if self.every is None:
            return thing, first
        thing = _PLURALS.get(thing or "", thing)
        return f"every {in_text(self.every)}", thing, None if first is None else f"from {first}"


def parse_anchor(text: str) -> Anchor:
    """Read an anchor. Raises TermError or SelectorError, with the column of the fault.

    >>> str(parse_anchor("after  paragraph -1"))
    'after paragraph -1'
    >>> str(parse_anchor("after every 4 figure from 2"))
    'after every 4 figures from 2'
    >>> str(parse_anchor("50 %")), str(parse_anchor("33 % of paragraphs"))
    ('50%', '33% of paragraphs')
    """
    words = words_of(text)
    where = words[0][0] if words else ""
    if "0" <= where[:1] <= "9":
        return _share(text, words[0].start())
    if where in ("start", "end"):
        expect_end(text, words[1:])
        return Anchor(where)
    if where not in ("after", "before"):
        hint = "after every …" if where == "every" else nearest(where, ("start", "end", "after", "before"))
        raise TermError(text, 0, "start, end, 50%, after … or before …", repr(where), hint)
    if words[1:] and words[1][0] == "every":
        return _every(text, where, words[2:])
    end = text.rfind(")") + 1 or len(text)
    if words[1:] and (call := called(text, words[1].start(), ("css",), end)):
        return Anchor(where, "css", _ordinal(text, end), selector(text, *call[1:]))
    return _counted(text, where, words[1:])


def _ordinal(text: str, start: int) -> int | None:
    """The number behind *start*, if there is one, and nothing more."""
    words = words_of(text, start)
    if not words or not _DIGITS.fullmatch(words[0][0]):
        expect_end(text, words)
        return None
    found, rest = number(text, words)
    expect_end(text, rest)
    return found


def _share(text: str, column: int) -> Anchor:
    """The anchor at some per cent of the story."""
    share = _SHARE.fullmatch(text)
    if share is None or len(share[1]) > 9:
        expected = "a whole number of per cent, such as 50% or 33% of paragraphs"
        raise TermError(text, column, expected, repr(text.strip()))
    if int(share[1]) > 100:
        raise TermError(text, column, "at most 100%", repr(text.strip()))
    unit = share[2]
    if unit is not None and unit not in SHARED:
        raise TermError(text, share.start(2), f"one of {', '.join(SHARED)}", repr(unit), nearest(unit, SHARED))
    return Anchor("at", percent=int(share[1]), unit=None if unit == "chars" else unit)


def _every(text: str, where: str, words: Words) -> Anchor:
    """An anchor at every nth thing."""
    every, words = _positive(text, words)
    expected = f"what to count: {', '.join(SINGULARS)} or css(…)"
    if not words:
        raise TermError(text, len(text.rstrip()), expected, "the end")
    end = text.rfind(")") + 1 or len(text)
    if call := called(text, words[0].start(), ("css",), end):
        first = _from(text, words_of(text, end))[0]
        return Anchor(where, "css", first, selector(text, *call[1:]), every=every)
    what = SINGULARS.get(words[0][0], words[0][0])
    if what not in COUNTED:
        raise TermError(text, words[0].start(), expected, repr(words[0][0]), name_hint(words[0][0], tuple(SINGULARS)))
    first, words = _from(text, words[1:], more=what != "section")
    section, words = _in_section(text, words) if words else (None, words)
    expect_end(text, words)
    return Anchor(where, what, first, section=section, every=every)


def _positive(text: str, words: Words) -> tuple[int, Words]:
    expected = "a number from 1"
    found, rest = number(text, words, expected)
    if found < 0:
        raise TermError(text, words[0].start(), expected, repr(words[0][0]))
    return found, rest


def _from(text: str, words: Words, *, more: bool = False) -> tuple[int | None, Words]:
    """The number behind a "from", if there is one, and the words behind it, if there may be *more*."""
    first = None
    if words and words[0][0] == "from":
        first, words = _positive(text, words[1:])
    if not more:
        expect_end(text, words)
    return first, words


def _counted(text: str, where: str, words: Words) -> Anchor:
    """An anchor at the lead, at sections, or at the blocks of a role or group."""
    known = (*COUNTED, "lead")
    if not words:
        raise TermError(text, len(text.rstrip()), f"what to stand {where}: {', '.join(known)} or css(…)", "the end")
    what, rest = words[0][0], words[1:]
    if what not in known:
        expected = f"one of {', '.join(known)} or css(…)"
        hint = f"{where} every {what} …" if what.isdecimal() else _meant(where, words, known)
        raise TermError(text, words[0].start(), expected, repr(what), hint)
    if what == "lead" and where == "before":
        raise TermError(text, 0, "after lead", "'before lead'")
    which = section = None
    if rest and what != "lead" and rest[0][0] != "in":
        which, rest = number(text, rest)
    if rest and what not in ("lead", "section"):
        section, rest = _in_section(text, rest)
    expect_end(text, rest)
    return Anchor(where, what, which, section=section)


def _meant(where: str, words: Words, known: tuple[str, ...]) -> str | None:
    """What was meant by a thing that there is none of: `after the lead`, `after third paragraph`, or a name with a typo."""
    what, thing = words[0][0], words[1][0] if words[1:] else ""
    if thing not in known:
        return name_hint(what, known)
    digits = re.fullmatch(r"([0-9]{1,3})(?:\.|st|nd|rd|th)", what)
    which = digits[1] if digits else _ORDINALS.get(what.lower())
    return f"{where} {thing}" if which is None else f"{where} {thing} {which}"


def _in_section(text: str, words: Words) -> tuple[int, Words]:
    """The number of a section that *words* say, and the words behind it."""
    if words[0][0] != "in":
        raise TermError(text, words[0].start(), "in section … or nothing more", repr(text[words[0].start() :]))
    if len(words) == 1:
        raise TermError(text, len(text.rstrip()), "section", "the end")
    if words[1][0] != "section":
        raise TermError(text, words[1].start(), "section", repr(words[1][0]), nearest(words[1][0], ["section"]))
    return number(text, words[2:])
