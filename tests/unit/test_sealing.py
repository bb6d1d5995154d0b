"""Making seals, statements and signed ELMO: the right key for each, and nothing leaves unread."""

from base64 import b64decode
from datetime import datetime
from hashlib import sha256

import pytest
from cryptography import x509

from licenses.errors import ConfigurationRefused, LintFailed, Unavailable
from licenses.model.authority import MandateEntry
from licenses.model.exchange import NcpEntry
from licenses.model.trust import Purpose
from schema_ext.carrying import ElmoCarrier
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_writer import write_elmo
from schema_ext.license_xml import write_license
from schema_ext.lint import lint
from schema_ext.sealing import LicenseSealer, StatusKeys
from schema_ext.signing.keys import published
from schema_ext.signing.verifier import verify_outer, verify_seal
from schema_ext.status_token import read_status
from tests.factories import AuthorityFactory, GrantFactory, IssuerFactory
from tests.factories.elmo import ExportFactory, RecipientFactory
from tests.trust_samples import authority, signing_key
from tests.unit.carried_documents import NOW, SEALED_AT, Trust, content, exported, statement

SEAL_KEY, STATUS_KEY = signing_key(Purpose.SEAL), signing_key(Purpose.STATUS)
ISSUER = content().issuer.id
MANDATE = AuthorityFactory.build().mandate
ENTRY = NcpEntry(
    slug="no",
    name="Norway's provider",
    country="NO",
    url="https://no-ncp.example/ncp",
    authority_ids=(ISSUER,),
)


class CountingKey:
    """A key that counts what it signs, and may sign wrongly or not at all."""

    def __init__(self, purpose: Purpose, *, wrong: bool = False, dead: bool = False) -> None:
        self._real = signing_key(purpose)
        self._wrong, self._dead = wrong, dead
        self.signed = 0

    @property
    def kid(self) -> str:
        return self._real.kid

    @property
    def purpose(self) -> Purpose:
        return self._real.purpose

    @property
    def certificate(self) -> x509.Certificate:
        return self._real.certificate

    def sign(self, octets: bytes) -> bytes:
        self.signed += 1
        if self._dead:
            raise Unavailable("the token does not answer")
        return self._real.sign(octets + b"x" if self._wrong else octets)


def test_a_draft_is_linted_before_any_key_is_touched() -> None:
    key = CountingKey(Purpose.SEAL)
    about = content()

    draft = LicenseSealer({ISSUER: key}).draft(about, at=SEALED_AT, mandate=MANDATE)

    assert key.signed == 0
    assert draft.octets == write_license(about)
    assert draft.sha256 == sha256(draft.octets).hexdigest()
    assert draft.content == about


@pytest.mark.parametrize("microseconds", [0, 1, 999_999])
def test_what_is_sealed_is_what_was_linted_but_for_the_signature_value(
    monkeypatch: pytest.MonkeyPatch, microseconds: int
) -> None:
    linted: list[tuple[bytes, datetime]] = []

    def watched(octets: bytes, *, issued_at: datetime, mandate: tuple[MandateEntry, ...]) -> None:
        linted.append((octets, issued_at))
        lint(octets, issued_at=issued_at, mandate=mandate)

    # The true lint, watched: nothing else tells what it was given.
    monkeypatch.setattr("schema_ext.sealing.lint", watched)
    sealer, at = LicenseSealer({ISSUER: SEAL_KEY}), SEALED_AT.replace(microsecond=microseconds)

    sealed = sealer.sign(sealer.draft(content(), at=at, mandate=MANDATE))

    ((octets, issued_at),) = linted
    before, dummy, after = _signature_value(octets)
    before_true, value, after_true = _signature_value(sealed)
    assert (before_true, after_true) == (before, after)
    assert b64decode(dummy) == bytes(64)
    assert len(b64decode(value)) == 64
    assert value != dummy
    assert issued_at == at
    assert f"<xades:SigningTime>{at:%Y-%m-%dT%H:%M:%SZ}<".encode() in sealed


