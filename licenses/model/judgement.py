"""From what the verifier established to the verdict a relying party acts on.

Pure: the findings, the expectation and the clock come in, lines with reasons go out. The rule
over all: unknown is never good. The overall answer is "may work" only where content, authority,
holder, place and standing all say so. Source: design.md 5 (Time), 6 (Seal-learner), 8.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from licenses.model.authority import covers, lies_in
from licenses.model.license import Grant
from licenses.model.people import Person, PersonName, is_called, same_name
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.standing import Level
from licenses.model.trust import judge_key
from licenses.model.verdict import (
    DocumentVerdict,
    Expectation,
    LicenseVerdict,
    Line,
    Overall,
    Recognition,
    SealFinding,
    StatusFinding,
    StatusStatement,
)

_WORST_LAST = (
    Overall.MAY_WORK,
    Overall.MAY_WORK_WITH_CONDITIONS,
    Overall.NOT_ESTABLISHED,
    Overall.MUST_NOT_RELY,
)
_MOST_NAMED = 20
_ANSWER_OF = {
    Level.FULL: Reason.STANDING_FULL,
    Level.CONDITIONAL: Reason.STANDING_CONDITIONAL,
    Level.NONE: Reason.STANDING_NONE,
}


class Question(NamedTuple):
    """What is asked of a seal: by whom it should be, where, when, and carried by which learner.

    `alternative_name` is the learner's full name once more, as ELMO 2.0 has it.
    """

    expected: Expectation
    learner: Person | None
    now: datetime
    alternative_name: str | None = None


def judge(finding: SealFinding, status: StatusFinding, question: Question) -> LicenseVerdict:
    """Return the verdict on one license whose seal was verified.

    Args:
        finding: the sealed content, and the key and authority the trust source gave for it.
        status: a statement that counts, or why there is none.
        question: the expectation, the learner of the document that carried it, and the clock.
    """
    content = _content(finding, status, question.now)
    authority = _authority(finding)
    recognised = _recognised(finding.content.holder, question)
    holder = _holder(finding.content.holder, question, recognised)
    place = _place(finding, status.statement, question)
    standing = _standing(status)
    reasons = tuple(
        reason for line in (content, authority, holder, place, standing) for reason in line.reasons
    )
    overall = overall_of(reasons)
    shown = not _any_rejects(one for one in reasons if one is not Reason.STANDING_NONE)
    if not shown:  # what was compared names profession, places and days of the license
        authority, place = (one.model_copy(update={"compared": ()}) for one in (authority, place))
    return LicenseVerdict(
        overall=overall,
        reasons=reasons,
        content=content,
        authority=authority,
        holder=holder,
        place=place,
        standing=standing,
        content_shown=finding.content if shown else None,
        authority_shown=finding.authority if shown else None,
        recognised_by=recognised if shown else None,
        statement=status.statement if shown else None,
        status_source=status.source,
    )


def rejected_license(reason: Reason) -> LicenseVerdict:
    """Return the verdict on a license nothing of which may be shown."""
    line = Line(answer="not-established", reasons=())
    broken = Line(answer=_content_answer((reason,)), reasons=(reason,))
    return LicenseVerdict(
        overall=overall_of((reason,)),
        reasons=(reason,),
        content=broken,
        authority=line,
        holder=line,
        place=line,
        standing=Line(answer=Level.UNKNOWN.value, reasons=()),
    )


def under_document(license_: LicenseVerdict, carrier: tuple[Reason, ...]) -> LicenseVerdict:
    """Return the verdict as it stands in its document: never better than what carried it."""
    overall = worst((license_.overall, overall_of(carrier)) if carrier else (license_.overall,))
    if overall is license_.overall:
        return license_
    return license_.model_copy(update={"overall": overall})


def with_carrier_reason(verdict: DocumentVerdict, reason: Reason) -> DocumentVerdict:
    """Return the verdict with one more reason about the document that carried the licenses."""
    reasons = (*verdict.reasons, reason)
    licenses = tuple(under_document(one, reasons) for one in verdict.licenses)
    return verdict.model_copy(
        update={
            "reasons": reasons,
            "licenses": licenses,
            "overall": worst((verdict.overall, overall_of((reason,)))),
        }
    )


def overall_of(reasons: tuple[Reason, ...]) -> Overall:
    """Return the worst answer that any of the reasons calls for."""
    return worst(tuple([_CALLS_FOR[reason] for reason in reasons]))


def worst(answers: tuple[Overall, ...]) -> Overall:
    """Return the worst of several answers; of none, that nothing is established."""
    return max(answers, key=badness, default=Overall.NOT_ESTABLISHED)


def badness(overall: Overall) -> int:
    """Return a rank to sort by, 0 for the best answer."""
    return _BADNESS[overall]


def _overall_for(reason: Reason) -> Overall:
    if reason is Reason.STANDING_CONDITIONAL:
        return Overall.MAY_WORK_WITH_CONDITIONS
    match REASONS[reason].outcome:
        case Outcome.REJECTED:
            return Overall.MUST_NOT_RELY
        case Outcome.INDETERMINATE:
            return Overall.NOT_ESTABLISHED
        case Outcome.FINE | Outcome.FLAG:
            return Overall.MAY_WORK


_CALLS_FOR = {reason: _overall_for(reason) for reason in Reason}
_BADNESS = {overall: rank for rank, overall in enumerate(_WORST_LAST)}
_REJECTING = frozenset(one for one in Reason if REASONS[one].outcome is Outcome.REJECTED)


def _any_rejects(reasons: Iterable[Reason]) -> bool:
    return not _REJECTING.isdisjoint(reasons)


def _content(finding: SealFinding, status: StatusFinding, now: datetime) -> Line:
    """The seal's arithmetic was right; what is left is whether its key counted at that time."""
    statement = status.statement
    signed_at = statement.sealed_at if statement else finding.claimed_signing_time
    fault = judge_key(finding.key, signed_at, proven=statement is not None, now=now)
    reasons = (fault,) if fault else (Reason.VERIFIED,)
    return Line(
        answer=_content_answer(reasons),
        reasons=reasons,
        compared=(f"sealed {_minute(signed_at)} UTC", f"SHA-256 {finding.seal_sha256}"),
    )


