"""A run over an archive: which pages are to be placed again, who does it, and what is noted of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from adslot.batch.journal import Entry, Journal
from adslot.batch.recipe import digest
from adslot.batch.workers import Done, done_by
from adslot.cli.archive.about import About
from adslot.cli.archive.account import Account, Failure
from adslot.cli.archive.mirror import Mirror, Obstacle, Page
from adslot.cli.archive.progress import Progress
from adslot.cli.archive.work import Order, Outcome, Work
from adslot.cli.files import is_debugging
from adslot.cli.signals import Stop
from adslot.cli.warned import Warned
from adslot.cli.writing import clean

JOURNAL = ".adslot-journal"


class Run:
    """Fills the pages of a *mirror* by the *work* and what a table says *about* each.

    The *journal* knows what earlier runs have done.
    """

    def __init__(  # all that a run works with
        self, mirror: Mirror, work: Work, about: About | None, journal: Journal, warned: Warned, stop: Stop
    ) -> None:
        self._mirror, self._work, self._about, self._journal = mirror, work, about, journal
        self._warned, self._stop = warned, stop
        self._recipe = work.recipe
        self._cleaned: str | None = None
        self.account = Account(mirror.count())
        self.progress = Progress(self.account.total)

    def go(self, jobs: int) -> None:
        """Do all that is to be done, or as much of it as there is time for."""
        for done in done_by(jobs, self._work, self._orders(), is_over=self._stop.is_asked):
            self._note(done)
            self.progress.tell(self.account.done)
        self._journal.save()
        self.account.is_stopped = self._stop.is_asked()
        self.progress.end()

    def _orders(self) -> Iterator[Order]:
        for page in self._mirror.pages():
            if self._stop.is_asked():
                return
            if isinstance(page, Obstacle):
                self.account.failures.append(Failure(page.path, page.fault))
                continue
            self._clean(os.path.dirname(page.target))  # noqa: PTH120  # of a text
            order = self._order(page)
            if order.known is not None and order.known.seen.is_still(page.seen):
                self._count_unchanged(page, order.known)
            else:
                yield order

    def _clean(self, folder: str) -> None:
        """Remove what a killed run has left in *folder*, once: pages come folder by folder."""
        if folder != self._cleaned:
            clean(Path(folder))
            self._cleaned = folder

    def _order(self, page: Page) -> Order:
        said = None if self._about is None else self._about.find(page.below)
        by = self._recipe if said is None else digest(self._recipe, said.encode())
        known = self._journal.find(os.fsencode(page.below))
        if known is not None and (known.recipe != by or known.output != _size(page.target)):
            known = None
        return Order(page, by, said, known)

    def _note(self, done: Done[Order, Outcome]) -> None:
        page, outcome, account = done.task.page, done.answer, self.account
        account.last = page.path
        if outcome is None or outcome.entry is None:
            self._note_failure(page, outcome or Outcome(fault=done.fault))
            return
        self._journal.add(os.fsencode(page.below), outcome.entry)
        if outcome.is_unchanged:
            self._count_unchanged(page, outcome.entry)
            return
        account.placed += 1
        account.slots += outcome.slots
        account.short += outcome.entry.is_short
        self._warned.add(page.path, outcome.warnings)

    def _count_unchanged(self, page: Page, entry: Entry) -> None:
        self.account.last = page.path
        self.account.unchanged += 1
        self.account.short += entry.is_short
        self.progress.tell(self.account.done)

    def _note_failure(self, page: Page, outcome: Outcome) -> None:
        self.account.failures.append(Failure(page.path, outcome.fault or ""))
        self.account.is_policy_wrong |= outcome.is_wrong_policy
        if outcome.traceback and is_debugging():
            click.echo(outcome.traceback, err=True, nl=False)


def _size(path: str) -> int | None:
    try:
        return os.stat(path).st_size  # noqa: PTH116  # of a text
    except OSError:
        return None
