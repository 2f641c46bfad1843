"""Related articles from files: JSON, one JSON object to a line, RSS and Atom.

What a file holds is seen by its content, and by its suffix where that leaves a choice. JSON is read like
a policy: nothing is coerced in silence, and every problem is reported, with file, line and path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from json import JSONDecodeError
from pathlib import Path
from typing import Any

import attrs

from adslot.errors import KeyPath, Problem, RelatedError
from adslot.html.text import one_line
from adslot.policy.file.json_syntax import json_problem
from adslot.policy.file.positions import Positions
from adslot.policy.file.reader import Reader
from adslot.policy.numbers import LARGEST, LARGEST_ID
from adslot.related.feeds import read_feed
from adslot.related.urls import written
from adslot.related.values import Image, Moment, Related, moment

_LINES = (".jsonl", ".ndjson")
_NEEDED = ("title", "url")
_AROUND = '{"items":'  # what a bare list is put in, to have its lines found


def load_related(path: str | Path) -> tuple[Related, ...]:
    """The related articles in a file: JSON, JSON lines, RSS or Atom.

    JSON is a list of objects with the fields of `Related`, or an object with such a list as `items`.
    Raises RelatedError with every problem, also for a file that cannot be read, and MissingExtraError for a
    feed where feedparser is not installed.
    """
    try:
        data = Path(path).read_bytes()
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return read_feed(data, str(path))
        text = data.decode("utf-8-sig")
        return _read_lines(text) if Path(path).suffix.lower() in _LINES else _read_json(text)
    except RelatedError as error:
        raise RelatedError(attrs.evolve(each, file=str(path)) for each in error.problems) from error.__cause__
    except OSError as error:
        problem = Problem((), "a file of related articles", error.strerror or str(error), file=str(path))
        raise RelatedError([problem]) from error
    except UnicodeDecodeError as error:
        found = f"byte {error.start}: {error.reason}"
        raise RelatedError([Problem((), "JSON in UTF-8", found, file=str(path))]) from error


def related_of(values: object) -> tuple[Related, ...]:
    """The related articles of a list as JSON has it. Raises RelatedError with every problem."""
    reader = Reader()
    if not isinstance(values, list):
        raise RelatedError([Problem(("related",), "a list", type(values).__name__)])
    items = list(_items(reader, values))
    if reader.problems:
        raise RelatedError(reader.problems)
    return tuple(items)


def _read_json(text: str) -> tuple[Related, ...]:
    reader, data = Reader(), _decoded(text)
    values = data
    if isinstance(data, Mapping):
        values = reader.table((), data, ("items",)).get("items")
    if not isinstance(values, list):
        reader.note(("items",) if isinstance(data, Mapping) else (), 'a list, or an object with a list "items"', values)
    items = list(_items(reader, values)) if isinstance(values, list) else []
    if reader.problems:
        raise RelatedError(_placed(reader.problems, text, is_list=isinstance(data, list)))
    return tuple(items)


def _read_lines(text: str) -> tuple[Related, ...]:
    items: list[Related | None] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        reader = Reader()
        try:
            items.append(_item(reader, ("items", len(items)), _decoded(line)))
            found = reader.problems
        except RelatedError as error:
            found = list(error.problems)
        problems += [attrs.evolve(problem, line=number) for problem in found]
    if problems:
        raise RelatedError(problems)
    return tuple(filter(None, items))


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except JSONDecodeError as error:
        raise RelatedError([json_problem(error)]) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand brackets
        raise RelatedError([Problem((), "JSON of a sensible size", str(error))]) from error


def _placed(problems: list[Problem], text: str, *, is_list: bool) -> Iterator[Problem]:
    """*problems* with the lines and columns where they stand in a JSON *text*."""
    places = Positions(f"{_AROUND}{text}}}" if is_list else text)
    for problem in problems:
        line, column = places.of(problem.keys, key=problem.at_key)
        shift = len(_AROUND) if is_list and line == 1 else 0
        yield attrs.evolve(problem, line=line, column=max(column - shift, 1))


# ------------------------------------------------------------------------------------------- articles


def _items(reader: Reader, values: list[Any]) -> Iterator[Related]:
    for index, value in enumerate(values):
        item = _item(reader, ("items", index), value)
        if item is not None:
            yield item


def _item(reader: Reader, path: KeyPath, value: Any) -> Related | None:
    """The article of an object; None where something is wrong with it."""
    before = len(reader.problems)
    table = reader.table(path, value, tuple(_FIELDS))
    for key in _NEEDED if isinstance(value, Mapping) else ():
        if key not in table:
            reader.problems.append(Problem(path, f"the key {key!r}", "none"))
    given = {key: each for key, each in table.items() if each is not None or key in _NEEDED}
    fields = {key: _FIELDS[key](reader, (*path, key), each) for key, each in given.items() if key in _FIELDS}
    return Related(**fields) if len(reader.problems) == before else None


def _title(reader: Reader, path: KeyPath, value: Any) -> str | None:
    text = reader.string(path, value)
    if text is not None and not one_line(text):
        reader.note(path, "a title", value)
    return text


def _url(reader: Reader, path: KeyPath, value: Any) -> str | None:
    text = reader.string(path, value)
    if text is not None and not written(text):
        reader.note(path, "a URL, http, https or relative", value)
    return text


def _image(reader: Reader, path: KeyPath, value: Any) -> Image | None:
    """A URL, or an object with one."""
    if isinstance(value, str):
        url = _url(reader, path, value)
        return None if url is None else Image(url)
    known = {"url": _url, "width": _size, "height": _size, "alt": Reader.string}
    table = reader.table(path, value, tuple(known))
    if isinstance(value, Mapping) and "url" not in table:
        reader.problems.append(Problem(path, "the key 'url'", "none"))
    read = {key: known[key](reader, (*path, key), each) for key, each in table.items() if key in known}
    return None if reader.problems else Image(**read)  # type: ignore[arg-type] # each read as its field wants it


def _size(reader: Reader, path: KeyPath, value: Any) -> int | None:
    number = reader.integer(path, value)
    if number is not None and number < 1:
        reader.note(path, "a size in px, 1 or more", value)
    elif number is not None and number > LARGEST:
        reader.note(path, f"at most {LARGEST}", value)
    return number


def _moment(reader: Reader, path: KeyPath, value: Any) -> Moment | None:
    if isinstance(value, str):
        try:
            return moment(value)
        except ValueError:
            pass
    reader.note(path, "a date or time as in ISO 8601, such as '2026-11-05' or '2026-11-05T18:30:00Z'", value)
    return None


def _id(reader: Reader, path: KeyPath, value: Any) -> str | int | None:
    if isinstance(value, int) and abs(value) > LARGEST_ID:
        reader.note(path, f"at most {LARGEST_ID}", value)
        return None
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    reader.note(path, "a text or a whole number", value)
    return None


def _when(reader: Reader, path: KeyPath, value: Any) -> Mapping[str, Any]:
    table = reader.table(path, value)
    for key, each in table.items():
        reader.condition((*path, key), each)
    return table


_FIELDS: Mapping[str, Callable[[Reader, KeyPath, Any], Any]] = {
    "title": _title,
    "url": _url,
    "image": _image,
    "tags": Reader.strings,
    "summary": Reader.string,
    "published": _moment,
    "expires": _moment,
    "sponsored": Reader.boolean,
    "id": _id,
    "when": _when,
}
