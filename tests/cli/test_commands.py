"""The command line: results on standard output, talk on standard error, exit statuses, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import adslot
from adslot import load, loads, preset, strip
from adslot.cli.commands import main
from adslot.report.overview import overview
from adslot.report.table import explanation
from tests.processes import pages, shell
from tests.slots import own

STORY = "".join(f"<p>Absatz {number}. {'Die Bahn fährt wieder. ' * 20}</p>\n" for number in range(8))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("story.html").write_text(STORY, encoding="utf-8")
    return lambda *words, data=None: CliRunner().invoke(main, list(words), input=data)


def test_place_writes_the_page_to_standard_output(run):
    """One file without -o goes to standard output, byte for byte what the library gives."""
    result = run("place", "--preset", "de-news", "story.html")
    assert result.exit_code == 0
    assert result.stdout_bytes.count(b"data-adslot-rule") > 1
    assert strip(result.stdout_bytes) == STORY.encode()
    told = "rule 'related' places nothing: no related articles were given"
    assert result.stderr == f"adslot: story.html: {told}\n"


def test_what_a_policy_comes_to(run):
    """With what it extends and, for a context, with the cases that it meets; nothing of the file's own comments."""
    text = 'extends = "de-news"\n[[cases]]\nwhen = { subscriber = true }\nlimits = { ads = 0 }\n'
    Path("abo.toml").write_text(text, encoding="utf-8")
    resolved = run("presets", "abo.toml", "--context", "subscriber=true").stdout
    assert loads(resolved) == load("abo.toml").resolve({"subscriber": True})
    assert loads(run("presets", "de-news", "--resolved").stdout) == preset("de-news")
    assert run("presets", "--resolved").exit_code == 2
    assert run("presets", "no-such", "--resolved").exit_code == 2


def test_texts_of_one_page_have_ids_of_their_own(run):
    """By a prefix; a wrong one is wrong use."""
    result = run("place", "--preset", "de-news", "--id-prefix", "artikel-7", "story.html")
    assert b'id="adslot-artikel-7-in-text-1"' in result.stdout_bytes
    assert run("strip", "-", data=result.stdout_bytes).stdout_bytes == STORY.encode()
    wrong = run("place", "--preset", "de-news", "--id-prefix", "artikel 7", "story.html")
    assert wrong.exit_code == 2
    assert "expected up to 255 letters" in wrong.stderr


def test_standard_input_and_strip(run):
    """- reads standard input; strip undoes place."""
    filled = run("place", "--preset", "de-news", "-", data=STORY.encode()).stdout_bytes
    assert run("strip", "-", data=filled).stdout_bytes == STORY.encode()


def test_a_folder_is_written_to_a_folder(run, tmp_path):
    """All pages of a folder keep their places below the output folder."""
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("a.html", "sub/b.htm"):
        (tmp_path / "in" / name).write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "note.txt").write_text("no page", encoding="utf-8")
    assert run("place", "--preset", "de-news", "in", "-o", "out").exit_code == 0
    assert sorted(str(p.relative_to("out")) for p in Path("out").rglob("*.*")) == ["a.html", "sub/b.htm"]


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("missing.html", None, "No such file"),
        ("binary.html", b"\x89PNG\0\0\0", "binary"),
        ("policy.TOML", b"[slots.a]", "a policy by its name, not HTML: --policy names one, and inputs are pages"),
    ],
)
def test_a_bad_file_costs_nothing_else(run, name, content, message):
    """What cannot be read is told in one line, the others are done, and the status is 1."""
    if content is not None:
        Path(name).write_bytes(content)
    result = run("place", "--preset", "longform", name, "story.html", "-o", "out")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert name in line
    assert message in line
    assert Path("out/story.html").exists()


def test_a_wrong_encoding_is_one_line(run):
    """An encoding that does not exist is wrong usage."""
    result = run("place", "--preset", "de-news", "--encoding", "klingon", "story.html")
    assert result.exit_code == 2
    assert "klingon" in result.stderr


