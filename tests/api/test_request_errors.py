"""Every address of the authority's API, times everything that can be wrong around its fields.

Addresses, parameters and headers are taken from the published description, so a new one fails
here until it has rows: bodies that are no JSON, headers, parameters of path and query. Every row
is refused with its code, and the register is as it was.
"""

import json
from typing import Any, NamedTuple

import pytest
from httpx import Response

from api.body_rules import DEFAULT_CAP
from tests.api.authority import AuthorityServer, application_body
from tests.api.refusals import assert_nothing_changes, assert_refused
from tests.api.wrong_values import HUGE
from tests.desks import TOKENS

_DECISION = "01890000-0000-7000-8000-000000000001"
_RIGHT: dict[str, Any] = {
    "/v1/licenses": application_body(number="HPR 9"),
    "/v1/licenses/{license_id}/renewals": {"validUntil": "2035-12-31"},
    "/v1/licenses/{license_id}/corrections": {"number": "HPR 9"},
    "/v1/licenses/{license_id}/decisions": {"event": "suspend", "reasonCodes": ["a"]},
    "/v1/licenses/{license_id}/decisions/{decision_id}/approval": None,
}
"""A right body for each address that takes a write."""


class Described:
    """A server with one issued license, and the operations of its description."""

    def __init__(self) -> None:
        self.server = AuthorityServer()
        self.license_id = self.server.issued().rpartition("/")[2]

    def at(self, path: str) -> str:
        """Return an address of the description for the one license."""
        return path.format(license_id=self.license_id, decision_id=_DECISION, seal_id="0" * 32)

    def asked(
        self, method: str, path: str, headers: list[tuple[str, str | bytes]], content: bytes = b""
    ) -> Response:
        """Send a request with these very headers."""
        octets = [
            (name.encode(), value if isinstance(value, bytes) else value.encode())
            for name, value in headers
        ]
        return self.server.client.request(method, path, headers=octets, content=content)


def _operations() -> list[tuple[str, str, dict[str, Any]]]:
    published = AuthorityServer().get(None, "/openapi.json").json()["paths"]
    return [
        (method, path, operation)
        for path, operations in published.items()
        for method, operation in operations.items()
    ]


OPERATIONS = _operations()
WRITES = [path for method, path, _ in OPERATIONS if method == "post"]
SECURED = [(method, path) for method, path, operation in OPERATIONS if "security" in operation]
_PARAMETERS = [
    (method, path, parameter["in"], parameter["name"])
    for method, path, operation in OPERATIONS
    for parameter in operation.get("parameters", ())
]


@pytest.fixture(scope="module")
def described() -> Described:
    return Described()


def _headers(**changed: str | bytes | None) -> list[tuple[str, str | bytes]]:
    """Return the headers of a write by an officer; None leaves one out."""
    headers: dict[str, str | bytes | None] = {
        "authorization": f"Bearer {TOKENS['olga']}",
        "idempotency-key": "a-key",
        "if-match": '"2"',
        "content-type": "application/json",
    }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    return [(name, value) for name, value in headers.items() if value is not None]


_PLAIN = json.dumps(application_body(number="HPR 9"))
_NO_JSON: dict[str, bytes] = {
    "cut short": b"{",
    "nothing but spaces": b"  ",
    "not UTF-8": b'{"number": "\xff"}',
    "Latin-1": '{"number": "Ø"}'.encode("latin-1"),
    "an overlong NUL": b'{"number": "\xc0\x80"}',
    "a surrogate in UTF-8": b'{"number": "\xed\xa0\x80"}',
    "UTF-16": _PLAIN.encode("utf-16"),
    "UTF-32": _PLAIN.encode("utf-32-le"),
    "a byte order mark": b"\xef\xbb\xbf" + _PLAIN.encode(),
    "more after the end": _PLAIN.encode() + b" {}",
    "a bare word": b"issue",
    "single quotes": b"{'number': '1'}",
    "a comma too many": b'{"number": "1",}',
    "a comment": b'{"number": "1" /* mine */}',
    "a control character": b'{"number": "a\x01b"}',
    "a raw NUL": b'{"number": "a\x00b"}',
    "NaN": b'{"number": NaN}',
    "Infinity": b'{"number": -Infinity}',
    "a number without end": b'{"number": ' + b"9" * 5000 + b"}",
    "a number beyond all numbers": b'{"number": 1e999}',
    "one below all numbers, in a list": b"[[-2.5E+400]]",
    "a number without end after a point": b'{"number": 0.' + b"9" * 5000 + b"e999}",
    "lists without end": b"[" * 100_000,
    "objects without end": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "a member twice": _PLAIN.replace('"kind"', '"number": "HPR 10", "kind"').encode(),
    "a member twice, once escaped": b'{"number": "1", "n\\u0075mber": "2"}',
    "a member twice, deep inside": b'{"holder": {"names": [{"given": "A", "given": "B"}]}}',
}


