"""Step 4 of the verifier: which key a signature must be made with, and whether it may be used.

Keys come from whom we trust; what a document shows only selects among them. A key a document
shows for itself serves to refuse by, never to accept: so an altered document of a stranger is
rejected and never merely unknown.

Source: design.md 5 (Reading, Time); security.md 1.7, A11, A19.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice

from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from licenses.model.trust import (
    LegacyPartner,
    Purpose,
    TrustedAuthority,
    TrustedKey,
    TrustSource,
    judge_key,
)
from schema_ext.namespaces import ds
from schema_ext.refusal import rejected
from schema_ext.signing.arithmetic import (
    PublicKey,
    could_hold,
    is_p256,
    is_weak,
    read_certificate,
    same_key,
    usable_key,
)
from schema_ext.signing.keys import kid_of, stated_purposes
from schema_ext.signing.policy import EXCLUSIVE, LEAST_RSA_BITS, MAX_CERTIFICATES, Family
from schema_ext.signing.shape import SignatureParts, base64_octets


def seal_key(
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


def sealing_key(key: TrustedKey) -> PublicKey:
    """Return the public key of a seal key that the trust source published."""
    return _p256(published_key(key, Purpose.SEAL))


def _p256(public_key: PublicKey) -> PublicKey:
    if not is_p256(public_key):
        raise rejected(Reason.SIGNATURE_ALGORITHM)
    return public_key


def provider_key(
    parts: SignatureParts, key: TrustedKey, least_rsa_bits: int = LEAST_RSA_BITS
) -> PublicKey:
    """Return the public key of the expected provider, strong, meant for it, and not another's."""
    public_key = published_key(key, Purpose.NCP, least_rsa_bits)
    if not _may_be_shown(parts, key, public_key):
        raise rejected(Reason.WRONG_NCP_KEY)
    return public_key


def possible_keys(
    parts: SignatureParts, keys: Sequence[TrustedKey]
) -> Iterator[tuple[TrustedKey, PublicKey]]:
    """Yield the keys, strong and meant for it, that the document does not name another than.

    Where each try costs the C14N of the document, the first certificate shown must name the key:
    nobody may ask for as many tries as there are providers.
    """
    first = {kid_of(certificate) for certificate in parts.certificates[:1]}
    for key in keys:
        if _each_try_is_dear(parts) and key.kid not in first:
            continue
        try:
            public_key = published_key(key, Purpose.NCP)
        except DocumentRejected:
            continue
        if _may_be_shown(parts, key, public_key):
            yield key, public_key


def _each_try_is_dear(parts: SignatureParts) -> bool:
    """Say whether nothing tells a wrong key before the whole document was hashed for it."""
    return parts.canonicalization != EXCLUSIVE and parts.method.family is Family.ECDSA


def _may_be_shown(parts: SignatureParts, key: TrustedKey, public_key: PublicKey) -> bool:
    """Say whether the document shows this key or none; KeyInfo only selects."""
    shown_kids = {kid_of(certificate) for certificate in parts.certificates}
    if not shown_kids or key.kid in shown_kids:
        return True
    # A provider may renew its certificate around the same key.
    others = (usable_key(certificate) for certificate in parts.certificates)
    return any(other is not None and same_key(other, public_key) for other in others)


def record_for(root: etree._Element, records: Sequence[LegacyPartner]) -> LegacyPartner | None:
    """Return the record of the partner whose certificate a document shows, or None.

    Showing it grants nothing: the signature must then hold under that very key.
    """
    shown = set(_shown_kids(root)) if records else ()
    return next((record for record in records if record.key.kid in shown), None)


def _shown_kids(root: etree._Element) -> Iterator[str]:
    for certificate in islice(root.iter(ds("X509Certificate")), MAX_CERTIFICATES):
        try:
            yield kid_of(base64_octets(certificate, Reason.SIGNATURE_SHAPE))
        except DocumentRejected:
            continue


def require_fit(key: TrustedKey, now: datetime) -> None:
    """Refuse a provider's key that may not sign now.

    Only the document itself says when it was signed. So a key that has expired since leaves that
    open, and is no proof of anything wrong (design.md 5, Time).
    """
    fault = judge_key(key, now, proven=False, now=now)
    if fault is Reason.KEY_NOT_VALID_THEN and now > key.valid_until:
        raise rejected(Reason.SIGNING_TIME_UNPROVEN)
    if fault is not None:
        raise rejected(fault)


def require_not_lost(public_key: PublicKey, listed: Sequence[TrustedKey]) -> None:
    """Refuse a key the registry says is compromised, under whichever certificate it says so."""
    lost = (usable_key(key.certificate) for key in listed if key.compromised_at is not None)
    if any(one is not None and same_key(one, public_key) for one in lost):
        raise rejected(Reason.KEY_COMPROMISED)


def published_key(
    key: TrustedKey, purpose: Purpose, least_rsa_bits: int = LEAST_RSA_BITS
) -> PublicKey:
    """Return the key of the published certificate, if that is for `purpose` and strong enough."""
    if key.purpose is not purpose:
        raise rejected(Reason.KEY_PURPOSE)
    found = _published(key.certificate, purpose, least_rsa_bits)
    if isinstance(found, Reason):
        raise rejected(found)
    return found


# A verifier asks the same few certificates of its trust source again and again.
@lru_cache(maxsize=256)
def _published(certificate: bytes, purpose: Purpose, least_rsa_bits: int) -> PublicKey | Reason:
    loaded = read_certificate(certificate)
    stated = stated_purposes(loaded) if loaded is not None else frozenset()
    if stated and stated != {purpose.value}:
        return Reason.KEY_PURPOSE
    public_key = usable_key(certificate)
    if public_key is None or is_weak(public_key, least_rsa_bits):
        return Reason.KEY_TOO_WEAK
    return public_key


def shown_keys(parts: SignatureParts) -> tuple[PublicKey, ...]:
    """Return the keys a document shows for itself: good enough to refuse by, never to accept."""
    keys = (usable_key(certificate) for certificate in parts.certificates)
    usable = tuple(key for key in keys if key is not None)
    if parts.canonicalization == EXCLUSIVE:
        return usable
    # Each key that could hold costs the C14N of the document, and at most one of them signed.
    return next(((key,) for key in usable if could_hold(parts, key)), usable[:1])


def shown_sealing_key(parts: SignatureParts) -> PublicKey:
    """Return the key a seal shows for itself, if it is of the kind that seals."""
    keys = shown_keys(parts)
    if not keys:
        raise rejected(Reason.SIGNATURE_SHAPE)
    return _p256(keys[0])
