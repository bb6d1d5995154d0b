"""Beside every hostile variant that has a world of its own: what is accepted close by.

A bound is shown from both sides. Most rows take the document of a base as it is, and move whom
the verifier trusts, or a moment of its keys, to the other side; a few need another signer.
"""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from licenses.model.trust import Purpose, TrustedKey
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey, OwnPrivateKey, published
from schema_ext.signing.policy import ECDSA_SHA256
from schema_ext.signing.seal_writer import seal
from schema_ext.status_token import sign_status
from tests.hostile.bases import Base, World, world
from tests.hostile.judging import Answer, carried, handed_in, handed_in_to_somebody_else, posted
from tests.hostile.resigning import by_xml_engine, elmo_of
from tests.hostile.variants import usual_world
from tests.trust_samples import ENDS, NOW, STARTS, ncp, private_key, signing_key, trusted
from tests.unit.carried_documents import SEALED_AT, Trust, statement
from tests.unit.signed_documents import weak_rsa

_NCP, _SEAL, _STATUS = Purpose.NCP, Purpose.SEAL, Purpose.STATUS
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


class Asked(NamedTuple):
    """The document asked about, as a base, and the answers in both ways it can come."""

    base: Base
    answers: tuple[Answer, Answer]


class Neighbour(NamedTuple):
    """What is accepted, beside the variant whose label is `of`."""

    of: str
    name: str
    ask: Callable[[Base], Asked]

    @property
    def label(self) -> str:
        """How a test names it."""
        return f"{self.name} ({self.of})"


def _elmo_of(base: Base, known: World) -> Asked:
    answers = handed_in(base, base.outer, known), posted(base, base.outer, known)
    return Asked(base, answers)


def _seal_of(base: Base, known: World) -> Asked:
    answers = handed_in(base, base.seal, known), carried(base, base.seal, known)
    return Asked(base, answers)


def _provider(**fields: Any) -> Callable[[Base], Asked]:
    """Ask about the ELMO where the provider's key is listed with other fields."""

    def ask(base: Base) -> Asked:
        return _elmo_of(base, world(provider=trusted(_NCP).model_copy(update=fields)))

    return ask


def _sealer(*others: Callable[[], TrustedKey], **fields: Any) -> Callable[[Base], Asked]:
    """Ask about the seal where its key is published with other fields, beside other keys."""

    def ask(base: Base) -> Asked:
        sealer = trusted(_SEAL).model_copy(update=fields)
        return _seal_of(base, world(sealer, trusted(_STATUS), *(other() for other in others)))

    return ask


def _stater(*others: Callable[[], TrustedKey], **fields: Any) -> Callable[[Base], Asked]:
    """As `_sealer`, with other fields of the key that signs statements."""

    def ask(base: Base) -> Asked:
        stater = trusted(_STATUS).model_copy(update=fields)
        return _seal_of(base, world(trusted(_SEAL), stater, *(other() for other in others)))

    return ask


def _renewed(base: Base) -> Asked:
    """List a later certificate around the provider's own key."""
    private = private_key(_NCP)
    certificate = self_signed(private, _NCP, "renewed", NOW - _DAY, ENDS)
    listed = published(InMemoryKey(private, certificate, _NCP))
    return _elmo_of(base, world(provider=listed))


@cache
def _on_a_curve() -> tuple[OwnPrivateKey, x509.Certificate]:
    """Return a key of the kind that seals, in a certificate for a provider."""
    private = generate_private_key(_SEAL)
    return private, self_signed(private, _NCP, "on a curve", STARTS, ENDS)


def _by_curve(base: Base) -> Asked:
    private, certificate = _on_a_curve()
    signed = by_xml_engine(base, method=ECDSA_SHA256, private=private, certificate=certificate)
    listed = published(InMemoryKey(private, certificate, _NCP))
    return _elmo_of(base._replace(outer=signed), world(provider=listed))


@cache
def _of_2048_bits() -> tuple[rsa.RSAPrivateKey, TrustedKey, x509.Certificate]:
    return weak_rsa(2048)


def _by_2048_bits(base: Base) -> Asked:
    private, listed, certificate = _of_2048_bits()
    signed = by_xml_engine(base, private=private, certificate=certificate)
    return _elmo_of(base._replace(outer=signed), world(provider=listed))


def _by_second_provider(base: Base) -> Asked:
    signed = elmo_of(lambda: signing_key(_NCP, "second"))(base)
    return _elmo_of(base._replace(outer=signed), world(provider=trusted(_NCP, "second")))


def _by_second_sealer(base: Base) -> Asked:
    """Seal the license with another key, which the authority published and recorded."""
    content = base.exported.content
    sealed = seal(base.license_text, signing_key(_SEAL, "second"), SEALED_AT)
    said = statement(content, sealed)
    token = sign_status(said, signing_key(_STATUS))
    one = base.exported.model_copy(
        update={"sealed": sealed, "statement": said, "status_token": token}
    )
    resealed = base._replace(exported=one, seal=sealed)
    return _seal_of(resealed, world(trusted(_SEAL, "second"), trusted(_STATUS)))


