"""A carrier right in everything, and in it a seal, a statement or a delivery that is not."""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from api.demo.people import AKE, BJORN, KARI
from licenses.model.export import ExportedLicense
from licenses.model.license import SealContent, Territory
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.license_xml import write_license
from schema_ext.signing.keys import InMemoryKey
from schema_ext.signing.seal_writer import seal
from schema_ext.status_token import sign_status
from tests.exchange.forging import NORWAY, SWEDEN, Forge, posted, swapped
from tests.exchange.refusals import assert_refused, codes
from tests.exchange.sites import NORTH, NOW, Session, Sites, expecting

R = Reason
Make = Callable[[Forge], ExportedLicense]


def kari(forge: Forge) -> ExportedLicense:
    """Return Kari's license as the authority has sealed it."""
    (own,) = forge.exported(KARI)
    return own


def changed(content: SealContent, **fields: Any) -> SealContent:
    """Return a content with other fields of its grant, or of itself where it has them."""
    own = {name: value for name, value in fields.items() if name in SealContent.model_fields}
    grant = {name: value for name, value in fields.items() if name not in own}
    return content.model_copy(update={**own, "grant": content.grant.model_copy(update=grant)})


def _edited(old: str, new: str) -> Make:
    """Change the sealed document; the clear copy beside it stays as it was."""

    def make(forge: Forge) -> ExportedLicense:
        own = kari(forge)
        return own.model_copy(update={"sealed": swapped(own.sealed, old.encode(), new.encode())})

    return make


def _sealed_by(owner: str, purpose: Purpose) -> Make:
    """Seal Kari's license anew with a key that is not Norway's seal key."""

    def make(forge: Forge) -> ExportedLicense:
        own, key = kari(forge), forge.key(owner, purpose)
        as_seal = InMemoryKey(key._private, key.certificate, Purpose.SEAL)
        return own.model_copy(update={"sealed": seal(write_license(own.content), as_seal, NOW)})

    return make


def _anew(**fields: Any) -> Make:
    """Seal a license that was never decided, with the authority's real keys."""
    return lambda forge: forge.sealed_anew(changed(kari(forge).content, **fields))


def _of_nobody_known(forge: Forge) -> ExportedLicense:
    content = kari(forge).content
    issuer = content.issuer.model_copy(update={"id": "https://evil.example/authority"})
    return forge.sealed_anew(changed(content, issuer=issuer))


def _physician(forge: Forge) -> SealContent:
    """A profession of Norway's list, said to be one that is not in its mandate."""
    profession = kari(forge).content.grant.profession
    return changed(
        kari(forge).content, profession=profession.model_copy(update={"code": "dentist"})
    )


_REFERENCE = (
    '<ds:Reference URI=""><ds:Transforms></ds:Transforms><ds:DigestMethod '
    'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>'
    "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo>"
)
_MOVED = 'Target=""><xades:SignedProperties Id="signed-properties">'

