"""`adslot serve --http`: real processes, real clients, and what is none of theirs."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

import adslot
from adslot.cli import listening
from adslot.cli.addresses import address_of
from adslot.cli.commands import main
from adslot.cli.http_requests import MOST_BYTES, Handler
from adslot.cli.listening import MOST_CONNECTIONS
from tests.processes import PATIENCE, STORY, start

HOW_TO = Path(__file__).parents[2] / "docs/how-to"
HTML = {"Content-Type": "text/html"}
HEAD = b"POST /place HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/html\r\nContent-Length: %d\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
JSON = {"Content-Type": "application/json"}


@contextmanager
def served(folder, *words):
    """The port of a server, and its process, which ends with the test."""
    process = start("-m", "adslot", "serve", *(words or ("--preset", "de-news")), "--http", "0", folder=folder)
    try:
        told = process.stderr.readline().decode()
        port = told.removeprefix("adslot: listening on http://127.0.0.1:").removesuffix("\n")
        yield int(port), process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """One server for those tests that need no other."""
    with served(tmp_path_factory.mktemp("served")) as (port, _):
        yield port


def asked(port, method, path, body=None, headers=None):
    """Status, headers and body of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def said(port, raw):
    """All that is answered to some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(raw)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def test_an_object_is_answered_as_a_line_is(port):
    """The same bytes."""
    request = json.dumps({"html": STORY, "id": 7, "related": [{"title": "Wann die Bahn fährt", "url": "/bahn"}]})
    line = CliRunner().invoke(main, ["serve", "--preset", "de-news"], input=f"{request}\n").stdout_bytes
    status, headers, body = asked(port, "POST", "/place", request, JSON)
    assert (status, headers["Content-Type"], body) == (200, "application/json", line)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16-le"])
def test_html_is_answered_with_html(port, encoding):
    """The library's own bytes, in the encoding of the request; what else is known stands in the query."""
    data = STORY.encode(encoding)
    type_ = f"text/html; charset={encoding}"
    query = "?context=section=sport&context=page=2&now=2026-11-05&id_prefix=a&mode=fragment&url=https://a.example/b"
    status, headers, body = asked(port, "POST", f"/place{query}", data, {"Content-Type": type_})
    expected = adslot.place(data, adslot.preset("de-news"), encoding=encoding, id_prefix="a", mode="fragment").html
    assert (status, headers["Content-Type"], body) == (200, type_, expected)


def test_a_context_meets_cases(tmp_path):
    """Also in a query, where numbers and bools are read as on the command line."""
    (tmp_path / "p.toml").write_text(
        'extends = "de-news"\n[[cases]]\nwhen = { subscriber = true, page = 2 }\nlimits = { slots = 0 }\n', "utf-8"
    )
    with served(tmp_path, "--policy", "p.toml") as (port, _):
        pages = [
            asked(port, "POST", f"/place{query}", STORY.encode(), HTML)[2]
            for query in ("?context=subscriber=true&context=page=2", "?context=subscriber=false&context=page=2")
        ]
    assert pages[0] == STORY.encode() != pages[1]


def test_health(port):
    """Who asks is told the version; HEAD is answered alike, without a body."""
    status, headers, body = asked(port, "GET", "/health")
    assert (status, json.loads(body)) == (200, {"status": "ok", "version": adslot.__version__})
    assert asked(port, "HEAD", "/health")[::2] == (200, b"")
    assert headers["Server"] == f"adslot/{adslot.__version__}"