def test_an_empty_folder_is_told(run, tmp_path):
    """A folder without pages is an input that failed."""
    (tmp_path / "empty").mkdir()
    result = run("sections", "empty")
    assert result.exit_code == 1
    assert "no HTML file" in result.stderr


def test_two_inputs_of_one_name_do_not_overwrite_each_other(run, tmp_path):
    """The second of two inputs that would be written to one file fails, the first stays."""
    for folder, text in (("a", "<p>eins</p>"), ("b", "<p>zwei</p>")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.html").write_text(text, encoding="utf-8")
    result = run("strip", "a/page.html", "b/page.html", "-o", "out")
    assert result.exit_code == 1
    assert "b/page.html" in result.stderr
    assert Path("out/page.html").read_text(encoding="utf-8") == "<p>eins</p>"


def test_a_file_that_cannot_be_replaced_stays(run, tmp_path):
    """A file where a folder should be is told once, and is no place to write to."""
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    result = run("place", "--preset", "de-news", "story.html", "story.html", "-o", "out")
    assert result.exit_code == 2
    assert result.stderr.count("out is no folder") == 1
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file where the folder should be"


def test_a_wrong_policy_ends_with_2(run):
    """All problems are told, with file and line; nothing is written."""
    Path("p.toml").write_text('[slots.a]\nkind = "add"\n[[rules]]\nname = "r"\nslot = "b"\n', encoding="utf-8")
    result = run("place", "--policy", "p.toml", "story.html")
    assert result.exit_code == 2
    assert "p.toml:2:8: slots.a.kind" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        ("place", "story.html"),
        ("place", "--preset", "de-news", "--policy", "p.toml", "story.html"),
        ("place", "--preset", "no-such", "story.html"),
        ("place", "--preset", "de-news", "story.html", "story.html"),
        ("explain", "--preset", "de-news", "--rule", "no-such", "story.html"),
        ("place", "--preset", "de-news", "--related", "story.html", "story.html"),
        ("place", "--preset", "de-news", "--now", "gestern", "story.html"),
        ("place", "--preset", "de-news", "--context", "abo", "story.html"),
        ("place", "--preset", "de-news", "--url", "https://landbote.example/", "-o", "out", "story.html", "story.html"),
        ("place", "--preset", "de-news", "--context", "=abo", "story.html"),
        ("check", "story.html"),
        ("check", "--preset", "de-news", "--format", "xml", "story.html"),
    ],
)
def test_wrong_usage_ends_with_2(run, words):
    """No policy, two policies, several inputs without a folder, unknown names."""
    assert run(*words).exit_code == 2


def test_explain_tells_places_and_reasons(run):
    """The table has what was placed and, with numbers, why not elsewhere; as JSON it has every gap."""
    text = run("explain", "--preset", "de-news", "story.html").stdout
    assert "+ anzeige (rule in-text" in text
    assert "of 700 chars to anzeige" in text
    assert "of 700 chars" in run("explain", "--all", "--preset", "de-news", "story.html").stdout
    data = json.loads(run("explain", "--preset", "de-news", "--format", "json", "story.html").stdout)
    assert data["status"] == "optimal"
    assert len(data["gaps"]) == len(data["blocks"]) + 1


def test_explain_fits_the_terminal(run, monkeypatch):
    """Lines are as long as the terminal is wide; a brief report has no reasons."""
    monkeypatch.setenv("COLUMNS", "80")
    text = run("explain", "--preset", "de-news", "story.html").stdout
    assert max(map(len, text.splitlines())) <= 80
    assert "Rules that may have more slots" in text
    monkeypatch.setenv("COLUMNS", "120")
    assert 100 < max(map(len, run("explain", "--preset", "de-news", "story.html").stdout.splitlines())) <= 120
    brief = run("explain", "--preset", "de-news", "--brief", "story.html").stdout
    assert "+ anzeige" in brief
    assert " - " not in brief