def _content_answer(reasons: tuple[Reason, ...]) -> str:
    if _any_rejects(reasons):
        return "rejected"
    return "untouched" if Reason.VERIFIED in reasons else "not-established"


def _authority(finding: SealFinding) -> Line:
    """Was the authority entitled to grant this profession, in each territory, on that day?"""
    grant, mandate = finding.content.grant, finding.authority.authority.mandate
    inside = all(
        covers(mandate, grant.profession.code, territory.area, grant.issued)
        for territory in grant.territories
    )
    areas = _areas(grant)
    return Line(
        answer="trusted" if inside else "outside-mandate",
        reasons=(Reason.AUTHORITY_TRUSTED if inside else Reason.OUTSIDE_MANDATE,),
        compared=(f"{grant.profession.code} in {areas} on {grant.issued}",),
    )


def _recognised(sealed: Person, question: Question) -> Recognition | None:
    """Return the name in the seal that the learner bears too, the current one before others."""
    learner, full_name = question.learner, question.alternative_name
    if learner is None:
        return None
    names = sorted(sealed.names, key=lambda name: name is not sealed.current_name)
    for name in names:
        if any(same_name(name, theirs) for theirs in learner.names):
            return Recognition(name=name, alternative=False)
    for name in names:
        if full_name is not None and is_called(name, full_name):
            return Recognition(name=name, alternative=True)
    return None


def _holder(sealed: Person, question: Question, recognised: Recognition | None) -> Line:
    """Seal against learner first (design.md 6), then against whom the relying party expects."""
    carried = _against_learner(sealed, question.learner, recognised)
    if carried and _any_rejects(carried):
        return Line(answer="other", reasons=carried)
    asked = _against_expectation(sealed, question.expected)
    answer = "unsure" if carried and asked is Reason.HOLDER_SAME else _HOLDER_ANSWER[asked]
    return Line(answer=answer, reasons=(asked, *carried), compared=_compared(question.expected))


