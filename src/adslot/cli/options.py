"""What the commands can be told, and what becomes of it: policies, contexts, related articles.

What is wrong with an option, or with a file that one names, ends the program with status 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import click

import adslot
from adslot.cli.completing import file_names, preset_names
from adslot.cli.files import tell
from adslot.cli.paths import shown
from adslot.errors import ContextError, PolicyError, nearest
from adslot.html.slot_form import IdPrefixError, prefix_of
from adslot.html.source import EncodingError, codec_of
from adslot.policy.policy import Policy

policy_file_option = click.option(
    "--policy", "policy_file", metavar="FILE", shell_complete=file_names, help="The policy, a TOML or JSON file."
)
preset_option = click.option(
    "--preset", metavar="NAME", shell_complete=preset_names, help="A ready policy, e.g. de-news."
)
mode_option = click.option(
    "--mode",
    type=click.Choice(["auto", "page", "fragment"]),
    default="auto",
    show_default=True,
    help="What the inputs are.",
)


def _encoding(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    try:
        if name is not None:
            codec_of(name)
    except EncodingError as error:
        raise click.BadParameter(str(error)) from error
    return name


encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    callback=_encoding,
    help="The encoding of the inputs; default: as a browser decides.",
)
output_option = click.option(
    "-o",
    "--output",
    metavar="PATH",
    shell_complete=file_names,
    help="Write there: a file for one input, a folder for many.",
)
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
related_option = click.option(
    "--related",
    "related_file",
    metavar="FILE",
    shell_complete=file_names,
    help="Articles for teasers: JSON, JSON lines, RSS or Atom.",
)
context_option = click.option(
    "--context",
    "pairs",
    metavar="KEY=VALUE",
    multiple=True,
    help="What the policy's cases ask for; repeatable.",
)
url_option = click.option("--url", metavar="URL", help="The address of the article, if its page does not say it.")
now_option = click.option(
    "--now", "now_text", metavar="DATE", help="The date, or time, at which articles are over or not."
)


def _id_prefix(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    try:
        prefix_of(text)
    except IdPrefixError as error:
        raise click.BadParameter(str(error).removeprefix("id_prefix: ")) from error
    return text


id_prefix_option = click.option(
    "--id-prefix",
    metavar="TEXT",
    callback=_id_prefix,
    help="Put this into the ids of slots, for pages of several texts.",
)
inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="FILE...", shell_complete=file_names)


def policy_of(
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
        click.echo(f"adslot: policy: {shown(policy_file)}", err=True)
    try:
        policy = adslot.load(policy_file) if policy_file is not None else adslot.preset(preset or "")
        policy.resolve(context)
    except (PolicyError, ContextError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    tell(policy_file or preset or "", policy.warnings)
    return policy


def check_rule(name: str | None, policy: Policy) -> None:
    """See that *policy* has a rule of this *name*, if one is named. Wrong usage where it has not."""
    known = [rule.name for rule in policy.rules]
    if name is not None and name not in known:
        close = nearest(name, known)
        hint = f"did you mean {close!r}?" if close else f"its rules are {', '.join(known) or 'none'}"
        raise click.BadParameter(f"the policy has no rule {name!r}; {hint}", param_hint="--rule")


def tell_of_context(policy: Policy, context: Mapping[str, object]) -> None:
    """Tell which cases a *context* that was given does not meet, and perhaps should: for commands that make no plan."""
    if context:
        tell("--context", policy.lacks(context))
