"""A carrier right in everything, and in it a seal that is not."""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable
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
from tests.exchange.forging import NORWAY, SWEDEN, Forge, posted, swapped
from tests.exchange.refusals import assert_refused, codes
from tests.exchange.sites import NOW, Session, Sites, expecting

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


def _electrician(forge: Forge) -> SealContent:
    """A profession of the health authority, said to be one of another authority of Norway."""
    profession = kari(forge).content.grant.profession
    return changed(
        kari(forge).content, profession=profession.model_copy(update={"code": "electrician"})
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
    "a profession outside the mandate": (lambda forge: forge.sealed_anew(_electrician(forge)), R.OUTSIDE_MANDATE),
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


# What the license schema does not know is refused before the copy is compared.
COPIES = {
    "another title": (b'<lic:title xml:lang="en">Registered nurse', b'<lic:title xml:lang="en">Physician', R.CLEAR_COPY_DIFFERS),
    "another number": (b"<lic:number>NO-100231", b"<lic:number>NO-100232", R.CLEAR_COPY_DIFFERS),
    "an element more": (b"<lic:kind>", b"<lic:legalBasis>law</lic:legalBasis><lic:kind>", R.SCHEMA_INVALID),
    "a later end": (b"<lic:timeZone>", b"<lic:validUntil>2099-01-01</lic:validUntil><lic:timeZone>", R.CLEAR_COPY_DIFFERS),
    "an attribute more": (b"<lic:number>", b'<lic:number lang="en">', R.SCHEMA_INVALID),
}  # fmt: skip


@pytest.mark.parametrize("case", COPIES)
def test_a_clear_copy_that_differs_from_the_seal_is_refused(
    sites: Sites, forge: Forge, case: str
) -> None:
    session = Session(sites, expecting(KARI))
    old, new, reason = COPIES[case]
    canonical = swapped(forge.canonical(session), old, new)

    assert_refused(session, posted(forge.signed(canonical)), reason)


def test_reasons_are_found_wherever_they_stand() -> None:
    """The check itself: `codes` must not miss one."""
    one = {"code": "a", "outcome": "fine"}

    assert list(codes({"reasons": [one], "line": {"reasons": [one | {"code": "b"}]}})) == ["a", "b"]
