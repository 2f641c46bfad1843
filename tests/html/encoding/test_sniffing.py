"""Which encoding a page declares: by the words of the HTML standard, and as html5lib finds it."""

from __future__ import annotations

import pytest
from html5lib._inputstream import EncodingParser
from hypothesis import given
from hypothesis import strategies as st

from adslot.html.encoding.charsets import labelled
from adslot.html.encoding.sniffing import SCANNED, declared, marked

# (bytes, what they declare), one for each step of the algorithm.
DECLARED = [
    (b"<meta charset=gbk>", "gb18030"),
    (b"<META\fCHARSET = 'GBK'>", "gb18030"),
    (b'<meta/charset="gbk"/>', "gb18030"),
    (b"<meta charset=gbk", None),
    (b"<meta charset='gbk>", None),
    (b"<metacharset=gbk>", None),
    (b"< meta charset=gbk>", None),
    (b"<<meta charset=gbk>", "gb18030"),
    (b"<meta charset=x><meta charset=gbk>", "gb18030"),
    (b"<meta charset=x charset=gbk>", None),
    (b"<meta name=charset content=gbk>", None),
    (b"<meta content='text/html; charset=gbk'>", None),
    (b"<meta content='text/html; charset=gbk' http-equiv=Content-Type>", "gb18030"),
    (b"<meta http-equiv=refresh content='text/html; charset=gbk'>", None),
    (b"<meta http-equiv=content-type content='charset charset = \"gbk\"'>", "gb18030"),
    (b"<meta http-equiv=content-type content='charset=\"gbk'>", None),
    (b"<meta http-equiv=content-type content='charset=gbk;x'>", "gb18030"),
    (b"<meta http-equiv=content-type content='x'>", None),
    (b"<meta http-equiv=content-type content='charset=big5' charset=gbk>", "gb18030"),
    (b"<meta charset=x http-equiv=content-type content='charset=big5'>", None),
    (b"<meta charset=utf-16>", "utf-8"),
    (b"<meta charset=utf-32>", None),
    (b"<meta charset=x-user-defined>", "cp1252"),
    (b"<meta charset=iso-2022-kr>", "replacement"),
    (b"<meta charset=idna>", None),
    (b"<meta charset=\xff>", None),
    (b"<!-- <meta charset=gbk> -->", None),
    (b"<!--><meta charset=gbk>", "gb18030"),
    (b"<!---><meta charset=gbk>", "gb18030"),
    (b"<!-- > <meta charset=gbk>", None),
    (b"<p title='<meta charset=gbk>'>", None),
    (b"<p title=<meta charset=gbk>", None),
    (b"</p title='<meta charset=gbk>'>", None),
    (b"<!x <meta charset=gbk>", None),
    (b"<?x <meta charset=gbk>", None),
    (b"</1 <meta charset=gbk>", None),
    (b"<1 <meta charset=gbk>", "gb18030"),
    (b"<script>'<meta charset=gbk>'</script>", "gb18030"),
    (b"<body><p>x</p><meta charset=gbk>", "gb18030"),
    (b"<? ", None),
    (b"<?xml version='1.0' encoding = \"gbk\"?><p>", "gb18030"),
    (b"<?xml encoding='gbk'?><meta charset=big5>", "big5hkscs"),
    (b" <?xml encoding='gbk'?>", None),
    (b"<?xml encoding='x' encoding='gbk'?>", None),
    (b"<?xml x='encoding' encoding='gbk'?>", None),
    (b"<?xml encoding='g bk'?>", None),
    (b"<?xml encoding=gbk?>", None),
    (b"<?xml encoding='utf-16'?>", "utf-8"),
    (b"<\0?\0x\0m\0", "utf-16-le"),
    (b"\0<\0?\0x\0m", "utf-16-be"),
    (b" " * (SCANNED - 18) + b"<meta charset=gbk>", "gb18030"),
    (b" " * (SCANNED - 17) + b"<meta charset=gbk>", None),
    (b"", None),
]


@pytest.mark.parametrize("data, codec", DECLARED, ids=[str(number) for number in range(len(DECLARED))])
def test_what_a_page_declares(data, codec):
    """The prescan of the standard, step by step."""
    assert declared(data) == codec


_labels = st.sampled_from(
    ["gbk", "SHIFT_JIS", "utf-8", "utf-16", "latin1", "x", "euc-kr", "x-user-defined", "hz-gb-2312"]
)
_metas = st.builds(
    str.format,
    st.sampled_from(
        ["<meta charset={}>", "<META\nCHARSET = '{}' >", '<meta a charset="{}"/>', "<meta name=charset content={}>"]
        + ["<meta http-equiv=content-type content='text/html; charset={}'>", "<meta content='charset={}'>"]
        + ["<meta content='a charset={}' http-equiv=Content-Type>", "<meta http-equiv=refresh content='charset={}'>"]
        + [
            "<!-- <meta charset={}> -->",
            "<p title='<meta charset={}>'>",
            "</p a='<meta charset={}>'>",
            "<metax charset={}>",
        ]
        + ["<script>'<meta charset={}>'</script>", "<!doctype <meta charset={}>", "<?x <meta charset={}>"]
    ),
    _labels,
)


@given(
    st.lists(
        _metas | st.sampled_from([" ", "\n", "x = '", "<p>", "<!-- -->", "<a href=x>", '"', "ü", "/", "<1"]), max_size=8
    )
)
def test_declarations_are_found_as_html5lib_finds_them(pieces):
    """Where the algorithm has not changed since that was written."""
    data = "".join(pieces).encode()
    found = EncodingParser(data).getEncoding()
    codec = (
        labelled({"utf-16le": "utf-8", "x-user-defined": "windows-1252"}.get(found.name, found.name)) if found else None
    )
    assert declared(data) == codec


@pytest.mark.parametrize(
    "data, codec",
    [
        (b"\xef\xbb\xbf<p>", "utf-8"),
        (b"\xff\xfe<\0", "utf-16-le"),
        (b"\xfe\xff\0<", "utf-16-be"),
        (b"\xff\xfe\0\0<\0\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff\0\0\0<", "utf-32-be"),
        (b"\xff\xfe\0\0<\0", "utf-16-le"),
        (b"\0\0\xfe\xff\0", None),
        (b"\xef\xbb", None),
        (b" \xff\xfe", None),
        (b"", None),
    ],
)
def test_what_a_byte_order_mark_says(data, codec):
    """Those of UTF-32, which browsers do not know, count where nothing in the data speaks against it."""
    assert marked(data) == codec
