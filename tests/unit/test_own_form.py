"""What is known at a glance is what would be read element by element, and nothing else is."""

import re
from collections.abc import Callable

import pytest

from licenses.errors import MalformedDocument
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedKey
from schema_ext.namespaces import DS
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.own_form import own_outer, own_seal
from schema_ext.signing.seal_writer import seal
from schema_ext.signing.verified import VerifiedElmo
from schema_ext.signing.verifier import (
    verify_outer,
    verify_outer_in_full,
    verify_outer_of_any,
    verify_seal,
    verify_seal_in_full,
)
from tests.unit.signed_documents import (
    ELMO_TEXT,
    ISSUER,
    LICENSE_TEXT,
    NOW,
    assert_refused,
    by_xmlsec,
    key,
    ncp_key,
    sealed,
    signed,
    trust,
)

R = Reason
_NOTE = b"<note></note>"
_SECOND = f'<ds:Signature xmlns:ds="{DS}"></ds:Signature>'.encode()


def _broken(document: bytes) -> bytes:
    """Return the same signature with a line break in its value: true, and not as we write it."""
    return document.replace(b"<ds:SignatureValue>", b"<ds:SignatureValue>\n")


def _elmo(text: bytes) -> bytes:
    return sign_elmo(text, key(Purpose.NCP))


def _license(text: bytes) -> bytes:
    return seal(text, key(Purpose.SEAL), NOW)


def _in_elmo(planted: bytes) -> bytes:
    return _elmo(ELMO_TEXT.replace(b"<learner>", planted + b"<learner>"))


def _in_license(planted: bytes) -> bytes:
    return _license(LICENSE_TEXT.replace(b"<lic:title>", planted + b"<lic:title>"))


def test_our_own_signatures_are_known_at_a_glance() -> None:
    outer, own = own_outer(signed()), own_seal(sealed())

    assert outer is not None
    assert outer.octets == ELMO_TEXT
    assert own is not None
    assert (own.octets, own.signing_time) == (LICENSE_TEXT, NOW)


def test_an_elmo_read_either_way_is_the_same() -> None:
    glance, long_way = signed(), _broken(signed())
    assert own_outer(long_way) is None

    one, other = (_outer(document) for document in (glance, long_way))

    assert one._replace(root=other.root) == other
    assert one.octets == ELMO_TEXT


def test_a_seal_read_either_way_is_the_same() -> None:
    long_way = _broken(sealed())
    assert own_seal(long_way) is None

    one, other = verify_seal(sealed(), trust()), verify_seal(long_way, trust())

    assert one._replace(root=other.root, document_sha256=other.document_sha256) == other


@pytest.mark.parametrize("document", [by_xmlsec(), signed() + b"\n", b"", b"<elmo/>", sealed()])
def test_another_form_is_left_to_the_long_way(document: bytes) -> None:
    assert own_outer(document) is None


def test_octets_with_another_digest_are_left_to_the_long_way() -> None:
    altered = signed().replace(b"Nordmann", b"Nordkvinn"), sealed().replace(b"Sykepl", b"Overpl")

    assert (own_outer(altered[0]), own_seal(altered[1])) == (None, None)


HIDING: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "a comment": (lambda: _in_elmo(b"<!-- c -->"), R.DIGEST_MISMATCH),
    "a comment beside text": (
        lambda: _elmo(ELMO_TEXT.replace(b"Nordmann", b"Nord<!-- c -->mann")),
        R.COMMENT_BESIDE_TEXT,
    ),
    "a section of characters": (
        lambda: _elmo(ELMO_TEXT.replace(b"Nordmann", b"<![CDATA[Nordmann]]>")),
        R.DIGEST_MISMATCH,
    ),
    "a carriage return": (
        lambda: _elmo(ELMO_TEXT.replace(b"Nordmann", b"Nord\rmann")),
        R.DIGEST_MISMATCH,
    ),
    "a character by its number": (lambda: _in_elmo(b"<note>&#78;</note>"), R.DIGEST_MISMATCH),
    "a second signature": (lambda: _in_elmo(_SECOND), R.SIGNATURE_NOT_ALONE),
    "another root": (lambda: _elmo(ELMO_TEXT.replace(b"elmo-schemas", b"e")), R.UNKNOWN_DOCUMENT),
}


@pytest.mark.parametrize("case", HIDING)
def test_an_elmo_signed_over_what_another_reader_may_not_see_is_refused(case: str) -> None:
    make, reason = HIDING[case]
    document = make()
    assert own_outer(document) is not None, "the glance alone would take it"

    assert_refused(lambda: _outer(document), reason)
    assert_refused(lambda: _outer(_broken(document)), reason)


NOT_CANONICAL: dict[str, bytes] = {
    "an empty element": b"<note/>",
    "a space in a tag": b"<note ></note>",
    "attributes in another order": b'<note b="1" a="2"></note>',
    "a namespace nobody uses": b'<note xmlns:x="urn:x"></note>',
    "a single quote": b"<note a='1'></note>",
}


