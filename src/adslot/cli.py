"""The command line: thin commands over the library's verbs.

Results go to standard output, talk to standard error. Exit status 0: done; 1: some inputs failed, `check`
found something, or --strict was not satisfied; 2: wrong usage or a wrong policy.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

import adslot
from adslot import Finding
from adslot._files import STDIN, Input, Inputs, Output, tell
from adslot._findings import FORMATS
from adslot._outline import outline, outline_data
from adslot._report import explanation, explanation_data
from adslot._starter import begin
from adslot.errors import MissingExtraError, PolicyError, RelatedError
from adslot.policy import Policy
from adslot.presets import purpose_of, text_of
from adslot.related import Related, moment
from adslot.schema import schema_text

_policy_file = click.option("--policy", "policy_file", metavar="FILE", help="The policy, a TOML or JSON file.")
_preset = click.option("--preset", metavar="NAME", help="A ready policy, e.g. de-news.")
_mode = click.option(
    "--mode",
    type=click.Choice(["auto", "page", "fragment"]),
    default="auto",
    show_default=True,
    help="What the inputs are.",
)
_encoding = click.option(
    "--encoding", metavar="NAME", help="The encoding of the inputs; default: as a browser decides."
)
_output = click.option("-o", "--output", metavar="PATH", help="Write there: a file for one input, a folder for many.")
_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_related = click.option(
    "--related", "related_file", metavar="FILE", help="Articles for teasers: JSON, JSON lines, RSS or Atom."
)
_context = click.option(
    "--context",
    "pairs",
    metavar="KEY=VALUE",
    multiple=True,
    help="What the policy's cases ask for; repeatable.",
)
_url = click.option("--url", metavar="URL", help="The address of the article, if its page does not say it.")
_now = click.option("--now", "now_text", metavar="DATE", help="The date, or time, at which articles are over or not.")
_inputs = click.argument("inputs", nargs=-1, required=True, metavar="FILE...")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="adslot")
def main() -> None:
    """Put ad slots and related-article teasers into article HTML by declared rules.

    Inputs are files, folders (every *.html, *.htm and *.xhtml below) or "-" for standard input.
    """


@main.command()
@_inputs
@_policy_file
@_preset
@_related
@_context
@_url
@_now
@_output
@_mode
@_encoding
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
    strict: bool,
) -> None:
    """Write the inputs with their slots."""
    shown = _shown(inputs, related_file, pairs, url, now_text)
    policy = _load(policy_file, preset, shown["context"])
    if not policy.resolve(shown["context"]).rules:
        click.echo("adslot: the policy has no rules: nothing will be placed", err=True)
    files = Inputs(inputs)
    target = Output(output, many=files.are_many)
    short: list[str] = []

    def work(file: Input) -> None:
        result = adslot.place(file.read(encoding), policy, **shown, mode=mode, encoding=encoding)
        tell(file.path, result.plan.warnings)
        target.write(file, result.html)
        short.extend(result.plan.unmet)

    files.each(work)
    if strict and short:
        sys.exit(1)


@main.command()
@_inputs
@_output
@_mode
@_encoding
def strip(inputs: tuple[str, ...], output: str | None, mode: str, encoding: str | None) -> None:
    """Write the inputs without adslot's slots, byte for byte as they were before."""
    files = Inputs(inputs)
    target = Output(output, many=files.are_many)
    files.each(lambda file: target.write(file, adslot.strip(file.read(encoding), mode=mode, encoding=encoding)))


@main.command()
@_inputs
@_policy_file
@_preset
@_mode
@_encoding
@_format
def sections(
    inputs: tuple[str, ...], policy_file: str | None, preset: str | None, mode: str, encoding: str | None, form: str
) -> None:
    """Show how the inputs divide into sections and blocks."""
    policy = _load(policy_file, preset, needed=False)

    def work(file: Input) -> str:
        article = adslot.read(file.read(encoding), policy, mode=mode, encoding=encoding)
        return json.dumps(outline_data(article), ensure_ascii=False) if form == "json" else outline(article)

    _show(Inputs(inputs), work, form)


@main.command()
@_inputs
@_policy_file
@_preset
@_related
@_context
@_url
@_now
@_mode
@_encoding
@_format
@click.option("--rule", metavar="NAME", help="Tell of this rule only.")
@click.option("--brief", is_flag=True, help="Blocks and slots only, no reasons.")
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
) -> None:
    """Show for every gap of the inputs which slot stands there, or why none does."""
    shown = _shown(inputs, related_file, pairs, url, now_text)
    policy = _load(policy_file, preset, shown["context"])
    if rule is not None and rule not in {known.name for known in policy.resolve(shown["context"]).rules}:
        raise click.BadParameter(f"the policy has no rule {rule!r}", param_hint="--rule")

    def work(file: Input) -> str:
        plan = adslot.place(file.read(encoding), policy, **shown, mode=mode, encoding=encoding).plan
        if form == "json":
            return json.dumps(explanation_data(plan, rule), ensure_ascii=False)
        return explanation(plan, rule, width=shutil.get_terminal_size((100, 24)).columns, brief=brief)

    _show(Inputs(inputs), work, form)


