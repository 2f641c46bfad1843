"""The recipe for PostgreSQL, on a server of its own: each page once, and after a run that was killed the rest of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests.engines.conftest import run

RECIPE = Path(__file__).parents[2] / "examples" / "fill_postgresql.py"
ARTICLE = "CREATE TABLE article (id bigint PRIMARY KEY, html text, url text, context jsonb)"


def programs():
    """The folder of the server's programs: Debian has them not on the path."""
    found = [Path(name).parent for name in [shutil.which("initdb")] if name]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    assert found, "these tests need PostgreSQL: apt-get install postgresql"
    return found[0]


@pytest.fixture(scope="module")
def server():
    """The address of a server that root may not be, so somebody else is."""
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="adslot-postgresql-"))
    if user:
        shutil.chown(folder, user)

    def call(program, *words):
        subprocess.run([programs() / program, "-D", folder / "data", *words], check=True, user=user, cwd=folder)

    call("initdb", "--auth=trust", "--username=adslot", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    call("pg_ctl", "start", "--wait", "--log", folder / "log", "--options", options)
    try:
        yield f"host={folder} user=adslot dbname=postgres"
    finally:
        call("pg_ctl", "stop", "--mode=immediate")
        shutil.rmtree(folder)


@pytest.fixture
def database(server, archive):
    """A connection to tables that hold the archive, and nothing filled."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS filled, article")
        connection.execute(ARTICLE)
        insert = "INSERT INTO article VALUES (%(id)s, %(html)s, %(url)s, %(context)s)"
        connection.cursor().executemany(insert, archive.rows)
        yield connection


def filled(database):
    return dict(database.execute("SELECT id, html FROM filled").fetchall())


def rows_done(server, archive):
    """How many rows a run says to have done."""
    return int(run(archive.folder, str(RECIPE), server, archive.policy).stdout.split()[0])


def test_each_page_is_filled_when_it_is_to_be(database, server, archive):
    """At first all, then none, then those that have changed, and all for another policy."""
    assert rows_done(server, archive) == 500
    assert filled(database) == archive.filled
    assert rows_done(server, archive) == 0
    database.execute("UPDATE article SET html = NULL WHERE id = 7")
    database.execute("""UPDATE article SET context = '{"section": "trauer"}' WHERE id IN (8, 9)""")
    database.execute("DELETE FROM article WHERE id = 10")
    assert rows_done(server, archive) == 3
    failed = database.execute("SELECT id, html, error FROM filled WHERE error IS NOT NULL").fetchall()
    assert failed == [(7, None, "html is null")]
    assert len(filled(database)) == 499
    policy = Path(archive.policy)
    other = policy.with_name("other.toml")
    other.write_text(f"{policy.read_text(encoding='utf-8')}\n[limits]\nads = 1\n", encoding="utf-8")
    assert int(run(archive.folder, str(RECIPE), server, str(other)).stdout.split()[0]) == 499


def test_a_run_that_is_killed_is_gone_on_with(database, server, archive):
    """What it had done is not done again."""
    process = subprocess.Popen([sys.executable, RECIPE, server, archive.policy])
    while process.poll() is None and not _count(database):
        time.sleep(0.01)
    process.kill()
    process.wait()
    while database.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT%'").fetchone() != (0,):
        time.sleep(0.01)  # the server ends what it was told
    done = _count(database)
    assert rows_done(server, archive) == 500 - done
    assert done % 200 == 0 or done == 500
    assert filled(database) == archive.filled


def _count(database):
    try:
        return database.execute("SELECT count(*) FROM filled").fetchone()[0]
    except psycopg.errors.UndefinedTable:
        return 0