@pytest.mark.parametrize("case", NOT_CANONICAL)
def test_octets_a_trusted_key_signed_are_taken_as_they_stand(case: str) -> None:
    document = _in_elmo(NOT_CANONICAL[case])

    assert _outer(document).octets == ELMO_TEXT.replace(
        b"<learner>", NOT_CANONICAL[case] + b"<learner>"
    )
    assert_refused(lambda: _outer(document, ncp_key("second")), R.WRONG_NCP_KEY)


@pytest.mark.parametrize("case", NOT_CANONICAL)
def test_the_long_way_still_asks_for_the_c14n_of_what_it_reads(case: str) -> None:
    planted = NOT_CANONICAL[case]

    assert_refused(lambda: _outer(_broken(_in_elmo(planted))), R.DIGEST_MISMATCH)
    assert_refused(
        lambda: verify_outer_in_full(_in_elmo(planted), ncp_key(), now=NOW), R.DIGEST_MISMATCH
    )
    in_license = _in_license(planted)
    assert_refused(lambda: verify_seal_in_full(in_license, trust()), R.DIGEST_MISMATCH)


def test_a_processing_instruction_is_refused_in_our_own_form_too() -> None:
    with pytest.raises(MalformedDocument) as caught:
        _outer(_in_elmo(b"<?php 1 ?>"))
    assert caught.value.reason == R.PROCESSING_INSTRUCTION


def test_a_sound_elmo_with_one_element_more_is_taken() -> None:
    assert _outer(_in_elmo(_NOTE)).octets.count(_NOTE) == 1


SEALS: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "an id": (lambda: _in_license(b'<lic:more ID="x"></lic:more>'), R.SIGNED_PROPERTIES_SHAPE),
    "a comment": (lambda: _in_license(b"<!-- c -->"), R.DIGEST_MISMATCH),
    "a second signature": (lambda: _in_license(_SECOND), R.SIGNATURE_NOT_ALONE),
}


@pytest.mark.parametrize("case", SEALS)
def test_a_seal_over_octets_that_no_transform_gives_is_refused(case: str) -> None:
    make, reason = SEALS[case]
    document = make()
    assert own_seal(document) is not None, "the glance alone would take it"

    assert_refused(lambda: verify_seal(document, trust()), reason)
    assert_refused(lambda: verify_seal(_broken(document), trust()), reason)


def test_the_shape_of_a_seal_is_told_before_its_key() -> None:
    hiding = LICENSE_TEXT.replace(b"Sykepl", b"Sy<!-- c -->kepl")
    document = seal(hiding, key(Purpose.SEAL, "stranger"), NOW)
    assert own_seal(document) is not None

    assert_refused(lambda: verify_seal(document, trust()), R.COMMENT_BESIDE_TEXT)
    assert_refused(lambda: verify_seal(_broken(document), trust()), R.COMMENT_BESIDE_TEXT)


def test_the_value_of_another_document_is_refused_in_our_own_form_too() -> None:
    other = _in_elmo(_NOTE)
    start, end = b"<ds:SignatureValue>", b"</ds:SignatureValue>"
    value = other.partition(start)[2].partition(end)[0]
    before, _, rest = signed().partition(start)
    forged = before + start + value + end + rest.partition(end)[2]
    assert own_outer(forged) is not None

    assert_refused(lambda: _outer(forged), R.SIGNATURE_INVALID)


def test_a_seal_of_another_value_or_issuer_is_refused_in_our_own_form_too() -> None:
    other = _license(LICENSE_TEXT.replace(ISSUER.encode(), b"https://other.example/"))
    value = rb"(<ds:SignatureValue>)([^<]+)"
    forged = re.sub(value, lambda found: found[1] + found[2][::-1][2:] + b"==", sealed())
    assert own_seal(other) is not None
    assert own_seal(forged) is not None

    assert_refused(lambda: verify_seal(other, trust()), R.UNKNOWN_ISSUER)
    assert_refused(lambda: verify_seal(forged, trust()), R.SIGNATURE_INVALID)


def test_the_key_of_another_provider_is_refused_in_our_own_form_too() -> None:
    assert_refused(lambda: _outer(signed(), ncp_key("second")), R.WRONG_NCP_KEY)


def test_a_key_that_is_not_for_elmo_is_refused_in_our_own_form_too() -> None:
    for_seals = ncp_key().model_copy(update={"purpose": Purpose.SEAL})

    assert_refused(lambda: _outer(signed(), for_seals), R.KEY_PURPOSE)
    assert_refused(lambda: verify_outer_of_any(signed(), [for_seals], now=NOW), R.UNKNOWN_ISSUER)


def _outer(document: bytes, expected: TrustedKey | None = None) -> VerifiedElmo:
    return verify_outer(document, expected or ncp_key(), now=NOW)
