"""A register ready for work: two authorities, their actors, and the steps of a license's life.

Tests of use cases and of the API state only what they are about and take the rest from here.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from licenses.model.decision import Role
from licenses.model.license import Kind, RecognitionBasis, Territory
from licenses.model.people import PersonIdentifier, PersonName
from licenses.model.register import Actor, LicenseKey, LicenseRecord, Receipt, RequestKey
from licenses.ports import Sealer, UnitOfWork
from licenses.services.actors import token_digest
from licenses.services.apply import Application, apply_for_license
from licenses.services.approve import approve
from licenses.services.decide import decide
from licenses.services.people import Applicant
from licenses.services.rulings import Issue, Ruling
from licenses.storage.memory import MemoryStore, MemoryUnitOfWork
from tests.doubles import NOON, DoubleSealer, TickingClock, office_over
from tests.factories import AuthorityFactory, MandateEntryFactory, ProfessionFactory, texts

HEALTH = "https://helsedirektoratet.example/authority"
OTHER = "https://other.example/authority"
TOKENS = {
    "clara": "token-of-clara-the-clerk",
    "olga": "token-of-olga-the-officer",
    "otto": "token-of-otto-the-officer",
    "mach": "token-of-the-machine",
    "alien": "token-of-another-authoritys-officer",
}
_ROLES = {"clara": Role.CLERK, "mach": Role.MACHINE}
IDENTIFIER = PersonIdentifier(country="NO", type="national-id", value="17058800000")


def application(**changed: Any) -> Application:
    """An application of a nurse for all of Norway, 2026 to 2030."""
    fields: dict[str, Any] = {
        "number": "HPR 7000001",
        "profession": "sykepleier",
        "kind": Kind.FULL,
        "territories": (Territory(area="NO"),),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2030, 12, 31),
        "recognition": RecognitionBasis.NATIONAL_TRAINING,
        "holder": applicant(),
    }
    return Application(**(fields | changed))


def applicant(**changed: Any) -> Applicant:
    """Ingrid Solberg, found by her identifier."""
    fields: dict[str, Any] = {
        "names": (PersonName(given="Ingrid Marie", family="Solberg"),),
        "birth_date": date(1988, 5, 17),
        "identifiers": (IDENTIFIER,),
    }
    return Applicant(**(fields | changed))


class Desk:
    """A Norwegian health authority and a neighbour, with officers, a clerk and a machine."""

    def __init__(
        self, register: Callable[[], UnitOfWork] | None = None, sealer: Sealer | None = None
    ) -> None:
        """Begin with an empty register: in memory with a double sealer, if none is given."""
        self.store = MemoryStore()
        self.uow = register or (lambda: MemoryUnitOfWork(self.store))
        self.clock = TickingClock()
        self.sealer = DoubleSealer()
        self.office = office_over(self.uow, self.clock, sealer or self.sealer)
        self.actors = {name: _actor(name) for name in TOKENS}
        with self.uow() as uow:
            for authority_id in (HEALTH, OTHER):
                uow.authorities.put(_authority(authority_id))
                for profession in ProfessionFactory.build_batch(4):
                    uow.authorities.put_profession(authority_id, profession)
            for actor in self.actors.values():
                uow.actors.add(actor)
            uow.commit()

    def stored(self) -> object:
        """Return everything that is kept, for comparing before and after."""
        return self.store.kept.copy()

    def apply(
        self, who: str = "clara", request: RequestKey | None = None, **changed: Any
    ) -> Receipt:
        """File an application."""
        return apply_for_license(self.office, self.actors[who], application(**changed), request)

    def decide(
        self, who: str, license_receipt: Receipt, ruling: Ruling, request: RequestKey | None = None
    ) -> Receipt:
        """Ask for a decision, from the version the license has now."""
        key = key_of(license_receipt)
        version = self.record(license_receipt).version
        return decide(
            self.office,
            self.actors[who],
            key,
            ruling,
            expected_version=version,
            request=request,
        )

    def approve(self, who: str, proposed: Receipt, request: RequestKey | None = None) -> Receipt:
        """Approve a proposal, from the version the license has now."""
        return approve(
            self.office,
            self.actors[who],
            key_of(proposed),
            proposed.decision_id,
            expected_version=self.record(proposed).version,
            request=request,
        )

    def issued(self, **changed: Any) -> Receipt:
        """File an application as a clerk and issue it as an officer."""
        return self.decide("olga", self.apply(**changed), Issue())

    def effective(self, license_receipt: Receipt, ruling: Ruling) -> Receipt:
        """Let one officer propose and another approve."""
        return self.approve("otto", self.decide("olga", license_receipt, ruling))

    def record(self, receipt: Receipt) -> LicenseRecord:
        """Return the license as stored."""
        with self.uow() as uow:
            return uow.licenses.get(key_of(receipt))


def key_of(receipt: Receipt) -> LicenseKey:
    """Return the key of a license of the Norwegian authority."""
    return LicenseKey(authority_id=HEALTH, license_id=receipt.license_id)


def _actor(name: str) -> Actor:
    return Actor(
        authority_id=OTHER if name == "alien" else HEALTH,
        actor_id=name,
        role=_ROLES.get(name, Role.OFFICER),
        token_sha256=token_digest(TOKENS[name]),
        created_at=NOON,
    )


def _authority(authority_id: str) -> Any:
    mandate = tuple(
        MandateEntryFactory.build(profession=code) for code in ("sykepleier", "jordmor")
    )
    return AuthorityFactory.build(
        id=authority_id, names=texts(en=f"Authority of {authority_id[8:14]}"), mandate=mandate
    )
