"""What fills pages, as the commands are told it: inputs, a policy, related articles, and what is known of the pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import attrs
import click

import adslot
from adslot.cli.contexts import context_of
from adslot.cli.files import Inputs
from adslot.cli.options import (
    context_option,
    inputs_argument,
    now_option,
    policy_file_option,
    policy_of,
    preset_option,
    related_option,
    url_option,
)
from adslot.errors import MissingExtraError, RelatedError
from adslot.policy.policy import Policy
from adslot.related.values import Related, moment


@attrs.frozen
class Filling:
    """What pages are filled by: the *inputs*, the *policy*, and what else `place` is *told* of them."""

    inputs: tuple[str, ...]
    policy: Policy
    told: dict[str, Any]

    @property
    def resolved(self) -> Policy:
        """The policy in the context that was given."""
        return self.policy.resolve(self.told["context"])


def fills_pages(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments and options of what fills pages, as one `Filling` in front of its own."""

    @inputs_argument
    @policy_file_option
    @preset_option
    @related_option
    @context_option
    @url_option
    @now_option
    @wraps(command)
    def run(
        *,
        inputs: tuple[str, ...],
        policy_file: str | None,
        preset: str | None,
        related_file: str | None,
        pairs: tuple[str, ...],
        url: str | None,
        now_text: str | None,
        watch: bool = False,
        **rest: Any,
    ) -> None:
        if watch:
            from adslot.cli.watching import run_again  # noqa: PLC0415  # it starts processes

            policy = Path(policy_file) if policy_file else None if preset else adslot.find_policy()
            run_again([*inputs, *([related_file] if related_file else [])], policy, rest.get("output"))
        told = _told_of(inputs, related_file, pairs, url, now_text)
        command(Filling(inputs, policy_of(policy_file, preset, told["context"]), told), **rest)

    return run


def _told_of(
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
    return {"related": _articles_in(related_file), "context": context_of(pairs), "url": url, "now": now}


def _articles_in(path: str | None) -> tuple[Related, ...]:
    """The articles of a file; what is wrong with it ends the program with status 2."""
    try:
        return adslot.load_related(path) if path is not None else ()
    except (RelatedError, MissingExtraError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
