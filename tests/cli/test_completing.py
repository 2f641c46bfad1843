"""Completion in a shell, as click asks for it: commands, options, presets, and files."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from adslot.cli.commands import main


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["pre"], ["plain,presets", "plain,preview"]),
        (["place", "--pre"], ["plain,--preset"]),
        (["place", "--preset", "de-"], ["plain,de-news", "plain,de-portal"]),
        (["init", "--preset", "ja"], ["plain,ja-news"]),
        (["presets", "de-p"], ["plain,de-portal"]),
        (["presets", "adslot.t"], ["file,adslot.t"]),
        (["place", "arti"], ["file,arti"]),
        (["place", "a.html", "--policy", "ad"], ["file,ad"]),
        (["explain", "a.html", "--related", "re"], ["file,re"]),
        (["strip", "a.html", "-o", "o"], ["file,o"]),
        (["preview", "a.html", "-o", "o"], ["file,o"]),
        (["policy", "ad"], ["file,ad"]),
        (["init", "a"], ["file,a"]),
        (["init", "-o", "a"], ["file,a"]),
        (["demo", "-o", "a"], ["file,a"]),
        (["demo", "--files", "ex"], ["dir,ex"]),
    ],
)
def test_what_is_offered(words, offered):
    """Each with what the shell is to make of it."""
    asked = {
        "_ADSLOT_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["adslot", *words]),
        "COMP_CWORD": str(len(words)),
    }
    done = CliRunner().invoke(main, [], prog_name="adslot", env=asked, standalone_mode=True)
    assert done.stdout.split() == offered
