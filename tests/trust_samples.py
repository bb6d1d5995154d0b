"""Keys, authorities and receivers for tests of trust; every key is made once a process."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedNcp, TrustedSmp
from licenses.model.verdict import StatusStatement
from schema_ext.discovery.emps_file import EmpsCountry, EmpsList
from schema_ext.discovery.trust_form import TrustContent
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey, OwnPrivateKey, published
from tests.factories import AuthorityFactory

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
STARTS, ENDS = NOW - timedelta(days=100), NOW + timedelta(days=700)


def private_key(purpose: Purpose, name: str = "first") -> OwnPrivateKey:
    """Return the private half of `signing_key(purpose, name)`."""
    return _pair(purpose, name)[0]


def signing_key(purpose: Purpose, name: str = "first") -> InMemoryKey:
    """Return a signing key valid from STARTS to ENDS; another name gives another key."""
    return _pair(purpose, name)[1]


@cache
def _pair(purpose: Purpose, name: str) -> tuple[OwnPrivateKey, InMemoryKey]:
    """RSA of 2048 bits, because 3072 take long to make."""
    if purpose in {Purpose.NCP, Purpose.PDF}:
        private: OwnPrivateKey = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    else:
        private = generate_private_key(purpose)
    certificate = self_signed(private, purpose, f"{purpose} {name}", STARTS, ENDS)
    return private, InMemoryKey(private, certificate, purpose)


def trusted(purpose: Purpose, name: str = "first", /, **fields: Any) -> TrustedKey:
    """Return the key as a trust source publishes it."""
    return published(signing_key(purpose, name)).model_copy(update=fields)


def authority(*keys: TrustedKey, **fields: Any) -> TrustedAuthority:
    """Return a Norwegian authority; without `keys` it has one for sealing and one for status.

    Its keys stand in the order of their ids, as in a trust file.
    """
    stated = keys or (trusted(Purpose.SEAL), trusted(Purpose.STATUS))
    return TrustedAuthority(
        authority=AuthorityFactory.build(**fields),
        keys=tuple(sorted(stated, key=lambda key: key.kid)),
        status_address="https://helsedirektoratet.example/v1/status",
    )


def smp(**fields: Any) -> TrustedSmp:
    """Return a Polish hospital."""
    stated: dict[str, Any] = {
        "name": "Szpital Wojewódzki",
        "country": "PL",
        "purpose": "Employment of health personnel",
        "return_url_prefixes": ("https://szpital.example/smp/return",),
    }
    return TrustedSmp(**stated | fields)


def trust_content(**fields: Any) -> TrustContent:
    """Return the content of a trust file of one authority and one receiver."""
    stated: dict[str, Any] = {
        "sequence": 7,
        "issued": NOW - timedelta(days=1),
        "expires": NOW + timedelta(days=30),
        "authorities": (authority(),),
        "smps": (smp(),),
    }
    return TrustContent(**stated | fields)


def ncp(acronym: str = "NO-NCP", name: str = "first", **fields: Any) -> TrustedNcp:
    """Return a provider of Norway."""
    stated: dict[str, Any] = {
        "acronym": acronym,
        "country": "NO",
        "institutions": (acronym,),
        "url": f"https://{acronym.lower()}.example/ncp",
        "key": trusted(Purpose.NCP, name),
    }
    return TrustedNcp(**stated | fields)


def emps_list(*ncps: TrustedNcp) -> EmpsList:
    """Return a list of Norway (served as a whole) and Sweden (one provider an institution)."""
    return EmpsList(
        countries=(
            EmpsCountry(code="NO", name="Norge", single_fetch=False),
            EmpsCountry(code="SE", name="Sverige", single_fetch=True),
        ),
        ncps=ncps or (ncp(), ncp("SoS", "second", country="SE")),
    )


def statement(**fields: Any) -> StatusStatement:
    """Return a statement of `authority()` about a seal, made at NOW for an hour."""
    stated: dict[str, Any] = {
        "seal_id": "ab" * 16,
        "authority_id": AuthorityFactory.build().id,
        "seal_sha256": "cd" * 32,
        "sealed_at": NOW - timedelta(days=40),
        "record_version": 2,
        "level": Level.CONDITIONAL,
        "because": Because.LIMITS,
        "territories": ("NO",),
        "term_codes": ("supervision.direct",),
        "as_of": NOW,
        "expires_at": NOW + timedelta(hours=1),
        "superseded_by": None,
    }
    return StatusStatement(**stated | fields)
