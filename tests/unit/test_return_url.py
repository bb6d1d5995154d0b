"""Which return URLs are read, as what, and the hostile ones that are not."""

import pytest

from licenses.errors import InvalidFields
from schema_ext.exchange.return_url import parse_return_url

HOSTILE = {
    "missing": [""],
    "too-long": ["https://smp.example/" + "a" * 2048],
    "control-or-space": [
        " https://smp.example/",
        "https://smp.example/ ",
        "https://smp.example/\n",
        "https://smp.example/\r\nLocation: https://evil.example",
        "java\tscript:alert(1)",
        "https://smp.example\t.evil.example/",
        "\x00https://smp.example/",
        "https://smp.example/\x7f",
        "https://smp.example/a b",
        "\x01javascript:alert(1)",
    ],
    "not-ascii": [
        "https://smp.exаmple/",
        "https://ｓｍｐ.example/",
        "https://smp。example/",
        "https://evil.example／.smp.example/",
        "https://smp.example/løype",
        "https://smp.example\u200b/",
        "https://smp.example\u202e/",
        "https://evil.example\u2100.smp.example/",
        "https://①②⑦.⓪.⓪.①/",
    ],
    "backslash": [
        "https:\\\\evil.example",
        "https://smp.example\\@evil.example/",
        "https://evil.example\\.smp.example/",
        "\\\\evil.example\\share",
        "https:/\\evil.example",
        "https://smp.example/a\\..\\b",
    ],
    "fragment": [
        "https://smp.example/#",
        "https://smp.example/#@evil.example",
        "https://evil.example#.smp.example/",
        "#",
    ],
    "scheme": [
        "javascript:alert(1)",
        "JavaScript://smp.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "ftp://smp.example/",
        "ws://smp.example/",
        "blob:https://smp.example/1",
        "view-source:https://smp.example/",
        "//evil.example/",
        "///evil.example/",
        "/smp/return",
        "smp.example/return",
        "?returnUrl=https://smp.example",
        "://smp.example/",
        "smp.example:443/",
        "httpss://smp.example/",
        "h%74tps://smp.example/",
    ],
    "userinfo": [
        "https://smp.example@evil.example/",
        "https://smp.example:443@evil.example/",
        "https://user:secret@smp.example/",
        "https://@smp.example/",
        "https://smp.example%40evil.example@evil.example/",
        "https://a@b@smp.example/",
    ],
    "host-missing": [
        "https:",
        "https:/",
        "https://",
        "https:///evil.example/",
        "https:////evil.example/",
        "https:/evil.example/",
        "https:evil.example",
        "https://?smp.example",
        "https://:443/",
    ],
    "host-encoded": [
        "https://smp%2eexample/",
        "https://%65vil.example/",
        "https://evil.example%2f.smp.example/",
        "https://evil.example%00.smp.example/",
        "https://127%2e0%2e0%2e1/",
        "https://[fe80::1%25eth0]/",
    ],
    "host-number": [
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://127.0.0.01/",
        "https://127.0.0.256/",
        "https://1.2.3.4.5/",
        "https://0/",
        "https://evil.0x/",
        "https://smp.example.1/",
        "http://0x7f.1/",
        "http://017700000001/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::0001]/",
        "https://[::127.0.0.1]/",
        "https://[v1.evil]/",
        "https://[]/",
        "https://[::1::]/",
    ],
    "host-invalid": [
        "https://smp.example./",
        "https://localhost./",
        "https://127.0.0.1./",
        "https://.smp.example/",
        "https://smp..example/",
        "https://-smp.example/",
        "https://smp-.example/",
        "https://smp_1.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://smp.example,evil.example/",
        "https://smp.example;evil.example/",
        "https://evil.example&smp.example/",
        "https://*.example/",
        "https://smp.example'/",
        "https://[::1/",
        "https://::1/",
        "https://[::1].evil.example/",
        "https://smp.example:443:80/",
        "https://smp.example:80x/",
        "https://<script>/",
    ],
    "port-invalid": [
        "https://smp.example:/",
        "https://smp.example:0/",
        "https://smp.example:65536/",
        "https://smp.example:0443/",
        "https://smp.example:999999/",
    ],
    "http-not-loopback": [
        "http://smp.example/",
        "HTTP://smp.example/",
        "http://localhost.evil.example/",
        "http://evil.localhost/",
        "http://127.0.0.2/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::]/",
        "http://localhost-evil/",
    ],
    "path-character": [
        "https://smp.example/<script>",
        'https://smp.example/"onload=',
        "https://smp.example/%",
        "https://smp.example/%zz",
        "https://smp.example/%u002e",
        "https://smp.example/a|b",
        "https://smp.example/{a}",
        "https://smp.example/[a]",
        "https://smp.example/`a`",
        "https://smp.example/a^b",
    ],
    "query-character": [
        "https://smp.example/?<script>",
        'https://smp.example/?"',
        "https://smp.example/?a=%",
        "https://smp.example?[a]",
    ],
    "dot-segment": [
        "https://smp.example/.",
        "https://smp.example/..",
        "https://smp.example/smp/../admin",
        "https://smp.example/./smp",
        "https://smp.example/smp/..;/admin",
        "https://smp.example/smp/..;x=1/admin",
    ],
    "empty-segment": [
        "https://smp.example//",
        "https://smp.example//evil.example",
        "https://smp.example/smp//return",
    ],
    "path-encoding": [
        "https://smp.example/%2e%2e/admin",
        "https://smp.example/.%2E/admin",
        "https://smp.example/%2f%2fevil.example",
        "https://smp.example/smp%2Freturn",
        "https://smp.example/%5c%5cevil.example",
        "https://smp.example/smp/%252e%252e/admin",
        "https://smp.example/%00",
        "https://smp.example/%0d%0aSet-Cookie:a=b",
        "https://smp.example/%09",
        "https://smp.example/%7f",
        "https://smp.example/a%3bb",
    ],
    "query-encoding": [
        "https://smp.example/?a=%0d%0ab",
        "https://smp.example/?a=%00",
        "https://smp.example/?%7F",
    ],
}
TABLE = [(text, code) for code, texts in HOSTILE.items() for text in texts]