def test_a_connection_stays(port):
    """For further requests, also after one that was wrong."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.connect()
        own = connection.sock.getsockname()
        for body, status in ((b"<p>a", 200), (b"<p>b", 200)):
            connection.request("POST", "/place", body, HTML)
            answer = connection.getresponse()
            assert (answer.status, answer.read() != b"") == (status, True)
        connection.request("POST", "/place", b"{", JSON)
        wrong = connection.getresponse()
        assert (wrong.status, b"expected JSON: " in wrong.read()) == (400, True)
        connection.request("GET", "/health")
        assert connection.getresponse().read() and connection.sock.getsockname() == own


@pytest.mark.parametrize(
    ("request_", "status", "told"),
    [
        (("POST", "/place", b"[1]", JSON), 400, 'an object with the key "html"'),
        (("POST", "/place", b"[" * 100_000, JSON), 400, "maximum recursion depth"),
        (("POST", "/place", b'{"html": 5}', JSON), 400, "html: expected a text or bytes"),
        (("POST", "/place", b'{"html": "", "related": [{}]}', JSON), 400, "the key 'title'"),
        (("POST", "/place?ulr=/a", b"<p>", HTML), 400, "unknown parameter 'ulr' (did you mean 'url'?)"),
        (("POST", "/place?context=sport", b"<p>", HTML), 400, "context: expected KEY=VALUE, found 'sport'"),
        (("POST", "/place?now=soon", b"<p>", HTML), 400, "now: expected a date such as 2026-11-05"),
        (("POST", "/place", b"<p>", {"Content-Type": "text/html; charset=klingon"}), 400, "klingon"),
        (("GET", "/", None, {}), 404, "there are /place and /health"),
        (("GET", "/place", None, {}), 405, "/place is for POST"),
        (("POST", "/health", b"", HTML), 405, "/health is for GET, HEAD"),
        (("PUT", "/place", b"<p>", HTML), 501, "Unsupported method"),
        (("POST", "/place", iter([b"<p>"]), HTML), 411, "Content-Length"),
        (("POST", "/place", b"<p>", HTML | {"Content-Length": "x"}), 400, "Content-Length: expected one number"),
        (("POST", "/place", b"<p>", HTML | {"Content-Length": "9" * 5000}), 413, f"up to {MOST_BYTES} bytes"),
        (
            ("POST", "/place", b"a=b", {"Content-Type": "application/x-www-form-urlencoded"}),
            415,
            "found application/x-",
        ),
        (("POST", "/place", b"<p>", {"Content-Type": "text/plain"}), 415, "found text/plain"),
        (("POST", "/place", b"<p>", HTML | {"Host": "evil.example"}), 421, "'evil.example'"),
        (("GET", "/health", None, {"Host": "127.0.0.1.evil.example:80"}), 421, "see --allow-host"),
    ],
)
def test_what_is_refused(port, request_, status, told):
    """With a status, and an error in JSON."""
    found, heads, answer = asked(port, *request_)
    assert (found, heads["Content-Type"]) == (status, "application/json")
    assert told in json.loads(answer)["error"]


def test_a_large_body_is_not_read_and_its_answer_arrives(port):
    """Also where the other side says all of it before it listens."""
    body = b" " * (MOST_BYTES + 1)
    assert asked(port, "POST", "/place", body, HTML)[0] == 413


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET /health HTTP/1.1\r\n\r\n", b"421"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", b"421"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (HEAD % 1 + b"Content-Length: 2\r\n\r\na", b"400"),
        (b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"404"),
    ],
)
def test_what_is_no_request(port, raw, status):
    """It is answered, and the connection ends."""
    assert status in said(port, raw).partition(b"\r\n")[0]


@pytest.mark.parametrize("name", [b"Content-Length", b"content-length"])
def test_a_body_that_nobody_reads_is_no_request(port, name):
    """What follows on the same connection would be one."""
    raw = (
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n"
        + name
        + b": 40\r\n\r\nGET /place HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    assert said(port, raw).count(b"HTTP/1.1 ") == 1


def test_who_asks_first_whether_to_send_is_told(port):
    """`Expect: 100-continue`."""
    with socket.create_connection(("localhost", port), timeout=PATIENCE) as connection:
        connection.sendall(HEAD % 4 + b"Expect: 100-continue\r\n\r\n")
        assert connection.recv(100) == CONTINUE
        connection.sendall(b"<p>a")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")


def test_faults_of_the_policy_are_not_the_callers(tmp_path):
    """They are told with 500, each for its article only."""
    (tmp_path / "p.toml").write_text(
        'extends = "de-news"\n[context]\nn = "number"\n[slots.anzeige]\ntemplate = "a.html"\n', "utf-8"
    )
    (tmp_path / "a.html").write_text("<p>{{ 1 // (context.n - 7) if context.n else 1 }}</p>", "utf-8")
    with served(tmp_path, "--policy", "p.toml") as (port, _):
        found = [asked(port, "POST", f"/place?context=n={n}", STORY.encode(), HTML)[0] for n in (7, 8)]
        unknown = asked(port, "POST", "/place?context=m=1", STORY.encode(), HTML)[0]
    assert (found, unknown) == ([500, 200], 400)


def test_many_at_once(port):
    """Each gets its own article."""
    answers = {}

    def ask(number):
        html = f"<p>Artikel {number}.</p>{STORY}"
        answers[number] = json.loads(asked(port, "POST", "/place", json.dumps({"html": html}), JSON)[2])["html"]

    threads = [Thread(target=ask, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert {n: adslot.strip(html) for n, html in answers.items()} == {
        n: f"<p>Artikel {n}.</p>{STORY}" for n in range(24)
    }


def test_too_many_connections_are_told_to_come_again(tmp_path):
    """And are answered when others have ended."""
    with served(tmp_path) as (port, _):
        idle = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(MOST_CONNECTIONS)]
        assert said(port, b"").startswith(b"HTTP/1.1 503 ")
        for each in idle:
            each.close()
        until = time.monotonic() + PATIENCE
        while (status := asked(port, "GET", "/health")[0]) == 503 and time.monotonic() < until:
            time.sleep(0.05)
        assert status == 200


def test_who_is_too_long_about_a_request_is_read_no_more(monkeypatch):
    """Whoever sends a byte now and then keeps nobody else out, and the end of the server waits for no such one."""
    monkeypatch.setattr(listening, "LONGEST_REQUEST", 0.3)
    with listening.Server(address_of("0"), adslot.preset("de-news"), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as slow:
            slow.sendall(HEAD % 4 + b"\r\n<p")
            assert b" 400 " in b"".join(iter(lambda: slow.recv(1 << 16), b"")).partition(b"\r\n")[0]
        server.end()
        thread.join(PATIENCE)
        assert not server.unread


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_numbers_that_json_has_not(port, number):
    """Are no part of an answer."""
    status, _, body = asked(port, "POST", "/place", f'{{"html": "<p>a", "id": {number}}}', JSON)
    assert json.loads(body, parse_constant=pytest.fail)
    assert status == (200 if number == "1e999" else 400)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path, number):
    """What was being asked is answered, idle connections end, and the status is 0; nothing is told."""
    with served(tmp_path) as (port, process), ExitStack() as open_ones:
        idle = open_ones.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)))
        idle.request("GET", "/health")
        idle.getresponse().read()
        asking = open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
        body = STORY.encode() * 50
        asking.sendall(HEAD % len(body) + b"Expect: 100-continue\r\n\r\n")
        assert asking.recv(100) == CONTINUE  # its head was read
        asking.sendall(body[:100])
        process.send_signal(number)
        assert idle.sock.recv(1) == b""
        asking.sendall(body[100:])
        answer = b"".join(iter(lambda: asking.recv(1 << 16), b""))
        _, told = process.communicate(timeout=PATIENCE)
    assert answer.startswith(b"HTTP/1.1 200 ") and b"data-adslot-rule" in answer
    assert (process.returncode, told) == (0, b"")


def test_a_port_that_is_taken(port):
    """One line, and status 1."""
    words = [sys.executable, "-m", "adslot", "serve", "--preset", "de-news", "--http", str(port)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: cannot listen on http://127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--http", "http://localhost"], "expected a port such as 8080"),
        (["--http", "70000"], "expected a port such as 8080"),
        (["--http", "adslot:8080"], "expected an address in numbers or localhost, found 'adslot'"),
        (["--http", "0.0.0.0:8080"], "say with --allow-host by which name they may ask"),
        (["--http", "[::]:8080"], "say with --allow-host by which name they may ask"),
        (["--allow-host", "a"], "--allow-host is for --http"),
        (
            ["--http", "0", "--allow-host", "adslot:8080"],
            "expected a host such as adslot.internal, found 'adslot:8080'",
        ),
        (["--http", "0.0.0.0:0", "--allow-host", ""], "expected a host such as adslot.internal, found ''"),
    ],
)
def test_wrong_usage(words, told):
    """Status 2, before anything listens."""
    done = CliRunner().invoke(main, ["serve", "--preset", "de-news", *words])
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


# --- the examples of the page, by those clients that this machine has


@pytest.fixture(scope="module")
def example(tmp_path_factory, port):
    """A folder with an article and the files of the page, which ask the server at its port."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "hafen.html").write_bytes(STORY.encode())
    text = (HOW_TO / "serve-other-programs.md").read_text("utf-8").replace(":8080", f":{port}")
    for name, body in re.findall(r"^<!-- file: (fill\.\w+) -->\n```\w+\n(.*?)^```$", text, re.M | re.S):
        (folder / name).write_text(body, "utf-8")
    commands = [each for each in re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S) if each.startswith("curl")]
    (folder / "curl.sh").write_text("".join(commands), "utf-8")
    return folder


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")


