"""Templates in files: a policy names them, and takes in their text, so that it stands by itself.

A policy may have been written by somebody else, and what is in a file becomes part of pages. So a file is taken only
from the folders that it may come from, once all links are followed.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from adslot.errors import KeyPath, Problem
from adslot.policy.bounds import TEMPLATE_CHARS
from adslot.policy.numbers import in_text
from adslot.policy.templates import is_written, names
from adslot.policy.text_files import is_within, text_of

_EXPECTED = "a template in the policy's folder, or in one that the caller allows"
# Reported with the other problems of the policy: no template has this name.
_NO_FILE = (errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR)


@attrs.frozen(eq=False)
class TakenIn:
    """The *data* of a policy with the texts of template files, and the *problems* with files that are not taken."""

    data: Any
    problems: tuple[Problem, ...] = ()


def taken_in(data: Any, folders: Sequence[Path]) -> TakenIn:
    """The *data* of a policy with the templates that it names in *folders* as texts; the first one that has a file counts."""
    if not isinstance(data, Mapping):
        return TakenIn(data)
    taking = _Taking(folders)
    found = taking.of_slots(data, ())
    if isinstance(cases := data.get("cases"), list | tuple):
        found["cases"] = [
            taking.of_slots(case, ("cases", index)) if isinstance(case, Mapping) else case
            for index, case in enumerate(cases)
        ]
    return TakenIn(found, tuple(taking.problems))


class _Taking:
    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self.problems: list[Problem] = []

    def of_slots(self, data: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
        slots = data.get("slots")
        if not isinstance(slots, Mapping):
            return dict(data)
        return {
            **data,
            "slots": {name: self._slot(table, (*path, "slots", in_text(name))) for name, table in slots.items()},
        }

    def _slot(self, table: Any, path: KeyPath) -> Any:
        name = table.get("template") if isinstance(table, Mapping) else None
        if not isinstance(name, str) or not name or is_written(name) or name in names():
            return table
        try:
            text = self._text_of(name)
        except ValueError:
            return table
        except OSError as error:
            if error.errno not in _NO_FILE:
                self.problems.append(Problem((*path, "template"), _EXPECTED, f"{name!r}: {error.strerror}"))
            return table
        return {**table, "template": text} if is_written(text) else table

    def _text_of(self, name: str) -> str:
        """The text of the file *name*. Raises OSError, ValueError."""
        outside = False
        for folder in self._folders:
            path = folder / name
            if not any(is_within(path, each) for each in self._folders):
                outside = True
            elif path.exists():
                return text_of(path, TEMPLATE_CHARS)
        raise OSError(errno.EACCES, "a file outside of them") if outside else FileNotFoundError(errno.ENOENT, name)
