"""What the verifier says of seals: each hostile form by its own reason, and the good ones."""

# ruff: noqa: E501 - a table is read by its rows

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from licenses.errors import DocumentRejected, MalformedDocument
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedKey
from schema_ext.signing.certificates import self_signed
from schema_ext.signing.keys import InMemoryKey, published
from schema_ext.signing.verifier import verify_seal
from tests.unit.signed_documents import (
    ENDS,
    ISSUER,
    LICENSE_TEXT,
    NOW,
    STARTS,
    FixedTrust,
    assert_refused,
    key,
    private_key,
    renamed,
    replaced,
    resealed,
    sealed,
    signed,
    trust,
)

R = Reason
_OBJECT = "<ds:Object>"
_SECOND_OBJECT = "<ds:Object><lic:title>Lege</lic:title></ds:Object></ds:Signature>"
_COMMENT = "<!-- c -->"
EXCLUSIVE_TRANSFORM = (
    '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
)
_PI = "<?php echo 1 ?>"


def _reference(uri: str) -> str:
    return (
        f'<ds:Reference URI="{uri}"><ds:Transforms><ds:Transform '
        'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms>'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>'
        "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>"
    )


def test_a_seal_of_a_known_authority_is_verified_and_hands_out_the_license_alone() -> None:
    document = sealed()

    verified = verify_seal(document, trust())

    assert verified.octets == LICENSE_TEXT
    assert verified.key == published(key(Purpose.SEAL))
    assert verified.authority.authority.id == ISSUER
    assert verified.claimed_signing_time == datetime(2026, 5, 4, 10, 30, tzinfo=UTC) == NOW
    assert verified.document_sha256 == sha256(document).hexdigest()


def test_the_time_of_the_key_is_not_judged_here() -> None:
    long_gone = published(key(Purpose.SEAL)).model_copy(
        update={"valid_until": datetime(2020, 1, 1, tzinfo=UTC), "compromised_at": NOW}
    )

    assert verify_seal(sealed(), FixedTrust(long_gone)).key == long_gone


@pytest.mark.parametrize("place", ["<lic:holder>", "<lic:title>"])
def test_a_comment_between_elements_is_dropped(place: str) -> None:
    document = replaced(sealed(), place, f"{_COMMENT}{place}")

    assert verify_seal(document, trust()).octets == LICENSE_TEXT


def test_an_xml_declaration_and_a_comment_around_the_license_are_dropped() -> None:
    document = b'<?xml version="1.0" encoding="UTF-8"?><!-- a -->' + sealed() + b"<!-- b -->\n"

    assert verify_seal(document, trust()).octets == LICENSE_TEXT


