"""Where in a TOML text a value stands: the standard library's reader does not say."""

from __future__ import annotations

import re
import tomllib

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_QUOTES = ('"' * 3, "'" * 3)


def line_numbers(text: str) -> dict[str, int]:
    """The line, from 1, of every table and key of a TOML text, by path (`rules[2].apart`).

    >>> line_numbers("[[rules]]\\nname = 'a'\\n[limits]\\nads = 1\\n")
    {'rules[0]': 1, 'rules[0].name': 2, 'limits': 3, 'limits.ads': 4}
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, inside = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:  # a string of several lines
            inside = "" if inside in line else inside
            continue
        if match := _TABLE.match(line):
            table = _path(match[2])
            if match[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}[{counts[table]}]"
            found.setdefault(table, number)
        elif match := _KEY.match(line):
            key = _path(match[1])
            found.setdefault(f"{table}.{key}" if table else key, number)
            inside = next((quotes for quotes in _QUOTES if line.count(quotes) % 2), "")
    return found


def line_of(lines: dict[str, int], path: str) -> int | None:
    """The line of *path*, or of the nearest table around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0] if "." in path else re.sub(r"\[\d+\]$", "", path) if path.endswith("]") else ""
    return None


def syntax_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int, int]:
    """What a TOML reader complains of in *text*: (message, line, column)."""
    match = re.fullmatch(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.S)
    if match is None or match[2] is None:
        last = text.splitlines() or [""]
        return (match[1] if match else str(error)), len(last), len(last[-1]) + 1
    return match[1], int(match[2]), int(match[3])


def _path(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
