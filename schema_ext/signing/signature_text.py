"""The text that both kinds of signature share, written canonically by hand.

The parts are exclusive C14N already, so that hashing and signing need no XML library: SignedInfo
stands once as it is signed (with its own namespace declaration, as the apex of a subtree) and
once as it is written (declared by ds:Signature).

Source: XML Signature 1.1, 4; Exclusive XML Canonicalization 1.0.
"""

from binascii import b2a_base64
from hashlib import sha256
from typing import Final

from licenses.errors import LintFailed
from schema_ext.namespaces import DS
from schema_ext.signing.policy import ENVELOPED, EXCLUSIVE, SHA256

DECLARE_DS: Final = f' xmlns:ds="{DS}"'
_DOCUMENT_TRANSFORMS: Final = (
    f'<ds:Transforms><ds:Transform Algorithm="{ENVELOPED}"></ds:Transform>'
    f'<ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform></ds:Transforms>'
)
DIGEST_METHOD: Final = f'<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
START_OF_SIGNATURE: Final = f"<ds:Signature{DECLARE_DS}><ds:SignedInfo>".encode()
END_OF_SIGNED_INFO: Final = b"</ds:SignedInfo><ds:SignatureValue>"
END_OF_VALUE: Final = b"</ds:SignatureValue>"
END_OF_SIGNATURE: Final = b"</ds:Signature>"


def base64_text(octets: bytes) -> str:
    """Return base64 in one line, as it stands in a signature."""
    return b2a_base64(octets, newline=False).decode("ascii")


def digest_text(octets: bytes) -> str:
    """Return SHA-256 of `octets` in base64."""
    return base64_text(sha256(octets).digest())


def methods(signature_method: str) -> str:
    """Return the first two children of SignedInfo: exclusive C14N and `signature_method`."""
    return (
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{signature_method}"></ds:SignatureMethod>'
    )


def document_reference(digest: str) -> str:
    """Return the Reference that covers the whole document without the signature."""
    return (
        f'<ds:Reference URI="">{_DOCUMENT_TRANSFORMS}{DIGEST_METHOD}'
        f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )


def key_info(certificate: bytes) -> bytes:
    """Return the KeyInfo that shows one DER certificate."""
    return shown_certificate(base64_text(certificate))


def shown_certificate(certificate: str) -> bytes:
    """Return the KeyInfo around a certificate that is in base64 already."""
    return (
        f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}"
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    ).encode()


def as_signed(signed_info: str) -> bytes:
    """Return the octets a key signs for the children `signed_info` of ds:SignedInfo."""
    return f"<ds:SignedInfo{DECLARE_DS}>{signed_info}</ds:SignedInfo>".encode()


def spliced(
    canonical: bytes, end_tag: bytes, signed_info: str, signature: bytes, rest: bytes
) -> bytes:
    """Return `canonical` with a ds:Signature as last child of its root.

    Args:
        canonical: the document, which ends with `end_tag`.
        end_tag: of the root, such as `</elmo>`.
        signed_info: the children of ds:SignedInfo.
        signature: as the key made it, not yet in base64.
        rest: what follows the SignatureValue inside ds:Signature.

    Raises:
        LintFailed: the text does not end with `end_tag`, so it is not the document meant.
    """
    if not canonical.endswith(end_tag):
        raise LintFailed("The draft is not a complete document of the kind to be signed.")
    parts = (
        canonical[: -len(end_tag)],
        START_OF_SIGNATURE,
        signed_info.encode(),
        END_OF_SIGNED_INFO,
        b2a_base64(signature, newline=False),
        END_OF_VALUE,
        rest,
        END_OF_SIGNATURE,
        end_tag,
    )
    return b"".join(parts)