def ran(folder, *words):
    """What a command prints."""
    return subprocess.run(words, cwd=folder, capture_output=True, timeout=PATIENCE, check=True).stdout


@needs_node
def test_the_example_for_node(example):
    """It prints what the library gives."""
    assert ran(example, "node", "fill.mjs").decode() == adslot.place(STORY, adslot.preset("de-news")).html


@needs_node
def test_the_transform_for_eleventy(example, port):
    """It fills pages, and nothing else that is built."""
    text = (HOW_TO / "fill-a-static-site.md").read_text("utf-8")
    (transform,) = re.findall(r"^```js\n(.*?)^```$", text, re.M | re.S)
    script = f"""
        const eleventyConfig = {{ addTransform: (name, work) => {{ global.work = work; }} }};
        {transform.replace(":8080", f":{port}")}
        const html = require("fs").readFileSync("hafen.html", "utf8");
        (async () => {{
            for (const outputPath of ["_site/hafen/index.html", "_site/feed.xml", false])
                console.log(await global.work.call({{ page: {{ outputPath }} }}, html));
        }})();
    """
    filled = adslot.place(STORY, adslot.preset("de-news")).html
    assert ran(example, "node", "-e", script).decode() == f"{filled}\n{STORY}\n{STORY}\n"


def child(language):
    """The example of a child of the program in a *language*."""
    text = (HOW_TO / "serve-other-programs.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)[0]


@pytest.fixture
def beside(example, monkeypatch):
    """The folder of the examples with a policy, adslot on the path."""
    (example / "adslot.toml").write_text('extends = "de-news"\n', "utf-8")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    return example


@needs_node
def test_the_example_for_a_child_of_node(beside):
    """One process fills one article after the other."""
    twice = "for (const html of [story, story]) process.stdout.write(await filled(html));"
    story = 'import { readFileSync } from "node:fs"; const story = readFileSync("hafen.html", "utf8");'
    (beside / "child.mjs").write_text(f"{child('js')}{story}{twice}adslot.stdin.end();", "utf-8")
    filled = adslot.place(STORY, adslot.preset("de-news")).html
    assert ran(beside, "node", "child.mjs").decode() == filled * 2


needs_php = pytest.mark.skipif(shutil.which("php") is None, reason="needs PHP")


@needs_php
def test_the_example_for_a_child_of_php(beside):
    """It has the articles that teasers show, too."""
    related = [{"title": "Die Fähre und der Hafen", "url": "/faehre"}]
    given = "$html = file_get_contents('hafen.html'); $related = json_decode(file_get_contents('related.json'), true);"
    (beside / "related.json").write_text(json.dumps(related), "utf-8")
    (beside / "child.php").write_text(f"<?php {given}{child('php')}echo $html;", "utf-8")
    shows = [adslot.Related(each["title"], each["url"]) for each in related]
    expected = adslot.place(STORY, adslot.preset("de-news"), related=shows).html
    assert ran(beside, "php", "child.php").decode() == expected
    assert "/faehre" in expected


@needs_php
def test_the_example_for_php_where_nobody_answers(example):
    """The article as it is, and no word of it in the page."""
    text = (example / "fill.php").read_text("utf-8")
    (example / "alone.php").write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", text), "utf-8")
    assert ran(example, "php", "alone.php").decode() == STORY


@needs_php
def test_the_example_for_php(example):
    """It prints what the library gives."""
    assert ran(example, "php", "fill.php").decode() == adslot.place(STORY, adslot.preset("de-news")).html


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_examples_for_curl(example):
    """The first prints an answer, the second writes a file."""
    answer = json.loads(ran(example, "sh", "curl.sh"))
    assert answer["id"] == 17 and "data-adslot" in answer["html"]
    assert (example / "hafen.filled.html").read_bytes() == adslot.place(STORY.encode(), adslot.preset("de-news")).html
