"""Seal a stand-alone license as the authority: XAdES baseline B-B, last child of `lic:license`.

No XML library on this path: the license comes as canonical text (`schema_ext.license_xml`), the
signed particulars are written canonically here, both are hashed, SignedInfo is signed and the
whole spliced in. The sealed document is therefore its own exclusive C14N.

`Id="signed-properties"` is the only Id, fixed, and never looked up by our verifier. Target and
ObjectReference are the empty reference, "this document": docs/decisions/0005-xades-shape.md.

Source: design.md 5, column SEAL; ETSI EN 319 132-1, 5.2 and 6.
"""

from datetime import UTC, datetime
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
    as_written,
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
_END: Final = b"</lic:license>"
_METHODS: Final = methods(ECDSA_SHA256)
_DUMMY_SIGNATURE: Final = bytes(64)


class _Around(NamedTuple):
    """SignedProperties cut open where the signing time stands."""

    before: str
    after: str

    def at(self, signing_time: str) -> str:
        return f"{self.before}{signing_time}{self.after}"


class Sealer:
    """Seals licenses with one key; what depends on the key alone is prepared once."""

    def __init__(self, key: SigningKey) -> None:
        require_purpose(key, Purpose.SEAL)
        certificate = key.certificate.public_bytes(Encoding.DER)
        digest = digest_text(certificate)
        self._key = key
        self._key_info = key_info(certificate)
        self._as_written = _signed_properties(digest, declare_xades="", declare_ds="")
        self._as_signed = _signed_properties(
            digest, declare_xades=_DECLARE_XADES, declare_ds=DECLARE_DS
        )

    def seal(self, canonical: bytes, at: datetime) -> bytes:
        """Return the sealed license.

        Args:
            canonical: exclusive C14N of an unsealed stand-alone `lic:license`.
            at: aware instant of signing; claimed in the seal to the second, in UTC.

        Raises:
            LintFailed: the text does not end as a license does.
            Unavailable: the key does not answer.
        """
        signing_time = _signing_time(at)
        signed_info = self._signed_info(canonical, signing_time)
        signature = self._key.sign(as_signed(signed_info))
        return self._spliced(canonical, signed_info, signing_time, signature)

    def draft(self, canonical: bytes, at: datetime) -> bytes:
        """Return what `seal` would, with 64 zero octets for the signature: to lint, not to keep."""
        signing_time = _signing_time(at)
        signed_info = self._signed_info(canonical, signing_time)
        return self._spliced(canonical, signed_info, signing_time, _DUMMY_SIGNATURE)

    def _signed_info(self, canonical: bytes, signing_time: str) -> str:
        """Return the children of SignedInfo."""
        properties = self._as_signed.at(signing_time).encode()
        return (
            _METHODS
            + document_reference(digest_text(canonical))
            + _properties_reference(digest_text(properties))
        )

    def _spliced(
        self, canonical: bytes, signed_info: str, signing_time: str, signature: bytes
    ) -> bytes:
        qualifying = (
            f'<ds:Object><xades:QualifyingProperties{_DECLARE_XADES} Target="">'
            f"{self._as_written.at(signing_time)}</xades:QualifyingProperties></ds:Object>"
        )
        return spliced(
            canonical, _END, as_written(signed_info, signature, self._key_info + qualifying)
        )


def seal(canonical: bytes, key: SigningKey, at: datetime) -> bytes:
    """Return `canonical` sealed with `key` at `at`; see `Sealer`, which is faster for many."""
    return Sealer(key).seal(canonical, at)


def _signing_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_SIGNING_TIME_FORMAT)


def _signed_properties(certificate_digest: str, *, declare_xades: str, declare_ds: str) -> _Around:
    """Return SignedProperties around its signing time.

    As written, the prefixes are declared further out. As signed, the element is the apex, and
    exclusive C14N declares `ds` at each of the two elements that use it first.
    """
    before = (
        f'<xades:SignedProperties{declare_xades} Id="{_ID}"><xades:SignedSignatureProperties>'
        "<xades:SigningTime>"
    )
    after = (
        "</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
        f'<ds:DigestMethod{declare_ds} Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue{declare_ds}>{certificate_digest}</ds:DigestValue>"
        "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        "</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>"
        f'<xades:DataObjectFormat ObjectReference=""><xades:MimeType>{SEALED_MIME_TYPE}'
        "</xades:MimeType></xades:DataObjectFormat>"
        "</xades:SignedDataObjectProperties></xades:SignedProperties>"
    )
    return _Around(before, after)


def _properties_reference(digest: str) -> str:
    return (
        f'<ds:Reference Type="{SIGNED_PROPERTIES}" URI="#{_ID}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform></ds:Transforms>'
        f"{DIGEST_METHOD}<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )
