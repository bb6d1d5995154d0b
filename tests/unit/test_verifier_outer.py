"""What the verifier says of ELMO signatures: ours, those of Java providers, and hostile ones."""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable
from functools import partial
from hashlib import sha256

import pytest
import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from licenses.errors import DocumentRejected, MalformedDocument
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedKey
from schema_ext.namespaces import ds, elmo
from schema_ext.signing.certificates import self_signed
from schema_ext.signing.keys import InMemoryKey, published
from schema_ext.signing.policy import ECDSA_SHA256, RSA_SHA384, RSA_SHA512, SHA512
from schema_ext.signing.verified import VerifiedElmo
from schema_ext.signing.verifier import verify_outer
from tests.unit.signed_documents import (
    ELMO_TEXT,
    ENDS,
    ENVELOPED,
    EXCLUSIVE,
    INCLUSIVE,
    NOW,
    STARTS,
    assert_refused,
    by_xmlsec,
    key,
    ncp_key,
    private_key,
    renamed,
    replaced,
    sealed,
    signed,
)

R = Reason
_COMMENT = "<!-- c -->"
_SIGNATURE = "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/>"
_OBJECT = "<ds:Object><report/></ds:Object>"


def verify(document: bytes, expected: TrustedKey | None = None) -> VerifiedElmo:
    return verify_outer(document, expected or ncp_key(), now=NOW)


def check_refused(document: bytes, reason: Reason, expected: TrustedKey | None = None) -> None:
    assert_refused(lambda: verify(document, expected), reason)


def test_our_own_elmo_is_verified_and_handed_out_without_its_signature() -> None:
    verified = verify(signed())

    assert verified.octets == ELMO_TEXT
    assert verified.signed_sha256 == sha256(ELMO_TEXT).hexdigest()
    assert verified.key == ncp_key()


PARTNERS: dict[str, Callable[[], bytes]] = {
    "Java": by_xmlsec,
    "Java with inclusive C14N named": partial(by_xmlsec, transforms=(ENVELOPED, INCLUSIVE)),
    "Java with exclusive transform": partial(by_xmlsec, transforms=(ENVELOPED, EXCLUSIVE)),
    "exclusive, without prefix": partial(by_xmlsec, canonicalization=EXCLUSIVE),
    "exclusive throughout": partial(by_xmlsec, canonicalization=EXCLUSIVE, transforms=(ENVELOPED, EXCLUSIVE)),
    "moodle": partial(by_xmlsec, canonicalization=EXCLUSIVE, prefix="ds", carriage_returns=False),
    "inclusive with prefix": partial(by_xmlsec, prefix="dsig"),
    "RSA-SHA384": partial(by_xmlsec, method=RSA_SHA384),
    "RSA-SHA512": partial(by_xmlsec, method=RSA_SHA512, digest=SHA512),
    "RSA-SHA512, exclusive": partial(by_xmlsec, method=RSA_SHA512, canonicalization=EXCLUSIVE),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTNERS)
def test_what_partners_write_is_accepted_and_re_parses_to_the_same_elmo(name: str) -> None:
    verified = verify(PARTNERS[name]())

    assert verified.octets == ELMO_TEXT


def test_whitespace_and_unused_namespaces_of_a_partner_survive_as_they_were_signed() -> None:
    text = ELMO_TEXT.replace(
        b"><generatedDate>",
        b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><generatedDate>',
    )
    text = text.replace(b"<learner>", b"\n  <learner>").replace(b"</elmo>", b"\n</elmo>")

    assert verify(by_xmlsec(text)).octets == text


def test_the_text_behind_the_signature_belongs_to_the_document() -> None:
    def layout(root: etree._Element) -> None:
        root[-1].tail = "\n\n"
        root[-2].tail = "\n"

    for canonicalization in (INCLUSIVE, EXCLUSIVE):
        document = by_xmlsec(layout=layout, canonicalization=canonicalization)
        assert verify(document).octets == ELMO_TEXT.replace(b"</elmo>", b"\n\n\n</elmo>")
        check_refused(document.replace(b"\n\n</elmo>", b"\n</elmo>"), R.DIGEST_MISMATCH)


