"""From findings to the verdict: unknown is never good, and one bad line is enough."""

# ruff: noqa: E501 - a table is read by its rows

from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from api.verdict_json import verdict_json
from licenses.model.judgement import (
    Question,
    badness,
    judge,
    overall_of,
    rejected_license,
    under_document,
    with_carrier_reason,
    worst,
)
from licenses.model.license import ScopeItem, Territory
from licenses.model.people import NameType, Person, PersonName
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose
from licenses.model.verdict import (
    DocumentVerdict,
    Expectation,
    LicenseVerdict,
    Line,
    Overall,
    SealFinding,
    StatusFinding,
    StatusSource,
    StatusStatement,
)
from tests import trust_samples
from tests.factories import (
    AuthorityFactory,
    GrantFactory,
    MandateEntryFactory,
    ProfessionFactory,
    SealContentFactory,
    texts,
)

R = Reason
NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
SEALED_AT = NOW - timedelta(days=40)
INGRID = Person(
    names=(PersonName(given="Ingrid Marie", family="Solberg"),), birth_date=date(1988, 5, 17)
)
NURSE = ProfessionFactory.build(code="sykepleier", isco08="2221")
EXPECTED = Expectation(
    name=INGRID.current_name, birth_date=INGRID.birth_date, territory="NO", isco08="2221"
)
GOOD = {Overall.MAY_WORK, Overall.MAY_WORK_WITH_CONDITIONS}


def finding(holder: Person = INGRID, **grant: Any) -> SealFinding:
    """Return a verified seal over a Norwegian nurse's license; `grant` are fields of its grant."""
    content = SealContentFactory.build(
        holder=holder, grant=GrantFactory.build(**{"profession": NURSE} | grant)
    )
    return SealFinding(
        content=content,
        seal_sha256="cd" * 32,
        claimed_signing_time=SEALED_AT,
        key=trust_samples.trusted(Purpose.SEAL),
        authority=trust_samples.authority(),
    )


def status(level: Level = Level.FULL, **fields: Any) -> StatusFinding:
    """Return a fresh statement about that seal."""
    stated: StatusStatement = trust_samples.statement(
        **{"level": level, "because": Because.IN_FORCE, "term_codes": (), "as_of": NOW} | fields
    )
    return StatusFinding(source=StatusSource.STAPLED, reason=R.STATUS_STAPLED, statement=stated)


def unknown(reason: Reason = R.STATUS_UNREACHABLE) -> StatusFinding:
    """Return that no statement counts, and why."""
    return StatusFinding(source=StatusSource.NONE, reason=reason)


def question(learner: Person | None = INGRID, **expected: Any) -> Question:
    """Return the question of an employer in Norway who expects Ingrid as a nurse."""
    return Question(EXPECTED.model_copy(update=expected), learner, NOW)


def test_a_license_that_answers_everything_may_be_worked_under() -> None:
    verdict = judge(finding(), status(), question())

    assert verdict.overall is Overall.MAY_WORK
    assert [line.answer for line in _lines(verdict)] == [
        "untouched",
        "trusted",
        "same",
        "yes",
        "full",
    ]
    assert verdict.content_shown is not None
    assert verdict.statement is not None


def _lines(verdict: LicenseVerdict) -> tuple[Line, ...]:
    return (verdict.content, verdict.authority, verdict.holder, verdict.place, verdict.standing)


CONDITIONS = {"because": Because.LIMITS, "term_codes": ("supervision.direct",)}


def test_conditions_are_told_in_the_overall_answer() -> None:
    verdict = judge(finding(), status(Level.CONDITIONAL, **CONDITIONS), question())

    assert verdict.overall is Overall.MAY_WORK_WITH_CONDITIONS
    assert verdict.statement is not None
    assert verdict.statement.term_codes == ("supervision.direct",)


def test_no_right_now_must_not_be_relied_on_but_says_what_it_was() -> None:
    verdict = judge(finding(), status(Level.NONE, because=Because.EXPIRED), question())

    assert verdict.overall is Overall.MUST_NOT_RELY
    assert verdict.content_shown is not None
    assert verdict.standing.answer == "none"