def test_explain_has_everything_when_asked(run):
    """The full report is the one of `explanation`; two reports at once are wrong usage."""
    plan = adslot.place(STORY.encode(), "de-news").plan
    assert run("explain", "--all", "--preset", "de-news", "story.html").stdout == f"{explanation(plan, width=80)}\n"
    assert run("explain", "--preset", "de-news", "story.html").stdout == f"{overview(plan)}\n"
    assert run("explain", "--all", "--brief", "--preset", "de-news", "story.html").exit_code == 2


def test_explain_knows_the_related_articles(run):
    """With --related the plan explained is the plan placed."""
    Path("r.json").write_text('[{"title": "Noch eine Bahn", "url": "/zug"}]', encoding="utf-8")
    words = ("--preset", "de-news", "--related", "r.json", "story.html")
    assert "Noch eine Bahn" in run("explain", *words).stdout
    assert b"Noch eine Bahn" in run("place", *words).stdout_bytes


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.json", '{"items": [{"title": "Noch eine Bahn", "url": "/zug"}]}'),
        ("r.jsonl", '{"title": "Noch eine Bahn", "url": "/zug"}\n'),
        (
            "r.xml",
            "<rss version='2.0'><channel><item><title>Noch eine Bahn</title><link>/zug</link></item></channel></rss>",
        ),
    ],
)
def test_related_articles_from_any_file(run, name, text):
    """JSON, JSON lines and feeds; what is known of the page decides which of them are shown."""
    Path(name).write_text(text, encoding="utf-8")
    words = ("place", "--preset", "de-news", "--related", name, "story.html")
    assert b"Noch eine Bahn" in run(*words).stdout_bytes
    assert b"Noch eine Bahn" not in run(*words, "--url", "https://landbote.example/zug").stdout_bytes


def test_related_articles_have_a_time_and_contexts(run):
    """--now and --context; without a date, an article that expires is warned of."""
    item = {
        "title": "Noch eine Bahn",
        "url": "/zug",
        "expires": "2026-11-05",
        "when": {"abo": False, "level": 3, "section": "a*"},
    }
    Path("r.json").write_text(json.dumps([item]), encoding="utf-8")
    words = ("explain", "--all", "--preset", "de-news", "--related", "r.json", "story.html")
    known = ("--context", "abo=false", "--context", "level=3", "--context", "section=a=b")
    assert "meant for other contexts (abo)" in run(*words).stdout
    result = run(*words, *known)
    assert "+ lesen-sie-auch" in result.stdout
    assert "warning: some of the related articles expire" in result.stdout
    assert "warning" not in run(*words, *known, "--now", "2026-11-05").stdout
    assert "/zug: it is over (2026-11-05)" in run(*words, *known, "--now", "2026-11-06T10:00").stdout


def test_a_wrong_file_of_related_articles_ends_with_2(run):
    """All of its problems are told."""
    Path("r.json").write_text('[{"title": "a"},\n{"url": 5}]', encoding="utf-8")
    result = run("place", "--preset", "de-news", "--related", "r.json", "story.html")
    assert result.exit_code == 2
    assert result.stderr.count("r.json:") == 3
    assert result.stdout == ""


def test_sections_needs_no_policy(run):
    """The outline is useful without any ad; as JSON it has blocks with spans."""
    assert "8 blocks" in run("sections", "story.html").stdout
    data = json.loads(run("sections", "--format", "json", "story.html").stdout)
    assert data["sections"][0]["blocks"][0]["span"] == [0, STORY.encode().index(b"\n")]