def test_a_partner_may_sign_with_ecdsa() -> None:
    private = private_key(Purpose.SEAL, "partner")
    certificate = self_signed(private, Purpose.NCP, "partner", STARTS, ENDS)
    listed = published(InMemoryKey(private, certificate, Purpose.NCP))

    for canonicalization in (INCLUSIVE, EXCLUSIVE):
        document = by_xmlsec(
            private=private,
            certificate=certificate,
            method=ECDSA_SHA256,
            canonicalization=canonicalization,
        )
        assert verify(document, listed).octets == ELMO_TEXT


def test_a_signature_without_key_info_is_verified_by_the_expected_key() -> None:
    document = signed()
    start, end = document.index(b"<ds:KeyInfo>"), document.index(b"</ds:KeyInfo>")
    bare = document[:start] + document[end + len("</ds:KeyInfo>") :]

    assert verify(bare).octets == ELMO_TEXT
    check_refused(bare, R.SIGNATURE_INVALID, ncp_key("second"))


def test_a_renewed_certificate_around_the_same_key_is_accepted() -> None:
    private = private_key(Purpose.NCP)
    renewed = self_signed(private, Purpose.NCP, "renewed", STARTS, ENDS)

    assert verify(by_xmlsec(certificate=renewed)).octets == ELMO_TEXT


def test_names_and_key_values_in_key_info_are_passed_over() -> None:
    shown = "<ds:KeyInfo><ds:KeyName>x</ds:KeyName><ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>"

    assert verify(replaced(signed(), "<ds:KeyInfo>", shown)).octets == ELMO_TEXT


def test_a_comment_between_elements_is_dropped() -> None:
    assert verify(replaced(signed(), "<learner>", f"{_COMMENT}<learner>")).octets == ELMO_TEXT
    assert verify(replaced(by_xmlsec(), "<learner>", f"{_COMMENT}<learner>")).octets == ELMO_TEXT


