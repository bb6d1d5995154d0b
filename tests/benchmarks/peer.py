"""The same verification as a careful programmer writes it on top of signxml.

Same duties, same order, nothing left out that we do: base64 and a bounded gunzip by the standard
library; our caps, because signxml has none; signxml's XMLVerifier for the outer signature, at its
place, with one Reference and a pinned certificate; the XML schema of ELMO; signxml's
XAdESVerifier for the seal, with its two References and a pinned certificate; the clear copy
beside the seal; then our own readers and our own judgement, given the elements that signxml
handed out, so that what is signed is parsed by signxml alone. Which certificate is pinned comes
from the trust source, by the issuer a license names and the certificate it shows, as in any job
with more than one authority: signxml looks for a key in the document or is told one.

Source: the manual of signxml ("See what is signed", `SignatureConfiguration`).
"""

import zlib
from base64 import b64decode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from cryptography import x509
from lxml import etree
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from licenses.model.judgement import Question, judge, worst
from licenses.model.reasons import Reason
from licenses.model.trust import TrustedAuthority, TrustedKey, TrustSource
from licenses.model.verdict import (
    Circumstances,
    DocumentVerdict,
    LicenseVerdict,
    Line,
    SealFinding,
)
from schema_ext.caps import MAX_INFLATED, check_caps, plainly_within_caps
from schema_ext.elmo_content import ReadElmo, ReadLicense
from schema_ext.elmo_reader import elmo_of
from schema_ext.license_reader import valid_content
from schema_ext.license_xml import without_sealed
from schema_ext.namespaces import ds, lic, xades
from schema_ext.parsing import parse
from schema_ext.signing.arithmetic import read_certificate
from schema_ext.signing.key_choice import seal_key
from schema_ext.status_finding import find_status
from schema_ext.validation import Schema


class Peer(NamedTuple):
    """Verifies one `elmo` parameter with signxml."""

    provider: x509.Certificate
    trust: TrustSource
    schema: Schema
    asked: Circumstances
    now: datetime

    def verdict(self, parameter: bytes) -> DocumentVerdict:
        """Return the verdict on the document in `parameter`, whole."""
        document = _unpacked(parameter)
        _require_caps(document)
        octets, root = self._signed(document)
        assert not self.schema.faults(root)
        elmo = elmo_of(octets, root, is_valid=True)
        self._require_fresh(elmo)
        question = Question(self.asked.expectation, elmo.learner, self.now, elmo.alternative_name)
        licenses = tuple(self._judged(carried, question) for carried in elmo.licenses)
        return DocumentVerdict(
            kind="response",
            checked_at=self.now,
            overall=worst(tuple(one.overall for one in licenses)),
            reasons=(),
            signature=Line(answer="verified", reasons=(Reason.VERIFIED,)),
            schema_line=Line(answer="valid", reasons=()),
            learner=elmo.learner,
            alternative_name=elmo.alternative_name,
            delivery=elmo.delivery,
            document_sha256=sha256(octets).hexdigest(),
            licenses=licenses,
        )

    def _require_fresh(self, elmo: ReadElmo) -> None:
        assert elmo.delivery is not None
        assert elmo.delivery.audience == self.asked.audience
        assert elmo.delivery.session_sha256 == self.asked.session_sha256
        assert elmo.generated_at is not None
        assert abs(self.now - elmo.generated_at) < timedelta(minutes=10)

    def _signed(self, document: bytes) -> tuple[bytes, etree._Element]:
        outer = SignatureConfiguration(
            location="./", expect_references=1, verification_time=self.now
        )
        result = XMLVerifier().verify(document, x509_cert=self.provider, expect_config=outer)
        assert not isinstance(result, list)
        return result.signed_data, _element(result.signed_xml)

    def _judged(self, carried: ReadLicense, question: Question) -> LicenseVerdict:
        authority, key = self._sealer(carried.sealed)
        seal = XAdESSignatureConfiguration(
            location="./", expect_references=2, verification_time=self.now
        )
        license_, properties = XAdESVerifier().verify(
            carried.sealed, x509_cert=read_certificate(key.certificate), expect_config=seal
        )
        assert without_sealed(carried.clear_octets) == license_.signed_data
        finding = SealFinding(
            content=valid_content(_element(license_.signed_xml)),
            seal_sha256=sha256(carried.sealed).hexdigest(),
            claimed_signing_time=_signing_time(_element(properties.signed_xml)),
            key=key,
            authority=authority,
        )
        status = find_status(finding, carried.status_token, None, now=self.now)
        return judge(finding, status, question)

    def _sealer(self, sealed: bytes) -> tuple[TrustedAuthority, TrustedKey]:
        root = parse(sealed)
        issuer_id = root.findtext(f"{lic('issuer')}/{lic('id')}", "")
        shown = b64decode(root.findtext(f".//{ds('X509Certificate')}", ""))
        found = seal_key(self.trust, issuer_id, sha256(shown).hexdigest())
        assert not isinstance(found, Reason)
        return found


def _unpacked(parameter: bytes) -> bytes:
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    document = inflater.decompress(b64decode(parameter, validate=True), MAX_INFLATED + 1)
    assert inflater.eof
    assert not inflater.unused_data
    assert len(document) <= MAX_INFLATED
    return document


def _require_caps(document: bytes) -> None:
    if not plainly_within_caps(document):
        check_caps(document)


def _element(signed: etree._Element | None) -> etree._Element:
    assert signed is not None
    return signed


def _signing_time(properties: etree._Element) -> datetime:
    return datetime.fromisoformat(next(properties.iter(xades("SigningTime"))).text or "")
