"""Findings of several files as text: for people, as JSON, and as annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import attrs

from adslot.checker.findings import Finding
from adslot.cli.paths import shown

Found = Iterable[tuple[str, Finding]]


def as_text(found: Found) -> str:
    """A line for each finding, as compilers write it."""
    return "\n".join(
        f"{shown(file)}:{f.line}:{f.column}: {f.severity} {f.code}: {shown(f.message)}" for file, f in found
    )


def as_json(found: Found) -> str:
    """One list of all findings."""
    return json.dumps([{"file": file, **attrs.asdict(finding)} for file, finding in found], ensure_ascii=False)


def as_github(found: Found) -> str:
    """Workflow commands that annotate the lines of a pull request."""
    return "\n".join(_annotation(file, finding) for file, finding in found)


def _annotation(file: str, finding: Finding) -> str:
    """One workflow command.

    >>> print(_annotation("a,b.html", Finding("end", "100%: too near", line=3, column=1, span=(70, 90), severity="error")))
    ::error file=a%2Cb.html,line=3,col=1,title=adslot end::100%25: too near
    """
    properties = {"file": file, "line": finding.line, "col": finding.column, "title": f"adslot {finding.code}"}
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{finding.severity} {told}::{_escaped(finding.message)}"


def _escaped(text: str, more: str = "") -> str:
    """*text* without the characters that end a message or its line, and those of *more*, which end a property."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else shown(char) for char in text)


FORMATS: dict[str, Callable[[Found], str]] = {"text": as_text, "json": as_json, "github": as_github}