EDITS: dict[str, tuple[str, str, Reason]] = {
    "another root": ("<elmo ", "<elmo:elmo xmlns:elmo='urn:x' ", R.NOT_XML),
    "another namespace": ("tree/v1", "tree/v1.3.0", R.UNKNOWN_DOCUMENT),
    "a comment inside a name": ("Nordmann", f"Nord{_COMMENT}mann", R.COMMENT_BESIDE_TEXT),
    "a comment in the signature": ("<ds:SignatureValue>", f"<ds:SignatureValue>{_COMMENT}", R.COMMENT_IN_SIGNATURE),
    "a PI": ("<learner>", "<?x y?><learner>", R.PROCESSING_INSTRUCTION),
    "a DTD": ("<elmo ", "<!DOCTYPE elmo><elmo ", R.DOCTYPE),
    "a relative namespace": ("<learner>", '<learner xmlns:p="rel">', R.RELATIVE_NAMESPACE),
    "a second signature before": ("<learner>", f"{_SIGNATURE}<learner>", R.SIGNATURE_NOT_ALONE),
    "a second signature within": ("<issuer>", f"{_SIGNATURE}<issuer>", R.SIGNATURE_NOT_ALONE),
    "something behind the signature": ("</elmo>", "<report/></elmo>", R.SIGNATURE_MISPLACED),
    "an Object": ("</ds:Signature>", f"{_OBJECT}</ds:Signature>", R.SIGNATURE_OBJECT),
    "an Object before KeyInfo": ("<ds:KeyInfo>", f"{_OBJECT}<ds:KeyInfo>", R.SIGNATURE_SHAPE),
    "an unknown child": ("</ds:Signature>", "<report xmlns='urn:x'/></ds:Signature>", R.SIGNATURE_SHAPE),
    "text in the signature": ("<ds:SignatureValue>", "x<ds:SignatureValue>", R.SIGNATURE_SHAPE),
    "an element in a digest": ("<ds:DigestValue>", "<ds:DigestValue><x/>", R.SIGNATURE_SHAPE),
    "two SignedInfo": ("<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>", R.SIGNATURE_SHAPE),
    "a foreign child of SignedInfo": ("</ds:SignedInfo>", "<ds:Manifest/></ds:SignedInfo>", R.SIGNATURE_SHAPE),
    "no Reference": ("ds:Reference", "ds:Referenz", R.NOT_XML),
    "a key to fetch": ("<ds:KeyInfo>", "<ds:KeyInfo><ds:RetrievalMethod URI='#x'/>", R.SIGNATURE_SHAPE),
    "six certificates": ("</ds:X509Data>", "<ds:X509Certificate/>" * 5 + "</ds:X509Data>", R.SIGNATURE_SHAPE),
    "PEM for a certificate": ("<ds:X509Certificate>", "<ds:X509Certificate>-----BEGIN CERTIFICATE-----", R.SIGNATURE_SHAPE),
    "an #id": ('URI=""', 'URI="#learner"', R.SIGNATURE_REFERENCE_TARGET),
    "an XPointer": ('URI=""', 'URI="#xpointer(/)"', R.SIGNATURE_REFERENCE_TARGET),
    "a Reference of a Type": ('URI=""', 'URI="" Type="http://www.w3.org/2000/09/xmldsig#Manifest"', R.SIGNATURE_REFERENCE_TARGET),
    "a Reference with an Id": ('URI=""', 'URI="" Id="r"', R.SIGNATURE_SHAPE),
    "SHA-1": ("rsa-sha256", "rsa-sha1", R.SIGNATURE_ALGORITHM),
    "HMAC": ("rsa-sha256", "hmac-sha256", R.SIGNATURE_ALGORITHM),
    "HMAC cut short": ('rsa-sha256">', 'rsa-sha256"><ds:HMACOutputLength>8</ds:HMACOutputLength>', R.SIGNATURE_ALGORITHM),
    "a digest of MD5": ("xmlenc#sha256", "xmldsig-more#md5", R.SIGNATURE_ALGORITHM),
    "C14N 1.1": ('CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"', 'CanonicalizationMethod Algorithm="http://www.w3.org/2006/12/xml-c14n11"', R.SIGNATURE_ALGORITHM),
    "prefixes treated inclusively": ('exc-c14n#"></ds:Can', 'exc-c14n#"><i:InclusiveNamespaces xmlns:i="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="ds"/></ds:Can', R.SIGNATURE_ALGORITHM),
    "prefixes in the transform": ('exc-c14n#"></ds:Transform>', 'exc-c14n#"><i:InclusiveNamespaces xmlns:i="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="ds"/></ds:Transform>', R.SIGNATURE_TRANSFORMS),
    "XPath": ("xmldsig#enveloped-signature", "REC-xpath-19991116", R.SIGNATURE_TRANSFORMS),
    "a third transform": ("</ds:Transforms>", '<ds:Transform Algorithm="x"/></ds:Transforms>', R.SIGNATURE_TRANSFORMS),
    "a changed name": ("Nordmann", "Svensson", R.DIGEST_MISMATCH),
    "an element more": ("<learner>", "<report/><learner>", R.DIGEST_MISMATCH),
    "an attribute more": ("<learner>", '<learner a="b">', R.DIGEST_MISMATCH),
    "a namespace undeclared": ("<issuer>", '<issuer xmlns="">', R.DIGEST_MISMATCH),
    "a changed digest": ("<ds:DigestValue>", "<ds:DigestValue>AAAA", R.DIGEST_MISMATCH),
}  # fmt: skip


@pytest.mark.parametrize("with_key", [True, False], ids=["registry", "no registry"])
@pytest.mark.parametrize("name", EDITS)
def test_a_hostile_form_is_refused_by_its_reason_with_and_without_a_registry(
    name: str, with_key: bool
) -> None:
    old, new, reason = EDITS[name]
    document = replaced(signed(), old, new)
    expected = ncp_key() if with_key else None

    with pytest.raises(DocumentRejected) as caught:
        verify_outer(document, expected, now=NOW)

    assert caught.value.reason == reason