def test_the_outline_as_data_has_all_that_the_text_has(run):
    """Its warnings and its size, too."""
    Path("selected.toml").write_text('[article]\nbody = ".none"\n', encoding="utf-8")
    words = ["sections", "--policy", "selected.toml", "story.html"]
    data = json.loads(run(*words, "--format", "json").stdout)
    assert list(data) == ["body", "language", "warnings", "chars", "sections", "outside"]
    (warning,) = data["warnings"]
    head, told = run(*words).stdout.splitlines()[:2]
    assert head.endswith(f", {data['chars']} chars")
    assert told == f"warning: {warning}"


def test_utf_16_is_no_binary_file(run):
    """Text with NUL bytes is read where its encoding is known."""
    Path("wide.html").write_bytes("<p>a</p><p>b</p>".encode("utf-16"))
    Path("bare.html").write_bytes("<p>a</p><p>b</p>".encode("utf-16-le"))
    assert run("sections", "wide.html").exit_code == 0
    assert run("sections", "bare.html").exit_code == 1
    assert run("sections", "--encoding", "utf-16le", "bare.html").exit_code == 0


def test_strict_fails_where_a_minimum_is_not_met(run):
    """The pages are written all the same; without --strict it is a warning only."""
    policy = (
        '[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "r"\nslot = "a"\nmin = 2\nmax = 3\napart = "{}"\n'
    )
    Path("p.toml").write_text(policy.format("90%"), encoding="utf-8")
    Path("q.toml").write_text(policy.format("300 chars"), encoding="utf-8")
    for words, status in (((), 0), (("--strict",), 1)):
        result = run("place", "--policy", "p.toml", "story.html", *words)
        assert result.exit_code == status
        assert result.stderr == "adslot: story.html: rule 'r' asks for at least 2 slots and has 1\n"
        assert strip(result.stdout_bytes) == STORY.encode()
    assert run("place", "--policy", "q.toml", "--strict", "story.html").exit_code == 0


def test_a_minimum_of_one_is_one_slot(run):
    """What is one is counted as one."""
    rule = '[[rules]]\nname = "r"\nslot = "a"\nmin = 1\nfrom_start = "9000 chars"\n'
    Path("p.toml").write_text(f'[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n{rule}', encoding="utf-8")
    result = run("place", "--policy", "p.toml", "story.html")
    assert result.stderr == "adslot: story.html: rule 'r' asks for at least 1 slot and has 0\n"


@pytest.mark.parametrize("command", ["place", "explain", "sections"])
def test_warnings_of_a_policy_are_told(run, command):
    """Once, on standard error, whatever the command."""
    text = '[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "r"\nslot = "a"\nmax = 2\n'
    Path("p.toml").write_text(text, encoding="utf-8")
    result = run(command, "--policy", "p.toml", "story.html")
    assert result.exit_code == 0
    assert result.stderr == "adslot: p.toml: rules[0]: 'r' may place 2 ads, and nothing keeps them apart\n"


def test_an_empty_policy_is_told(run):
    """A policy without rules is legal and places nothing; the command says so."""
    Path("p.toml").write_text("", encoding="utf-8")
    result = run("place", "--policy", "p.toml", "story.html")
    assert result.exit_code == 0
    assert "no rules" in result.stderr
    assert result.stdout_bytes == STORY.encode()


FILLED = f"<h2>Fahrplan</h2>\n{own('anzeige', 'in-text')}<p>Ab Montag.</p>\n"


def test_check_says_where_and_what(run):
    """One line for each finding, and status 1; a page without any is quiet."""
    Path("filled.html").write_text(FILLED, encoding="utf-8")
    result = run("check", "--preset", "de-news", "story.html", "filled.html")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "filled.html:2:1: error after-heading: anzeige (rule in-text): directly below a heading"
    assert all(line.startswith("filled.html:2:1: error ") for line in lines)
    quiet = run("check", "--preset", "de-news", "story.html")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")


def test_check_of_what_was_placed(run):
    """What place writes has no finding under the same policy."""
    run("place", "--preset", "de-news", "story.html", "-o", "filled.html")
    assert run("check", "--preset", "de-news", "filled.html").exit_code == 0


