"""The same verification as a careful programmer writes it on top of signxml.

Same duties, same order, nothing left out that we do: base64 and a bounded gunzip by the standard
library; our caps, because signxml has none; signxml's XMLVerifier for the outer signature, at its
place, with one Reference and a pinned certificate; the XML schema of ELMO; signxml's
XAdESVerifier for the seal, with its two References and a pinned certificate; the clear copy
beside the seal; then our own readers and our own judgement, given the elements that signxml
handed out, so that what is signed is parsed by signxml alone. Which certificate is pinned is
known beforehand here, which spares the peer the search that we do in the trust source.

Source: the manual of signxml ("See what is signed", `SignatureConfiguration`).
"""

import zlib
from base64 import b64decode
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from cryptography import x509
from lxml import etree
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from licenses.model.judgement import Question, judge
from licenses.model.trust import TrustedAuthority, TrustedKey
from licenses.model.verdict import Circumstances, LicenseVerdict, SealFinding
from schema_ext.caps import MAX_INFLATED, check_caps, plainly_within_caps
from schema_ext.elmo_content import ReadLicense
from schema_ext.elmo_reader import elmo_of
from schema_ext.license_reader import valid_content
from schema_ext.license_xml import clear_copy_matches
from schema_ext.namespaces import xades
from schema_ext.status_finding import find_status
from schema_ext.validation import Schema


class PinnedKeys(NamedTuple):
    """Whose signatures the peer takes: certificates, and what the trust source says of them."""

    provider: x509.Certificate
    sealer: x509.Certificate
    seal_key: TrustedKey
    authority: TrustedAuthority


class Peer(NamedTuple):
    """Verifies one `elmo` parameter with signxml."""

    pinned: PinnedKeys
    schema: Schema
    asked: Circumstances
    now: datetime

    def verdict(self, parameter: bytes) -> tuple[LicenseVerdict, ...]:
        """Return the verdict on each license of the document in `parameter`."""
        document = _unpacked(parameter)
        _require_caps(document)
        octets, root = self._signed(document)
        assert not self.schema.faults(root)
        elmo = elmo_of(octets, root, is_valid=True)
        assert elmo.delivery is not None
        assert elmo.delivery.session_sha256 == self.asked.session_sha256
        question = Question(self.asked.expectation, elmo.learner, self.now, elmo.alternative_name)
        return tuple(self._judged(carried, question) for carried in elmo.licenses)

    def _signed(self, document: bytes) -> tuple[bytes, etree._Element]:
        outer = SignatureConfiguration(
            location="./", expect_references=1, verification_time=self.now
        )
        result = XMLVerifier().verify(document, x509_cert=self.pinned.provider, expect_config=outer)
        assert not isinstance(result, list)
        return result.signed_data, _element(result.signed_xml)

    def _judged(self, carried: ReadLicense, question: Question) -> LicenseVerdict:
        _require_caps(carried.sealed)
        seal = XAdESSignatureConfiguration(
            location="./", expect_references=2, verification_time=self.now
        )
        license_, properties = XAdESVerifier().verify(
            carried.sealed, x509_cert=self.pinned.sealer, expect_config=seal
        )
        assert clear_copy_matches(carried.clear_octets, license_.signed_data)
        finding = SealFinding(
            content=valid_content(_element(license_.signed_xml)),
            seal_sha256=sha256(carried.sealed).hexdigest(),
            claimed_signing_time=_signing_time(_element(properties.signed_xml)),
            key=self.pinned.seal_key,
            authority=self.pinned.authority,
        )
        status = find_status(finding, carried.status_token, None, now=self.now)
        return judge(finding, status, question)


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
