"""Regular expressions that are compiled when they are first asked: most pages ask few of those that there are."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")

_waiting: list[_Late] = []


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The regular expression in *text*, as `re.compile` makes it, but not before it is used.

    A process that fills one page, as the command line does, would else spend most of its time on expressions that
    the page does not need. `compile_all` is for those that fill many.

    >>> word = pattern("[a-z]+")
    >>> word.findall("eins, zwei")
    ['eins', 'zwei']
    """
    late = _Late(text, flags)
    _waiting.append(late)
    return cast("re.Pattern[AnyStr]", late)


def compile_all() -> None:
    """Compile all that are known and wait for their first use, so that no page waits for them."""
    with suppress(IndexError):  # another thread may take the last one
        while _waiting:
            _waiting.pop().compile()


class _Late:
    """A regular expression that becomes one when something of it is asked. Its methods are those of `re`, kept as they are.

    Two threads that ask at once both compile it, and get the same.
    """

    __slots__ = ("_flags", "_text", *_METHODS)

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compile(), name)

    def __reduce__(self) -> tuple[object, ...]:
        return pattern, (self._text, self._flags)

    def compile(self) -> re.Pattern[Any]:
        """The compiled expression; from now on its methods are these."""
        compiled = re.compile(self._text, self._flags)
        for name in _METHODS:
            setattr(self, name, getattr(compiled, name))
        return compiled