def _signature_value(document: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what stands before the one SignatureValue of a document, in it, and after it."""
    before, opened, rest = document.partition(b"<ds:SignatureValue>")
    value, closed, after = rest.partition(b"</ds:SignatureValue>")
    assert b"SignatureValue" not in before + value
    assert after.count(b"SignatureValue") == 0
    return before + opened, value, closed + after


def test_a_draft_that_breaks_a_rule_never_reaches_the_key() -> None:
    key = CountingKey(Purpose.SEAL)
    in_the_future = NOW.date().replace(year=2099)
    grant = GrantFactory.build(first_issued=in_the_future, issued=in_the_future)

    with pytest.raises(LintFailed):
        LicenseSealer({ISSUER: key}).draft(content(grant=grant), at=SEALED_AT, mandate=MANDATE)

    assert key.signed == 0


def test_a_sealed_draft_is_what_a_stranger_verifies() -> None:
    sealer, about = LicenseSealer({ISSUER: SEAL_KEY}), content()

    sealed = sealer.sign(sealer.draft(about, at=SEALED_AT, mandate=MANDATE))

    assert verify_seal(sealed, Trust()).octets == write_license(about)


@pytest.mark.parametrize(("wrong", "dead"), [(True, False), (False, True)], ids=["wrong", "dead"])
def test_a_key_that_fails_makes_no_seal(*, wrong: bool, dead: bool) -> None:
    sealer = LicenseSealer({ISSUER: CountingKey(Purpose.SEAL, wrong=wrong, dead=dead)})
    draft = sealer.draft(content(), at=SEALED_AT, mandate=MANDATE)

    with pytest.raises(Unavailable):
        sealer.sign(draft)


def test_an_authority_without_a_key_here_seals_nothing() -> None:
    elsewhere = content(issuer=IssuerFactory.build(id="https://elsewhere.example/authority"))
    own = LicenseSealer({ISSUER: SEAL_KEY})
    draft = own.draft(content(), at=SEALED_AT, mandate=MANDATE).model_copy(
        update={"content": elsewhere}
    )

    with pytest.raises(ConfigurationRefused):
        own.draft(elsewhere, at=SEALED_AT, mandate=MANDATE)
    with pytest.raises(ConfigurationRefused):
        own.sign(draft)


@pytest.mark.parametrize("purpose", [Purpose.STATUS, Purpose.NCP])
def test_a_key_for_something_else_is_refused_at_the_start(purpose: Purpose) -> None:
    with pytest.raises(ConfigurationRefused):
        LicenseSealer({ISSUER: signing_key(purpose)})


def test_octets_that_are_not_canonical_are_never_handed_out_sealed() -> None:
    sealer = LicenseSealer({ISSUER: SEAL_KEY})
    draft = sealer.draft(content(), at=SEALED_AT, mandate=MANDATE)
    spaced = draft.octets.replace(b"</lic:number>", b"</lic:number >")

    with pytest.raises(Unavailable):
        sealer.sign(draft.model_copy(update={"octets": spaced}))


def test_the_draft_of_one_license_cannot_be_sealed_as_another() -> None:
    sealer = LicenseSealer({ISSUER: SEAL_KEY})
    draft = sealer.draft(content(), at=SEALED_AT, mandate=MANDATE)

    with pytest.raises(Unavailable):
        sealer.sign(draft.model_copy(update={"content": content()}))


def test_statements_are_signed_with_the_status_key_of_their_authority() -> None:
    said = statement(content(), b"sealed")

    token = StatusKeys({ISSUER: STATUS_KEY}).sign(said)

    assert read_status(token, authority(), now=NOW) == said
    with pytest.raises(ConfigurationRefused):
        StatusKeys({}).sign(said)
    with pytest.raises(ConfigurationRefused):
        StatusKeys({ISSUER: SEAL_KEY}).sign(said)


def test_a_provider_signs_what_a_recipient_verifies() -> None:
    key = signing_key(Purpose.NCP)
    one = exported()
    carrier = ElmoCarrier({"no": key})
    export = ExportFactory.build(licenses=(one,), generated_at=NOW)

    document = carrier.carry(export, ENTRY, RecipientFactory.build())

    assert verify_outer(document, published(key), now=NOW).octets.endswith(b"</elmo>")
    assert carrier.content_of(one.sealed) == one.content


def test_a_provider_without_its_key_sends_nothing() -> None:
    with pytest.raises(ConfigurationRefused):
        ElmoCarrier({}).carry(ExportFactory.build(), ENTRY, RecipientFactory.build())


@pytest.mark.parametrize(("wrong", "dead"), [(True, False), (False, True)], ids=["wrong", "dead"])
def test_a_provider_whose_key_fails_sends_nothing(*, wrong: bool, dead: bool) -> None:
    carrier = ElmoCarrier({"no": CountingKey(Purpose.NCP, wrong=wrong, dead=dead)})
    export = ExportFactory.build(licenses=(exported(),), generated_at=NOW)

    with pytest.raises(Unavailable):
        carrier.carry(export, ENTRY, RecipientFactory.build())


def test_a_provider_whose_writer_is_wrong_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    export = ExportFactory.build(licenses=(exported(),), generated_at=NOW)
    written = write_elmo(ElmoContent.of(export, b"%PDF")).replace(b"<learner>", b"<learner >")
    # A fault of our own writer, which no input brings about.
    monkeypatch.setattr("schema_ext.carrying.write_elmo", lambda *_, **__: written)

    with pytest.raises(Unavailable):
        ElmoCarrier({"no": signing_key(Purpose.NCP)}).carry(export, ENTRY, RecipientFactory.build())


def test_a_provider_whose_key_has_expired_sends_nothing() -> None:
    key = signing_key(Purpose.NCP)
    too_late = key.certificate.not_valid_after_utc.replace(year=2040)
    export = ExportFactory.build(licenses=(exported(),), generated_at=too_late)

    with pytest.raises(Unavailable):
        ElmoCarrier({"no": key}).carry(export, ENTRY, RecipientFactory.build())
