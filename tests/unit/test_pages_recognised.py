"""By which name the holder of a license is the learner of the document, on the page and in JSON."""

from datetime import date
from typing import Any

import pytest

from api.verdict_json import verdict_json
from api.web.page import Site
from api.web.phrase import as_text
from api.web.verdict_page import VerdictView, verdict_page
from api.web.verdict_words import verdict_view
from licenses.model.people import NameType, Person, PersonName
from licenses.model.reasons import Reason
from licenses.model.verdict import DocumentVerdict, Expectation, Recognition
from tests.e2e.verdict_samples import NOW, ZONE, document
from tests.e2e.verdict_samples import judged as license_of_ingrid

INGRID = PersonName(given="Ingrid Marie", family="Solberg")
GREEK = PersonName(given="Γεωργία", family="Παπαδοπούλου")
LATIN = PersonName(given="Georgia", family="Papadopoulou")
FORMER = PersonName(given="Georgia", family="Doe", type=NameType.FORMER)
MARRIED = PersonName(given="Georgia", family="Doe")


def carried(
    *sealed: PersonName,
    learner: PersonName = LATIN,
    by: Recognition | None = None,
    also: str | None = None,
) -> DocumentVerdict:
    """Return a verdict on a license in these names, carried by a learner in another."""
    born = date(1979, 3, 2)
    one = license_of_ingrid(Expectation(territory="NO"))
    assert one.content_shown is not None
    content = one.content_shown.model_copy(update={"holder": Person(names=sealed, birth_date=born)})
    one = one.model_copy(update={"content_shown": content, "recognised_by": by})
    return document(one).model_copy(
        update={"learner": Person(names=(learner,), birth_date=born), "alternative_name": also}
    )


def page(verdict: DocumentVerdict) -> VerdictView:
    site = Site(name="City Hospital", about="Check of licenses")
    return verdict_view(verdict, site=site, expected=Expectation(territory="NO"), zone=ZONE)


def holder_line(verdict: DocumentVerdict) -> str:
    return next(
        as_text(line.answer) for line in page(verdict).cards[0].lines if line.label == "Holder"
    )


def facts(verdict: DocumentVerdict) -> dict[str, str]:
    return {fact.label: as_text(fact.value) for fact in page(verdict).carrier_facts}


def told(verdict: DocumentVerdict) -> dict[str, Any]:
    """Return the receipt."""
    return verdict_json(verdict)


BY_ALTERNATIVE = carried(
    GREEK, by=Recognition(name=GREEK, alternative=True), also="Παπαδοπούλου Γεωργία"
)


def test_the_page_says_that_the_person_was_recognised_by_the_alternative_name() -> None:
    assert holder_line(BY_ALTERNATIVE).endswith(
        "; the document gives the name Γεωργία Παπαδοπούλου"
        " as the alternative name of Georgia Papadopoulou"
    )


def test_the_page_tells_the_learner_in_both_forms() -> None:
    shown = facts(BY_ALTERNATIVE)

    assert shown["Name"] == "Georgia Papadopoulou"
    assert shown["Alternative name"] == "Παπαδοπούλου Γεωργία"
    assert "Παπαδοπούλου Γεωργία" in verdict_page(page(BY_ALTERNATIVE))


def test_the_receipt_says_by_which_name_and_as_what() -> None:
    receipt = told(BY_ALTERNATIVE)

    assert receipt["learner"]["alternativeName"] == "Παπαδοπούλου Γεωργία"
    assert receipt["licenses"][0]["recognisedBy"] == {
        "name": {"given": "Γεωργία", "family": "Παπαδοπούλου", "type": "current"},
        "alternative": True,
    }


def test_a_former_name_of_the_seal_is_called_that() -> None:
    verdict = carried(
        LATIN, FORMER, learner=MARRIED, by=Recognition(name=FORMER, alternative=False)
    )

    assert holder_line(verdict).endswith("; known in the document by the former name Georgia Doe")


@pytest.mark.parametrize("by", [None, Recognition(name=LATIN, alternative=False)])
def test_of_the_current_name_or_of_none_in_common_nothing_more_is_said(
    by: Recognition | None,
) -> None:
    assert "the document" not in holder_line(carried(LATIN, by=by))


@pytest.mark.parametrize("also", [None, "Georgia Papadopoulou"])
def test_no_alternative_name_is_shown_where_it_is_the_same_one(also: str | None) -> None:
    assert "Alternative name" not in facts(carried(LATIN, also=also))


def test_of_a_rejected_document_no_name_is_shown_anywhere() -> None:
    refused = BY_ALTERNATIVE.model_copy(update={"reasons": (Reason.OTHER_SESSION,)})
    text = verdict_page(page(refused))

    assert "Γεωργία" not in text
    assert "Papadopoulou" not in text


def test_a_license_without_a_learner_says_so_in_the_receipt() -> None:
    alone = document(license_of_ingrid(Expectation())).model_copy(update={"checked_at": NOW})

    assert told(alone)["learner"] is None
    assert told(alone)["licenses"][0]["recognisedBy"]["name"]["family"] == INGRID.family
