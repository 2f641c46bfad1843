"""The command line: thin commands over the library's verbs.

Results go to standard output, talk to standard error. Exit status 0: done; 1: some inputs failed, `check`
found something, or --strict was not satisfied; 2: wrong usage or a wrong policy.
"""

from __future__ import annotations

import click

from adslot._version import VERSION
from adslot.cli.demo import demo
from adslot.cli.page_commands import check, explain, place, sections, strip
from adslot.cli.policy_commands import check_policies, css, init, presets, schema
from adslot.cli.preview import preview
from adslot.cli.program import Program
from adslot.cli.serve import serve


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, "-V", "--version", prog_name="adslot")
def main() -> None:
    """Put ad slots and related-article teasers into article HTML by declared rules.

    Inputs are files, folders (every *.html, *.htm and *.xhtml below) or "-" for standard input.
    """


for _command in (
    place,
    strip,
    sections,
    explain,
    preview,
    check,
    check_policies,
    presets,
    init,
    css,
    schema,
    demo,
    serve,
):
    main.add_command(_command)