@main.command()
@_inputs
@_policy_file
@_preset
@_context
@_mode
@_encoding
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
    context = _context_of(pairs)
    policy = _load(policy_file, preset, context)
    found: list[tuple[str, Finding]] = []

    def work(file: Input) -> None:
        data = file.read(encoding)
        findings = adslot.check(data, policy, context=context, mode=mode, encoding=encoding)
        found.extend((click.format_filename(file.path), finding) for finding in findings)

    done = Inputs(inputs).all_done(work)
    if report := FORMATS[form](found):
        click.echo(report)
    if not done or any(strict or finding.severity == "error" for _, finding in found):
        sys.exit(1)


@main.command()
@click.argument("name", required=False, metavar="[NAME|FILE]")
@click.option("--resolved", is_flag=True, help="Print what it comes to: with what it extends, and the cases met.")
@_context
def presets(name: str | None, resolved: bool, pairs: tuple[str, ...]) -> None:
    """List the ready policies, or print one, or what a policy file comes to."""
    names, context = adslot.preset_names(), _context_of(pairs)
    if name is None:
        if resolved or pairs:
            raise click.UsageError("name a preset or a policy file to resolve")
        width = max(map(len, names))
        click.echo("\n".join(f"{each:{width}}  {purpose_of(each)}" for each in names))
    elif resolved or pairs:
        is_file = name not in names and Path(name).is_file()
        policy = _load(name, None, context) if is_file else _load(None, name, context)
        click.echo(adslot.dumps(policy.resolve(context)), nl=False)
    else:
        _load(None, name)
        click.echo(text_of(name), nl=False)


@main.command()
@click.argument("example", required=False, metavar="[EXAMPLE.html]")
@click.option("-o", "--output", metavar="FILE", default="adslot.toml", show_default=True, help="Write there.")
@click.option("--preset", metavar="NAME", help="Begin with this ready policy; default: by the example's language.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@_encoding
def init(example: str | None, output: str, preset: str | None, force: bool, encoding: str | None) -> None:
    """Begin a policy: a ready one, fitted to an example of your articles."""
    if preset is not None:
        _load(None, preset)
    if output != STDIN and not force and Path(output).exists():
        raise click.UsageError(f"{output} exists: name another file, or write over it with --force")
    if Path(example or output).is_dir():
        raise click.UsageError(f"{example or output} is a folder: name one article")

    def work(file: Input) -> None:
        begun = begin(file.path, file.read(encoding) if example else None, encoding=encoding, preset=preset)
        tell(file.path, begun.notes)
        Output(output, many=False).write(file, begun.text.encode())
        if output != STDIN:
            click.echo(f"adslot: {output}: written, with the preset {begun.preset}", err=True)

    Inputs([example or output]).each(work)


@main.command()
def schema() -> None:
    """Print the JSON Schema of policy files, for editors."""
    click.echo(schema_text(), nl=False)


def _load(
    policy_file: str | None, preset: str | None, context: Mapping[str, object] | None = None, *, needed: bool = True
) -> Policy:
    """The policy that the options name, or the nearest one; an empty one where none is *needed*.

    One that is wrong, alone or for *context*, ends the program with status 2.
    """
    if policy_file is not None and preset is not None:
        raise click.UsageError("name one policy: --policy FILE or --preset NAME")
    if policy_file is preset is None:
        found = adslot.find_policy()
        if found is None and needed:
            raise click.UsageError("name a policy: --policy FILE or --preset NAME; no adslot.toml was found either")
        if found is None:
            return Policy()
        policy_file = os.path.relpath(found)
        click.echo(f"adslot: policy: {policy_file}", err=True)
    try:
        policy = adslot.load(policy_file) if policy_file is not None else adslot.preset(preset or "")
        policy.resolve(context)
    except PolicyError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    tell(policy_file or preset or "", policy.warnings)
    return policy


def _shown(
    inputs: tuple[str, ...], related_file: str | None, pairs: tuple[str, ...], url: str | None, now_text: str | None
) -> dict[str, Any]:
    """What teasers may show, and what is known of the pages, as arguments of `place`."""
    if url is not None and Inputs(inputs).are_many:
        raise click.UsageError("--url is the address of one article: name one input")
    try:
        now = None if now_text is None else moment(now_text)
    except ValueError as error:
        raise click.BadParameter(
            f"expected a date such as 2026-11-05, found {now_text!r}", param_hint="--now"
        ) from error
    return {"related": _load_related(related_file), "context": _context_of(pairs), "url": url, "now": now}


def _context_of(pairs: tuple[str, ...]) -> dict[str, str | int | bool]:
    """The context that the options give: true, false and whole numbers are what they look like."""
    found: dict[str, str | int | bool] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"expected KEY=VALUE, found {pair!r}", param_hint="--context")
        number = re.fullmatch(r"-?[0-9]{1,18}", value)
        found[key] = int(value) if number else {"true": True, "false": False}.get(value, value)
    return found


def _load_related(path: str | None) -> tuple[Related, ...]:
    """The articles of a file; what is wrong with it ends the program with status 2."""
    try:
        return adslot.load_related(path) if path is not None else ()
    except (RelatedError, MissingExtraError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _show(files: Inputs, work: Callable[[Input], str], form: str) -> None:
    """Print what *work* says of each file, under its name where there may be several."""

    def show(file: Input) -> None:
        text = work(file)
        click.echo(f"{file.path}\n{text}" if files.are_many and form == "text" else text)

    files.each(show)
