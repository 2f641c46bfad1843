"""What is told of a text that is no TOML, and of what else is wrong with a policy: plain words, once, with the line and a caret."""

from __future__ import annotations

import pytest

from adslot import Policy, PolicyError, Rule, Slot, load, loads
from tests.problems import problems_in

SLOT = '[slots.anzeige]\nkind = "ad"\nlabel = "Anzeige"\n'
RULE = '[[rules]]\nname = "text"\nslot = "anzeige"\n'
VALUE = "expected a value: a text in quotes, a number, true, false or a list"


def told(text):
    """All that is told of a policy."""
    with pytest.raises(PolicyError) as caught:
        loads(text)
    return str(caught.value).split("\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("body = article", f"{VALUE}, found 'article' (did you mean '\"article\"'?)"),
        ("body = .entry", f"{VALUE}, found '.entry' (did you mean '\".entry\"'?)"),
        ("short = 40 chars", "expected nothing more behind a value, found 'chars' (did you mean '\"40 chars\"'?)"),
        ("tail = True", f"{VALUE}, found 'True' (did you mean 'true'?)"),
        ("tail = no", f"{VALUE}, found 'no' (did you mean 'false'?)"),
        ("tail = null", f"{VALUE}; a key without one is left out, found 'null'"),
        ("tail =", f"{VALUE}, found none"),
        ("body = “x”", "expected straight quotes: \", found '“'"),
        (
            'kind: "ad"',
            "expected '=' between a key and its value, and a key without blanks, found ':' (did you mean '='?)",
        ),
        ("ads per page = 4", "expected '=' between a key and its value, and a key without blanks, found 'per'"),
        ("ads = 04", "expected nothing more behind a value, found '4' (did you mean '4'?)"),
        ("ads = 4;", "expected nothing more behind a value, found ';' (did you mean '4'?)"),
        (
            "label = 'it's'",
            (
                "expected nothing more behind a value; a text with quotes in it stands in quotes of the other kind,"
                ' found "s\'"'
            ),
        ),
        ('body = "x', "expected the quotes that end a text, in the same line, found the end of the line"),
        ("[slots.a", "expected ']' at the end of a header, found the end of the line"),
        ("[[rules]", "expected ']]' at the end of a header, found ']'"),
        (
            "[slots.größe]",
            (
                "expected quotes around a name with other letters than a to z, found 'größe'"
                " (did you mean '[slots.\"größe\"]'?)"
            ),
        ),
        ("a = { b = 1, }", "expected a key, or no comma before the '}', found '}'"),
        ("a = {", "expected a table in braces in one line, found the end of the line"),
        ("a = { b = 1, b = 2 }", "expected each key once, found 'b' again"),
        ("// x", "expected a key, a [table] or a comment, found '//' (did you mean '#'?)"),
        (
            '{"a": 1}',
            "expected a key, a [table] or a comment; JSON stands in a file whose name ends in .json, found '{'",
        ),
        ('x = "\\d"', "expected '\\\\' for a backslash, or a text in single quotes, which take it as it is, found"),
        ('x = "\x01"', "expected a text without control characters, found '\\x01'"),
    ],
)
def test_a_text_that_is_no_toml(line, message):
    """What was meant is said where it can be guessed; the line is shown, with a caret."""
    first, shown, caret = told(f"# Anzeigen\n{line}\n")
    assert first.partition(": ")[2].startswith(message)
    assert first.startswith("2:")
    assert shown.rstrip() == "    " + line.replace("\x01", " ").rstrip()
    assert caret.strip() == "^"
    assert caret.index("^") == 3 + int(first.split(":")[1])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[slots.a]\nkind = "ad"\nkind = "promo"', "'kind' again; the first is in line 2"),
        ('[slots.a]\nkind = "ad"\n[limits]\n[slots.a]', "'[slots.a]' again; the first is in line 1"),
        ("[rules]\n[[rules]]", "'[[rules]]' again; the first is in line 1"),
        ("a = 1\na.b = 2", "'a.b' again"),
    ],
)
def test_a_key_that_is_there_already(text, name):
    """It names the first one."""
    assert told(text)[0].endswith(f"expected each key and each table once, found {name}")


