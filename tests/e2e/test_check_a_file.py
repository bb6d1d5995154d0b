"""The hospital checks what it was given as a file: what came over the way, and a seal out of it."""

from pathlib import Path

import pytest

from api.demo.people import BJORN, KARI, DemoPerson
from schema_ext.elmo_reader import read_elmo
from schema_ext.exchange.elmo_parameter import decode_elmo
from tests.e2e.visitor import Card, Visitor

pytestmark = pytest.mark.e2e


@pytest.fixture
def received(reader: Visitor, tmp_path: Path) -> Path:
    """What the answer on Kari's license gives to keep."""
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Download what was received").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def seal(received: Path, tmp_path: Path) -> Path:
    """The sealed license inside, on its own."""
    (license_,) = read_elmo(decode_elmo(received.read_text("ascii"))).licenses
    path = tmp_path / "license.xml"
    path.write_bytes(license_.sealed)
    return path


def _check(visitor: Visitor, path: Path, expected: DemoPerson = KARI) -> list[Card]:
    visitor.open("/verify")
    visitor.page.get_by_label("File").set_input_files(path)
    visitor.fill_expectation(expected, "Norway")
    visitor.picture("file")
    visitor.press("Check")
    visitor.picture("answer")
    return visitor.cards()


def test_what_was_received_is_read_again(visitor: Visitor, received: Path) -> None:
    (card,) = _check(visitor, received)

    assert card.band == "MAY WORK HERE"
    assert "statement by the authority that came with it" in card.lines["Standing"]


def test_a_sealed_license_alone_is_read_and_its_standing_asked(
    visitor: Visitor, seal: Path
) -> None:
    (card,) = _check(visitor, seal)

    assert card.band == "MAY WORK HERE"
    assert "statement by the authority, asked just now" in card.lines["Standing"]


def test_somebody_elses_license_is_not_to_be_relied_on(visitor: Visitor, seal: Path) -> None:
    (card,) = _check(visitor, seal, BJORN)

    assert (card.band, card.about) == ("MUST NOT RELY ON THIS", "another person")


def test_an_altered_license_shows_nothing_of_its_content(visitor: Visitor, seal: Path) -> None:
    altered = seal.read_bytes().replace(b"Nordmann", b"Nordman2")
    assert altered != seal.read_bytes()
    seal.write_bytes(altered)

    (card,) = _check(visitor, seal)

    assert (card.band, card.about) == ("MUST NOT RELY ON THIS", "altered")
    assert "NO-100231" not in visitor.text()
    assert "Nordman2" not in visitor.text()


def test_a_file_that_is_no_document_is_said_to_be_none(visitor: Visitor, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)

    (card,) = _check(visitor, photo)

    assert card.band == "MUST NOT RELY ON THIS"


def test_no_file_is_asked_for_again(visitor: Visitor) -> None:
    visitor.open("/verify")
    visitor.fill_expectation(KARI, "Norway")

    visitor.press("Check")

    visitor.picture("fault")
    assert visitor.page.title().startswith("Error: ")
    assert visitor.page.locator("#document-fault").is_visible()
    assert visitor.page.get_by_label("Family name").input_value() == "Nordmann"
