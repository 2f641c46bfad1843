"""Templates of policies that nobody trusts: what they may not do, and what it costs to find out."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from adslot import Image, Policy, PolicyError, Related, Rule, Slot, from_mapping, place
from adslot.policy import bounds
from tests.problems import problems_in

STORY = "<p>Eins.</p><p>Zwei.</p>"
# Far more than any of them takes, and far less than what they ask for.
SECONDS, BYTES = 3.0, 60_000_000


def loaded(template, **slot):
    """The policy of one ad with a template."""
    slot = {"kind": "ad", "label": "Anzeige", "template": template} | slot
    return from_mapping({"slots": {"a": slot}, "rules": [{"name": "r", "slot": "a"}]})


def found(template):
    """What is found wrong with a template when the policy is loaded, in a short time."""
    start = time.process_time()
    (problem,) = problems_in(loaded, template)
    assert time.process_time() - start < SECONDS
    assert problem.path == "slots.a.template"
    return problem.found


def found_in_little_memory(template):
    """The same, in little memory."""
    tracemalloc.start()
    try:
        words = found(template)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()
    return words


# ------------------------------------------------------------------------------------- what it reaches

UNDERSCORE = "which begins with an underscore"
UNSAFE = "is unsafe"
UNKNOWN = "which templates do not have"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", UNDERSCORE),
        ("{{ cycler }}", "'cycler' is undefined"),
        ("{{ joiner('x') }}", "'joiner' is undefined"),
        ("{{ lipsum() }}", "'lipsum' is undefined"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", UNDERSCORE),
        ("{{ ''['__class__'] }}", UNSAFE),
        ("{{ ''['_' ~ '_class_' ~ '_'].x }}", UNSAFE),
        ("{{ slot|attr('__class__') }}", UNKNOWN),
        ("{{ ['']|map(attribute='__class__')|join }}", UNSAFE),
        ("{{ ['']|map('attr', '__class__')|list|string }}", "attr"),
        ("{{ ['']|map(' held')|list|string }}", "no filter ' held'"),
        ("{{ ['']|selectattr('__class__')|list }}", UNSAFE),
        ("{{ ['', 'a']|sort(attribute='__class__') }}", UNSAFE),
        ("{{ [['']]|sum(attribute='__class__') }}", "a sum of numbers"),
        ("{{ '{0.__class__}'.format(1) }}", "no attribute 'format'"),
        ("{{ '{a.__class__}'.format_map({'a': 1}) }}", "no attribute 'format_map'"),
        ("{{ ('{0.__class__}'|safe).format(1) }}", "no attribute 'format'"),
        ("{{ ['{0.__class__}']|map('format', 1)|join }}{{ 'x'.format }}", "not all arguments converted"),
        ("{{ range.__self__ }}", UNDERSCORE),
        ("{{ range }}", "'Method'"),
        ("{{ [range] }}", "'Method'"),
        ("{{ 'x'.upper }}", "'Method'"),
        ("{{ 'x'.upper.run }}", "no attribute 'run'"),
        ("{% macro m() %}{% endmacro %}{{ m }}", "'Macro'"),
        ("{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}", UNDERSCORE),
        ("{% macro m() %}{% endmacro %}{{ m.name }}", "no attribute 'name'"),
        ("{% for x in [1] %}{{ loop }}{% endfor %}", "'LoopContext'"),
        ("{% for x in [1] %}{{ loop._iterator }}{% endfor %}", UNDERSCORE),
        ("{% for x in [1] %}{{ loop|list }}{% endfor %}", "'LoopContext'"),
        ("{% for x in [1, 2] %}{{ (loop|first)[1] }}{% endfor %}", "'LoopContext'"),
        ("{% for x in [1] %}{% for y in loop %}{% endfor %}{% endfor %}", "'LoopContext'"),
        ("{{ namespace }}", "'Method'"),
        ("{{ namespace() }}", "'Namespace'"),
        ("{{ namespace()['_Namespace__attrs'] }}", UNSAFE),
        ("{% set n = namespace() %}{% set n.n = n %}{{ n }}", "'Namespace'"),
        ("{{ self }}", "'TemplateReference'"),
        ("{{ self._TemplateReference__context }}", UNDERSCORE),
        ("{% block a %}{{ self.a() }}{% endblock %}", "no attribute 'a'"),
        ("{% block a %}{{ super() }}{% endblock %}", "no parent block"),
        ("{{ attributes.update({'x': 1}) }}", "no attribute 'update'"),
        ("{{ sizes.append(1) }}", "no attribute 'append'"),
        ("{{ sizes.clear() }}", "no attribute 'clear'"),
        ("{{ attributes.pop('x') }}", "no attribute 'pop'"),
        ("{{ context.setdefault('x', 1) }}", ""),
        ("{{ 1() }}", "'int' cannot be called"),
        ("{{ range(1, _loop_vars=1) }}", UNDERSCORE),
        ("{{ range(1, **{'_loop_vars': 1}) }}{{ y }}", "'y' is undefined"),
        ("{% include 'x' %}", "no loader"),
        ("{% include ['x'] %}", "no loader"),
        ("{% import 'x' as y %}", "no loader"),
        ("{% from 'x' import y %}", "no loader"),
        ("{% extends 'x' %}", "no loader"),
        ("{% do 1 %}", "unknown tag 'do'"),
        ("{% debug %}", "unknown tag 'debug'"),
        ("{{ [1, 2]|random }}", UNKNOWN),
        ("{{ 1|pprint }}", UNKNOWN),
        (
            "{% if false %}{{ 1|uper }}{% endif %}",
            "the filter 'uper', which templates do not have (did you mean 'upper'?)",
        ),
        ("{% if false %}{{ 1 is callable }}{% endif %}", "the test 'callable', which templates do not have"),
        ("{% autoescape 'a' * 10 ** 8 %}{% endautoescape %}", "autoescape that is neither"),
        ("{% autoescape slot %}{% endautoescape %}", "autoescape that is neither"),
    ],
)
def test_there_is_nothing_but_data(template, words):
    """No class, no function, no frame, no file, nothing that changes what is given."""
    assert words in found(template)


SEEN: list[str] = []


def noting(name):
    """A method that notes that it was called."""

    def noted(*_):
        SEEN.append(name)
        return "SECRET"

    return noted


class Canary:
    """An object of the caller that notes whoever looks at it."""

    secret = "SECRET"

    def __getattribute__(self, name):
        SEEN.append(name)
        return object.__getattribute__(self, name)

    steal = __str__ = __repr__ = __html__ = __bool__ = __len__ = __iter__ = __getitem__ = __call__ = noting("looked")
    __eq__ = __hash__ = __lt__ = __gt__ = __add__ = __radd__ = __contains__ = __mod__ = __rmod__ = noting("looked")
    __int__ = __index__ = __float__ = __neg__ = __format__ = noting("looked")


class Sneaky(str):
    """A text of the caller with code in it."""

    __slots__ = ()

    secret = "SECRET"
    steal = upper = __str__ = __len__ = __add__ = __mod__ = __format__ = __getitem__ = __iter__ = noting("looked")
    __eq__ = __hash__ = __lt__ = __contains__ = replace = strip = noting("looked")


LOOKS = [
    "{{ x }}",
    "{{ x.secret }}",
    "{{ x['secret'] }}",
    "{{ x.steal() }}",
    "{{ x() }}",
    "{{ x|string }}",
    "{{ x|tojson }}",
    "{{ x|length }}",
    "{{ x|list }}",
    "{{ x|upper }}",
    "{{ x|default('a') }}",
    "{{ x|first }}",
    "{{ x ~ 'a' }}",
    "{{ x + 'a' }}",
    "{{ 'a' + x }}",
    "{{ '%s' % x }}",
    "{{ '%s'|format(x) }}",
    "{{ [x]|join }}",
    "{{ [x]|map('upper')|join }}",
    "{{ [x]|map(attribute='secret')|join }}",
    "{{ [x]|sort }}",
    "{{ [x, x]|unique|list }}",
    "{{ {'a': x}|xmlattr }}",
    "{{ x == 'a' }}",
    "{{ 'a' == x }}",
    "{{ x < 1 }}",
    "{{ 'a' in x }}",
    "{{ x in ['a', 'b'] }}",
    "{{ x is in ['a'] }}",
    "{{ x is string }}",
    "{{ x is sequence }}",
    "{{ x is iterable }}",
    "{{ x is mapping }}",
    "{{ x is upper }}",
    "{{ x is escaped }}",
    "{% if x %}a{% endif %}",
    "{{ 1 if x else 2 }}",
    "{{ x and 1 }}",
    "{{ not x }}",
    "{% for y in x %}{{ y }}{% endfor %}",
    "{% for y in [x] %}{{ y.secret }}{% endfor %}",
    "{{ {x: 1} }}",
    "{{ x[0] }}",
    "{{ x[:1] }}",
    "{{ -x }}",
    "{{ range(x) }}",
    "{% set y = x %}{{ y.secret }}",
    "{% macro m(a) %}{{ a.secret }}{% endmacro %}{{ m(x) }}",
    "{% set n = namespace(a=x) %}{{ n.a.secret }}",
    "{{ 'a'.replace('a', x) }}",
    "{{ {}.get('a', x).secret }}",
    "{% filter replace('a', x) %}a{% endfilter %}",
]


@pytest.mark.parametrize("template", LOOKS)
@pytest.mark.parametrize("where", ["context.x", "context.l[0]", "context.d.x", "items[0].tags[0]", "items[0].id"])
def test_no_template_looks_at_an_object(template, where):
    """Not at its attributes, its methods, its text, its truth: it is no data, which is told, and the object knows nothing of it."""
    for value in (Canary(), Sneaky("öffentlich")):
        slot = Slot(
            "a", kind="teaser", template=f"{{% set x = {where} if items[0].title == 'Titel' else 1 %}}{template}"
        )
        item = Related("Titel", "/a")
        # As a feed would not, but a caller might.
        object.__setattr__(item, "tags", (value,))
        object.__setattr__(item, "id", value)
        SEEN.clear()
        assert "SECRET" not in filled(slot, item, {"x": value, "l": [value], "d": {"x": value}})
        assert SEEN == []


def filled(slot, item, context):
    """What a template makes of an article and a context, without the trial, which such a template does not pass."""
    from adslot.planner.placements import Placement  # noqa: PLC0415
    from adslot.policy.templates import TemplateFault  # noqa: PLC0415
    from adslot.renderer.slot import PageContext, render  # noqa: PLC0415

    try:
        return render(
            slot, Placement("r", "a", "adslot-r-1", gap=1, offset=0, items=(item,)), PageContext("de", context=context)
        )
    except TemplateFault as fault:
        return str(fault)


# --------------------------------------------------------------------------------------- what it costs

STEPS, CHARS = "more than 20,000 steps", "more than 250,000 characters"
PARTS, DEEP, CALLS = "more than 5,000 parts", "more than 40 parts within", "more than 40 calls within"
DIGITS, WIDE = "a number of more than 30 digits", "more than 1,000: that is too wide"
NO_DIRECTIVE = "a directive that is none"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        # repetition
        ("{{ 'a' * 10**8 }}", CHARS),
        ("{{ 10**8 * 'a' }}", CHARS),
        ("{{ [1] * 10**8 }}", CHARS),
        ("{{ (1,) * 10**8 }}", CHARS),
        ("{{ ('a'|safe) * 10**8 }}", CHARS),
        ("{% set x = 'a' * 99999 %}{{ x * 99999 }}", CHARS),
        ("{% if 'a' * 10**8 %}{% endif %}", CHARS),
        ("{{ ('a' * 10**8)|length }}", CHARS),
        ("{{ 10**10**10 }}", DIGITS),
        ("{{ 2 ** 99999999 }}", DIGITS),
        ("{{ (10 ** 29) * 10 }}", DIGITS),
        ("{{ 1 " + "* 10 " * 30 + "}}", DIGITS),
        ("{{ 1e308|int }}", DIGITS),
        ("{{ ('f' * 900)|int(0, 16) }}", DIGITS),
        ("{{ 1 << 99 }}", "unexpected '<'"),
        ("{{ " + "9" * 31 + " }}", DIGITS),
        ("{{ 0x" + "f" * 50_000 + " }}", DIGITS),
        ("{{ " + "9" * 5_000 + " }}", "4300 digits"),
        ("{{ (-8) ** 0.5 }}", "'complex'"),
        # what grows by what it is made of
        ("{% set x = 'aa' %}" + "{% set x = x ~ x %}" * 60, CHARS),
        ("{% set x = 'aa' %}" + "{% set x = x + x %}" * 60, CHARS),
        ("{% set x %}aa{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60, CHARS),
        ("{% set x = ['a'] %}" + "{% set x = [x, x] %}" * 30 + "{{ x }}", CHARS),
        ("{% set x = ['a'] %}" + "{% set x = x + x %}" * 60 + "{{ x }}", CHARS),
        ("{% set x = {'a': 1} %}" + "{% set x = {'a': x, 'b': x} %}" * 30 + "{{ x|tojson }}", CHARS),
        ("{% set x = [1] %}" + "{% set x = [x] %}" * 45 + "{{ x }}", "more than 40 lists within"),
        ("{% set n = namespace(x='a') %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}", CHARS),
        ("{% set n = namespace(x='a') %}{% for i in range(40) %}{% set n.x = n.x|replace('a', 'aa') %}{% endfor %}", CHARS),
        ("{% macro m(x, n) %}{{ m(x ~ x, n - 1) if n else x }}{% endmacro %}{{ m('a', 30) }}", CHARS),
        ("{% filter replace('a', 'b' * 10 ** 5) %}aaaa{% endfilter %}", CHARS),
        ("{% set x | replace('a', 'b' * 10 ** 5) %}aaaa{% endset %}", CHARS),
        # padding
        ("{{ 'a'|center(10**8) }}", UNKNOWN),
        ("{{ 'a'|indent(10**8) }}", UNKNOWN),
        ("{{ 'a'|wordwrap(1, wrapstring='a' * 10**5) }}", UNKNOWN),
        ("{{ ('(' * 10**5)|urlize }}", UNKNOWN),
        ("{{ 1|filesizeformat }}", UNKNOWN),
        ("{{ 'a'.center(10**8) }}", "no attribute 'center'"),
        ("{{ 'a'.ljust(10**8) }}", "no attribute 'ljust'"),
        ("{{ 'a'.zfill(10**8) }}", "no attribute 'zfill'"),
        ("{{ '\t'.expandtabs(10**8) }}", "no attribute 'expandtabs'"),
        ("{{ 'a'.join(['b'] * 9) }}", "no attribute 'join'"),
        ("{{ 'a'.translate({97: 'b' * 10**5}) }}", "no attribute 'translate'"),
        ("{{ '%1000000000d' % 1 }}", NO_DIRECTIVE),
        ("{{ '%1001d' % 1 }}", WIDE),
        ("{{ '%1000000000d'|format(1) }}", NO_DIRECTIVE),
        ("{{ '%.1000000000f' % 1 }}", NO_DIRECTIVE),
        ("{{ '%.9999f' % 1 }}", WIDE),
        ("{{ '%*d' % (10**9, 1) }}", NO_DIRECTIVE),
        ("{{ '%.*f' % (10**9, 1) }}", NO_DIRECTIVE),
        ("{{ '%(a(b))1000000000d' % {'a(b)': 1} }}", NO_DIRECTIVE),
        ("{{ ('%' ~ '0' * 200000) % 1 }}", NO_DIRECTIVE),
        ("{{ ('%1000d' * 300) % (1,) }}", CHARS),
        ("{{ ('%1000d'|safe) * 300 % (1,) }}", CHARS),
        ("{{ range(1000)|join('a' * 10**5) }}", CHARS),
        ("{{ [1]|batch(10**8, 0)|list }}", WIDE),
        ("{{ [1]|batch(900, 'a' * 10**5)|list }}", CHARS),
        ("{{ [1]|slice(10**8)|list }}", WIDE),
        ("{{ ('a' * 1000)|replace('a', 'b' * 1000) }}", CHARS),
        ("{{ ('a' * 10**5)|replace('', 'b' * 10**5) }}", CHARS),
        ("{{ ('a' * 1000).replace('a', 'b' * 1000) }}", CHARS),
        ("{{ [[[1]]]|tojson(indent=10**8) }}", "from 0 to 8"),
        ("{{ [[[1]]]|tojson(indent='x' * 10**5) }}", "from 0 to 8"),
        ("{{ 1|round(10**9, 'ceil') }}", WIDE),
        ("{{ 5|round(-10**9) }}", WIDE),
        ("{{ ('a' * 10**5)|trim('b' * 10**5) }}", WIDE),
        ("{{ ('a' * 10**5).strip('b' * 10**5) }}", WIDE),
        ("{{ {'a': 'x' * 200000, 'b': 'y' * 200000}|xmlattr }}", CHARS),
        ("{{ ('\"' * 200000)|e }}", CHARS),
        ("{{ '\"' * 200000 }}", CHARS),
        ("{{ ('<' * 200000)|urlencode }}", CHARS),
        ("{{ ('<' * 200000)|tojson }}", CHARS),
        ("{{ ('ŉ' * 200000)|upper }}", CHARS),
        ("{% for x in ['a' * 200000] %}{{ x }}{{ x }}{% endfor %}", CHARS),
        ("{{ range(10**9) }}", "a range of more than 1,000"),
        ("{{ range(10**29) }}", "a range of more than 1,000"),
        ("{{ range(0, -10**9, -1) }}", "a range of more than 1,000"),
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_no_template_makes_much_of_little(template, words):
    """What would be too large is told before it is made."""
    assert words in found_in_little_memory(template)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}", STEPS),
        ("{% for a in range(1000) if a < 0 %}{% endfor %}" * 30, STEPS),
        ("{% for a in 'a' * 200000 %}{% endfor %}", STEPS),
        ("{% for a in [] %}{% else %}{% for a in 'a' * 200000 %}{% endfor %}{% endfor %}", STEPS),
        ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", CALLS),
        ("{% for a in [1, 2, 3] recursive %}{{ loop([1, 2, 3]) if loop.depth < 30 }}{% endfor %}", STEPS),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", CALLS),
        ("{% macro m() %}{{ n() }}{% endmacro %}{% macro n() %}{{ m() }}{% endmacro %}{{ m() }}", CALLS),
        ("{% macro m(n) %}{{ m(n - 1) ~ m(n - 1) if n }}{% endmacro %}{{ m(35) }}", STEPS),
        ("{% macro m(n, a=range(999)) %}{{ m(n - 1) ~ m(n - 1) if n }}{% endmacro %}{{ m(35) }}", STEPS),
        ("{% macro m(n, a=1" + " ~ 1" * 1500 + ") %}{{ m(n - 1) ~ m(n - 1) if n }}{% endmacro %}{{ m(35) }}", STEPS),
        ("{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}", CALLS),
        ("{% for i in range(1000) %}{% set x = 'a' * 100000 %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 200000 %}{% for i in range(1000) %}{% set b = a[1:] %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 100000 %}{% for i in range(1000) %}{% if a == a ~ 'b' %}{% endif %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 100000 %}{% for i in range(1000) %}{% if 'b' in a %}{% endif %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 100000 %}{% for i in range(1000) %}{% if a is lower %}{% endif %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 100000 %}{% for i in range(1000) %}{% set b = {}[a]|default(1) %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 100000 %}{% for i in range(1000) %}{% set b = a|upper %}{% endfor %}", STEPS),
        ("{% set a = 'a' * 100000 %}{% for i in range(1000) %}{% set b = a.upper() %}{% endfor %}", STEPS),
        ("{% set a = 'a ' * 50000 %}{% for i in range(1000) %}{% set b = a|title %}{% endfor %}", STEPS),
        ("{% set a = '<b>' * 50000 %}{% for i in range(1000) %}{% set b = a|striptags %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{% set b = a|list %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{% set b = a|sort %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{% set b = a|map('abs')|list %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{% set b = a|select('odd')|list %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{% set b = a|sum %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{% set b = a + a %}{% endfor %}", STEPS),
        ("{% set a = range(1000) %}{% for i in a %}{{ range(*a[:2]) }}{% set b = [*a] %}{% endfor %}", "unexpected '*'"),
        ("{% macro m() %}{% endmacro %}{% set a = range(1000) %}{% for i in a %}{{ m(*a) }}{% endfor %}", "not more than 0"),
        ("{% macro m() %}{{ varargs }}{% endmacro %}{% set a = range(1000) %}{% for i in a %}{{ m(*a) }}{% endfor %}", STEPS),
        ("{% set a = [{'a': 1}] * 900 %}{{ a|sort(attribute='a" + ",a" * 30_000 + "') }}", STEPS),
        ("{% set a = range(1000) %}{{ a|unique|list }}{{ a|unique|list }}", STEPS),
        ("{% for i in range(1000) %}" + "x" * 10_000 + "{% endfor %}", STEPS),
        ("{% macro m() %}{% for i in range(1000) %}" + "x" * 10_000 + "{% endfor %}{% endmacro %}{% set x = m() %}", STEPS),
        ("{% macro m() %}" + "x" * 900 + "{% endmacro %}{% for i in range(1000) %}{% set x = m() %}{% endfor %}", STEPS),
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_no_template_works_for_long(template, words):
    """Each part of it, each time that it is worked on, and each 64 characters that it reads and makes are a step."""
    assert words in found(template)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}", DEEP),
        ("{{ " + "[" * 3_000 + "1" + "]" * 3_000 + " }}", DEEP),
        ("{{ " + "{1:" * 3_000 + "1" + "}" * 3_000 + " }}", DEEP),
        ("{{ " + "x(" * 3_000 + "1" + ")" * 3_000 + " }}", DEEP),
        ("{{ " + "x[" * 3_000 + "1" + "]" * 3_000 + " }}", DEEP),
        ("{{ " + "1|default(" * 3_000 + "1" + ")" * 3_000 + " }}", DEEP),
        ("{{ " + "not " * 9_000 + "1 }}", DEEP),
        ("{{ " + "-" * 9_000 + "1 }}", DEEP),
        ("{{ " + "+ - not " * 9_000 + "1 }}", DEEP),
        ("{{ " + "(- " * 9_000 + "1 }}", DEEP),
        ("{{ " + "1 if 0 else " * 5_000 + "1 }}", DEEP),
        ("{{ a" + ".b" * 10**5 + " }}", "more than 100,000 characters"),
        ("{{ a" + ".b" * 49_000 + " }}", PARTS),
        ("{{ a" + ".b" * 2_000 + " }}", DEEP),
        ("{{ a" + "[0]" * 1_000 + " }}", DEEP),
        ("{{ a" + "()" * 1_000 + " }}", DEEP),
        ("{{ a" + "|upper" * 1_000 + " }}", DEEP),
        ("{{ 1" + "+1" * 1_000 + " }}", DEEP),
        ("{{ 1" + " or 1" * 1_000 + " }}", DEEP),
        ("{{ 1" + "**1" * 1_000 + " }}", DEEP),
        ("{{ 1" + "~1" * 9_000 + " }}", PARTS),
        ("{{ 1" + "<1" * 9_000 + " }}", PARTS),
        ("{{ [" + "1," * 9_000 + "] }}", PARTS),
        ("{% if 1 %}" * 3_000 + "{% endif %}" * 3_000, DEEP),
        ("{% if 1 %}" * 90 + "x" + "{% endif %}" * 90, DEEP),
        ("{% for a in b %}" * 30 + "{% endfor %}" * 30, "too many statically nested blocks"),
        ("{% set a %}" * 3_000 + "{% endset %}" * 3_000, DEEP),
        ("{% filter upper %}" * 3_000, DEEP),
        ("{% macro m() %}" * 3_000, DEEP),
        ("{% call m() %}" * 3_000, DEEP),
        ("{% block a %}" * 3_000, DEEP),
        ("{% with %}" * 3_000, DEEP),
        ("{% autoescape true %}" * 3_000, DEEP),
        ("{% if 0 %}" + "{% elif 0 %}" * 6_000 + "{% endif %}", PARTS),
        ("".join(f"{{% block a{n} %}}{{% endblock %}}" for n in range(3_000)), PARTS),
        ("{{ a }}" * 10_000, PARTS),
        ("x" * 10**6 + "{{ 1 }}", "more than 100,000 characters"),
        ("{{" * 49_000, DEEP),
        ("{%" * 49_000, "tag name expected"),
        ("{#" * 49_000, "Missing end of comment"),
        ("{{ '" + "x" * 49_001, "unexpected char"),
        ("{% raw %}" * 9_000, "Missing end of raw"),
        ("{{ range(a=1, a=2) }}", "keyword argument repeated"),
        ("{% macro m(a, a) %}{% endmacro %}", "duplicate argument"),
        ("{{ 'a'[1:2, 3] }}", ""),
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_no_template_is_hard_to_read(template, words):
    """Neither for Jinja's reader and compiler nor for Python's."""
    assert words in found(template)


def test_nothing_is_worked_out_while_a_template_is_compiled():
    """Whatever is constant in it."""
    for template in ("{{ 'a' * 10**8 }}", "{{ 'a'|replace('a', 'b' * 10**8) }}", "{{ ('a' * 10**8)|upper|length }}"):
        fault = found("{% if context.never %}" + template + "{% endif %}" + "{{ undefined_here }}")
        assert fault == "line 1: 'undefined_here' is undefined"


def test_what_a_page_says_is_bounded_by_what_it_says():
    """Long titles are nobody's fault: each of their characters pays for twenty more, and for steps; a fault names the slot."""
    long = "<Züge & Busse>" * 70_000
    links = "{% for item in items %}<a href='{{ item.url }}' title='{{ item.title|upper }}' rel='{{ item.rel }}'>{{ item.title }}</a>{{ item.summary|striptags|truncate(80) }}{% endfor %}"
    policy = Policy([Slot("a", kind="teaser", template=links)], [Rule("r", slot="a")])
    start = time.process_time()
    html = place(STORY, policy, related=[Related(long, "/a", summary=long, image=Image("/b", alt=long))]).html
    assert 10 < html.count("Züge &amp; Busse") < 50  # in the link, its title, the picture and the summary: each is cut
    assert time.process_time() - start < SECONDS
    greedy = Slot(
        "a",
        kind="teaser",
        template=links + "{% if items[0].title|length > 99 %}{{ items[0].title * 99_999 }}{% endif %}",
    )
    (problem,) = problems_in(place, STORY, Policy([greedy], [Rule("r", slot="a")]), related=[Related(long, "/a")])
    assert (problem.path, problem.found) == ("slots.a.template", f"line 1: {CHARS}")


