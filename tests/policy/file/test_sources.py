"""Which files a policy may name, when nobody knows who wrote it."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot import PolicyError, from_mapping, load, loads
from adslot.cli.commands import main

SECRET = "{'password': 'hunter2'} <b>"
AD = '[slots.a]\nkind = "ad"\nlabel = "Anzeige"\ntemplate = {}\n[[rules]]\nname = "r"\nslot = "a"\n'
OUTSIDE = "a file outside of them"
ALLOWED = "a template in the policy's folder, or in one that the caller allows"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")


@pytest.fixture
def site(tmp_path):
    """A folder for a policy, beside secrets and shared templates."""
    (tmp_path / "secret.json").write_text(SECRET, encoding="utf-8")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "ad.html").write_text("<b>shared</b>", encoding="utf-8")
    folder = tmp_path / "site"
    (folder / "below").mkdir(parents=True)
    (folder / "ad.html").write_text("<b>beside</b>", encoding="utf-8")
    (folder / "below" / "ad.html").write_text("<b>below</b>", encoding="utf-8")
    return folder


def policy(site, name):
    path = site / "adslot.toml"
    path.write_text(AD.format(json.dumps(name)), encoding="utf-8")
    return path


def problem_of(make):
    """The one thing that is wrong, which does not show what is in a file."""
    with pytest.raises(PolicyError) as caught:
        make()
    assert "hunter2" not in str(caught.value)
    (problem,) = caught.value.problems
    return problem


def template_of(policy):
    return policy.slot("a").template


# ----------------------------------------------------------------------------------------- templates


@pytest.mark.parametrize(
    "name",
    [
        "../secret.json",
        "below/../../secret.json",
        "./../secret.json",
        "SITE/../secret.json",
        "SECRET",
        "/etc/hosts",
        "../fehlt.html",
        "~/x",
    ],
)
def test_a_template_outside_is_refused(site, name):
    """By its path, whether there is such a file or not."""
    name = name.replace("SITE", str(site)).replace("SECRET", str(site.parent / "secret.json"))
    problem = problem_of(lambda: load(policy(site, name)))
    assert (problem.path, problem.line, problem.column) == ("slots.a.template", 4, 12)
    if name != "~/x":  # a folder of that name, which there is not
        assert (problem.expected, problem.found) == (ALLOWED, f"{name!r}: {OUTSIDE}")


def test_links_that_lead_out_are_refused(site):
    """Of a file, of a folder, of another link; those that stay inside are followed."""
    (site / "link.html").symlink_to(site.parent / "secret.json")
    (site / "again.html").symlink_to("link.html")
    (site / "out").symlink_to(site.parent)
    (site / "round.html").symlink_to("round.html")
    (site / "hanging.html").symlink_to("nothing.html")
    for name in ("link.html", "again.html", "out/secret.json", "out/site/../secret.json"):
        assert problem_of(lambda name=name: load(policy(site, name))).found == f"{name!r}: {OUTSIDE}"
    for name in ("round.html", "hanging.html"):
        assert repr(name) in problem_of(lambda name=name: load(policy(site, name))).found
    (site / "inside.html").symlink_to("below/ad.html")
    assert template_of(load(policy(site, "inside.html"))) == "<b>below</b>"
    assert template_of(load(policy(site, "out/site/ad.html"))) == "<b>beside</b>"


def test_a_folder_that_is_a_link_is_the_folder_that_it_leads_to(site, tmp_path):
    """As where a release is made current by a link, or a cluster mounts its files."""
    policy(site, "ad.html")
    (tmp_path / "current").symlink_to(site)
    assert template_of(load(tmp_path / "current" / "adslot.toml")) == "<b>beside</b>"
    (site / "..data").symlink_to("below")
    (site / "mounted.html").symlink_to("..data/ad.html")
    assert template_of(load(policy(site, "mounted.html"))) == "<b>below</b>"


def test_what_is_below_is_taken(site):
    """Also by a way around."""
    for name, text in {
        "ad.html": "beside",
        "below/ad.html": "below",
        "below/../ad.html": "beside",
        "../site/ad.html": "beside",
        str(site / "ad.html"): "beside",
    }.items():
        assert template_of(load(policy(site, name))) == f"<b>{text}</b>"


def test_a_caller_may_allow_more(site):
    """One folder or several, where templates are looked for next; nothing else is allowed by that."""
    shared = site.parent / "shared"
    (shared / "only.html").write_text("<b>only</b>", encoding="utf-8")
    for templates in (shared, str(shared), [shared], ["nowhere", shared]):
        assert template_of(load(policy(site, "only.html"), templates=templates)) == "<b>only</b>"
        assert template_of(load(policy(site, "../shared/only.html"), templates=templates)) == "<b>only</b>"
        assert template_of(load(policy(site, "ad.html"), templates=templates)) == "<b>beside</b>"
        assert problem_of(
            lambda templates=templates: load(policy(site, "../secret.json"), templates=templates)
        ).found.endswith(OUTSIDE)
    (shared / "link.html").symlink_to(site.parent / "secret.json")
    assert problem_of(lambda: load(policy(site, "link.html"), templates=shared)).found.endswith(OUTSIDE)


def test_a_policy_without_a_file_has_no_folder(site, monkeypatch):
    """The working folder of a server is not the policy's: its templates come from where the caller says."""
    monkeypatch.chdir(site)
    Path("settings.html").write_text(SECRET, encoding="utf-8")
    text = AD.format('"settings.html"')
    data = {"slots": {"a": {"kind": "promo", "template": "settings.html"}}}
    for make in (lambda: loads(text), lambda: from_mapping(data)):
        assert problem_of(make).found == "'settings.html'"
    text, data["slots"]["a"]["template"] = AD.format('"ad.html"'), "ad.html"
    for made in (
        loads(text, file="adslot.toml"),
        loads(text, file=str(site / "adslot.toml")),
        loads(text, templates="."),
        loads(text, file="below/x.toml", templates=[site]),
        from_mapping(data, templates=site),
    ):
        assert template_of(made) in {"<b>beside</b>", "<b>below</b>"}


