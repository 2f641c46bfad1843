"""Threads and forks: no caller's function is called under a lock, and no child of a fork waits for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from adslot import Policy, Related, Rule, Slot, place
from adslot.kept import lazy

THREADS = 8
# So long a test waits for what should be there at once.
PATIENCE = 60
STORY = "<h2>Bahn</h2><p>Eins.</p><p>Zwei.</p><h2>Bus</h2><p>Drei.</p><p>Vier.</p>"
POLICY = Policy([Slot("auch", kind="teaser", label="Auch")], [Rule("auch", slot="auch")])
ITEMS = [Related("Eins", "/1"), Related("Zwei", "/2")]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process of this system forks")


def run(script: str, *words: str) -> str:
    """What a Python of its own prints; it must be done in time."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}  # newer Pythons warn of any fork beside threads
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(
        command, env=environment, capture_output=True, check=True, encoding="utf-8", timeout=2 * PATIENCE
    )
    return done.stdout


class Meeting:
    """A caller's function that returns when as many threads as take part are in it at once; never, where one waits for another."""

    def __init__(self, answer):
        self.barrier, self.answer, self.met = threading.Barrier(THREADS), answer, set()

    def __call__(self, *_):
        if threading.get_ident() not in self.met:
            self.met.add(threading.get_ident())
            self.barrier.wait(PATIENCE)
        return self.answer


@pytest.mark.parametrize(
    "said",
    [
        {"related": ITEMS, "relevance": Meeting(0.5)},
        {"related": Meeting(ITEMS)},
        {"related": Meeting(ITEMS), "relevance": lambda section, item: 0.5},
    ],
)
def test_callers_functions_run_beside_each_other(said):
    """Eight requests are in the same function at once: a slow one of them holds up no other."""
    with ThreadPoolExecutor(THREADS) as pool:
        pages = [pool.submit(lambda: place(STORY, POLICY, **said)) for _ in range(THREADS)]
    assert len({page.result().html for page in pages}) == 1
    assert "/1" in pages[0].result().html


def test_a_lazy_value_is_one_value():
    """Threads that work it out at once get the same one; what fails is worked out again."""
    barrier = threading.Barrier(THREADS)

    class Story:
        @lazy
        def words(self):
            barrier.wait(PATIENCE)
            return object()

        @lazy
        def chars(self):
            raise ZeroDivisionError

    story = Story()
    with ThreadPoolExecutor(THREADS) as pool:
        found = {pool.submit(lambda: story.words) for _ in range(THREADS)}
    assert {each.result() for each in found} == {story.words}
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = story.chars
    assert isinstance(vars(Story)["words"], lazy)
    assert Story.words is vars(Story)["words"]


# ------------------------------------------------------------------------------------------ forks

FORKS = """
import os, sys, threading, time
import adslot

def policy():
    slots = [
        adslot.Slot("a", kind="ad", label="Anzeige", template="<b>{{ id }}</b>"),
        adslot.Slot("t", kind="teaser", items=2),
    ]
    return adslot.Policy(slots, [adslot.Rule("a", slot="a"), adslot.Rule("t", slot="t")])

def page():
    related = [adslot.Related("Züge", "https://example.org/1"), adslot.Related("Busse", "/2")]
    return adslot.place("<h2>Bahn</h2>" + "<p>Eins und zwei.</p>" * 9, policy(), related=related).html

def hangs(patience):
    \"\"\"Whether a child, forked now, does not finish a page in time, or fails.\"\"\"
    child = os.fork()
    if not child:
        try:
            page()
        except BaseException:
            os._exit(1)
        os._exit(0)
    end = time.monotonic() + patience
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.001)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return True
"""


@needs_fork
def test_forks_beside_placing_threads():
    """None of the children hangs. With locks, of Python 3.11 more than a third of them did."""
    script = """
page()
go_on = True

def work():
    while go_on:
        page()

threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
print(sum(hangs(10) for _ in range(25)))
go_on = False
"""
    assert run(FORKS + script) == "0\n"


@needs_fork
@pytest.mark.parametrize("moment", ["adslot.api.placing", "jinja2"])
def test_a_fork_within_the_first_call_of_another_thread(moment):
    """While modules are being imported: the fork waits until none is, so that none is locked in the child."""
    script = """
threading.Thread(target=page, daemon=True).start()
while sys.argv[1] not in sys.modules:
    time.sleep(0)
print(hangs(20))
"""
    assert run(FORKS + script, moment) == "False\n"


@needs_fork
def test_a_fork_loads_nothing_for_those_who_do_not_use_adslot():
    """A package that is only imported stays as small as it is."""
    script = """
if os.fork():
    os.wait()
    print([name for name in sys.modules if name.startswith("adslot.")])
"""
    assert run(FORKS + script) == "[]\n"


def test_after_preload_nothing_is_loaded():
    """Whatever is asked for then, and however rare it is."""
    script = """
import io, json, pickle, tempfile
from datetime import date
from pathlib import Path

adslot.preload()
loaded = set(sys.modules)

html = page()
for name in adslot.preset_names():
    plan = adslot.place(html, adslot.preset(name), now=date(2026, 11, 5)).plan
    plan.explain(), adslot.dumps(plan.policy), adslot.css(plan.policy)
adslot.check(html, policy()), adslot.json_schema(), pickle.loads(pickle.dumps(adslot.place(html, policy())))
for encoding in ("utf-16", "windows-1251", "shift_jis", "iso-2022-jp", "gb18030", "windows-874", "koi8-u"):
    adslot.place("<p>a</p><p>b</p>".encode(encoding.replace("windows-", "cp")), policy(), encoding=encoding)
article = adslot.read(html)
adslot.place_tree(article.tree, policy()), article.matching("p:nth-child(2n)")
adslot.Article.from_blocks([{"role": "paragraph", "text": "Eins."}])
for wrong in ("[slots.x", "[slots.x]\\nkind = 'ad'\\nlabel = 'Anzeige'\\ntemplate = '<b>{{ 1 / 0 }}'"):
    try:
        adslot.loads(wrong)
    except adslot.PolicyError as error:
        str(error)
folder = Path(tempfile.mkdtemp())
item = {"title": "Züge", "url": "/1", "published": "2026-11-05T18:30:00+01:00"}
(folder / "related.json").write_text(json.dumps([item]), encoding="utf-8-sig")
adslot.load_related(folder / "related.json")
feed = "<rss version='2.0'><channel><item><title>&lt;b>Züge</title><pubDate>Thu, 05 Nov 2026 08:00:00 GMT</pubDate>"
(folder / "related.xml").write_text(feed + "</item></channel></rss>", encoding="utf-8")
adslot.load_related(folder / "related.xml")
print(sorted(set(sys.modules) - loaded))
"""
    assert run(FORKS + script) == "[]\n"
