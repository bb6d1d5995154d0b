"""Only what was signed comes out of the verifier: its JSON, its page and its log (R-V6)."""

import json
import logging

import pytest

from api.verdict_json import verdict_json
from api.web.page import Site
from api.web.verdict_page import verdict_page
from api.web.verdict_words import verdict_view
from licenses.model.verdict import Circumstances, DocumentVerdict, Overall
from tests.hostile.bases import Base, bases, by_java
from tests.hostile.judging import carried, handed_in, posted
from tests.hostile.planting import (
    ELMO_PLACES,
    HARMLESS_PLACES,
    JAVA_HARMLESS_PLACES,
    JAVA_PLACES,
    MARKER,
    PACKAGES,
    PLANT,
    SEAL_PLACES,
    planted_all_over,
)
from tests.unit.carried_documents import in_session, verifier

_SITE = Site(name="City Hospital", about="Check of licenses")


def _page(verdict: DocumentVerdict, base: Base) -> str:
    view = verdict_view(verdict, site=_SITE, expected=base.expected, zone="Europe/Oslo")
    return verdict_page(view)


def _told(verdict: DocumentVerdict, base: Base, caplog: pytest.LogCaptureFixture) -> str:
    """Return all that came out, in every form."""
    written = json.dumps(verdict_json(verdict), ensure_ascii=False)
    return f"{written}{_page(verdict, base)}{verdict!r}{caplog.text}"


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
        assert MARKER not in _told(answer.verdict, base, caplog)
        assert (answer.verdict.overall is Overall.MAY_WORK) == (place in HARMLESS_PLACES)


@pytest.mark.parametrize("place", JAVA_PLACES)
def test_a_marker_nobody_signed_does_not_come_out_of_an_elmo_of_java(
    base: Base, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    planted = JAVA_PLACES[place](by_java(base))
    assert PLANT in planted

    for answer in (handed_in(base, planted), posted(base, planted)):
        assert MARKER not in _told(answer.verdict, base, caplog)
        counts = place in JAVA_HARMLESS_PLACES
        assert (answer.verdict.overall is Overall.MAY_WORK) == counts


@pytest.mark.parametrize("place", SEAL_PLACES)
def test_a_marker_nobody_signed_does_not_come_out_of_a_seal(
    base: Base, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    planted = SEAL_PLACES[place](base.seal)
    assert PLANT in planted

    for answer in (handed_in(base, planted), carried(base, planted)):
        assert MARKER not in _told(answer.verdict, base, caplog)
        assert answer.verdict.overall is Overall.MUST_NOT_RELY


def test_markers_in_all_harmless_places_at_once_change_nothing(
    base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    answer = handed_in(base, planted_all_over(base.outer))

    assert answer.verdict == handed_in(base, base.outer).verdict
    assert MARKER not in _told(answer.verdict, base, caplog)


def test_a_marker_that_is_in_a_verdict_is_on_its_page_and_in_its_json(base: Base) -> None:
    """What looks for the marker above would find it."""
    verdict = handed_in(base, base.outer).verdict
    (one,) = verdict.licenses
    assert one.content_shown is not None
    content = one.content_shown
    grant = content.grant.model_copy(update={"number": MARKER})
    shown = one.model_copy(update={"content_shown": content.model_copy(update={"grant": grant})})
    marked = verdict.model_copy(update={"licenses": (shown,)})

    assert MARKER in _page(marked, base)
    assert MARKER in json.dumps(verdict_json(marked))


@pytest.mark.parametrize("place", PACKAGES)
def test_a_marker_in_the_head_of_the_package_does_not_come_out(
    base: Base, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked = verifier(ask=lambda *_: base.exported.status_token)

    verdict = asked.verdict(PACKAGES[place](base.outer).encode(), _circumstances(base))

    assert verdict.signature.answer == "verified"
    assert MARKER not in _told(verdict, base, caplog)


def _circumstances(base: Base) -> Circumstances:
    return in_session(expectation=base.expected)
