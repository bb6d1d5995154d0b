"""What to do now: the conditions to keep, and the next steps after a verdict."""

from api.web.page import Link
from api.web.phrase import localized
from api.web.verdict_answer import rejects
from api.web.verdict_page import Advice, TermsView
from api.web.words import area_name, sentence_case, under_directive
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.standing import Level
from licenses.model.terms import TermSort, term
from licenses.model.verdict import Expectation, LicenseVerdict, Overall

_PROFESSIONS_DATABASE = Link(
    "https://ec.europa.eu/growth/tools-databases/regprof/",
    "Find the authority in the EU’s regulated professions database",
)

_NO_WORK = (
    "Do not let the person work under this license. In doubt, ask the authority that issued it."
)


def conditions(judged: LicenseVerdict) -> TermsView:
    """Return what a license that gives a right is bound to: its terms, and its scope.

    The scope is what a limited license is confined to; a full one may name what it leaves out.
    """
    statement, content = judged.statement, judged.content_shown
    if statement is None or not statement.level.gives_a_right:
        return TermsView()
    conditional = statement.level is Level.CONDITIONAL
    terms = [term(code) for code in statement.term_codes] if conditional else []
    scope = () if content is None else content.grant.scope

    def of(sort: TermSort) -> tuple[str, ...]:
        return tuple(_bare(one.text(), sort) for one in terms if one.sort is sort)

    return TermsView(
        may=of(TermSort.MAY),
        may_not=of(TermSort.MAY_NOT),
        only_with=of(TermSort.ONLY_WITH),
        only_for=tuple(localized(one.titles) for one in scope if not one.exclude),
        not_for=tuple(localized(one.titles) for one in scope if one.exclude),
    )


_LEADS = {TermSort.MAY: "may ", TermSort.MAY_NOT: "may not "}


def _bare(sentence: str, sort: TermSort) -> str:
    """Return the sentence without the words that stand over its list already."""
    return sentence_case(sentence.removeprefix(_LEADS.get(sort, "")))


def advice(
    overall: Overall, reasons: tuple[Reason, ...], expected: Expectation
) -> tuple[Advice, ...]:
    """Return what to do, rejections first, then open questions, then what else to watch."""
    if rejects(reasons):
        reasons = tuple(one for one in reasons if rejects((one,)))
    ranked = sorted(reasons, key=lambda one: -_RANK[REASONS[one].outcome])
    given = [_advice_on(one, expected) for one in ranked if _RANK[REASONS[one].outcome]]
    if overall is Overall.MAY_WORK:
        given.append(Advice(text="Keep the receipt. Check again before the person starts work."))
    return tuple(dict.fromkeys(given))


_RANK = {Outcome.FINE: 0, Outcome.FLAG: 1, Outcome.INDETERMINATE: 2, Outcome.REJECTED: 3}


def _advice_on(reason: Reason, expected: Expectation) -> Advice:
    if reason is Reason.STANDING_NONE:
        return Advice(text=_NO_WORK)
    if reason is not Reason.PLACE_NOT_COVERED or expected.territory is None:
        return Advice(text=REASONS[reason].advice)
    here = area_name(expected.territory)
    text = f"Ask the authority of {here} that licenses this profession about recognition."
    if not under_directive(expected.territory):
        return Advice(text=text)
    return Advice(
        text=f"{text} It will want this license, the diploma and proof of identity, and decides"
        " within three to four months of a complete application.",
        link=_PROFESSIONS_DATABASE,
    )
