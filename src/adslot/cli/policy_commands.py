"""The commands about policies: the ready ones, one to begin with, and what is made of them."""

from __future__ import annotations

from pathlib import Path

import click

import adslot
from adslot.cli.completing import file_names, preset_names, preset_or_file_names
from adslot.cli.contexts import context_of
from adslot.cli.files import STDIN, Input, Inputs, Output, tell
from adslot.cli.init.starter import begin
from adslot.cli.options import (
    context_option,
    encoding_option,
    policy_file_option,
    policy_of,
    preset_option,
    tell_of_context,
)
from adslot.cli.paths import is_file, is_folder, shown
from adslot.cli.policy_outline import policy_outline
from adslot.cli.program import Command
from adslot.cli.streams import put
from adslot.policy.file.schema import schema_text
from adslot.policy.presets import listing, text_of

# Where `adslot schema` is meant to be written, as the how-to says.
SCHEMA_FILE = "adslot.schema.json"


@click.command(cls=Command)
@click.argument("name", required=False, metavar="[NAME|FILE]", shell_complete=preset_or_file_names)
@click.option("--resolved", is_flag=True, help="Print what it comes to: with what it extends, and the cases met.")
@context_option
def presets(name: str | None, resolved: bool, pairs: tuple[str, ...]) -> None:
    """List the ready policies, or print one, or a policy file whole."""
    names, context = adslot.preset_names(), context_of(pairs)
    if name is None:
        if resolved or pairs:
            raise click.UsageError("name a preset or a policy file to resolve")
        put(listing())
    elif resolved or pairs:
        is_own = name not in names and is_file(name)
        policy = policy_of(name, None, context) if is_own else policy_of(None, name, context)
        tell_of_context(policy, context)
        put(adslot.dumps(policy.resolve(context)).encode())
    elif name not in names and name.endswith((".toml", ".json")):
        policy_of(name, None)
        raise click.UsageError(f"{name} is a policy file: --resolved shows what it comes to")
    else:
        policy_of(None, name)
        put(text_of(name).encode())


@click.command("policy", cls=Command)
@click.argument("names", nargs=-1, metavar="[FILE]...", shell_complete=file_names)
@context_option
def check_policies(names: tuple[str, ...], pairs: tuple[str, ...]) -> None:
    """Say what is wrong with policy files, and what each comes to.

    Without a FILE, the nearest adslot.toml. Exit status 2 where one is wrong: fit for a hook before each commit.
    """
    context, is_wrong = context_of(pairs), False
    if not names and adslot.find_policy() is None:
        raise click.UsageError("name a policy file: no adslot.toml was found")
    for name in names or (None,):
        try:
            policy = policy_of(name, None, context).resolve(context)
        except SystemExit:  # told already; the others have their turn
            is_wrong = True
            continue
        put(f"{name}: " * (len(names) > 1 and name is not None) + policy_outline(policy))
    if is_wrong:
        raise SystemExit(2)


@click.command(cls=Command)
@click.argument("example", required=False, metavar="[EXAMPLE.html]", shell_complete=file_names)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="adslot.toml",
    show_default=True,
    shell_complete=file_names,
    help="Write there.",
)
@click.option(
    "--preset",
    metavar="NAME",
    shell_complete=preset_names,
    help="Begin with this ready policy; default: by the example's language.",
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@encoding_option
def init(example: str | None, output: str, preset: str | None, force: bool, encoding: str | None) -> None:
    """Begin a policy: a ready one, fitted to an article of yours."""
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
        target.write(file, (_schema_line(output) + begun.text).encode())
        if output != STDIN:
            tell(output, [f"written, with the preset {begun.preset}"])

    files.each(work)


def _schema_line(output: str) -> str:
    """What editors find the schema by, if it lies beside the *output*."""
    is_there = output != STDIN and is_file(str(Path(output).parent / SCHEMA_FILE))
    return f"#:schema ./{SCHEMA_FILE}\n\n" if is_there else ""


@click.command(cls=Command)
@policy_file_option
@preset_option
@context_option
@click.option(
    "--look/--no-look", default=True, help="With a modest look that any rule of the site overrules, or without."
)
def css(policy_file: str | None, preset: str | None, pairs: tuple[str, ...], *, look: bool) -> None:
    """Print the stylesheet of slots: their heights, and a modest look."""
    context = context_of(pairs)
    policy = policy_of(policy_file, preset, context)
    tell_of_context(policy, context)
    put(adslot.css(policy.resolve(context), look=look).encode())


@click.command(cls=Command)
def schema() -> None:
    """Print the JSON Schema of policy files, for editors."""
    put(schema_text().encode())
