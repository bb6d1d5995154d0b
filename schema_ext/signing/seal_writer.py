"""Seal a stand-alone license as the authority: XAdES baseline B-B, last child of `lic:license`.

No XML library on this path: the license comes as canonical text (`schema_ext.license_xml`), the
signed particulars are written canonically here, both are hashed, SignedInfo is signed and the
whole spliced in. The sealed document is therefore its own exclusive C14N. What is claimed of the
signing depends on key and second alone, so a batch writes and hashes it once a second.

`Id="signed-properties"` is the only Id, fixed, and never looked up by our verifier. Target and
ObjectReference are the empty reference, "this document": docs/decisions/0005-xades-shape.md.

Source: design.md 5, column SEAL; ETSI EN 319 132-1, 5.2 and 6.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding

from licenses.model.trust import Purpose
from schema_ext.namespaces import XADES
from schema_ext.signing.keys import SigningKey, require_purpose
from schema_ext.signing.policy import ECDSA_SHA256, EXCLUSIVE, SHA256, SIGNED_PROPERTIES
from schema_ext.signing.signature_text import (
    DECLARE_DS,
    DIGEST_METHOD,
    as_signed,
    digest_text,
    document_reference,
    key_info,
    methods,
    spliced,
)

SEALED_MIME_TYPE: Final = "application/xml"
_SIGNING_TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"
_ID: Final = "signed-properties"
_DECLARE_XADES: Final = f' xmlns:xades="{XADES}"'
END_OF_LICENSE: Final = b"</lic:license>"
SEAL_METHODS: Final = methods(ECDSA_SHA256)
_DUMMY_SIGNATURE: Final = bytes(64)
_SECONDS_KEPT: Final = 4


class _Claim(NamedTuple):
    """What a seal says of its signing, by one key in one second: signed, and as it is written."""

    reference: str
    rest: bytes


class Sealer:
    """Seals licenses with one key; what depends on the key alone is prepared once."""

    def __init__(self, key: SigningKey) -> None:
        require_purpose(key, Purpose.SEAL)
        self._key = key
        self._certificate = key.certificate.public_bytes(Encoding.DER)
        self._claim = lru_cache(_SECONDS_KEPT)(self._claim_of)

    def seal(self, canonical: bytes, at: datetime) -> bytes:
        """Return the sealed license.

        Args:
            canonical: exclusive C14N of an unsealed stand-alone `lic:license`.
            at: aware instant of signing; claimed in the seal to the second, in UTC.

        Raises:
            LintFailed: the text does not end as a license does.
            Unavailable: the key does not answer.
        """
        claim = self._claim(int(at.timestamp()))
        signed_info = _signed_info(canonical, claim)
        signature = self._key.sign(as_signed(signed_info))
        return spliced(canonical, END_OF_LICENSE, signed_info, signature, claim.rest)

    def draft(self, canonical: bytes, at: datetime) -> bytes:
        """Return what `seal` would, with 64 zero octets for the signature: to lint, not to keep."""
        claim = self._claim(int(at.timestamp()))
        signed_info = _signed_info(canonical, claim)
        return spliced(canonical, END_OF_LICENSE, signed_info, _DUMMY_SIGNATURE, claim.rest)

    def _claim_of(self, second: int) -> _Claim:
        signing_time = datetime.fromtimestamp(second, UTC).strftime(_SIGNING_TIME_FORMAT)
        digest = digest_text(self._certificate)
        signed = properties_as_signed(signing_time, digest)
        return _Claim(
            reference=properties_reference(digest_text(signed)),
            rest=key_info(self._certificate) + properties_as_written(signing_time, digest),
        )


def seal(canonical: bytes, key: SigningKey, at: datetime) -> bytes:
    """Return `canonical` sealed with `key` at `at`; see `Sealer`, which is faster for many."""
    return Sealer(key).seal(canonical, at)


def _signed_info(canonical: bytes, claim: _Claim) -> str:
    """Return the children of SignedInfo."""
    return SEAL_METHODS + document_reference(digest_text(canonical)) + claim.reference


def properties_as_signed(signing_time: str, certificate_digest: str) -> bytes:
    """Return the octets of SignedProperties whose digest is signed."""
    return _signed_properties(
        signing_time, certificate_digest, declare_xades=_DECLARE_XADES, declare_ds=DECLARE_DS
    ).encode()


def properties_as_written(signing_time: str, certificate_digest: str) -> bytes:
    """Return the ds:Object that holds SignedProperties, and nothing else."""
    written = _signed_properties(signing_time, certificate_digest, declare_xades="", declare_ds="")
    return (
        f'<ds:Object><xades:QualifyingProperties{_DECLARE_XADES} Target="">'
        f"{written}</xades:QualifyingProperties></ds:Object>"
    ).encode()


def _signed_properties(
    signing_time: str, certificate_digest: str, *, declare_xades: str, declare_ds: str
) -> str:
    """Return SignedProperties.

    As written, the prefixes are declared further out. As signed, the element is the apex, and
    exclusive C14N declares `ds` at each of the two elements that use it first.
    """
    return (
        f'<xades:SignedProperties{declare_xades} Id="{_ID}"><xades:SignedSignatureProperties>'
        f"<xades:SigningTime>{signing_time}</xades:SigningTime>"
        "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
        f'<ds:DigestMethod{declare_ds} Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue{declare_ds}>{certificate_digest}</ds:DigestValue>"
        "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>"
        f'<xades:DataObjectFormat ObjectReference=""><xades:MimeType>{SEALED_MIME_TYPE}'
        "</xades:MimeType></xades:DataObjectFormat>"
        "</xades:SignedDataObjectProperties></xades:SignedProperties>"
    )


def properties_reference(digest: str) -> str:
    """Return the Reference that covers the signed particulars."""
    return (
        f'<ds:Reference Type="{SIGNED_PROPERTIES}" URI="#{_ID}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform></ds:Transforms>'
        f"{DIGEST_METHOD}<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )
