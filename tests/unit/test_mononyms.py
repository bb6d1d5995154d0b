"""People of one name: a dash stands for the name they lack, and is never compared or shown."""

from datetime import date

import pytest

from api.web.license_facts import person_facts
from api.web.phrase import as_text
from licenses.errors import InvalidFields
from licenses.model.people import Person, PersonName, is_called, same_name, same_person
from licenses.model.trust import ElmoVersion
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_reader import read_elmo
from schema_ext.elmo_writer import write_elmo
from tests.desks import Desk, applicant
from tests.factories.elmo import ExportFactory

SUKARNO = PersonName(given="-", family="Sukarno")
BORN = date(1985, 5, 17)


@pytest.mark.parametrize(
    ("given", "family"),
    [("-", "Sukarno"), ("–", "SUKARNO"), (".", "Sukarnó"), ("Sukarno", "-"), ("---", "Sukarno")],
)
def test_one_name_is_the_same_however_the_lack_of_another_is_written(
    given: str, family: str
) -> None:
    other = PersonName(given=given, family=family)

    assert same_name(SUKARNO, other)
    assert same_name(other, SUKARNO)


@pytest.mark.parametrize(
    ("given", "family"),
    [("Kusno", "Sukarno"), ("-", "Suharto"), ("-", "-"), ("Sukarno", "Sukarno")],
)
def test_one_name_is_not_the_same_as_another_or_as_a_part_of_two(given: str, family: str) -> None:
    other = PersonName(given=given, family=family)

    assert not same_name(SUKARNO, other)
    assert not same_name(other, SUKARNO)


def test_names_of_signs_alone_are_nobodys() -> None:
    nobody = PersonName(given="-", family="-")

    assert not same_name(nobody, nobody)
    assert (nobody.only, nobody.full) == (None, "- -")


def test_the_dash_is_not_shown() -> None:
    assert SUKARNO.full == "Sukarno"
    person = Person(names=(SUKARNO,), birth_date=BORN)
    assert as_text(person_facts(person)[0].value) == "Sukarno"


def test_an_undivided_name_of_one_word_is_the_one_name() -> None:
    assert is_called(SUKARNO, "SUKARNO")
    assert is_called(SUKARNO, "- Sukarno")
    assert not is_called(PersonName(given="Kusno", family="Sukarno"), "Sukarno")


def test_the_birth_date_still_decides() -> None:
    one = Person(names=(SUKARNO,), birth_date=BORN)

    assert not same_person(one, Person(names=(SUKARNO,), birth_date=date(1985, 5, 18)))


def test_a_person_of_one_name_is_found_again_by_their_identifier() -> None:
    desk = Desk()
    first = desk.apply(number="HPR 1", holder=applicant(names=(SUKARNO,)))
    second = desk.apply(number="HPR 2", holder=applicant(names=(SUKARNO,)))

    assert first.holder_id == second.holder_id


def test_another_person_of_one_name_is_not_taken_for_them() -> None:
    desk = Desk()
    desk.apply(number="HPR 1", holder=applicant(names=(SUKARNO,)))
    other = applicant(names=(PersonName(given="-", family="Suharto"),))

    with pytest.raises(InvalidFields, match=r"holder\.names"):
        desk.apply(number="HPR 2", holder=other)


@pytest.mark.parametrize("version", ElmoVersion)
def test_in_elmo_the_dash_stands_for_the_name_they_lack(version: ElmoVersion) -> None:
    person = Person(names=(SUKARNO,), birth_date=BORN)
    content = ElmoContent.of(ExportFactory.build(learner=person), b"%PDF")

    written = write_elmo(content, version=version)

    assert b"<givenNames>-</givenNames><familyName>Sukarno</familyName>" in written
    assert read_elmo(written).learner == person
