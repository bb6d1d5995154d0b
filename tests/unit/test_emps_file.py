"""The list of providers in the strict dialect, and the certificates that may stand in it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose
from schema_ext.discovery.certificates import (
    certificate_of_pem,
    checked_certificate,
    checked_key,
    pem_of,
)
from schema_ext.discovery.emps_file import EmpsList, label_of, read_emps, write_emps
from tests.trust_samples import ENDS, NOW, STARTS, emps_list, ncp, private_key, trusted

NORWAY, SWEDEN = 0, 1
Change = Callable[[dict[str, Any]], object]


def _changed(change: Change) -> bytes:
    value = json.loads(write_emps(emps_list()))
    change(value)
    return json.dumps(value).encode()


def _emp(which: int, **fields: object) -> Change:
    return lambda value: value["emps"][which].update(fields)


def _without(which: int, name: str) -> Change:
    return lambda value: value["emps"][which].pop(name)


def test_what_is_written_is_read_back() -> None:
    assert read_emps(write_emps(emps_list())) == emps_list()


def test_the_list_has_exactly_the_fields_a_gateway_reads() -> None:
    value = json.loads(write_emps(emps_list()))

    assert value.keys() == {"countries", "emps"}
    assert all(
        one.keys() == {"countryCode", "countryName", "singleFetch"} for one in value["countries"]
    )
    assert all(
        one.keys() == {"acronym", "countryCode", "institutions", "pubKey", "url"}
        for one in value["emps"]
    )


def test_the_key_is_a_certificate_in_pem_with_its_line_breaks() -> None:
    pem = json.loads(write_emps(emps_list()))["emps"][NORWAY]["pubKey"]

    assert pem.startswith("-----BEGIN CERTIFICATE-----\n")
    assert pem.endswith("\n-----END CERTIFICATE-----\n")
    assert max(map(len, pem.splitlines())) == 64
    assert certificate_of_pem(pem) == trusted(Purpose.NCP).certificate


def test_the_same_list_is_the_same_octets_in_any_order() -> None:
    listed = emps_list()
    turned = EmpsList(countries=listed.countries[::-1], ncps=listed.ncps[::-1])

    assert write_emps(turned) == write_emps(listed)
    assert b"Norge" in write_emps(listed)


def test_letters_are_written_as_they_are_in_utf_8() -> None:
    listed = emps_list(ncp(institutions=("NO-NCP", "Universitetet i Tromsø")))

    assert "Tromsø".encode() in write_emps(listed)


def test_a_provider_is_found_by_the_label_clients_know_it_by() -> None:
    listed = emps_list(ncp(institutions=()), ncp("SoS", "second", country="SE"))

    assert [label_of(one) for one in listed.ncps] == ["NO-NCP", "SoS"]
    assert listed.ncp_labelled("SoS") == listed.ncps[1]
    assert listed.ncp_labelled("sos") is None


def test_an_address_is_kept_to_the_octet() -> None:
    listed = emps_list(ncp(url="https://no.example/NCP/%7Ex/"))

    assert read_emps(write_emps(listed)).ncps[0].url == "https://no.example/NCP/%7Ex/"


def test_the_window_of_a_key_is_that_of_its_certificate() -> None:
    key = read_emps(write_emps(emps_list())).ncps[0].key

    assert (key.valid_from, key.valid_until, key.purpose) == (STARTS, ENDS, Purpose.NCP)


BAD_LISTS: list[tuple[Change, str]] = [
    (lambda value: value.update(ncps=[]), "ncps is unknown"),
    (lambda value: value.update(signature="x"), "signature is unknown"),
    (lambda value: value.pop("emps"), "emps is missing"),
    (lambda value: value.pop("countries"), "countries is missing"),
    (lambda value: value.update(emps=None), "emps"),
    (lambda value: value["emps"].append(None), "emps.2"),
    (lambda value: value["countries"][0].update(name="x"), "countries.0.name is unknown"),
    (lambda value: value["countries"][0].pop("singleFetch"), "singleFetch is missing"),
    (lambda value: value["countries"][0].update(singleFetch="true"), "singleFetch"),
    (lambda value: value["countries"][0].update(singleFetch=1), "singleFetch"),
    (lambda value: value["countries"][0].update(countryCode="no"), "countryCode"),
    (lambda value: value["countries"].append(value["countries"][0]), "country is listed twice"),
    (lambda value: value["countries"].pop(0), "country that the list does not have"),
    (_emp(NORWAY, email="a@b.example"), "emps.0.email is unknown"),
    (_without(NORWAY, "acronym"), "acronym is missing"),
    (_without(NORWAY, "countryCode"), "countryCode is missing"),
    (_without(NORWAY, "institutions"), "institutions is missing"),
    (_without(NORWAY, "pubKey"), "pubKey is missing"),
    (_without(NORWAY, "url"), "url is missing"),
    (_emp(NORWAY, countryCode="DK"), "country that the list does not have"),
    (_emp(NORWAY, institutions="All"), "institutions"),
    (_emp(NORWAY, institutions=["All"]), "acronym as first institution"),
    (_emp(SWEDEN, institutions=[]), "must name that institution"),
    (_emp(SWEDEN, institutions=["KI/SU"]), "label"),
    (_emp(SWEDEN, institutions=["Karolinska institutet"]), "label"),
    (_emp(SWEDEN, institutions=["Luleå"]), "label"),
    (_emp(SWEDEN, institutions=["NO-NCP"]), "label is listed twice"),
    (_emp(SWEDEN, url="https://no-ncp.example/ncp"), "address is listed twice"),
    (_emp(SWEDEN, url="http://sos.example/ncp"), "https://"),
    (_emp(SWEDEN, url="http://127.0.0.1.example/ncp"), "https://"),
    (_emp(SWEDEN, url="ftp://sos.example/ncp"), "https://"),
    (_emp(SWEDEN, url="https:///ncp"), "host and a path"),
    (_emp(SWEDEN, url="https://sos.example"), "host and a path"),
    (_emp(SWEDEN, url="https://a@sos.example/"), "host and a path"),
    (_emp(SWEDEN, url="https://sos.example/#a"), "host and a path"),
    (_emp(SWEDEN, url="https://sos.example:99999/"), "not an address"),
    (_emp(SWEDEN, url="https://sos.example/ ncp"), "url"),
    (_emp(SWEDEN, url="javascript:alert(1)"), "host and a path"),
    (_emp(SWEDEN, countryCode="NO", institutions=["SoS"]), "served as a whole is listed twice"),
    (_emp(NORWAY, pubKey=""), "certificate in PEM"),
    (_emp(NORWAY, pubKey="A" * 30_000), "pubKey"),
    (_emp(NORWAY, pubKey=pem_of(trusted(Purpose.NCP).certificate) * 2), "certificate in PEM"),
    (
        _emp(NORWAY, pubKey=pem_of(trusted(Purpose.NCP).certificate).replace("\n", "")),
        "certificate in PEM",
    ),
    (
        _emp(
            NORWAY,
            pubKey="-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ),
        "cannot be read",
    ),
    (_emp(NORWAY, pubKey=pem_of(trusted(Purpose.SEAL).certificate)), "must be an RSA key"),
    (_emp(NORWAY, pubKey=pem_of(trusted(Purpose.PDF).certificate)), "another purpose"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD_LISTS)
def test_a_list_some_client_would_misread_is_refused(change: Change, sentence: str) -> None:
    with pytest.raises(ConfigurationRefused, match=sentence):
        read_emps(_changed(change))


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff",
        b'{"countries":[],"emps":[],"emps":[]}',
        b'{"countries":[],"emps":NaN}',
        b"\xef\xbb\xbf" + b'{"countries":[],"emps":[]}',
    ],
)
def test_what_is_no_list_at_all_is_refused(octets: bytes) -> None:
    with pytest.raises(ConfigurationRefused):
        read_emps(octets)


def test_a_list_over_the_cap_is_refused_unread() -> None:
    with pytest.raises(ConfigurationRefused, match="larger than"):
        read_emps(b" " * (4 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    "listed",
    [
        emps_list(ncp(country="DK")),
        emps_list(ncp(institutions=("All",))),
        emps_list(ncp("NO&NCP")),
        emps_list(ncp(), ncp("NO-2", "second")),
        emps_list(ncp(), ncp("SE", "second", country="SE", url=ncp().url)),
        emps_list(ncp(url="http://no.example/ncp")),
        emps_list(ncp(key=trusted(Purpose.SEAL))),
    ],
)
def test_what_no_client_would_read_rightly_is_not_written(listed: EmpsList) -> None:
    with pytest.raises(ConfigurationRefused):
        write_emps(listed)


SIGNS = {"digital_signature": True}
_NO_USE = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)
EMAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
SERVER = ExtendedKeyUsageOID.SERVER_AUTH
_X400 = b"\x30\x02\xa3\x00"  # one name, an X.400 address, which no library of today reads
_VERSION_3, _VERSION_6 = b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x05"


def _certificate(
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    *,
    serial: int = 1,
    starts: datetime = STARTS,
    ends: datetime = ENDS,
    usage: dict[str, bool] | None = None,
    extended: tuple[ObjectIdentifier, ...] = (),
    named: bytes | None = None,
) -> bytes:
    """Return a certificate as a partner might bring it: no purpose of ours in it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Partner")])
    builder = x509.CertificateBuilder(name, name, private.public_key(), serial, starts, ends)
    if usage is not None:
        builder = builder.add_extension(x509.KeyUsage(**_NO_USE | usage), critical=True)
    if extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=False)
    if named is not None:
        names = x509.UnrecognizedExtension(x509.SubjectAlternativeName.oid, named)
        builder = builder.add_extension(names, critical=False)
    return builder.sign(private, hashes.SHA256()).public_bytes(Encoding.DER)