def test_a_full_stack_is_no_fault_of_the_template():
    """What could not be filled for want of room is filled the next time."""
    slot = Slot("a", kind="ad", label="Anzeige", template="<b>{{ number }}{{ context.full }}</b>")
    policy = Policy([slot], [Rule("r", slot="a")])

    def deep(left):
        return place(STORY, policy).html if left == 0 else deep(left - 1)

    for left in range(700, 1000, 10):
        try:
            deep(left)
        except (RecursionError, PolicyError):
            break
    assert "<b>1</b>" in place(STORY, policy).html


def test_a_loop_that_a_page_makes_long_is_told_when_it_is_filled():
    """A context of many values is its caller's own, up to a number; what is larger is no data."""
    slot = Slot("a", kind="ad", label="Anzeige", template="{% for x in context.l %}<!--{{ x }}-->{% endfor %}")
    policy = Policy([slot], [Rule("r", slot="a")])
    assert place(STORY, policy, context={"l": [0] * 30_000}).html.count("<!--0-->") == 30_000
    with pytest.raises(PolicyError, match="line 1: a value of the type 'list' is no text"):
        place(STORY, policy, context={"l": [0] * (bounds.GIVEN + 1)})
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(PolicyError, match="a value of the type 'list' is no text"):
        place(
            STORY,
            Policy([Slot("a", kind="promo", template="{{ context.l }}")], [Rule("r", slot="a")]),
            context={"l": endless},
        )
