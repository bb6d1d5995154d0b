"""Verify a seal or the signature of an ELMO, and hand out only what was signed.

The steps, for both kinds (docs/errors.md lists the reasons of each by the same numbers):

    1  carrier: base64 and gzip are `schema_ext.exchange`, before this module
    2  caps, no DOCTYPE, no PI, well-formed: `schema_ext.parsing`
    3  shape of the profile, nothing unexpected, comments only between elements
    4  key: chosen by whom we trust; KeyInfo only selects, never grants
    5  digest and signature; then the canonical octets of the document without its signature

Whoever calls reads those octets again and nothing else: not the tree, not the bytes received.
Without trust, everything that needs no trusted key is checked first, so an altered document is
rejected and never merely unknown. Not checked here: schema, content, status, and for a seal the
time of its key (`licenses.model.trust.judge_key` with the status answer).

Source: design.md 5 (Reading), security.md 1.1-1.7.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustSource, judge_key
from licenses.model.values import Instant, Sha256Hex, Value
from schema_ext.namespaces import LIC, elmo, lic
from schema_ext.parsing import parse
from schema_ext.refusal import rejected
from schema_ext.signing.arithmetic import (
    PublicKey,
    document_octets,
    exclusive_c14n,
    is_p256,
    is_weak,
    read_certificate,
    require_digest,
    same_key,
    signature_holds,
    usable_key,
)
from schema_ext.signing.keys import kid_of, stated_purposes
from schema_ext.signing.policy import EXCLUSIVE, OUTER, SEAL, Family, Profile
from schema_ext.signing.seal_shape import SealParticulars, read_particulars
from schema_ext.signing.shape import (
    SignatureParts,
    leaf_text,
    only_signature,
    read_signature,
    refuse_hiding_comments,
)

_LIC_FAMILY = LIC.rpartition("/")[0] + "/"


class VerifiedSeal(Value):
    """A seal that holds under the seal key of the authority it names.

    `octets` are the exclusive C14N of the license without its signature; `document_sha256` is
    of the sealed document as it was given, the digest an authority keeps of its seals;
    `claimed_signing_time` is what the signer said, proven by nobody yet.
    """

    octets: bytes
    key: TrustedKey
    authority: TrustedAuthority
    claimed_signing_time: Instant
    document_sha256: Sha256Hex


class VerifiedElmo(Value):
    """An ELMO whose signature holds under the key of the provider that was expected.

    `octets` are the C14N of the document without its signature, as the signature's own
    transforms say; `signed_sha256` is their digest, by which duplicates are found.
    """

    octets: bytes
    signed_sha256: Sha256Hex
    key: TrustedKey


def verify_seal(document: bytes, trust: TrustSource | None) -> VerifiedSeal:
    """Return what a sealed license says and whose key sealed it.

    Args:
        document: a stand-alone sealed `lic:license`, as it was kept or carried.
        trust: who speaks for which authority; None where nothing is configured.

    Raises:
        MalformedDocument: step 2.
        DocumentRejected: steps 3 to 5, with the reason.
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
    issuer_id = _issuer_id(root)
    # 4
    found = _seal_key(trust, issuer_id, kid_of(parts.certificates[0]))
    # 5
    public_key = _shown_key(parts) if isinstance(found, Reason) else _sealing_key(found[1])
    octets = _sealed_octets(parts, particulars, public_key)
    if isinstance(found, Reason):
        raise rejected(found)
    if _issuer_id(parse(octets)) != issuer_id:
        raise rejected(Reason.CONTENT_UNREADABLE)
    authority, key = found
    return VerifiedSeal(
        octets=octets,
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
    parts = _outer_parts(document)
    # 4
    candidates = _shown_keys(parts) if key is None else (_provider_key(parts, key),)
    # 5: the signature first, because the digest takes it out of the tree; the digest is the
    # plainer reason, so it is reported first.
    holds = not candidates or any(signature_holds(parts, one) for one in candidates)
    octets = _covered_octets(parts)
    if not holds:
        raise rejected(Reason.SIGNATURE_INVALID)
    if key is None:
        raise rejected(Reason.NO_TRUST)
    _require_fit(key, now)
    return VerifiedElmo(octets=octets, signed_sha256=sha256(octets).hexdigest(), key=key)


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
    parts = _outer_parts(document)
    # 4, 5: only the key that signed is judged; the window of any other says nothing here.
    known = _possible_keys(parts, keys)
    signer = next((key for key, public in known if signature_holds(parts, public)), None)
    shown = () if signer else _shown_keys(parts)
    holds = not shown or any(signature_holds(parts, one) for one in shown)
    octets = _covered_octets(parts)
    if not holds:
        raise rejected(Reason.SIGNATURE_INVALID)
    if signer is None:
        raise rejected(Reason.UNKNOWN_ISSUER)
    _require_fit(signer, now)
    return VerifiedElmo(octets=octets, signed_sha256=sha256(octets).hexdigest(), key=signer)


def _outer_parts(document: bytes) -> SignatureParts:
    # 2
    root = parse(document)
    # 3
    if root.tag != elmo("elmo"):
        raise rejected(Reason.UNKNOWN_DOCUMENT)
    parts = _read_shape(root, OUTER)
    if parts.objects:
        raise rejected(Reason.SIGNATURE_OBJECT)
    if len(parts.references) != 1:
        raise rejected(Reason.SIGNATURE_REFERENCES)
    _require_document_reference(parts, OUTER)
    return parts


def _covered_octets(parts: SignatureParts) -> bytes:
    octets = document_octets(parts.element, parts.references[0])
    require_digest(octets, parts.references[0])
    return octets


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


def _issuer_id(root: etree._Element) -> str:
    """Return the text of lic:license/lic:issuer/lic:id, of which there is exactly one."""
    found = [
        identifier
        for issuer in root.iterchildren(lic("issuer"))
        for identifier in issuer.iterchildren(lic("id"))
    ]
    if len(found) != 1:
        raise rejected(Reason.CONTENT_UNREADABLE)
    return leaf_text(found[0], Reason.CONTENT_UNREADABLE)


def _seal_key(
    trust: TrustSource | None, issuer_id: str, kid: str
) -> tuple[TrustedAuthority, TrustedKey] | Reason:
    """Return the authority and its seal key, or why we know neither.

    Raises:
        DocumentRejected: unknown-key, key-purpose: the authority is known and this is not its
            seal key, which no other trust file could mend.
    """
    if trust is None:
        return Reason.NO_TRUST
    authority = trust.authority(issuer_id)
    if authority is None:
        return Reason.UNKNOWN_ISSUER
    key = trust.key_for(issuer_id, Purpose.SEAL, kid)
    if key is not None:
        return authority, key
    if any(other.kid == kid for other in authority.keys):
        raise rejected(Reason.KEY_PURPOSE)
    raise rejected(Reason.UNKNOWN_KEY)


def _sealing_key(key: TrustedKey) -> PublicKey:
    return _p256(_trusted_public_key(key, Purpose.SEAL))


def _p256(public_key: PublicKey) -> PublicKey:
    if not is_p256(public_key):
        raise rejected(Reason.SIGNATURE_ALGORITHM)
    return public_key


def _provider_key(parts: SignatureParts, key: TrustedKey) -> PublicKey:
    """Return the public key of the expected provider, strong, meant for it, and not another's."""
    public_key = _trusted_public_key(key, Purpose.NCP)
    if not _may_be_shown(parts, key, public_key):
        raise rejected(Reason.WRONG_NCP_KEY)
    return public_key


def _possible_keys(
    parts: SignatureParts, keys: Sequence[TrustedKey]
) -> Iterator[tuple[TrustedKey, PublicKey]]:
    """Yield the keys, strong and meant for it, that the document does not name another than."""
    for key in keys:
        try:
            public_key = _trusted_public_key(key, Purpose.NCP)
        except DocumentRejected:
            continue
        if _may_be_shown(parts, key, public_key):
            yield key, public_key


def _may_be_shown(parts: SignatureParts, key: TrustedKey, public_key: PublicKey) -> bool:
    """Say whether the document shows this key or none; KeyInfo only selects."""
    shown_kids = {kid_of(certificate) for certificate in parts.certificates}
    if not shown_kids or key.kid in shown_kids:
        return True
    # A provider may renew its certificate around the same key.
    others = (usable_key(certificate) for certificate in parts.certificates)
    return any(other is not None and same_key(other, public_key) for other in others)


def _require_fit(key: TrustedKey, now: datetime) -> None:
    """Refuse a provider's key that may not sign now.

    Only the document itself says when it was signed. So a key that has expired since leaves that
    open, and is no proof of anything wrong (design.md 5, Time).
    """
    fault = judge_key(key, now, proven=False, now=now)
    if fault is Reason.KEY_NOT_VALID_THEN and now > key.valid_until:
        raise rejected(Reason.SIGNING_TIME_UNPROVEN)
    if fault is not None:
        raise rejected(fault)


def _trusted_public_key(key: TrustedKey, purpose: Purpose) -> PublicKey:
    """Return the key of the published certificate, if that is for `purpose` and strong enough."""
    certificate = read_certificate(key.certificate)
    stated = stated_purposes(certificate) if certificate is not None else frozenset()
    if key.purpose is not purpose or (stated and stated != {purpose.value}):
        raise rejected(Reason.KEY_PURPOSE)
    public_key = usable_key(key.certificate)
    if public_key is None or is_weak(public_key):
        raise rejected(Reason.KEY_TOO_WEAK)
    return public_key


def _shown_keys(parts: SignatureParts) -> tuple[PublicKey, ...]:
    """Return the keys a document shows for itself: good enough to refuse by, never to accept."""
    keys = (usable_key(certificate) for certificate in parts.certificates)
    usable = tuple(key for key in keys if key is not None)
    # Without a key to compare the signature with first, each costs the C14N of the document.
    is_dear = parts.canonicalization != EXCLUSIVE and parts.method.family is Family.ECDSA
    return usable[:1] if is_dear else usable


def _shown_key(parts: SignatureParts) -> PublicKey:
    keys = _shown_keys(parts)
    if not keys:
        raise rejected(Reason.SIGNATURE_SHAPE)
    return _p256(keys[0])


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
