"""What is wrong with a text that is no TOML, in plain words: what was expected there, what stands there, and what was perhaps meant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping

import attrs

from adslot.patterns import pattern

_PLACE = pattern(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.S)
_PAIR = pattern(r"\s*([^=\[\]{}#]+?)\s*=\s*(.*)")
_TOKEN = pattern(r"[^\s,\]}#]+")
_INLINE = pattern(r"Duplicate inline table key '(.*)'", re.S)
_NAME = pattern(r"[A-Za-z0-9_-]+")
_WORDS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_VALUE = "a text in quotes, a number, true, false or a list"
_QUOTES = "“”„‟‘’«»"


@attrs.frozen
class Fault:
    """What was *expected*, what was *found* at a *line* and *column*, and what was perhaps meant."""

    expected: str
    found: str
    line: int
    column: int
    hint: str | None = None


@attrs.frozen
class _Place:
    """A place in a text: its *line* with the text *after* the column, and all *lines*, of which this has a *number*."""

    lines: list[str]
    number: int
    column: int
    message: str

    @property
    def line(self) -> str:
        return self.lines[self.number - 1] if self.number <= len(self.lines) else ""

    @property
    def after(self) -> str:
        return self.line[self.column - 1 :].strip()

    @property
    def found(self) -> str:
        """What stands there."""
        token = _TOKEN.match(self.after)
        return repr(token[0] if token else self.after) if self.after else "the end of the line"


_Words = Callable[[_Place], tuple[str, str, str | None]]


def fault_of(error: tomllib.TOMLDecodeError, text: str) -> Fault:
    """What a TOML reader complains of in *text*."""
    match = _PLACE.fullmatch(str(error))
    lines = text.split("\n")  # TOML knows no other line ends
    end = (len(lines), len(lines[-1]) + 1)
    line, column = (int(match[2]), int(match[3])) if match and match[2] else end
    message = match[1] if match else str(error)
    place = _Place(lines, line, column, message)
    for beginning, words in _FAULTS.items():
        if message.startswith(beginning):
            expected, found, hint = words(place)
            return Fault(expected, found, line, column, hint)
    return Fault("TOML", message[:1].lower() + message[1:], line, column)


# ------------------------------------------------------------------------------------------- words


def _value(place: _Place) -> tuple[str, str, str | None]:
    token = _TOKEN.match(place.after)
    if token is None or place.after[0] in ",#":
        return f"a value: {_VALUE}", "none", None
    if token[0][0] in _QUOTES:
        return 'straight quotes: "', repr(token[0][0]), None
    if token[0] in {"null", "None", "nil"}:
        return f"a value: {_VALUE}; a key without one is left out", repr(token[0]), None
    word = _WORDS.get(token[0].lower(), token[0].lower())
    whole = _whole(place)
    return f"a value: {_VALUE}", repr(token[0]), word if word in {"true", "false"} else f'"{whole or token[0]}"'


def _whole(place: _Place) -> str:
    """The value of the line, where it was perhaps meant to be one text."""
    pair = _PAIR.fullmatch(place.line)
    value = pair[2].partition(" #")[0].rstrip(" ,;") if pair else ""
    return "" if any(sign in value for sign in "\"'[]{}") else value


def _line_end(place: _Place) -> tuple[str, str, str | None]:
    value, hint = _whole(place), None
    if value.isdecimal():
        hint = str(int(value))
    elif value:
        hint = f'"{value}"'
    expected = "nothing more behind a value"
    return (
        expected if hint else f"{expected}; a text with quotes in it stands in quotes of the other kind",
        place.found,
        hint,
    )


def _equals(place: _Place) -> tuple[str, str, str | None]:
    hint = "=" if place.after.startswith(":") else None
    return "'=' between a key and its value, and a key without blanks", place.found, hint


def _header(place: _Place) -> tuple[str, str, str | None]:
    brackets = "]]" if place.line.lstrip().startswith("[[") else "]"
    name = place.line.strip("[] ").split(".")
    wrong = [part for part in name if not _NAME.fullmatch(part) and part and part.isprintable() and '"' not in part]
    if place.after and wrong:
        quoted = ".".join(f'"{part}"' if part in wrong else part for part in name)
        return "quotes around a name with other letters than a to z", repr(wrong[0]), f"[{quoted}]"
    return f"{brackets!r} at the end of a header", place.found, None


def _again(place: _Place) -> tuple[str, str, str | None]:
    """A key or a table that is there already."""
    if inline := _INLINE.fullmatch(place.message):
        return "each key once", f"{inline[1]!r} again", None
    header = place.line.strip()
    name = header if header.startswith("[") else (_PAIR.match(place.line) or ["", header])[1]
    first = _first(place, name)
    told = f"{name!r} again" + (f"; the first is in line {first}" if first else "")
    return "each key and each table once", told, None


def _first(place: _Place, name: str) -> int | None:
    """The line of the first thing of a *name*: of a header anywhere above, of a key in the same table."""
    plain = name.strip("[] ")
    for number in range(place.number - 1, 0, -1):
        line = place.lines[number - 1].strip()
        if line.startswith("["):
            if name.startswith("[") and line.strip("[] ") == plain:
                return number
            if not name.startswith("["):
                return None
        elif not name.startswith("[") and (pair := _PAIR.match(line)) and pair[1] == name:
            return number
    return None


def _sign(place: _Place) -> tuple[str, str, str | None]:
    """A control character in a text; the end of the line is the commonest."""
    if place.column > len(place.line):
        return "the quotes that end a text, in the same line", "the end of the line", None
    return "a text without control characters", repr(place.line[place.column - 1]), None


def _key(place: _Place) -> tuple[str, str, str | None]:
    if place.after.startswith("}"):
        return "a key, or no comma before the '}'", "'}'", None
    if not place.after:
        return "a table in braces in one line", "the end of the line", None
    return "a key", place.found, None


def _statement(place: _Place) -> tuple[str, str, str | None]:
    if place.after.startswith("//"):
        return "a key, a [table] or a comment", "'//'", "#"
    if place.after.startswith("{"):
        return "a key, a [table] or a comment; JSON stands in a file whose name ends in .json", "'{'", None
    if place.after.startswith("<"):
        return "a key, a [table] or a comment; a page is no policy", place.found, None
    return "a key, a [table] or a comment", place.found, None


def _expecting(expected: str) -> _Words:
    return lambda place: (expected, place.found, None)


_FAULTS: Mapping[str, _Words] = {
    "Invalid value": _value,
    "Expected newline or end of document": _line_end,
    "Expected '='": _equals,
    "Expected ']": _header,
    "Cannot ": _again,
    "Duplicate inline table key": _again,
    "Illegal character": _sign,
    "Invalid initial character for a key part": _key,
    "Invalid statement": _statement,
    "Unclosed array": _expecting("',' between two values of a list, or ']' at its end"),
    "Unclosed inline table": _expecting("'}' at the end of a table in braces, in the same line"),
    "Unescaped '\\'": _expecting(r"'\\' for a backslash, or a text in single quotes, which take it as it is"),
    "Unterminated string": _expecting("the quotes that end a text"),
    "Expected": _expecting("the quotes that end a text"),
}
