"""Templates: what stands inside of a slot, written in Jinja.

Everything that is written into a template is escaped. A template stands by itself: it includes no other file,
and there is no chance in it, so that the same placement is always written the same. Nobody has to trust it: it sees
data only, and what it may cost is bounded (`sandbox`, `budget`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from adslot.kept import kept, size_of, size_of_text
from adslot.packed import names_in, text_in
from adslot.patterns import pattern
from adslot.policy.bounds import TEMPLATE_CHARS

if TYPE_CHECKING:
    from jinja2 import Template, Undefined

    from adslot.policy.templates.sandbox import Sandbox

# What adslot writes without a template.
PLAIN = "plain"
_FILE = "<template>"
_TAG = pattern(r"\{[{%#]|[}%#]\}")
_HALVES = pattern("[\ud800-\udfff]")
# How much of a message is shown.
_TOLD = 300
_counts: ContextVar[list[int] | None] = ContextVar("counts", default=None)
# What the shortest takes.
_TEMPLATE = 3000


class TemplateFault(ValueError):  # noqa: N818  # found in a template, reported as a problem of the policy
    """What is wrong with a template, and in which line."""


class PassingFault(TemplateFault):
    """One that says nothing of the template: there was no room left, on the stack or in memory."""


class Context(dict[str, Any]):
    """What the caller knows of the page. What it does not say is undefined, which is false and writes nothing.

    With *other*, it says that of everything else.
    """

    def __init__(self, known: Mapping[str, Any] | Iterable[tuple[str, Any]] = (), other: str | None = None) -> None:
        super().__init__(known)
        self.other = other

    def __missing__(self, key: str) -> str | Undefined:
        from jinja2 import Undefined  # noqa: PLC0415  # see `_sandbox`

        return Undefined(name=key) if self.other is None else self.other


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the built-in templates."""
    return (PLAIN, *names_in(__name__, ".html"))


@lru_cache(maxsize=16)
def needs_of(name: str) -> tuple[str, ...]:
    """What a built-in template needs: attributes, `sizes`; its first line says so."""
    needed = re.match(r"\{#.*?needs: (.*?) #\}", _text_of(name))
    return tuple(needed[1].split(", ")) if needed else ()


def purpose_of(name: str) -> str:
    """What a built-in template is for, in one sentence; its first line says so."""
    told = re.match(r"\{# (.*?)(?: needs: .*?)? #\}", _text_of(name))
    return told[1] if told else ""


def asks_for(template: str, name: str) -> bool:
    """Whether *template*, the name of one or one as text, speaks of *name*; of one that there is not nothing is known.

    >>> asks_for("adsense", "consent"), asks_for("gpt", "consent"), asks_for("<b>{{ label }}</b>", "consent")
    (True, False, False)
    """
    text = _text_of(template) if template in names() and template != PLAIN else template
    return bool(re.search(rf"\b{name}\b", text)) or (text == template != PLAIN and not is_written(template))


def is_written(template: str) -> bool:
    """Whether *template* is a template itself, not the name of one.

    >>> is_written("<div>{{ label }}</div>"), is_written("plain")
    (True, False)
    """
    return "<" in template or "{" in template


def fill(template: str, values: dict[str, Any]) -> str:
    """What *template*, a built-in one or one as text, makes of *values*, which `as_data` has made. Raises TemplateFault.

    >>> fill('<a href="{{ url }}">{{ title }}</a>', {"url": "/takt", "title": "Züge & Busse"})
    '<a href="/takt">Züge &amp; Busse</a>'
    """
    program, sandbox = compiled(template), _sandbox()
    budget = sandbox.budget_for(values)
    try:
        return as_read(sandbox.fill(program, values, budget)).strip()
    except Exception as error:  # whatever an expression may do
        from traceback import walk_tb  # noqa: PLC0415  # a template that can be filled does not wait for it

        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == _FILE]
        raise _fault(error, program.get_corresponding_lineno(lines[-1]) if lines else None) from error
    finally:
        if (counts := _counts.get()) is not None:
            counts.append(budget.taken)