# Everything that may be wrong with the answer of one line, and what becomes of the whole.

OTHER_NAME = PersonName(given="Ingrid", family="Lund")
OTHERS = Person(names=(OTHER_NAME,), birth_date=INGRID.birth_date)
STRANGER = Person(names=INGRID.names, birth_date=date(1970, 1, 1))
COMPROMISED = trust_samples.trusted(Purpose.SEAL, compromised_at=SEALED_AT)
EXPIRED_KEY = trust_samples.trusted(Purpose.SEAL, valid_until=NOW - timedelta(days=1))
FUTURE_KEY = trust_samples.trusted(Purpose.SEAL, valid_from=NOW)

CASES: dict[str, tuple[SealFinding, StatusFinding, Question, Reason]] = {
    "the key was lost when it sealed": (finding()._replace(key=COMPROMISED), status(), question(), R.KEY_COMPROMISED),
    "the key did not count yet": (finding()._replace(key=FUTURE_KEY), status(), question(), R.KEY_NOT_VALID_THEN),
    "the key has expired and nobody tells when it sealed": (finding()._replace(key=EXPIRED_KEY), unknown(), question(), R.SIGNING_TIME_UNPROVEN),
    "another profession than the mandate's": (finding(profession=ProfessionFactory.build(code="astrologer", isco08="2221")), status(), question(), R.OUTSIDE_MANDATE),
    "one territory more than the mandate's": (finding(territories=(Territory(area="NO"), Territory(area="SE"))), status(territories=("NO", "SE")), question(), R.OUTSIDE_MANDATE),
    "a day before the mandate": (finding(first_issued=date(1999, 1, 1), issued=date(2000, 12, 31)), status(), question(), R.OUTSIDE_MANDATE),
    "a learner of another birth date": (finding(), status(), question(STRANGER), R.SEAL_OF_ANOTHER_HOLDER),
    "a learner of another name": (finding(), status(), question(OTHERS), R.LEARNER_NAME_DIFFERS),
    "another birth date than expected": (finding(), status(), question(birth_date=date(1970, 1, 1)), R.HOLDER_OTHER),
    "another name than expected": (finding(), status(), question(name=OTHER_NAME), R.HOLDER_UNSURE),
    "another name and no birth date": (finding(), status(), question(name=OTHER_NAME, birth_date=None), R.HOLDER_OTHER),
    "a name alone": (finding(), status(), question(birth_date=None), R.HOLDER_UNSURE),
    "a birth date alone": (finding(), status(), question(name=None), R.HOLDER_UNSURE),
    "nobody expected": (finding(), status(), question(name=None, birth_date=None), R.HOLDER_NOT_ASKED),
    "another country": (finding(), status(), question(territory="PL"), R.PLACE_NOT_COVERED),
    "a country for a region": (finding(territories=(Territory(area="NO-03"),)), status(territories=("NO-03",)), question(), R.PLACE_NOT_COVERED),
    "a place over since yesterday": (finding(territories=(Territory(area="NO", until=date(2026, 5, 3)),)), status(), question(), R.PLACE_NOT_COVERED),
    "a place the authority names no longer": (finding(), status(territories=("SE",), superseded_by="ef" * 16), question(), R.PLACE_NOT_COVERED),
    "no place asked": (finding(), status(), question(territory=None), R.PLACE_NOT_ASKED),
    "another profession than asked": (finding(), status(), question(isco08="2211"), R.PROFESSION_DIFFERS),
    "an activity excluded": (finding(scope=(ScopeItem(activity="prescribing", titles=texts(en="P"), exclude=True),)), status(), question(activity="prescribing"), R.ACTIVITY_NOT_COVERED),
    "an activity beyond the scope": (finding(scope=(ScopeItem(activity="wards", titles=texts(en="W")),)), status(), question(activity="prescribing"), R.ACTIVITY_NOT_COVERED),
    "nobody asked": (finding(), unknown(R.STATUS_NOT_ASKED), question(), R.STATUS_NOT_ASKED),
    "nobody answered": (finding(), unknown(), question(), R.STATUS_UNREACHABLE),
    "an old statement": (finding(), unknown(R.STATUS_EXPIRED), question(), R.STATUS_EXPIRED),
    "a forged statement": (finding(), unknown(R.STATUS_SIGNATURE), question(), R.STATUS_SIGNATURE),
    "a statement about another": (finding(), unknown(R.STATUS_OTHER_SEAL), question(), R.STATUS_OTHER_SEAL),
    "a seal nobody recorded": (finding(), unknown(R.SEAL_NEVER_RECORDED), question(), R.SEAL_NEVER_RECORDED),
    "a statement that knows nothing": (finding(), status(Level.UNKNOWN, because=Because.NO_RECORD), question(), R.STATUS_NOT_ASKED),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_line_that_is_not_right_is_enough(case: str) -> None:
    seal, stated, asked, reason = CASES[case]

    verdict = judge(seal, stated, asked)

    assert reason in set(verdict.reasons)
    rejected = REASONS[reason].outcome is Outcome.REJECTED
    assert verdict.overall is (Overall.MUST_NOT_RELY if rejected else Overall.NOT_ESTABLISHED)
    assert (verdict.content_shown is None) is rejected


def test_a_newer_seal_is_told_and_does_not_change_the_answer() -> None:
    verdict = judge(finding(), status(superseded_by="ef" * 16), question())

    assert R.NEWER_SEAL in set(verdict.reasons)
    assert verdict.overall is Overall.MAY_WORK


def test_a_region_is_covered_by_its_country() -> None:
    assert judge(finding(), status(), question(territory="NO-03")).place.answer == "yes"


def test_an_older_name_is_still_the_holders() -> None:
    both = Person(
        names=(
            INGRID.current_name,
            PersonName(given="Ingrid", family="Moen", type=NameType.FORMER),
        ),
        birth_date=INGRID.birth_date,
    )

    verdict = judge(finding(both), status(), question(name=both.names[1]))

    assert verdict.holder.answer == "same"


def test_a_sealed_license_alone_has_no_learner_to_differ_from() -> None:
    assert judge(finding(), status(), question(None)).overall is Overall.MAY_WORK


def test_the_authoritys_own_record_proves_when_an_expired_key_sealed() -> None:
    seal = finding()._replace(key=EXPIRED_KEY)

    assert judge(seal, status(), question()).overall is Overall.MAY_WORK


# All reasons there are, known today or added tomorrow.


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_makes_the_answer_as_bad_as_its_outcome(reason: Reason) -> None:
    verdict = judge(finding(), unknown(reason), question())

    outcome = REASONS[reason].outcome
    assert overall_of((reason,)) == overall_of((R.VERIFIED, reason, R.VERIFIED))
    if outcome is Outcome.REJECTED:
        assert verdict.overall is Overall.MUST_NOT_RELY
        hidden = reason is not R.STANDING_NONE
        assert (verdict.content_shown is None) is hidden
        assert (verdict.authority_shown is None) is hidden
        assert ((verdict.authority.compared, verdict.place.compared) == ((), ())) is hidden
    elif outcome is Outcome.INDETERMINATE:
        assert verdict.overall is Overall.NOT_ESTABLISHED


@pytest.mark.parametrize("reason", Reason)
def test_a_license_refused_for_any_reason_shows_nothing(reason: Reason) -> None:
    verdict = rejected_license(reason)

    assert (verdict.content_shown, verdict.authority_shown, verdict.statement) == (None,) * 3
    assert verdict.reasons == (reason,)
    assert verdict.overall is overall_of((reason,))


@pytest.mark.parametrize("reason", Reason)
def test_a_license_is_never_better_than_what_carried_it(reason: Reason) -> None:
    good = judge(finding(), status(), question())
    document = _document(good)

    under = under_document(good, (reason,))
    with_reason = with_carrier_reason(document, reason)

    assert badness(under.overall) == badness(overall_of((reason,)))
    assert with_reason.overall is under.overall
    assert with_reason.licenses[0].overall is under.overall
    assert with_reason.reasons == (reason,)


def _document(*licenses: LicenseVerdict) -> DocumentVerdict:
    fine = Line(answer="verified", reasons=(R.VERIFIED,))
    return DocumentVerdict(
        kind="response",
        checked_at=NOW,
        overall=worst(tuple(one.overall for one in licenses)),
        reasons=(),
        signature=fine,
        schema_line=fine,
        learner=INGRID,
        licenses=licenses,
    )


def test_of_nothing_nothing_is_established() -> None:
    assert worst(()) is Overall.NOT_ESTABLISHED
    assert overall_of(()) is Overall.NOT_ESTABLISHED


# Properties: whatever is asked, some things are never answered.

names = st.sampled_from([None, INGRID.current_name, OTHER_NAME])
births = st.sampled_from([None, INGRID.birth_date, date(1970, 1, 1)])
areas = st.sampled_from([None, "NO", "NO-03", "SE", "PL", "DE-BY"])
questions = st.builds(
    lambda name, born, area, work, learner: question(
        learner, name=name, birth_date=born, territory=area, isco08=work
    ),
    names,
    births,
    areas,
    st.sampled_from([None, "2221", "2211"]),
    st.sampled_from([None, INGRID, OTHERS, STRANGER]),
)
statuses = st.builds(
    lambda level, newer: status(level, superseded_by=newer),
    st.sampled_from(Level),
    st.sampled_from([None, "ef" * 16]),
) | st.builds(unknown, st.sampled_from([one for one in Reason if one.value.startswith("status-")]))
seals = st.builds(
    lambda key, home: finding(territories=(Territory(area=home),))._replace(key=key),
    st.sampled_from([trust_samples.trusted(Purpose.SEAL), COMPROMISED, EXPIRED_KEY]),
    st.sampled_from(["NO", "NO-03"]),
)


@given(seals, statuses, questions)
@settings(deadline=None, max_examples=300)
def test_may_work_means_that_every_single_line_says_so(
    seal: SealFinding, stated: StatusFinding, asked: Question
) -> None:
    verdict = judge(seal, stated, asked)

    if verdict.overall in GOOD:
        assert verdict.content.answer == "untouched"
        assert verdict.authority.answer == "trusted"
        assert verdict.holder.answer == "same"
        assert verdict.place.answer == "yes"
        assert verdict.standing.answer in {"full", "conditional"}
        assert stated.statement is not None
    if verdict.overall is Overall.MAY_WORK:
        assert verdict.standing.answer == "full"


@given(seals, statuses, questions)
@settings(deadline=None, max_examples=200)
def test_no_certificate_stands_in_the_json(
    seal: SealFinding, stated: StatusFinding, asked: Question
) -> None:
    document = str(verdict_json(_document(judge(seal, stated, asked))))

    assert seal.key.certificate.hex()[:40] not in document
    assert repr(seal.key.certificate)[2:40] not in document
    assert "certificate" not in document
    assert "keys" not in document


@given(statuses)
@settings(deadline=None, max_examples=50)
def test_a_norwegian_license_at_a_polish_hospital_says_no_right_here_established(
    stated: StatusFinding,
) -> None:
    verdict = judge(finding(), stated, question(territory="PL"))

    assert verdict.place.answer == "not-established"
    assert verdict.place.reasons == (R.PLACE_NOT_COVERED,)
    assert verdict.overall not in GOOD
    full = stated.statement is not None and stated.statement.level is Level.FULL
    if full:
        assert verdict.overall is Overall.NOT_ESTABLISHED


def test_samples_are_inside_the_mandate() -> None:
    """The good case must be good for the reason it states."""
    assert MandateEntryFactory.build().profession == NURSE.code
    assert AuthorityFactory.build().may_grant(NURSE.code, "NO", date(2024, 6, 20))
