"""Where in a TOML or JSON text a value stands: the standard library's readers do not say.

The text has been read before, so that nothing in it has to be doubted.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left
from contextlib import suppress

from adslot.errors import KeyPath
from adslot.kept import lazy
from adslot.patterns import pattern

_STRING = pattern(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\])*"|' + r"'[^']*'",
    re.S,
)
_SPACE = pattern(r"(?:[ \t\r\n]|#[^\n]*)*")
# A date may have a blank before its time.
_BARE = pattern(r"[^\s,\]}#]+(?: [0-9][^\s,\]}#]*)?")
_LINE_END = pattern(r"\n")
_BARE_KEY = pattern(r"""[^\s.=:\[\]"']+""")


def line_of(text: str, number: int) -> str:
    """The line of this *number*, from 1, as a policy's problem shows it; empty where there is none."""
    lines = text.split("\n", number)
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


class Positions:
    """The places in a *text* of what a path such as `("rules", 2, "at", 0)` leads to."""

    def __init__(self, text: str) -> None:
        self.text = text

    @lazy
    def _scanned(self) -> _Scanner:
        scanner = _Scanner(self.text)
        with suppress(RecursionError):  # what was found so far will do
            scanner.scan()
        return scanner

    def of(self, path: KeyPath, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at *path*, or of its *key*; else of what is nearest around it.

        >>> places = Positions("[[rules]]\\nname = 'a'\\nat = ['end', 'start']\\n")
        >>> places.of(("rules", 0)), places.of(("rules", 0, "at", 1)), places.of(("rules", 0, "at"), key=True)
        ((1, 1), (3, 14), (3, 1))
        """
        return self._line_and_column(self._offset(path, key=key))

    def inside(self, path: KeyPath, source: str, column: int) -> tuple[int, int]:
        """Line and column of what is at *column* of the text *source*, which is the value at *path* or one of its list."""
        values = self._scanned.values
        for each in (*([path] if path in values else ()), *self._inside.get(path, ())):
            start = values[each]
            quote = self.text[start]
            if self.text.startswith(f"{quote}{source}{quote}", start):
                return self._line_and_column(start + 1 + column)
        return self.of(path)

    @lazy
    def _inside(self) -> dict[KeyPath, list[KeyPath]]:
        """The paths of the values in each list, at any depth, in order."""
        found: dict[KeyPath, list[KeyPath]] = {}
        for path in self._scanned.values:
            for depth, key in enumerate(path):
                if isinstance(key, int):
                    found.setdefault(path[:depth], []).append(path)
        return found

    def _offset(self, path: KeyPath, *, key: bool) -> int:
        if key and path in self._scanned.keys:
            return self._scanned.keys[path]
        while path:
            if path in self._scanned.values:
                return self._scanned.values[path]
            path = path[:-1]
        return 0

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_left(self._ends, offset)
        return line + 1, offset - (self._ends[line - 1] if line else -1)

    @lazy
    def _ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.text)]


class _Scanner:
    """Notes the offsets of *keys* and *values* by path."""

    def __init__(self, text: str) -> None:
        self.text, self._at = text, 0
        self.keys: dict[KeyPath, int] = {}
        self.values: dict[KeyPath, int] = {}
        self._last: dict[KeyPath, int] = {}  # the last index in each array of tables

    def scan(self) -> None:
        table: KeyPath = ()
        while self._skip() < len(self.text):
            if self.text[self._at] == "[":
                table = self._header()
            elif self.text[self._at] == "{":  # all of a JSON text
                self._value(())
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        start, brackets = self._at, 2 if self.text.startswith("[[", self._at) else 1
        self._at += brackets
        *above, name = self._key()
        self._at += brackets
        path: KeyPath = ()
        for part in above:
            path = (*path, part)
            self._note(path, start, start)
            path = (*path, self._last[path]) if path in self._last else path
        path = (*path, name)
        self._note(path, start, start)
        if brackets == 2:
            self._last[path] = self._last.get(path, -1) + 1
            path = (*path, self._last[path])
            self._note(path, start, start)
        return path

    def _pair(self, path: KeyPath) -> None:
        start, names = self._at, self._key()
        self._at += 1
        self._skip()
        for name in names:
            path = (*path, name)
            self._note(path, start, self._at)
        self._value(path)

    def _key(self) -> list[str]:
        """The names of a dotted key; what follows it is next."""
        names = []
        while True:
            self._skip()
            token = _STRING.match(self.text, self._at) or _BARE_KEY.match(self.text, self._at)
            names.append(_plain(token[0]) if token else "")
            self._at = token.end() if token else self._at + 1
            if self._skip() == len(self.text) or self.text[self._at] != ".":
                return names
            self._at += 1

    def _value(self, path: KeyPath) -> None:
        self._note(path, self._at, self._at)
        opening = self.text[self._at]
        if opening not in "[{":
            token = _STRING.match(self.text, self._at) or _BARE.match(self.text, self._at)
            self._at = token.end() if token else self._at + 1
            return
        self._at += 1
        index = 0
        while self._skip() < len(self.text) and self.text[self._at] not in "]}":
            if self.text[self._at] == ",":
                self._at += 1
            elif opening == "[":
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
        self._at += 1

    def _skip(self) -> int:
        space = _SPACE.match(self.text, self._at)
        self._at = space.end() if space else self._at
        return self._at

    def _note(self, path: KeyPath, key: int, value: int) -> None:
        self.keys.setdefault(path, key)
        self.values.setdefault(path, value)


def _plain(token: str) -> str:
    """A key as it is meant."""
    if token[0] not in "\"'":
        return token
    try:
        return str(tomllib.loads(f"key = {token}")["key"])
    except tomllib.TOMLDecodeError:  # an escape that only JSON has
        return str(json.loads(token))