def test_a_list_that_does_not_end():
    """What stands where its end should be."""
    expected = "3:1: expected ',' between two values of a list, or ']' at its end, found 'skip'"
    assert told('[article]\nads = [".a"\nskip = ".x"')[0] == expected


def test_a_file_that_is_no_json(tmp_path):
    """The line and the caret are those of JSON too."""
    file = tmp_path / "a.json"
    file.write_text('{"limits":\n {"ads": 4,}}', encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load(file)
    assert str(caught.value).split("\n")[1] == '     {"ads": 4,}}'


# ------------------------------------------------------------------------- what else is wrong


def test_every_problem_shows_its_line():
    """With a caret under the value, or the key that is wrong."""
    assert told("[limits]\nads = 4.5\n\tslot = 3")[1::3] == ["    ads = 4.5", "     slot = 3"]
    long = told(f'[article]\nads = ["{"x" * 300}", "##", "{"y" * 300}"]')
    assert (len(long[1]) <= 104, long[1][long[2].index("^")]) == (True, "#")
    wide = told('[slots.a]\nlabel = "広告"\nkind = "ad"\n[[rules]]\nslot = "a"\nname = "広告"\nat = ["広告"]')
    assert wide[-1] == " " * 11 + "^"


def test_a_name_that_is_there_already():
    """It is told with the line of the first one; in Python, with its path."""
    lines = told(SLOT + RULE + RULE + RULE)
    assert [line.partition(": expected ")[2] for line in lines[::3]] == [
        "a name of its own, found 'text'; the first is in line 4"
    ] * 2
    with pytest.raises(PolicyError, match=r"rules\[1\]\.name: .* found 'r'; the first is rules\[0\]"):
        Policy([Slot("a", kind="promo")], [Rule("r", slot="a"), Rule("r", slot="a")])


def test_a_name_that_is_there_already_over_another_policy(tmp_path):
    """Lines are those of the file itself."""
    (tmp_path / "base.toml").write_text(SLOT + RULE, encoding="utf-8")
    file = tmp_path / "adslot.toml"
    file.write_text('extends = "base.toml"\n' + RULE.replace("text", "b") * 2, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load(file)
    assert "adslot.toml:6:8: rules[1].name" in str(caught.value)
    assert "found 'b'; the first is in line 2" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[slots.a]\nkind = "add"\nitems = 3', "slots.a.kind"),
        ('[slots.a]\nlabel = "x"\nitems = 3', "slots.a"),
        ('[slots.a]\nkin = "ad"\nlabel = "Anzeige"', "slots.a.kin"),
        ('[slots.a]\nkind = "ad"\nlable = "Anzeige"', "slots.a.lable"),
        (f'[[slots]]\nname = "anzeige"\n{RULE}', "slots"),
        (f'{SLOT}[[rules]]\nnme = "text"\nslot = "anzeige"', "rules[0].nme"),
        (
            f'{SLOT}{RULE}[[rules]]\nname = "b"\nslot = "anzeige"\ninstead_of = "text"\npriority = "2"',
            "rules[1].priority",
        ),
        (
            f'{SLOT}[[rules]]\nname = 5\nslot = "anzeige"\n[[spacing]]\nabove = "rule(text)"\nbelow = "ad"\nmin = "1 block"',
            "rules[0].name",
        ),
        ('[slots.a]\nkind = "ad"\nlabel = "Anzeige"\nlabel_in = "template"\ntemplate = 5', "slots.a.template"),
        (f"{SLOT}{RULE}[[cases]]\nwhn = {{ a = 1 }}\nlimits = {{ ads = 0 }}", "cases[0].whn"),
    ],
)
def test_what_follows_from_something_else_is_not_told(text, path):
    """One mistake, one problem."""
    assert [problem.path for problem in problems_in(loads, text)] == [path]
