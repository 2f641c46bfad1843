"""The command line: thin commands over the library's verbs.

Results go to standard output, talk to standard error. Exit status 0: done; 1: some inputs failed, `check`
found something, or --strict was not satisfied; 2: wrong usage or a wrong policy.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from typing import Any

import click

import adslot
from adslot import Finding
from adslot._version import VERSION
from adslot.cli.files import STDIN, Input, Inputs, Output, tell
from adslot.cli.findings import FORMATS
from adslot.cli.init.starter import begin
from adslot.cli.options import (
    context_of,
    context_option,
    encoding_option,
    format_option,
    id_prefix_option,
    inputs_argument,
    mode_option,
    now_option,
    output_option,
    policy_file_option,
    policy_of,
    preset_option,
    related_option,
    shown_by,
    url_option,
)
from adslot.cli.outline import outline, outline_data
from adslot.cli.paths import is_file, is_folder, shown
from adslot.cli.program import Program
from adslot.cli.report import explanation, explanation_data
from adslot.cli.sheet import Sheet
from adslot.cli.streams import put
from adslot.policy.file.schema import schema_text
from adslot.policy.presets import purpose_of, text_of


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="adslot")
def main() -> None:
    """Put ad slots and related-article teasers into article HTML by declared rules.

    Inputs are files, folders (every *.html, *.htm and *.xhtml below) or "-" for standard input.
    """


@main.command()
@inputs_argument
@policy_file_option
@preset_option
@related_option
@context_option
@url_option
@now_option
@output_option
@mode_option
@encoding_option
@id_prefix_option
@click.option("--strict", is_flag=True, help="End with status 1 where a rule has fewer slots than its min.")
def place(
    inputs: tuple[str, ...],
    policy_file: str | None,
    preset: str | None,
    related_file: str | None,
    pairs: tuple[str, ...],
    url: str | None,
    now_text: str | None,
    output: str | None,
    mode: str,
    encoding: str | None,
    id_prefix: str | None,
    strict: bool,
) -> None:
    """Write the inputs with their slots."""
    shown = shown_by(inputs, related_file, pairs, url, now_text)
    policy = policy_of(policy_file, preset, shown["context"])
    if not policy.resolve(shown["context"]).rules:
        click.echo("adslot: the policy has no rules: nothing will be placed", err=True)
    files = Inputs(inputs, output)
    target = Output(output, files)
    short: list[str] = []

    def work(file: Input) -> None:
        data = file.read(encoding)
        result = adslot.place(data, policy, **shown, mode=mode, encoding=encoding, id_prefix=id_prefix)
        tell(file.path, result.plan.warnings)
        target.write(file, result.html)
        short.extend(result.plan.unmet)

    files.each(work)
    if strict and short:
        sys.exit(1)


@main.command()
@inputs_argument
@output_option
@mode_option
@encoding_option
def strip(inputs: tuple[str, ...], output: str | None, mode: str, encoding: str | None) -> None:
    """Write the inputs without adslot's slots, byte for byte as they were before."""
    files = Inputs(inputs, output)
    target = Output(output, files)
    files.each(lambda file: target.write(file, adslot.strip(file.read(encoding), mode=mode, encoding=encoding)))


@main.command()
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


@main.command()
@inputs_argument
@policy_file_option
@preset_option
@related_option
@context_option
@url_option
@now_option
@mode_option
@encoding_option
@format_option
@click.option("--rule", metavar="NAME", help="Tell of this rule only.")
@click.option("--brief", is_flag=True, help="Blocks and slots only, no reasons.")
@click.option("--sheet", is_flag=True, help="Slots only, each between the blocks around it, to be judged by eye.")
def explain(
    inputs: tuple[str, ...],
    policy_file: str | None,
    preset: str | None,
    related_file: str | None,
    pairs: tuple[str, ...],
    url: str | None,
    now_text: str | None,
    mode: str,
    encoding: str | None,
    form: str,
    rule: str | None,
    brief: bool,
    sheet: bool,
) -> None:
    """Show for every gap of the inputs which slot stands there, or why none does."""
    shown = shown_by(inputs, related_file, pairs, url, now_text)
    policy = policy_of(policy_file, preset, shown["context"])
    if rule is not None and rule not in {known.name for known in policy.resolve(shown["context"]).rules}:
        raise click.BadParameter(f"the policy has no rule {rule!r}", param_hint="--rule")
    if sheet and brief:
        raise click.UsageError("--sheet and --brief are two reports: ask for one")
    sheets = Sheet(rule)

    def work(file: Input) -> str:
        plan = adslot.place(file.read(encoding), policy, **shown, mode=mode, encoding=encoding).plan
        if sheet:
            return _json(sheets.data(plan, file.path)) if form == "json" else sheets.text(plan)
        if form == "json":
            return _json(explanation_data(plan, rule))
        return explanation(plan, rule, width=shutil.get_terminal_size((100, 24)).columns, brief=brief)

    _show(Inputs(inputs), work, form)


@main.command()
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


@main.command()
@click.argument("name", required=False, metavar="[NAME|FILE]")
@click.option("--resolved", is_flag=True, help="Print what it comes to: with what it extends, and the cases met.")
@context_option
def presets(name: str | None, resolved: bool, pairs: tuple[str, ...]) -> None:
    """List the ready policies, or print one, or what a policy file comes to."""
    names, context = adslot.preset_names(), context_of(pairs)
    if name is None:
        if resolved or pairs:
            raise click.UsageError("name a preset or a policy file to resolve")
        width = max(map(len, names))
        put("".join(f"{each:{width}}  {purpose_of(each)}\n" for each in names))
    elif resolved or pairs:
        is_own = name not in names and is_file(name)
        policy = policy_of(name, None, context) if is_own else policy_of(None, name, context)
        put(adslot.dumps(policy.resolve(context)).encode())
    else:
        policy_of(None, name)
        put(text_of(name).encode())


@main.command()
@click.argument("example", required=False, metavar="[EXAMPLE.html]")
@click.option("-o", "--output", metavar="FILE", default="adslot.toml", show_default=True, help="Write there.")
@click.option("--preset", metavar="NAME", help="Begin with this ready policy; default: by the example's language.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@encoding_option
def init(example: str | None, output: str, preset: str | None, force: bool, encoding: str | None) -> None:
    """Begin a policy: a ready one, fitted to an example of your articles."""
    if preset is not None:
        policy_of(None, preset)
    if output != STDIN and not force and is_file(output):
        raise click.UsageError(f"{shown(output)} exists: name another file, or write over it with --force")
    for name, wanted in ((example or "", "article"), (output, "file")):
        if is_folder(name):
            raise click.UsageError(f"{shown(name)} is a folder: name one {wanted}")
    files = Inputs([example or output])
    target = Output(output, files)

    def work(file: Input) -> None:
        begun = begin(file.path, file.read(encoding) if example else None, encoding=encoding, preset=preset)
        tell(file.path, begun.notes)
        target.write(file, begun.text.encode())
        if output != STDIN:
            tell(output, [f"written, with the preset {begun.preset}"])

    files.each(work)


@main.command()
@policy_file_option
@preset_option
@context_option
def css(policy_file: str | None, preset: str | None, pairs: tuple[str, ...]) -> None:
    """Print the stylesheet that reserves the heights of slots."""
    context = context_of(pairs)
    put(adslot.css(policy_of(policy_file, preset, context).resolve(context)).encode())


@main.command()
def schema() -> None:
    """Print the JSON Schema of policy files, for editors."""
    put(schema_text().encode())


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
