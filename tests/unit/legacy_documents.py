"""Documents of legacy partners, made here: SHA-1, keys of 1024 bits, certificates that ended."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from licenses.model.export import ExportedLicense
from licenses.model.trust import LegacyPartner, Purpose, TrustedNcp
from licenses.model.verdict import Circumstances, DocumentVerdict
from schema_ext.signing.certificates import self_signed
from schema_ext.signing.policy import RSA_SHA1, SHA1
from tests.trust_samples import ncp
from tests.unit.carried_documents import EXPECTED, elmo, verifier
from tests.unit.signed_documents import by_xmlsec
from tests.vectors.corpus import record_about

ASKED = Circumstances(expectation=EXPECTED)
BEGAN, ENDED = datetime(2015, 2, 1, tzinfo=UTC), datetime(2018, 2, 1, tzinfo=UTC)
THEN = datetime(2016, 6, 1, tzinfo=UTC)
CROATIA = "https://github.com/emrex-eu/elmo-schemas/tree/v1.3.0"


def partner(name: str = "old", bits: int = 1024) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Return the key of a partner, made once, and its certificate, which has ended."""
    return _pair(name, bits)


@cache
def _pair(name: str, bits: int) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    private = rsa.generate_private_key(public_exponent=65_537, key_size=bits)
    return private, self_signed(private, Purpose.NCP, name, BEGAN, ENDED)


def record(name: str = "old", bits: int = 1024, **fields: Any) -> LegacyPartner:
    """Return a record in force that tolerates all a record can; `fields` replace some."""
    return record_about(partner(name, bits)[1], **{"judged_at": THEN} | fields)


def listed(name: str, bits: int = 2048) -> TrustedNcp:
    """Return a partner as a registry lists it."""
    return ncp().model_copy(update={"key": record(name, bits).key, "acronym": name.upper()})


@cache
def unsigned() -> bytes:
    """Return an ELMO with one sealed license that would be relied on, before its signature."""
    return without_signature(elmo())


def elmo_of(one: ExportedLicense) -> bytes:
    """Return an ELMO of one license, before its signature."""
    return without_signature(elmo((one,)))


def without_signature(document: bytes) -> bytes:
    """Return one of our own documents as it was before it was signed."""
    return document.partition(b"<ds:Signature")[0] + b"</elmo>"


def signed(
    text: bytes = b"",
    name: str = "old",
    bits: int = 1024,
    *,
    method: str = RSA_SHA1,
    digest: str = SHA1,
    **shape: Any,
) -> bytes:
    """Return an ELMO as the partner signs: inclusive C14N, no prefix, `&#13;` in base64."""
    private, certificate = partner(name, bits)
    return by_xmlsec(
        text or unsigned(),
        method=method,
        digest=digest,
        private=private,
        certificate=certificate,
        **shape,
    )


def read(
    document: bytes,
    *records: LegacyPartner,
    circumstances: Circumstances = ASKED,
    **given: Any,
) -> DocumentVerdict:
    """Return the verdict of a verifier with these records, whose registry knows nobody.

    `given` are other fields of its surroundings.
    """
    reading = verifier(legacy=records, **{"ncps": ()} | given)
    return reading.verdict(document, circumstances)
