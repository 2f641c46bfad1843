"""What people get wrong in a policy, and all that they are told: read as a person would, not only compared.

The table is `mistakes.toml`. To write what is told anew, and to judge it by eye: python -m tests.policy.test_mistakes
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adslot import PolicyError, load

TABLE = Path(__file__).with_name("mistakes.toml")
MISTAKES = tomllib.loads(TABLE.read_text(encoding="utf-8"))


def told(policy, folder):
    """All that is told of a policy in *folder*."""
    file = Path(folder) / "adslot.toml"
    file.write_text(policy, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load(file)
    return str(caught.value).replace(str(file), file.name) + "\n"


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake(name, tmp_path):
    """One problem for each thing that is wrong, each with its line and a caret."""
    found = told(MISTAKES[name]["policy"], tmp_path)
    assert found == MISTAKES[name]["told"]
    first, shown, caret = [found.splitlines()[part::3] for part in range(3)]
    assert len(first) == len(shown) == len(caret)
    assert all(re.match(r"adslot\.toml:\d+:\d+: .*expected .+, found .+", line) for line in first)
    assert all(line.strip() == "^" for line in caret)


def test_there_are_enough():
    """Of every part of a policy file."""
    assert len(MISTAKES) > 80


def _written():
    """The table, with what is told now."""
    for name, mistake in MISTAKES.items():
        with TemporaryDirectory() as folder:
            found = told(mistake["policy"], folder)
        yield f"[{name}]\npolicy = '''\n{mistake['policy']}'''\ntold = '''\n{found}'''\n"


if __name__ == "__main__":
    head = TABLE.read_text(encoding="utf-8").partition("\n[")[0].rstrip()
    TABLE.write_text(f"{head}\n\n" + "\n".join(_written()), encoding="utf-8")
