"""What nobody signed is not on the paper either, which a hospital keeps for years."""

import re
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple

import pytest

from api.demo.people import KARI
from schema_ext.exchange.elmo_parameter import decode_elmo
from tests.e2e.visitor import Card, Visitor
from tests.hostile.papers import closed_up, parts_with, words_on
from tests.hostile.planting import ELMO_PLACES, MARKER, PLANT, SEAL_PLACES, planted_all_over

pytestmark = pytest.mark.e2e

# One for each step that refuses: parsing, shape, and arithmetic where the text is nearest to ours.
_REFUSED_ELMOS = ("an entity", "an element behind the signature", "an attribute of the root")
_REFUSED_SEALS = ("a comment inside a number", "the end of the root")


class Printed(NamedTuple):
    """The verdict on a file: its one card, the page, and the paper as a PDF."""

    card: Card
    page: str
    paper: bytes

    def says(self, text: str) -> bool:
        """Say whether the page says a text, or the paper in its words or anywhere behind them."""
        in_words = closed_up(text) in words_on(self.paper)
        return in_words or text in self.page or parts_with(text, self.paper) != []


@pytest.fixture
def received(reader: Visitor) -> bytes:
    """What came over the way: an ELMO with a seal in it."""
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Download what was received").click()
    return decode_elmo(download.value.path().read_text("ascii"))


def _seal_in(elmo: bytes) -> bytes:
    found = re.search(rb"<lic:signedLicense>([^<]+)</lic:signedLicense>", elmo)
    assert found is not None
    return b64decode(found.group(1))


def _printed(visitor: Visitor, document: bytes, folder: Path) -> Printed:
    """Hand in a file whose very name is the marker, and print the answer."""
    assert PLANT in document
    handed_in = folder / f"{MARKER}.xml"
    handed_in.write_bytes(document)
    visitor.open("/verify")
    visitor.page.get_by_label("File").set_input_files(handed_in)
    visitor.fill_expectation(KARI, "Norway")
    visitor.press("Check")
    (card,) = visitor.cards()
    paper = visitor.printed(folder / "answer.pdf")
    return Printed(card, visitor.page.content(), paper.read_bytes())


def test_a_marker_in_every_unsigned_place_is_not_on_the_printed_answer(
    visitor: Visitor, received: bytes, tmp_path: Path
) -> None:
    planted = planted_all_over(received)
    assert planted.count(PLANT) > 10

    printed = _printed(visitor, planted, tmp_path)

    assert printed.card.band == "MAY WORK HERE"
    assert "Nordmann" in words_on(printed.paper)
    assert not printed.says(MARKER)


@pytest.mark.parametrize("place", _REFUSED_ELMOS)
def test_a_marker_in_an_elmo_that_is_refused_is_not_on_the_printed_answer(
    visitor: Visitor, received: bytes, place: str, tmp_path: Path
) -> None:
    printed = _printed(visitor, ELMO_PLACES[place](received), tmp_path)

    _assert_refused_without_the_marker(printed)


@pytest.mark.parametrize("place", _REFUSED_SEALS)
def test_a_marker_in_a_seal_that_is_refused_is_not_on_the_printed_answer(
    visitor: Visitor, received: bytes, place: str, tmp_path: Path
) -> None:
    printed = _printed(visitor, SEAL_PLACES[place](_seal_in(received)), tmp_path)

    _assert_refused_without_the_marker(printed)


def _assert_refused_without_the_marker(printed: Printed) -> None:
    assert printed.card.band == "MUST NOT RELY ON THIS"
    assert closed_up(printed.card.band) in words_on(printed.paper)
    assert "Nordmann" in printed.page, "whom the hospital expects stands there"
    assert not printed.says(MARKER)
