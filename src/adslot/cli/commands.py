"""The command line: thin commands over the library's verbs.

Results go to standard output, talk to standard error. Exit status 0: done; 1: some inputs failed, `check`
found something, or --strict was not satisfied; 2: wrong usage or a wrong policy.
"""

from __future__ import annotations

import click

from adslot._version import VERSION
from adslot.cli.program import Program

# Every command, with the module that it is loaded from when it is asked for: no command waits for another one.
_HOMES = {
    "adslot.cli.demo": "demo",
    "adslot.cli.page_commands": "place strip",
    "adslot.cli.policy_commands": "css init policy presets schema",
    "adslot.cli.preview": "preview",
    "adslot.cli.report_commands": "check explain sections",
    "adslot.cli.serve": "serve",
}


@click.group(
    cls=Program,
    homes={name: module for module, names in _HOMES.items() for name in names.split()},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, "-V", "--version", prog_name="adslot")
def main() -> None:
    """Put ad slots and related-article teasers into article HTML by declared rules.

    Inputs are files, folders (every *.html, *.htm and *.xhtml below) or "-" for standard input.
    """
