"""The answer in words: the band over a card, the sentence to act on, and the summary line.

Pages.md fixes the four bands; what is missing or wrong is named beside them in a few words.
"""

from collections import Counter

from api.web.license_facts import territories_words
from api.web.phrase import Part, Phrase, localized, phrase
from api.web.verdict_page import Band
from api.web.words import BECAUSE_WORDS, area_name, counted, joined, sentence_case
from licenses.model.license import SealContent
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.verdict import Expectation, LicenseVerdict, Overall

_TONES = {
    Overall.MAY_WORK: "good",
    Overall.MAY_WORK_WITH_CONDITIONS: "partial",
    Overall.NOT_ESTABLISHED: "open",
    Overall.MUST_NOT_RELY: "bad",
}
_BANDS = {
    Overall.MAY_WORK: "May work here",
    Overall.MAY_WORK_WITH_CONDITIONS: "May work here with conditions",
    Overall.NOT_ESTABLISHED: "Not established",
    Overall.MUST_NOT_RELY: "Must not rely on this",
}
_SUMMARY = {
    Overall.MAY_WORK: "may work here",
    Overall.MAY_WORK_WITH_CONDITIONS: "may work here with conditions",
    Overall.NOT_ESTABLISHED: "not established",
    Overall.MUST_NOT_RELY: "must not be relied on",
}
# What is missing or wrong, said in the band, by the verifier's step that found it.
_MISSING_BY_STEP = {
    3: "where the document came from",
    4: "who issued it",
    7: "whether it was made for you, now",
    9: "whose it is",
    10: "whether it still stands",
    11: "right to practise here",
}
_MISSING = {Reason.LEGACY_PARTNER: "a signature by a method of today"}
_WRONG_BY_STEP = {
    1: "damaged",
    2: "not a sound document",
    3: "not signed as it must be",
    4: "not signed by the right key",
    5: "altered",
    6: "not a sound document",
    7: "made for somebody else",
    8: "outside the authority’s mandate",
    9: "another person",
    10: "not confirmed by the authority",
}
_WRONG = {Reason.CLEAR_COPY_DIFFERS: "altered", Reason.STANDING_NONE: "gives no right now"}


def rejects(reasons: tuple[Reason, ...]) -> bool:
    """Say whether any of the reasons rejects."""
    return any(REASONS[reason].outcome is Outcome.REJECTED for reason in reasons)


def band(judged: LicenseVerdict, reasons: tuple[Reason, ...]) -> Band:
    """Return the band over a card; `reasons` are the document's own and then the license's."""
    match judged.overall:
        case Overall.NOT_ESTABLISHED:
            about = _missing(reasons)
        case Overall.MUST_NOT_RELY:
            about = _wrong(reasons, judged)
        case Overall.MAY_WORK | Overall.MAY_WORK_WITH_CONDITIONS:
            about = ""
    return Band(tone=_TONES[judged.overall], words=_BANDS[judged.overall], about=about)


def _missing(reasons: tuple[Reason, ...]) -> str:
    found = sorted((one for one in reasons if _is_open(one)), key=lambda one: REASONS[one].step)
    named = (_MISSING.get(one) or _MISSING_BY_STEP.get(REASONS[one].step) for one in found)
    words = list(dict.fromkeys(word for word in named if word))
    if not words:
        return "a license" if Reason.NO_LICENSE in reasons else "right to practise here"
    return joined(words)


def _wrong(reasons: tuple[Reason, ...], judged: LicenseVerdict) -> str:
    first = next((one for one in reasons if rejects((one,))), None)
    if first is None:
        return "not a sound document"
    if first is Reason.STANDING_NONE and judged.statement is not None:
        return BECAUSE_WORDS[judged.statement.because]
    return _WRONG.get(first) or _WRONG_BY_STEP.get(REASONS[first].step, "not a sound document")


def _is_open(reason: Reason) -> bool:
    return REASONS[reason].outcome is Outcome.INDETERMINATE


def sentence(judged: LicenseVerdict, reasons: tuple[Reason, ...], expected: Expectation) -> Phrase:
    """Return the one thing to act on: what it is, then what that means here."""
    content = judged.content_shown
    if content is None:
        return _sentence_of_nothing(reasons)
    what = (*_what(content), Part(" "))
    here = "" if expected.territory is None else area_name(expected.territory)
    match judged.overall:
        case Overall.MAY_WORK:
            return (*what, Part(f"May work in {here} today."))
        case Overall.MAY_WORK_WITH_CONDITIONS:
            return (*what, Part(f"May work in {here} today, only under the conditions below."))
        case Overall.NOT_ESTABLISHED:
            return (*what, Part(_open_words(reasons, here)))
        case Overall.MUST_NOT_RELY:
            return (*what, Part(_no_right_words(reasons, judged)))


def _what(content: SealContent) -> Phrase:
    title = localized(content.grant.titles)
    return phrase(title, f" in {territories_words(content.grant)}.")


def _sentence_of_nothing(reasons: tuple[Reason, ...]) -> Phrase:
    """Say the worst reason and that nothing of the content is shown."""
    ranked = sorted(reasons, key=lambda one: not rejects((one,)))
    if not ranked:
        return phrase("Nothing could be established.")
    hidden = "" if ranked[0] is Reason.NO_LICENSE else " Nothing of its content is shown here."
    return phrase(f"{REASONS[ranked[0]].sentence}{hidden}")


_OPEN_SENTENCES = {
    Reason.PLACE_NOT_ASKED: "You did not say where the person is to work.",
    Reason.HOLDER_NOT_ASKED: "Nobody was compared with its holder.",
    Reason.HOLDER_UNSURE: "It may belong to another person.",
    Reason.LEARNER_NAME_DIFFERS: "It may belong to another person.",
}


def _open_words(reasons: tuple[Reason, ...], here: str) -> str:
    """Say each open question in one sentence, the right to work last."""
    sentences = {
        _OPEN_SENTENCES.get(reason, REASONS[reason].sentence): None
        for reason in reasons
        if _is_open(reason) and reason is not Reason.PLACE_NOT_COVERED
    }
    if here and (Reason.PLACE_NOT_COVERED in reasons or not sentences):
        sentences[f"No right in {here} is established by this document."] = None
    return " ".join(sentences)


def _no_right_words(reasons: tuple[Reason, ...], judged: LicenseVerdict) -> str:
    first = next((one for one in reasons if rejects((one,))), None)
    if first is None:
        return "The document as a whole must not be relied on."
    if first is Reason.STANDING_NONE and judged.statement is not None:
        words = sentence_case(BECAUSE_WORDS[judged.statement.because])
        return f"{words}. The person may not work under this license now."
    return REASONS[first].sentence


def summary(answers: list[Overall]) -> str:
    """Return the line over several cards; "" for one card or none."""
    if len(answers) < 2:
        return ""
    found = Counter(answers)
    parts = [f"{found[one]} {_SUMMARY[one]}" for one in reversed(Overall) if found[one]]
    return f"{counted(len(answers), 'license')}, worst first: {joined(parts)}."
