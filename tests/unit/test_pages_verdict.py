"""The verdict page: the right band and sentence, never better than the verdict, nothing leaked."""

from datetime import date, timedelta

import pytest

from api.web.page import Site
from api.web.phrase import as_text
from api.web.verdict_page import CardView, VerdictView, verdict_page
from api.web.verdict_words import verdict_view
from licenses.model.judgement import rejected_license, under_document
from licenses.model.license import ScopeItem
from licenses.model.people import PersonName
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.standing import Because, Level, Standing
from licenses.model.verdict import DocumentVerdict, Expectation, LicenseVerdict, Overall
from tests.e2e.verdict_samples import (
    EXPECTED,
    FULL,
    LIMITED,
    NOW,
    SUSPENDED,
    ZONE,
    document,
    judged,
)
from tests.factories import texts

SITE = Site(name="City Hospital", about="Check of licenses")
IN_POLAND = EXPECTED.model_copy(update={"territory": "PL"})
SECRETS = ("Solberg", "7412338", "nurse", "sykepleier", "Directorate", "Norway")


def _view(verdict: DocumentVerdict, expected: Expectation = EXPECTED) -> VerdictView:
    return verdict_view(verdict, site=SITE, expected=expected, zone=ZONE)


def _card(verdict: DocumentVerdict, expected: Expectation = EXPECTED) -> CardView:
    return _view(verdict, expected).cards[0]


def _lines(card: CardView) -> dict[str, str]:
    return {line.label: as_text(line.answer) for line in card.lines}


def test_a_license_that_stands_here_for_this_person_may_work() -> None:
    card = _card(document(judged(EXPECTED)))

    assert (card.band.tone, card.band.words, card.band.about) == ("good", "May work here", "")
    assert as_text(card.sentence) == "Registered nurse in Norway. May work in Norway today."
    assert _lines(card) == {
        "Document": "license HPR 7412338, unaltered since 23 Nov 2026, 13:58 CET",
        "Authority": "Norwegian Directorate of Health, Norway; trusted; inside its mandate",
        "Holder": "Ingrid Marie Solberg, born 4 May 1990; same person as you expected"
        " (name and birth date)",
        "Place": "covers Norway",
        "Standing": "in force without conditions, as of today 13:58 CET"
        " (statement by the authority that came with it, 7 minutes old)",
    }


def test_a_norwegian_license_at_a_polish_hospital_establishes_no_right_there() -> None:
    card = _card(document(judged(IN_POLAND)), IN_POLAND)

    assert card.band.words == "Not established"
    assert card.band.about == "right to practise here"
    assert as_text(card.sentence) == (
        "Registered nurse in Norway. No right in Poland is established by this document."
    )
    assert _lines(card)["Place"] == "valid in Norway; nothing known for Poland"
    assert "Ask the authority of Poland" in card.advice[0].text
    assert card.advice[0].link is not None


def test_outside_europe_no_time_limit_of_the_directive_is_promised() -> None:
    abroad = EXPECTED.model_copy(update={"territory": "US"})

    advice = _card(document(judged(abroad)), abroad).advice[0]

    assert "months" not in advice.text
    assert advice.link is None


def test_conditions_stand_in_three_lists() -> None:
    card = _card(document(judged(EXPECTED, LIMITED)))

    assert card.band.words == "May work here with conditions"
    assert card.terms.may == ("Do administrative work",)
    assert card.terms.may_not == ("Work night shifts alone",)
    assert card.terms.only_with == ("May work only with a supervisor present",)


def test_conditions_are_shown_even_where_no_right_is_established() -> None:
    assert _card(document(judged(IN_POLAND, LIMITED)), IN_POLAND).terms.any


def _confined(judged_license: LicenseVerdict) -> LicenseVerdict:
    """Return the verdict on a license that is for wards only, and never for surgery."""
    content = judged_license.content_shown
    assert content is not None
    scope = (
        ScopeItem(activity="wards", titles=texts(nb="Sengepost", en="Wards <b>")),
        ScopeItem(activity="surgery", titles=texts(nb="Kirurgi"), exclude=True),
    )
    grant = content.grant.model_copy(update={"scope": scope})
    shown = content.model_copy(update={"grant": grant})
    return judged_license.model_copy(update={"content_shown": shown})


@pytest.mark.parametrize("standing", [FULL, LIMITED])
def test_the_scope_stands_beside_the_conditions_in_the_words_of_the_authority(
    standing: Standing,
) -> None:
    view = _view(document(_confined(judged(EXPECTED, standing))))
    html = verdict_page(view)

    terms = view.cards[0].terms
    assert [one.text for one in terms.only_for] == ["Wards <b>"]
    assert [(one.text, one.lang) for one in terms.not_for] == [("Kirurgi", "nb")]
    assert "<h3>Only for</h3>" in html
    assert "Wards &lt;b&gt;" in html
    assert "<h3>Not for</h3>" in html


def test_a_license_that_gives_no_right_shows_no_scope_as_if_it_did() -> None:
    assert not _card(document(_confined(judged(EXPECTED, SUSPENDED)))).terms.any


def test_an_unknown_condition_is_shown_by_its_code_and_never_left_out() -> None:
    odd = LIMITED.model_copy(update={"term_codes": ("quite-new",)})

    assert "quite-new" in _card(document(judged(EXPECTED, odd))).terms.only_with[0]


@pytest.mark.parametrize(
    "because", [Because.SUSPENDED, Because.EXPIRED, Because.REVOKED, Because.SURRENDERED]
)
def test_a_license_without_standing_must_not_be_relied_on_and_says_why(because: Because) -> None:
    standing = Standing(level=Level.NONE, because=because, as_of=NOW)

    card = _card(document(judged(EXPECTED, standing)))

    assert (card.band.tone, card.band.words) == ("bad", "Must not rely on this")
    assert because.value in card.band.about or because is Because.SURRENDERED
    assert "may not work under this license now" in as_text(card.sentence)
    assert "Do not let the person work" in card.advice[0].text