RENAMED = {
    "Signature": R.UNSIGNED,
    "SignedInfo": R.SIGNATURE_SHAPE,
    "CanonicalizationMethod": R.SIGNATURE_SHAPE,
    "SignatureMethod": R.SIGNATURE_SHAPE,
    "Reference": R.SIGNATURE_SHAPE,
    "Transforms": R.SIGNATURE_SHAPE,
    "Transform": R.SIGNATURE_TRANSFORMS,
    "DigestMethod": R.SIGNATURE_SHAPE,
    "DigestValue": R.SIGNATURE_SHAPE,
    "SignatureValue": R.SIGNATURE_SHAPE,
    "KeyInfo": R.SIGNATURE_SHAPE,
    "X509Data": R.SIGNATURE_SHAPE,
}


@pytest.mark.parametrize("name", RENAMED)
def test_an_element_under_another_name_is_refused_though_it_says_the_same(name: str) -> None:
    check_refused(renamed(signed(), f"ds:{name}"), RENAMED[name])


@pytest.mark.parametrize(
    "part",
    ["SignedInfo", "CanonicalizationMethod", "SignatureMethod", "Transforms", "SignatureValue"],
)
def test_a_part_that_is_missing_is_refused(part: str) -> None:
    root = etree.fromstring(signed())
    element = next(root.iter(ds(part)))
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)

    check_refused(etree.tostring(root), R.SIGNATURE_SHAPE)


def test_a_signature_that_covers_nothing_is_refused() -> None:
    root = etree.fromstring(signed())
    signed_info = root[-1][0]
    signed_info.remove(signed_info[2])

    check_refused(etree.tostring(root), R.SIGNATURE_REFERENCES)


def _with_id(root: etree._Element) -> None:
    learner = root.find(elmo("learner"))
    assert learner is not None
    learner.set("Id", "learner")


def _with_second_reference(root: etree._Element) -> None:
    signed_info = root[-1][0]
    signed_info.append(etree.fromstring(etree.tostring(signed_info[2])))


def _with_object(root: etree._Element) -> None:
    part = etree.SubElement(root[-1], "{http://www.w3.org/2000/09/xmldsig#}Object")
    etree.SubElement(part, elmo("report"))


def _first(root: etree._Element) -> None:
    root.insert(0, root[-1])


SIGNED_FORMS: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "only a part": (partial(by_xmlsec, uri="#learner", layout=_with_id), R.SIGNATURE_REFERENCE_TARGET),
    "two References": (partial(by_xmlsec, layout=_with_second_reference), R.SIGNATURE_REFERENCES),
    "an Object": (partial(by_xmlsec, layout=_with_object), R.SIGNATURE_OBJECT),
    "first in the document": (partial(by_xmlsec, layout=_first), R.SIGNATURE_MISPLACED),
    "SHA-1": (partial(by_xmlsec, method=xmlsec.constants.TransformRsaSha1.href), R.SIGNATURE_ALGORITHM),
    "a digest of SHA-1": (partial(by_xmlsec, digest=xmlsec.constants.TransformSha1.href), R.SIGNATURE_ALGORITHM),
    "HMAC by the public certificate": (
        lambda: by_xmlsec(
            method=xmlsec.constants.TransformHmacSha256.href,
            secret=key(Purpose.NCP).certificate.public_bytes(Encoding.PEM),
        ),
        R.SIGNATURE_ALGORITHM,
    ),
    "C14N with comments": (
        partial(by_xmlsec, canonicalization=xmlsec.constants.TransformInclC14NWithComments.href),
        R.SIGNATURE_ALGORITHM,
    ),
    "a transform with comments": (
        partial(by_xmlsec, transforms=(ENVELOPED, xmlsec.constants.TransformExclC14NWithComments.href)),
        R.SIGNATURE_TRANSFORMS,
    ),
    "two canonicalizations": (partial(by_xmlsec, transforms=(ENVELOPED, INCLUSIVE, EXCLUSIVE)), R.SIGNATURE_TRANSFORMS),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED_FORMS)