_HOLDER_ANSWER = {
    Reason.HOLDER_SAME: "same",
    Reason.HOLDER_UNSURE: "unsure",
    Reason.HOLDER_OTHER: "other",
    Reason.HOLDER_NOT_ASKED: "not-asked",
}


def _against_learner(
    sealed: Person, learner: Person | None, recognised: Recognition | None
) -> tuple[Reason, ...]:
    if learner is None:
        return ()
    if sealed.birth_date != learner.birth_date:
        return (Reason.SEAL_OF_ANOTHER_HOLDER,)
    return () if recognised else (Reason.LEARNER_NAME_DIFFERS,)


def _against_expectation(sealed: Person, expected: Expectation) -> Reason:
    """Three-valued: only birth date and name together make a person the same."""
    if expected.name is None and expected.birth_date is None:
        return Reason.HOLDER_NOT_ASKED
    if expected.birth_date is not None and expected.birth_date != sealed.birth_date:
        return Reason.HOLDER_OTHER
    named = expected.name is not None and _bears(sealed, expected.name)
    if named and expected.birth_date is not None:
        return Reason.HOLDER_SAME
    return Reason.HOLDER_UNSURE if named or expected.birth_date is not None else Reason.HOLDER_OTHER


def _bears(person: Person, name: PersonName) -> bool:
    return any(same_name(name, own) for own in person.names)


def _compared(expected: Expectation) -> tuple[str, ...]:
    parts = {"name": expected.name, "birth date": expected.birth_date}
    return tuple(f"{part} compared" for part, given in parts.items() if given is not None)


def _place(finding: SealFinding, statement: StatusStatement | None, question: Question) -> Line:
    """Does the license give this right, for this work, in the asker's territory?"""
    grant, asked = finding.content.grant, question.expected
    there = _gives_right_there(grant, statement, question)
    reasons = _place_reasons(grant, asked, there=there)
    answer = "yes" if reasons == (Reason.PLACE_COVERED,) else "not-established"
    return Line(
        answer=answer, reasons=reasons, compared=(f"{asked.territory or '?'} in {_areas(grant)}",)
    )


def _areas(grant: Grant) -> str:
    """Name the places of a license in one line of a verdict, which does not hold all sixty."""
    named = [territory.area for territory in grant.territories]
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return ", ".join(named[:_MOST_NAMED]) + more


def _gives_right_there(grant: Grant, statement: StatusStatement | None, question: Question) -> bool:
    """Ask the seal and, where there is one, the statement: a place may be lost since the seal."""
    area = question.expected.territory
    if area is None or not grant.gives_right_in(area, grant.local_day(question.now)):
        return False
    return statement is None or any(lies_in(area, whole) for whole in statement.territories)


def _place_reasons(grant: Grant, asked: Expectation, *, there: bool) -> tuple[Reason, ...]:
    other_work = []
    if asked.isco08 is not None and asked.isco08 != grant.profession.isco08:
        other_work.append(Reason.PROFESSION_DIFFERS)
    if asked.activity is not None and not grant.covers_activity(asked.activity):
        other_work.append(Reason.ACTIVITY_NOT_COVERED)
    if asked.territory is None:
        place = Reason.PLACE_NOT_ASKED
    else:
        place = Reason.PLACE_COVERED if there else Reason.PLACE_NOT_COVERED
    return (place, *other_work)


def _standing(status: StatusFinding) -> Line:
    statement = status.statement
    if statement is None:
        # Unknown is never good, whatever reason is given for it.
        fine = REASONS[status.reason].outcome is Outcome.FINE
        reason = Reason.STATUS_NOT_ASKED if fine else status.reason
        return Line(answer=Level.UNKNOWN.value, reasons=(reason,))
    answer = _ANSWER_OF.get(statement.level, Reason.STATUS_NOT_ASKED)
    newer = (Reason.NEWER_SEAL,) if statement.superseded_by else ()
    return Line(
        answer=statement.level.value,
        reasons=(answer, status.reason, *newer),
        compared=(f"as of {_minute(statement.as_of)} UTC",),
    )


def _minute(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(" ", "minutes")
