"""Templates: what stands inside of a slot, written in Jinja.

Everything that is written into a template is escaped. A template stands by itself: it includes no other file,
and there is no chance in it, so that the same placement is always written the same.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from adslot._cache import kept, size_of, size_of_text

if TYPE_CHECKING:
    from jinja2 import Environment, Template, Undefined

# What adslot writes without a template.
PLAIN = "plain"
_FILE = "<template>"
# What the shortest takes.
_TEMPLATE = 3000
# Each would write something else the next time.
_BY_CHANCE = ("random",)


class TemplateFault(ValueError):  # noqa: N818  # found in a template, told as a problem of the policy
    """What is wrong with a template, and in which line."""


class Context(dict[str, Any]):
    """What the caller knows of the page. What it does not say is undefined, which is false and writes nothing."""

    def __missing__(self, key: str) -> str | Undefined:
        from jinja2 import Undefined  # noqa: PLC0415  # see `_environment`

        return Undefined(name=key)


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the built-in templates."""
    files = resources.files(__package__).iterdir()
    return (PLAIN, *sorted(file.name.removesuffix(".html") for file in files if file.name.endswith(".html")))


@lru_cache(maxsize=16)
def needs_of(name: str) -> tuple[str, ...]:
    """What a built-in template needs: attributes, `sizes`; its first line says so."""
    needed = re.match(r"\{#.*?needs: (.*?) #\}", _text_of(name))
    return tuple(needed[1].split(", ")) if needed else ()


def is_written(template: str) -> bool:
    """Whether *template* is a template itself, not the name of one.

    >>> is_written("<div>{{ label }}</div>"), is_written("plain")
    (True, False)
    """
    return "<" in template or "{" in template


def fill(template: str, values: Mapping[str, object]) -> str:
    """What *template*, a built-in one or one as text, makes of *values*. Raises TemplateFault.

    >>> fill('<a href="{{ url }}">{{ title }}</a>', {"url": "/takt", "title": "Züge & Busse"})
    '<a href="/takt">Züge &amp; Busse</a>'
    """
    try:
        return as_read(compiled(template).render(values)).strip()
    except TemplateFault:
        raise
    except Exception as error:  # whatever an expression may do
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _FILE]
        where = f"line {lines[-1]}: " if lines else ""
        raise TemplateFault(f"{where}{str(error) or type(error).__name__}") from error


def as_read(text: str) -> str:
    """*text* with what HTML parsers read for carriage returns and NULs, which would be read otherwise than written.

    >>> as_read("Anzeige\\r\\n")
    'Anzeige\\n'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


@kept(megabytes=6, size=lambda text, template: size_of_text(text) + _size_of_code(template))
def compiled(template: str) -> Template:
    """*template*, ready to be filled. Raises TemplateFault where it is none."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415  # see `_environment`

    text = template if is_written(template) else _text_of(template)
    environment = _environment()
    try:
        code = environment.compile(text, filename=_FILE)
    except TemplateSyntaxError as error:
        raise TemplateFault(f"line {error.lineno}: {error.message}") from error
    return environment.template_class.from_code(environment, code, environment.globals)


def _size_of_code(template: Template) -> int:
    """How many bytes a template takes: it is code, and that may be a hundred times as long as its text."""
    functions = (template.root_render_func, *template.blocks.values())
    return sum(sys.getsizeof(found.__code__) + size_of(found.__code__.co_consts) for found in functions) + _TEMPLATE


def _text_of(name: str) -> str:
    if name not in names():
        raise TemplateFault(f"no template {name!r}")
    return resources.files(__package__).joinpath(f"{name}.html").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Imported here: it takes as long as many small articles, and only templates need it.
    from jinja2 import Environment, StrictUndefined, Undefined  # noqa: PLC0415

    def plain(value: object) -> None:
        """What JSON has for *value*: null for what the context lacks."""
        if type(value) is not Undefined:
            raise TypeError(f"{type(value).__name__} is no JSON")

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    for name in _BY_CHANCE:
        del environment.filters[name]
    environment.globals.pop("lipsum")
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": plain}
    return environment