def test_the_templates_of_a_case_are_taken_alike(site):
    """And are told at their place."""
    case = '[[cases]]\nwhen = { x = true }\nslots = { a = { template = "NAME" } }\n'
    path = policy(site, "ad.html")
    path.write_text(path.read_text() + case.replace("NAME", "../secret.json"), encoding="utf-8")
    problem = problem_of(lambda: load(path))
    assert (problem.path, problem.line) == ("cases[0].slots.a.template", 10)
    assert problem.found == f"'../secret.json': {OUTSIDE}"


def test_each_policy_has_its_own_folder(site):
    """What a policy extends takes templates from beside itself, and no others."""
    (site.parent / "house.toml").write_text(AD.format('"shared/ad.html"'), encoding="utf-8")
    path = site / "adslot.toml"
    path.write_text('extends = "../house.toml"\n', encoding="utf-8")
    assert template_of(load(path)) == "<b>shared</b>"
    path.write_text('extends = "../house.toml"\n[slots.a]\ntemplate = "../shared/ad.html"\n', encoding="utf-8")
    assert problem_of(lambda: load(path)).found.endswith(OUTSIDE)
    (site.parent / "house.toml").write_text(AD.format('"../../etc/hosts"'), encoding="utf-8")
    path.write_text('extends = "../house.toml"\n', encoding="utf-8")
    assert problem_of(lambda: load(path)).found.endswith(OUTSIDE)


# ------------------------------------------------------------------------------- what is no such file


def in_time(work):
    """What *work* comes to, which must not wait."""
    found = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(10)
    assert found, "it waits"
    return found[0]


