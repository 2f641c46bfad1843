"""What is wrong with a text that is no JSON, in plain words: what was expected there, and what stands there."""

from __future__ import annotations

from json import JSONDecodeError

from adslot.errors import Problem
from adslot.patterns import pattern

_TOKEN = pattern(r"\s*(\w{1,20}|\S)")
_TRAILING_COMMA = "Illegal trailing comma"
# By how Python's reader begins to say it.
_EXPECTED = {
    "Expecting property name": "a name in double quotes",
    "Expecting value": "a value, such as a text in double quotes, a number or a list",
    "Expecting ',' delimiter": "',' or the end of the list or the object",
    "Expecting ':' delimiter": "':' between a name and its value",
    "Extra data": "nothing more behind the JSON",
    "Unterminated string": "the quotes that end a text",
    "Invalid control character": "a text without line breaks and other control characters",
    "Invalid \\": "'\\\\' for a backslash",
    _TRAILING_COMMA: "no comma behind the last one",
}


def json_problem(error: JSONDecodeError, file: str | None = None) -> Problem:
    """What was expected where *error* was found in a *file*, and what stands there: the same for any version of Python.

    >>> from json import loads
    >>> try:
    ...     loads('{"ads": 4,}')
    ... except JSONDecodeError as error:
    ...     print(json_problem(error))
    1:10: expected JSON: no comma behind the last one, found ','
    """
    text, at, said = error.doc, error.pos, error.msg
    if text[at : at + 1] in ("]", "}") and (before := text[:at].rstrip(" \t\n\r")).endswith(","):
        at, said = len(before) - 1, _TRAILING_COMMA  # as Python has it from 3.13 on
    expected = next((words for begins, words in _EXPECTED.items() if said.startswith(begins)), None)
    token = _TOKEN.match(text, at)
    found = (repr(token[1]) if token else "the end") if expected else said
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Problem((), f"JSON: {expected}" if expected else "JSON", found, file=file, line=line, column=column)
