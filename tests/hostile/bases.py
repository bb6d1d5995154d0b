"""The valid documents that attacks start from: random licenses under the keys of the tests.

Every base is one license in its signed forms: sealed alone, in an ELMO as we sign it, and in an
ELMO as Java providers sign it. Each gets the best verdict there is; only that makes the refusal
of a change to it worth anything. Made once a process, from a fixed seed.
"""

from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

from licenses.model.authority import MandateEntry
from licenses.model.export import ExportedLicense
from licenses.model.license import Territory
from licenses.model.people import PersonName
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedNcp
from licenses.model.values import ValidityPeriod
from licenses.model.verdict import Expectation
from schema_ext.license_xml import write_license
from tests.hostile.edits import without_signature
from tests.random_licenses import random_content
from tests.strategies import AREAS
from tests.trust_samples import authority, ncp, private_key, signing_key
from tests.unit.carried_documents import elmo, exported
from tests.unit.signed_documents import by_xmlsec

BASES = 100
_SEED = 20261123
_PROFESSION = "profession.under-attack"
_LONG_AGO = date(1900, 1, 1)


class Base(NamedTuple):
    """One license: what is signed, as canonical text, and how it is signed."""

    number: int
    exported: ExportedLicense
    license_text: bytes
    seal: bytes
    elmo_text: bytes
    outer: bytes

    @property
    def expected(self) -> Expectation:
        """Whom an employer in Norway expects: the holder."""
        holder = self.exported.content.holder
        return Expectation(name=holder.current_name, birth_date=holder.birth_date, territory="NO")


class World(NamedTuple):
    """Whom a verifier trusts."""

    authority: TrustedAuthority
    provider: TrustedNcp


@cache
def bases() -> tuple[Base, ...]:
    """Return `BASES` licenses, no two alike."""
    return tuple(_base(number) for number in range(BASES))


def _base(number: int) -> Base:
    drawn = random_content(Random(_SEED + number))
    grant = drawn.grant.model_copy(
        update={
            "profession": drawn.grant.profession.model_copy(update={"code": _PROFESSION}),
            "territories": (Territory(area="NO"), *drawn.grant.territories),
        }
    )
    issuer = drawn.issuer.model_copy(update={"id": authority().authority.id})
    holder = drawn.holder.model_copy(update={"names": tuple(map(_spelt, drawn.holder.names))})
    content = drawn.model_copy(update={"issuer": issuer, "holder": holder, "grant": grant})
    one = exported(content)
    outer = elmo((one,), content.holder)
    return Base(
        number=number,
        exported=one,
        license_text=write_license(content),
        seal=one.sealed,
        elmo_text=without_signature(outer),
        outer=outer,
    )


def _spelt(name: PersonName) -> PersonName:
    """Return a name with letters in it: one of signs alone is never surely the same."""
    return name.model_copy(update={"given": f"Åse {name.given}", "family": f"{name.family} Lie"})


_by_java: dict[int, bytes] = {}


def by_java(base: Base) -> bytes:
    """Return the ELMO as Java providers sign it: unprefixed, inclusive C14N, `&#13;`; kept."""
    if base.number not in _by_java:
        _by_java[base.number] = by_xmlsec(
            base.elmo_text,
            private=private_key(Purpose.NCP),
            certificate=signing_key(Purpose.NCP).certificate,
        )
    return _by_java[base.number]


def world(*keys: TrustedKey, provider: TrustedKey | None = None) -> World:
    """Return whom to trust; by default the authority of all bases, and the first provider."""
    always = ValidityPeriod(starts=_LONG_AGO)
    mandate = tuple(
        MandateEntry(profession=_PROFESSION, territory=area, period=always) for area in AREAS
    )
    listed = ncp() if provider is None else ncp(key=provider)
    return World(authority(*keys, mandate=mandate), listed)
