"""Only what was signed comes out of the verifier: not in its JSON, and not in the log (R-V6)."""

import json
import logging
from contextlib import suppress

import pytest

from api.verdict_json import verdict_json
from licenses.errors import DocumentRejected
from licenses.model.verdict import Circumstances, Overall
from schema_ext.carrying import ElmoCarrier
from tests.hostile.bases import Base, bases
from tests.hostile.judging import Answer, carried, handed_in, posted
from tests.hostile.planting import (
    ELMO_PLACES,
    HARMLESS_PLACES,
    MARKER,
    PACKAGES,
    PLANT,
    SEAL_PLACES,
    planted_all_over,
)
from tests.unit.carried_documents import in_session, verifier


def _told(answer: Answer, caplog: pytest.LogCaptureFixture) -> str:
    """Return all that came out, in every form."""
    written = json.dumps(verdict_json(answer.verdict), ensure_ascii=False)
    return f"{written}{answer.verdict!r}{caplog.text}"


@pytest.fixture(autouse=True)
def _every_word_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.fixture
def base() -> Base:
    return bases()[0]


@pytest.mark.parametrize("place", ELMO_PLACES)
def test_a_marker_nobody_signed_does_not_come_out_of_an_elmo(
    base: Base, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    planted = ELMO_PLACES[place](base.outer)
    assert PLANT in planted

    for answer in (handed_in(base, planted), posted(base, planted)):
        assert MARKER not in _told(answer, caplog)
        assert (answer.verdict.overall is Overall.MAY_WORK) == (place in HARMLESS_PLACES)


@pytest.mark.parametrize("place", SEAL_PLACES)
def test_a_marker_nobody_signed_does_not_come_out_of_a_seal(
    base: Base, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    planted = SEAL_PLACES[place](base.seal)
    assert PLANT in planted

    for answer in (handed_in(base, planted), carried(base, planted)):
        assert MARKER not in _told(answer, caplog)
        assert answer.verdict.overall is Overall.MUST_NOT_RELY


def test_markers_in_all_harmless_places_at_once_change_nothing(
    base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    answer = handed_in(base, planted_all_over(base.outer))

    assert answer.verdict == handed_in(base, base.outer).verdict
    assert MARKER not in _told(answer, caplog)


@pytest.mark.parametrize("place", SEAL_PLACES)
def test_a_marker_nobody_sealed_does_not_come_onto_a_transcript(base: Base, place: str) -> None:
    """What a provider prints is what it reads from the seals it keeps."""
    with suppress(DocumentRejected):
        read = ElmoCarrier({}).content_of(SEAL_PLACES[place](base.seal))
        assert read == base.exported.content


@pytest.mark.parametrize("place", PACKAGES)
def test_a_marker_in_the_head_of_the_package_does_not_come_out(
    base: Base, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked = verifier(ask=lambda *_: base.exported.status_token)

    verdict = asked.verdict(PACKAGES[place](base.outer).encode(), _circumstances(base))

    assert verdict.signature.answer == "verified"
    assert MARKER not in f"{json.dumps(verdict_json(verdict))}{verdict!r}{caplog.text}"


def _circumstances(base: Base) -> Circumstances:
    return in_session(expectation=base.expected)
