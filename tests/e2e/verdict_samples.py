"""Verdicts of every kind on one invented license, and their pages.

What a verdict is made of comes from the factories; `judge` makes it, as in the program.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from api.web.page import Link, Site
from api.web.smp_pages import smp_step
from api.web.verdict_page import Keep, verdict_page
from api.web.verdict_words import verdict_view
from licenses.model.judgement import Question, judge, overall_of, rejected_license, worst
from licenses.model.license import Grant
from licenses.model.people import Person, PersonName
from licenses.model.reasons import Reason
from licenses.model.standing import Because, Level, Standing
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey
from licenses.model.verdict import (
    DocumentVerdict,
    Expectation,
    LicenseVerdict,
    Line,
    SealFinding,
    StatusFinding,
    StatusSource,
    StatusStatement,
)
from tests.factories import (
    AuthorityFactory,
    GrantFactory,
    MandateEntryFactory,
    PersonFactory,
    PersonNameFactory,
    ProfessionFactory,
    SealContentFactory,
    texts,
)

NOW = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
ZONE = "Europe/Oslo"
NURSE = ("sykepleier", "Autorisert sykepleier", "Registered nurse", "2221", "5.2.2", 6)


class Sample(NamedTuple):
    """One rendered page: its file name, and the HTML."""

    name: str
    html: str


Mark = Callable[[str], str]


def hospital(mark: Mark) -> Site:
    return Site(name=mark("City Hospital"), about=mark("Check of professional licenses"), demo=True)


def grant(mark: Mark = str, **changes: object) -> Grant:
    """Return the grant of a Norwegian nurse."""
    titles = texts(nb=mark("Autorisert sykepleier"), en=mark("Registered nurse"))
    profession = ProfessionFactory.build(row=NURSE)
    return GrantFactory.build(
        profession=profession, titles=titles, **{"number": "HPR 7412338", **changes}
    )


def person(mark: Mark = str) -> Person:
    """Return the holder of every sample."""
    name = PersonNameFactory.build(given="Ingrid Marie", family=mark("Solberg"))
    return PersonFactory.build(names=(name,), birth_date=date(1990, 5, 4))


FULL = Standing(level=Level.FULL, because=Because.IN_FORCE, as_of=NOW)
LIMITED = Standing(
    level=Level.CONDITIONAL,
    because=Because.LIMITS,
    term_codes=("supervision.direct", "no-night-shifts-alone", "administrative-work-allowed"),
    as_of=NOW,
)
SUSPENDED = Standing(level=Level.NONE, because=Because.SUSPENDED, as_of=NOW)


EXPECTED = Expectation(
    name=PersonName(given="Ingrid Marie", family="Solberg"),
    birth_date=date(1990, 5, 4),
    territory="NO",
)
_KEY = TrustedKey(
    kid="ab" * 32,
    purpose=Purpose.SEAL,
    certificate=b"der",
    valid_from=NOW - timedelta(days=400),
    valid_until=NOW + timedelta(days=400),
)


def judged(
    expected: Expectation,
    standing: Standing | None = FULL,
    *,
    mark: Mark = str,
    reason: Reason = Reason.STATUS_STAPLED,
) -> LicenseVerdict:
    """Return the verdict on the sample license; without `standing` nobody answered."""
    content = SealContentFactory.build(holder=person(mark), grant=grant(mark))
    authority = AuthorityFactory.build(mandate=(MandateEntryFactory.build(),))
    trusted = TrustedAuthority(
        authority=authority, keys=(_KEY,), status_address="https://helse.example/v1/status"
    )
    finding = SealFinding(
        content=content,
        seal_sha256="cd" * 32,
        claimed_signing_time=NOW - timedelta(minutes=10),
        key=_KEY,
        authority=trusted,
    )
    statement = (
        None
        if standing is None
        else StatusStatement(
            seal_id=content.seal_id,
            authority_id=authority.id,
            seal_sha256="cd" * 32,
            sealed_at=NOW - timedelta(minutes=7),
            record_version=1,
            level=standing.level,
            because=standing.because,
            territories=("NO",),
            term_codes=standing.term_codes,
            as_of=NOW - timedelta(minutes=7),
            expires_at=NOW + timedelta(hours=24),
        )
    )
    source = StatusSource.NONE if statement is None else StatusSource.STAPLED
    return judge(
        finding,
        StatusFinding(source=source, reason=reason, statement=statement),
        Question(expected, content.holder, NOW),
    )


def document(*licenses: LicenseVerdict, own: Reason = Reason.VERIFIED) -> DocumentVerdict:
    """Return a verdict on an ELMO with these licenses, its own signature judged `own`."""
    overall = worst((overall_of((own,)), *(one.overall for one in licenses)))
    return DocumentVerdict(
        kind="response",
        checked_at=NOW,
        overall=overall,
        reasons=() if own is Reason.VERIFIED else (own,),
        signature=Line(answer="verified", reasons=(own,)),
        schema_line=Line(answer="valid", reasons=()),
        document_sha256="ef" * 32,
        licenses=licenses,
    )


def verdict_samples(mark: Mark) -> Iterator[Sample]:
    at_home = EXPECTED.model_copy(
        update={"name": PersonName(given="Ingrid Marie", family=mark("Solberg"))}
    )
    abroad = at_home.model_copy(update={"territory": "PL"})
    other = at_home.model_copy(update={"birth_date": date(1991, 1, 1)})
    full = judged(at_home, mark=mark)
    limited = judged(at_home, LIMITED, mark=mark)
    suspended = judged(at_home, SUSPENDED, mark=mark)
    unreachable = judged(Expectation(), None, mark=mark, reason=Reason.STATUS_UNREACHABLE)
    cases = (
        ("verdict-may-work", document(full), at_home),
        ("verdict-conditions", document(limited), at_home),
        ("verdict-abroad", document(judged(abroad, mark=mark)), abroad),
        ("verdict-unknown", document(unreachable), Expectation()),
        ("verdict-suspended", document(suspended), at_home),
        ("verdict-other-person", document(judged(other, mark=mark)), other),
        ("verdict-altered", document(rejected_license(Reason.DIGEST_MISMATCH)), at_home),
        ("verdict-wrong-provider", document(own=Reason.WRONG_NCP_KEY), at_home),
        ("verdict-several", document(full, suspended, limited), at_home),
    )
    for name, verdict, expected in cases:
        view = verdict_view(
            verdict,
            site=hospital(mark),
            expected=expected,
            zone=ZONE,
            keep=Keep(receipt_url="/smp/answers/1.json", document_url="/smp/answers/1.xml"),
            again=Link("/smp", "Check another license"),
            steps=smp_step(4),
        )
        yield Sample(name, verdict_page(view))
