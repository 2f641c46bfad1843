"""The program around the commands: what becomes of faults that are no file's, and of streams that cannot be written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import click

from adslot.cli.files import DEBUG, ENDS_ALL, tell_traceback, told
from adslot.cli.paths import shown
from adslot.cli.streams import ResultLostError, Talk, occupy, reason_of, silence


def _remember(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:  # noqa: FBT001  # click calls it
    if asked:
        context.meta[DEBUG] = True


def _debug_option(*, hidden: bool) -> click.Option:
    return click.Option(
        ["--debug"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        hidden=hidden,
        callback=_remember,
        help="Show tracebacks of errors, too.",
    )


class Command(click.Command):
    """A command: --debug may stand behind its name as well."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params.append(_debug_option(hidden=True))


class Program(click.Group):
    """The group of all commands. Ends with one line and a status, whatever happens.

    *homes* says which module each command is in; a command is loaded when it is asked for.
    """

    def __init__(self, *args: Any, homes: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._homes = homes
        self.params.append(_debug_option(hidden=False))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click asks
        """The names of all commands, sorted."""
        return sorted(self._homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded. Where there is none, all are, so that click can say what was perhaps meant."""
        for home in (self._homes[cmd_name],) if cmd_name in self._homes else self._homes.values():
            for each in vars(import_module(home)).values():
                if isinstance(each, Command):
                    self.add_command(each)
        return super().get_command(ctx, cmd_name)

    def main(self, args: Sequence[str] | None = None, *parts: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command that the arguments name, and end the process."""
        run = partial(super().main, args, *parts, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        occupy()
        spoken, sys.stderr = sys.stderr, (talk := Talk(sys.stderr))
        _let_all_be_written()
        try:
            status = _status(run)
        finally:
            sys.stderr = spoken
        sys.exit(status or int(talk.is_lost))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was parsed."""
        try:
            return super().invoke(ctx)
        except ENDS_ALL:
            raise
        except OSError as error:
            if error.filename is None:  # the same, of a command
                raise
            _tell_fault(f"{shown(str(error.filename))}: {reason_of(error)}", error)
        except Exception as error:  # noqa: BLE001  # the last place where it can be reported in one line
            _tell_fault(told(error), error)
        return 1


def _status(run: Callable[[], Any]) -> int:
    try:
        status = run()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("adslot: stopped", err=True)
        return 1
    except ResultLostError as error:
        return _lost(error)
    except OSError as error:  # click has printed a help
        silence(sys.stdout)
        return _lost(ResultLostError(error))
    return status if isinstance(status, int) else 0


def _lost(error: ResultLostError) -> int:
    if error.is_told:
        click.echo(f"adslot: {error}", err=True)
    return 1


def _tell_fault(text: str, error: Exception) -> None:
    click.echo(f"adslot: {text}", err=True)
    tell_traceback(error)


def _let_all_be_written() -> None:
    """A letter that the terminal's encoding lacks is no reason to fail."""
    if getattr(sys.stdout, "errors", None) == "strict" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
