"""One name in two alphabets: only the same person's names in use count as the same name."""

from datetime import date

import pytest

from licenses.model.alphabets import in_two_alphabets, is_latin
from licenses.model.people import NameType, Person, PersonName

BORN = date(1979, 3, 2)
LATIN = PersonName(given="Georgia", family="Papadopoulou")
GREEK = PersonName(given="Γεωργία", family="Παπαδοπούλου")


def as_type(name: PersonName, type_: NameType) -> PersonName:
    return name.model_copy(update={"type": type_})


def person(*names: PersonName, born: date = BORN) -> Person:
    return Person(names=names, birth_date=born)


@pytest.mark.parametrize(
    "name",
    ["Ingrid Marie", "Łukasz Żółkiewski", "Þórdís", "O’Connor-Ħaż", "Kaʻahumanu", "Mª José", "-"],
)
def test_marked_and_old_letters_are_latin(name: str) -> None:
    assert is_latin(name)


@pytest.mark.parametrize("name", ["Γεωργία", "Цветелина", "山田", "محمد", "Kari Παπά"])
def test_one_letter_of_another_alphabet_is_enough_not_to_be_latin(name: str) -> None:
    assert not is_latin(name)


def test_a_name_known_in_one_alphabet_only_stands_for_both() -> None:
    assert in_two_alphabets(person(LATIN)) == (LATIN, LATIN)
    assert in_two_alphabets(person(GREEK)) == (GREEK, GREEK)


@pytest.mark.parametrize(("current", "other"), [(LATIN, GREEK), (GREEK, LATIN)])
def test_the_latin_form_is_the_readable_one_whichever_is_current(
    current: PersonName, other: PersonName
) -> None:
    known = person(current, as_type(other, NameType.PROFESSIONAL))

    readable, original = in_two_alphabets(known)

    assert (readable.full, original.full) == (LATIN.full, GREEK.full)


@pytest.mark.parametrize("type_", [NameType.FORMER, NameType.BIRTH])
def test_a_name_no_longer_used_is_another_name_and_no_other_spelling(type_: NameType) -> None:
    known = person(LATIN, as_type(GREEK, type_))

    assert in_two_alphabets(known) == (LATIN, LATIN)


def test_a_seal_of_the_same_person_gives_the_other_spelling() -> None:
    sealed = person(GREEK, as_type(LATIN, NameType.PROFESSIONAL))

    assert in_two_alphabets(person(LATIN), [sealed]) == (LATIN, GREEK)


@pytest.mark.parametrize(
    "sealed",
    [
        person(GREEK),
        person(GREEK, as_type(LATIN, NameType.PROFESSIONAL), born=date(1979, 3, 3)),
        person(GREEK, PersonName(given="G", family="P", type=NameType.PROFESSIONAL)),
    ],
    ids=["no name in common", "another birth date", "another name"],
)
def test_a_seal_that_may_be_of_another_person_gives_none(sealed: Person) -> None:
    assert in_two_alphabets(person(LATIN), [sealed]) == (LATIN, LATIN)
