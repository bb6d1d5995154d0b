"""The signed trust file (`trust.json`): authorities, their keys and mandate, and receivers.

A flattened JSON Web Signature under the operator's trust key. The operator gives the id of that
key (SHA-256 of its certificate) by another way; nothing in the file can replace it. Keeping the
file fresh while a server runs is `trust_source`. The form of the payload is `trust_form`.
Source: design.md 9; registry.md 9.
"""

import base64
import binascii
from collections import Counter
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import ValidationError

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedSmp
from schema_ext.discovery.addresses import checked_address
from schema_ext.discovery.certificates import checked_certificate, checked_key
from schema_ext.discovery.trust_form import TrustContent, content_of, payload_of
from schema_ext.discovery.wording import first_fault
from schema_ext.jws import UntrustedToken, open_compact, sign_compact
from schema_ext.signing.keys import SigningKey, kid_of
from schema_ext.strict_json import JsonObject, read_object, write_object

TYPE = "license-trust+json"
MAX_TRUST_OCTETS = 16 * 1024 * 1024
_PARTS = frozenset({"payload", "protected", "signature"})
_HEADER = frozenset({"alg", "kid", "typ", "x5c"})
_OF_AUTHORITIES = frozenset({Purpose.SEAL, Purpose.STATUS, Purpose.PDF})


class TrustFile:
    """A trust file that was proven; answers as `licenses.model.trust.TrustSource`."""

    def __init__(self, content: TrustContent) -> None:
        """Keep `content`, which `read_trust` has checked."""
        self.content = content
        self._by_id = {one.authority.id: one for one in content.authorities}

    def authority(self, authority_id: str) -> TrustedAuthority | None:
        """Return the authority with its keys, or None."""
        return self._by_id.get(authority_id)

    def key_for(self, authority_id: str, purpose: Purpose, kid: str) -> TrustedKey | None:
        """Return the key with this id and purpose of this authority, or None."""
        found = self._by_id.get(authority_id)
        keys = () if found is None else found.keys
        return next((key for key in keys if key.kid == kid and key.purpose is purpose), None)

    def authorities(self) -> tuple[TrustedAuthority, ...]:
        """Return all authorities, sorted by id."""
        return tuple(self._by_id[authority_id] for authority_id in sorted(self._by_id))

    def smps(self) -> tuple[TrustedSmp, ...]:
        """Return all registered receivers."""
        return self.content.smps


def write_trust(content: TrustContent, key: SigningKey) -> bytes:
    """Return the signed file; its payload is the same octets for the same content.

    Raises:
        ConfigurationRefused: the key is no trust key, or no reader would take the content.
    """
    _check_content(content)
    payload = write_object(payload_of(content))
    compact = sign_compact(payload, key, purpose=Purpose.TRUST, typ=TYPE, chain=True)
    protected, body, signature = compact.split(".")
    return write_object({"payload": body, "protected": protected, "signature": signature}) + b"\n"


def read_trust(octets: bytes, *, root_kid: str, now: datetime) -> TrustFile:
    """Return the trust file, proven to come from the holder of the trust key.

    Args:
        octets: the file as it lies on the disk.
        root_kid: SHA-256 of the trust certificate (DER), lower-case hex, given by the operator.
        now: the reader's clock.

    Raises:
        ConfigurationRefused: unsigned, altered, by another key, expired, or wrong in itself.
    """
    try:
        compact = _compact_of(read_object(octets, limit=MAX_TRUST_OCTETS))
        payload = _proven_payload(compact, root_kid, now)
        content = content_of(read_object(payload, limit=MAX_TRUST_OCTETS))
        _check_content(content)
    except ValidationError as error:
        raise ConfigurationRefused(f"The trust file: {first_fault(error)}.") from None
    except ValueError as error:
        raise ConfigurationRefused(f"The trust file is refused: {error}.") from None
    if not content.issued <= now:
        raise ConfigurationRefused("The trust file bears a time that has not come yet.")
    if content.expires <= now:
        raise ConfigurationRefused("The trust file has expired; ask its operator for a new one.")
    return TrustFile(content)


def _compact_of(file: JsonObject) -> str:
    if file.keys() != _PARTS:
        raise UntrustedToken("it is not signed, or has other parts than a signed file has")
    parts = [file[name] for name in ("protected", "payload", "signature")]
    if not all(isinstance(part, str) and "." not in part for part in parts):
        raise UntrustedToken("its parts are not texts")
    return ".".join(str(part) for part in parts)


def _proven_payload(compact: str, root_kid: str, now: datetime) -> bytes:
    def root(kid: str, header: JsonObject) -> x509.Certificate:
        der = _certificate_in(header)
        if kid_of(der) != kid:
            raise UntrustedToken("its key id is not that of its certificate")
        if kid != root_kid:
            raise UntrustedToken("it is signed by another key than the one you named")
        return checked_certificate(der, Purpose.TRUST, now=now)

    return open_compact(compact, root, typ=TYPE, names=_HEADER, limit=MAX_TRUST_OCTETS).payload


def _certificate_in(header: JsonObject) -> bytes:
    chain = header["x5c"]
    if not isinstance(chain, list) or len(chain) != 1 or not isinstance(chain[0], str):
        raise UntrustedToken("it must bring exactly one certificate")
    try:
        return base64.b64decode(chain[0], validate=True)
    except (binascii.Error, ValueError):
        raise UntrustedToken("its certificate cannot be read") from None


class _Use(NamedTuple):
    authority_id: str
    purpose: Purpose


def _check_content(content: TrustContent) -> None:
    if content.expires <= content.issued:
        raise ConfigurationRefused("The trust file expires before it is issued.")
    if any(count > 1 for count in Counter(_ids(content)).values()):
        raise ConfigurationRefused("The trust file lists an authority twice.")
    for listed in content.authorities:
        _check_authority(listed)
    _check_uses(content)
    for smp in content.smps:
        for prefix in smp.return_url_prefixes:
            checked_address(prefix, "A receiver's return address")


def _check_uses(content: TrustContent) -> None:
    """One key serves one authority for one purpose, whatever certificates stand around it."""
    listed_kids: set[str] = set()
    uses: dict[bytes, _Use] = {}
    for listed in content.authorities:
        for key in listed.keys:
            use = _Use(listed.authority.id, key.purpose)
            if key.kid in listed_kids or uses.setdefault(_public_key(key), use) != use:
                raise ConfigurationRefused("The trust file lists one key twice, or for two uses.")
            listed_kids.add(key.kid)


def _public_key(key: TrustedKey) -> bytes:
    certificate = x509.load_der_x509_certificate(key.certificate)
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _ids(content: TrustContent) -> list[str]:
    return [listed.authority.id for listed in content.authorities]


def _check_authority(listed: TrustedAuthority) -> None:
    checked_address(listed.status_address, "An authority's status address")
    try:
        ZoneInfo(listed.authority.time_zone)
    except (OSError, ValueError, KeyError):
        raise ConfigurationRefused("An authority's time zone is not in the IANA list.") from None
    for key in listed.keys:
        if key.purpose not in _OF_AUTHORITIES:
            raise ConfigurationRefused(f"An authority must not have a {key.purpose} key.")
        if kid_of(key.certificate) != key.kid:
            raise ConfigurationRefused("A key's id is not that of its certificate.")
        checked_key(key)
