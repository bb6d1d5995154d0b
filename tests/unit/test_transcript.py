"""The transcript PDF: read by people, archived as PDF/A-3, and carrying every sealed license."""

import io
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import hypothesis.strategies as st
import pikepdf
import pytest
from hypothesis import given, settings

from licenses.model.export import ExportedLicense
from licenses.model.people import NameType, Person, PersonName
from licenses.model.standing import Because, Level
from schema_ext.transcript import transcript_pdf
from tests.factories import GrantFactory, texts
from tests.factories.elmo import ExportedLicenseFactory, ExportFactory, RecipientFactory, exported
from tests.factories.people import NAMES

PROVIDER = "Norwegian license provider"
# The letters beyond ASCII of the official languages of Europe's states, and then some.
LETTERS = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿß",
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĮįİıĴĵĶķĹĺĻļĽľŁł",
    "ŃńŅņŇňŊŋŌōŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžƏəǤǥǦǧǨǩǮǯȘșȚțẀẁẂẃẄẅẞ",
    "ΆΈΉΊΌΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ",
    "ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    "ѐёђѓєѕіїјљњћќѝўџҐґ",
    "ԱԲԳԴԵԶաբգդեզ აბგდევზ",
)


def learner(given: str, family: str) -> Person:
    return Person(names=(PersonName(given=given, family=family),), birth_date=date(1991, 3, 14))


def pdf_of(*licenses: ExportedLicense, person: Person | None = None) -> bytes:
    chosen = {"licenses": licenses} if licenses else {}
    fields = {**chosen, **({} if person is None else {"learner": person})}
    return transcript_pdf(ExportFactory.build(**fields), RecipientFactory.build(), PROVIDER)


def text_of(pdf: bytes) -> str:
    """Return what people read, lines joined, as poppler extracts it."""
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


@pytest.mark.parametrize(("given", "family"), NAMES)
def test_a_name_is_printed_with_all_its_letters(given: str, family: str) -> None:
    assert f"{given} {family}" in text_of(pdf_of(person=learner(given, family)))


@pytest.mark.parametrize("letters", LETTERS, ids=range(len(LETTERS)))
def test_every_letter_of_europe_is_printed(letters: str) -> None:
    printed = text_of(pdf_of(person=learner(letters, "Test")))

    # A run this long is broken into lines, by spaces that have no width.
    assert letters.replace(" ", "") in re.sub("[ \u200b]", "", printed)
    assert "[U+" not in printed


def test_a_sign_without_a_letter_stands_as_its_number_and_the_page_says_so() -> None:
    printed = text_of(pdf_of(person=learner("Li 李🏥", "Wáng")))

    assert "Li [U+674E][U+1F3E5] Wáng" in printed
    assert "Unicode number" in printed


@pytest.mark.parametrize("mark", ["\u064b", "\u1dc4", "\ufe20", "\u0301\u20d7\u0483"])
def test_a_mark_that_no_letter_bears_stands_as_its_number(mark: str) -> None:
    printed = text_of(pdf_of(person=learner(f"x{mark}y", "Test")))

    assert printed.count("[U+") >= 1
    assert "y Test" in printed


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_any_name_the_register_holds_is_printed(name: str) -> None:
    assert pdf_of(person=learner(f"A{name}", "Test")).startswith(b"%PDF-1.7")


def test_words_of_the_data_are_never_run_as_code() -> None:
    trap = '#panic("x") *bold* $x$ \\ "[<label>]@ref'

    assert trap in text_of(pdf_of(person=learner(trap, "Test")))


def test_every_sealed_license_is_attached_byte_for_byte() -> None:
    licenses = ExportedLicenseFactory.build_batch(3)

    with pikepdf.open(io.BytesIO(pdf_of(*licenses))) as pdf:
        files = {name: pdf.attachments[name] for name in pdf.attachments}
        assert list(files) == [f"sealed-license-{number}.xml" for number in (1, 2, 3)]
        for one, sent in zip(files.values(), licenses, strict=True):
            assert one.get_file().read_bytes() == sent.sealed
            assert one.get_file().mime_type == "application/xml"
            assert one.obj.AFRelationship == "/Source"


