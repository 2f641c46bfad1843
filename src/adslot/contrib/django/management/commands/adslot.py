"""`manage.py adslot app.Model --field body`: what would be placed in stored articles, and what is wrong in them."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from django.core.management.base import BaseCommand, CommandError

import adslot
from adslot.contrib._counted import numbered
from adslot.contrib.django.account import counted, slots_of, summary
from adslot.contrib.django.conf import WRONG_SETTINGS, configured
from adslot.contrib.django.placing import arguments_of
from adslot.contrib.django.stored import articles, html_of, store

_INDENT = "  "


class Command(BaseCommand):
    """Without an option nothing is written: one line an article tells which slots it would have."""

    help = "Tells which slots the stored articles would have, or what is wrong with those that they have."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The model, its field, and what to do."""
        parser.add_argument("model", help="app.Model")
        parser.add_argument("--field", required=True, help="the field that holds the HTML")
        parser.add_argument(
            "--filter", action="append", default=[], metavar="KEY=VALUE", help="only such articles; repeatable"
        )
        parser.add_argument("--policy", default="", metavar="NAME", help="one of ADSLOT['POLICIES']")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--explain", action="store_true", help="tell where the slots would stand, and why no others")
        what.add_argument("--check", action="store_true", help="tell what is wrong with the slots that are stored")
        what.add_argument("--write", action="store_true", help="store the articles with their slots")
        what.add_argument("--strip", action="store_true", help="store the articles without slots")

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line, where Ctrl-C is no fault: an article is stored whole or not at all."""
        try:
            super().run_from_argv(argv)
        except KeyboardInterrupt:
            sys.exit(130)  # as shells say it

    def handle(self, *_: Any, **options: Any) -> None:
        """Go through the articles; a wrong article never stops the others, nor does a line that cannot be written."""
        lines = _Lines(self.stdout)
        work = _WORKS[next((name for name in _WORKS if options.get(name)), "report")]
        policy, field = _policy(options["policy"]), options["field"]
        found = articles(options["model"], field, options["filter"])
        count = failed = 0
        slots, warnings = Counter[str](), Counter[str]()
        for article in found.iterator(chunk_size=500):
            done = _done(work, policy, article, field, traceback=options["traceback"])
            count, failed = count + 1, failed + done.is_wrong
            slots.update(done.slots)
            warnings.update(done.warnings)
            for line in _written(article, done) if options["verbosity"] else ():
                lines.write(line)
            if lines.fault is not None and work not in _STORES:
                break
        if work in _PLANS:
            for line in _account(count, slots, warnings):
                lines.write(line)
        lines.end()
        if failed:
            raise CommandError(f"{numbered(failed, 'articles')} with errors")


def _written(article: Any, done: _Done) -> Iterator[str]:
    """What there is to say of an *article*: lines with its name, and below them the report."""
    yield from (f"{article._meta.label} {article.pk}: {line}" for line in done.lines)  # noqa: SLF001  # Django's way
    yield from (f"{_INDENT}{line}".rstrip() for line in done.report.splitlines())


def _account(count: int, slots: Counter[str], warnings: Counter[str]) -> Iterator[str]:
    """What *count* articles came to: each warning once, with how many had it, and their slots."""
    for warning, number in warnings.items():
        yield f"{numbered(number, 'articles')}: warning: {warning}"
    yield f"{numbered(count, 'articles')}: {counted(slots)}"


class _Lines:
    """Writes lines to *out*, until that fails. The *fault* is reported at the end, when all articles are done."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._stream = getattr(out, "_out", out)  # which Django wraps
        closed = OSError(errno.EBADF, "it is closed")
        self.fault: OSError | None = closed if self._stream is None else None

    def write(self, line: str) -> None:
        """Write a line, if that can be done."""
        if self.fault is not None:
            return
        try:
            self._out.write(line)
            self._out.flush()
        except OSError as error:
            self.fault = error
            self._silence()

    def end(self) -> None:
        """End the command with status 1 if there was a fault: in silence if only the reader had seen enough."""
        if isinstance(self.fault, BrokenPipeError):
            sys.exit(1)
        if self.fault is not None:
            raise CommandError(f"standard output: {self.fault.strerror}")

    def _silence(self) -> None:
        """Let what waits to be written go nowhere: Python would try again when it ends, and complain."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


def _policy(name: str) -> adslot.Policy:
    try:
        return configured().policy(name)
    except WRONG_SETTINGS as error:
        raise CommandError(str(error)) from error


# ------------------------------------------------------------------------------------ one article


@attrs.frozen
class _Done:
    """What there is to say of an article, in *lines* and in a *report*; its new *html*, None where it stays; slots and *warnings* of its plan."""

    lines: tuple[str, ...]
    report: str = attrs.field(default="", kw_only=True)
    html: str | None = None
    is_wrong: bool = False
    slots: Counter[str] = attrs.Factory(Counter)
    warnings: tuple[str, ...] = ()


_Work = Callable[[str, adslot.Policy, dict[str, Any]], _Done]


def _done(work: _Work, policy: adslot.Policy, article: Any, field: str, *, traceback: bool) -> _Done:
    """Do the *work* on one article, and store what has become of it."""
    try:
        html = html_of(article, field)
        done = work(html, policy, arguments_of(None, article))
        if done.html in (None, html) or store(article, field, done.html):
            return done
    except CommandError:  # it is so with every article
        raise
    except Exception as error:
        if traceback:
            raise
        return _Done((f"{type(error).__name__}: {error}",), is_wrong=True)
    return _Done(("changed by somebody else in the meantime: left as it is",), is_wrong=True)


def _report(html: str, policy: adslot.Policy, arguments: dict[str, Any]) -> _Done:
    plan = adslot.place(html, policy, **arguments).plan
    return _Done((summary(plan),), slots=slots_of(plan), warnings=plan.warnings)


def _explain(html: str, policy: adslot.Policy, arguments: dict[str, Any]) -> _Done:
    plan = adslot.place(html, policy, **arguments).plan
    width = shutil.get_terminal_size((80, 24)).columns - len(_INDENT)
    return _Done((summary(plan),), report=adslot.overview(plan, width=width), slots=slots_of(plan))


def _write(html: str, policy: adslot.Policy, arguments: dict[str, Any]) -> _Done:
    result = adslot.place(html, policy, **arguments)
    plan = result.plan
    return _Done((summary(plan),), result.html, slots=slots_of(plan), warnings=plan.warnings)


def _strip(html: str, _policy: adslot.Policy, _arguments: dict[str, Any]) -> _Done:
    text = adslot.strip(html)
    return _Done(("slots removed",) if text != html else (), text)


def _check(html: str, policy: adslot.Policy, arguments: dict[str, Any]) -> _Done:
    findings = adslot.check(html, policy, context=arguments["context"])
    lines = (f"{each.line}:{each.column}: {each.severity} {each.code}: {each.message}" for each in findings)
    return _Done(tuple(lines), is_wrong=any(each.severity == "error" for each in findings))


_WORKS: dict[str, _Work] = {"explain": _explain, "check": _check, "write": _write, "strip": _strip, "report": _report}
_PLANS = (_report, _explain, _write)
_STORES = (_write, _strip)
