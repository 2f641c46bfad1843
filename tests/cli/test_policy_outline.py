"""`adslot policy`: what is wrong with policy files, and what each comes to."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot.cli.commands import main

WHOLE = """
extends = "de-portal"
limits = { ads = 4 }
[[cases]]
when = { subscriber = true }
limits = { ads = 0 }
"""
WRONG = '[slots.a]\nkind = "add"\n'
SPACED = """
[slots.anzeige]
kind = "ad"
label = "Anzeige"
[[rules]]
name = "second"
slot = "anzeige"
priority = 2
at = "after every 3 paragraphs"
[[rules]]
name = "first"
slot = "anzeige"
every = "900 chars"
guards = { tail = false }
[[spacing]]
between = ["ad", ["figure", "table"]]
min = "1 paragraph"
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder; gives the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, list(words))


def test_a_policy_is_told_in_the_order_in_which_it_is_placed(run):
    """Each rule with its slot and all keys that it says, then what holds between slots."""
    Path("adslot.toml").write_text(SPACED, encoding="utf-8")
    done = run("policy")
    assert done.stdout.splitlines() == [
        "1 slot, 2 rules in 2 tiers",
        "  1  first   anzeige (ad); every 900 chars; guards tail false",
        "  2  second  anzeige (ad); at after every 3 paragraphs",
        "     spacing: between ad and figure or table; min 1 paragraph",
    ]
    assert "may place 40 ads, and nothing keeps them apart" in done.stderr


def test_what_a_policy_comes_to_for_a_context(run):
    """With the cases that it meets."""
    Path("abo.toml").write_text(WHOLE, encoding="utf-8")
    assert run("policy", "abo.toml").stdout.startswith("3 slots, 7 rules in 4 tiers\n")
    assert "     limits: ads 4\n" in run("policy", "abo.toml").stdout
    assert "     limits: ads 0\n" in run("policy", "abo.toml", "--context", "subscriber=true").stdout


def test_every_wrong_file_is_told_and_hides_no_other(run):
    """Exit status 2, as everywhere for a wrong policy."""
    Path("wrong.toml").write_text(WRONG, encoding="utf-8")
    Path("right.toml").write_text(SPACED, encoding="utf-8")
    done = run("policy", "wrong.toml", "right.toml", "missing.toml")
    assert done.exit_code == 2
    assert "wrong.toml:2:8: slots.a.kind: expected one of ad, teaser, promo, found 'add'" in done.stderr
    assert done.stdout.startswith("right.toml: 1 slot, 2 rules in 2 tiers\n")
    assert "missing.toml" in done.stderr


def test_without_a_file_there_must_be_one_near(run):
    """A usage error otherwise."""
    done = run("policy")
    assert done.exit_code == 2 and "name a policy file: no adslot.toml was found" in done.stderr


def test_the_version_has_a_short_name(run):
    """As programs have it."""
    assert run("-V").stdout == run("--version").stdout
