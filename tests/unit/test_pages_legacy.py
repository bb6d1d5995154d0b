"""A legacy verdict in words: not established, and why, with the license under it still told."""

from datetime import UTC, datetime
from pathlib import Path

from api.bootstrap import verifier_of
from api.settings import read_site
from api.verdict_json import verdict_json
from api.web.page import Site
from api.web.phrase import as_text
from api.web.verdict_page import VerdictView, verdict_page
from api.web.verdict_words import verdict_view
from licenses.model.verdict import Circumstances
from tests.unit.carried_documents import EXPECTED, Trust
from tests.unit.legacy_documents import read, record, signed, unsigned
from tests.unit.signed_documents import replaced
from tests.vectors.old_province import DOCUMENT, RECORD

SITE = Site(name="City Hospital", about="Check of licenses")


def _view(document: bytes) -> VerdictView:
    verdict = read(document, record())
    return verdict_view(verdict, site=SITE, expected=EXPECTED, zone="Europe/Oslo")


def test_the_card_says_what_is_missing_and_shows_the_license() -> None:
    (card,) = _view(signed()).cards

    assert (card.band.tone, card.band.words) == ("open", "Not established")
    assert card.band.about == "a signature by a method of today"
    assert "only by an old method" in as_text(card.sentence)
    assert "No right" not in as_text(card.sentence)
    assert any("Ingrid Marie Solberg" in as_text(fact.value) for fact in card.facts)
    assert [one.text for one in card.advice] == [
        "Ask the provider for a document signed by a method of today, or ask the authority itself."
    ]


def test_the_signature_line_says_legacy_in_the_open_tone_with_the_record() -> None:
    signature, structure = _view(signed()).carrier

    assert (signature.tone, as_text(signature.answer)) == (
        "open",
        "legacy: an old method, tolerated of this provider for now",
    )
    assert signature.compared[0] == "record about Partner"
    assert as_text(structure.answer) == "as it must be"


def test_a_structure_that_is_tolerated_is_flagged_in_words() -> None:
    odd = replaced(unsigned(), "<generatedDate>", "<madeOn>x</madeOn><generatedDate>")

    _, structure = _view(signed(odd)).carrier

    assert structure.tone == "partial"
    assert as_text(structure.answer) == "not as it must be; tolerated of this provider for now"


def test_the_page_shows_the_word_legacy_and_its_reason() -> None:
    html = verdict_page(_view(signed()))

    assert "legacy: an old method" in html
    assert "legacy-partner" in html


def test_the_json_tells_answer_reason_and_record() -> None:
    told = verdict_json(read(signed(), record()))

    assert told["overall"] == "not-established"
    assert told["signature"]["answer"] == "legacy"
    assert [reason["code"] for reason in told["signature"]["reasons"]] == ["legacy-partner"]
    assert told["licenses"][0]["overall"] == "not-established"


def test_a_receiver_takes_the_records_of_its_site_file(tmp_path: Path) -> None:
    (tmp_path / "e").write_text('{"countries": [], "emps": []}', encoding="utf-8")
    site = tmp_path / "site.toml"
    site.write_text(
        'name = "A"\norigin = "https://hospital.example"\nport = 1\ndatabase = "a"\n'
        'secrets = "b"\nkeys = "c"\n'
        f'[network]\ntrust = "t"\ntrust_root = "{"0" * 64}"\nemps = "e"\n'
        + RECORD.read_text(encoding="utf-8"),
        encoding="utf-8",
    )

    def answer(at: datetime) -> str:
        verifier = verifier_of(read_site(site), Trust(), lambda: at, lambda *_: None)
        return verifier.verdict(DOCUMENT.read_bytes(), Circumstances()).signature.answer

    assert answer(datetime(2027, 1, 1, tzinfo=UTC)) == "legacy"
    assert answer(datetime(2027, 11, 1, tzinfo=UTC)) == "rejected"