EDITS: dict[str, tuple[str, str, Reason]] = {
    "another document": ("lic:license", "lic:licence", R.NOT_XML),
    "another version": ("elmo-license/v1", "elmo-license/v2", R.UNKNOWN_EXTENSION_VERSION),
    "a comment inside a name": ("Åse", f"Å{_COMMENT}se", R.COMMENT_BESIDE_TEXT),
    "a comment behind a name": ("Åse", f"Åse{_COMMENT}", R.COMMENT_BESIDE_TEXT),
    "a comment in a digest": ("<ds:DigestValue>", f"<ds:DigestValue>{_COMMENT}", R.COMMENT_IN_SIGNATURE),
    "a comment in KeyInfo": ("<ds:KeyInfo>", f"<ds:KeyInfo>{_COMMENT}", R.COMMENT_IN_SIGNATURE),
    "a PI in the license": ("<lic:title>", f"{_PI}<lic:title>", R.PROCESSING_INSTRUCTION),
    "a PI in the signature": ("<ds:KeyInfo>", f"{_PI}<ds:KeyInfo>", R.PROCESSING_INSTRUCTION),
    "a DTD": ("<lic:license", "<!DOCTYPE x><lic:license", R.DOCTYPE),
    "an entity bomb": ("<lic:license", '<!DOCTYPE x [<!ENTITY a "aa">]><lic:license', R.DOCTYPE),
    "no signature": ("ds:Signature", "ds:signature", R.NOT_XML),
    "a second signature before": ("<lic:holder>", "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/><lic:holder>", R.SIGNATURE_NOT_ALONE),
    "a signature in the Object": (_OBJECT, f"{_OBJECT}<ds:Signature></ds:Signature>", R.SIGNATURE_NOT_ALONE),
    "something behind the signature": ("</lic:license>", "<lic:title>Lege</lic:title></lic:license>", R.SIGNATURE_MISPLACED),
    "text in the signature": ("<ds:KeyInfo>", "Lege<ds:KeyInfo>", R.SIGNATURE_SHAPE),
    "an unknown child": ("<ds:KeyInfo>", "<ds:Thing></ds:Thing><ds:KeyInfo>", R.SIGNATURE_SHAPE),
    "a foreign attribute": ("<ds:SignatureValue>", '<ds:SignatureValue lang="en">', R.SIGNATURE_SHAPE),
    "a second SignedInfo": ("<ds:SignatureValue>", "<ds:SignedInfo></ds:SignedInfo><ds:SignatureValue>", R.SIGNATURE_SHAPE),
    "a key to fetch": ("<ds:KeyInfo>", '<ds:KeyInfo><ds:RetrievalMethod URI="http://a.example"/>', R.SIGNATURE_SHAPE),
    "two certificates": ("</ds:X509Data>", "<ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>", R.SIGNATURE_SHAPE),
    "no certificate": ("<ds:KeyInfo><ds:X509Data><ds:X509Certificate>", "<ds:KeyInfo><ds:X509Data><ds:X509SKI>", R.NOT_XML),
    "junk for a signature": ("<ds:SignatureValue>", "<ds:SignatureValue>*", R.SIGNATURE_SHAPE),
    "a second Object": ("</ds:Signature>", _SECOND_OBJECT, R.SIGNATURE_OBJECT),
    "another thing in the Object": (_OBJECT, f"{_OBJECT}<lic:title>Lege</lic:title>", R.SIGNATURE_OBJECT),
    "text in the Object": (_OBJECT, f"{_OBJECT}Lege", R.SIGNATURE_OBJECT),
    "an attribute of the Object": (_OBJECT, '<ds:Object Encoding="x">', R.SIGNATURE_OBJECT),
    "a third Reference": ("</ds:SignedInfo>", _reference("") + "</ds:SignedInfo>", R.SIGNATURE_REFERENCES),
    "a Reference to a part": ('URI=""', 'URI="#x"', R.SIGNATURE_REFERENCE_TARGET),
    "a Reference to a file": ('URI=""', 'URI="file:///etc/passwd"', R.SIGNATURE_REFERENCE_TARGET),
    "a Reference to nothing said": (' URI="">', ">", R.SIGNATURE_REFERENCE_TARGET),
    "particulars of another Id": ("#signed-properties", "#signed-property", R.SIGNATURE_REFERENCE_TARGET),
    "particulars of another Type": ("#SignedProperties", "#Properties", R.SIGNATURE_REFERENCE_TARGET),
    "the Id moved up": ('Target=""><xades:SignedProperties Id="signed-properties">', 'Target="" Id="signed-properties"><xades:SignedProperties>', R.SIGNED_PROPERTIES_SHAPE),
    "the Id moved into the license": ("<lic:title>", '<lic:title Id="signed-properties">', R.SIGNED_PROPERTIES_SHAPE),
    "an Id in another spelling": ("<lic:title>", '<lic:title xml:id="signed-properties">', R.SIGNED_PROPERTIES_SHAPE),
    "an Id of the signature": ("<ds:Signature ", '<ds:Signature Id="s" ', R.SIGNED_PROPERTIES_SHAPE),
    "no Id": (' Id="signed-properties"', "", R.SIGNED_PROPERTIES_SHAPE),
    "an Id that is no name": (' Id="signed-properties"', ' Id="a b"', R.SIGNED_PROPERTIES_SHAPE),
    "a Target": ('Target=""', 'Target="#s"', R.SIGNED_PROPERTIES_SHAPE),
    "unsigned properties": ("</xades:QualifyingProperties>", "<xades:UnsignedProperties/></xades:QualifyingProperties>", R.SIGNED_PROPERTIES_SHAPE),
    "particulars missing": ("<xades:SignedDataObjectProperties>", "<xades:More/><xades:SignedDataObjectProperties>", R.SIGNED_PROPERTIES_SHAPE),
    "another time zone": ("10:30:00Z", "10:30:00+02:00", R.SIGNED_PROPERTIES_SHAPE),
    "a day that is none": ("2026-05-04T", "2026-02-30T", R.SIGNED_PROPERTIES_SHAPE),
    "another mime type": ("application/xml", "text/html", R.SIGNED_PROPERTIES_SHAPE),
    "the object named": ('ObjectReference=""', 'ObjectReference="#r"', R.SIGNED_PROPERTIES_SHAPE),
    "SHA-1": ("ecdsa-sha256", "ecdsa-sha1", R.SIGNATURE_ALGORITHM),
    "RSA": ("ecdsa-sha256", "rsa-sha256", R.SIGNATURE_ALGORITHM),
    "HMAC": ("ecdsa-sha256", "hmac-sha256", R.SIGNATURE_ALGORITHM),
    "no algorithm": ('SignatureMethod Algorithm="', 'SignatureMethod Algorithm="x', R.SIGNATURE_ALGORITHM),
    "a digest of SHA-1": ("xmlenc#sha256", "xmldsig#sha1", R.SIGNATURE_ALGORITHM),
    "a digest in the particulars": ('<xades:CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256', '<xades:CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1', R.SIGNED_PROPERTIES_SHAPE),
    "inclusive C14N": ('CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"', 'CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"', R.SIGNATURE_ALGORITHM),
    "C14N with comments": ("xml-exc-c14n#", "xml-exc-c14n#WithComments", R.SIGNATURE_ALGORITHM),
    "XSLT": ("xmldsig#enveloped-signature", "xmldsig#xslt", R.SIGNATURE_TRANSFORMS),
    "no enveloped transform": ('<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>', "", R.SIGNATURE_TRANSFORMS),
    "a transform with content": ('enveloped-signature">', 'enveloped-signature"><ds:XPath>1</ds:XPath>', R.SIGNATURE_TRANSFORMS),
    "another issuer twice": ("<lic:issuer>", "<lic:issuer><lic:id>urn:x</lic:id>", R.CONTENT_UNREADABLE),
    "no issuer": (f"<lic:id>{ISSUER}</lic:id>", "", R.CONTENT_UNREADABLE),
    "a changed name": ("Åse", "Ase", R.DIGEST_MISMATCH),
    "a space more": ("</lic:title>", "</lic:title> ", R.DIGEST_MISMATCH),
    "a changed signing time": ("10:30:00Z", "10:30:01Z", R.DIGEST_MISMATCH),
    "an element more": ("<lic:title>", "<lic:title>Lege</lic:title><lic:title>", R.DIGEST_MISMATCH),
}  # fmt: skip


