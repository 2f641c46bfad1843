"""The files that come with adslot beside its modules: presets, templates, words.

`importlib.resources` reads them as well, but to load it takes longer than to fill a small page.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module


def text_in(package: str, name: str) -> str:
    """The text of the file *name* beside the modules of a *package*, also where that is in a zip. Raises OSError."""
    module = import_module(package)
    path = os.path.join(os.path.dirname(str(module.__file__)), name)  # noqa: PTH118, PTH120  # as the loader joins them
    data: bytes = module.__loader__.get_data(path)  # type: ignore[union-attr]  # of all loaders that read files
    return data.decode().replace("\r\n", "\n")


def names_in(package: str, ending: str) -> list[str]:
    """The names, without their *ending*, of the files beside the modules of a *package*, sorted."""
    folder = os.path.dirname(str(sys.modules[package].__file__))  # noqa: PTH120  # as above
    return sorted(name.removesuffix(ending) for name in _names(package, folder) if name.endswith(ending))


def _names(package: str, folder: str) -> list[str]:
    if os.path.isdir(folder):  # noqa: PTH112
        return os.listdir(folder)  # noqa: PTH208
    from importlib.resources import files  # noqa: PLC0415  # see above

    return [entry.name for entry in files(package).iterdir()]