def test_check_as_data(run):
    """One list for all files; an empty one where nothing is wrong."""
    Path("filled.html").write_text(FILLED, encoding="utf-8")
    found = json.loads(run("check", "--preset", "de-news", "--format", "json", "story.html", "filled.html").stdout)
    assert found[0] == {
        "file": "filled.html",
        "code": "after-heading",
        "message": "anzeige (rule in-text): directly below a heading",
        "line": 2,
        "column": 1,
        "span": [18, FILLED.index("<p>")],
        "severity": "error",
    }
    assert json.loads(run("check", "--preset", "de-news", "--format", "json", "story.html").stdout) == []


def test_check_as_annotations(run):
    """Workflow commands of GitHub, with its escapes."""
    Path("a,b.html").write_text(FILLED, encoding="utf-8")
    first = run("check", "--preset", "de-news", "--format", "github", "a,b.html").stdout.splitlines()[0]
    head = "::error file=a%2Cb.html,line=2,col=1,title=adslot after-heading::"
    assert first == head + "anzeige (rule in-text): directly below a heading"


def test_check_warnings_are_no_failure(run):
    """Unless --strict says so."""
    Path("old.html").write_text(FILLED.replace("in-text", "old").replace("h2", "p"), encoding="utf-8")
    for words, status in (((), 0), (("--strict",), 1)):
        result = run("check", "--preset", "de-news", *words, "old.html")
        assert ": warning unknown-rule: " in result.stdout
        assert result.exit_code == status


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_check_goes_on_after_a_bad_file(run, form):
    """What cannot be read is told in one line, the others are checked, and the status is 1."""
    result = run("check", "--preset", "de-news", "--format", form, "missing.html", "story.html")
    assert result.exit_code == 1
    assert result.stderr == "adslot: missing.html: No such file or directory\n"
    assert result.stdout == ("[]\n" if form == "json" else "")


# ------------------------------------------------------------------------------- every input is on its own


def place_but(name, error):
    """Placing that fails for the article in which *name* stands."""

    def place(html, *rest, **more):
        if name.encode() in html:
            raise error
        return placed(html, *rest, **more)

    placed = adslot.place
    return place


@pytest.fixture
def batch(run):
    """Runs a command on three pages; in each stands its own name."""
    for name in pages(Path(), "in/a.html in/middle.html in/z.html"):
        Path(name).write_text(f"{STORY}<!-- {name} -->", encoding="utf-8")
    return lambda *words: run(*words, "--preset", "longform", "in")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "MemoryError"),
        (RecursionError("maximum recursion depth exceeded"), "RecursionError: maximum recursion depth exceeded"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (KeyError("slot\nname"), r"KeyError: 'slot\nname'"),
        (AssertionError("two\nlines"), r"AssertionError: two\nlines"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff"),
        (adslot.AdslotError("one of ours"), "one of ours"),
    ],
)
@pytest.mark.parametrize("command", ["place", "explain"])
def test_whatever_fails_for_one_file(batch, monkeypatch, command, error, told):
    """It is told in one line with the file's name, the others are done, and the status is 1."""
    monkeypatch.setattr(adslot, "place", place_but("middle", error))
    result = batch(command, *(("-o", "out") if command == "place" else ()))
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"adslot: in/middle.html: {told}")
    if command == "place":
        assert sorted(path.name for path in Path("out").iterdir()) == ["a.html", "z.html"]
    else:
        assert "in/a.html" in result.stdout and "in/z.html" in result.stdout


def test_a_policy_that_fails_for_one_file(batch, monkeypatch):
    """The others are done; the status says that it is the policy."""
    error = adslot.PolicyError([adslot.Problem(("slots", "a", "template"), "a template", "none")])
    monkeypatch.setattr(adslot, "place", place_but("middle", error))
    result = batch("place", "-o", "out")
    assert result.exit_code == 2
    assert result.stderr.startswith("adslot: in/middle.html: ")
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.html", "z.html"]