@pytest.mark.parametrize("with_trust", [True, False], ids=["trust", "no trust"])
@pytest.mark.parametrize("name", EDITS)
def test_a_hostile_form_is_refused_by_its_reason_with_and_without_trust(
    name: str, with_trust: bool
) -> None:
    old, new, reason = EDITS[name]
    document = replaced(sealed(), old, new)

    if reason in {R.NOT_XML, R.DOCTYPE, R.PROCESSING_INSTRUCTION}:
        with pytest.raises(MalformedDocument) as caught:
            verify_seal(document, trust() if with_trust else None)
        assert caught.value.reason == reason
    else:
        assert_refused(lambda: verify_seal(document, trust() if with_trust else None), reason)


RENAMED = {
    "QualifyingProperties": R.SIGNATURE_OBJECT,
    "SignedProperties": R.SIGNED_PROPERTIES_SHAPE,
    "SignedSignatureProperties": R.SIGNED_PROPERTIES_SHAPE,
    "SigningTime": R.SIGNED_PROPERTIES_SHAPE,
    "SigningCertificateV2": R.SIGNED_PROPERTIES_SHAPE,
    "Cert": R.SIGNED_PROPERTIES_SHAPE,
    "CertDigest": R.SIGNED_PROPERTIES_SHAPE,
    "SignedDataObjectProperties": R.SIGNED_PROPERTIES_SHAPE,
    "DataObjectFormat": R.SIGNED_PROPERTIES_SHAPE,
    "MimeType": R.SIGNED_PROPERTIES_SHAPE,
}