def _rsa() -> rsa.RSAPrivateKey:
    private = private_key(Purpose.NCP)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private


def _p256() -> ec.EllipticCurvePrivateKey:
    private = private_key(Purpose.SEAL)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private


GOOD_CERTIFICATES = [
    (Purpose.NCP, lambda: _certificate(_rsa())),
    (Purpose.NCP, lambda: _certificate(_rsa(), usage=SIGNS)),
    (Purpose.NCP, lambda: _certificate(_rsa(), usage={"content_commitment": True})),
    (Purpose.NCP, lambda: _certificate(_rsa(), usage=SIGNS, extended=(SERVER,))),
    (Purpose.PDF, lambda: _certificate(_rsa(), extended=(EMAIL, SERVER))),
    (Purpose.SEAL, lambda: _certificate(_p256(), serial=2**159 - 1)),
    (Purpose.STATUS, lambda: _certificate(_p256(), usage=SIGNS)),
    (Purpose.TRUST, lambda: trusted(Purpose.TRUST).certificate),
]

BAD_CERTIFICATES = [
    (Purpose.NCP, lambda: b"", "cannot be read"),
    (Purpose.NCP, lambda: _certificate(_rsa()).replace(_VERSION_3, _VERSION_6, 1), "be read"),
    (Purpose.NCP, lambda: _certificate(_rsa(), named=_X400), "extensions that cannot be read"),
    (Purpose.NCP, lambda: _certificate(_rsa()) + b"\x00", "cannot be read|behind"),
    (Purpose.NCP, lambda: pem_of(_certificate(_rsa())).encode(), "cannot be read"),
    (Purpose.NCP, lambda: _certificate(_rsa(), usage={"key_encipherment": True}), "signing"),
    (Purpose.NCP, lambda: _certificate(_rsa(), usage={"key_cert_sign": True}), "signing"),
    (Purpose.PDF, lambda: _certificate(_rsa(), extended=(SERVER,)), "web servers"),
    (Purpose.SEAL, lambda: _certificate(_p256(), extended=(SERVER,)), "web servers"),
    (Purpose.NCP, lambda: _certificate(_p256()), "must be an RSA key"),
    (Purpose.SEAL, lambda: _certificate(_rsa()), "curve P-256"),
    (Purpose.SEAL, lambda: _certificate(ec.generate_private_key(ec.SECP384R1())), "P-256"),
    (Purpose.STATUS, lambda: _certificate(ec.generate_private_key(ec.SECP256K1())), "P-256"),
    (Purpose.NCP, lambda: _certificate(rsa.generate_private_key(65_537, 1024)), "2048 bits"),
    (Purpose.NCP, lambda: _certificate(rsa.generate_private_key(3, 2048)), "exponent"),
    (Purpose.NCP, lambda: _certificate(_rsa(), ends=NOW - timedelta(days=1)), "has expired"),
    (Purpose.NCP, lambda: _certificate(_rsa(), starts=NOW + timedelta(days=1)), "not valid yet"),
    (Purpose.STATUS, lambda: trusted(Purpose.SEAL).certificate, "another purpose"),
]