def test_a_wrong_form_that_the_provider_itself_signed_is_refused_too(name: str) -> None:
    make, reason = SIGNED_FORMS[name]

    check_refused(make(), reason)


@pytest.mark.parametrize("name", ["Java", "moodle", "exclusive, without prefix"])
def test_a_partners_elmo_changed_after_signing_is_refused(name: str) -> None:
    document = PARTNERS[name]()

    check_refused(replaced(document, "Nordmann", "Svensson"), R.DIGEST_MISMATCH)
    check_refused(replaced(document, "<issuer>", '<issuer xmlns="">'), R.DIGEST_MISMATCH)


@pytest.mark.parametrize("make", [signed, by_xmlsec], ids=["ours", "Java"])
def test_a_changed_elmo_with_a_mended_digest_is_refused_with_and_without_registry(
    make: Callable[..., bytes],
) -> None:
    genuine, forged = make(), make(ELMO_TEXT.replace(b"Nordmann", b"Svensson"))
    document = _with_part(forged, genuine, b"SignatureValue>", b"KeyInfo>")

    check_refused(document, R.SIGNATURE_INVALID)
    assert_refused(lambda: verify_outer(document, None, now=NOW), R.SIGNATURE_INVALID)


@pytest.mark.parametrize("make", [signed, by_xmlsec], ids=["ours", "Java"])
def test_without_registry_a_genuine_elmo_is_neither_good_nor_bad(make: Callable[[], bytes]) -> None:
    assert_refused(lambda: verify_outer(make(), None, now=NOW), R.NO_TRUST)


@pytest.mark.parametrize("make", [signed, by_xmlsec], ids=["ours", "Java"])
def test_another_providers_signature_is_refused(make: Callable[[], bytes]) -> None:
    check_refused(make(), R.WRONG_NCP_KEY, ncp_key("second"))


def test_another_providers_signature_is_refused_though_it_shows_the_expected_certificate() -> None:
    for canonicalization in (INCLUSIVE, EXCLUSIVE):
        document = by_xmlsec(
            private=private_key(Purpose.NCP, "second"), canonicalization=canonicalization
        )
        check_refused(document, R.SIGNATURE_INVALID)


def test_an_elmo_signed_with_an_authoritys_key_is_refused() -> None:
    seal_key = key(Purpose.SEAL)
    document = by_xmlsec(
        private=private_key(Purpose.SEAL), certificate=seal_key.certificate, method=ECDSA_SHA256
    )

    check_refused(document, R.WRONG_NCP_KEY)
    check_refused(document, R.KEY_PURPOSE, published(seal_key))


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.NCP])
def test_a_key_for_anything_else_proves_no_elmo(purpose: Purpose) -> None:
    check_refused(signed(), R.KEY_PURPOSE, ncp_key().model_copy(update={"purpose": purpose}))


def test_an_unsigned_elmo_is_unsigned_and_a_seal_is_no_elmo() -> None:
    check_refused(ELMO_TEXT, R.UNSIGNED)
    check_refused(sealed(), R.UNKNOWN_DOCUMENT)


@pytest.mark.parametrize("junk", [b"", b"junk", b"\xff\xfe<\x00a\x00", ELMO_TEXT[:-1]])
def test_junk_is_malformed(junk: bytes) -> None:
    with pytest.raises(MalformedDocument):
        verify(junk)


def _with_part(document: bytes, other: bytes, start: bytes, end: bytes) -> bytes:
    """Return `document` with what stands between the two marks taken from `other`."""
    head, tail = document[: document.index(start)], document[document.rindex(end) :]
    return head + other[other.index(start) : other.rindex(end)] + tail
