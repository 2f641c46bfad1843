"""`adslot serve`: articles of a program in another language, one JSON object to a line in, one out, or over HTTP.

What is wrong with one article, or cannot be placed, is answered with an error and costs no other one. The process
ends with its input; one that listens, at a signal.
"""

from __future__ import annotations

import sys

import click

import adslot
from adslot.cli.addresses import Address, address_of
from adslot.cli.asking import answer
from adslot.cli.options import policy_file_option, policy_of, preset_option
from adslot.cli.program import Command
from adslot.cli.streams import put
from adslot.policy.policy import Policy


@click.command(cls=Command)
@policy_file_option
@preset_option
@click.option("--http", "address", metavar="[HOST:]PORT", help="Listen there instead; HOST is 127.0.0.1 by default.")
@click.option(
    "--allow-host",
    "names",
    metavar="NAME",
    multiple=True,
    help="Answer those, too, who ask for this host; needed where HOST is not this machine alone; repeatable.",
)
def serve(policy_file: str | None, preset: str | None, address: str | None, names: tuple[str, ...]) -> None:
    """Fill articles of another program, by lines of JSON or over HTTP.

    Each line of standard input is one article, as a JSON object. Its keys are "html", and if you like "related", "context", "url", "now", "mode" and "id_prefix"; "id" comes back
    with the answer, which has "html", "placements" and "warnings", or "error".

    With --http the same objects come and go as the bodies of POST /place; a body of text/html is answered by one.
    """
    if address is None and names:
        raise click.UsageError("--allow-host is for --http")
    there = None if address is None else address_of(address, names)
    policy = policy_of(policy_file, preset)
    if there is not None:
        _listen(there, policy)
        return
    for line in sys.stdin.buffer:
        if line.strip():
            put(answer(line.rstrip(), policy).line)


def _listen(address: Address, policy: Policy) -> None:
    from adslot.cli.http_requests import Handler  # noqa: PLC0415  # no other command waits for these
    from adslot.cli.listening import listen  # noqa: PLC0415

    adslot.preload()
    listen(address, policy, Handler)
