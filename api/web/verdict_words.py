"""From a verdict to its page: the band, the sentence to act on, and what to do now.

Pure, and never better than the verdict: a fault of the document that carried a license lowers
the license's band, and where the document is rejected nothing of its content is shown.
Source: pages.md (Verdict), design.md 8.
"""

from api.web.license_facts import grant_facts, person_facts
from api.web.page import Fact, Link, Site, Steps
from api.web.phrase import Part, Phrase, foreign, phrase
from api.web.verdict_advice import advice, conditions
from api.web.verdict_answer import band, rejects, sentence, summary
from api.web.verdict_lines import Telling, five_lines, line_view, tone_of
from api.web.verdict_page import CardView, Keep, LineView, VerdictView
from api.web.words import area_name, day_words, moment_words, sentence_case
from licenses.model.judgement import badness, overall_of, worst
from licenses.model.license import SealContent
from licenses.model.occupations import OCCUPATIONS
from licenses.model.people import Person
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.verdict import (
    DocumentVerdict,
    Expectation,
    LicenseVerdict,
    Line,
    Overall,
)

_KINDS = {
    "sealed-license": "a sealed license on its own",
    "elmo": "an ELMO document",
    "response": "an answer of a provider (EMREX)",
    "unknown": "not recognised",
}


def verdict_view(
    verdict: DocumentVerdict,
    *,
    site: Site,
    expected: Expectation,
    zone: str,
    keep: Keep | None = None,
    again: Link | None = None,
    steps: Steps | None = None,
) -> VerdictView:
    """Return the page of a verdict.

    Args:
        verdict: as judged; its `checked_at` is the clock of every age on the page.
        site: whose page it is.
        expected: whom and what the relying party asked for.
        zone: IANA time zone the times are told in.
        keep: addresses of the receipt and of the received document.
        again: where to check another one.
        steps: the step indicator, where the page ends an exchange.
    """
    told = Telling(verdict.checked_at, zone, expected, verdict.learner)
    own = _own_reasons(verdict)
    lowered = [_lowered(one, verdict, own) for one in verdict.licenses]
    judged = sorted(lowered, key=lambda one: -badness(one.overall))
    cards = tuple(_card(one, own, told) for one in judged or [_nothing_read(verdict)])
    return VerdictView(
        site=site,
        checked=moment_words(verdict.checked_at, zone),
        asked=_asked(expected),
        summary=summary([one.overall for one in judged]),
        cards=cards,
        carrier=_carrier(verdict),
        carrier_facts=_carrier_facts(verdict, own),
        keep=keep or Keep(),
        again=again,
        steps=steps,
    )


def _own_reasons(verdict: DocumentVerdict) -> tuple[Reason, ...]:
    """Return what is not fine about the document that carried the licenses, each once."""
    found = (*verdict.signature.reasons, *verdict.schema_line.reasons, *verdict.reasons)
    return tuple(
        reason for reason in dict.fromkeys(found) if REASONS[reason].outcome is not Outcome.FINE
    )


def _lowered(
    judged: LicenseVerdict, verdict: DocumentVerdict, own: tuple[Reason, ...]
) -> LicenseVerdict:
    """Return the license as bad as its document at least, and bare where nothing may be shown."""
    answers = [judged.overall]
    if own:
        answers.append(overall_of(own))
    if badness(verdict.overall) > max(badness(one.overall) for one in verdict.licenses):
        answers.append(verdict.overall)
    kept = judged if judged.content_shown and not rejects(own) else _bare(judged)
    return kept.model_copy(update={"overall": worst(tuple(answers))})


def _bare(judged: LicenseVerdict) -> LicenseVerdict:
    """Strip a license of all that was read from it; only what is wrong with it stays."""
    kept = {name: _faults_of(getattr(judged, name)) for name in _LINES if name != "place"}
    update = {
        **kept,
        "place": _BLANK,
        "reasons": tuple(reason for line in kept.values() for reason in line.reasons),
        "content_shown": None,
        "authority_shown": None,
        "statement": None,
    }
    return judged.model_copy(update=update)


_LINES = ("content", "authority", "holder", "place", "standing")
_BLANK = Line(answer="not-established", reasons=())


