"""The texts that a policy is read from: a file, what it extends, and what that extends; and the search for one."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from adslot.errors import KeyPath, PolicyError, Problem, nearest, path_of
from adslot.kept import lazy
from adslot.policy import presets
from adslot.policy.bounds import POLICIES, POLICY_CHARS
from adslot.policy.file.json_syntax import json_problem
from adslot.policy.file.keys import TABLES
from adslot.policy.file.positions import Positions, line_of
from adslot.policy.numbers import told
from adslot.policy.templates.files import taken_in
from adslot.policy.text_files import is_within, text_of, text_that_was_named

FILE_NAME = "adslot.toml"
PROJECT_FILE, _PROJECT_TABLE = "pyproject.toml", ("tool", "adslot")
_SUFFIXES = (".toml", ".json")
# A file with anything else is no policy.
KEYS = ("extends", *TABLES, "context", "cases")

Folders = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@attrs.frozen(eq=False)
class PolicySource:
    """The *data* of a policy and the *text* of the *file* that they come from, in the table *under* there.

    *key* tells it from others; files that it extends are looked for in *folder*, None = nowhere. *problems* are those
    with the template files that it names.
    """

    data: Any
    key: object = None
    file: str | None = None
    text: str | None = None
    under: KeyPath = ()
    folder: Path | None = Path()
    problems: tuple[Problem, ...] = ()

    def located(self, problem: Problem) -> Problem:
        """*problem* with the place of its fault."""
        if self.text is None:
            return attrs.evolve(problem, file=self.file)
        path = (*self.under, *problem.keys)
        if problem.source is not None:
            line, column = self._positions.inside(path, problem.source, problem.caret or 0)
        else:
            line, column = self._positions.of(path, key=problem.at_key)
        first = None if problem.first is None else self._positions.of((*self.under, *problem.first))[0]
        placed = attrs.evolve(problem, file=self.file, line=line, column=column, first_line=first)
        return attrs.evolve(placed, excerpt=line_of(self.text, line))

    def with_templates(self, folders: Sequence[Path]) -> PolicySource:
        """The same with the texts of template files in its own folder, if it comes from a file, and in *folders*."""
        own = [] if self.folder is None or self.file is None else [self.folder]
        taken = taken_in(self.data, [*own, *folders])
        return attrs.evolve(self, data=taken.data, problems=taken.problems)

    @lazy
    def _positions(self) -> Positions:
        return Positions(self.text or "")


def read_file(path: str | Path, read: Callable[[Path, int], str] = text_that_was_named) -> PolicySource:
    """The policy in a TOML or JSON file, or in the table `[tool.adslot]` of a pyproject.toml. Raises PolicyError."""
    path = Path(path)
    try:
        text = read(path, POLICY_CHARS)
    except UnicodeDecodeError as error:
        fault = Problem((), "TOML in UTF-8", f"byte {error.start}: {error.reason}", file=str(path))
        raise PolicyError([fault]) from error
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise PolicyError([Problem((), "a policy file", reason, file=str(path))]) from error
    data = _parsed(text, str(path), _form_of(path))
    source = PolicySource(data, path.resolve(), str(path), text, folder=path.parent)
    return _of_project(source) if path.name == PROJECT_FILE else source


def read_text(text: str, file: str | None = None) -> PolicySource:
    """The policy in a TOML text. Raises PolicyError."""
    key = None if file is None else Path(file).resolve()
    return PolicySource(_parsed(text, file, "TOML"), key, file, text, folder=Path(file or "").parent)


def read_preset(name: str) -> PolicySource:
    """A ready policy. Raises PolicyError for a name that is none."""
    if name not in presets.names():
        known = ", ".join(presets.names())
        hint = nearest(told(name).strip("'"), presets.names())
        raise PolicyError([Problem(("preset",), f"one of {known}", told(name), hint)])
    text = presets.text_of(name)
    return PolicySource(_parsed(text, f"{name}.toml", "TOML"), name, f"{name}.toml", text, folder=None)


def chain(source: PolicySource, templates: Folders = ()) -> tuple[list[PolicySource], list[Problem]]:
    """*source* and all that it extends, the last one first; and what is wrong with the way there, which then ends early.

    Templates may also be files in the folders *templates*.
    """
    found, faults = _chained(source)
    folders = [Path(folder) for folder in ([templates] if isinstance(templates, str | os.PathLike) else templates)]
    return [each.with_templates(folders) for each in found], faults


def _chained(source: PolicySource) -> tuple[list[PolicySource], list[Problem]]:
    found = [source]
    while isinstance(found[0].data, Mapping) and "extends" in found[0].data:
        try:
            found.insert(0, _base(found[0], found))
        except PolicyError as error:
            return found, list(error.problems)
    return found, []


def _base(source: PolicySource, above: list[PolicySource]) -> PolicySource:
    """What *source* extends. Raises PolicyError where that does not exist, cannot be read or is one of those *above*."""
    name = source.data["extends"]
    if not isinstance(name, str):
        raise _wrong(source, "the name of a preset or a file", told(name))
    if Path(name).suffix in _SUFFIXES or "/" in name or "\\" in name:
        base = _base_file(source, name)
    elif name in presets.names():
        base = read_preset(name)
    else:
        known = ", ".join(presets.names())
        hint = nearest(name, presets.names())
        raise _wrong(source, f"a file, or one of the presets {known}", repr(name), hint)
    if base.key in {each.key for each in above}:
        names = [str(each.file) for each in (*reversed(above), base)]
        raise _wrong(source, "a file that does not extend itself", " → ".join(names[names.index(str(base.file)) :]))
    if len(above) == POLICIES:
        raise _wrong(source, f"at most {POLICIES} policies over one another", "one more")
    return base


def _base_file(source: PolicySource, name: str) -> PolicySource:
    path = None if source.folder is None else Path(os.path.normpath(source.folder / name))
    if path is None or not _exists(path):
        hint = nearest(Path(name).stem, presets.names())
        raise _wrong(source, "a file that exists, from the folder of this one", repr(name), hint)
    if Path(os.path.realpath(path)).suffix.lower() not in _SUFFIXES:
        raise _wrong(source, "a file whose name ends in .toml or .json, also where a link leads", repr(name))
    if source.folder is not None and is_within(path, source.folder):
        return read_file(path, text_of)
    return _from_elsewhere(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir()
    except ValueError:  # a NUL in the name
        return False


def _from_elsewhere(path: Path) -> PolicySource:
    """The policy in a file outside of the folder of what extends it.

    Nothing of a file that is no policy is shown: what extends it may have been written by somebody who must not see it.
    """
    try:
        source = read_file(path, text_of)
    except PolicyError as error:
        (problem,) = error.problems
        found = problem.found if problem.line is None else f"no {_form_of(path)}"
        raise PolicyError([Problem((), "a policy file", found, file=str(path), line=problem.line)]) from None
    if not _is_policy(source.data):
        raise PolicyError([Problem((), f"a policy, which has no key but {', '.join(KEYS)}", "others", file=str(path))])
    return source


def _is_policy(data: Any) -> bool:
    """Whether *data* has the form of a policy, whatever may be wrong in its tables."""
    return isinstance(data, Mapping) and all(
        key in KEYS and (key == "extends" or _is_part(value)) for key, value in data.items()
    )


def _is_part(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(each, Mapping | bool) for each in values)


def _form_of(path: Path) -> str:
    return "JSON" if path.suffix.lower() == ".json" else "TOML"


def _wrong(source: PolicySource, expected: str, found: str, hint: str | None = None) -> PolicyError:
    return PolicyError([source.located(Problem(("extends",), expected, found, hint))])


def _parsed(text: str, file: str | None, form: str) -> Any:
    """The data in a text. Raises PolicyError."""
    if len(text) > POLICY_CHARS:
        found = f"more than {POLICY_CHARS:,} characters"
        raise PolicyError([Problem((), f"{form} of a sensible size", found, file=file)])
    try:
        return tomllib.loads(text) if form == "TOML" else json.loads(text)
    except tomllib.TOMLDecodeError as error:
        from adslot.policy.file.syntax import fault_of  # noqa: PLC0415  # of a text that is no TOML

        fault = fault_of(error, text)
        problem = Problem((), fault.expected, fault.found, fault.hint, file, fault.line, fault.column)
        raise PolicyError([attrs.evolve(problem, excerpt=line_of(text, fault.line))]) from None
    except json.JSONDecodeError as error:
        problem = json_problem(error, file)
        raise PolicyError([attrs.evolve(problem, excerpt=line_of(text, problem.line or 1))]) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand brackets
        raise PolicyError([Problem((), f"{form} of a sensible size", str(error), file=file)]) from error


def _of_project(source: PolicySource) -> PolicySource:
    """The part of a project's file that is a policy. Raises PolicyError if there is none."""
    table = source.data.get("tool", {})
    if not isinstance(table, Mapping) or "adslot" not in table:
        raise PolicyError([Problem(_PROJECT_TABLE, f"the table [{path_of(_PROJECT_TABLE)}]", "none", file=source.file)])
    return attrs.evolve(source, data=table["adslot"], under=_PROJECT_TABLE)


def find_policy(start: str | Path = ".") -> Path | None:
    """The policy file that is nearest to *start*, a folder or a file: `adslot.toml`, or a `pyproject.toml` with a table `[tool.adslot]`.

    It is looked for in the folder, then in the one above, up to the top; None if there is none.
    """
    start = Path(start).absolute()
    for folder in (start, *start.parents):
        if (path := folder / FILE_NAME).is_file():
            return path
        if _has_policy(path := folder / PROJECT_FILE):
            return path
    return None


def _has_policy(path: Path) -> bool:
    try:
        return "adslot" in tomllib.loads(text_of(path, POLICY_CHARS)).get("tool", {})
    except (OSError, ValueError, RecursionError, TypeError):  # a project's file is not ours to complain of
        return False
