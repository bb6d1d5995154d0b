"""Whether the seal is of the learner: the full name of ELMO 2.0 is one of the learner's names."""

from datetime import UTC, date, datetime

import pytest

from licenses.model.judgement import Question, judge
from licenses.model.people import NameType, Person, PersonName, is_called
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from licenses.model.verdict import (
    Expectation,
    LicenseVerdict,
    Recognition,
    SealFinding,
    StatusFinding,
    StatusSource,
)
from tests.factories import SealContentFactory
from tests.trust_samples import authority, statement, trusted

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
GREEK = Person(
    names=(PersonName(given="Γεωργία", family="Παπαδοπούλου"),), birth_date=date(1979, 3, 2)
)
LATIN = Person(
    names=(PersonName(given="Georgia", family="Papadopoulou"),), birth_date=date(1979, 3, 2)
)


def reasons(sealed: Person, learner: Person, alternative_name: str | None) -> tuple[Reason, ...]:
    """Return why the holder line of a verdict reads as it does; nobody is expected."""
    return judged(sealed, learner, alternative_name).holder.reasons


def judged(sealed: Person, learner: Person | None, alternative_name: str | None) -> LicenseVerdict:
    """Return the verdict on a license of `sealed` in a document of `learner`."""
    finding = SealFinding(
        content=SealContentFactory.build(holder=sealed),
        seal_sha256="cd" * 32,
        claimed_signing_time=NOW,
        key=trusted(Purpose.SEAL),
        authority=authority(),
    )
    status = StatusFinding(
        source=StatusSource.STAPLED, reason=Reason.STATUS_STAPLED, statement=statement()
    )
    question = Question(Expectation(territory="NO"), learner, NOW, alternative_name)
    return judge(finding, status, question)


@pytest.mark.parametrize(
    "full",
    [
        "Åse Marie Lie-Hansen",
        "aase marie lie hansen",
        "LIE HANSEN  Åse Marie",
        "Ase Marie Lie Hansen",
    ],
)
def test_a_full_name_is_the_name_in_either_order_and_spelling(full: str) -> None:
    assert is_called(PersonName(given="Åse Marie", family="Lie-Hansen"), full)


@pytest.mark.parametrize("full", ["Åse", "Åse Marie", "Marie Åse Lie-Hansen", "Lie-Hansen", "-"])
def test_a_part_of_a_name_or_its_words_in_any_order_are_not_the_name(full: str) -> None:
    assert not is_called(PersonName(given="Åse Marie", family="Lie-Hansen"), full)


def test_a_name_of_signs_is_nobodys() -> None:
    assert not is_called(PersonName(given="-", family="-"), "- -")


@pytest.mark.parametrize("alternative", ["Γεωργία Παπαδοπούλου", "ΠΑΠΑΔΟΠΟΥΛΟΥ ΓΕΩΡΓΙΑ"])
def test_a_seal_in_another_alphabet_is_the_learners_by_the_alternative_name(
    alternative: str,
) -> None:
    assert reasons(GREEK, LATIN, alternative) == (Reason.HOLDER_NOT_ASKED,)


@pytest.mark.parametrize("alternative", [None, "Georgia Papadopoulou", "Γεωργία Άλλη"])
def test_without_a_name_in_common_it_stays_open(alternative: str | None) -> None:
    assert Reason.LEARNER_NAME_DIFFERS in reasons(GREEK, LATIN, alternative)


def test_an_alternative_name_never_outweighs_the_birth_date() -> None:
    born_later = LATIN.model_copy(update={"birth_date": date(1980, 3, 2)})

    assert reasons(GREEK, born_later, "Γεωργία Παπαδοπούλου") == (Reason.SEAL_OF_ANOTHER_HOLDER,)


FORMER = PersonName(given="Georgia", family="Doe", type=NameType.FORMER)


@pytest.mark.parametrize(
    ("sealed", "alternative", "expected"),
    [
        (LATIN, None, Recognition(name=LATIN.names[0], alternative=False)),
        (LATIN, "Georgia Papadopoulou", Recognition(name=LATIN.names[0], alternative=False)),
        (GREEK, "ΠΑΠΑΔΟΠΟΥΛΟΥ Γεωργία", Recognition(name=GREEK.names[0], alternative=True)),
        (GREEK, None, None),
    ],
)
def test_a_verdict_says_by_which_name_the_license_is_the_learners(
    sealed: Person, alternative: str | None, expected: Recognition | None
) -> None:
    assert judged(sealed, LATIN, alternative).recognised_by == expected


def test_a_former_name_is_said_only_where_the_present_one_is_not_the_learners() -> None:
    sealed = LATIN.model_copy(update={"names": (FORMER, *LATIN.names)})
    before = LATIN.model_copy(update={"names": (PersonName(given="Georgia", family="Doe"),)})

    assert judged(sealed, LATIN, None).recognised_by == Recognition(
        name=LATIN.names[0], alternative=False
    )
    assert judged(sealed, before, None).recognised_by == Recognition(name=FORMER, alternative=False)


def test_without_a_learner_and_for_another_person_nobody_is_recognised() -> None:
    born_later = LATIN.model_copy(update={"birth_date": date(1980, 3, 2)})

    assert judged(LATIN, None, None).recognised_by is None
    assert judged(LATIN, born_later, None).recognised_by is None
