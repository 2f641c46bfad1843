"""Placeholders: found where `re` finds them, in linear time; what `re` would have to go back for is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adslot import Policy, PolicyError, loads, read
from adslot.policy.declarations import ArticleOptions
from adslot.policy.language.placeholders import SYNTAXES, is_placeholder, opaque_spans, pattern_fault
from tests.timing import least_seconds

chars = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", r"\w", r"\s", " ", r"[^ab\n]", "(?i:A)", r"\n", "(?-s:.)"])
times = st.sampled_from(["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{2,}?", "{0,2}?"])
places = st.sampled_from([r"\b", r"\B", "^", "$", "(?=a)", "(?<!b)", "(?!c|b)", "(?<=[ab])", "(?m:^)", "(?m:$)"])
# A repeated group begins with a character: what may be repeated of nothing, `re` decides in a way of its own.
expressions = st.recursive(
    st.builds("{}{}".format, chars, st.just("") | times) | places,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
        | st.builds("(?:{}{}){}".format, chars, inner, times)
    ),
    max_leaves=6,
)


@given(st.lists(expressions, min_size=1, max_size=2), st.lists(st.text("aabbcA \n", max_size=8), max_size=4))
def test_what_re_finds_is_found(syntaxes, texts):
    """The same spans as by Python's regular expressions, alternatives and lazy repetitions included."""
    assume(pattern_fault(*syntaxes) is None)
    pattern = re.compile("|".join(f"(?:{syntax})" for syntax in syntaxes), re.S)
    for text in texts:
        expected, at = [], 0
        while at < len(text):
            match = pattern.match(text, at)
            if match is not None and match.end() > at:
                expected.append(match.span())
            at = max(at + 1, expected[-1][1] if expected else 0)
        assert list(opaque_spans(text, syntaxes)) == expected


@pytest.mark.parametrize(
    "syntax, text, found",
    [
        ("jinja", "a {{ b }} {% c\n%} {# d #} {{ e", ["{{ b }}", "{% c\n%}", "{# d #}"]),
        ("php", "<?php a ? b ?> <?= c ?> <?xml d ?> <?php e", ["<?php a ? b ?>", "<?= c ?>", "<?php e"]),
        ("shortcode", "[ad] [/ad] [gallery ids='1'] [1] [a [b]", ["[ad] [/ad]", "[gallery ids='1']", "[b]"]),
        (r"\[\w+[^\]]*\]", "[ad x] [] [b", ["[ad x]"]),
        (r"\$\w+\$", "$a$b$ $$c$", ["$a$", "$c$"]),
        (r"<%.*?%>", "<% a\n%> b %>", ["<% a\n%>"]),
        (r"(?i)\[ad\b[^\]]*\]", "[AD 1] [adx]", ["[AD 1]"]),
        (r"(?<!\\)\{\{.+?\}\}", r"\{{a}} {{b}}", ["{{b}}"]),
        (r"%[a-z]+(?:\.[a-z]+)*%", "%a.b% %a.%", ["%a.b%"]),
        (r"(?:foo|bar):\d{2,3}", "foo:1 bar:1234", ["bar:123"]),
        (r"(a+)+b", "aaab aac", ["aaab"]),
    ],
)
def test_what_people_write_is_found(syntax, text, found):
    """The built-in syntaxes, and expressions as they stand in policies."""
    assert [text[start:end] for start, end in opaque_spans(text, [syntax])] == found


@pytest.mark.parametrize(
    "syntax, fault",
    [
        (r"(\w)\1", "a reference to a group"),
        (r"(a)?(?(1)b|c)", "a condition on a group"),
        (r"(?>a+)b", "an atomic group"),
        (r"a++b", "a possessive repetition"),
        (r"(?=a+)b", "a look to either side"),
        (r"(a|b)*a(a|b){20}c", "too many ways"),
        (r".{0,300}?x", "too many ways"),
        (r"x{100000}", "longer than 1000"),
        (r"a{99999999999999999999}", "too large"),
        (r"\ba\Bb(?=c)(?=d)(?!e)(?<!f)(?<!g)", "more than 6 conditions"),
        ("(" * 5000 + ")" * 5000, "recursion"),
        ("(", "unterminated"),
    ],
)
def test_what_cannot_be_followed_is_refused(syntax, fault):
    """When a policy is read or made, at its key; never on a page."""
    with pytest.raises(PolicyError) as caught:
        Policy(article=ArticleOptions(opaque=[syntax]))
    assert [problem.path for problem in caught.value.problems] == ["article.opaque"]
    assert fault in caught.value.problems[0].found
    with pytest.raises(PolicyError, match=r"adslot\.toml|article\.opaque"):
        loads(f"[article]\nopaque = ['''{syntax}''']")


def test_too_many_expressions_are_refused_together():
    """Each is simple, and all together have too many states."""
    many = [rf"<{'a' * n}[a-z]*{n}>" for n in range(40)]
    with pytest.raises(PolicyError, match="fewer or simpler"):
        Policy(article=ArticleOptions(opaque=many))
    assert Policy(article=ArticleOptions(opaque=many[:8])).article.opaque


def test_flags_of_one_expression_are_its_own():
    """An expression with flags in front stands beside others."""
    policy = Policy(article=ArticleOptions(opaque=[r"\$\w+\$", r"(?i)\[ad\]"]))
    assert read("<p>a</p>[AD]<p>b</p>", policy).blocks[1].role == "box"


@pytest.mark.parametrize("text, answer", [("", False), (" ", True), ("{{ a }} {{ b }}", True), ("{{ a }} b", False)])
def test_a_text_of_placeholders_only(text, answer):
    """White space may stand between them."""
    assert is_placeholder(text, ["jinja"]) is answer


# Each with what it never finds the end of.
HOSTILE = {
    "jinja": lambda n: "{{" * n,
    "jinja, all kinds": lambda n: "{{ {% {# " * n,
    "php": lambda n: "<?php ?" * n,
    "shortcode": lambda n: "[a " * n,
    r"\[\w+[^\]]*\]": lambda n: "[a" * n,
    r"<%.*?%>": lambda n: "<%" * n,
    r"(a+)+$": lambda n: "a" * n + "b",
    r"(?:a|ab|b)*c": lambda n: "ab" * n,
    r"(?:ab)*c": lambda n: "ab" * n,
    r"a(?:.*b)?": lambda n: "a" * n,
    r"\w*\d\w*!": lambda n: "1a" * n,
    r"\ba.*?\bq": lambda n: "a " * n,
    r"(?:<.*?>)*x": lambda n: "<>" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name):
    """Four times the text takes about four times as long, whatever the expression."""
    syntax = name.partition(",")[0]

    def seconds(count: int) -> float:
        text = HOSTILE[name](count)
        return least_seconds(lambda: opaque_spans(text, [syntax]), 3)

    assert syntax in SYNTAXES or pattern_fault(syntax) is None
    assert seconds(20_000) < 5.5 * seconds(5_000) + 0.01
