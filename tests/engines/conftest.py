"""What every engine is given: 500 pages, and what `adslot.place` makes of them. `make engines` runs these tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import adslot
from benchmarks.articles import page

POLICY = """
extends = "de-news"

[[cases]]
when = { section = "trauer" }
limits = { ads = 0 }
"""
SECTIONS = ("lokales", "trauer", None)


@attrs.frozen
class Archive:
    """The rows of an archive in a *folder*: by key what they are, and the page with slots that each becomes."""

    folder: Any
    rows: list[dict[str, Any]]
    filled: dict[int, str]

    @property
    def policy(self) -> str:
        return str(self.folder / "policy.toml")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run adslot in the folder."""
        return run(self.folder, "-m", "adslot", *words)


def run(folder: Any, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, where it must not fail."""
    environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, *words]
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    return ended


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """500 pages of 1 to 16 KB, whole ones and fragments, in five Parquet files, and in one."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "policy.toml").write_text(POLICY, encoding="utf-8")
    policy = adslot.load(folder / "policy.toml")
    rows = [_row(number) for number in range(500)]
    filled = {
        row["id"]: adslot.place(row["html"], policy, url=row["url"], context=json.loads(row["context"])).html
        for row in rows
    }
    assert sum(filled[row["id"]] != row["html"] for row in rows) > 300  # the rest are obituaries
    (folder / "tables").mkdir()
    for number in range(5):
        pq.write_table(pa.Table.from_pylist(rows[number::5]), folder / "tables" / f"{number}.parquet")
    pq.write_table(pa.Table.from_pylist(rows), folder / "all.parquet")
    return Archive(folder, rows, filled)


def _row(number: int) -> dict[str, Any]:
    html = page(1000 + 30 * number)
    if number % 3 == 0:
        html = html.partition('<div class="text">')[2].partition("</div>")[0]
    if number % 7 == 0:
        html = html.replace("\n", "\r\n")
    section = SECTIONS[number % len(SECTIONS)]
    context = {"section": section} if section else {}
    return {"id": number, "html": html, "url": f"https://bote.example/{number}", "context": json.dumps(context)}