@pytest.mark.parametrize("name", RENAMED)
def test_a_particular_under_another_name_is_refused_though_it_says_the_same(name: str) -> None:
    document = renamed(sealed(), f"xades:{name}")

    assert_refused(lambda: verify_seal(document, trust()), RENAMED[name])


@pytest.mark.parametrize("name", RENAMED)
def test_a_particular_with_an_attribute_more_is_refused(name: str) -> None:
    document = replaced(sealed(), f"<xades:{name}", f'<xades:{name} URI="x"')

    assert_refused(lambda: verify_seal(document, trust()), R.SIGNED_PROPERTIES_SHAPE)


def _in_second_reference(old: str, new: str) -> Callable[[str], str]:
    def edit(signed_info: str) -> str:
        first, mark, second = signed_info.partition("<ds:Reference Type")
        return first + mark + second.replace(old, new, 1)

    return edit


SIGNED_EDITS: dict[str, tuple[Callable[[str], str], Reason]] = {
    "no transform of the particulars": (_in_second_reference(EXCLUSIVE_TRANSFORM, ""), R.SIGNATURE_TRANSFORMS),
    "two transforms of the particulars": (_in_second_reference(EXCLUSIVE_TRANSFORM, EXCLUSIVE_TRANSFORM * 2), R.SIGNATURE_TRANSFORMS),
    "another digest of the particulars": (_in_second_reference("<ds:DigestValue>", "<ds:DigestValue>AAAA"), R.DIGEST_MISMATCH),
    "a third Reference": (lambda text: text + _reference("#signed-properties"), R.SIGNATURE_REFERENCES),
    "no second Reference": (lambda text: text[: text.index("<ds:Reference Type")], R.SIGNATURE_REFERENCES),
    "the References swapped": (
        lambda text: text[: text.index("<ds:Reference")]
        + text[text.index("<ds:Reference Type") :]
        + text[text.index("<ds:Reference URI") : text.index("<ds:Reference Type")],
        R.SIGNATURE_REFERENCE_TARGET,
    ),
    "a Reference twice": (
        lambda text: text[: text.index("<ds:Reference Type")]
        + text[text.index("<ds:Reference URI") : text.index("<ds:Reference Type")],
        R.SIGNATURE_REFERENCE_TARGET,
    ),
    "another digest of the license": (
        lambda text: text.replace("<ds:DigestValue>", "<ds:DigestValue>AAAAAAAA", 1), R.DIGEST_MISMATCH
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED_EDITS)
def test_a_wrong_form_that_the_authority_itself_signed_is_refused_too(name: str) -> None:
    edit, reason = SIGNED_EDITS[name]

    assert_refused(lambda: verify_seal(resealed(sealed(), edit), trust()), reason)


def test_a_changed_license_with_a_mended_digest_is_refused_even_without_trust() -> None:
    genuine, forged_text = sealed(), LICENSE_TEXT.replace(b"Sykepleier", b"Lege")
    forged = sealed(forged_text)
    value = genuine[genuine.index(b"<ds:SignatureValue>") : genuine.index(b"<ds:KeyInfo>")]
    start, end = forged.index(b"<ds:SignatureValue>"), forged.index(b"<ds:KeyInfo>")
    document = forged[:start] + value + forged[end:]

    assert_refused(lambda: verify_seal(document, trust()), R.SIGNATURE_INVALID)
    assert_refused(lambda: verify_seal(document, None), R.SIGNATURE_INVALID)


def test_without_trust_a_genuine_seal_is_neither_good_nor_bad() -> None:
    assert_refused(lambda: verify_seal(sealed(), None), R.NO_TRUST)


def test_an_authority_nobody_vouches_for_is_unknown() -> None:
    other = FixedTrust(published(key(Purpose.SEAL)), authority_id="https://other.example")

    assert_refused(lambda: verify_seal(sealed(), other), R.UNKNOWN_ISSUER)


def test_an_altered_seal_of_an_unknown_authority_is_altered() -> None:
    other = FixedTrust(authority_id="https://other.example")
    document = replaced(sealed(), "Sykepleier", "Lege")

    assert_refused(lambda: verify_seal(document, other), R.DIGEST_MISMATCH)


def test_a_key_the_authority_never_published_is_refused() -> None:
    assert_refused(lambda: verify_seal(sealed(name="second"), trust()), R.UNKNOWN_KEY)


def test_both_keys_verify_while_one_follows_the_other() -> None:
    both = FixedTrust(*(published(key(Purpose.SEAL, name)) for name in ("first", "second")))

    assert verify_seal(sealed(name="first"), both).key.kid == key(Purpose.SEAL, "first").kid
    assert verify_seal(sealed(name="second"), both).key.kid == key(Purpose.SEAL, "second").kid


def _as_purpose(published_key: TrustedKey, purpose: Purpose) -> TrustedKey:
    return published_key.model_copy(update={"purpose": purpose})


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.SEAL])
def test_a_key_published_for_anything_else_seals_nothing(purpose: Purpose) -> None:
    crossed = FixedTrust(_as_purpose(published(key(Purpose.SEAL)), purpose))

    assert_refused(lambda: verify_seal(sealed(), crossed), R.KEY_PURPOSE)


