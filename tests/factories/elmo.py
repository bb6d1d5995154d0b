"""Exports on their way out of an NCP: licenses with their statements, recipient and delivery."""

from datetime import UTC, date, datetime, timedelta

from factory.base import Factory
from factory.declarations import LazyAttribute, LazyFunction, SubFactory

from licenses.model.exchange import Recipient
from licenses.model.export import Export, ExportedLicense, reports_of
from licenses.model.people import Person, PersonName
from licenses.model.standing import Because, Level
from licenses.model.verdict import Delivery, StatusStatement
from schema_ext.elmo_content import ElmoContent
from schema_ext.license_xml import write_license
from tests.factories.grants import SealContentFactory

GENERATED_AT = datetime(2026, 11, 23, 13, 58, 7, tzinfo=UTC)
STATUS_TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl"


class StatusStatementFactory(Factory[StatusStatement]):
    """A full standing, stated a minute before the document was made."""

    class Meta:
        model = StatusStatement

    seal_id = "0" * 32
    authority_id = "https://helsedirektoratet.example/authority"
    seal_sha256 = "0" * 64
    sealed_at = datetime(2024, 6, 20, 9, 0, tzinfo=UTC)
    record_version = 1
    level = Level.FULL
    because = Because.IN_FORCE
    territories = ("NO",)
    term_codes = ()
    as_of = GENERATED_AT - timedelta(minutes=1)
    expires_at = GENERATED_AT + timedelta(hours=23)


class ExportedLicenseFactory(Factory[ExportedLicense]):
    """A license in full standing; `sealed` is what a seal would cover, without a signature."""

    class Meta:
        model = ExportedLicense

    content = SubFactory(SealContentFactory)
    sealed = LazyAttribute(lambda made: write_license(made.content))
    statement = LazyAttribute(
        lambda made: StatusStatementFactory.build(seal_id=made.content.seal_id)
    )
    status_token = STATUS_TOKEN


class RecipientFactory(Factory[Recipient]):
    """A hospital in Poland."""

    class Meta:
        model = Recipient

    name = "Szpital Miejski w Łodzi"
    country = "PL"
    purpose = "Check before employment"
    origin = "https://szpital.example"
    return_url = "https://szpital.example/smp/return"


class DeliveryFactory(Factory[Delivery]):
    """The delivery to the hospital of `RecipientFactory`."""

    class Meta:
        model = Delivery

    audience = "https://szpital.example"
    session_sha256 = "5e" * 32
    purpose = "Check before employment"
    consent_id = "c" * 32
    login_level = "high"


class ExportFactory(Factory[Export]):
    """One license of one person, grouped as an NCP groups them; give `licenses` for others."""

    class Meta:
        model = Export

    class Params:
        licenses = LazyFunction(lambda: (ExportedLicenseFactory.build(),))

    generated_at = GENERATED_AT
    learner = Person(
        names=(PersonName(given="Ingrid Marie", family="Solberg"),), birth_date=date(1991, 3, 14)
    )
    reports = LazyAttribute(lambda made: reports_of(made.licenses))
    delivery = SubFactory(DeliveryFactory)


def exported(
    level: Level, because: Because, *term_codes: str, **content: object
) -> ExportedLicense:
    """Return a license in the given standing; `content` are fields of its SealContent."""
    sealed = SealContentFactory.build(**content)
    statement = StatusStatementFactory.build(
        seal_id=sealed.seal_id, level=level, because=because, term_codes=term_codes
    )
    return ExportedLicenseFactory.build(content=sealed, statement=statement)


def elmo_content(*licenses: ExportedLicense) -> ElmoContent:
    """Return a document of these licenses (or of one) with four octets for a PDF."""
    chosen = {"licenses": licenses} if licenses else {}
    return ElmoContent.of(ExportFactory.build(**chosen), b"%PDF")