def test_what_was_not_asked_is_said_not_to_be_established() -> None:
    card = _card(document(judged(Expectation())), Expectation())

    assert card.band.words == "Not established"
    assert card.band.about == "whose it is and right to practise here"
    assert "You did not say where" in as_text(card.sentence)


def test_a_standing_nobody_could_tell_is_never_good() -> None:
    card = _card(document(judged(EXPECTED, None, reason=Reason.STATUS_UNREACHABLE)))

    assert card.band.about == "whether it still stands"
    assert card.lines[-1].tone == "open"


@pytest.mark.parametrize(
    "reason",
    [one for one in Reason if REASONS[one].outcome is Outcome.REJECTED and REASONS[one].step < 9],
)
@pytest.mark.parametrize("in_license", [True, False])
def test_a_rejected_document_shows_nothing_of_its_content(reason: Reason, in_license: bool) -> None:
    found = (
        document(rejected_license(reason)) if in_license else document(judged(EXPECTED), own=reason)
    )
    asked = Expectation()

    html = verdict_page(_view(found, asked))

    assert not [secret for secret in SECRETS if secret in html]
    assert "must not rely on this" in html.lower()
    assert reason.value in html


def test_the_license_of_another_person_shows_neither_name_nor_standing() -> None:
    other = EXPECTED.model_copy(update={"birth_date": date(1991, 1, 1), "name": None})

    card = _card(document(judged(other, SUSPENDED)), other)

    text = " ".join((as_text(card.sentence), *_lines(card).values(), card.band.about))
    assert card.band.about == "another person"
    assert not [secret for secret in (*SECRETS, "uspended") if secret in text]
    assert card.facts == ()


@pytest.mark.parametrize("reason", [Reason.STATUS_SIGNATURE, Reason.SEAL_NEVER_RECORDED])
def test_a_false_statement_of_standing_is_named_at_its_line(reason: Reason) -> None:
    card = _card(document(judged(EXPECTED, None, reason=reason)))

    assert card.band.tone == "bad"
    assert [why.code for why in card.lines[-1].whys] == [reason.value]


@pytest.mark.parametrize(
    "own", [Reason.SEEN_BEFORE, Reason.UNSIGNED, Reason.GENERATED_TOO_LONG_AGO, Reason.NO_TRUST]
)
def test_a_doubt_about_the_document_lowers_the_band_of_a_good_license(own: Reason) -> None:
    card = _card(document(judged(EXPECTED), own=own))

    assert card.band.words == "Not established"
    assert own.value in [why.code for why in card.lines[0].whys]


def test_a_page_is_never_better_than_the_verdict_even_without_a_reason() -> None:
    verdict = document(judged(EXPECTED)).model_copy(update={"overall": Overall.MUST_NOT_RELY})

    assert _card(verdict).band.tone == "bad"


def test_a_license_already_lowered_by_its_document_reads_the_same() -> None:
    one, own = judged(EXPECTED), Reason.SEEN_BEFORE
    lowered = under_document(one, (own,))

    assert _card(document(lowered, own=own)) == _card(document(one, own=own))


def test_a_document_without_license_is_one_card_that_establishes_nothing() -> None:
    view = _view(document(own=Reason.NO_LICENSE))

    assert len(view.cards) == 1
    assert view.cards[0].band.words == "Not established"
    assert view.cards[0].band.about == "a license"
    assert as_text(view.cards[0].sentence) == "The document holds no license."


def test_several_licenses_stand_worst_first_under_a_summary() -> None:
    view = _view(
        document(judged(EXPECTED, FULL), judged(EXPECTED, SUSPENDED), judged(EXPECTED, LIMITED))
    )

    assert [card.band.tone for card in view.cards] == ["bad", "partial", "good"]
    assert view.summary == (
        "3 licenses, worst first: 1 must not be relied on, 1 may work here with conditions"
        " and 1 may work here."
    )


def test_every_line_explains_itself_by_code_step_and_sentence() -> None:
    for line in _card(document(judged(EXPECTED))).lines:
        assert line.whys
        for why in line.whys:
            behind = REASONS[Reason(why.code)]
            assert (why.step, why.sentence) == (behind.step, behind.sentence)


def test_an_older_statement_tells_its_day_and_age() -> None:
    verdict = document(judged(EXPECTED))
    later = verdict.model_copy(update={"checked_at": NOW + timedelta(hours=20)})

    standing = _lines(_card(later))["Standing"]

    assert "as of 23 Nov 2026, 13:58 CET" in standing
    assert "20 hours old" in standing


def test_the_page_says_whom_you_expected_and_when_it_was_checked() -> None:
    asked = Expectation(name=PersonName(given="Łukasz", family="Żółkiewski"), territory="PL")

    view = _view(document(judged(asked)), asked)

    assert as_text(view.asked) == "Łukasz Żółkiewski, to work in Poland"
    assert view.checked == "23 Nov 2026, 14:05 CET"


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_page(reason: Reason) -> None:
    for verdict in (document(own=reason), document(rejected_license(reason))):
        card = _card(verdict)
        assert as_text(card.sentence)
        assert card.band.tone in {"open", "bad"} or reason in _HARMLESS


# Reasons that are fine or a flag: a license that has nothing else is not one a verifier makes.
_HARMLESS = {one for one in Reason if REASONS[one].outcome in {Outcome.FINE, Outcome.FLAG}}