@pytest.fixture
def odd(site, monkeypatch):
    """Files of all kinds that are none."""
    monkeypatch.chdir(site)
    os.mkfifo("pipe.toml")
    os.mkfifo("pipe.html")
    Path("folder.toml").mkdir()
    Path("folder.html").mkdir()
    for suffix in ("toml", "html"):
        (site / f"zero.{suffix}").symlink_to("/dev/zero")
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(f"s.{suffix}")
        with Path(f"huge.{suffix}").open("wb") as file:
            file.truncate(1 << 40)
    return site


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("pipe.html", "no regular file"),
        ("folder.html", "Is a directory"),
        ("s.html", "no regular file"),
        ("huge.html", "more than 100,000 characters"),
        ("zero.html", OUTSIDE),
    ],
)
def test_a_template_that_is_no_file(odd, name, found):
    """A pipe that nobody writes to, a folder, a socket, a terabyte of nothing, a device."""
    path = policy(odd, name)
    assert in_time(lambda: problem_of(lambda: load(path))).found == f"{name!r}: {found}"


@pytest.mark.parametrize(
    ("name", "expected", "found"),
    [
        ("pipe.toml", "a policy file", "no regular file"),
        ("folder.toml", "a file that exists, from the folder of this one", "'folder.toml'"),
        ("s.toml", "a policy file", "no regular file"),
        ("huge.toml", "a policy file", "more than 1,000,000 characters"),
        ("zero.toml", "a file whose name ends in .toml or .json, also where a link leads", "'zero.toml'"),
    ],
)
def test_a_base_that_is_no_file(odd, name, expected, found):
    """The same for what a policy extends."""
    Path("adslot.toml").write_text(f'extends = "{name}"\n', encoding="utf-8")
    problem = in_time(lambda: problem_of(lambda: load("adslot.toml")))
    assert (problem.expected, problem.found) == (expected, found)


def test_a_project_file_that_is_none_is_passed_over(odd):
    """The search for a policy does not wait either."""
    os.mkfifo("pyproject.toml")
    result = in_time(lambda: CliRunner().invoke(main, ["sections", "-"], input=b"<p>a</p>"))
    assert result.exit_code == 0


def test_a_policy_that_is_named_may_come_through_a_pipe(site):
    """As by `--policy <(…)` and `/dev/stdin`: the caller knows what he names."""
    os.mkfifo(site / "pipe.toml")
    writer = threading.Thread(target=lambda: (site / "pipe.toml").write_text("limits = { ads = 3 }"), daemon=True)
    writer.start()
    assert load(site / "pipe.toml").limits.ads == 3


# ------------------------------------------------------------------------------------------- extends


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("secret.toml", 'password = "hunter2"\n'),
        ("secret.toml", 'limits = "hunter2"\n'),
        ("secret.toml", 'rules = ["hunter2"]\n'),
        ("secret.toml", "hunter2 secret\n"),
        ("secret.toml", "[hunter2]\na = 1\n[hunter2]\n"),
        ("secret.toml", 'a = "hunter2\n'),
        ("secret.toml", "hunter2 = 1\nhunter2 = 2\n"),
        ("secret.json", '{"password": "hunter2"}'),
        ("secret.json", '["hunter2"]'),
        ("secret.json", '"hunter2"'),
        ("secret.json", '{"limits": "hunter2"}'),
        ("secret.json", "hunter2"),
        ("pyproject.toml", '[project]\nname = "hunter2"\n'),
        ("pyproject.toml", '[tool.adslot]\npassword = "hunter2"\n'),
    ],
)
@pytest.mark.parametrize("way", ["../{}", "{}", "link.{}"])
def test_what_is_no_policy_is_not_shown(site, name, text, way):
    """A policy may extend files of any folder, and so find out that there is one; what is in it stays there."""
    secret = site.parent / name
    secret.write_text(text, encoding="utf-8")
    named = way.format(name) if way.startswith("..") else str(secret)
    if way.startswith("link"):
        named = f"link{secret.suffix}"
        (site / named).symlink_to(secret)
    path = site / "adslot.toml"
    path.write_text(f"extends = {json.dumps(named)}\n", encoding="utf-8")
    problem = problem_of(lambda: load(path))
    assert "policy" in problem.expected or "tool.adslot" in problem.expected