SEALS: dict[str, tuple[Make, Reason]] = {
    "a changed title": (_edited("Registered nurse", "Registered physician"), R.DIGEST_MISMATCH),
    "a changed holder": (_edited("Nordmann", "Normann"), R.DIGEST_MISMATCH),
    "a later end": (_edited("<lic:recognition>", "<lic:validUntil>2099-01-01</lic:validUntil><lic:recognition>"), R.DIGEST_MISMATCH),
    "a third Reference": (_edited("</ds:SignedInfo>", _REFERENCE), R.SIGNATURE_REFERENCES),
    "a second Object": (_edited("</ds:Signature>", "<ds:Object/></ds:Signature>"), R.SIGNATURE_OBJECT),
    "a moved Id": (_edited(_MOVED, 'Target="" Id="signed-properties"><xades:SignedProperties>'), R.SIGNED_PROPERTIES_SHAPE),
    "an Id in the license": (_edited("<lic:number>", '<lic:number Id="signed-properties">'), R.SIGNED_PROPERTIES_SHAPE),
    "a Reference to a part": (_edited('URI=""', 'URI="#x"'), R.SIGNATURE_REFERENCE_TARGET),
    "a second signature": (_edited("</lic:license>", "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/></lic:license>"), R.SIGNATURE_NOT_ALONE),
    "SHA-1": (_edited("ecdsa-sha256", "ecdsa-sha1"), R.SIGNATURE_ALGORITHM),
    "HMAC": (_edited("ecdsa-sha256", "hmac-sha256"), R.SIGNATURE_ALGORITHM),
    "a DTD": (_edited("<lic:license", "<!DOCTYPE x><lic:license"), R.DOCTYPE),
    "a PI": (_edited("<lic:number>", "<?x?><lic:number>"), R.PROCESSING_INSTRUCTION),
    "a comment inside a name": (_edited("Nordmann", "Nord<!-- c -->mann"), R.COMMENT_BESIDE_TEXT),
    "another version": (_edited("elmo-license/v1", "elmo-license/v2"), R.UNKNOWN_EXTENSION_VERSION),
    "another document": (lambda forge: kari(forge).model_copy(update={"sealed": b"<x/>"}), R.UNKNOWN_DOCUMENT),
    "no document": (lambda forge: kari(forge).model_copy(update={"sealed": b"text"}), R.NOT_XML),
    "the key of another authority": (_sealed_by(SWEDEN, Purpose.SEAL), R.UNKNOWN_KEY),
    "the key for statements": (_sealed_by(NORWAY, Purpose.STATUS), R.KEY_PURPOSE),
    "an authority nobody knows": (_of_nobody_known, R.UNKNOWN_ISSUER),
    "a profession outside the mandate": (lambda forge: forge.sealed_anew(_physician(forge)), R.OUTSIDE_MANDATE),
    "a country outside the mandate": (_anew(territories=(Territory(area="NO"), Territory(area="SE"))), R.OUTSIDE_MANDATE),
    "a day before the mandate": (_anew(first_issued=NOW.date().replace(year=1985), issued=NOW.date().replace(year=1985)), R.OUTSIDE_MANDATE),
}  # fmt: skip


@pytest.mark.parametrize("case", SEALS)
def test_no_hostile_seal_is_accepted(sites: Sites, forge: Forge, case: str) -> None:
    make, reason = SEALS[case]
    session = Session(sites, expecting(KARI))
    document = forge.signed(forge.canonical(session, [make(forge)]))

    verdict = assert_refused(session, posted(document), reason)

    (license_,) = verdict["licenses"]
    assert license_["license"] is None
    assert license_["issuer"] is None
    assert verdict["signature"]["answer"] == "verified", "the carrier itself is right"


def test_a_broken_license_does_not_take_its_neighbour_with_it(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(BJORN))
    second, first = forge.exported(BJORN)
    broken = first.model_copy(update={"sealed": b"<x/>"})
    canonical = forge.canonical(session, [broken, second], BJORN.person)

    session.answered(posted(forge.signed(canonical)))

    verdict = session.kept.verdict
    assert verdict is not None
    assert [one.overall for one in verdict.licenses] == ["must-not-rely", "may-work"]
    assert [one.content_shown is None for one in verdict.licenses] == [True, False]
    assert verdict.overall == "must-not-rely"