@pytest.mark.parametrize("sent", _NO_JSON.values(), ids=_NO_JSON)
@pytest.mark.parametrize("path", WRITES)
def test_a_body_that_is_no_json_is_refused(described: Described, path: str, sent: bytes) -> None:
    address = described.at(path)

    answer = assert_nothing_changes(
        described.server, lambda: described.asked("POST", address, _headers(), sent)
    )

    assert_refused(answer, 400, "invalid-request")


@pytest.mark.parametrize("path", [path for path in WRITES if _RIGHT[path] is not None])
@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        (b"", "body", "required"),
        (b"null", "body", "wrong-type"),
        (b"[]", "body", "wrong-type"),
        (b"[{}]", "body", "wrong-type"),
        (b'"text"', "body", "wrong-type"),
        (b"true", "body", "wrong-type"),
        (b"7", "body", "wrong-type"),
        (str(HUGE).encode(), "body", "wrong-type"),
        (b"[" * 500 + b"]" * 500, "body", "wrong-type"),
    ],
)
def test_a_body_that_is_no_object_is_refused(
    described: Described, path: str, sent: bytes, field: str, code: str
) -> None:
    address = described.at(path)

    answer = assert_nothing_changes(
        described.server, lambda: described.asked("POST", address, _headers(), sent)
    )

    assert_refused(answer, 422, "invalid-fields", (field, code))


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    ("kind", "size", "refusal"),
    [
        (None, 2, (415, "wrong-media-type")),
        ("", 2, (415, "wrong-media-type")),
        ("text/plain", 2, (415, "wrong-media-type")),
        ("text/json", 2, (415, "wrong-media-type")),
        ("application/xml", 2, (415, "wrong-media-type")),
        ("application/merge-patch+json", 2, (415, "wrong-media-type")),
        ("multipart/form-data; boundary=a", 2, (415, "wrong-media-type")),
        ("application/x-www-form-urlencoded", 2, (415, "wrong-media-type")),
        ("application/json", DEFAULT_CAP + 1, (413, "too-large")),
        ("text/plain", DEFAULT_CAP + 1, (413, "too-large")),
    ],
)
def test_a_body_of_another_type_or_too_large_is_refused(
    described: Described, path: str, kind: str | None, size: int, refusal: tuple[int, str]
) -> None:
    headers, body = _headers(content_type=kind), b"{" + b" " * (size - 2) + b"}"

    answer = assert_nothing_changes(
        described.server, lambda: described.asked("POST", described.at(path), headers, body)
    )

    assert_refused(answer, *refusal)