@pytest.mark.parametrize("how", ["before", "behind", "variable"])
def test_tracebacks_are_shown_to_those_who_ask(batch, monkeypatch, how):
    """By --debug, before or behind the command's name, or by a variable."""
    monkeypatch.setattr(adslot, "place", place_but("middle", ZeroDivisionError("division by zero")))
    if how == "variable":
        monkeypatch.setenv("ADSLOT_DEBUG", "1")
    words = {"before": ("--debug", "place"), "behind": ("place", "--debug"), "variable": ("place",)}[how]
    result = batch(*words, "-o", "out")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr and "in place\n" in result.stderr
    assert Path("out/z.html").exists()


@pytest.mark.parametrize("value", ["", "0"])
def test_a_variable_that_says_no(batch, monkeypatch, value):
    """Tracebacks are not asked for."""
    monkeypatch.setenv("ADSLOT_DEBUG", value)
    monkeypatch.setattr(adslot, "place", place_but("middle", ZeroDivisionError()))
    assert batch("place", "-o", "out").stderr == "adslot: in/middle.html: ZeroDivisionError\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RecursionError("too deep"), "adslot: RecursionError: too deep\n"),
        (PermissionError(13, "Permission denied", "up/adslot.toml"), "adslot: up/adslot.toml: Permission denied\n"),
    ],
)
def test_a_fault_that_is_no_files(run, monkeypatch, error, told):
    """One line, and the traceback for those who ask for it."""

    def fails(_):
        raise error

    monkeypatch.setattr(adslot, "load", fails)
    result = run("place", "--policy", "p.toml", "story.html")
    assert (result.exit_code, result.stderr) == (1, told)
    assert "Traceback" in run("--debug", "place", "--policy", "p.toml", "story.html").stderr


def test_a_page_that_the_memory_cannot_hold(tmp_path):
    """A real one: it is told, and the others are done."""
    pages(tmp_path, "in/a.html in/z.html")
    with (tmp_path / "in" / "middle.html").open("wb") as file:
        file.truncate(1 << 36)
    done = shell("ulimit -v 4000000; adslot place --preset longform in -o out", tmp_path)
    assert (done.returncode, done.stderr) == (1, "adslot: in/middle.html: MemoryError\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.html", "z.html"]


def test_called_without_ending_the_process(run):
    """As click has it: what it returns, and its exceptions."""
    assert main.main(["strip", "story.html"], standalone_mode=False) is None
    with pytest.raises(click.UsageError):
        main.main(["strip"], standalone_mode=False)


def test_stopped(run, monkeypatch):
    """Ctrl-C where the command is called in another program's process."""

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(adslot, "strip", stopped)
    result = run("strip", "story.html", "-o", "out.html")
    assert result.exit_code == 1
    assert result.stderr.split() == ["adslot:", "stopped"]
    assert not Path("out.html").exists()


def test_the_preset_places_slots():
    """The test's story is long enough for the preset to say something."""
    assert preset("de-news").rules


@pytest.mark.parametrize(
    "command",
    ["strip", "place --preset de-news"]
    + [
        f"{command} --format {form}"
        for command in ("sections", "explain --preset de-news")
        for form in ("text", "json")
    ]
    + [f"check --preset de-news --format {form}" for form in ("text", "json", "github")],
)
def test_broken_bytes_break_no_command(run, command):
    """What cannot be read is told as a replacement character, which any output in UTF-8 can show."""
    data = b"<meta charset=utf-8><h2 \xff=\xfe>\xed\xa0\x80 Takt\x01</h2><p id='adslot-\xff'>Text \xff</p><!-- \xff -->\xff"
    result = run(*command.split(), "-", data=data)
    assert (result.exit_code, result.exception) == (0, None)
    if command == "strip":
        assert result.stdout_bytes == data
