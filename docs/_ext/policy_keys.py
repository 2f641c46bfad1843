"""The keys of policies as objects of their own, which the search finds and {confval} leads to.

The reference lists them in tables, one for each part of a policy, which a test holds to what the reader knows. Each row
becomes the target of its keys: `rules.every` is the row of `every` in the chapter of `[[rules]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

PAGE = "reference/policy"
_PART = re.compile(r"\[+(?P<name>[\w.]+)\]+\Z")


def name_keys(app: Sphinx, document: nodes.document) -> None:
    """Make targets of the rows of the tables of keys."""
    if app.env.docname != PAGE:
        return
    objects = app.env.domains.standard_domain
    if not list(document.findall(nodes.table)):
        logging.getLogger(__name__).warning("the reference of the policy file has no tables of keys", location=PAGE)
    for section in document.findall(nodes.section):
        part = _PART.match(section[0].astext())
        for key, cell in _keys(section) if part else ():
            name = f"{part['name']}.{key}"
            target = f"confval-{name}"
            cell["ids"].append(target)
            document.note_explicit_target(cell, cell)
            objects.note_object("confval", name, target, location=cell)


def _keys(section: nodes.section) -> Iterator[tuple[str, nodes.literal]]:
    """The keys that the table of a chapter begins its rows with."""
    for table in (child for child in section.children if isinstance(child, nodes.table)):
        if next(table.findall(nodes.entry)).astext() == "key":
            table["classes"].append("keys")
            for row in next(table.findall(nodes.tbody)).children:
                for key in row[0].findall(nodes.literal):
                    yield key.astext(), key


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", name_keys)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