_OLGA = f"Bearer {TOKENS['olga']}"
_HEADERS: dict[str, list[tuple[list[str | bytes], int, str]]] = {
    "authorization": [
        ([], 401, "not-authenticated"),
        ([""], 401, "not-authenticated"),
        (["Bearer"], 401, "not-authenticated"),
        (["Bearer "], 401, "not-authenticated"),
        (["Bearer nobody"], 401, "not-authenticated"),
        ([f"Bearer {TOKENS['olga']}x"], 401, "not-authenticated"),
        ([f"Bearer {TOKENS['olga'].upper()}"], 401, "not-authenticated"),
        ([f"Basic {TOKENS['olga']}"], 401, "not-authenticated"),
        ([TOKENS["olga"]], 401, "not-authenticated"),
        (["Bearer " + "x" * 201], 401, "not-authenticated"),
        ([b"Bearer \xff\xfe"], 401, "not-authenticated"),
        ([b"Bearer a\x00b"], 401, "not-authenticated"),
        ([_OLGA, _OLGA], 401, "not-authenticated"),
        (["Bearer nobody", _OLGA], 401, "not-authenticated"),
    ],
    "idempotency-key": [
        ([], 400, "idempotency-key-missing"),
        ([""], 400, "invalid-request"),
        (["x" * 201], 400, "invalid-request"),
        (["a b"], 400, "invalid-request"),
        ([b"a\x00b"], 400, "invalid-request"),
        ([b"a\tb"], 400, "invalid-request"),
        (["ключ".encode()], 400, "invalid-request"),
        (["one", "two"], 400, "invalid-request"),
    ],
    "if-match": [
        ([], 428, "version-required"),
        (["*"], 428, "version-required"),
        ([""], 412, "stale-version"),
        (['"1"'], 412, "stale-version"),
        (['"3"'], 412, "stale-version"),
        (["2"], 412, "stale-version"),
        (['"02"'], 412, "stale-version"),
        (['W/"2"'], 412, "stale-version"),
        (['"1", "2"'], 412, "stale-version"),
        (['"99999999999999999999"'], 412, "stale-version"),
        (["junk"], 412, "stale-version"),
        ([b'"\xb2"'], 412, "stale-version"),
        (['"1"', '"2"'], 400, "invalid-request"),
    ],
}
"""By header: what comes under its name, and how that is refused."""


class _WrongHeader(NamedTuple):
    method: str
    path: str
    name: str
    values: list[str | bytes]
    refusal: tuple[int, str]


_WRONG_HEADERS = [
    _WrongHeader(method, path, name, values, (status, code))
    for method, path, name in (
        *((method, path, "authorization") for method, path in SECURED),
        *((method, path, name) for method, path, kind, name in _PARAMETERS if kind == "header"),
    )
    for values, status, code in _HEADERS[name]
]


@pytest.mark.parametrize(
    "row",
    _WRONG_HEADERS,
    ids=[f"{row.method} {row.path} {row.name} {row.values!r:.40}" for row in _WRONG_HEADERS],
)
def test_a_wrong_header_is_refused(described: Described, row: _WrongHeader) -> None:
    method, path, name, values, refusal = row
    without: dict[str, None] = {name.replace("-", "_"): None}
    headers = _headers(**without) + [(name, value) for value in values]
    body = b"" if method == "get" or _RIGHT[path] is None else json.dumps(_RIGHT[path]).encode()

    answer = assert_nothing_changes(
        described.server, lambda: described.asked(method.upper(), described.at(path), headers, body)
    )

    assert_refused(answer, *refusal)


_IDS = (
    "0", "x", "%00", "%FF", "%ED%A0%80", "%E2%80%AE", "..", "%2e%2e", "a%2Fb", "null", "-1",
    "01890000-0000-7000-8000-00000000000", "01890000-0000-7000-8000-0000000000011", "%20", "'",
    "01890000-0000-7000-8000-00000000fffe", "f" * 5000, "%F0%9F%92%A9", "1%0d%0aX-Injected:%201",
)  # fmt: skip
_PATHS = {"license_id": _IDS, "decision_id": _IDS, "seal_id": _IDS}


@pytest.mark.parametrize(
    ("method", "path", "name", "sent"),
    [
        (method, path, name, sent)
        for method, path, kind, name in _PARAMETERS
        if kind == "path"
        for sent in _PATHS[name]
    ],
)
def test_an_address_of_nothing_is_not_found(
    described: Described, method: str, path: str, name: str, sent: str
) -> None:
    address = described.at(path.replace(f"{{{name}}}", sent))
    right = None if method == "get" else _RIGHT[path]
    body = b"" if right is None else json.dumps(right).encode()

    answer = assert_nothing_changes(
        described.server, lambda: described.asked(method.upper(), address, _headers(), body)
    )

    assert_refused(answer, 404, "not-found")
    assert "x-injected" not in answer.headers


