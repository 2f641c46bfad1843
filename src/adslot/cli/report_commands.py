"""The commands that tell of pages: how they divide, why slots stand where they do, and what is wrong with them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from typing import Any

import click

import adslot
from adslot import Finding
from adslot.cli.contexts import context_of
from adslot.cli.files import Input, Inputs
from adslot.cli.filling import Filling, fills_pages
from adslot.cli.findings import FORMATS
from adslot.cli.lines import joined
from adslot.cli.options import (
    check_rule,
    context_option,
    encoding_option,
    format_option,
    inputs_argument,
    mode_option,
    policy_file_option,
    policy_of,
    preset_option,
    tell_of_context,
)
from adslot.cli.paths import shown
from adslot.cli.program import Command
from adslot.cli.streams import put, takes_colour
from adslot.cli.watching import watch_option
from adslot.report.outline import outline, outline_data
from adslot.report.overview import overview_lines
from adslot.report.sheet import Sheet
from adslot.report.table import explanation, explanation_data


@click.command(cls=Command)
@inputs_argument
@policy_file_option
@preset_option
@mode_option
@encoding_option
@format_option
def sections(
    inputs: tuple[str, ...], policy_file: str | None, preset: str | None, mode: str, encoding: str | None, form: str
) -> None:
    """Show how the inputs divide into sections and blocks."""
    policy = policy_of(policy_file, preset, needed=False)

    def work(file: Input) -> str:
        article = adslot.read(file.read(encoding), policy, mode=mode, encoding=encoding)
        return _json(outline_data(article)) if form == "json" else outline(article)

    _show(Inputs(inputs), work, form)


@click.command(cls=Command)
@fills_pages
@mode_option
@encoding_option
@format_option
@click.option("--rule", metavar="NAME", help="Tell of this rule only.")
@click.option("--all", "in_full", is_flag=True, help="Every reason of every gap, with all distances.")
@click.option("--brief", is_flag=True, help="Blocks and slots only, no reasons.")
@click.option("--sheet", is_flag=True, help="Slots only, each between the blocks around it, to be judged by eye.")
@watch_option
def explain(
    filling: Filling,
    mode: str,
    encoding: str | None,
    form: str,
    rule: str | None,
    in_full: bool,
    brief: bool,
    sheet: bool,
) -> None:
    """Show for every gap which slot stands there, or why none does."""
    check_rule(rule, filling.resolved)
    if in_full + brief + sheet > 1:
        raise click.UsageError("--all, --brief and --sheet are different reports: ask for one")
    sheets, width, colour = Sheet(rule), shutil.get_terminal_size((80, 24)).columns, takes_colour()

    def work(file: Input) -> str:
        data = file.read(encoding)
        plan = adslot.place(data, filling.policy, **filling.told, mode=mode, encoding=encoding).plan
        if sheet:
            return _json(sheets.data(plan, file.path)) if form == "json" else sheets.text(plan)
        if form == "json":
            return _json(explanation_data(plan, rule))
        if in_full or brief:
            return explanation(plan, rule, width=width, brief=brief)
        return joined(overview_lines(plan, rule, width=width), colour=colour)

    _show(Inputs(filling.inputs), work, form)


@click.command(cls=Command)
@inputs_argument
@policy_file_option
@preset_option
@context_option
@mode_option
@encoding_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="End with status 1 for warnings too.")
def check(
    inputs: tuple[str, ...],
    policy_file: str | None,
    preset: str | None,
    pairs: tuple[str, ...],
    mode: str,
    encoding: str | None,
    form: str,
    strict: bool,
) -> None:
    """Tell what is wrong with the slots that the inputs already have."""
    context = context_of(pairs)
    policy = policy_of(policy_file, preset, context)
    tell_of_context(policy, context)
    found: list[tuple[str, Finding]] = []

    def work(file: Input) -> None:
        data = file.read(encoding)
        findings = adslot.check(data, policy, context=context, mode=mode, encoding=encoding)
        found.extend((file.path, finding) for finding in findings)

    status = Inputs(inputs).status_of_all(work)
    if report := FORMATS[form](found):
        _print(report, form)
    if any(strict or finding.severity == "error" for _, finding in found):
        status = max(status, 1)
    if status:
        sys.exit(status)


def _show(files: Inputs, work: Callable[[Input], str], form: str) -> None:
    """Print what *work* says of each file, under its name where there may be several."""

    def show(file: Input) -> None:
        text = work(file)
        _print(f"{shown(file.path)}\n{text}" if files.are_many and form == "text" else text, form)

    files.each(show)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _print(text: str, form: str) -> None:
    """Print a report: for people as the terminal has it, for programs in UTF-8."""
    line = f"{text}\n"
    put(line.encode(errors="backslashreplace") if form == "json" else line)
