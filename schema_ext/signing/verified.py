"""What a verified signature hands on, whichever way it was read."""

from datetime import datetime
from typing import NamedTuple

from lxml import etree

from licenses.model.reasons import Reason
from licenses.model.trust import LegacyPartner, TrustedAuthority, TrustedKey
from schema_ext.namespaces import lic
from schema_ext.refusal import rejected
from schema_ext.signing.shape import leaf_text


class ClearCopy(NamedTuple):
    """The clear license beside a seal, of a document that its schema has found valid.

    `octets` are the exclusive C14N of `root` but for its `lic:signedLicense`, and what parsing
    them would give is what `root` says.
    """

    octets: bytes
    root: etree._Element


class VerifiedSeal(NamedTuple):
    """A seal that holds under the seal key of the authority it names.

    `octets` are those the seal covers, the license without its signature, in exclusive C14N where
    its writer kept to that (docs/decisions/0015); `root` is what parsing them gave, or the root of
    a clear copy with the same octets; `document_sha256` is of the
    sealed document as it was given, the digest an authority keeps of its seals;
    `claimed_signing_time` is what the signer said, proven by nobody yet.
    """

    octets: bytes
    root: etree._Element
    key: TrustedKey
    authority: TrustedAuthority
    claimed_signing_time: datetime
    document_sha256: str


class VerifiedElmo(NamedTuple):
    """An ELMO whose signature holds under the key of the provider that was expected.

    `octets` are those the signature covers, the document without it, in C14N as the signature's
    own transforms say where its writer kept to them; `root` is what parsing them gave;
    `signed_sha256` is their digest, by which duplicates are found. `legacy` is the
    record without which the signature would not have counted; None where none was needed.
    """

    octets: bytes
    root: etree._Element
    signed_sha256: str
    key: TrustedKey
    legacy: LegacyPartner | None = None


def issuer_id_of(root: etree._Element) -> str:
    """Return the text of lic:license/lic:issuer/lic:id, of which there is exactly one."""
    found = [
        identifier
        for issuer in root.iterchildren(lic("issuer"))
        for identifier in issuer.iterchildren(lic("id"))
    ]
    if len(found) != 1:
        raise rejected(Reason.CONTENT_UNREADABLE)
    return leaf_text(found[0], Reason.CONTENT_UNREADABLE)