_WRONG_CODES = (
    ("", "wrong-form"), ("A", "wrong-form"), ("a%0A", "wrong-form"), ("%00", "wrong-form"),
    ("a" * 65, "wrong-form"), ("%FF", "wrong-form"), ("a%20", "wrong-form"),
)  # fmt: skip
_QUERY: dict[str, tuple[tuple[str, str], ...]] = {
    "status": tuple((one, "unknown-value") for one in ("", "Active", "active%20", "%00", "null")),
    "profession": _WRONG_CODES,
    "holderId": tuple((one, "wrong-form") for one in ("", "7", "null", "%00", "x" * 36)),
    "number": (
        *((one, "not-allowed") for one in ("", "%20a", "a%20", "%00", "%0d%0a", "%E2%80%AE")),
        ("a" * 301, "too-long"),
    ),
    "cursor": (
        *((one, "unknown-cursor") for one in ("", "abc", "%00", "%FF", "AAAA", "=", "a" * 200)),
        ("a" * 201, "too-long"),
    ),
    "limit": (
        *((one, "wrong-type") for one in ("", "x", "1.0", "1_0", "%2B1", "-1", "%201", "%D9%A1")),
        *((one, "wrong-type") for one in ("true", "1e1", "0x1", "%00")),
        ("0", "out-of-range"),
        ("201", "out-of-range"),
        ("9" * 30, "out-of-range"),
        ("9" * 5000, "out-of-range"),
    ),
}


@pytest.mark.parametrize(
    ("path", "name", "sent", "code"),
    [
        *(
            (path, name, sent, code)
            for _, path, kind, name in _PARAMETERS
            if kind == "query"
            for sent, code in _QUERY[name]
        ),
        ("/v1/licenses", "holder_id", "7", "unknown-field"),
        ("/v1/licenses", "Limit", "1", "(unknown) unknown-field"),
        ("/v1/licenses", "%3Cscript%3E", "1", "(unknown) unknown-field"),
    ],
)
def test_a_wrong_parameter_of_a_list_is_named(
    described: Described, path: str, name: str, sent: str, code: str
) -> None:
    answer = assert_nothing_changes(
        described.server, lambda: described.asked("GET", f"{path}?{name}={sent}", _headers())
    )

    field, _, fault = code.rpartition(" ")
    assert_refused(answer, 422, "invalid-fields", (field or name, fault))
    assert len(sent) < 5 or sent not in answer.text


@pytest.mark.parametrize("name", [name for *_, kind, name in _PARAMETERS if kind == "query"])
def test_a_parameter_that_comes_twice_is_named(described: Described, name: str) -> None:
    answer = described.asked("GET", f"/v1/licenses?{name}=1&{name}=2", _headers())

    assert answer.status_code == 422
    assert {"field": name, "code": "given-twice", "message": "must be given once"} in (
        answer.json()["errors"]
    )


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in OPERATIONS])
def test_another_method_is_told_which_ones_there_are(
    described: Described, method: str, path: str
) -> None:
    there = {one.upper() for one, address, _ in OPERATIONS if address == path}

    for other in {"DELETE", "PUT", "PATCH", "TRACE", "BREW", "POST", "GET"} - there:
        answer = described.asked(other, described.at(path), _headers())
        assert_refused(answer, 405, "method-not-allowed")
        assert set(answer.headers["allow"].split(", ")) == there


def test_what_comes_as_the_body_of_a_reading_is_not_looked_at(described: Described) -> None:
    address, much = described.at("/v1/licenses/{license_id}"), b"<" * (DEFAULT_CAP + 1)

    answer = described.asked("GET", address, _headers(content_type="text/xml"), much)

    assert answer.status_code == 200
