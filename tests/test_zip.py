"""adslot from a zip, without metadata: all that it reads of itself is in the package."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import adslot
from adslot._version import VERSION
from adslot.policy.templates import names
from tests.processes import PATIENCE, STORY

# A middleware, a template, the marks of pages, and that there are really no metadata.
INTEGRATIONS = f"""
import importlib.metadata

import adslot, adslot.contrib.asgi, adslot.contrib.flask, adslot.contrib.jinja
from adslot.contrib.wsgi import AdslotMiddleware
from adslot.policy.templates import names

try:
    importlib.metadata.version("adslot")
except importlib.metadata.PackageNotFoundError:
    print("no metadata")

POLICY = '''
[slots.a]
kind = "ad"
label = "Anzeige"
template = "gpt"
sizes = ["300x250"]
attributes = {{ data-ad-unit = "/1234/artikel" }}
[[rules]]
name = "r"
slot = "a"
'''
PAGE = "<!DOCTYPE html><html lang=de><body><article>" + {STORY!r}

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"v1"')])
    return [PAGE.encode()]

told = {{}}
request = {{"REQUEST_METHOD": "GET", "PATH_INFO": "/"}}
page = b"".join(AdslotMiddleware(app, adslot.loads(POLICY))(request, lambda _, headers: told.update(headers)))
print(page.count(b'data-adslot-rule="r"'), told["ETag"] != '"v1"', adslot.__version__, ".zip" in adslot.__file__)
print(*names(), "|", *adslot.preset_names(), "|", adslot.json_schema()["title"])
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """Runs a Python that has adslot in a zip, and what adslot needs, but no metadata of it."""
    folder = tmp_path_factory.mktemp("zipped")
    package = Path(adslot.__file__ or "").parent
    with zipfile.ZipFile(folder / "adslot.zip", "w") as archive:
        for path in package.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                archive.write(path, path.relative_to(package.parent))
    (folder / "needed").mkdir()
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for path in Path(place).iterdir():
            if not path.name.startswith(("adslot", "_editable_impl_adslot", "__editable__")):
                (folder / "needed" / path.name).symlink_to(path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PYTHONPATH": os.pathsep.join(["adslot.zip", "needed"]), "PYTHONUTF8": "1"}

    def run(*words, text=""):
        done = subprocess.run(
            [sys.executable, "-S", *words],
            env=environment,
            cwd=folder,
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.stderr == ""
        return done.stdout

    return run


def test_commands(python):
    """The version, whoever answers, and a page filled by a preset."""
    version = f"adslot, version {VERSION}\n"
    assert python("-m", "adslot", "--version") == python("-m", "adslot", "--version", "--help") == version
    filled = python("-m", "adslot", "place", "--preset", "longform", "-", text=STORY)
    assert adslot.strip(filled) == STORY != filled


def test_integrations(python):
    """Middlewares mark the pages that they fill with the version; presets, templates and the schema are there."""
    assert python("-c", INTEGRATIONS).splitlines() == [
        "no metadata",
        f"1 True {VERSION} True",
        f"{' '.join(names())} | {' '.join(adslot.preset_names())} | adslot policy",
    ]