def test_a_status_certificate_published_as_a_seal_key_is_refused() -> None:
    status = key(Purpose.STATUS)
    crossed = FixedTrust(_as_purpose(published(status), Purpose.SEAL))
    certificate = crossed.authorities()[0].keys[0].certificate
    document = _with_certificate(sealed(), certificate)

    assert_refused(lambda: verify_seal(document, crossed), R.KEY_PURPOSE)


def test_another_certificate_in_key_info_is_refused_though_the_key_is_the_same() -> None:
    private = private_key(Purpose.SEAL)
    renewed = InMemoryKey(
        private, self_signed(private, Purpose.SEAL, "renewed", STARTS, ENDS), Purpose.SEAL
    )
    document = _with_certificate(sealed(), renewed.certificate.public_bytes(Encoding.DER))
    knows_both = FixedTrust(published(key(Purpose.SEAL)), published(renewed))

    assert_refused(lambda: verify_seal(document, knows_both), R.SIGNATURE_INVALID)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()], ids=["P-384", "secp256k1"])
def test_only_p256_seals_even_if_another_curve_is_published(curve: ec.EllipticCurve) -> None:
    private = ec.generate_private_key(curve)
    certificate = self_signed(private, Purpose.SEAL, "other", STARTS, ENDS)
    listed = published(InMemoryKey(private, certificate, Purpose.SEAL))
    document = _with_certificate(sealed(), listed.certificate)

    with pytest.raises(DocumentRejected) as caught:
        verify_seal(document, FixedTrust(listed))

    assert caught.value.reason in {R.SIGNATURE_ALGORITHM, R.KEY_TOO_WEAK}
    assert_refused(lambda: verify_seal(document, None), R.SIGNATURE_ALGORITHM)


def test_the_issuer_is_read_from_what_was_signed() -> None:
    other = LICENSE_TEXT.replace(ISSUER.encode(), b"https://other.example")

    assert_refused(lambda: verify_seal(sealed(other), trust()), R.UNKNOWN_ISSUER)


def test_a_signature_of_another_length_is_refused() -> None:
    document = sealed()
    end = document.index(b"</ds:SignatureValue>")
    shorter = document[: end - 4] + document[end:]

    assert_refused(lambda: verify_seal(shorter, trust()), R.SIGNATURE_INVALID)


@pytest.mark.parametrize("junk", [b"", b"junk", b"\x00\xff", b"<a/>", LICENSE_TEXT[:-1]])
def test_junk_is_refused(junk: bytes) -> None:
    with pytest.raises(DocumentRejected):
        verify_seal(junk, trust())


def test_an_unsigned_license_is_unsigned() -> None:
    assert_refused(lambda: verify_seal(LICENSE_TEXT, trust()), R.UNSIGNED)


def test_an_elmo_is_no_seal() -> None:
    assert_refused(lambda: verify_seal(signed(), trust()), R.UNKNOWN_DOCUMENT)


def _with_certificate(document: bytes, certificate: bytes) -> bytes:
    opening, closing = b"<ds:X509Certificate>", b"</ds:X509Certificate>"
    head, rest = document.split(opening)
    return head + opening + b64encode(certificate) + closing + rest.split(closing)[1]
