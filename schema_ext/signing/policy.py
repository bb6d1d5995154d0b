"""What the two kinds of signature may be made of: the OUTER one of an ELMO, and a SEAL.

Tables only; `shape` reads a signature by them, the writers write what stands first in them.
Everything not named here is refused: HMAC, RSA-PSS, XSLT, XPath, C14N with comments. SHA-1 is in
neither profile; `legacy_profile` adds it to OUTER for one partner, as its dated record says.

Source: design.md 5 (table); security.md A12-A14; wire.md 4 (what partners write).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from cryptography.hazmat.primitives import hashes

from licenses.model.trust import LegacyMethod, LegacyPartner

ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA1: Final = "http://www.w3.org/2000/09/xmldsig#sha1"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#sha384"
SHA512: Final = "http://www.w3.org/2001/04/xmlenc#sha512"
RSA_SHA1: Final = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
RSA_SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
RSA_SHA512: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
ECDSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
SIGNED_PROPERTIES: Final = "http://uri.etsi.org/01903#SignedProperties"
"""Type of the Reference that covers the signed particulars of a XAdES signature."""

MAX_CERTIFICATES: Final = 5
LEAST_RSA_BITS: Final = 2048
"""For partners; our own keys are stronger (`key_files`)."""


class Family(StrEnum):
    """The kind of key a signature method needs."""

    RSA = "rsa"
    ECDSA = "ecdsa"


class SignatureMethod(NamedTuple):
    """A signature algorithm: RSA is PKCS#1 v1.5, ECDSA is r||s, each the length of the curve."""

    family: Family
    hash: hashes.HashAlgorithm


class Profile(NamedTuple):
    """What one kind of signature may be made of, by algorithm URI.

    `transforms` are the whole lists a Reference to the document may carry, in order; a list
    without canonicalization means inclusive C14N 1.0 (XML Signature 4.3.3.2).
    """

    signature_methods: Mapping[str, SignatureMethod]
    digests: Mapping[str, str]
    canonicalizations: frozenset[str]
    transforms: frozenset[tuple[str, ...]]


OUTER: Final = Profile(
    signature_methods={
        RSA_SHA256: SignatureMethod(Family.RSA, hashes.SHA256()),
        RSA_SHA384: SignatureMethod(Family.RSA, hashes.SHA384()),
        RSA_SHA512: SignatureMethod(Family.RSA, hashes.SHA512()),
        ECDSA_SHA256: SignatureMethod(Family.ECDSA, hashes.SHA256()),
    },
    # A partner who signs with RSA-SHA512 digests with SHA-512 as a rule.
    digests={SHA256: "sha256", SHA384: "sha384", SHA512: "sha512"},
    canonicalizations=frozenset({EXCLUSIVE, INCLUSIVE}),
    transforms=frozenset({(ENVELOPED,), (ENVELOPED, EXCLUSIVE), (ENVELOPED, INCLUSIVE)}),
)
"""The signature of a provider over a whole ELMO, as every known NCP makes it, SHA-1 apart."""

SEAL: Final = Profile(
    signature_methods={ECDSA_SHA256: SignatureMethod(Family.ECDSA, hashes.SHA256())},
    digests={SHA256: "sha256"},
    canonicalizations=frozenset({EXCLUSIVE}),
    transforms=frozenset({(ENVELOPED, EXCLUSIVE)}),
)
"""The seal of an authority over one stand-alone license: only what we write ourselves."""


def legacy_profile(record: LegacyPartner) -> Profile:
    """Return OUTER with what one record tolerates beside it; nothing else is loosened."""
    methods, digests = dict(OUTER.signature_methods), dict(OUTER.digests)
    if LegacyMethod.RSA_SHA1 in record.methods:
        # Broken against collisions; that is what the record tolerates, and why it is dated.
        methods[RSA_SHA1] = SignatureMethod(Family.RSA, hashes.SHA1())  # noqa: S303
    if LegacyMethod.SHA1 in record.methods:
        digests[SHA1] = "sha1"
    return OUTER._replace(signature_methods=methods, digests=digests)
