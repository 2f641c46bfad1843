"""What is wrong with a text that is no JSON, in plain words: what was expected there, and what stands there."""

from __future__ import annotations

from json import JSONDecodeError

from adslot.patterns import pattern

_TOKEN = pattern(r"\s*(\w{1,20}|\S)")
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
    "Illegal trailing comma": "no comma behind the last one",
}


def json_fault(error: JSONDecodeError) -> tuple[str, str]:
    """What was expected where *error* was found, and what stands there.

    >>> from json import loads
    >>> try:
    ...     loads('{"ads": 4,}')
    ... except JSONDecodeError as error:
    ...     print(*json_fault(error), sep="; ")
    JSON: a name in double quotes; '}'
    """
    expected = next((words for said, words in _EXPECTED.items() if error.msg.startswith(said)), None)
    token = _TOKEN.match(error.doc, error.pos)
    found = repr(token[1]) if token else "the end"
    return (f"JSON: {expected}", found) if expected else ("JSON", error.msg)
