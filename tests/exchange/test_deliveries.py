"""A seal that is real, and a document that was made for another, too early, or again."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from api.demo.people import KARI
from licenses.model.reasons import Reason
from tests.exchange.forging import Forge, posted, swapped
from tests.exchange.refusals import assert_refused
from tests.exchange.sites import NOW, Session, Sites, expecting
from tests.exchange.test_hostile_seals import kari

R = Reason


# The delivery: for whom, for which session, and when.

DELIVERIES: dict[str, tuple[dict[str, Any], Reason]] = {
    "another audience": ({"audience": "https://other.example"}, R.OTHER_AUDIENCE),
    "our own address with a slash": ({"audience": "http://127.0.0.1:8002/"}, R.OTHER_AUDIENCE),
    "another session": ({"session_sha256": "5e" * 32}, R.OTHER_SESSION),
}


@pytest.mark.parametrize("case", DELIVERIES)
def test_a_document_made_for_another_is_refused(sites: Sites, forge: Forge, case: str) -> None:
    fields, reason = DELIVERIES[case]
    session = Session(sites, expecting(KARI))

    verdict = assert_refused(
        session, posted(forge.signed(forge.canonical(session, **fields))), reason
    )

    assert (verdict["licenses"], verdict["learner"], verdict["delivery"]) == ([], None, None)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (timedelta(minutes=-12, seconds=-1), R.GENERATED_TOO_LONG_AGO),
        (timedelta(days=-30), R.GENERATED_TOO_LONG_AGO),
        (timedelta(minutes=2, seconds=1), R.GENERATED_IN_THE_FUTURE),
    ],
)
def test_a_document_that_is_not_fresh_is_not_accepted(
    sites: Sites, forge: Forge, made: timedelta, reason: Reason
) -> None:
    session = Session(sites, expecting(KARI))
    own = kari(forge)
    sites.clock.at = NOW + made
    document = forge.signed(forge.canonical(session, [own]))
    sites.clock.at = NOW

    assert_refused(session, posted(document), reason)


@pytest.mark.parametrize(
    ("time", "reason"),
    [(b"yesterday", R.SCHEMA_INVALID), (b"12026-05-04T10:30:00Z", R.GENERATED_TOO_LONG_AGO)],
    ids=["no time", "no year of ours"],
)
def test_a_document_without_any_time_is_not_accepted(
    sites: Sites, forge: Forge, time: bytes, reason: Reason
) -> None:
    session = Session(sites, expecting(KARI))
    canonical = swapped(forge.canonical(session), b"2026-05-04T10:30:00Z", time)

    assert_refused(session, posted(forge.signed(canonical)), reason)


def test_the_same_document_in_another_session_is_shown_as_seen_and_not_accepted(
    sites: Sites, forge: Forge
) -> None:
    """A plain EMREX document names no session, so only its digest tells."""
    first, second = Session(sites, expecting(KARI)), Session(sites, expecting(KARI))
    canonical = forge.canonical(first)
    start, end = canonical.index(b"<lic:delivery"), canonical.index(b"</lic:delivery>")
    plain = canonical[:start] + canonical[end + len(b"</lic:delivery>") :]
    document = posted(forge.signed(plain))

    accepted = first.answered(document)

    assert "May work here" in accepted.text
    assert R.NO_AUDIENCE.value in accepted.text
    verdict = assert_refused(second, document, R.SEEN_BEFORE)
    assert verdict["documentSha256"] == sha256(plain).hexdigest()
    assert verdict["licenses"][0]["overall"] == "not-established"


def test_a_document_packed_or_written_another_way_is_still_the_same(
    sites: Sites, forge: Forge
) -> None:
    first, second = Session(sites), Session(sites)
    document = forge.answer(first)
    first.answered(posted(document))

    second.answered(posted(b"\xef\xbb\xbf<!-- new -->" + document + b"\n"))

    verdict = second.kept.verdict
    assert verdict is not None
    assert {R.OTHER_SESSION, R.SEEN_BEFORE} <= set(verdict.reasons)
    assert verdict.overall == "must-not-rely"


def test_a_document_without_a_license_establishes_nothing(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session)
    start = canonical.index(b"<extension><lic:license")
    end = canonical.index(b"</extension>", start) + len(b"</extension>")

    session.answered(posted(forge.signed(canonical[:start] + canonical[end:])))

    verdict = session.kept.verdict
    assert verdict is not None
    assert R.NO_LICENSE in set(verdict.reasons)
    assert (verdict.overall, verdict.licenses) == ("not-established", ())


# An extension may stand in the first ones, and the schema does not say which license in which.
PLACES = {
    "instance": (b"</learningOpportunityInstance>", R.CONTENT_UNREADABLE),
    "specifies": (b"</specifies>", R.CONTENT_UNREADABLE),
    "attachment": (b"</attachment>", R.CONTENT_UNREADABLE),
    "root": (b"<learner>", R.SCHEMA_INVALID),
    "report": (b"<issueDate>", R.SCHEMA_INVALID),
    "opportunity": (b"<type>Module", R.SCHEMA_INVALID),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_license_in_a_place_it_must_not_stand_in_is_refused(
    sites: Sites, forge: Forge, name: str
) -> None:
    """One reader could see it and the next miss it."""
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session)
    start, end = canonical.index(b"<lic:license "), canonical.index(b"</lic:license>")
    license_ = canonical[start : end + len(b"</lic:license>")]
    place, reason = PLACES[name]
    twice = swapped(canonical, place, b"<extension>" + license_ + b"</extension>" + place)

    assert_refused(session, posted(forge.signed(twice)), reason)


def test_a_license_beside_the_delivery_is_refused(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session)
    start, end = canonical.index(b"<lic:license "), canonical.index(b"</lic:license>")
    license_ = canonical[start : end + len(b"</lic:license>")]
    twice = swapped(canonical, b"<lic:delivery", license_ + b"<lic:delivery")

    assert_refused(session, posted(forge.signed(twice)), R.CONTENT_UNREADABLE)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<lic:signedLicense>", b"<lic:signedLicense>*", R.NOT_BASE64),
        (b"<lic:consentId>", b"<lic:consent>x</lic:consent><lic:consentId>", R.SCHEMA_INVALID),
        (b"<bday>1985-03-14", b"<bday>1985-02-30", R.SCHEMA_INVALID),
        (b"<familyName>Nordmann", "<familyName>Nord\u202emann".encode(), R.CONTENT_UNREADABLE),
    ],
)
def test_content_that_cannot_be_is_refused_although_it_is_signed(
    sites: Sites, forge: Forge, old: bytes, new: bytes, reason: Reason
) -> None:
    session = Session(sites, expecting(KARI))
    canonical = swapped(forge.canonical(session), old, new)

    assert_refused(session, posted(forge.signed(canonical)), reason)
