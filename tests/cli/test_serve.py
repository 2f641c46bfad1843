"""`adslot serve`: one JSON object to a line in, one out, whatever is wrong with one of them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

import adslot
from adslot.cli.commands import main

STORY = "<p>Am Hafen wird seit dem Morgen gebaut, und die Fähre fährt nur noch jede zweite Stunde hinüber.</p>" * 20


def ask(*requests):
    """The answers to some requests, which may be lines already."""
    lines = [each if isinstance(each, str) else json.dumps(each) for each in requests]
    done = CliRunner().invoke(main, ["serve", "--preset", "de-news"], input="\n".join(lines) + "\n")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_answer_is_what_the_library_gives():
    """The same bytes, and where the slots are."""
    related = [{"title": "Die Fähre und der Hafen", "url": "/faehre"}]
    (answer,) = ask(
        {"html": STORY, "related": related, "id": 7, "url": "https://landbote.example/a", "now": "2026-05-14"}
    )
    result = adslot.place(
        STORY, adslot.preset("de-news"), related=[adslot.Related("Die Fähre und der Hafen", "/faehre")]
    )
    assert answer["html"] == result.html and answer["id"] == 7 and answer["warnings"] == []
    assert [each["id"] for each in answer["placements"]] == [each.id for each in result.plan.placements]
    assert ["/faehre"] in [each["items"] for each in answer["placements"]]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        ("{", "expected JSON: a name in double quotes, found the end"),
        ('{"html": "<p>}', "expected JSON: the quotes that end a text, found"),
        ("[" * 99_999, "recursion"),
        ([1], 'an object with the key "html"'),
        ({"id": 1}, 'an object with the key "html"'),
        ({"html": 5, "id": 2}, "html: expected a text or bytes, found 5"),
        ({"html": "<p>", "contxt": {}}, "unknown key 'contxt' (did you mean 'context'?)"),
        ({"html": "<p>", "context": "sport"}, "context: expected a mapping of names to values, found 'sport'"),
        ({"html": "<p>", "related": "rel.json"}, "related: expected a list"),
        ({"html": "<p>", "related": [{"title": "a"}]}, "the key 'url'"),
        ({"html": "<p>", "now": "soon"}, "now: expected a date such as 2026-11-05, found 'soon'"),
        ({"html": "<p>", "now": 5}, "now: expected a date or a datetime"),
        ({"html": "<p>", "url": 5}, "url: expected a text, found 5"),
        ({"html": "<p>", "mode": "pages"}, "mode: expected one of auto, page, fragment, found 'pages'"),
        ({"html": "<p>", "id_prefix": "a b"}, "id_prefix: expected up to 255 letters"),
    ],
)
def test_a_wrong_line_costs_no_other_one(request_, told):
    """Its error says what was expected, and has the id of the request."""
    wrong, right = ask(request_, {"html": "<p>Text</p>", "id": "b"})
    assert told in wrong["error"] and "html" not in wrong
    assert "Error" not in wrong["error"]  # what Python calls it is nothing to other languages
    assert wrong.get("id") == (request_.get("id") if isinstance(request_, dict) else None)
    assert (right["id"], right["html"]) == ("b", adslot.place("<p>Text</p>", adslot.preset("de-news")).html)


def test_each_answer_comes_at_once():
    """Before the next request is asked, in one process."""
    command = [sys.executable, "-m", "adslot", "serve", "--preset", "longform"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"html": STORY, "id": number}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(20) == 0