@pytest.mark.parametrize(("text", "code"), TABLE)
def test_a_hostile_return_url_is_refused_for_its_own_reason(text: str, code: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        parse_return_url(text)

    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("returnUrl", code)]


def test_a_refusal_does_not_repeat_the_url() -> None:
    with pytest.raises(InvalidFields) as caught:
        parse_return_url("https://kari:secret@smp.example/")

    assert "secret" not in str(caught.value)


def test_a_fault_bears_the_name_of_the_field_asked_for() -> None:
    with pytest.raises(InvalidFields) as caught:
        parse_return_url("x", field="smps.0.prefix")

    assert caught.value.faults[0].field == "smps.0.prefix"


@pytest.mark.parametrize(
    ("text", "origin", "path", "query"),
    [
        ("https://smp.example", "https://smp.example", "/", ""),
        ("https://smp.example?x=1", "https://smp.example", "/", "x=1"),
        ("HTTPS://SMP.Example:443/A?b=c/?d", "https://smp.example", "/A", "b=c/?d"),
        ("https://smp.example:8443/smp/", "https://smp.example:8443", "/smp/", ""),
        ("https://smp.example:80/", "https://smp.example:80", "/", ""),
        ("http://localhost:8001/smp/return", "http://localhost:8001", "/smp/return", ""),
        ("http://127.0.0.1:80/", "http://127.0.0.1", "/", ""),
        ("http://[::1]:8002/", "http://[::1]:8002", "/", ""),
        ("http://localhost:443/", "http://localhost:443", "/", ""),
        ("https://192.0.2.7/", "https://192.0.2.7", "/", ""),
        ("https://[2001:DB8::1]/", "https://[2001:db8::1]", "/", ""),
        ("https://xn--smp-0na.example/", "https://xn--smp-0na.example", "/", ""),
        ("https://intranet/smp", "https://intranet", "/smp", ""),
        ("https://smp.example/a@b:c", "https://smp.example", "/a@b:c", ""),
        ("https://smp.example/l%c3%b8%61?%c3", "https://smp.example", "/l%C3%B8a", "%c3"),
        ("https://smp.example/.well-known/...", "https://smp.example", "/.well-known/...", ""),
        ("https://smp.example/s;jsessionid=1", "https://smp.example", "/s;jsessionid=1", ""),
    ],
)
def test_a_clean_url_is_read_as_origin_path_and_query(
    text: str, origin: str, path: str, query: str
) -> None:
    url = parse_return_url(text)

    assert (url.origin, url.path, url.query, url.text) == (origin, path, query, text)


@pytest.mark.parametrize(
    ("text", "prefix", "covered"),
    [
        ("https://a.example/smp", "https://a.example/smp", True),
        ("https://a.example/smp/", "https://a.example/smp", True),
        ("https://a.example/smp/x?y=1", "https://a.example/smp", True),
        ("https://a.example/smp?y=1", "https://a.example/smp", True),
        ("https://a.example/smpx", "https://a.example/smp", False),
        ("https://a.example/smp.evil", "https://a.example/smp", False),
        ("https://a.example/SMP", "https://a.example/smp", False),
        ("https://a.example/sm", "https://a.example/smp", False),
        ("https://a.example/smp/x", "https://a.example/smp/", True),
        ("https://a.example/smp/", "https://a.example/smp/", True),
        ("https://a.example/smp", "https://a.example/smp/", False),
        ("https://a.example/smpx/", "https://a.example/smp/", False),
        ("https://a.example/anything", "https://a.example", True),
        ("https://a.example", "https://a.example/", True),
        ("https://A.example:443/%73mp", "https://a.example/smp", True),
        ("https://a.example/smp", "HTTPS://A.EXAMPLE:443/smp", True),
        ("https://a.example:8443/smp", "https://a.example/smp", False),
        ("https://b.example/smp", "https://a.example/smp", False),
        ("https://a.example.evil.example/smp", "https://a.example/", False),
        ("https://sub.a.example/smp", "https://a.example/", False),
        ("http://localhost/smp", "https://localhost/smp", False),
        ("http://localhost:8002/smp", "http://127.0.0.1:8002/smp", False),
        ("https://a.example/smp", "https://a.example/smp?x=1", False),
        ("https://a.example/smp", "https://a.example/smp?", False),
        ("https://a.example/smp", "https://a.example/../", False),
        ("https://a.example/smp", "https://a.exam", False),
        ("https://a.example/smp", "", False),
    ],
)
def test_a_prefix_covers_its_own_origin_and_whole_segments(
    text: str, prefix: str, *, covered: bool
) -> None:
    assert parse_return_url(text).matches(prefix) is covered