@pytest.mark.parametrize(("purpose", "make"), GOOD_CERTIFICATES)
def test_a_certificate_that_fits_is_registered(purpose: Purpose, make: Callable[[], bytes]) -> None:
    der = make()

    assert checked_certificate(der, purpose, now=NOW).public_bytes(Encoding.DER) == der


@pytest.mark.parametrize(("purpose", "make", "sentence"), BAD_CERTIFICATES)
def test_a_certificate_that_does_not_fit_is_refused_at_registration(
    purpose: Purpose, make: Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(ConfigurationRefused, match=sentence):
        checked_certificate(make(), purpose, now=NOW)


# The library only warns of such a number; the refusal is ours.
@pytest.mark.filterwarnings("ignore:Parsed a serial number")
@pytest.mark.parametrize("serial", [b"\x00", b"\xff"])
def test_a_certificate_with_a_bad_serial_number_is_refused(serial: bytes) -> None:
    der = _certificate(_p256(), serial=5).replace(b"\x02\x01\x05", b"\x02\x01" + serial, 1)

    with pytest.raises(ConfigurationRefused, match="serial number"):
        checked_certificate(der, Purpose.SEAL, now=NOW)


def test_without_a_moment_a_retired_certificate_stays_listed() -> None:
    der = _certificate(_p256(), ends=datetime(2026, 3, 1, tzinfo=UTC))

    assert checked_certificate(der, Purpose.SEAL)


def test_a_key_may_be_listed_for_a_part_of_its_certificates_days_only() -> None:
    inside = trusted(Purpose.SEAL, valid_until=NOW)

    assert checked_key(inside) == inside
    for fields in (
        {"valid_from": STARTS - timedelta(seconds=1)},
        {"valid_until": ENDS + timedelta(seconds=1)},
    ):
        with pytest.raises(ConfigurationRefused, match="does not cover"):
            checked_key(trusted(Purpose.SEAL, **fields))
