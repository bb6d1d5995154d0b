"""What docs/elmo-extension.md shows whole: a sealed license, and one export of it as both ELMOs.

Everything is really written: the seal under a seal key, the statement under a status key, the
transcript, the ELMO under a provider's key. Keys are new in every process, so what depends on
them is not shown; see `tests.docs.annotated`.
"""

from datetime import date, timedelta
from functools import cache
from hashlib import sha256

from licenses.model.exchange import NcpEntry
from licenses.model.export import Export, ExportedLicense, reports_of
from licenses.model.license import (
    Grant,
    Issuer,
    Kind,
    RecognitionBasis,
    ScopeItem,
    SealContent,
    Speciality,
    Territory,
)
from licenses.model.people import NameType, Person, PersonName
from licenses.model.profession import Profession, Protection, Sector
from licenses.model.standing import Because, Level
from licenses.model.trust import ElmoVersion, Purpose
from licenses.model.values import ValidityPeriod
from licenses.model.verdict import Delivery, StatusStatement
from schema_ext.carrying import ElmoCarrier
from schema_ext.license_xml import write_license
from schema_ext.signing.seal_writer import seal
from schema_ext.status_token import sign_status
from tests.factories import texts
from tests.factories.elmo import RecipientFactory
from tests.trust_samples import NOW, signing_key

AUTHORITY = "https://helsedirektoratet.example/authority"
SEAL_ID = "0f4be3a1c2d94e5f8a7b6c5d4e3f2a1b"
_SEALED_AT = NOW - timedelta(days=40)
_ENTRY = NcpEntry(
    slug="no",
    name="Norway's provider",
    country="NO",
    url="https://ncp.example/ncp/no",
    authority_ids=(AUTHORITY,),
)
_HOLDER = Person(
    names=(
        PersonName(given="Eleni", family="Papadopoulou"),
        PersonName(given="Ελένη", family="Παπαδοπούλου", type=NameType.PROFESSIONAL),
    ),
    birth_date=date(1986, 5, 1),
)
_LEARNER = Person(names=_HOLDER.names[:1], birth_date=_HOLDER.birth_date)


def _grant() -> Grant:
    dentist = Profession(
        code="tannlege",
        titles=texts(nb="Tannlege", en="Dentist"),
        isco08="2261",
        esco_uri="http://data.europa.eu/esco/isco/C2261",
        annex_v="5.3.2",
        eqf_level=7,
        protection=Protection.BOTH,
        sector=Sector.HEALTH,
        alertable=True,
        legal_basis=("Helsepersonelloven § 48",),
    )
    period = ValidityPeriod(starts=date(2024, 7, 1), ends=date(2031, 12, 31))
    return Grant(
        number="HPR 7000001",
        profession=dentist,
        titles=texts(nb="Tannlege", en="Dentist"),
        kind=Kind.LIMITED,
        jurisdiction="NO",
        territories=(Territory(area="NO", until=date(2030, 12, 31)),),
        first_issued=date(2019, 6, 20),
        issued=date(2024, 6, 20),
        period=period,
        time_zone="Europe/Oslo",
        recognition=RecognitionBasis.AUTOMATIC_ANNEX_V,
        specialities=(
            Speciality(
                code="kjeveortopedi",
                titles=texts(nb="Kjeveortopedi", en="Orthodontics"),
                period=period,
            ),
        ),
        scope=(
            ScopeItem(
                activity="narkose", titles=texts(nb="Narkose", en="Anaesthesia"), exclude=True
            ),
        ),
        legal_basis=("Helsepersonelloven § 49",),
    )


@cache
def _exported() -> ExportedLicense:
    content = SealContent(
        license_id="urn:uuid:01890000-0000-7000-8000-000000000001",
        seal_id=SEAL_ID,
        record_version=1,
        issuer=Issuer(
            id=AUTHORITY,
            names=texts(nb="Helsedirektoratet", en="Norwegian Directorate of Health"),
            country="NO",
            url="https://helsedirektoratet.example/",
        ),
        holder_id="urn:uuid:01890000-0000-7000-9000-000000000001",
        holder=_HOLDER,
        grant=_grant(),
        status_address=f"https://helsedirektoratet.example/v1/status/{SEAL_ID}",
    )
    sealed = seal(write_license(content), signing_key(Purpose.SEAL), _SEALED_AT)
    statement = StatusStatement(
        seal_id=SEAL_ID,
        authority_id=AUTHORITY,
        seal_sha256=sha256(sealed).hexdigest(),
        sealed_at=_SEALED_AT,
        record_version=1,
        level=Level.CONDITIONAL,
        because=Because.LIMITS,
        territories=("NO",),
        term_codes=("supervision.direct",),
        as_of=NOW,
        expires_at=NOW + timedelta(hours=24),
    )
    token = sign_status(statement, signing_key(Purpose.STATUS))
    return ExportedLicense(content=content, sealed=sealed, statement=statement, status_token=token)


def whole_seal() -> bytes:
    """Return the sealed license that both ELMO documents carry."""
    return _exported().sealed


def whole_document(version: ElmoVersion) -> bytes:
    """Return the signed ELMO of one license as it goes to a receiver of this version."""
    recipient = RecipientFactory.build(elmo=version)
    export = Export(
        generated_at=NOW,
        learner=_LEARNER,
        reports=reports_of([_exported()]),
        delivery=Delivery(
            audience=recipient.origin,
            session_sha256=sha256(b"3f0c5d2e-session").hexdigest(),
            purpose=recipient.purpose,
            consent_id="7d1f0a9b8c6e4d2f9a3b5c7e1d4f6a8b",
            login_level="high",
        ),
    )
    carrier = ElmoCarrier({_ENTRY.slug: signing_key(Purpose.NCP)})
    return carrier.carry(export, _ENTRY, recipient)
