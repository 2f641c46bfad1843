"""Fill the pages of a PostgreSQL table: python fill_postgresql.py DSN POLICY.

Reads the table `article` (id, html, url, context) and keeps the table `filled`: a row for each article, by its key.
Run it as often as you like: what neither the article, the policy nor adslot has changed for is left alone, and a run
that was stopped is gone on with.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pyarrow as pa

import adslot
from adslot.batch import place_batch

ROWS = 200  # of a transaction: what a run that is killed does again, at most

TABLE = """
CREATE TABLE IF NOT EXISTS filled (
    id bigint PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    html text, status text NOT NULL, error text, made_from text NOT NULL, made_by text NOT NULL
)"""
TO_DO = """
SELECT article.id, article.html, url, context::text AS context, md5(article::text) AS made_from
FROM article LEFT JOIN filled USING (id)
WHERE (made_from, made_by) IS DISTINCT FROM (md5(article::text), %s)
ORDER BY id"""
UPSERT = """
INSERT INTO filled (id, html, status, error, made_from, made_by)
VALUES (%(id)s, %(html)s, %(status)s, %(error)s, %(made_from)s, %(made_by)s)
ON CONFLICT (id) DO UPDATE SET (html, status, error, made_from, made_by)
    = (EXCLUDED.html, EXCLUDED.status, EXCLUDED.error, EXCLUDED.made_from, EXCLUDED.made_by)"""
SCHEMA = pa.schema([("id", pa.int64()), *((name, pa.string()) for name in ("html", "url", "context", "made_from"))])


def main(dsn: str, policy_file: str) -> None:
    policy = adslot.load(policy_file)
    made_by = hashlib.sha256(f"{adslot.__version__}\n{adslot.dumps(policy)}".encode()).hexdigest()
    # One connection reads, the other one writes: a server-side cursor ends with its transaction.
    with psycopg.connect(dsn) as reading, psycopg.connect(dsn) as writing:
        writing.execute(TABLE)
        writing.commit()
        done = 0
        for rows in to_do(reading, made_by):
            placed = place_batch(pa.RecordBatch.from_pylist(rows, SCHEMA), policy)
            with writing.transaction():
                writing.cursor().executemany(UPSERT, [{**row, "made_by": made_by} for row in placed.to_pylist()])
            done += len(rows)
    print(f"{done} rows")


def to_do(connection: psycopg.Connection[Any], made_by: str) -> Iterator[tuple[dict[str, Any], ...]]:
    """The rows that are to be filled, some at a time: the server keeps the others."""
    with connection.cursor("to_do", row_factory=psycopg.rows.dict_row) as cursor:
        cursor.itersize = ROWS
        cursor.execute(TO_DO, [made_by])
        while rows := cursor.fetchmany(ROWS):
            yield tuple(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
