"""Read the signed particulars of a seal: one ds:Object, one QualifyingProperties, fixed shape.

Ids are read where they must stand and nowhere looked up: the particulars are the element at
their one place, the second Reference must name its Id, and no other Id may stand in the whole
document, so that every verifier that does look Ids up finds the same element.

Source: design.md 5, column SEAL; docs/decisions/0005-xades-shape.md; security.md A10.
"""

import re
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from licenses.model.reasons import Reason
from schema_ext.namespaces import ds, xades
from schema_ext.refusal import rejected
from schema_ext.signing.policy import EXCLUSIVE, SHA256, SIGNED_PROPERTIES
from schema_ext.signing.seal_writer import SEALED_MIME_TYPE
from schema_ext.signing.shape import (
    NO_ATTRIBUTES,
    Reference,
    SignatureParts,
    attributes,
    base64_octets,
    leaf_text,
    only_children,
    require_attributes,
)

_BAD: Final = Reason.SIGNED_PROPERTIES_SHAPE
_NCNAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,99}")
_QUALIFYING: Final = (xades("QualifyingProperties"),)
_PROPERTIES: Final = (xades("SignedProperties"),)
_PARTS: Final = (xades("SignedSignatureProperties"), xades("SignedDataObjectProperties"))
_ABOUT_SIGNATURE: Final = (xades("SigningTime"), xades("SigningCertificateV2"))
_CERTIFICATE: Final = (xades("Cert"),)
_CERTIFICATE_DIGEST: Final = (xades("CertDigest"),)
_DIGEST: Final = (ds("DigestMethod"), ds("DigestValue"))
_FORM: Final = (xades("DataObjectFormat"),)
_MIME_TYPE: Final = (xades("MimeType"),)
_SIGNING_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class SealParticulars(NamedTuple):
    """What a seal says of itself; true only once the signature holds."""

    element: etree._Element
    reference: Reference
    signing_time: datetime
    certificate_digest: bytes


def read_particulars(root: etree._Element, parts: SignatureParts) -> SealParticulars:
    """Return the signed particulars of the seal `parts`, which stands in `root`.

    Raises:
        DocumentRejected: signature-object, signature-references, signature-reference-target,
            signature-transforms, signed-properties-shape.
    """
    element = _signed_properties(parts)
    if len(parts.references) != 2:
        raise rejected(Reason.SIGNATURE_REFERENCES)
    reference = parts.references[1]
    identifier = element.get("Id", "")
    _require_no_other_id(root)
    if not _NCNAME.fullmatch(identifier):
        raise rejected(_BAD)
    if reference.uri != f"#{identifier}" or reference.type != SIGNED_PROPERTIES:
        raise rejected(Reason.SIGNATURE_REFERENCE_TARGET)
    if reference.transforms != (EXCLUSIVE,):
        raise rejected(Reason.SIGNATURE_TRANSFORMS)
    signature_part, document_part = only_children(element, _PARTS, _BAD)
    _require_bare(signature_part, document_part)
    signing_time, certificate_digest = _about_signature(signature_part)
    _check_about_document(document_part)
    return SealParticulars(element, reference, signing_time, certificate_digest)


def _signed_properties(parts: SignatureParts) -> etree._Element:
    if len(parts.objects) != 1:
        raise rejected(Reason.SIGNATURE_OBJECT)
    (only_object,) = parts.objects
    require_attributes(only_object, NO_ATTRIBUTES, Reason.SIGNATURE_OBJECT)
    (qualifying,) = only_children(only_object, _QUALIFYING, Reason.SIGNATURE_OBJECT)
    if attributes(qualifying) != {"Target": ""}:
        raise rejected(_BAD)
    (properties,) = only_children(qualifying, _PROPERTIES, _BAD)
    if list(attributes(properties)) != ["Id"]:
        raise rejected(_BAD)
    return properties


def _require_no_other_id(root: etree._Element) -> None:
    """Refuse any attribute named Id, in any case and namespace, but that of the particulars."""
    if count_of_ids(root) != 1:
        raise rejected(_BAD)


def count_of_ids(root: etree._Element) -> int:
    """Return how many attributes at and below `root` are named Id, in any case and namespace."""
    return int(_ids()(root))  # type: ignore[arg-type]  # an XPath that counts gives a number


@cache
def _ids() -> etree.XPath:
    """Count them within libxml2: asking each element from here takes as long as the signature."""
    return etree.XPath("count(.//@*[translate(local-name(), 'ID', 'id') = 'id'])")


def _about_signature(properties: etree._Element) -> tuple[datetime, bytes]:
    """Return the claimed signing time and the digest of the certificate."""
    time, certificates = only_children(properties, _ABOUT_SIGNATURE, _BAD)
    (certificate,) = only_children(certificates, _CERTIFICATE, _BAD)
    (digest,) = only_children(certificate, _CERTIFICATE_DIGEST, _BAD)
    method, value = only_children(digest, _DIGEST, _BAD)
    _require_bare(time, certificates, certificate, digest, value)
    if leaf_text(method, _BAD) or attributes(method) != {"Algorithm": SHA256}:
        raise rejected(_BAD)
    return _read_time(leaf_text(time, _BAD)), base64_octets(value, _BAD)


def _check_about_document(properties: etree._Element) -> None:
    (form,) = only_children(properties, _FORM, _BAD)
    (mime_type,) = only_children(form, _MIME_TYPE, _BAD)
    _require_bare(mime_type)
    if attributes(form) != {"ObjectReference": ""}:
        raise rejected(_BAD)
    if leaf_text(mime_type, _BAD) != SEALED_MIME_TYPE:
        raise rejected(_BAD)


def _require_bare(*elements: etree._Element) -> None:
    for element in elements:
        require_attributes(element, NO_ATTRIBUTES, _BAD)


def _read_time(text: str) -> datetime:
    if not _SIGNING_TIME.fullmatch(text):
        raise rejected(_BAD)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise rejected(_BAD) from None
