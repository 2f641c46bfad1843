"""Errors: data first; only `__str__` writes prose.

Every error of adslot is an `AdslotError`. A wrong policy raises one `PolicyError` that carries all
its problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

import attrs

# Leads to a value: the names and the numbers of what it stands in, from the outside in.
KeyPath = tuple[str | int, ...]
# A key beside another one, or a path in which None stands for any name or number.
Need = str | tuple[str | int | None, ...]
# So many characters of a wrong value are shown.
_FOUND = 80
# And so many of a line that has something wrong in it.
_SHOWN = 100


class AdslotError(Exception):
    """The base of all errors that adslot raises."""


class ExpressionError(AdslotError, ValueError):
    """A distance, an anchor, a term or a selector that cannot be read.

    *column* counts code points of *text* from 0.
    """

    def __init__(self, text: str, column: int, expected: str, found: str, hint: str | None = None) -> None:
        super().__init__(text, column, expected, found, hint)
        self.text, self.column, self.expected, self.found, self.hint = text, column, expected, found, hint

    def __str__(self) -> str:
        return f"expected {self.expected}, found {self.found}{_suggestion(self.hint)}\n{caret(self.text, self.column)}"


def _keys(given: KeyPath | str) -> KeyPath:
    return (given,) if isinstance(given, str) else given


@attrs.frozen
class Problem:
    """One thing that is wrong with a policy, or with a file of related articles.

    *keys* lead to it (`("rules", 2, "apart")`; a text is a single one), and *path* is the same as a text
    (`rules[2].apart`). *line* and *column* count from 1 in *file*. *source* is the faulty expression, *caret* the
    column of the fault in it, from 0. *at_key* says that the key is wrong, not its value. *excerpt* is the line of the
    file; of two that are alike *first* leads to the other one, in *first_line*. Where one of *needs* could not be read,
    a key beside this one or a path in which None is any name, the problem follows from that, and is not reported.
    """

    keys: KeyPath = attrs.field(converter=_keys)
    expected: str
    found: str
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    source: str | None = None
    caret: int | None = None
    at_key: bool = attrs.field(default=False, repr=False, eq=False)
    excerpt: str | None = attrs.field(default=None, repr=False, eq=False)
    first: KeyPath | None = attrs.field(default=None, repr=False, eq=False)
    first_line: int | None = attrs.field(default=None, repr=False, eq=False)
    needs: tuple[Need, ...] = attrs.field(default=(), repr=False, eq=False)

    @property
    def path(self) -> str:
        """The keys as a text."""
        return path_of(self.keys)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        where = ": ".join(filter(None, (place, self.path)))
        told = f"{where}{': ' if where else ''}expected {self.expected}, found {self.found}{_suggestion(self.hint)}"
        if self.first is not None:
            there = path_of(self.first) if self.first_line is None else f"line {self.first_line}"
            told = f"{told}; the first is in {there}" if self.first_line else f"{told}; the first is {there}"
        if self.excerpt and self.excerpt.strip() and self.column is not None:
            return f"{told}\n{caret(self.excerpt, self.column - 1)}"
        return told if self.source is None else f"{told}\n{caret(self.source, self.caret or 0)}"


class ProblemsError(AdslotError, ValueError):
    """The base of errors that tell of everything that is wrong at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class PolicyError(ProblemsError):
    """A wrong policy; `.problems` has everything that is wrong with it, in order."""


class ContextError(ProblemsError):
    """A context that is not as the policy declares in `[context]`; `.problems` has everything that is wrong with it."""


class RelatedError(ProblemsError):
    """Related articles that cannot be read; `.problems` has everything that is wrong with them, in order."""


class MissingExtraError(AdslotError, ImportError):
    """A package is missing that only some need; *extra* is what installs it with adslot."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(extra, purpose)
        self.extra, self.purpose = extra, purpose

    def __str__(self) -> str:
        return f"{self.purpose} need the extra {self.extra!r}: pip install 'adslot[{self.extra}]'"


def wrong_type(name: str, expected: str, found: object, hint: str = "") -> TypeError:
    """The error for an argument that is no such thing.

    >>> wrong_type("html", "a text or bytes", None)
    TypeError('html: expected a text or bytes, found None')
    """
    try:
        shown = repr(found)
    except ValueError:  # a number of thousands of digits
        shown = f"{type(found).__name__}(…)"
    shown = shown if len(shown) <= _FOUND else f"{shown[:_FOUND]}…"
    return TypeError(f"{name}: expected {expected}, found {shown}{f' ({hint})' if hint else ''}")


def path_of(keys: KeyPath) -> str:
    """*keys* as a text for readers. It cannot be taken apart again, as names may have dots and brackets in them.

    >>> path_of(("rules", 2, "apart"))
    'rules[2].apart'
    """
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def caret(text: str, column: int) -> str:
    """*text*, and a caret under its *column*, indented."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    start = max(0, column - _SHOWN // 2) if len(line) > _SHOWN else 0
    line, column = line[start : start + _SHOWN].rstrip(), column - start
    wide = sum(east_asian_width(sign) in "WF" for sign in line[:column])
    return f"    {line}\n    {' ' * (column + wide)}^"


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that *name* was probably meant to be.

    >>> nearest("from_strat", ["from_start", "from_end"])
    'from_start'
    """
    from difflib import get_close_matches  # noqa: PLC0415  # only where something is wrong

    return next(iter(get_close_matches(name, known, n=1, cutoff=0.6)), None)


def _suggestion(hint: str | None) -> str:
    return f" (did you mean {hint!r}?)" if hint else ""
