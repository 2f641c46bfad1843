"""Every bound on what comes with a policy: what is just within it, and what is just over it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adslot import Case, Layout, Limits, Policy, PolicyError, Rule, Slot, from_mapping, load, loads, place
from adslot.policy import bounds
from adslot.policy.templates import Context, TemplateFault, as_data, counted, fill
from adslot.policy.templates.attributes import OF_LOOPS, OF_MAPPINGS, OF_TEXTS
from adslot.policy.templates.filters import FILTERS
from adslot.policy.templates.sandbox import GLOBALS
from adslot.policy.templates.tests import TESTS
from tests.problems import problems_in

STORY = "<p>Eins.</p><p>Zwei.</p>"
DOCS = Path(__file__).parents[2] / "docs" / "reference"
POLICY_PAGE = (DOCS / "policy.md").read_text(encoding="utf-8")
TEMPLATE_PAGE = (DOCS / "templates.md").read_text(encoding="utf-8")
BOUNDS = {name: value for name, value in vars(bounds).items() if name.isupper()}


def is_filled(template, **context):
    """Whether a template can be filled, and if not, why."""
    try:
        fill(template, {"context": as_data(Context(context))})
    except TemplateFault as fault:
        return str(fault).partition(": ")[2] or str(fault)
    return True


def is_loaded(make):
    try:
        make()
    except PolicyError as error:
        return error.problems[0].found
    return True


def steps(count):
    """A template of so many steps, of which there are more than 2,000, or of one less."""
    loop = "{% for i in range(999) %}{% endfor %}"
    with counted() as taken:
        fill(loop, {})
        template = loop * (count // sum(taken) - 1)
        taken.clear()
        fill(template, {})
    # Text is two parts, and paid for where it stands and where all is gathered.
    return template + "x" * (bounds.CHARS_PER_STEP * ((count - sum(taken) - 2) // 2))


def trials(slots):
    """A policy of so many ads whose templates take half of the steps that there are for each filling."""
    template = steps(bounds.STEPS // 2)
    table = {f"s{n}": {"kind": "promo", "template": f"<!--{template}--><b>{n}</b>"} for n in range(slots)}
    return lambda: from_mapping({"slots": table})


def chain(folder, count):
    """So many policies over one another; the path of the uppermost."""
    for number in range(count):
        below = f'extends = "{number - 1}.toml"\n' if number else ""
        (folder / f"{number}.toml").write_text(f"{below}[limits]\nads = {number}\n", encoding="utf-8")
    return folder / f"{count - 1}.toml"


def cases(count, rules):
    """So many cases of a policy that has a slot and so many rules."""
    made = [Case({"a": number}, changes={"limits": {"ads": number}}) for number in range(count)]
    slot = Slot("a", kind="promo")
    return lambda: Policy([slot], [Rule(f"r{number}", slot="a") for number in range(rules)], cases=made)


def layouts(count):
    return [Layout(f"l{number}", min_width=number) for number in range(count)]


def sized(screens, sizes):
    slot = Slot("a", kind="promo", template="gpt", sizes=[f"{n + 1}x1" for n in range(sizes)])
    return lambda: Policy([Slot("a", kind="promo", sizes=slot.sizes)], layouts=layouts(screens))


def test_every_bound_is_tested_here():
    """A new one needs a line below."""
    tested = set(re.findall(r"bounds\.([A-Z_]+)", Path(__file__).read_text(encoding="utf-8")))
    assert tested == set(BOUNDS)


def test_policies(tmp_path):
    """How long a file may be, and how many may lie over one another."""
    text = "# " + "x" * (bounds.POLICY_CHARS - 3) + "\n"
    assert loads(text) == Policy()
    (tmp_path / "adslot.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "adslot.toml") == Policy()
    for path in (tmp_path / "adslot.toml", tmp_path / "adslot.json"):
        path.write_text(f"{text}#", encoding="utf-8")
        assert is_loaded(lambda path=path: load(path)) == "more than 1,000,000 characters"
    assert is_loaded(lambda: loads(f"{text}#")) == "more than 1,000,000 characters"
    (tmp_path / "adslot.toml").write_text("# " + "\U0001f600" * bounds.POLICY_CHARS, encoding="utf-8")
    assert is_loaded(lambda: load(tmp_path / "adslot.toml")) == "more than 1,000,000 characters"
    assert load(chain(tmp_path, bounds.POLICIES)).limits == Limits(ads=bounds.POLICIES - 1)
    (problem,) = problems_in(load, chain(tmp_path, bounds.POLICIES + 1))
    assert (problem.path, problem.line, problem.column) == ("extends", 1, 11)
    assert (Path(problem.file or "").name, problem.expected) == ("1.toml", "at most 20 policies over one another")


def test_what_grows_by_two_things():
    """Cases times what is checked in each, and sizes times layouts."""
    rules = bounds.PARTS_IN_CASES // 500 - 1
    assert is_loaded(cases(500, rules)) is True
    assert is_loaded(cases(501, rules)) == "501 times 100"
    assert is_loaded(lambda: Policy(layouts=layouts(bounds.LAYOUTS))) is True
    assert is_loaded(lambda: Policy(layouts=layouts(bounds.LAYOUTS + 1))) == "51"
    assert is_loaded(sized(10, bounds.SIZES_IN_LAYOUTS // 10)) is True
    assert is_loaded(sized(10, bounds.SIZES_IN_LAYOUTS // 10 + 1)) == "1,010"


def test_templates_as_they_are_read(tmp_path):
    """How long they may be, in the policy and in a file, how many parts they may have and how deep they may go."""
    text = "<!--" + "x" * (bounds.TEMPLATE_CHARS - 7) + "-->"
    assert is_filled(text) is True
    assert is_filled(f"{text} ") == "more than 100,000 characters"
    (tmp_path / "ad.html").write_text(text, encoding="utf-8")
    policy = {"slots": {"a": {"kind": "promo", "template": "ad.html"}}}
    assert from_mapping(policy, templates=tmp_path).slot("a").template == text
    (tmp_path / "ad.html").write_text(f"{text} ", encoding="utf-8")
    assert is_loaded(lambda: from_mapping(policy, templates=tmp_path)) == "'ad.html': more than 100,000 characters"
    outputs = "{{ 1 }}" * ((bounds.PARTS - 5) // 3)
    assert is_filled(f"{outputs}{{{{ 1+1 }}}}") is True
    assert is_filled(f"{outputs}{{{{ 1+1 }}}}{{# no part #}}x") is True
    assert is_filled(f"{outputs}{{{{ 1+1+1 }}}}") == "more than 5,000 parts"
    for left, right in (("(", ")"), ("[", "]"), ("not ", ""), ("- ", "")):
        within = bounds.NESTING - 2 * (left != "(")  # the block and what it sets are two more
        assert is_filled("{% set x = " + left * within + "1" + right * within + " %}") is True
        over = bounds.NESTING + 1
        assert is_filled("{% set x = " + left * over + "1" + right * over + " %}").startswith(
            "more than 40 parts within"
        )


def test_tags_of_all_templates():
    """A template that several slots have counts once; what is told is told for each slot that is too much."""

    def slots(*templates):
        return lambda: from_mapping(
            {"slots": {f"s{n}": {"kind": "promo", "template": t} for n, t in enumerate(templates)}}
        )

    tag = "{{ '" + "x" * (bounds.CHARS_IN_TAGS // 10 - 4) + "' }}"
    within = [f"<b>{n}</b><!--{tag[:-5]}{n}' }}}}-->" for n in range(10)]
    assert is_loaded(slots(*within, *within)) is True
    assert [problem.path for problem in problems_in(slots(*within, "{{ 1 }}", "<b></b>"))] == [
        "slots.s10.template",
        "slots.s11.template",
    ]


def test_depth_of_calls_and_lists():
    """Each loop that goes deeper, each macro, each list in another."""
    macro = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    assert is_filled(f"{macro}{{{{ m({bounds.NESTING - 1}) }}}}") is True
    assert is_filled(f"{macro}{{{{ m({bounds.NESTING}) }}}}") == "more than 40 calls within one another"
    loop = "{% for n in [NUMBER] recursive %}{{ loop([n - 1]) if n }}{% endfor %}"
    assert is_filled(loop.replace("NUMBER", str(bounds.NESTING))) is True
    assert is_filled(loop.replace("NUMBER", str(bounds.NESTING + 1))) == "more than 40 calls within one another"
    lists = "{% set x = [1] %}" + "{% set x = [x] %}" * (bounds.NESTING - 1)
    assert is_filled(lists) is True
    assert is_filled(lists + "{% set x = [x] %}") == "more than 40 lists within one another"


def test_steps():
    """Parts of the template, each time, and characters of values."""
    # The context is given, too, and pays for some more.
    assert is_filled(steps(bounds.STEPS)) is True
    assert is_filled(steps(bounds.STEPS + 100)) == "more than 20,000 steps"
    text = "x" * bounds.CHARS_PER_STEP
    with counted() as taken:
        for template in ("{{ '' }}", f"{{{{ '{text}' }}}}", f"{{{{ '{text * 2}' }}}}", f"{{{{ '{text * 2}'|upper }}}}"):
            fill(template, {})
    # Printed once, and once gathered with all that is printed; the filter is a part, and what it makes is paid for.
    assert taken == [3, 5, 7, 10]
    with counted() as taken:
        fill("<" * 10 * bounds.CHARS_PER_STEP, {})
    assert taken == [2 + 10 + 1 + 10]


def test_characters():
    """Of a value, of what is written, and of what stands for some in lists."""
    half = bounds.CHARS // 2
    assert is_filled(f"{{{{ 'x' * {bounds.CHARS} }}}}") is True
    assert is_filled(f"{{{{ 'x' * {bounds.CHARS} }}}}" + "x" * 1_000) == "more than 250,000 characters"
    assert is_filled(f"{{% set x = 'x' * {half} %}}{{{{ x }}}}{{{{ x }}}}") is True
    assert (
        is_filled(f"{{% set x = 'x' * {half} %}}{{{{ x }}}}{{{{ x }}}}" + "x" * 1_000) == "more than 250,000 characters"
    )
    numbers = bounds.CHARS // bounds.CHARS_OF_OTHERS - 1
    assert is_filled(f"{{% set x = [1] * {numbers // 2} %}}{{{{ x|length }}}}") is True
    assert is_filled(f"{{% set x = [1] * {numbers + 100} %}}") == "more than 250,000 characters"


def test_what_articles_and_contexts_give():
    """For each of their characters more steps and more characters; so many values, and no more, in one."""
    text = "x" * 100_000
    most = bounds.CHARS + bounds.CHARS_PER_GIVEN * 100_000
    assert is_filled("{% set x = context.x * 20 %}", x=text) is True
    assert is_filled("{% set x = context.x * 23 %}", x=text) == "more than 250,000 characters"
    assert 20 * 100_000 < most < 23 * 100_000
    loop = "{% for i in context.l %}{{ context.x }}{% endfor %}"
    assert is_filled(loop, x="", l=[0] * 3_000) is True
    assert (
        is_filled(
            "{% for i in range(1000) %}{% for j in range(TIMES) %}{% endfor %}{% endfor %}".replace("TIMES", "60"),
            x=text * bounds.STEPS_PER_GIVEN,
        )
        is True
    )
    assert (
        is_filled(
            "{% for i in range(1000) %}{% for j in range(TIMES) %}{% endfor %}{% endfor %}".replace("TIMES", "120"),
            x=text,
        )
        == "more than 20,000 steps"
    )
    assert is_filled("{{ context.l|length }}", l=[0] * bounds.GIVEN) is True
    assert "'list'" in is_filled("{{ context.l|length }}", l=[0] * (bounds.GIVEN + 1))
    assert is_filled("{{ context.x }}", l=[0] * (bounds.GIVEN + 1), x="x") is True


def test_numbers():
    """How large, how many, how wide."""
    largest = bounds.NUMBER - 1
    assert is_filled(f"{{{{ {largest} - {largest} }}}}{{{{ -{largest} }}}}") is True
    for template in (
        f"{{{{ {largest} + 1 }}}}",
        f"{{{{ -{largest} - 1 }}}}",
        f"{{{{ {largest + 1} }}}}",
        "{{ 10 ** 30 }}",
    ):
        assert is_filled(template) == "a number of more than 30 digits"
    assert is_filled("{{ 9 ** 31 }}") is True
    assert (
        is_filled(f"{{{{ range({bounds.RANGE})|length }}}}{{{{ range(0, -{bounds.RANGE} * 7, -7)|length }}}}") is True
    )
    assert is_filled(f"{{{{ range({bounds.RANGE + 1}) }}}}") == "a range of more than 1,000 numbers"
    for template in (
        "{{ '%WIDTHd' % 1 }}",
        "{{ '%.WIDTHf' % 1 }}",
        "{{ [1]|batch(WIDTH)|list }}",
        "{{ [1]|slice(WIDTH)|length }}",
    ):
        assert is_filled(template.replace("WIDTH", str(bounds.WIDTH))) is True
        assert is_filled(template.replace("WIDTH", str(bounds.WIDTH + 1))) == "more than 1,000: that is too wide"
    assert (
        fill(f"{{{{ ('1' * {bounds.WIDTH // 50})|int }}}}{{{{ ('1' * {bounds.WIDTH + 1})|int }}}}", {})
        == "1" * 20 + "0"
    )
    assert is_filled(f"{{{{ [[1]]|tojson(indent={bounds.INDENT}) }}}}") is True
    assert (
        is_filled(f"{{{{ [[1]]|tojson(indent={bounds.INDENT + 1}) }}}}") == "indent: a number from 0 to 8 is expected"
    )


def test_trials():
    """All templates of a policy together, also those that are kept from the last time."""
    each = bounds.STEPS // 2
    most = bounds.STEPS_OF_TRIALS // (4 * each)
    for _ in range(2):
        assert is_loaded(trials(most)) is True
        (problem,) = problems_in(trials(most + 2))
        assert problem.path == f"slots.s{most}.template"
        assert problem.expected == "templates that are tried out in 500,000 steps, all together"


def test_the_reference_has_these_numbers():
    """As a table, each bound in a row of its own, but for what is told below it."""
    text = POLICY_PAGE.partition("## What a policy may do")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+) \| ([\d,]+) \|$", text, re.M)
    assert {label: int(number.replace(",", "")) for label, number in rows} == {
        "characters of one policy": bounds.POLICY_CHARS,
        "policies over one another": bounds.POLICIES,
        "cases, times slots, rules, spacings and layouts": bounds.PARTS_IN_CASES,
        "layouts": bounds.LAYOUTS,
        "sizes of a slot, times layouts": bounds.SIZES_IN_LAYOUTS,
        "characters of one template": bounds.TEMPLATE_CHARS,
        "names, texts, numbers and signs in the tags of one template": bounds.PARTS,
        "characters in the tags of all templates of a policy": bounds.CHARS_IN_TAGS,
        "brackets, blocks, calls and lists within one another": bounds.NESTING,
        "steps to fill one template once": bounds.STEPS,
        "steps to try out all templates of a policy, when it is loaded": bounds.STEPS_OF_TRIALS,
        "characters of a value with all that is in it, and of all that a template writes": bounds.CHARS,
        "values in one value of the `context`": bounds.GIVEN,
        "digits of a whole number": len(str(bounds.NUMBER)) - 1,
        "numbers that `range` counts": bounds.RANGE,
        "width in `format`, `batch`, `slice` and `round`": bounds.WIDTH,
        "`indent` of `tojson`": bounds.INDENT,
    }
    for sentence in (
        f"or {bounds.CHARS_PER_STEP} characters of a value",
        f"counts as {bounds.CHARS_OF_OTHERS} characters in a list",
        f"allows for {bounds.STEPS_PER_GIVEN} step and {bounds.CHARS_PER_GIVEN} characters more",
    ):
        assert sentence in text
    assert f"up to {bounds.POLICIES} policies over one another" in POLICY_PAGE


def test_the_reference_names_all_that_templates_have():
    """And nothing else."""
    text = TEMPLATE_PAGE.partition("## What a template may do")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| (.+) \| (`.+`) \|$", text, re.M))
    told = {label: set(re.findall(r"`(.+?)`", names)) for label, names in rows.items()}
    tags = told.pop("tags")
    assert told == {
        "filters": set(FILTERS),
        "tests": set(TESTS),
        "functions": set(GLOBALS),
        "methods of texts": OF_TEXTS,
        "methods of mappings": OF_MAPPINGS,
        "of `loop`": OF_LOOPS,
    }
    for tag in tags | {"do", "include", "import", "extends", "trans", "break"}:
        rest = {"for": "x in [1]", "set": "x", "if": "1", "call": "m()", "macro": "m()", "filter": "upper"}.get(tag, "")
        rest = rest or {"block": "x", "autoescape": "true", "print": "1"}.get(tag, "")
        before = "{% macro m() %}{{ caller() }}{% endmacro %}" if tag == "call" else ""
        end = "" if tag == "print" else f"{{% end{tag} %}}"
        filled = is_filled(f"{before}{{% {tag} {rest} %}}{end}")
        assert (filled is True) == (tag in tags), (tag, filled)


def test_placing_is_within_them_too():
    """A slot that is made in Python is bounded as one from a file."""
    slot = Slot("a", kind="promo", template="{% for i in range(999) %}{% for j in range(99) %}{% endfor %}{% endfor %}")
    with pytest.raises(PolicyError, match="line 1: more than 20,000 steps"):
        place(STORY, Policy([slot], [Rule("r", slot="a")]))
