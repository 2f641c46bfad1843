"""The command line: thin commands over the library's verbs.

Results go to standard output, talk to standard error. Exit status 0: done; 1: some inputs failed;
2: wrong usage or a wrong policy.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import click

import adslot
from adslot._report import explanation, explanation_data, outline, outline_data
from adslot.errors import AdslotError, PolicyError
from adslot.policy import Policy
from adslot.related import Related

STDIN = "-"
SUFFIXES = (".html", ".htm", ".xhtml")

_policy_file = click.option("--policy", "policy_file", metavar="FILE", help="The policy, a TOML file.")
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
_inputs = click.argument("inputs", nargs=-1, required=True, metavar="FILE...")


@attrs.frozen
class Input:
    """One file to work on, and its path below the folder that was named."""

    path: str
    below: Path

    def read(self) -> bytes:
        """The file's bytes; a NUL at the start says that it is no HTML."""
        data = sys.stdin.buffer.read() if self.path == STDIN else Path(self.path).read_bytes()
        if b"\0" in data[:1024] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise NotHtmlError
        return data


class NotHtmlError(AdslotError):
    """A binary file."""

    def __str__(self) -> str:
        return "a binary file, not HTML"


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
@_output
@_mode
@_encoding
@click.option(
    "--related", "related_file", metavar="FILE", help='Articles for teasers: a JSON list of {"title", "url"}.'
)
def place(
    inputs: tuple[str, ...],
    policy_file: str | None,
    preset: str | None,
    output: str | None,
    mode: str,
    encoding: str | None,
    related_file: str | None,
) -> None:
    """Write the inputs with their slots."""
    policy, related = _load(policy_file, preset), _load_related(related_file)
    if not policy.rules:
        click.echo("the policy has no rules: nothing will be placed", err=True)

    def work(data: bytes) -> tuple[bytes, Sequence[str]]:
        result = adslot.place(data, policy, related=related, mode=mode, encoding=encoding)
        return result.html, result.plan.warnings

    _write_all(inputs, output, work)


@main.command()
@_inputs
@_output
@_mode
@_encoding
def strip(inputs: tuple[str, ...], output: str | None, mode: str, encoding: str | None) -> None:
    """Write the inputs without adslot's slots, byte for byte as they were before."""
    _write_all(inputs, output, lambda data: (adslot.strip(data, mode=mode, encoding=encoding), ()))


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
    policy = _load(policy_file, preset) if policy_file or preset else Policy()

    def work(data: bytes) -> str:
        article = adslot.read(data, policy, mode=mode, encoding=encoding)
        return json.dumps(outline_data(article), ensure_ascii=False) if form == "json" else outline(article)

    _print_all(inputs, work, form)


@main.command()
@_inputs
@_policy_file
@_preset
@_mode
@_encoding
@_format
@click.option("--rule", metavar="NAME", help="The refusals of this rule only.")
def explain(
    inputs: tuple[str, ...],
    policy_file: str | None,
    preset: str | None,
    mode: str,
    encoding: str | None,
    form: str,
    rule: str | None,
) -> None:
    """Show for every gap of the inputs which slot stands there, or why none does."""
    policy = _load(policy_file, preset)
    if rule is not None and rule not in {known.name for known in policy.rules}:
        raise click.BadParameter(f"the policy has no rule {rule!r}", param_hint="--rule")

    def work(data: bytes) -> str:
        plan = adslot.place(data, policy, mode=mode, encoding=encoding).plan
        if form == "json":
            return json.dumps(explanation_data(plan, rule), ensure_ascii=False)
        return explanation(plan, rule)

    _print_all(inputs, work, form)


# ----------------------------------------------------------------------------------------- options


def _load(policy_file: str | None, preset: str | None) -> Policy:
    """The policy that the options name; a wrong one ends the program with status 2."""
    if (policy_file is None) == (preset is None):
        raise click.UsageError("name one policy: --policy FILE or --preset NAME")
    try:
        return adslot.load(policy_file) if policy_file is not None else adslot.preset(preset or "")
    except PolicyError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _load_related(path: str | None) -> list[Related]:
    if path is None:
        return []
    try:
        items = json.loads(Path(path).read_text(encoding="utf-8"))
        return [Related(str(item["title"]), str(item["url"])) for item in items]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise click.BadParameter(
            f'{path}: expected a JSON list of {{"title", "url"}}: {error}', param_hint="--related"
        ) from error


# ----------------------------------------------------------------------------------- inputs, outputs


def _expand(inputs: Iterable[str]) -> Iterator[Input]:
    """The files that *inputs* name; folders are searched."""
    for name in inputs:
        path = Path(name)
        if name != STDIN and path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not found:
                click.echo(f"adslot: {name}: no HTML file in this folder", err=True)
            yield from (Input(str(p), p.relative_to(path)) for p in found)
        else:
            yield Input(name, Path(path.name))


def _each(inputs: Sequence[str], work: Callable[[Input], None]) -> None:
    """Do *work* on every input; what fails is told in one line, and the others are done. Exits 1 then."""
    files = list(_expand(inputs))
    failed = not files
    with click.progressbar(files, file=sys.stderr, hidden=len(files) < 2 or not sys.stderr.isatty()) as bar:
        for each in bar:
            try:
                work(each)
            except (OSError, AdslotError) as error:
                if isinstance(error, PolicyError):
                    click.echo(str(error), err=True)
                    sys.exit(2)
                reason = error.strerror if isinstance(error, OSError) else str(error)
                click.echo(f"adslot: {each.path}: {reason}", err=True)
                failed = True
    if failed:
        sys.exit(1)


def _write_all(inputs: Sequence[str], output: str | None, work: Callable[[bytes], tuple[bytes, Sequence[str]]]) -> None:
    many = len(inputs) > 1 or (inputs[0] != STDIN and Path(inputs[0]).is_dir())
    if many and output is None:
        raise click.UsageError("several inputs need a folder: -o FOLDER")

    def write(each: Input) -> None:
        changed, warnings = work(each.read())
        for warning in warnings:
            click.echo(f"adslot: {each.path}: {warning}", err=True)
        if output is None or output == STDIN:
            sys.stdout.buffer.write(changed)
        else:
            _replace(Path(output) / each.below if many or Path(output).is_dir() else Path(output), changed)

    _each(inputs, write)


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _print_all(inputs: Sequence[str], work: Callable[[bytes], str], form: str) -> None:
    titled = form == "text" and (len(inputs) > 1 or (inputs[0] != STDIN and Path(inputs[0]).is_dir()))

    def show(each: Input) -> None:
        text = work(each.read())
        click.echo(f"{each.path}\n{text}" if titled else text)

    _each(inputs, show)
