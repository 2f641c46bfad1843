"""Completion in a shell: what may stand in the place of an option's value, or of an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def file_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Files and folders, which the shell knows."""
    return [_item(begun, "file")]


def folder_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Folders."""
    return [_item(begun, "dir")]


def preset_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The ready policies whose names begin so."""
    import adslot  # noqa: PLC0415  # this and what follows only where a shell asks

    return [_item(name, "plain") for name in adslot.preset_names() if name.startswith(begun)]


def preset_or_file_names(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The ready policies, or files where none begins so."""
    return preset_names(context, parameter, begun) or file_names(context, parameter, begun)


def _item(value: str, kind: str) -> CompletionItem:
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    return CompletionItem(value, type=kind)
