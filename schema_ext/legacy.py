"""Documents of legacy partners: whose record one falls under, and its root in our namespace.

A record is found by the certificate a document shows, which selects and never grants: the
signature must then hold under that very key (`signing.verifier.verify_legacy`). Which records are
in force, and which one a chosen provider may use, is decided by the caller.

Some partners write ELMO in a namespace of their own: before 1.0 it was another one, and one
country put the version into it. Such a document is read as ELMO once its signature was verified;
licenses and seals in it are not touched. Source: design.md 5 (Legacy partner); wire.md 4.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from licenses.model.trust import LegacyPartner
from schema_ext.namespaces import ELMO, LIC, ds
from schema_ext.parsing import parse
from schema_ext.refusal import rejected
from schema_ext.signing.keys import kid_of
from schema_ext.signing.policy import MAX_CERTIFICATES
from schema_ext.signing.shape import base64_octets

MENDABLE = frozenset(
    {
        Reason.UNKNOWN_DOCUMENT,
        Reason.SIGNATURE_ALGORITHM,
        Reason.NO_TRUST,
        Reason.UNKNOWN_ISSUER,
        Reason.WRONG_NCP_KEY,
        Reason.KEY_TOO_WEAK,
        Reason.SIGNING_TIME_UNPROVEN,
    }
)
"""Why a document is refused that a record may yet let through: by its root, method, key, time."""
_OURS = "{" + LIC.rpartition("/")[0] + "/"


def record_for(document: bytes, records: Sequence[LegacyPartner]) -> LegacyPartner | None:
    """Return the record of the partner whose certificate `document` shows, or None.

    Args:
        document: as it was received; it is parsed and nothing else of it is believed.
        records: those that may be used, each of another certificate.

    Raises:
        MalformedDocument: not a document the parser takes.
    """
    if not records:
        return None
    shown = set(_shown_kids(parse(document)))
    return next((one for one in records if one.key.kid in shown), None)


def _shown_kids(root: etree._Element) -> Iterator[str]:
    for certificate in islice(root.iter(ds("X509Certificate")), MAX_CERTIFICATES):
        try:
            yield kid_of(base64_octets(certificate, Reason.SIGNATURE_SHAPE))
        except DocumentRejected:
            continue


def as_elmo(octets: bytes) -> bytes:
    """Return the octets of a verified document with its elements in the namespace of ELMO 1.x.

    What is in that namespace already comes back as it is.

    Raises:
        DocumentRejected: content-unreadable, where elements of both namespaces stand side by
            side and a reader could take either.
    """
    root = parse(octets)
    own = etree.QName(root).namespace
    if own == ELMO:
        return octets
    for element in list(_outside_licenses(root)):
        name = etree.QName(element)
        if name.namespace == ELMO:
            raise rejected(Reason.CONTENT_UNREADABLE)
        if name.namespace == own:
            element.tag = f"{{{ELMO}}}{name.localname}"
    return etree.tostring(root, method="c14n", exclusive=True, with_comments=False)


def _outside_licenses(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that stand inside no element of the license extension."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and not element.tag.startswith(_OURS):
            yield element
            waiting.extend(element)
