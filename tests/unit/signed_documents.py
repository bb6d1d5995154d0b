"""Keys, trust and small documents for the tests of signatures; nothing real, nothing kept.

Documents are literals in canonical form. `by_xmlsec` signs the way other people's programs do,
so that what is refused here is refused although its arithmetic is right.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.authority import Authority
from licenses.model.reasons import REASONS, Reason
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedSmp
from licenses.model.values import LocalizedText
from schema_ext.namespaces import DS, ELMO, LIC
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey, OwnPrivateKey, published
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.policy import RSA_SHA256, SHA256
from schema_ext.signing.seal_writer import seal
from schema_ext.signing.signature_text import as_signed

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
STARTS, ENDS = NOW - timedelta(days=100), NOW + timedelta(days=700)
ISSUER = "https://helse.example.no/authority"

ELMO_TEXT = (
    f'<elmo xmlns="{ELMO}"><generatedDate>2026-05-04T10:30:00Z</generatedDate>'
    "<learner><givenNames>Åse &amp; Bjørn</givenNames><familyName>Nordmann</familyName></learner>"
    "<report><issuer><title>Helse</title></issuer></report></elmo>"
).encode()
LICENSE_TEXT = (
    f'<lic:license xmlns:lic="{LIC}"><lic:issuer><lic:id>{ISSUER}</lic:id></lic:issuer>'
    "<lic:holder><lic:givenNames>Åse</lic:givenNames></lic:holder>"
    "<lic:title>Sykepleier</lic:title></lic:license>"
).encode()


@cache
def _pair(purpose: Purpose, name: str) -> tuple[OwnPrivateKey, InMemoryKey]:
    private = generate_private_key(purpose)
    certificate = self_signed(private, purpose, name, STARTS, ENDS)
    return private, InMemoryKey(private, certificate, purpose)


def private_key(purpose: Purpose, name: str = "first") -> OwnPrivateKey:
    """Return the private half of `key(purpose, name)`."""
    return _pair(purpose, name)[0]


def key(purpose: Purpose, name: str = "first") -> InMemoryKey:
    """Return a signing key, made once; another `name` gives another key."""
    return _pair(purpose, name)[1]


def ncp_key(name: str = "first") -> TrustedKey:
    """Return the published key of a provider."""
    return published(key(Purpose.NCP, name))


class FixedTrust:
    """A trust source that knows one authority."""

    def __init__(self, *keys: TrustedKey, authority_id: str = ISSUER) -> None:
        self._known = TrustedAuthority(
            authority=Authority(
                id=authority_id,
                names=(LocalizedText(lang="no", text="Helse"),),
                country="NO",
                url="https://helse.example.no/",
                time_zone="Europe/Oslo",
            ),
            keys=keys,
            status_address="https://helse.example.no/v1/status/",
        )

    def authority(self, authority_id: str) -> TrustedAuthority | None:
        return self._known if authority_id == self._known.authority.id else None

    def key_for(self, authority_id: str, purpose: Purpose, kid: str) -> TrustedKey | None:
        known = self.authority(authority_id)
        keys = known.keys if known else ()
        return next((one for one in keys if (one.purpose, one.kid) == (purpose, kid)), None)

    def authorities(self) -> tuple[TrustedAuthority, ...]:
        return (self._known,)

    def smps(self) -> tuple[TrustedSmp, ...]:
        return ()


def trust() -> FixedTrust:
    """Return a source that knows the authority of `LICENSE_TEXT` with its seal and status key."""
    return FixedTrust(published(key(Purpose.SEAL)), published(key(Purpose.STATUS)))


def sealed(text: bytes = LICENSE_TEXT, name: str = "first") -> bytes:
    """Return a sealed license."""
    return seal(text, key(Purpose.SEAL, name), NOW)


def signed(text: bytes = ELMO_TEXT, name: str = "first") -> bytes:
    """Return a signed ELMO."""
    return sign_elmo(text, key(Purpose.NCP, name))


def replaced(document: bytes, old: str, new: str) -> bytes:
    """Return `document` with the first `old` replaced; it must be there."""
    assert old.encode() in document, old
    return document.replace(old.encode(), new.encode(), 1)


def renamed(document: bytes, name: str) -> bytes:
    """Return `document` with every element `name` (with prefix) under a name nobody knows."""
    new = f"{name.partition(':')[0]}:Foreign"
    text = document.decode()
    assert f"<{name}" in text
    return re.sub(rf"(</?){name}(?=[ >])", rf"\g<1>{new}", text).encode()


def resealed(document: bytes, edit: Callable[[str], str]) -> bytes:
    """Return a seal whose SignedInfo was edited and signed again with the same key."""
    text = document.decode()
    head, rest = text.split("<ds:SignedInfo>")
    signed_info, tail = rest.split("</ds:SignedInfo><ds:SignatureValue>")
    edited = edit(signed_info)
    assert edited != signed_info
    value = b64encode(key(Purpose.SEAL).sign(as_signed(edited))).decode()
    return (
        f"{head}<ds:SignedInfo>{edited}</ds:SignedInfo><ds:SignatureValue>{value}"
        f"</ds:SignatureValue>{tail.partition('</ds:SignatureValue>')[2]}"
    ).encode()


INCLUSIVE = str(xmlsec.constants.TransformInclC14N.href)
EXCLUSIVE = str(xmlsec.constants.TransformExclC14N.href)
ENVELOPED = str(xmlsec.constants.TransformEnveloped.href)


def by_xmlsec(
    text: bytes = ELMO_TEXT,
    *,
    canonicalization: str = INCLUSIVE,
    transforms: tuple[str, ...] = (ENVELOPED,),
    method: str = RSA_SHA256,
    digest: str = SHA256,
    uri: str = "",
    prefix: str | None = None,
    private: OwnPrivateKey | None = None,
    certificate: x509.Certificate | None = None,
    secret: bytes | None = None,
    layout: Callable[[etree._Element], None] | None = None,
    carriage_returns: bool = True,
) -> bytes:
    """Return an ELMO signed by python-xmlsec; by default shaped as Java providers write it.

    That is: default namespace on Signature, inclusive C14N, `&#13;` at line ends in base64.
    `certificate` None shows that of the first provider; `layout` edits the tree before signing.
    """
    private = private or private_key(Purpose.NCP)
    shown = certificate or key(Purpose.NCP).certificate
    root = etree.fromstring(text)
    signature = _template(
        canonicalization=canonicalization,
        transforms=transforms,
        method=method,
        digest=digest,
        uri=uri,
        prefix=prefix,
        shown=shown,
    )
    root.append(signature)
    if layout is not None:
        layout(root)
    context = xmlsec.SignatureContext()
    if secret is not None:
        context.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataHmac, secret)
    else:
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("Id") is not None:
            context.register_id(element, "Id")
    context.sign(signature)
    document: bytes = etree.tostring(root, encoding="utf-8")
    if carriage_returns:
        document = _with_carriage_returns(document)
    return document


def _template(
    *,
    canonicalization: str,
    transforms: tuple[str, ...],
    method: str,
    digest: str,
    uri: str,
    prefix: str | None,
    shown: x509.Certificate,
) -> etree._Element:
    p = f"{prefix}:" if prefix else ""
    declare = f'xmlns:{prefix}="{DS}"' if prefix else f'xmlns="{DS}"'
    steps = "".join(f'<{p}Transform Algorithm="{one}"/>' for one in transforms)
    certificate = b64encode(shown.public_bytes(Encoding.DER)).decode()
    lines = "\n".join(certificate[at : at + 76] for at in range(0, len(certificate), 76))
    return etree.fromstring(
        f"<{p}Signature {declare}><{p}SignedInfo>"
        f'<{p}CanonicalizationMethod Algorithm="{canonicalization}"/>'
        f'<{p}SignatureMethod Algorithm="{method}"/>'
        f'<{p}Reference URI="{uri}"><{p}Transforms>{steps}</{p}Transforms>'
        f'<{p}DigestMethod Algorithm="{digest}"/><{p}DigestValue/></{p}Reference>'
        f"</{p}SignedInfo><{p}SignatureValue/><{p}KeyInfo><{p}X509Data>"
        f"<{p}X509Certificate>{lines}</{p}X509Certificate></{p}X509Data></{p}KeyInfo>"
        f"</{p}Signature>"
    )


def _with_carriage_returns(document: bytes) -> bytes:
    """Write the line ends of SignatureValue and X509Certificate as newer Java does."""
    root = etree.fromstring(document)
    for name in ("SignatureValue", "X509Certificate"):
        for element in root.iter(f"{{{DS}}}{name}"):
            element.text = (element.text or "").replace("\n", "\r\n")
    written: bytes = etree.tostring(root, encoding="utf-8")
    assert b"&#13;" in written
    return written


def weak_rsa(bits: int) -> tuple[rsa.RSAPrivateKey, TrustedKey, x509.Certificate]:
    """Return an RSA key of so many bits, as a registry might list it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    certificate = self_signed(private, Purpose.NCP, "partner", STARTS, ENDS)
    der = certificate.public_bytes(Encoding.DER)
    listed = TrustedKey(
        kid=sha256(der).hexdigest(),
        purpose=Purpose.NCP,
        certificate=der,
        valid_from=STARTS,
        valid_until=ENDS,
    )
    return private, listed, certificate


def assert_refused(verify: Callable[[], object], reason: Reason) -> None:
    """Check that `verify` refuses for `reason`, in the reason's own words."""
    with pytest.raises(DocumentRejected) as caught:
        verify()
    assert caught.value.reason == reason
    assert str(caught.value) == REASONS[reason].sentence
