"""The parts of the reference that are made from the code: what it says of guards, codes, presets, labels and templates.

Each function takes a page as it is and gives it back with these parts made anew; all else was written by hand, and
stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from adslot import codes as tables
from adslot.article.words.spelling import folded
from adslot.article.words.vocabulary import SOURCES, Words, vocabulary
from adslot.guards import GUARDS, Guard
from adslot.policy import presets
from adslot.policy import templates as built_in
from adslot.policy.file.keys import TABLES
from adslot.policy.label_table import ROWS
from tools import scenes

# The mark above a table of codes, and the table.
_CODES = re.compile(r"^(<!-- made: (?P<table>[A-Z]+) -->\n\n)(?:\|.*\n)*", re.M)
_PRESET = re.compile(r"^```\{literalinclude\} \S+/presets/(.+)\.toml$", re.M)


def policy(page: str) -> str:
    """The reference of the policy file: the keys of `[guards]`."""
    keys = TABLES["guards"]
    rows = (
        f"| `{name}` | {key.form.words} | {key.default} | [{key.doc}](guards/{name}.md) |" for name, key in keys.items()
    )
    return _replaced(page, r"^## `\[guards\]`\n\n\| key .*\n\|[-|]+\n", rows, "(?!\\|)")


def codes(page: str) -> str:
    """A page with tables of codes: each of them with every code and its sentence."""
    return _CODES.sub(lambda found: found[1] + _told(getattr(tables, found["table"])), page)


def _told(sentences: Mapping[str, str]) -> str:
    rows = "".join(f"| `{code}` | {sentence} |\n" for code, sentence in sentences.items())
    return f"| code | meaning |\n|---|---|\n{rows}"


def refusals(page: str) -> str:
    """The reference of refusals: tables of codes, and what helps against each."""
    return _replaced(codes(page), r"^\| code \| what helps \|\n\|[-|]+\n", _remedies(), r"(?!\|)")


def _remedies() -> Iterator[str]:
    """A row for each code, or for those below each other that the same helps against; guards have pages of their own."""
    for helps, alike in groupby(tables.REASONS.values(), key=lambda code: code.helps):
        names = [code.name for code in alike]
        links = [f"[](guards/{guard.name}.md)" for guard in GUARDS.values() if guard.name in names]
        yield f"| {', '.join(f'`{name}`' for name in names)} | {helps}{': ' if links else ''}{', '.join(links)} |"


def guards(page: str) -> str:
    """The index of guards: a table for readers, and the list of pages for the menu."""
    rows = (f"| [{guard.name}]({guard.name}.md) | {guard.docs} |" for guard in GUARDS.values())
    page = _replaced(page, r"^\| guard .*\n\|[-|]+\n", rows, r"(?!\|)")
    names = (guard.name for guard in GUARDS.values())
    return _replaced(page, r"^```\{toctree\}\n:hidden:\n\n", names, "```\n")


def guard(page: str, of: Guard) -> str:
    """The page of a guard: its name, its drawing, and the docstring of its module. An example may stand below."""
    scene = scenes.of_guard(of)
    picture = f"![{scene.said}](../../images/{scene.name}.svg)\n\n"
    head = f"# {of.name}\n\n{picture}```{{eval-rst}}\n.. automodule:: adslot.guards.{of.field}\n   :no-members:\n```\n"
    return head + re.sub(r"\A# .*?^```\{eval-rst\}\n.*?^```\n", "", page, count=1, flags=re.M | re.S)


def preset_list(page: str) -> str:
    """The reference of presets: the table in the order of the sections, and at the end a section for each that has none."""
    told = _PRESET.findall(page)
    for name in presets.names():
        if name not in told:
            shown = f"```{{literalinclude}} ../../src/adslot/policy/presets/{name}.toml\n:language: toml\n```\n"
            page += f"\n### {name}\n\n{presets.purpose_of(name)}\n\n{shown}"
    rows = (f"| [{name}](#{name}) | {presets.purpose_of(name)} |" for name in _PRESET.findall(page))
    return _replaced(page, r"^\| preset .*\n\|[-|]+\n", rows, r"(?!\|)")


def commands(page: str) -> str:
    """The reference of the command line: what `adslot presets` prints."""
    return _replaced(page, r"^\$ adslot presets\n", presets.listing().splitlines(), r"\$ ")


def templates(page: str) -> str:
    """The reference of templates: a row for each built-in one that has none yet."""
    told = set(re.findall(r"^\| `([\w-]+)` \|", page.partition("## Built-in templates\n")[2], re.M))
    new = (name for name in built_in.names() if name not in told)
    rows = "".join(
        f"| `{name}` | {built_in.purpose_of(name)} | {', '.join(f'`{need}`' for need in built_in.needs_of(name))} |\n"
        for name in new
    )
    return re.sub(r"^\| template \| for .*\n(?:\|.*\n)+", lambda found: found[0] + rows, page, count=1, flags=re.M)


def template_names(page: str) -> str:
    """A page that shows the message for a template that is none: it names the built-in ones."""
    names = ", ".join(built_in.names())
    return re.sub(r"(?<=\.template: expected one of ).*?(?=, a file with markup)", names, page)


def labels(page: str) -> str:
    """The reference of labels: the rows of the table."""
    rows = (
        f"| {row.language} | {f'`{row.template}`' if row.template else 'any'} | {row.text}"
        f" | {'accepted' if row.accepted else 'refused'} | {row.source.text} | {row.source.read} |"
        for row in ROWS
    )
    return _replaced(page, r"^\| language \| template .*\n\|[-|]+\n", rows, r"(?!\|)")


# The words of pages as the reference has them, a tuple for each column.
_COLUMNS = (
    ("ads",),
    ("teasers",),
    ("credits", "captions", "signs"),
    ("notes", "tags", "counters", "dates", "bylines", "calls"),
    ("about",),
)
# Without a mark, in front of what they belong to or behind it.
_FORMS = {"captions": "{} …", "signs": "… {}"}


def words(page: str) -> str:
    """The words of pages: a row for each language, and what they were taken from."""
    rows = (
        f"| {each.language} | {' | '.join(_said(each, column) for column in _COLUMNS)} | {', '.join(each.sources)} |"
        for each in vocabulary()
    )
    page = _replaced(page, r"^\| language \| above ads .*\n\|[-|]+\n", rows, r"(?!\|)")
    return _replaced(page, r"^The sources:\n\n", (f"- {name}: {text}" for name, text in SOURCES.items()), r"(?!- )")


def _said(words: Words, kinds: Iterable[str]) -> str:
    """The words of some kinds, each once: a counter may be a call as well, in other letters."""
    found: dict[str, str] = {}
    for kind in kinds:
        for word in words.said.get(kind, ()):
            said = _FORMS.get(kind, "{}").format(word)
            found.setdefault(folded(said), said)
    return " · ".join(found.values())


def _replaced(page: str, above: str, lines: Iterable[str], below: str) -> str:
    """*page* with *lines* in place of those between what *above* and *below* match."""
    made = "".join(f"{line}\n" for line in lines)
    page, count = re.subn(rf"({above})(?:.*\n)*?(?={below})", lambda found: found[1] + made, page, count=1, flags=re.M)
    if not count:
        message = f"the page has no place {above!r}"
        raise ValueError(message)
    return page