def test_the_seal_of_another_holder_is_refused(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    document = forge.signed(forge.canonical(session, forge.exported(AKE), KARI.person))

    verdict = assert_refused(session, posted(document), R.SEAL_OF_ANOTHER_HOLDER)

    assert verdict["licenses"][0]["license"] is None
    assert AKE.person.current_name.family not in session.verdict()


def test_a_real_license_of_somebody_else_is_not_the_expected_persons(
    sites: Sites, forge: Forge
) -> None:
    session = Session(sites, expecting(KARI))
    document = forge.signed(forge.canonical(session, forge.exported(AKE), AKE.person))

    verdict = assert_refused(session, posted(document), R.HOLDER_OTHER)

    assert verdict["licenses"][0]["holder"]["answer"] == "other"


COPIES = {
    "another title": (b'<lic:title xml:lang="en">Registered nurse', b'<lic:title xml:lang="en">Physician'),
    "another number": (b"<lic:number>NO-100231", b"<lic:number>NO-100232"),
    "an element more": (b"<lic:kind>", b"<lic:legalBasis>law</lic:legalBasis><lic:kind>"),
    "a later end": (b"<lic:timeZone>", b"<lic:validUntil>2099-01-01</lic:validUntil><lic:timeZone>"),
    "an attribute more": (b"<lic:number>", b'<lic:number lang="en">'),
}  # fmt: skip


@pytest.mark.parametrize("case", COPIES)
def test_a_clear_copy_that_differs_from_the_seal_is_refused(
    sites: Sites, forge: Forge, case: str
) -> None:
    session = Session(sites, expecting(KARI))
    canonical = swapped(forge.canonical(session), *COPIES[case])

    assert_refused(session, posted(forge.signed(canonical)), R.CLEAR_COPY_DIFFERS)


# Statements. The seal is real in all of them.


def _stated(**fields: Any) -> Make:
    """State something else about Kari's seal, with Norway's real status key."""

    def make(forge: Forge) -> ExportedLicense:
        own = kari(forge)
        stated = own.statement.model_copy(update=fields)
        token = sign_status(stated, forge.key(NORWAY, Purpose.STATUS))
        return own.model_copy(update={"status_token": token})

    return make


def _stated_by(owner: str, purpose: Purpose) -> Make:
    def make(forge: Forge) -> ExportedLicense:
        own, key = kari(forge), forge.key(owner, purpose)
        as_status = InMemoryKey(key._private, key.certificate, Purpose.STATUS)
        return own.model_copy(update={"status_token": sign_status(own.statement, as_status)})

    return make


def _token(edit: Callable[[str], str]) -> Make:
    def make(forge: Forge) -> ExportedLicense:
        own = kari(forge)
        return own.model_copy(update={"status_token": edit(own.status_token)})

    return make


def _of_another_seal(forge: Forge) -> ExportedLicense:
    other = forge.exported(BJORN)[1]
    return kari(forge).model_copy(update={"status_token": other.status_token})


_WITHOUT_SIGNATURE = "eyJhbGciOiJub25lIn0."
_TOO_LONG = timedelta(hours=25)

STATEMENTS: dict[str, tuple[Make, Reason]] = {
    "of another seal": (_of_another_seal, R.STATUS_OTHER_SEAL),
    "of another document under the same id": (_stated(seal_sha256="ab" * 32), R.SEAL_NEVER_RECORDED),
    "of another authority's name": (_stated(authority_id="https://se-licenses.example/authority"), R.STATUS_SIGNATURE),
    "by another authority": (_stated_by(SWEDEN, Purpose.STATUS), R.STATUS_SIGNATURE),
    "by the seal key": (_stated_by(NORWAY, Purpose.SEAL), R.STATUS_SIGNATURE),
    "with a changed letter": (_token(lambda one: one[:-3] + ("A" if one[-3] != "A" else "B") + one[-2:]), R.STATUS_SIGNATURE),
    "with the algorithm none": (_token(lambda one: _WITHOUT_SIGNATURE + one.split(".")[1] + ".AAAA"), R.STATUS_SIGNATURE),
    "from the future": (_stated(as_of=NOW + timedelta(minutes=10), expires_at=NOW + timedelta(hours=2)), R.STATUS_SIGNATURE),
}  # fmt: skip


@pytest.mark.parametrize("case", STATEMENTS)
def test_no_hostile_statement_is_believed(sites: Sites, forge: Forge, case: str) -> None:
    make, reason = STATEMENTS[case]
    session = Session(sites, expecting(KARI))
    document = forge.signed(forge.canonical(session, [make(forge)]))

    verdict = assert_refused(session, posted(document), reason)

    assert verdict["licenses"][0]["standing"]["answer"] == "unknown"
    assert verdict["licenses"][0]["license"] is None


def _without_statement(canonical: bytes) -> bytes:
    start, end = canonical.index(b"<lic:status "), canonical.index(b"</lic:status>")
    return canonical[:start] + canonical[end + len(b"</lic:status>") :]


def test_a_seal_that_was_never_recorded_is_refused(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    invented = forge.sealed_anew(changed(kari(forge).content, seal_id="0a" * 16))
    canonical = _without_statement(forge.canonical(session, [invented]))

    assert_refused(session, posted(forge.signed(canonical)), R.SEAL_NEVER_RECORDED)


def test_a_license_sealed_again_under_a_recorded_id_is_refused(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    again = forge.sealed_anew(kari(forge).content)
    canonical = _without_statement(forge.canonical(session, [again]))

    assert_refused(session, posted(forge.signed(canonical)), R.SEAL_NEVER_RECORDED)


_EXPIRED = _stated(as_of=NOW - timedelta(hours=20), expires_at=NOW - timedelta(minutes=1))


def test_an_expired_statement_is_set_aside_and_the_authority_is_asked(
    sites: Sites, forge: Forge
) -> None:
    session = Session(sites, expecting(KARI))

    session.answered(posted(forge.signed(forge.canonical(session, [_EXPIRED(forge)]))))

    verdict = session.kept.verdict
    assert verdict is not None
    assert verdict.licenses[0].status_source == "asked"
    assert verdict.overall == "may-work"


@pytest.mark.parametrize("stapled", ["none", "expired"])
def test_where_nobody_answers_the_standing_is_unknown(
    sites: Sites, forge: Forge, monkeypatch: pytest.MonkeyPatch, stapled: str
) -> None:
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session, [_EXPIRED(forge)])
    document = canonical if stapled == "expired" else _without_statement(canonical)
    elmo = posted(forge.signed(document))
    monkeypatch.delitem(sites.servers.by_origin, NORTH)

    verdict = assert_refused(session, elmo, R.STATUS_UNREACHABLE)

    assert verdict["licenses"][0]["standing"]["answer"] == "unknown"


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


def test_a_document_without_any_time_is_not_accepted(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    canonical = swapped(forge.canonical(session), b"2026-05-04T10:30:00Z", b"yesterday")

    assert_refused(session, posted(forge.signed(canonical)), R.GENERATED_TOO_LONG_AGO)


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


@pytest.mark.parametrize(
    "place", [b"<learner>", b"<issueDate>", b"<type>Module"], ids=["root", "report", "opportunity"]
)
def test_a_license_in_a_place_it_must_not_stand_in_is_refused(
    sites: Sites, forge: Forge, place: bytes
) -> None:
    """One reader could see it and the next miss it."""
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session)
    start, end = canonical.index(b"<lic:license "), canonical.index(b"</lic:license>")
    license_ = canonical[start : end + len(b"</lic:license>")]
    twice = swapped(canonical, place, b"<extension>" + license_ + b"</extension>" + place)

    assert_refused(session, posted(forge.signed(twice)), R.CONTENT_UNREADABLE)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<lic:signedLicense>", b"<lic:signedLicense>*", R.NOT_BASE64),
        (b"<lic:consentId>", b"<lic:consent>x</lic:consent><lic:consentId>", R.SCHEMA_INVALID),
        (b"<bday>1985-03-14", b"<bday>1985-02-30", R.CONTENT_UNREADABLE),
        (b"<familyName>Nordmann", "<familyName>Nord\u202emann".encode(), R.CONTENT_UNREADABLE),
    ],
)
def test_content_that_cannot_be_is_refused_although_it_is_signed(
    sites: Sites, forge: Forge, old: bytes, new: bytes, reason: Reason
) -> None:
    session = Session(sites, expecting(KARI))
    canonical = swapped(forge.canonical(session), old, new)

    assert_refused(session, posted(forge.signed(canonical)), reason)


def test_reasons_are_found_wherever_they_stand() -> None:
    """The check itself: `codes` must not miss one."""
    one = {"code": "a", "outcome": "fine"}

    assert list(codes({"reasons": [one], "line": {"reasons": [one | {"code": "b"}]}})) == ["a", "b"]
