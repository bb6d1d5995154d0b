"""The documents that are measured: the smallest we write, one of 40 KB, and one with a PDF.

All carry one sealed license with a statement about it and are signed with RSA of 2048 bits, as
partners do. The one of 40 KB carries courses of the same person besides, as a student's does.
"""

import random
from datetime import date
from functools import cache
from typing import NamedTuple

from licenses.model.export import reports_of
from licenses.model.license import Grant, SealContent, Territory
from licenses.model.people import Person, PersonName
from licenses.model.profession import Profession, Protection, Sector
from licenses.model.trust import Purpose
from licenses.model.values import LocalizedText
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_writer import write_elmo
from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.signing.outer_writer import ElmoSigner
from tests.factories import (
    GrantFactory,
    IssuerFactory,
    ProfessionFactory,
    SealContentFactory,
)
from tests.factories.elmo import DeliveryFactory, ExportFactory
from tests.factories.grants import texts
from tests.trust_samples import signing_key
from tests.unit.carried_documents import AUDIENCE, NOW, SESSION, exported

HOLDER = Person(names=(PersonName(given="Ingrid", family="Solberg"),), birth_date=date(1988, 5, 17))
_PDF_OCTETS = 740_000
_COURSES = 45
_END = b"</report><attachment>"


class Document(NamedTuple):
    """One document as it is signed and as it is posted."""

    name: str
    canonical: bytes
    signed: bytes
    parameter: bytes
    sealed: bytes


@cache
def documents() -> tuple[Document, ...]:
    """Return the three documents, smallest first."""
    noise = random.Random(20261123).randbytes(_PDF_OCTETS)
    return (
        _document("smallest", courses=0, pdf=b"%PDF"),
        _document("40 KB", courses=_COURSES, pdf=b"%PDF"),
        _document("with a PDF of 740 KB", courses=0, pdf=b"%PDF" + noise),
    )


def contents(count: int) -> list[SealContent]:
    """Return licenses of about thirty fields by one authority with four professions, none alike.

    As in a batch, authority and professions are read once; all the rest is each license's own.
    """
    issuer, professions = IssuerFactory.build(), ProfessionFactory.build_batch(4)
    return [
        SealContentFactory.build(
            issuer=issuer,
            holder=Person(
                names=(PersonName(given=f"Åse {'ABCDE'[number % 5]}.", family="Nordmann & Lind"),),
                birth_date=date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
            ),
            grant=GrantFactory.build(profession=professions[number % 4]),
        )
        for number in range(count)
    ]


def _document(name: str, *, courses: int, pdf: bytes) -> Document:
    license_ = exported(_small_content())
    export = ExportFactory.build(
        generated_at=NOW,
        learner=HOLDER,
        reports=reports_of((license_,)),
        delivery=DeliveryFactory.build(audience=AUDIENCE, session_sha256=SESSION),
    )
    canonical = write_elmo(ElmoContent.of(export, pdf))
    if courses:
        assert canonical.count(_END) == 1
        before, after = canonical.split(b"<learningOpportunitySpecification>", 1)
        canonical = before + b"".join(map(_course, range(courses)))
        canonical += b"<learningOpportunitySpecification>" + after
    signed = ElmoSigner(signing_key(Purpose.NCP)).sign(canonical)
    return Document(name, canonical, signed, encode_elmo(signed).encode(), license_.sealed)


def _small_content() -> SealContent:
    """Return as little as a seal can say: one language, nothing that may be left out."""
    profession = Profession(
        code="sykepleier",
        titles=texts(en="Nurse"),
        isco08="2221",
        protection=Protection.BOTH,
        sector=Sector.HEALTH,
    )
    grant: Grant = GrantFactory.build(
        profession=profession,
        titles=(LocalizedText(lang="en", text="Nurse"),),
        territories=(Territory(area="NO"),),
        legal_basis=(),
    )
    made: SealContent = SealContentFactory.build(holder=HOLDER, grant=grant)
    return made


def _course(number: int) -> bytes:
    return (
        "<learningOpportunitySpecification>"
        f'<identifier type="local">SYK{1000 + number}</identifier>'
        f'<title xml:lang="nb">Klinisk sykepleie {number}</title>'
        f'<title xml:lang="en">Clinical nursing {number}</title>'
        "<type>Course</type><subjectArea>10.6</subjectArea><iscedCode>0913</iscedCode>"
        "<specifies><learningOpportunityInstance>"
        f'<identifier type="local">SYK{1000 + number}-{number % 7}</identifier>'
        "<start>2010-08-16</start><date>2010-12-15</date><status>passed</status>"
        "<resultLabel>B</resultLabel>"
        "<credit><scheme>ECTS</scheme><value>7.5</value></credit>"
        "<languageOfInstruction>nb</languageOfInstruction></learningOpportunityInstance></specifies>"
        "</learningOpportunitySpecification>"
    ).encode()