def _other_provider_lost(**fields: Any) -> Callable[[Base], Asked]:
    """Ask about the ELMO where the key of another provider was compromised."""

    def ask(base: Base) -> Asked:
        other = ncp("SoS", key=trusted(_NCP, "second").model_copy(update=fields))
        first = handed_in_to_somebody_else(
            base, base.outer, trust=Trust(usual_world().authority), ncps=(ncp(), other)
        )
        last = handed_in_to_somebody_else(
            base, base.outer, trust=Trust(usual_world().authority), ncps=(other, ncp())
        )
        return Asked(base, (first, last))

    return ask


def _lost(purpose: Purpose) -> Callable[[], TrustedKey]:
    return lambda: trusted(purpose, "second").model_copy(update={"compromised_at": STARTS})


NEIGHBOURS: tuple[Neighbour, ...] = (
    Neighbour("A13 outer: an RSA key of 1024 bits in the registry", "an RSA key of 2048 bits in the registry", _by_2048_bits),
    Neighbour("A13 seal: a P-384 key in the trust file", "another P-256 key in the trust file", _by_second_sealer),
    Neighbour("A19 outer: expired yesterday", "a provider's key that expires tomorrow", _provider(valid_until=NOW + _DAY)),
    Neighbour("A19 outer: expired a second ago", "a provider's key that expires in a second", _provider(valid_until=NOW + _SECOND)),
    Neighbour("A19 outer: expired a second ago", "a provider's key that expires now", _provider(valid_until=NOW)),
    Neighbour("A19 outer: not valid before tomorrow", "a provider's key valid since yesterday", _provider(valid_from=NOW - _DAY)),
    Neighbour("A19 outer: not valid before the next second", "a provider's key valid since a second ago", _provider(valid_from=NOW - _SECOND)),
    Neighbour("A19 outer: not valid before the next second", "a provider's key valid from now on", _provider(valid_from=NOW)),
    Neighbour("A19 outer: compromised long ago", "another provider's key compromised long ago", _other_provider_lost(compromised_at=NOW - 50 * _DAY)),
    Neighbour("A19 outer: compromised just now", "another provider's key compromised just now", _other_provider_lost(compromised_at=NOW)),
    Neighbour("A19 outer: meant for seals", "a key meant for providers", _provider(purpose=_NCP)),
    Neighbour("A19 outer: a seal certificate listed for a provider", "a provider's certificate of the kind of a seal's", _by_curve),
    Neighbour("A19 outer: a certificate that cannot be read", "a renewed certificate around the same key", _renewed),
    Neighbour("A19 outer: the key of another provider", "the key of that other provider, which signed", _by_second_provider),
    Neighbour("A19 seal: expired before it sealed", "a key that expired the day after it sealed", _sealer(valid_until=SEALED_AT + _DAY)),
    Neighbour("A19 seal: expired a second before it sealed", "a key that expired a second after it sealed", _sealer(valid_until=SEALED_AT + _SECOND)),
    Neighbour("A19 seal: expired a second before it sealed", "a key that expired as it sealed", _sealer(valid_until=SEALED_AT)),
    Neighbour("A19 seal: not valid when it sealed", "a key valid since the day before it sealed", _sealer(valid_from=SEALED_AT - _DAY)),
    Neighbour("A19 seal: valid a second after it sealed", "a key valid since a second before it sealed", _sealer(valid_from=SEALED_AT - _SECOND)),
    Neighbour("A19 seal: valid a second after it sealed", "a key valid from the moment it sealed", _sealer(valid_from=SEALED_AT)),
    Neighbour("A19 seal: compromised before it sealed", "a key compromised the day after it sealed", _sealer(compromised_at=SEALED_AT + _DAY)),
    Neighbour("A19 seal: compromised as it sealed", "a key compromised a second after it sealed", _sealer(compromised_at=SEALED_AT + _SECOND)),
    Neighbour("A19 seal: compromised as it sealed", "another key of the authority compromised from its first day", _sealer(_lost(_SEAL))),
    Neighbour("A19 seal: meant for statements", "a key meant for seals", _sealer(purpose=_SEAL)),
    Neighbour("A19 seal: the key of another name", "the key of that other name, which sealed", _by_second_sealer),
    Neighbour("A19 seal: a statement under a key compromised", "another key for statements compromised", _stater(_lost(_STATUS))),
    Neighbour("A19 seal: a statement under a key expired", "a statement under a key that expires now", _stater(valid_until=NOW)),
    Neighbour("A19 seal: a statement under a key expired", "a statement under a key that expires in a second", _stater(valid_until=NOW + _SECOND)),
)  # fmt: skip
