"""The learner in both versions of ELMO: the one element in which they differ."""

from datetime import date

import pytest
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.people import NameType, Person, PersonName
from licenses.model.reasons import Reason
from licenses.model.trust import ElmoVersion
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_learner import ReadLearner, read_learner, write_learner
from schema_ext.elmo_reader import read_elmo
from schema_ext.elmo_writer import write_elmo
from schema_ext.namespaces import ELMO
from tests.factories.elmo import ExportFactory, elmo_content

BORN = date(1979, 3, 2)
LATIN = PersonName(given="Georgia", family="Papadopoulou")
GREEK = PersonName(given="Γεωργία", family="Παπαδοπούλου")
GREEK_AT_WORK = PersonName(given="Γεωργία", family="Παπαδοπούλου", type=NameType.PROFESSIONAL)
LATIN_AT_WORK = PersonName(given="Georgia", family="Papadopoulou", type=NameType.PROFESSIONAL)
LONGEST = PersonName(given="Ж" * 300, family="Щ" * 300)


def person(*names: PersonName) -> Person:
    return Person(names=names, birth_date=BORN)


def fields(learner: Person, version: ElmoVersion, *sealed: Person) -> list[tuple[str, str | None]]:
    written = etree.fromstring(write_learner(learner, sealed, version))
    return [(str(child.tag), child.text) for child in written]


def read(text: str) -> ReadLearner | None:
    return read_learner(etree.fromstring(f'<learner xmlns="{ELMO}">{text}</learner>'))


def named(more: str) -> str:
    return f"<givenNames>Georgia</givenNames><familyName>Papadopoulou</familyName>{more}"


def test_version_1_7_tells_the_current_name_alone() -> None:
    assert fields(person(GREEK, LATIN_AT_WORK), ElmoVersion.V1_7) == [
        ("givenNames", "Γεωργία"),
        ("familyName", "Παπαδοπούλου"),
        ("bday", "1979-03-02"),
    ]


@pytest.mark.parametrize("learner", [person(LATIN, GREEK_AT_WORK), person(GREEK, LATIN_AT_WORK)])
def test_version_2_0_tells_the_latin_name_in_parts_and_the_other_whole(learner: Person) -> None:
    assert fields(learner, ElmoVersion.V2_0) == [
        ("givenNames", "Georgia"),
        ("familyName", "Papadopoulou"),
        ("alternativeName", "Γεωργία Παπαδοπούλου"),
        ("dateOfBirth", "1979-03-02"),
    ]


def test_the_other_alphabet_may_come_from_a_seal_that_is_carried() -> None:
    sealed = person(GREEK, LATIN_AT_WORK)

    written = fields(person(LATIN), ElmoVersion.V2_0, sealed)

    assert ("alternativeName", "Γεωργία Παπαδοπούλου") in written


@pytest.mark.parametrize("name", [LATIN, GREEK, LONGEST])
def test_a_name_known_in_one_alphabet_is_written_twice(name: PersonName) -> None:
    written = fields(person(name), ElmoVersion.V2_0)

    assert [text for _, text in written[:3]] == [name.given, name.family, name.full]


@pytest.mark.parametrize("name", [LATIN, GREEK, LONGEST])
def test_what_version_2_0_tells_comes_back(name: PersonName) -> None:
    export = ExportFactory.build(learner=person(name))

    found = read_elmo(write_elmo(ElmoContent.of(export, b"%PDF"), version=ElmoVersion.V2_0))

    assert found.learner == person(name)
    assert found.alternative_name == name.full


def test_version_1_7_has_no_alternative_name() -> None:
    assert read_elmo(write_elmo(elmo_content())).alternative_name is None


@pytest.mark.parametrize(
    ("more", "alternative"),
    [
        ("<bday>1979-03-02</bday>", None),
        ("<alternativeName/><dateOfBirth>1979-03-02</dateOfBirth>", None),
        ("<alternativeName> </alternativeName><dateOfBirth>1979-03-02Z</dateOfBirth>", None),
        (
            (
                '<alternativeName xml:lang="el">\n Γεωργία\tΠαπαδοπούλου </alternativeName>'
                "<dateOfBirth>1979-03-02</dateOfBirth>"
            ),
            "Γεωργία Παπαδοπούλου",
        ),
        ("<alternativeName>Γ Π</alternativeName><bday>1979-03-02</bday>", "Γ Π"),
    ],
)
def test_the_learner_of_others_is_read_in_either_form(more: str, alternative: str | None) -> None:
    assert read(named(more)) == ReadLearner(person=person(LATIN), alternative_name=alternative)


@pytest.mark.parametrize(
    "wrong", ["Γ\u202eΠ", "Γ\u200bΠ", "Ж" * 602], ids=["direction", "invisible", "too long"]
)
def test_an_alternative_name_that_cannot_be_one_refuses_the_document(wrong: str) -> None:
    text = named(f"<alternativeName>{wrong}</alternativeName><dateOfBirth>1979-03-02</dateOfBirth>")

    with pytest.raises(DocumentRejected) as refused:
        read(text)

    assert refused.value.reason == Reason.CONTENT_UNREADABLE


def test_all_but_the_learner_is_the_same_in_both_versions() -> None:
    content = elmo_content()

    older, newer = (write_elmo(content, version=version) for version in ElmoVersion)

    assert older != newer
    assert older.partition(b"<learner>")[0] == newer.partition(b"<learner>")[0]
    assert older.partition(b"</learner>")[2] == newer.partition(b"</learner>")[2]