def test_it_says_that_it_is_pdf_a_3_and_accessible() -> None:
    with pikepdf.open(io.BytesIO(pdf_of())) as pdf, pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:title"] == "Professional licenses of Ingrid Marie Solberg"
        assert xmp["dc:creator"] == [PROVIDER]
        assert str(pdf.Root.Lang) == "en"
        assert pdf.docinfo["/CreationDate"] == "D:20261123135807Z"


def test_the_same_export_gives_the_same_bytes() -> None:
    license_ = ExportedLicenseFactory.build()

    assert pdf_of(license_) == pdf_of(license_)


def test_a_name_known_in_two_alphabets_is_printed_in_both() -> None:
    greek = PersonName(given="Ελένη", family="Παπαδοπούλου")
    latin = PersonName(given="Eleni", family="Papadopoulou", type=NameType.PROFESSIONAL)
    both = Person(names=(greek, latin), birth_date=date(1991, 3, 14))

    printed = text_of(pdf_of(person=both))

    assert "Holder In another alphabet Birth date" in printed
    assert "Ελένη Παπαδοπούλου Eleni Papadopoulou 14 Mar 1991" in printed
    assert "another alphabet" not in text_of(pdf_of())


def test_it_names_holder_recipient_and_provider() -> None:
    printed = text_of(pdf_of())

    for part in (
        "Ingrid Marie Solberg",
        "14 Mar 1991",
        "Szpital Miejski w Łodzi, Poland",
        "https://szpital.example",
        "Check before employment",
        PROVIDER,
        "23 Nov 2026, 13:58 UTC",
        "Page 1 of",
        "How to check this",
    ):
        assert part in printed


def test_a_license_is_printed_with_its_facts_in_words() -> None:
    grant = GrantFactory.build(number="HPR 42", titles=texts(nb="Autorisert lege", en="Doctor"))

    printed = text_of(pdf_of(exported(Level.FULL, Because.IN_FORCE, grant=grant)))

    for part in (
        "Doctor Autorisert lege In force without conditions",
        "HPR 42",
        "Norwegian Directorate of Health, Norway",
        "https://helsedirektoratet.example/",
        "Full license",
        "1 Jul 2024 to 31 Dec 2031",
        "sealed-license-1.xml",
    ):
        assert part in printed


def test_conditions_are_printed_as_a_list_with_the_standing() -> None:
    printed = text_of(
        pdf_of(exported(Level.CONDITIONAL, Because.LIMITS, "supervision.direct", "no-surgery"))
    )

    assert re.search(
        "In force with conditions . may not operate . may work only with a supervisor present",
        printed,
    )


@pytest.mark.parametrize("because", [Because.SUSPENDED, Because.REVOKED, Because.EXPIRED])
def test_a_lost_right_is_printed_in_capitals(because: Because) -> None:
    printed = text_of(pdf_of(exported(Level.NONE, because)))

    assert f"{because.value.upper()}: gives no right to practise" in printed


def test_a_title_longer_than_a_line_stays_on_the_page() -> None:
    title = "Ł" * 300
    grant = GrantFactory.build(titles=texts(pl=title))

    pdf = pdf_of(exported(Level.FULL, Because.IN_FORCE, grant=grant))

    cropped = subprocess.run(
        ["pdftotext", "-x", "50", "-y", "0", "-W", "500", "-H", "842", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    assert cropped.stdout.decode().count("Ł") >= len(title)


def test_several_threads_may_print_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        pdfs = list(pool.map(lambda number: pdf_of(person=learner(f"P{number}", "T")), range(8)))

    assert [f"P{number} T" in text_of(pdf) for number, pdf in enumerate(pdfs)] == [True] * 8
