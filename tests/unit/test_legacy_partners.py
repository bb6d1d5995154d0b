"""A record tolerates what it names of one partner, and loosens nothing else.

Genuine documents are in `test_verifier_corpus`, what legacy documents carry in
`test_legacy_content`.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from pydantic import ValidationError

from licenses.model.reasons import Reason
from licenses.model.trust import LegacyMethod, LegacyPartner, Purpose, TrustedNcp
from licenses.model.verdict import Overall
from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.namespaces import DS
from schema_ext.signing.certificates import self_signed
from schema_ext.signing.keys import InMemoryKey
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.policy import (
    OUTER,
    RSA_SHA1,
    RSA_SHA256,
    SEAL,
    SHA1,
    SHA256,
    legacy_profile,
)
from tests.trust_samples import ncp
from tests.unit.carried_documents import INGRID, NOW, elmo, in_session, verifier
from tests.unit.legacy_documents import (
    ASKED,
    BEGAN,
    ENDED,
    listed,
    partner,
    read,
    record,
    signed,
    unsigned,
)
from tests.unit.signed_documents import ENVELOPED, EXCLUSIVE, INCLUSIVE, by_xmlsec, replaced
from tests.vectors.corpus import BEFORE_1_0, record_about

R = Reason


@pytest.mark.parametrize("canonicalization", [INCLUSIVE, EXCLUSIVE])
def test_under_its_record_an_old_signature_is_legacy_and_its_licenses_are_not_established(
    canonicalization: str,
) -> None:
    verdict = read(signed(canonicalization=canonicalization), record())

    assert verdict.signature.answer == "legacy"
    assert verdict.signature.reasons == (R.LEGACY_PARTNER,)
    assert verdict.schema_line.answer == "valid"
    assert verdict.reasons == (R.LEGACY_PARTNER,)
    assert verdict.overall is Overall.NOT_ESTABLISHED
    assert verdict.learner == INGRID
    assert [one.overall for one in verdict.licenses] == [Overall.NOT_ESTABLISHED]
    assert verdict.licenses[0].content.answer == "untouched"
    assert verdict.licenses[0].standing.answer == "full"


def test_the_signature_line_says_by_which_record_until_when() -> None:
    verdict = read(signed(), record())

    assert verdict.signature.compared == (
        "record about Partner",
        "in force until 2027-01-01 00:00 UTC",
        "certificate judged at 2016-06-01 00:00 UTC",
    )


REFUSED: dict[str, tuple[Callable[[], tuple[LegacyPartner, ...]], Reason]] = {
    "no record": (lambda: (), R.SIGNATURE_ALGORITHM),
    "a record about another partner": (lambda: (record("another"),), R.SIGNATURE_ALGORITHM),
    "a record that is over": (
        lambda: (record(recorded_at=NOW - timedelta(days=9), valid_until=NOW),),
        R.SIGNATURE_ALGORITHM,
    ),
    "a record that has not begun": (
        lambda: (record(recorded_at=NOW + timedelta(seconds=1)),),
        R.SIGNATURE_ALGORITHM,
    ),
    "a record that asks for more bits": (lambda: (record(least_rsa_bits=2048),), R.KEY_TOO_WEAK),
    "a record without the method": (
        lambda: (record(methods=(LegacyMethod.SHA1,)),),
        R.SIGNATURE_ALGORITHM,
    ),
    "a record without the digest": (
        lambda: (record(methods=(LegacyMethod.RSA_SHA1,)),),
        R.SIGNATURE_ALGORITHM,
    ),
    "a record without the namespace": (
        lambda: (record(namespaces=(BEFORE_1_0,)),),
        R.UNKNOWN_DOCUMENT,
    ),
    "a record that judges after the certificate ended": (
        lambda: (record(judged_at=ENDED + timedelta(days=1)),),
        R.SIGNING_TIME_UNPROVEN,
    ),
    "a record that judges before the certificate began": (
        lambda: (record(judged_at=BEGAN - timedelta(days=1)),),
        R.KEY_NOT_VALID_THEN,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_record_does_not_tolerate_stays_refused(case: str) -> None:
    records, reason = REFUSED[case]

    verdict = read(signed(), *records())

    assert verdict.reasons == (reason,)
    assert verdict.signature.answer in {"rejected", "not-established"}
    assert verdict.overall in {Overall.MUST_NOT_RELY, Overall.NOT_ESTABLISHED}
    assert (verdict.licenses, verdict.learner) == ((), None)


def test_a_record_counts_from_its_first_moment_and_no_more_at_its_last() -> None:
    dated = record(recorded_at=NOW, valid_until=NOW + timedelta(days=1))

    early = NOW - timedelta(microseconds=1)
    last = dated.valid_until - timedelta(microseconds=1)
    assert read(signed(), dated, clock=lambda: dated.recorded_at).signature.answer == "legacy"
    assert read(signed(), dated, clock=lambda: last).signature.answer == "legacy"
    assert read(signed(), dated, clock=lambda: dated.valid_until).signature.answer == "rejected"
    assert read(signed(), dated, clock=lambda: early).signature.answer == "rejected"


def test_one_changed_word_is_rejected_under_the_record_too() -> None:
    forged = replaced(signed(), "Solberg", "Lund")

    verdict = read(forged, record())

    assert verdict.reasons == (R.DIGEST_MISMATCH,)
    assert (verdict.overall, verdict.learner) == (Overall.MUST_NOT_RELY, None)


def test_a_signature_by_another_key_that_shows_the_partners_certificate_is_rejected() -> None:
    private, _ = partner("another")
    forged = by_xmlsec(
        unsigned(),
        method=RSA_SHA1,
        digest=SHA1,
        private=private,
        certificate=partner()[1],
    )

    assert read(forged, record()).reasons == (R.SIGNATURE_INVALID,)


_STEP = f'<Transform Algorithm="{ENVELOPED}"/>'
SHAPES = {
    "a part only": ('URI=""', 'URI="#x"', R.SIGNATURE_REFERENCE_TARGET),
    "another transform": (ENVELOPED, f"{DS}base64", R.SIGNATURE_TRANSFORMS),
    "a transform more": (_STEP, 2 * _STEP, R.SIGNATURE_TRANSFORMS),
    "no transform": (_STEP, "", R.SIGNATURE_TRANSFORMS),
    "C14N with comments": (INCLUSIVE, f"{INCLUSIVE}#WithComments", R.SIGNATURE_ALGORITHM),
    "MD5": (RSA_SHA1, "http://www.w3.org/2001/04/xmldsig-more#rsa-md5", R.SIGNATURE_ALGORITHM),
    "HMAC": (RSA_SHA1, f"{DS}hmac-sha1", R.SIGNATURE_ALGORITHM),
    "an object": ("</Signature>", "<Object/></Signature>", R.SIGNATURE_OBJECT),
    "a comment": ("</KeyInfo>", "<!-- x --></KeyInfo>", R.COMMENT_IN_SIGNATURE),
}


@pytest.mark.parametrize("case", SHAPES)
def test_the_shape_of_a_legacy_signature_is_as_strict_as_any(case: str) -> None:
    old, new, reason = SHAPES[case]

    verdict = read(replaced(signed(), old, new), record())

    assert verdict.reasons == (reason,)


def test_a_second_signature_is_refused_under_the_record_too() -> None:
    once = signed()
    signature = once[once.index(b"<Signature ") : once.index(b"</Signature>") + 12]

    twice = once.replace(b"</elmo>", signature + b"</elmo>")

    assert read(twice, record()).reasons == (R.SIGNATURE_NOT_ALONE,)


def test_the_profile_of_a_record_adds_what_it_names_and_the_others_stay_as_they_are() -> None:
    profile = legacy_profile(record())

    assert set(profile.signature_methods) - set(OUTER.signature_methods) == {RSA_SHA1}
    assert set(profile.digests) - set(OUTER.digests) == {SHA1}
    assert profile.canonicalizations == OUTER.canonicalizations
    assert profile.transforms == OUTER.transforms
    for untouched in (OUTER, SEAL, legacy_profile(record(methods=()))):
        assert RSA_SHA1 not in untouched.signature_methods
        assert SHA1 not in untouched.digests


# A partner that signs by today's methods, and one with a registered key.


def test_a_document_that_needs_no_record_is_verified_although_there_is_one() -> None:
    about = record_about(_certificate_of(ncp()), NOW, recorded_at=NOW)
    fresh = verifier(legacy=(about,))

    verdict = fresh.verdict(elmo(), ASKED)

    assert (verdict.signature.answer, verdict.overall) == ("verified", Overall.MAY_WORK)


def _certificate_of(provider: TrustedNcp) -> x509.Certificate:
    return x509.load_der_x509_certificate(provider.key.certificate)


def test_an_expired_certificate_is_judged_at_the_moment_the_record_names() -> None:
    private, certificate = partner("expired", 2048)
    document = sign_elmo(unsigned(), InMemoryKey(private, certificate, Purpose.NCP))
    known: dict[str, Any] = {"ncps": (listed("expired"),)}

    without = read(document, **known)
    with_record = read(document, record("expired", 2048, methods=()), **known)

    assert without.reasons == (R.SIGNING_TIME_UNPROVEN,)
    assert with_record.signature.answer == "legacy"
    assert with_record.overall is Overall.NOT_ESTABLISHED


REGISTRIES: dict[str, tuple[int, tuple[str, ...] | None, Reason]] = {
    "that is not there": (2048, None, R.NO_TRUST),
    "that knows nobody": (2048, (), R.UNKNOWN_ISSUER),
    "that knows one other": (2048, ("other",), R.WRONG_NCP_KEY),
    "that knows several others": (2048, ("other", "another"), R.UNKNOWN_ISSUER),
    "that lists its weak key": (1024, ("weak",), R.KEY_TOO_WEAK),
}


@pytest.mark.parametrize("registry", REGISTRIES)
def test_a_partner_that_is_no_provider_of_the_registry_is_known_by_its_record_alone(
    registry: str,
) -> None:
    bits, known, reason = REGISTRIES[registry]
    document = signed(name="weak", bits=bits, method=RSA_SHA256, digest=SHA256)
    listing = None if known is None else tuple(listed(name, bits) for name in known)

    assert read(document, ncps=listing).reasons == (reason,)
    verdict = read(document, record("weak", bits, methods=()), ncps=listing)
    assert (verdict.signature.answer, verdict.overall) == ("legacy", Overall.NOT_ESTABLISHED)


def test_in_a_session_only_the_record_about_the_chosen_provider_counts() -> None:
    chosen, other = listed("chosen"), listed("other")
    posted = encode_elmo(signed(name="chosen", bits=2048)).encode()
    strange = encode_elmo(signed(name="other", bits=2048)).encode()
    both = (record("chosen", 2048), record("other", 2048))
    known: dict[str, Any] = {"ncps": (chosen, other), "circumstances": in_session(ncp=chosen)}

    assert read(posted, *both, **known).signature.answer == "legacy"
    assert read(posted, both[1], **known).reasons == (R.SIGNATURE_ALGORITHM,)
    assert read(strange, *both, **known).reasons == (R.SIGNATURE_ALGORITHM,)


def test_a_registered_key_that_was_compromised_is_not_helped_by_a_record() -> None:
    provider = listed("lost")
    lost = provider.key.model_copy(update={"compromised_at": NOW - timedelta(days=1)})

    verdict = read(
        signed(name="lost", bits=2048),
        record("lost", 2048),
        ncps=(provider.model_copy(update={"key": lost}),),
    )

    assert verdict.reasons == (R.KEY_COMPROMISED,)


def test_a_key_lost_under_a_renewed_certificate_is_lost_under_the_recorded_one_too() -> None:
    private, _ = partner("lost", 2048)
    renewed = self_signed(private, Purpose.NCP, "renewed", BEGAN, NOW + timedelta(days=300))
    compromised = {"compromised_at": NOW - timedelta(days=1)}
    key = record_about(renewed, judged_at=BEGAN).key.model_copy(update=compromised)
    provider = listed("lost")

    verdict = read(
        signed(name="lost", bits=2048),
        record("lost", 2048),
        ncps=(provider, provider.model_copy(update={"key": key})),
    )

    assert key.kid != provider.key.kid
    assert verdict.reasons == (R.KEY_COMPROMISED,)


def test_without_any_registry_a_record_is_enough_to_be_legacy_and_no_more() -> None:
    verdict = read(signed(), record(), ncps=None)

    assert (verdict.signature.answer, verdict.overall) == ("legacy", Overall.NOT_ESTABLISHED)


# The record itself.


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": datetime(2026, 1, 1, tzinfo=UTC)},
        {"valid_until": datetime(2028, 1, 3, tzinfo=UTC)},
        {"judged_at": datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)},
        {"least_rsa_bits": 1023},
        {"namespaces": ()},
        {"namespaces": ("elmo",)},
        {"why": ""},
        {"decided_by": " "},
        {"methods": ("md5",)},
        {"recorded_at": datetime(2026, 1, 1)},  # noqa: DTZ001 - a time without its zone
    ],
    ids=str,
)
def test_a_record_that_says_too_little_or_too_much_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        record(**wrong)


def test_only_a_provider_can_be_a_legacy_partner() -> None:
    sealing = record().key.model_copy(update={"purpose": Purpose.SEAL})

    with pytest.raises(ValidationError, match="only a provider"):
        record(key=sealing)