def as_data(value: object) -> Any:
    """*value* as templates may have it: without anything but texts, numbers, lists and mappings, see `data`."""
    from adslot.policy.templates import data  # noqa: PLC0415  # see `_sandbox`

    return data.as_data(value)


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many steps each template takes that is filled meanwhile.

    >>> with counted() as steps:
    ...     _ = fill("{% for n in [1, 2, 3] %}{{ n }}{% endfor %}", {})
    >>> steps
    [16]
    """
    outer, counts = _counts.get(), list[int]()
    token = _counts.set(counts)
    try:
        yield counts
    finally:
        _counts.reset(token)
        if outer is not None:
            outer.extend(counts)


def as_read(text: str) -> str:
    """*text* with what HTML parsers read for carriage returns, NULs and halves of characters, which are read otherwise than written.

    >>> as_read("Anzeige\\r\\n")
    'Anzeige\\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


@kept(megabytes=6, size=lambda text, template: size_of_text(text) + _size_of_code(template))
def compiled(template: str) -> Template:
    """*template*, ready to be filled. Raises TemplateFault where it is none."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415  # see `_sandbox`

    text = template if is_written(template) else _text_of(template)
    if len(text) > TEMPLATE_CHARS:
        raise TemplateFault(f"more than {TEMPLATE_CHARS:,} characters")
    environment = _sandbox()
    try:
        code = environment.code_of(text, _FILE)
    except TemplateSyntaxError as error:
        raise TemplateFault(f"line {error.lineno}: {_short(error.message or '')}") from error
    except Exception as error:  # whatever hostile text may do to a parser and a compiler
        raise _fault(error) from error
    return environment.template_class.from_code(environment, code, environment.globals)


@kept(megabytes=1, size=size_of_text)
def fault_in(template: str) -> str | None:
    """Why the text *template* is none, None where it is one. Raises PassingFault where it may be one the next time."""
    try:
        compiled(template)
    except PassingFault:
        raise
    except TemplateFault as fault:
        return str(fault)
    return None


@kept(megabytes=1, size=size_of_text)
def chars_in_tags(template: str) -> int:
    """How many characters of a template are no text.

    >>> chars_in_tags("<b>{{ a }}</b>{% if b %}c")
    9
    """
    total, opened = 0, -1
    for tag in _TAG.finditer(template):
        if opened < 0 and tag[0].startswith("{"):
            opened = tag.end()
        elif opened >= 0 and tag[0].endswith("}"):
            total, opened = total + tag.start() - opened, -1
    return total if opened < 0 else total + len(template) - opened


def _fault(error: Exception, line: int | None = None) -> TemplateFault:
    where = "" if line is None else f"line {line}: "
    # Python knows no line of the template for what it cannot compile, but one of its own.
    what = error.msg if isinstance(error, SyntaxError) else str(error)
    kind = PassingFault if isinstance(error, MemoryError | RecursionError) else TemplateFault
    return kind(f"{where}{_short(what) or type(error).__name__}")


def _short(text: str) -> str:
    """*text*, which may quote whatever stands in a template, in one line of bounded length."""
    line = " ".join(text.split())
    return line if len(line) <= _TOLD else f"{line[:_TOLD]}…"


def _size_of_code(template: Template) -> int:
    """How many bytes a template takes: it is code, and that may be a hundred times as long as its text."""
    functions = (template.root_render_func, *template.blocks.values())
    return sum(sys.getsizeof(found.__code__) + size_of(found.__code__.co_consts) for found in functions) + _TEMPLATE


def _text_of(name: str) -> str:
    if name not in names():
        raise TemplateFault(f"no template {name!r}")
    return text_in(__name__, f"{name}.html")


@lru_cache(maxsize=1)
def _sandbox() -> Sandbox:
    # Imported here: it takes as long as many small articles, and only templates need it.
    from adslot.policy.templates.sandbox import Sandbox  # noqa: PLC0415

    return Sandbox()
