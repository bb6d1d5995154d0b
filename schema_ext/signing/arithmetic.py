"""The arithmetic of a signature whose shape is already known: C14N, digests, public keys.

Nothing here decides whom to trust. Exclusive C14N of a subtree by lxml is right; inclusive C14N
of a subtree is not (it writes stray `xmlns=""`), so a SignedInfo canonicalized that way goes to
python-xmlsec, which then computes the signature value itself. C14N of a whole document by lxml
is right both ways, and is what callers are handed.

Source: design.md 5 (Reading); security.md 2.2, A8; performance.md 10.
"""

import hashlib
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from licenses.model.reasons import Reason
from schema_ext.refusal import rejected
from schema_ext.signing.policy import EXCLUSIVE, LEAST_RSA_BITS, Family, SignatureMethod
from schema_ext.signing.shape import Reference, SignatureParts

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
_MOST_OCTETS: Final = 20_000
_CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)


def exclusive_c14n(element: etree._Element) -> bytes:
    """Return exclusive C14N without comments of an element where it stands."""
    return _c14n(element, exclusive=True)


def document_octets(signature: etree._Element, reference: Reference) -> bytes:
    """Return the octets that `reference` covers; takes the signature out of its tree for good.

    A list of transforms without canonicalization means inclusive C14N 1.0.
    """
    root = signature.getparent()
    if root is None:
        raise rejected(Reason.SIGNATURE_MISPLACED)
    _take_out(signature, root)
    return _c14n(root, exclusive=reference.transforms[-1] == EXCLUSIVE)


def require_digest(octets: bytes, reference: Reference) -> None:
    """Refuse octets that are not those whose digest was signed."""
    if hashlib.new(reference.digest_name, octets).digest() != reference.digest:
        raise rejected(Reason.DIGEST_MISMATCH)


def signature_holds(parts: SignatureParts, public_key: PublicKey) -> bool:
    """Say whether the signature value belongs to SignedInfo and this key.

    The signature must still stand in its tree: namespaces come from its ancestors.
    """
    if not _fits(parts.method, public_key):
        return False
    if parts.canonicalization != EXCLUSIVE:
        return _holds_by_xmlsec(parts, public_key)
    return value_holds(parts.value, exclusive_c14n(parts.signed_info), parts.method, public_key)


def value_holds(
    value: bytes, signed_info: bytes, method: SignatureMethod, public_key: PublicKey
) -> bool:
    """Say whether a signature value belongs to canonical SignedInfo and this key."""
    if not _fits(method, public_key):
        return False
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(value, signed_info, padding.PKCS1v15(), method.hash)
        else:
            der = _der_signature(value, public_key)
            public_key.verify(der, signed_info, ec.ECDSA(method.hash))
    except InvalidSignature:
        return False
    return True


def _fits(method: SignatureMethod, public_key: PublicKey) -> bool:
    return (method.family is Family.RSA) == isinstance(public_key, rsa.RSAPublicKey)


def usable_key(certificate: bytes) -> PublicKey | None:
    """Return the public key in a DER certificate, or None where there is none we can use.

    Only a shown or published certificate is read, never trusted by being readable.
    """
    return None if len(certificate) > _MOST_OCTETS else _usable_key(certificate)


@lru_cache(maxsize=256)
def _usable_key(certificate: bytes) -> PublicKey | None:
    loaded = _read_certificate(certificate)
    if loaded is None:
        return None
    try:
        key = loaded.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) else None


def read_certificate(certificate: bytes) -> x509.Certificate | None:
    """Return a DER certificate, or None where it is not one, or far larger than any real one."""
    return None if len(certificate) > _MOST_OCTETS else _read_certificate(certificate)


# Trust sources hold few certificates and verifiers meet them again and again. Strangers' are
# remembered too, so the memory this takes is bounded by their size.
@lru_cache(maxsize=256)
def _read_certificate(certificate: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(certificate)
    except (ValueError, x509.InvalidVersion):
        return None


def is_weak(public_key: PublicKey, least_rsa_bits: int = LEAST_RSA_BITS) -> bool:
    """Say whether a key is too weak even for a partner, of whom so many bits are asked."""
    if isinstance(public_key, rsa.RSAPublicKey):
        return public_key.key_size < least_rsa_bits
    return not isinstance(public_key.curve, _CURVES)


def is_p256(public_key: PublicKey) -> bool:
    """Say whether a key is of the one kind that seals."""
    return isinstance(public_key, ec.EllipticCurvePublicKey) and isinstance(
        public_key.curve, ec.SECP256R1
    )


def same_key(one: PublicKey, other: PublicKey) -> bool:
    """Say whether two public keys are the same key."""
    return _encoded(one) == _encoded(other)


def _encoded(public_key: PublicKey) -> bytes:
    return public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _c14n(element: etree._Element, *, exclusive: bool) -> bytes:
    # With a comment beside it, lxml would take a root for a part and write other octets.
    whole = element.getroottree() if element.getparent() is None else element
    try:
        return etree.tostring(whole, method="c14n", exclusive=exclusive, with_comments=False)
    except etree.C14NError:
        # An engine that goes on from here verifies the empty string (security.md A8).
        raise rejected(Reason.NOT_XML) from None


def _take_out(signature: etree._Element, root: etree._Element) -> None:
    """Take the signature out of `root`; the text behind it belongs to the document and stays."""
    if signature.tail:
        before = signature.getprevious()
        if before is None:
            root.text = (root.text or "") + signature.tail
        else:
            before.tail = (before.tail or "") + signature.tail
    root.remove(signature)


def _der_signature(value: bytes, public_key: ec.EllipticCurvePublicKey) -> bytes:
    """Return r||s as DER; anything not of the curve's exact length is no signature."""
    length = (public_key.key_size + 7) // 8
    if len(value) != 2 * length:
        raise InvalidSignature
    r, s = int.from_bytes(value[:length], "big"), int.from_bytes(value[length:], "big")
    return encode_dss_signature(r, s)


def _holds_by_xmlsec(parts: SignatureParts, public_key: PublicKey) -> bool:
    """Let python-xmlsec decide; the key is given, so it never looks at KeyInfo.

    It hashes the whole document before it looks at the signature (security.md A16), so a value
    that no holder of this key can have made never gets so far.
    """
    if not could_hold(parts, public_key):
        return False
    import xmlsec

    pem = public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    try:
        context.verify(parts.element)
    except xmlsec.Error:
        return False
    return True


def could_hold(parts: SignatureParts, public_key: PublicKey) -> bool:
    """Say whether an RSA signature value was made with this key, whatever for."""
    if not isinstance(public_key, rsa.RSAPublicKey):
        return True
    try:
        public_key.recover_data_from_signature(parts.value, padding.PKCS1v15(), parts.method.hash)
    except InvalidSignature:
        return False
    return True
