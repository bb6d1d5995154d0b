"""What nobody signed is not on the paper either, which a hospital keeps for years."""

import subprocess
from pathlib import Path

import pytest

from api.demo.people import KARI
from schema_ext.exchange.elmo_parameter import decode_elmo
from tests.e2e.visitor import Visitor
from tests.hostile.planting import MARKER, PLANT, planted_all_over

pytestmark = pytest.mark.e2e


@pytest.fixture
def planted(reader: Visitor, tmp_path: Path) -> Path:
    """What came over the way, with a marker in every place where it still counts."""
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Download what was received").click()
    document = planted_all_over(decode_elmo(download.value.path().read_text("ascii")))
    assert document.count(PLANT) > 10
    path = tmp_path / f"{MARKER}.xml"
    path.write_bytes(document)
    return path


def test_a_marker_in_every_unsigned_place_is_not_on_the_printed_answer(
    visitor: Visitor, planted: Path, tmp_path: Path
) -> None:
    visitor.open("/verify")
    visitor.page.get_by_label("File").set_input_files(planted)
    visitor.fill_expectation(KARI, "Norway")
    visitor.press("Check")
    (card,) = visitor.cards()
    paper = visitor.printed(tmp_path / "answer.pdf")

    words = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, check=True).stdout
    assert card.band == "MAY WORK HERE"
    assert b"Nordmann" in words
    assert PLANT not in words
    assert PLANT not in paper.read_bytes()
    assert MARKER not in visitor.page.content()
