"""The expected person: what may be left empty, what is refused and with which words."""

from datetime import date

import pytest

from api.web.expect_form import FIELDS, Entered, entered, expectation_of
from licenses.errors import InvalidFields
from licenses.model.verdict import Expectation

TODAY = date(2026, 11, 23)
GOOD = Entered(
    given="Bjørn",
    family="Åsgård-Lie",
    birth_day="4",
    birth_month="05",
    birth_year="1990",
    territory="PL",
)


def test_a_full_form_becomes_an_expectation() -> None:
    asked = expectation_of(GOOD, today=TODAY)

    assert asked.name is not None
    assert asked.name.full == "Bjørn Åsgård-Lie"
    assert asked.birth_date == date(1990, 5, 4)
    assert asked.territory == "PL"


def test_an_empty_form_asks_for_nothing() -> None:
    assert expectation_of(entered({}), today=TODAY) == Expectation()


def test_spaces_around_are_dropped_and_unknown_fields_ignored() -> None:
    assert entered({"given": "  Ingrid ", "colour": "red"}) == Entered(given="Ingrid")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"given": ""}, ("given", "missing")),
        ({"family": ""}, ("family", "missing")),
        ({"given": "Ing\u202erid"}, ("given", "not-plain")),
        ({"family": "Sol\x00berg"}, ("family", "not-plain")),
        ({"birth_day": ""}, ("birth_date", "incomplete")),
        ({"birth_day": "31", "birth_month": "2"}, ("birth_date", "not-a-date")),
        ({"birth_month": "Mai"}, ("birth_date", "not-a-date")),
        ({"birth_day": "²"}, ("birth_date", "not-a-date")),
        ({"birth_day": "-1"}, ("birth_date", "not-a-date")),
        ({"birth_year": "0"}, ("birth_date", "not-a-date")),
        ({"birth_year": "90"}, ("birth_date", "out-of-range")),
        ({"birth_year": "2027"}, ("birth_date", "out-of-range")),
        ({"territory": "XX"}, ("territory", "unknown")),
        ({"territory": "pl"}, ("territory", "unknown")),
        ({"profession": "9999"}, ("profession", "unknown")),
    ],
)
def test_a_wrong_field_is_named_with_its_code(
    changes: dict[str, str], fault: tuple[str, str]
) -> None:
    typed = entered({**dict(GOOD.carried), **changes})

    with pytest.raises(InvalidFields) as caught:
        expectation_of(typed, today=TODAY)

    assert [(one.field, one.code) for one in caught.value.faults] == [fault]


def test_all_wrong_fields_are_named_at_once_and_none_of_their_values() -> None:
    typed = Entered(given="Secret", birth_day="99", territory="??")

    with pytest.raises(InvalidFields) as caught:
        expectation_of(typed, today=TODAY)

    assert [one.field for one in caught.value.faults] == ["family", "birth_date", "territory"]
    assert "Secret" not in str(caught.value)


def test_what_is_carried_along_is_what_was_typed() -> None:
    assert entered(dict(GOOD.carried)) == GOOD
    assert tuple(name for name, _ in GOOD.carried) == FIELDS
