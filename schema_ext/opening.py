"""Open what was received: from bytes to a verified ELMO and to the findings about its seals.

Everything here raises `DocumentRejected` with one reason and hands out only what was read from
signed octets. Turning findings into lines of a verdict is `schema_ext.documents`.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.license import SealContent
from licenses.model.reasons import Reason
from licenses.model.trust import LegacyPartner, TrustedNcp, TrustSource
from licenses.model.verdict import SealFinding
from schema_ext.elmo_content import ReadLicense
from schema_ext.exchange.elmo_parameter import decode_elmo
from schema_ext.license_reader import sealed_content, valid_content
from schema_ext.license_xml import without_sealed
from schema_ext.namespaces import ELMO, LIC
from schema_ext.parsing import parse
from schema_ext.refusal import rejected
from schema_ext.signing.verified import ClearCopy, VerifiedElmo, VerifiedSeal
from schema_ext.signing.verifier import (
    verify_legacy,
    verify_outer,
    verify_outer_of_any,
    verify_seal,
)

# Why a document is refused that a record may yet let through: by its root, method, key or time.
_MENDABLE = frozenset(
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
# The first three letters hold the two octets that every gzip file starts with.
_GZIP_IN_BASE64 = (b"H4s", b"H4t", b"H4u", b"H4v")
DocumentKind = Literal["sealed-license", "elmo", "response"]


class Unpacked(NamedTuple):
    """A document out of its wrapping, and what it was."""

    kind: DocumentKind
    document: bytes


def unpack(
    carried: bytes, *, posted: bool, namespaces: Collection[str] = frozenset({ELMO})
) -> Unpacked:
    """Return the XML document in what was received.

    Args:
        carried: an `elmo` parameter (base64 of gzip), an ELMO document or a sealed license.
        posted: True where it came as the `elmo` field of an exchange, which is always packed.
        namespaces: those the root of an ELMO document may be in.

    Raises:
        DocumentRejected: steps 1 and 2, or neither of the documents we know.
    """
    if carried.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if posted:
            raise rejected(Reason.NOT_GZIP)
        return Unpacked(_kind_of(carried, namespaces), carried)
    try:
        return Unpacked("response", decode_elmo(carried.decode("ascii").strip()))
    except UnicodeDecodeError:
        raise rejected(Reason.NOT_BASE64 if posted else Reason.UNKNOWN_DOCUMENT) from None
    except DocumentRejected as refusal:
        if posted or _was_packed(carried, refusal):
            raise
        # Somebody chose a photo or a letter; nothing was damaged on its way.
        raise rejected(Reason.UNKNOWN_DOCUMENT) from None


def _was_packed(carried: bytes, refusal: DocumentRejected) -> bool:
    """Say whether what could not be unpacked was a package, or XML that should have been one."""
    if refusal.reason == Reason.GZIP_CORRUPT:
        return carried.strip().startswith(_GZIP_IN_BASE64)
    return refusal.reason != Reason.NOT_BASE64


def _kind_of(document: bytes, namespaces: Collection[str]) -> DocumentKind:
    tag = parse(document).tag
    if tag in {f"{{{namespace}}}elmo" for namespace in namespaces}:
        return "elmo"
    if isinstance(tag, str) and tag.startswith("{" + LIC.rpartition("/")[0]):
        return "sealed-license"
    raise rejected(Reason.UNKNOWN_DOCUMENT)


def open_elmo(
    document: bytes,
    ncps: Sequence[TrustedNcp] | None,
    *,
    now: datetime,
    legacy: Sequence[LegacyPartner] = (),
) -> VerifiedElmo:
    """Return the ELMO that one of `ncps` signed, or a legacy partner.

    Args:
        document: as it was received.
        ncps: the one provider that was chosen, or all that are known where none was; None
            where no registry is configured.
        now: the verifier's clock.
        legacy: records in force; of the chosen provider alone where one was chosen. They are
            looked at only where the document is refused for what a record can tolerate.
    """
    try:
        return _open_by_today(document, ncps, now)
    except DocumentRejected as refusal:
        if not legacy or refusal.reason not in _MENDABLE:
            raise
        verified = verify_legacy(document, legacy, [ncp.key for ncp in ncps or ()])
        if verified is None:
            raise
        return verified


def _open_by_today(
    document: bytes, ncps: Sequence[TrustedNcp] | None, now: datetime
) -> VerifiedElmo:
    if ncps is None:
        return verify_outer(document, None, now=now)
    if len(ncps) == 1:
        return verify_outer(document, ncps[0].key, now=now)
    return verify_outer_of_any(document, [ncp.key for ncp in ncps], now=now)


def open_sealed(sealed: bytes, trust: TrustSource | None) -> SealFinding:
    """Return what a stand-alone sealed license says, and whose key sealed it."""
    return _finding(verify_seal(sealed, trust))


def open_carried(carried: ReadLicense, trust: TrustSource | None) -> SealFinding:
    """Return what the seal inside an ELMO says; its clear copy must say the same.

    The copy is compared with the sealed octets, so that nothing unsealed is ever shown; where
    they are the same, parsing and checking them again would tell nothing new.
    """
    told = without_sealed(carried.clear_octets)
    copy = None if told is None or carried.clear is None else ClearCopy(told, carried.clear)
    verified = verify_seal(carried.sealed, trust, copy)
    if told != verified.octets:
        raise rejected(Reason.CLEAR_COPY_DIFFERS)
    is_valid = verified.root is carried.clear
    return _finding(verified, valid_content if is_valid else sealed_content)


def _finding(
    verified: VerifiedSeal, content_of: Callable[[etree._Element], SealContent] = sealed_content
) -> SealFinding:
    return SealFinding(
        content=content_of(verified.root),
        seal_sha256=verified.document_sha256,
        claimed_signing_time=verified.claimed_signing_time,
        key=verified.key,
        authority=verified.authority,
    )
