"""Terms: what a condition of a license means to the people who must keep it.

Encumbrances and seals carry codes only (domain.md 1, `termCodes`), so that no translation stands
between the authority and the ward. Here each code has one sentence for a manager, per language,
and the sort it belongs to, because a manager reads "may", "may not" and "only with" as three
lists. A program that meets a code it does not know says so and never leaves it out.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

FALLBACK_LANGUAGE = "en"
"""The language every term has a sentence in."""


class TermSort(StrEnum):
    """How a term binds: it leaves a thing allowed, forbids it, or allows it under a condition."""

    MAY = "may"
    MAY_NOT = "may-not"
    ONLY_WITH = "only-with"


class Term(NamedTuple):
    """One term: its code, its sort and its sentence by language tag."""

    code: str
    sort: TermSort
    sentences: Mapping[str, str]

    def text(self, lang: str = FALLBACK_LANGUAGE) -> str:
        """Return the sentence in `lang`, its base language, or English."""
        by_language = self.sentences
        return by_language.get(lang) or by_language.get(lang.partition("-")[0]) or by_language["en"]


def _may(code: str, **sentences: str) -> Term:
    return Term(code, TermSort.MAY, sentences)


def _may_not(code: str, **sentences: str) -> Term:
    return Term(code, TermSort.MAY_NOT, sentences)


def _only(code: str, **sentences: str) -> Term:
    return Term(code, TermSort.ONLY_WITH, sentences)


TERMS: dict[str, Term] = {
    term.code: term
    for term in (
        _only("supervision.direct", en="may work only with a supervisor present"),
        _only(
            "supervision.indirect", en="may work only with a named supervisor who can be reached"
        ),
        _only("practice.mentored", en="may work only with a mentor named to the authority"),
        _only("chaperone-required", en="may examine patients only with a chaperone present"),
        _only("workplace.named-only", en="may work only at the workplace named to the authority"),
        _only("workplace.approved-only", en="may work only at a workplace the authority approved"),
        _only("hours.limited", en="may work only the hours agreed with the authority"),
        _only("reporting.monthly", en="may work only with a monthly report to the authority"),
        _only("health.monitored", en="may work only with check-ups reported to the authority"),
        _only("training.in-progress", en="may work only while the ordered training goes on"),
        _may_not("no-night-shifts-alone", en="may not work night shifts alone"),
        _may_not("no-prescribing", en="may not prescribe medicines"),
        _may_not("no-controlled-drugs", en="may not prescribe, handle or give controlled drugs"),
        _may_not("no-surgery", en="may not operate"),
        _may_not("no-independent-practice", en="may not run a practice of their own"),
        _may_not("no-work-with-minors", en="may not work with anyone under 18"),
        _may_not("no-supervising", en="may not supervise or train others"),
        _may_not("no-lone-working", en="may not work without a colleague within call"),
        _may("administrative-work-allowed", en="may do administrative work"),
        _only("kind.provisional", en="may work only as a provisional license allows"),
        _only("kind.limited", en="may work only within the scope stated on the license"),
        _only("kind.temporary-service", en="may work only temporarily, as a declared service"),
        _only("kind.training", en="may work only in the training the license was given for"),
        _only("kind.student", en="may work only as a student under a teacher's responsibility"),
    )
}
"""Every term this program has words for, by code."""


def term(code: str) -> Term:
    """Return the term of `code`; an unknown one binds as a condition and shows its code."""
    known = TERMS.get(code)
    if known is not None:
        return known
    return _only(code, en=f"a condition this program does not know ({code})")


def term_text(code: str, lang: str = FALLBACK_LANGUAGE) -> str:
    """Return the sentence for a term code in `lang`, in English where `lang` has none yet."""
    return term(code).text(lang)
