"""The five lines of a verdict in words: document, authority, holder, place, standing.

Each takes what was established and says it in one line; the reasons and what was compared stand
behind it unchanged. Where nothing may be shown, a line says so and names nothing.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from api.web.license_facts import territories_words
from api.web.phrase import Part, Phrase, foreign, localized, phrase
from api.web.verdict_page import LineView, Why
from api.web.words import (
    BECAUSE_WORDS,
    LEVEL_WORDS,
    age_words,
    area_name,
    day_words,
    moment_words,
)
from licenses.model.people import NameType, Person
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.standing import Level
from licenses.model.verdict import (
    Expectation,
    LicenseVerdict,
    Line,
    Recognition,
    StatusSource,
    StatusStatement,
)

_TONE_OF = {
    Outcome.FINE: "good",
    Outcome.FLAG: "partial",
    Outcome.INDETERMINATE: "open",
    Outcome.REJECTED: "bad",
}
_WORST_LAST = ("none", "good", "partial", "open", "bad")
_NOT_ESTABLISHED = phrase("not established")
_SOURCES = {
    StatusSource.STAPLED: "statement by the authority that came with it",
    StatusSource.ASKED: "statement by the authority, asked just now",
    StatusSource.NONE: "no statement",
}


class Telling(NamedTuple):
    """What the words depend on besides the verdict: clock, time zone, what was asked, of whom.

    `learner` is who sent the document that carried the licenses.
    """

    checked_at: datetime
    zone: str
    expected: Expectation
    learner: Person | None = None


def tone_of(reasons: tuple[Reason, ...]) -> str:
    """Return the tone of the worst of the reasons; `none` for no reason."""
    tones = (_TONE_OF[REASONS[reason].outcome] for reason in reasons)
    return max(tones, key=_WORST_LAST.index, default="none")


def line_view(label: str, line: Line, answer: Phrase) -> LineView:
    """Return a line with its reasons explained."""
    return LineView(
        label=label,
        tone=tone_of(line.reasons),
        answer=answer,
        whys=tuple(_why(reason) for reason in dict.fromkeys(line.reasons)),
        compared=line.compared,
    )


def five_lines(
    judged: LicenseVerdict, own: tuple[Reason, ...], told: Telling
) -> tuple[LineView, ...]:
    """Return the lines of one license.

    Args:
        judged: the verdict on it.
        own: reasons of the document that carried it, as far as they are not fine.
        told: clock, zone and expectation.
    """
    content = judged.content.model_copy(update={"reasons": (*judged.content.reasons, *own)})
    return (
        line_view("Document", content, _document(content, judged, told)),
        line_view("Authority", judged.authority, _authority(judged)),
        line_view("Holder", judged.holder, _holder(judged, told.learner)),
        line_view("Place", judged.place, _place(judged, told.expected)),
        line_view("Standing", judged.standing, _standing(judged, told)),
    )


def _why(reason: Reason) -> Why:
    behind = REASONS[reason]
    return Why(code=reason.value, step=behind.step, sentence=behind.sentence)


def _worst_sentence(reasons: tuple[Reason, ...]) -> str:
    """Return the sentence of the worst reason, as the end of a line: small, without full stop."""
    worst = max(reasons, key=lambda reason: _WORST_LAST.index(tone_of((reason,))))
    sentence = REASONS[worst].sentence
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _document(content: Line, judged: LicenseVerdict, told: Telling) -> Phrase:
    statement = judged.statement
    if not content.reasons:
        return _NOT_ESTABLISHED
    if tone_of(content.reasons) in {"open", "bad"}:
        return phrase(_worst_sentence(content.reasons))
    since = "it was sealed" if statement is None else moment_words(statement.sealed_at, told.zone)
    unaltered = f"unaltered since {since}"
    if judged.content_shown is None:
        return phrase(unaltered)
    return phrase("license ", foreign(judged.content_shown.grant.number), f", {unaltered}")


def _authority(judged: LicenseVerdict) -> Phrase:
    shown, reasons = judged.authority_shown, judged.authority.reasons
    if not reasons:
        return _NOT_ESTABLISHED
    if shown is None or tone_of(reasons) != "good":
        return phrase(_worst_sentence(reasons))
    country = area_name(shown.authority.country)
    return phrase(localized(shown.authority.names), f", {country}; trusted; inside its mandate")


_HOLDER_WORDS = {
    Reason.HOLDER_SAME: "same person as you expected (name and birth date)",
    Reason.HOLDER_UNSURE: "may be the person you expected, which name and birth date leave open",
    Reason.HOLDER_OTHER: "another person than you expected",
    Reason.HOLDER_NOT_ASKED: "nobody was compared, as you did not say whom you expect",
    Reason.SEAL_OF_ANOTHER_HOLDER: "another person than the rest of the document is about",
    Reason.LEARNER_NAME_DIFFERS: "the names in the license and in the document differ",
}


def _holder(judged: LicenseVerdict, learner: Person | None) -> Phrase:
    reasons = judged.holder.reasons
    if not reasons:
        return _NOT_ESTABLISHED
    worst = max(reasons, key=lambda reason: _WORST_LAST.index(tone_of((reason,))))
    words = _HOLDER_WORDS.get(worst, _worst_sentence(reasons))
    if judged.content_shown is None:
        return phrase(words)
    person = judged.content_shown.holder
    born = f", born {day_words(person.birth_date)}; "
    known = _known_by(judged.recognised_by, learner)
    return phrase(foreign(person.current_name.full), born, words, *known)


def _known_by(recognised: Recognition | None, learner: Person | None) -> tuple[str | Part, ...]:
    """Say by which name the holder is the learner, where it is not simply the current one."""
    if recognised is None or learner is None:
        return ()
    name, sender = foreign(recognised.name.full), foreign(learner.current_name.full)
    which = _NAME_WORDS[recognised.name.type]
    if recognised.alternative:
        return (f"; the document gives {which} ", name, " as the alternative name of ", sender)
    if recognised.name.type is NameType.CURRENT:
        return ()
    return (f"; known in the document by {which} ", name)


_NAME_WORDS = {
    NameType.CURRENT: "the name",
    NameType.PROFESSIONAL: "the professional name",
    NameType.FORMER: "the former name",
    NameType.BIRTH: "the name at birth",
}


def _place(judged: LicenseVerdict, expected: Expectation) -> Phrase:
    if judged.content_shown is None or not judged.place.reasons:
        return _NOT_ESTABLISHED
    own = f"valid in {territories_words(judged.content_shown.grant)}"
    if expected.territory is None:
        return phrase(f"{own}; you did not say where the person is to work")
    asked = area_name(expected.territory)
    if Reason.PLACE_COVERED in judged.place.reasons:
        return phrase(f"covers {asked}")
    return phrase(f"{own}; nothing known for {asked}")


def _standing(judged: LicenseVerdict, told: Telling) -> Phrase:
    statement, reasons = judged.statement, judged.standing.reasons
    if not reasons:
        return _NOT_ESTABLISHED
    if statement is None or judged.content_shown is None:
        return phrase(_worst_sentence(reasons))
    today = told.checked_at.astimezone(ZoneInfo(told.zone)).date()
    as_of = moment_words(statement.as_of, told.zone, today=today)
    age = age_words(told.checked_at - statement.as_of)
    newer = "; a newer version of the license exists" if statement.superseded_by else ""
    words = _level_words(statement)
    return phrase(f"{words}, as of {as_of} ({_SOURCES[judged.status_source]}, {age}){newer}")


def _level_words(statement: StatusStatement) -> str:
    """Say the ground where nothing may be done (suspended, expired), else the level."""
    if statement.level is Level.NONE:
        return BECAUSE_WORDS[statement.because]
    return LEVEL_WORDS[statement.level]