def _faults_of(line: Line) -> Line:
    """Keep what is wrong, and that the seal is sound; neither says anything of the content.

    How a license stands that may not be shown is part of its content.
    """
    kept = tuple(one for one in line.reasons if one is Reason.VERIFIED or _is_fault(one))
    kept = tuple(one for one in kept if one is not Reason.STANDING_NONE)
    return Line(answer=line.answer, reasons=kept)


def _is_fault(reason: Reason) -> bool:
    return REASONS[reason].outcome in {Outcome.REJECTED, Outcome.INDETERMINATE}


def _card(judged: LicenseVerdict, own: tuple[Reason, ...], told: Telling) -> CardView:
    content, reasons = judged.content_shown, (*own, *judged.reasons)
    return CardView(
        band=band(judged, reasons),
        sentence=sentence(judged, reasons, told.expected),
        lines=five_lines(judged, own, told),
        terms=conditions(judged),
        advice=advice(judged.overall, reasons, told.expected),
        facts=() if content is None else _content_facts(content),
    )


def _nothing_read(verdict: DocumentVerdict) -> LicenseVerdict:
    """Return what stands for the license where none was read; the reasons are the document's."""
    return LicenseVerdict(
        overall=worst((verdict.overall, Overall.NOT_ESTABLISHED)),
        reasons=(),
        content=_BLANK,
        authority=_BLANK,
        holder=_BLANK,
        place=_BLANK,
        standing=_BLANK,
    )


def _content_facts(content: SealContent) -> tuple[Fact, ...]:
    issuer = content.issuer
    return (
        *person_facts(content.holder),
        *grant_facts(content.grant, issuer.names, issuer.country),
        Fact("Version of the record", phrase(str(content.record_version))),
        Fact("Seal", phrase(content.seal_id)),
    )


def _carrier(verdict: DocumentVerdict) -> tuple[LineView, ...]:
    rows = (("Signature", verdict.signature), ("Structure", verdict.schema_line))
    return tuple(line_view(label, line, phrase(_carrier_words(line))) for label, line in rows)


_CARRIER_WORDS = {
    "not-applicable": "does not apply",
    "not-checked": "not checked",
    "legacy": "legacy: an old method, tolerated of this provider for now",
    "invalid": "not as it must be; tolerated of this provider for now",
}


def _carrier_words(line: Line) -> str:
    if rejects(line.reasons):
        return "not accepted"
    if line.answer in {"verified", "valid"} and tone_of(line.reasons) in {"none", "good"}:
        return "as it must be"
    return _CARRIER_WORDS.get(line.answer, "not established")


def _carrier_facts(verdict: DocumentVerdict, own: tuple[Reason, ...]) -> tuple[Fact, ...]:
    facts = [Fact("What it is", phrase(sentence_case(_KINDS[verdict.kind])))]
    if verdict.learner is not None and not rejects(own):
        facts += _learner_facts(verdict.learner, verdict.alternative_name)
    if verdict.delivery is not None and not rejects(own):
        facts.append(Fact("Made for", phrase(foreign(verdict.delivery.audience))))
        facts.append(Fact("Purpose", phrase(foreign(verdict.delivery.purpose))))
    if verdict.document_sha256 is not None:
        facts.append(Fact("SHA-256", phrase(verdict.document_sha256)))
    return tuple(facts)


def _learner_facts(learner: Person, alternative_name: str | None) -> tuple[Fact, ...]:
    """Return whom the document is about; a provider without another name repeats the same one."""
    name, *others = person_facts(learner)
    if alternative_name in (None, learner.current_name.full):
        return (name, *others)
    return (name, Fact("Alternative name", phrase(foreign(alternative_name))), *others)


def _asked(expected: Expectation) -> Phrase:
    parts: list[str | Part] = []
    if expected.name is not None:
        parts.append(foreign(expected.name.full))
    if expected.birth_date is not None:
        parts.append(f"born {day_words(expected.birth_date)}")
    if expected.isco08 is not None:
        parts.append(f"as {OCCUPATIONS.get(expected.isco08, expected.isco08)} (ISCO-08)")
    if expected.territory is not None:
        parts.append(f"to work in {area_name(expected.territory)}")
    separated: list[str | Part] = [item for part in parts for item in (", ", part)][1:]
    return phrase(*separated)
