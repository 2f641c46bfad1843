"""Loading at once what is otherwise loaded when it is first asked for: before a process forks, or before its first page.

A child of `os.fork` has only the thread that forked. A module that another thread was just importing stays locked
there for ever, and so does whoever imports it. Therefore, once any part of adslot has been loaded, this is also done
before each fork: the fork waits for the imports that are under way, and none begins after them.
"""

from __future__ import annotations

import codecs
import encodings
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from types import ModuleType

import adslot
from adslot import patterns
from adslot.policy import presets, templates

# The command line, archives and the integrations: who wants them has imported them.
_APART = ("adslot.__main__", "adslot.batch", "adslot.cli", "adslot.contrib")
# What functions import, here and in what adslot builds on.
_BORROWED = ("difflib", "jinja2.debug", "traceback", "turbohtml.etree", "w3lib.html", "w3lib.url")
_EXTRAS = ("feedparser", "xml.sax.expatreader")


def preload() -> None:
    """Load everything that adslot would load later, when it is first needed.

    It takes about a quarter of a second, once. Call it in a process that is going to fork workers, which then share
    what is loaded, or when a server starts, so that no page waits for it.

    >>> preload()
    """
    _load()


@cache  # which has no lock: while one thread loads, another one that forks waits for each module
def _load() -> None:
    for name in (*_parts(adslot), *_BORROWED):
        import_module(name)
    for name in _EXTRAS:
        with suppress(ImportError):
            import_module(name)
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError):  # some are no codecs, or those of other systems
            codecs.lookup(module.name)
    patterns.compile_all()
    # The readers of the package's files, and the environment of templates.
    presets.names()
    templates.fill("<br>", {})


def _parts(package: ModuleType) -> Iterator[str]:
    """The modules of a package, and of those in it."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if module.name not in _APART:
            yield module.name
            if module.ispkg:
                yield from _parts(import_module(module.name))
