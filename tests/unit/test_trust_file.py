"""The signed trust file: only the pinned key's word counts, and only while it is fresh."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from licenses.errors import ConfigurationRefused
from licenses.model.trust import ElmoVersion, Purpose, TrustSource
from schema_ext.discovery.trust_file import TrustFile, read_trust, write_trust
from schema_ext.discovery.trust_form import TrustContent
from tests.trust_samples import (
    NOW,
    STARTS,
    authority,
    signing_key,
    smp,
    trust_content,
    trusted,
)

ROOT = signing_key(Purpose.TRUST)
OTHER = "https://other.example/authority"


def _read(octets: bytes, **later: float) -> TrustFile:
    return read_trust(octets, root_kid=ROOT.kid, now=NOW + timedelta(**later))


def _opened(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _part(value: object) -> str:
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _file(
    payload: object = None, header: dict[str, object] | None = None, **parts: object
) -> bytes:
    """Return a file our trust key really signed, over whatever payload and header are given."""
    written = json.loads(write_trust(trust_content(), ROOT))
    body = written["payload"] if payload is None else _part(payload)
    protected = _part(_opened(written["protected"]) | (header or {}))
    signature = _part(ROOT.sign(f"{protected}.{body}".encode()))
    return json.dumps(
        {"payload": body, "protected": protected, "signature": signature} | parts
    ).encode()


def _payload(change: Callable[[dict[str, Any]], object] | None = None) -> dict[str, Any]:
    payload: dict[str, Any] = _opened(json.loads(write_trust(trust_content(), ROOT))["payload"])
    if change is not None:
        change(payload)
    return payload


def test_what_is_written_is_read_back() -> None:
    assert _read(write_trust(trust_content(), ROOT)).content == trust_content()


def test_a_trust_file_answers_as_a_trust_source() -> None:
    other = authority(trusted(Purpose.SEAL, "second"), id=OTHER)
    source: TrustSource = _read(write_trust(trust_content(authorities=(other, authority())), ROOT))
    seal = trusted(Purpose.SEAL)

    assert source.authorities() == (authority(), other)
    assert source.authority(OTHER) == other
    assert source.authority("https://nobody.example/") is None
    assert source.smps() == (smp(),)
    assert source.key_for(authority().authority.id, Purpose.SEAL, seal.kid) == seal
    assert source.key_for(authority().authority.id, Purpose.STATUS, seal.kid) is None
    assert source.key_for(OTHER, Purpose.SEAL, seal.kid) is None
    assert source.key_for("https://nobody.example/", Purpose.SEAL, seal.kid) is None


def test_the_payload_is_the_same_octets_for_the_same_content_in_any_order() -> None:
    other = authority(trusted(Purpose.SEAL, "second"), id=OTHER)
    keys = (trusted(Purpose.STATUS), trusted(Purpose.SEAL))
    one = write_trust(trust_content(authorities=(authority(), other)), ROOT)
    same = write_trust(trust_content(authorities=(other, authority(*keys))), ROOT)

    assert json.loads(one)["payload"] == json.loads(same)["payload"]


def test_the_file_says_its_key_its_type_and_its_certificate() -> None:
    header = _opened(json.loads(write_trust(trust_content(), ROOT))["protected"])

    assert header.keys() == {"alg", "kid", "typ", "x5c"}
    assert (header["alg"], header["kid"], header["typ"]) == (
        "ES256",
        ROOT.kid,
        "license-trust+json",
    )


def test_the_unchanged_sample_is_read() -> None:
    assert _read(_file()).content == trust_content()
    assert _read(_file(payload=_payload())).content == trust_content()


@pytest.mark.parametrize("purpose", [Purpose.SEAL, Purpose.STATUS, Purpose.NCP, Purpose.PDF])
def test_a_key_for_something_else_does_not_sign_a_trust_file(purpose: Purpose) -> None:
    with pytest.raises(ConfigurationRefused):
        write_trust(trust_content(), signing_key(purpose))


def test_a_file_by_another_trust_key_is_refused() -> None:
    octets = write_trust(trust_content(), signing_key(Purpose.TRUST, "second"))

    with pytest.raises(ConfigurationRefused, match="another key than the one you named"):
        _read(octets)


def test_a_file_whose_key_id_is_borrowed_is_refused() -> None:
    other = signing_key(Purpose.TRUST, "second")
    written = json.loads(write_trust(trust_content(), other))
    protected = _part(_opened(written["protected"]) | {"kid": ROOT.kid})
    signature = _part(other.sign(f"{protected}.{written['payload']}".encode()))
    forged = json.dumps(written | {"protected": protected, "signature": signature}).encode()

    with pytest.raises(ConfigurationRefused, match="not that of its certificate"):
        _read(forged)


def test_a_pinned_key_of_another_purpose_is_refused() -> None:
    seal = signing_key(Purpose.SEAL)
    written = json.loads(write_trust(trust_content(), ROOT))
    chain = [base64.b64encode(trusted(Purpose.SEAL).certificate).decode()]
    protected = _part(_opened(written["protected"]) | {"kid": seal.kid, "x5c": chain})
    signature = _part(seal.sign(f"{protected}.{written['payload']}".encode()))
    forged = json.dumps(written | {"protected": protected, "signature": signature}).encode()

    with pytest.raises(ConfigurationRefused, match="another purpose"):
        read_trust(forged, root_kid=seal.kid, now=NOW)


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"{}",
        b"\xef\xbb\xbf{}",
        b'{"payload":"","payload":"","protected":"","signature":""}',
        json.dumps(_payload()).encode(),
        _file(signature=None),
        _file(signature=""),
        _file(header_of="x"),
        _file(header={"alg": "none"}),
        _file(header={"alg": "HS256"}),
        _file(header={"typ": "license-status+jwt"}),
        _file(header={"crit": ["b64"]}),
        _file(header={"x5c": []}),
        _file(header={"x5c": ["AAAA", "AAAA"]}),
        _file(header={"x5c": ["!"]}),
        _file(header={"x5c": "AAAA"}),
        _file(header={"kid": "0" * 64}),
        _file(payload=b"not json"),
        _file(payload=[1]),
        b"[" * 100_000,
    ],
    ids=lambda octets: f"{len(octets)}-octets",
)
def test_what_is_not_signed_as_it_must_be_is_refused(octets: bytes) -> None:
    with pytest.raises(ConfigurationRefused):
        _read(octets)


@pytest.mark.parametrize("part", ["payload", "protected", "signature"])
def test_one_altered_letter_is_noticed(part: str) -> None:
    written = json.loads(write_trust(trust_content(), ROOT))
    for place in range(0, len(written[part]) - 2, max(1, len(written[part]) // 20)):
        letter = "A" if written[part][place] != "A" else "B"
        altered = written[part][:place] + letter + written[part][place + 1 :]
        with pytest.raises(ConfigurationRefused):
            _read(json.dumps(written | {part: altered}).encode())


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        ({"days": 30}, "has expired"),
        ({"days": 300}, "has expired"),
        ({"days": -1, "seconds": -1}, "has not come yet"),
        ({"days": 800}, "certificate has expired"),
    ],
)
def test_a_file_counts_from_its_issue_until_it_expires(
    later: dict[str, float], sentence: str
) -> None:
    octets = write_trust(trust_content(), ROOT)

    with pytest.raises(ConfigurationRefused, match=sentence):
        _read(octets, **later)
    assert _read(octets, days=29)


def _first_authority(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda payload: payload["authorities"][0].update(fields)


def _first_key(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda payload: payload["authorities"][0]["keys"][0].update(fields)


def _first_smp(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda payload: payload["smps"][0].update(fields)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda payload: payload.update(comment="x"), "field comment is unknown"),
        (lambda payload: payload.pop("expires"), "field expires is missing"),
        (lambda payload: payload.pop("smps"), "field smps is missing"),
        (lambda payload: payload.update(sequence="7"), "sequence"),
        (lambda payload: payload.update(sequence=0), "sequence"),
        (lambda payload: payload.update(issued="today"), "issued"),
        (lambda payload: payload.update(expires="2026-06-01T00:00:00"), "expires"),
        (lambda payload: payload.update(expires="2020-01-01T00:00:00Z"), "before it is issued"),
        (lambda payload: payload.update(authorities={}), "authorities"),
        (lambda payload: payload["authorities"].append(payload["authorities"][0]), "twice"),
        (_first_authority(role="root"), "authorities.0.role is unknown"),
        (_first_authority(id="not a uri"), "authorities.0.id"),
        (_first_authority(names=[]), "names"),
        (_first_authority(names=[{"lang": "nb", "text": "Etat\u202egnul"}]), "text"),
        (_first_authority(country="Norway"), "country"),
        (_first_authority(timeZone="Mars/Olympus"), "time zone"),
        (_first_authority(timeZone="../etc/passwd"), "time zone"),
        (_first_authority(statusAddress="http://authority.example/status"), "https://"),
        (_first_authority(statusAddress="ftp://authority.example/status"), "https://"),
        (_first_authority(statusAddress="https://u@authority.example/"), "host and a path"),
        (_first_authority(statusAddress="https://authority.example/#x"), "host and a path"),
        (
            _first_authority(
                mandate=[
                    {
                        "profession": "nurse",
                        "territory": "NO",
                        "validFrom": "2024-01-02",
                        "validUntil": "2024-01-01",
                    }
                ]
            ),
            "before it begins",
        ),
        (
            _first_authority(
                mandate=[{"profession": "nurse", "territory": "NO", "validFrom": "2024-02-30"}]
            ),
            "mandate",
        ),
        (_first_key(kid="0" * 64), "not that of its certificate"),
        (_first_key(purpose="trust"), "must not have a trust key"),
        (_first_key(purpose="ncp"), "must not have a ncp key"),
        (_first_key(purpose="pdf"), "must be an RSA key"),
        (_first_key(certificate="%%%"), "not base64"),
        (_first_key(certificate="AAAA"), "not that of its certificate"),
        (_first_key(validFrom="2001-01-01T00:00:00Z"), "does not cover"),
        (_first_key(validUntil="2101-01-01T00:00:00Z"), "does not cover"),
        (
            _first_key(validFrom="2026-05-02T00:00:00Z", validUntil="2026-05-01T00:00:00Z"),
            "ends before it begins",
        ),
        (
            lambda payload: payload["authorities"][0]["keys"].append(
                payload["authorities"][0]["keys"][0]
            ),
            "one key twice",
        ),
        (_first_smp(returnUrlPrefixes=[]), "return_url_prefixes"),
        (_first_smp(returnUrlPrefixes=["http://szpital.example/smp"]), "https://"),
        (_first_smp(returnUrlPrefixes=["https://szpital.example"]), "host and a path"),
        (_first_smp(name=""), "smps.0.name"),
    ],
)
def test_a_signed_file_that_is_wrong_in_itself_is_refused(
    change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    with pytest.raises(ConfigurationRefused, match=sentence):
        _read(_file(payload=_payload(change)))


def test_swapping_the_purposes_of_two_keys_is_refused() -> None:
    def swap(payload: dict[str, Any]) -> None:
        for key in payload["authorities"][0]["keys"]:
            key["purpose"] = {"seal": "status", "status": "seal"}[key["purpose"]]

    with pytest.raises(ConfigurationRefused, match="another purpose"):
        _read(_file(payload=_payload(swap)))


def test_one_key_for_two_authorities_is_refused_by_the_writer_too() -> None:
    twice = trust_content(authorities=(authority(), authority(id=OTHER)))

    with pytest.raises(ConfigurationRefused, match="two uses"):
        write_trust(twice, ROOT)


@pytest.mark.parametrize(
    "content",
    [
        trust_content(expires=NOW - timedelta(days=2)),
        trust_content(authorities=(authority(trusted(Purpose.NCP)),)),
        trust_content(authorities=(authority(trusted(Purpose.SEAL, kid="0" * 64)),)),
        trust_content(smps=(smp(return_url_prefixes=("http://szpital.example/",)),)),
    ],
)
def test_what_no_reader_would_take_is_not_written(content: TrustContent) -> None:
    with pytest.raises(ConfigurationRefused):
        write_trust(content, ROOT)


def test_a_retired_and_a_compromised_key_stay_listed() -> None:
    retired = trusted(Purpose.SEAL, "old", valid_until=NOW - timedelta(days=1))
    stolen = trusted(Purpose.SEAL, "stolen", compromised_at=STARTS + timedelta(days=1))
    content = trust_content(authorities=(authority(retired, stolen, trusted(Purpose.SEAL)),))

    read = _read(write_trust(content, ROOT))

    assert read.key_for(authority().authority.id, Purpose.SEAL, retired.kid) == retired
    assert read.key_for(authority().authority.id, Purpose.SEAL, stolen.kid) == stolen


def test_plain_http_is_allowed_to_this_very_machine() -> None:
    prefixes = ("http://127.0.0.1:8002/smp", "http://localhost:1/", "http://[::1]:8/smp")
    content = trust_content(smps=(smp(return_url_prefixes=prefixes),))

    assert _read(write_trust(content, ROOT)).smps()[0].return_url_prefixes == prefixes


def test_a_receiver_of_the_newer_elmo_comes_back_as_one() -> None:
    newer = smp(elmo=ElmoVersion.V2_0)
    octets = write_trust(trust_content(smps=(newer,)), ROOT)

    (listed,) = _opened(json.loads(octets)["payload"])["smps"]

    assert listed["elmo"] == "2.0"
    assert _read(octets).smps() == (newer,)


def test_a_receiver_of_the_older_elmo_is_written_as_before_there_was_a_choice() -> None:
    (listed,) = _payload()["smps"]

    assert listed.keys() == {"name", "country", "purpose", "returnUrlPrefixes"}
    assert _read(_file(_payload())).smps()[0].elmo is ElmoVersion.V1_7


def test_the_older_elmo_may_be_named() -> None:
    named = _file(_payload(lambda one: one["smps"][0].update(elmo="1.7")))

    assert _read(named).smps() == (smp(),)


@pytest.mark.parametrize("version", ["2.1", "", "v2.0", 2.0, None, ["2.0"]])
def test_a_receiver_of_an_elmo_nobody_writes_is_refused(version: object) -> None:
    wrong = _file(_payload(lambda one: one["smps"][0].update(elmo=version)))

    with pytest.raises(ConfigurationRefused, match="elmo"):
        _read(wrong)
