"""Verify a seal or the signature of an ELMO, and hand out only what was signed.

The steps, for both kinds (docs/errors.md lists the reasons of each by the same numbers):

    1  carrier: base64 and gzip are `schema_ext.exchange`, before this module
    2  caps, no DOCTYPE, no PI, well-formed: `schema_ext.parsing`
    3  shape of the profile, nothing unexpected, comments only between elements
    4  key: chosen by whom we trust (`key_choice`); KeyInfo only selects, never grants
    5  digest and signature; then the octets of the document without its signature: their C14N,
       or as they stand where they have the signed digest themselves (docs/decisions/0015)

Whoever calls reads those octets, or the tree that parsing them gave, and nothing else: not the
tree of the document, not the bytes received.
Without trust, everything that needs no trusted key is checked first, so an altered document is
rejected and never merely unknown. Not checked here: schema, content, status, and for a seal the
time of its key (`licenses.model.trust.judge_key` with the status answer).

What stands in our own form of a signature is known `at_a_glance`; all else goes the long way here.
A legacy partner's document takes the same steps by a profile of its own record (`verify_legacy`).
No seal does.

Source: design.md 5 (Reading), security.md 1.1-1.7.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from lxml import etree

from licenses.model.reasons import Reason
from licenses.model.trust import LegacyPartner, TrustedKey, TrustSource
from schema_ext.namespaces import ELMO, LIC, lic
from schema_ext.parsing import parse, parse_canonical
from schema_ext.refusal import rejected
from schema_ext.signing.arithmetic import (
    PublicKey,
    document_octets,
    exclusive_c14n,
    require_digest,
    signature_holds,
)
from schema_ext.signing.at_a_glance import known_elmo, known_seal
from schema_ext.signing.key_choice import (
    possible_keys,
    provider_key,
    record_for,
    require_fit,
    require_not_lost,
    seal_key,
    sealing_key,
    shown_keys,
    shown_sealing_key,
)
from schema_ext.signing.keys import kid_of
from schema_ext.signing.policy import OUTER, SEAL, Profile, legacy_profile
from schema_ext.signing.seal_shape import SealParticulars, read_particulars
from schema_ext.signing.shape import (
    SignatureParts,
    only_signature,
    read_signature,
    refuse_hiding_comments,
)
from schema_ext.signing.verified import ClearCopy, VerifiedElmo, VerifiedSeal, issuer_id_of

_LIC_FAMILY = LIC.rpartition("/")[0] + "/"


def verify_seal(
    document: bytes, trust: TrustSource | None, copy: ClearCopy | None = None
) -> VerifiedSeal:
    """Return what a sealed license says and whose key sealed it.

    Args:
        document: a stand-alone sealed `lic:license`, as it was kept or carried.
        trust: who speaks for which authority; None where nothing is configured.
        copy: the clear license it came with, if that can be read in its place.

    Raises:
        MalformedDocument: step 2.
        DocumentRejected: steps 3 to 5, with the reason.
    """
    known = None if trust is None else known_seal(document, trust, copy)
    return verify_seal_in_full(document, trust) if known is None else known


def verify_seal_in_full(document: bytes, trust: TrustSource | None) -> VerifiedSeal:
    """Return what `verify_seal` does, by reading the signature element by element.

    For what was sealed here a moment ago: the short way takes octets with the signed digest for
    C14N, which is the very thing to be checked of one's own writer.

    Raises:
        MalformedDocument, DocumentRejected: as `verify_seal`.
    """
    # 2
    root = parse(document)
    # 3
    _require_license_root(root)
    parts = _read_shape(root, SEAL)
    particulars = read_particulars(root, parts)
    _require_document_reference(parts, SEAL)
    if len(parts.certificates) != 1:
        raise rejected(Reason.SIGNATURE_SHAPE)
    issuer_id = issuer_id_of(root)
    # 4
    found = seal_key(trust, issuer_id, kid_of(parts.certificates[0]))
    # 5
    public_key = shown_sealing_key(parts) if isinstance(found, Reason) else sealing_key(found[1])
    octets = _sealed_octets(parts, particulars, public_key)
    if isinstance(found, Reason):
        raise rejected(found)
    signed = parse_canonical(octets)
    if issuer_id_of(signed) != issuer_id:
        raise rejected(Reason.CONTENT_UNREADABLE)
    authority, key = found
    return VerifiedSeal(
        octets=octets,
        root=signed,
        key=key,
        authority=authority,
        claimed_signing_time=particulars.signing_time,
        document_sha256=sha256(document).hexdigest(),
    )


def verify_outer(document: bytes, key: TrustedKey | None, *, now: datetime) -> VerifiedElmo:
    """Return what a provider signed.

    Args:
        document: a signed ELMO, as it was received.
        key: the key of the provider that was chosen, from the registry and never from the
            document; None where no registry is configured.
        now: the verifier's clock. An ELMO is fresh, so its key must be valid now; where it has
            expired since, when it signed is open (`signing-time-unproven`).

    Raises:
        MalformedDocument: step 2.
        DocumentRejected: steps 3 to 5, with the reason.
    """
    known = None if key is None else known_elmo(document, (key,), now)
    return verify_outer_in_full(document, key, now=now) if known is None else known


def verify_outer_in_full(document: bytes, key: TrustedKey | None, *, now: datetime) -> VerifiedElmo:
    """Return what `verify_outer` does, by reading the signature element by element.

    For what was signed here a moment ago, as `verify_seal_in_full`.

    Raises:
        MalformedDocument, DocumentRejected: as `verify_outer`.
    """
    parts = _outer_parts(document)
    # 4
    candidates = shown_keys(parts) if key is None else (provider_key(parts, key),)
    # 5: the signature first, because the digest takes it out of the tree; the digest is the
    # plainer reason, so it is reported first.
    holds = not candidates or any(signature_holds(parts, one) for one in candidates)
    octets = _covered_octets(parts)
    if not holds:
        raise rejected(Reason.SIGNATURE_INVALID)
    if key is None:
        raise rejected(Reason.NO_TRUST)
    require_fit(key, now)
    return _verified(octets, parts, key)


def verify_outer_of_any(
    document: bytes, keys: Sequence[TrustedKey], *, now: datetime
) -> VerifiedElmo:
    """Return what one of several providers signed; the document is read and hashed once for all.

    Args:
        document: a signed ELMO, as it was received.
        keys: the keys of all providers the registry knows.
        now: as for `verify_outer`.

    Raises:
        MalformedDocument: step 2.
        DocumentRejected: steps 3 to 5; `unknown-issuer` where none of them signed it and
            nothing speaks against whoever did.
    """
    known = known_elmo(document, keys, now)
    if known is not None:
        return known
    parts = _outer_parts(document)
    # 4, 5: only the key that signed is judged; the window of any other says nothing here.
    possible = possible_keys(parts, keys)
    signer = next((key for key, public in possible if signature_holds(parts, public)), None)
    shown = () if signer else shown_keys(parts)
    holds = not shown or any(signature_holds(parts, one) for one in shown)
    octets = _covered_octets(parts)
    if not holds:
        raise rejected(Reason.SIGNATURE_INVALID)
    if signer is None:
        raise rejected(Reason.UNKNOWN_ISSUER)
    require_fit(signer, now)
    return _verified(octets, parts, signer)


def verify_legacy(
    document: bytes, records: Sequence[LegacyPartner], listed: Sequence[TrustedKey]
) -> VerifiedElmo | None:
    """Return what a legacy partner signed, by what its record tolerates and nothing beyond.

    Args:
        document: a signed ELMO, as it was received.
        records: those in force that may be used; the certificate shown selects one.
        listed: the keys of the registry; where the partner's is among them, that one counts.

    Returns:
        None where the document shows the certificate of no record.

    Raises:
        MalformedDocument: step 2.
        DocumentRejected: steps 3 to 5, with the reason. The key is judged at the moment that
            the record names.
    """
    # 2
    root = parse(document)
    record = record_for(root, records)
    if record is None:
        return None
    # 3
    parts = _shape_of_outer(root, legacy_profile(record), record.namespaces)
    # 4
    key = next((key for key in listed if key.kid == record.key.kid), record.key)
    public_key = provider_key(parts, key, record.least_rsa_bits)
    # 5
    holds = signature_holds(parts, public_key)
    octets = _covered_octets(parts)
    if not holds:
        raise rejected(Reason.SIGNATURE_INVALID)
    require_not_lost(public_key, listed)
    require_fit(key, record.judged_at)
    return _verified(octets, parts, key)._replace(legacy=record)


def _outer_parts(document: bytes) -> SignatureParts:
    # 2, 3
    return _shape_of_outer(parse(document), OUTER, (ELMO,))


def _shape_of_outer(
    root: etree._Element, profile: Profile, namespaces: Sequence[str]
) -> SignatureParts:
    if root.tag not in {f"{{{namespace}}}elmo" for namespace in namespaces}:
        raise rejected(Reason.UNKNOWN_DOCUMENT)
    parts = _read_shape(root, profile)
    if parts.objects:
        raise rejected(Reason.SIGNATURE_OBJECT)
    if len(parts.references) != 1:
        raise rejected(Reason.SIGNATURE_REFERENCES)
    _require_document_reference(parts, profile)
    return parts


def _covered_octets(parts: SignatureParts) -> bytes:
    octets = document_octets(parts.element, parts.references[0])
    require_digest(octets, parts.references[0])
    return octets


def _verified(octets: bytes, parts: SignatureParts, key: TrustedKey) -> VerifiedElmo:
    reference = parts.references[0]
    # As a rule the digest wanted was just compared.
    is_known = reference.digest_name == "sha256"
    digest = reference.digest if is_known else sha256(octets).digest()
    return VerifiedElmo(octets, parse_canonical(octets), digest.hex(), key)


def _read_shape(root: etree._Element, profile: Profile) -> SignatureParts:
    refuse_hiding_comments(root)
    return read_signature(only_signature(root), profile)


def _require_document_reference(parts: SignatureParts, profile: Profile) -> None:
    """The first Reference covers the whole document and no less."""
    if parts.references[0].uri or parts.references[0].type is not None:
        raise rejected(Reason.SIGNATURE_REFERENCE_TARGET)
    if parts.references[0].transforms not in profile.transforms:
        raise rejected(Reason.SIGNATURE_TRANSFORMS)


def _require_license_root(root: etree._Element) -> None:
    if root.tag == lic("license"):
        return
    if root.tag.startswith("{" + _LIC_FAMILY):
        raise rejected(Reason.UNKNOWN_EXTENSION_VERSION)
    raise rejected(Reason.UNKNOWN_DOCUMENT)


def _sealed_octets(
    parts: SignatureParts, particulars: SealParticulars, public_key: PublicKey
) -> bytes:
    """Return the octets of the license if both digests and the signature hold for the key."""
    holds = signature_holds(parts, public_key)
    require_digest(exclusive_c14n(particulars.element), particulars.reference)
    octets = document_octets(parts.element, parts.references[0])
    require_digest(octets, parts.references[0])
    # The certificate is not in KeyInfo's keeping: its digest is among what was signed.
    named = sha256(parts.certificates[0]).digest() == particulars.certificate_digest
    if not (holds and named):
        raise rejected(Reason.SIGNATURE_INVALID)
    return octets
