"""Real documents in small: seals, statements and ELMO under keys of the tests, with their trust."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from licenses.model.export import ExportedLicense, reports_of
from licenses.model.license import SealContent
from licenses.model.people import Person, PersonName
from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedNcp, TrustedSmp
from licenses.model.verdict import Circumstances, Expectation, StatusStatement
from schema_ext.documents import Surroundings, Verifier
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_writer import write_elmo
from schema_ext.license_xml import write_license
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.seal_writer import seal
from schema_ext.status_finding import StatusAsker
from schema_ext.status_token import sign_status
from tests.factories import GrantFactory, ProfessionFactory, SealContentFactory
from tests.factories.elmo import DeliveryFactory, ExportFactory
from tests.factories.grants import PROFESSIONS
from tests.trust_samples import authority, ncp, signing_key

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
SEALED_AT = NOW - timedelta(days=40)
INGRID = Person(
    names=(PersonName(given="Ingrid Marie", family="Solberg"),), birth_date=date(1988, 5, 17)
)
EXPECTED = Expectation(name=INGRID.current_name, birth_date=INGRID.birth_date, territory="NO")
AUDIENCE, SESSION = "https://szpital.example", "5e" * 32


class Trust:
    """A trust source of these authorities."""

    def __init__(self, *known: TrustedAuthority) -> None:
        self._known = {one.authority.id: one for one in known or (authority(),)}

    def authority(self, authority_id: str) -> TrustedAuthority | None:
        return self._known.get(authority_id)

    def key_for(self, authority_id: str, purpose: Purpose, kid: str) -> TrustedKey | None:
        known = self.authority(authority_id)
        keys = known.keys if known else ()
        return next((one for one in keys if (one.purpose, one.kid) == (purpose, kid)), None)

    def authorities(self) -> tuple[TrustedAuthority, ...]:
        return tuple(self._known.values())

    def smps(self) -> tuple[TrustedSmp, ...]:
        return ()


def content(holder: Person = INGRID, **fields: Any) -> SealContent:
    """Return what the seal of a Norwegian nurse says."""
    nurse = ProfessionFactory.build(row=PROFESSIONS[0])
    stated = {"holder": holder, "grant": GrantFactory.build(profession=nurse)}
    made: SealContent = SealContentFactory.build(**stated | fields)
    return made


def statement(about: SealContent, sealed: bytes, **fields: Any) -> StatusStatement:
    """Return what the authority says of a seal at NOW, good for an hour."""
    stated: dict[str, Any] = {
        "seal_id": about.seal_id,
        "authority_id": about.issuer.id,
        "seal_sha256": sha256(sealed).hexdigest(),
        "sealed_at": SEALED_AT,
        "record_version": about.record_version,
        "level": Level.FULL,
        "because": Because.IN_FORCE,
        "territories": ("NO",),
        "as_of": NOW,
        "expires_at": NOW + timedelta(hours=1),
    }
    return StatusStatement(**stated | fields)


def exported(about: SealContent | None = None, **stated: Any) -> ExportedLicense:
    """Return a license with its seal and its statement, both under the authority's keys."""
    about = about or content()
    sealed = seal(write_license(about), signing_key(Purpose.SEAL), SEALED_AT)
    said = statement(about, sealed, **stated)
    return ExportedLicense(
        content=about,
        sealed=sealed,
        statement=said,
        status_token=sign_status(said, signing_key(Purpose.STATUS)),
    )


def elmo(
    licenses: Sequence[ExportedLicense] = (), learner: Person = INGRID, name: str = "first"
) -> bytes:
    """Return an ELMO of these licenses (or of one) signed by a provider of that name."""
    export = ExportFactory.build(
        generated_at=NOW,
        learner=learner,
        reports=reports_of(licenses or (exported(),)),
        delivery=DeliveryFactory.build(audience=AUDIENCE, session_sha256=SESSION),
    )
    return sign_elmo(write_elmo(ElmoContent.of(export, b"%PDF")), signing_key(Purpose.NCP, name))


FIRST_PROVIDER = (ncp(),)


def verifier(
    *,
    ask: StatusAsker | None = None,
    ncps: Sequence[TrustedNcp] | None = FIRST_PROVIDER,
    **given: Any,
) -> Verifier:
    """Return a verifier at NOW that trusts the authority and the first provider.

    `ncps` None is no registry at all; `given` are other fields of its surroundings.
    """
    surroundings: dict[str, Any] = {
        "clock": lambda: NOW,
        "trust": Trust(),
        "ncps": None if ncps is None else lambda: ncps,
        "ask": ask,
    }
    return Verifier(Surroundings(**surroundings | given))


def in_session(**given: Any) -> Circumstances:
    """Return the circumstances of the session that `elmo` is made for."""
    stated: dict[str, Any] = {
        "expectation": EXPECTED,
        "ncp": ncp(),
        "audience": AUDIENCE,
        "session_sha256": SESSION,
    }
    return Circumstances(**stated | given)