@pytest.mark.parametrize("name", ["../passwd", "/etc/passwd", "./secret", "link.toml", "link.json"])
def test_only_files_that_say_they_are_policies_are_read(site, name):
    """By the end of their name, also where a link leads."""
    (site.parent / "passwd").write_text("[limits]\nads = 1\n", encoding="utf-8")
    (site / "secret").write_text("[limits]\nads = 1\n", encoding="utf-8")
    for link in ("link.toml", "link.json"):
        (site / link).symlink_to(site.parent / "passwd")
    path = site / "adslot.toml"
    path.write_text(f"extends = {json.dumps(name)}\n", encoding="utf-8")
    problem = problem_of(lambda: load(path))
    assert problem.expected == "a file whose name ends in .toml or .json, also where a link leads"
    assert (problem.path, problem.line, problem.found) == ("extends", 1, repr(name))


def test_a_policy_elsewhere_is_told_as_ever(site):
    """Where it is one, its faults are told with what stands there."""
    (site.parent / "house.toml").write_text("[limits]\nad = 3\n", encoding="utf-8")
    path = site / "adslot.toml"
    path.write_text('extends = "../house.toml"\n', encoding="utf-8")
    problem = problem_of(lambda: load(path))
    assert (Path(problem.file).name, problem.line, problem.path, problem.hint) == ("house.toml", 2, "limits.ad", "ads")
    (site.parent / "house.toml").write_text("[limts]\nads = 3\n", encoding="utf-8")
    problem = problem_of(lambda: load(path))
    assert (Path(problem.file).name, problem.found) == ("house.toml", "others")
    assert problem.expected.startswith("a policy, which has no key but extends, ")


def test_a_circle_is_told_however_long_it_is(site):
    """Up to as many files as may lie over one another."""
    for number in range(20):
        (site / f"{number}.toml").write_text(f'extends = "{(number + 1) % 20}.toml"\n', encoding="utf-8")
    problem = problem_of(lambda: load(site / "0.toml"))
    assert problem.expected == "a file that does not extend itself"
    assert problem.found.count("→") == 20


def test_two_thousand_policies_over_one_another(site):
    """End at the bound."""
    for number in range(2_000):
        (site / f"{number}.toml").write_text(f'extends = "{number + 1}.toml"\n', encoding="utf-8")
    problem = problem_of(lambda: load(site / "0.toml"))
    assert (Path(problem.file).name, problem.expected) == ("19.toml", "at most 20 policies over one another")


@pytest.mark.parametrize("depth", [90, 300, 900, 20_000])
@pytest.mark.parametrize("key", ["cases", "when", "slots", "rules"])
def test_data_that_is_nested_too_deep(site, depth, key):
    """Cases in cases, conditions in conditions: a problem of the policy."""
    deep: dict[str, object] = {}
    for _ in range(depth):
        deep = {key: [deep]}
    levels = min(depth, 900)
    (site / "adslot.json").write_text(f'{{"{key}": [' * levels + "]}" * levels, encoding="utf-8")
    for make in (
        lambda: from_mapping(deep),
        lambda: from_mapping({"cases": [{"when": {"a": deep}}]}),
        lambda: load(site / "adslot.json"),
    ):
        with pytest.raises(PolicyError):
            make()


def test_data_without_end():
    """A mapping that is in itself, which no file can be."""
    endless: dict[str, object] = {}
    endless |= {"cases": [endless]}
    with pytest.raises(PolicyError, match="nested too deep"):
        from_mapping(endless)
