"""The signed answer about a seal: what it says, who may say it, and for how long."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from licenses.errors import ConfigurationRefused, DocumentRejected, LintFailed
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedAuthority
from licenses.model.verdict import StatusStatement
from schema_ext.status_token import read_status, sign_status
from tests.trust_samples import ENDS, NOW, STARTS, authority, signing_key, statement, trusted

STATUS_KEY = signing_key(Purpose.STATUS)
HEADER = {"alg": "ES256", "kid": STATUS_KEY.kid, "typ": "license-status+jwt"}
CLAIMS = {
    "sub": "ab" * 16,
    "iss": statement().authority_id,
    "sealSha256": "cd" * 32,
    "sealedAt": "2026-03-25T10:30:00Z",
    "recordVersion": 2,
    "standing": "conditional",
    "because": "limits",
    "territory": ["NO"],
    "termCodes": ["supervision.direct"],
    "asOf": "2026-05-04T10:30:00Z",
    "exp": int(NOW.timestamp()) + 3600,
}


def _part(value: object) -> str:
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _opened(part: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return value


def _token(header: object = None, claims: object = None) -> str:
    """Return a token of our status key over whatever header and claims are given."""
    signed = f"{_part(header or HEADER)}.{_part(CLAIMS if claims is None else claims)}"
    return f"{signed}.{_part(STATUS_KEY.sign(signed.encode()))}"


def _reason(token: str, by: TrustedAuthority | None = None, **later: float) -> str:
    with pytest.raises(DocumentRejected) as refused:
        read_status(token, by or authority(), now=NOW + timedelta(**later))
    return refused.value.reason


def test_a_statement_is_read_as_it_was_signed() -> None:
    said = statement(superseded_by="ef" * 16)

    assert read_status(sign_status(said, STATUS_KEY), authority(), now=NOW) == said


def test_the_token_has_exactly_the_claims_of_the_design() -> None:
    header, claims, _ = sign_status(statement(), STATUS_KEY).split(".")

    assert _opened(header) == HEADER
    assert _opened(claims) == CLAIMS


def test_a_newer_seal_is_named_only_where_there_is_one() -> None:
    _, claims, _ = sign_status(statement(superseded_by="ef" * 16), STATUS_KEY).split(".")

    assert _opened(claims) == CLAIMS | {"supersededBy": "ef" * 16}


def test_claims_of_a_later_version_are_passed_over() -> None:
    token = _token(claims=CLAIMS | {"jti": "x", "more": {"a": 1}})

    assert read_status(token, authority(), now=NOW) == statement()


@pytest.mark.parametrize("life", [timedelta(hours=24, seconds=1), timedelta(0), timedelta(-1)])
def test_no_statement_is_signed_for_more_than_a_day_or_for_no_time(life: timedelta) -> None:
    with pytest.raises(LintFailed):
        sign_status(statement(expires_at=NOW + life), STATUS_KEY)


def test_a_statement_may_live_a_whole_day() -> None:
    said = statement(expires_at=NOW + timedelta(hours=24))

    assert read_status(sign_status(said, STATUS_KEY), authority(), now=NOW) == said


@pytest.mark.parametrize("purpose", [Purpose.SEAL, Purpose.TRUST, Purpose.NCP, Purpose.PDF])
def test_a_key_for_something_else_does_not_sign_a_statement(purpose: Purpose) -> None:
    with pytest.raises(ConfigurationRefused):
        sign_status(statement(), signing_key(purpose))


def test_a_fraction_of_a_second_is_cut_from_the_end_never_added() -> None:
    said = statement(expires_at=NOW + timedelta(minutes=5, microseconds=999_999))

    read = read_status(sign_status(said, STATUS_KEY), authority(), now=NOW)

    assert read.expires_at == NOW + timedelta(minutes=5)


def test_a_statement_counts_until_its_end_and_is_too_old_from_then_on() -> None:
    token = sign_status(statement(), STATUS_KEY)

    assert read_status(token, authority(), now=NOW + timedelta(minutes=59, seconds=59))
    assert _reason(token, hours=1) == Reason.STATUS_EXPIRED
    assert _reason(token, days=900) == Reason.STATUS_EXPIRED


def test_a_statement_from_the_future_is_refused_beyond_five_minutes() -> None:
    token = sign_status(statement(), STATUS_KEY)

    assert read_status(token, authority(), now=NOW - timedelta(minutes=5))
    assert _reason(token, minutes=-6) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "ES384"},
        {"alg": "es256"},
        {"typ": "JWT"},
        {"typ": "license-trust+json"},
        {"kid": "0" * 64},
        {"kid": None},
        {"kid": ["x"]},
        {"jwk": {"kty": "EC"}},
        {"jku": "https://evil.example/keys"},
        {"x5c": []},
        {"crit": ["exp"]},
        {"b64": False},
    ],
)
def test_a_header_that_says_anything_else_is_refused(header: dict[str, object]) -> None:
    assert _reason(_token(header=HEADER | header)) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize("name", ["alg", "kid", "typ"])
def test_a_header_that_leaves_something_out_is_refused(name: str) -> None:
    header = {key: value for key, value in HEADER.items() if key != name}

    assert _reason(_token(header=header)) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize("name", list(CLAIMS))
def test_a_claim_that_is_missing_is_refused(name: str) -> None:
    claims = {key: value for key, value in CLAIMS.items() if key != name}

    assert _reason(_token(claims=claims)) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sub", "AB" * 16),
        ("sub", 7),
        ("iss", "https://other.example/authority"),
        ("sealSha256", "cd" * 31),
        ("sealedAt", "yesterday"),
        ("sealedAt", "2026-03-25T10:30:00"),
        ("recordVersion", 0),
        ("recordVersion", "2"),
        ("recordVersion", True),
        ("standing", "good"),
        ("because", ""),
        ("territory", "NO"),
        ("territory", ["Norway"]),
        ("termCodes", [7]),
        ("asOf", None),
        ("exp", str(CLAIMS["exp"])),
        ("exp", 1e300),
        ("exp", -1),
        ("exp", 253_402_300_800),
        ("exp", int(NOW.timestamp()) + 24 * 3600 + 1),
        ("exp", int(NOW.timestamp())),
        ("supersededBy", "x"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(name: str, value: object) -> None:
    assert _reason(_token(claims=CLAIMS | {name: value})) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"7", b"\xff", b"{", b'{"sub":1,"sub":2}', b'{"exp":NaN}', b"[" * 9000]
)
def test_a_payload_that_is_no_plain_object_is_refused(payload: bytes) -> None:
    assert _reason(_token(claims=payload)) == Reason.STATUS_SIGNATURE


def test_two_claims_of_one_name_are_refused() -> None:
    twice = json.dumps(CLAIMS)[:-1] + ', "standing": "full"}'

    assert _reason(_token(claims=twice.encode())) == Reason.STATUS_SIGNATURE


def test_any_altered_letter_is_refused() -> None:
    token = sign_status(statement(), STATUS_KEY)

    for place in range(0, len(token) - 1, 7):
        letter = "A" if token[place] != "A" else "B"
        altered = token[:place] + letter + token[place + 1 :]
        assert _reason(altered) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "é.é.é", "." * 999, "A" * 200_000]
)
def test_garbage_is_refused(token: str) -> None:
    assert _reason(token) == Reason.STATUS_SIGNATURE


def test_an_hmac_keyed_with_the_public_certificate_is_refused() -> None:
    signed = f"{_part(HEADER | {'alg': 'HS256'})}.{_part(CLAIMS)}"
    public = STATUS_KEY.certificate.public_bytes(Encoding.PEM)
    mac = hmac.new(public, signed.encode(), hashlib.sha256).digest()

    assert _reason(f"{signed}.{_part(mac)}") == Reason.STATUS_SIGNATURE


def test_another_authoritys_statement_is_refused_although_its_key_is_trusted() -> None:
    other = authority(trusted(Purpose.STATUS), id="https://other.example/authority")

    assert _reason(sign_status(statement(), STATUS_KEY), other) == Reason.STATUS_SIGNATURE


@pytest.mark.parametrize(
    "keys",
    [
        (trusted(Purpose.SEAL),),
        (trusted(Purpose.STATUS, "second"),),
        (trusted(Purpose.STATUS, purpose=Purpose.SEAL),),
        (trusted(Purpose.STATUS, valid_from=NOW + timedelta(seconds=1)),),
        (trusted(Purpose.STATUS, valid_until=NOW - timedelta(seconds=1)),),
        (trusted(Purpose.STATUS, compromised_at=NOW + timedelta(days=1)),),
        (trusted(Purpose.STATUS, compromised_at=STARTS),),
        (trusted(Purpose.STATUS, certificate=b"not a certificate"),),
        (trusted(Purpose.STATUS, certificate=trusted(Purpose.NCP).certificate),),
        (trusted(Purpose.STATUS, certificate=trusted(Purpose.STATUS, "second").certificate),),
    ],
)
def test_a_key_that_may_not_say_it_is_refused(keys: tuple[Any, ...]) -> None:
    token = sign_status(statement(), STATUS_KEY)

    assert _reason(token, authority(*keys)) == Reason.STATUS_SIGNATURE


def test_two_status_keys_may_overlap_during_rotation() -> None:
    both = authority(trusted(Purpose.STATUS, "old"), trusted(Purpose.STATUS, "new"))

    for name in ("old", "new"):
        token = sign_status(statement(), signing_key(Purpose.STATUS, name))
        assert read_status(token, both, now=NOW) == statement()


def test_a_statement_at_the_last_instant_of_its_key_counts() -> None:
    said: StatusStatement = statement(as_of=ENDS, expires_at=ENDS + timedelta(hours=1))

    assert read_status(sign_status(said, STATUS_KEY), authority(), now=ENDS) == said
