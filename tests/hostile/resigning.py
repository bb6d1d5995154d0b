"""Signatures whose arithmetic is right and whose form is hostile, under keys of the tests.

An attacker seldom holds such a key. But only so is it shown that a form is refused for itself,
and not because the arithmetic happened to fail behind it.
"""

import hmac
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from licenses.model.trust import Purpose
from schema_ext.signing.certificates import self_signed
from schema_ext.signing.keys import InMemoryKey, OwnPrivateKey
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.seal_writer import seal
from schema_ext.signing.signature_text import as_signed
from tests.hostile.bases import Base
from tests.hostile.edits import Edit
from tests.hostile.variants import Make
from tests.trust_samples import ENDS, STARTS, private_key, signing_key
from tests.unit.carried_documents import SEALED_AT
from tests.unit.signed_documents import by_xmlsec

Sign = Callable[[bytes], bytes]
Key = Callable[[], InMemoryKey]
"""A key that is made when it is first used."""
PUBLIC_FORMS = (
    "the certificate",
    "the certificate in PEM",
    "the public key",
    "the public key in PEM",
    "nothing",
)
"""What is public of a key, in each form that was ever taken for a shared secret."""


def resigned(edit: Edit, sign: Sign | None = None) -> Edit:
    """Edit the children of SignedInfo, which must stay canonical, and sign them again.

    Without `sign` the key of the first provider signs an ELMO, that of the authority a seal.
    """

    def change(document: bytes) -> bytes:
        head, rest = document.split(b"<ds:SignedInfo>")
        signed_info, tail = rest.split(b"</ds:SignedInfo><ds:SignatureValue>")
        edited = edit(signed_info)
        assert edited != signed_info
        value = b64encode((sign or _own(document))(as_signed(edited.decode())))
        _, closing, behind = tail.partition(b"</ds:SignatureValue>")
        start = head + b"<ds:SignedInfo>" + edited + b"</ds:SignedInfo>"
        return start + b"<ds:SignatureValue>" + value + closing + behind

    return change


def _own(document: bytes) -> Sign:
    purpose = Purpose.SEAL if document.startswith(b"<lic:") else Purpose.NCP
    return signing_key(purpose).sign


def by_xml_engine(base: Base, text: bytes | None = None, **form: Any) -> bytes:
    """Return the ELMO of a base signed by another engine with the provider's key."""
    stated = {
        "private": private_key(Purpose.NCP),
        "certificate": signing_key(Purpose.NCP).certificate,
    }
    return by_xmlsec(base.elmo_text if text is None else text, **stated | form)


def elmo_of(key: Key, edit: Edit = bytes) -> Make:
    """Sign the ELMO of a base, edited, with any key."""
    return lambda base: sign_elmo(edit(base.elmo_text), key())


def seal_of(key: Key, edit: Edit = bytes) -> Make:
    """Seal the license of a base, edited, with any key."""
    return lambda base: seal(edit(base.license_text), key(), SEALED_AT)


def passed_off(private: OwnPrivateKey, shown: InMemoryKey, purpose: Purpose) -> InMemoryKey:
    """Return a key that shows the certificate of another."""
    return InMemoryKey(private, shown.certificate, purpose)


def by_public_form(purpose: Purpose, form: str, digest: str) -> Sign:
    """Return HMAC under something public of our key, one of `PUBLIC_FORMS`."""
    return lambda octets: hmac.digest(_public_form(purpose, form), octets, digest)


def _public_form(purpose: Purpose, form: str) -> bytes:
    certificate = signing_key(purpose).certificate
    encoding = Encoding.PEM if form.endswith("PEM") else Encoding.DER
    if form == "nothing":
        return b"\0"
    if form.startswith("the certificate"):
        return certificate.public_bytes(encoding)
    return certificate.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


def named_after(purpose: Purpose, private: OwnPrivateKey) -> InMemoryKey:
    """Return a stranger's key with a certificate that looks like ours."""
    return InMemoryKey(
        private, self_signed(private, purpose, f"{purpose} first", STARTS, ENDS), purpose
    )


def identified(tag: str, name: str = "Id") -> Callable[[etree._Element], None]:
    """Give the first element of a tag an Id of `x` before a document is signed."""

    def layout(root: etree._Element) -> None:
        found = next(root.iter(tag))
        found.set(name, "x")

    return layout
