"""Verify what stands in our own form of a signature without reading it element by element.

The steps are those of `verifier`, by the same numbers, in another order: the form itself is step
3, so key and value are asked first, and only octets that a trusted key signed are parsed at all.
Whatever is not found good here is None, never a refusal: `verifier` then goes the long way and
tells the first thing that is wrong, in the order of the steps.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedKey, TrustSource
from schema_ext.namespaces import elmo, lic
from schema_ext.parsing import parse
from schema_ext.signing.arithmetic import PublicKey, value_holds
from schema_ext.signing.key_choice import published_key, require_fit, seal_key, sealing_key
from schema_ext.signing.keys import kid_of
from schema_ext.signing.own_form import OwnForm, own_outer, own_seal
from schema_ext.signing.seal_shape import count_of_ids
from schema_ext.signing.shape import SIGNATURE
from schema_ext.signing.verified import ClearCopy, VerifiedElmo, VerifiedSeal, issuer_id_of

# What an id cannot hold without an escape is left to the long way.
_ISSUER: Final = re.compile(rb"<lic:issuer><lic:id>([!-%'-;=-~]+)</lic:id>")
_HEAD: Final = 4_000
"""How many octets of a license are searched for its issuer, which our writer names early."""


def known_elmo(document: bytes, keys: Sequence[TrustedKey], now: datetime) -> VerifiedElmo | None:
    """Return an ELMO signed in our own form by one of `keys`; None leaves it to the long way.

    The signature is asked first, so that only signed octets are parsed at all.
    """
    own = own_outer(document)
    # 4
    kid = None if own is None else kid_of(own.certificate)
    key = next((one for one in keys if one.kid == kid), None)
    if own is None or key is None:
        return None
    try:
        public_key = published_key(key, Purpose.NCP)
    except DocumentRejected:
        return None
    # 5
    if not _holds(own, public_key):
        return None
    # 2, 3
    root = _tree(own.octets)
    if root is None or root.tag != elmo("elmo") or _has_signature(root):
        return None
    require_fit(key, now)
    return VerifiedElmo(own.octets, root, own.digest.hex(), key)


def known_seal(
    document: bytes, trust: TrustSource, copy: ClearCopy | None = None
) -> VerifiedSeal | None:
    """Return a license sealed in our own form, as `known_elmo` does an ELMO.

    Where the sealed octets are those of `copy`, they are canonical and parsed already.
    """
    own = own_seal(document)
    claimed = None if own is None else _ISSUER.search(own.octets, 0, _HEAD)
    if own is None or own.signing_time is None or claimed is None:
        return None
    issuer_id = claimed[1].decode("ascii")
    # 4
    try:
        found = seal_key(trust, issuer_id, kid_of(own.certificate))
        if isinstance(found, Reason):
            return None
        authority, key = found
        public_key = sealing_key(key)
    except DocumentRejected:
        # What is wrong with the shape is told before what is wrong with the key.
        return None
    # 5
    if not _holds(own, public_key):
        return None
    # 2, 3
    root = _tree(own.octets, copy)
    if root is None or not _is_license(root) or issuer_id_of(root) != issuer_id:
        return None
    return VerifiedSeal(
        octets=own.octets,
        root=root,
        key=key,
        authority=authority,
        claimed_signing_time=own.signing_time,
        document_sha256=sha256(document).hexdigest(),
    )


def _holds(own: OwnForm, public_key: PublicKey) -> bool:
    return value_holds(own.value, own.signed_info, own.method, public_key)


def _tree(octets: bytes, copy: ClearCopy | None = None) -> etree._Element | None:
    """Return the root of signed octets, None where the tree could say less than they do.

    A signer who follows the transforms hashes C14N, so octets with the signed digest are C14N and
    need not be canonicalized again (docs/decisions/0015).
    """
    if copy is not None and copy.octets == octets:
        return copy.root
    return parse(octets) if _is_bare(octets) else None


def _is_bare(octets: bytes) -> bool:
    """Say whether nothing stands in a document in which one reader sees what another does not.

    That is a comment, a section, a CR, and a character by its number: C14N has none of the first
    three and the last for a CR, a line feed or a tab only.
    """
    return b"\r" not in octets and not any(_stands(octets, pair) for pair in (b"<!", b"&#"))


def _stands(octets: bytes, pair: bytes) -> bool:
    """Say whether two octets stand side by side; the second is rare, and one is found quickly."""
    first, second = pair[:1], pair[1:]
    place = octets.find(second, 1)
    while place != -1 and octets[place - 1 : place] != first:
        place = octets.find(second, place + 1)
    return place != -1


def _is_license(root: etree._Element) -> bool:
    return root.tag == lic("license") and not count_of_ids(root) and not _has_signature(root)


def _has_signature(root: etree._Element) -> bool:
    """A second signature, or one in an odd place, is for the long way to look at."""
    return next(root.iter(SIGNATURE), None) is not None
