"""Authorities, professions and grants of three countries, and the seals over them."""

from datetime import date

from factory.base import Factory
from factory.declarations import Iterator, LazyAttribute, LazyFunction, Sequence, SubFactory

from licenses.model.authority import Authority, MandateEntry
from licenses.model.license import (
    Grant,
    Issuer,
    Kind,
    RecognitionBasis,
    SealContent,
    Territory,
)
from licenses.model.profession import Profession, Protection, Sector
from licenses.model.values import LocalizedText, ValidityPeriod
from tests.factories.people import PersonFactory

AUTHORITY_ID = "https://helsedirektoratet.example/authority"

# code, title in Norwegian, title in English, ISCO-08, point of Annex V, level of the EQF
PROFESSIONS = (
    ("sykepleier", "Autorisert sykepleier", "Registered nurse", "2221", "5.2.2", 6),
    ("jordmor", "Autorisert jordmor", "Midwife", "2222", "5.5.2", 7),
    ("lege", "Autorisert lege", "Medical doctor", "2211", "5.1.1", 7),
    ("fysioterapeut", "Autorisert fysioterapeut", "Physiotherapist", "2264", None, 6),
)


def texts(**by_language: str) -> tuple[LocalizedText, ...]:
    """Return localized texts in the order given: `texts(nb="Sykepleier", en="Nurse")`."""
    return tuple(LocalizedText(lang=lang, text=text) for lang, text in by_language.items())


class MandateEntryFactory(Factory[MandateEntry]):
    """Nurses all over Norway since 2001."""

    class Meta:
        model = MandateEntry

    profession = "sykepleier"
    territory = "NO"
    period = ValidityPeriod(starts=date(2001, 1, 1))


class AuthorityFactory(Factory[Authority]):
    """A Norwegian health authority with the mandate for every profession of `PROFESSIONS`."""

    class Meta:
        model = Authority

    id = AUTHORITY_ID
    names = texts(nb="Helsedirektoratet", en="Norwegian Directorate of Health")
    country = "NO"
    url = "https://helsedirektoratet.example/"
    time_zone = "Europe/Oslo"
    mandate = LazyFunction(
        lambda: tuple(MandateEntryFactory.build(profession=row[0]) for row in PROFESSIONS)
    )


class ProfessionFactory(Factory[Profession]):
    """The next profession of the list, as its authority lists it."""

    class Meta:
        model = Profession

    class Params:
        row = Iterator(PROFESSIONS)

    code = LazyAttribute(lambda made: made.row[0])
    titles = LazyAttribute(lambda made: texts(nb=made.row[1], en=made.row[2]))
    isco08 = LazyAttribute(lambda made: made.row[3])
    annex_v = LazyAttribute(lambda made: made.row[4])
    eqf_level = LazyAttribute(lambda made: made.row[5])
    protection = Protection.BOTH
    sector = Sector.HEALTH
    alertable = True
    legal_basis = ("Helsepersonelloven § 48",)


class GrantFactory(Factory[Grant]):
    """A full Norwegian license, granted in 2019 and valid until the end of 2031."""

    class Meta:
        model = Grant

    number = Sequence(lambda n: f"HPR {7000001 + n}")
    profession = SubFactory(ProfessionFactory)
    titles = LazyAttribute(lambda made: made.profession.titles)
    kind = Kind.FULL
    jurisdiction = "NO"
    territories = (Territory(area="NO"),)
    first_issued = date(2019, 6, 20)
    issued = date(2024, 6, 20)
    period = ValidityPeriod(starts=date(2024, 7, 1), ends=date(2031, 12, 31))
    time_zone = "Europe/Oslo"
    recognition = RecognitionBasis.NATIONAL_TRAINING
    specialities = ()
    scope = ()
    legal_basis = ("Helsepersonelloven § 48 første ledd",)


class IssuerFactory(Factory[Issuer]):
    """The authority of `AuthorityFactory` as a seal names it."""

    class Meta:
        model = Issuer

    id = AUTHORITY_ID
    names = texts(nb="Helsedirektoratet", en="Norwegian Directorate of Health")
    country = "NO"
    url = "https://helsedirektoratet.example/"


class SealContentFactory(Factory[SealContent]):
    """The first seal of a license; its ids are counted, not random."""

    class Meta:
        model = SealContent

    license_id = Sequence(lambda n: f"urn:uuid:01890000-0000-7000-8000-{n + 1:012x}")
    seal_id = Sequence(lambda n: f"{0xA11CE << 64 | n + 1:032x}")
    record_version = 1
    issuer = SubFactory(IssuerFactory)
    holder_id = Sequence(lambda n: f"urn:uuid:01890000-0000-7000-9000-{n + 1:012x}")
    holder = SubFactory(PersonFactory)
    grant = SubFactory(GrantFactory)
    status_address = LazyAttribute(
        lambda made: f"https://helsedirektoratet.example/v1/status/{made.seal_id}"
    )
