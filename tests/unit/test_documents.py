"""The one door: every kind of document, with and without trust, in and out of a session."""

import logging
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from licenses.model.verdict import Circumstances, Expectation, Overall
from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.verifier import verify_outer
from tests.factories import GrantFactory, ProfessionFactory
from tests.trust_samples import ENDS, STARTS, authority, ncp, signing_key, trusted
from tests.unit.carried_documents import (
    EXPECTED,
    INGRID,
    NOW,
    Trust,
    content,
    elmo,
    exported,
    in_session,
    verifier,
)
from tests.unit.signed_documents import replaced

R = Reason
ASKED = Circumstances(expectation=EXPECTED)


def test_an_answer_in_its_session_may_be_relied_on() -> None:
    verdict = verifier().verdict(encode_elmo(elmo()).encode(), in_session())

    assert (verdict.kind, verdict.overall) == ("response", Overall.MAY_WORK)
    assert verdict.reasons == ()
    assert verdict.signature.answer == "verified"
    assert verdict.learner == INGRID
    assert verdict.checked_at == NOW


def test_an_elmo_document_can_be_handed_in_without_a_session() -> None:
    verdict = verifier().verdict(elmo(), ASKED)

    assert (verdict.kind, verdict.overall) == ("elmo", Overall.MAY_WORK)
    assert verdict.delivery is not None, "for whom it was made is told, not judged"


def test_an_elmo_that_does_not_say_whose_it_is_leaves_the_person_open() -> None:
    signed_text = verify_outer(elmo(), ncp().key, now=NOW).octets
    nameless = replaced(signed_text, f"<bday>{INGRID.birth_date}</bday>", "")

    verdict = verifier().verdict(sign_elmo(nameless, signing_key(Purpose.NCP)), ASKED)

    assert verdict.reasons == (R.LEARNER_NOT_STATED,)
    assert verdict.overall is Overall.NOT_ESTABLISHED
    assert verdict.licenses[0].overall is Overall.NOT_ESTABLISHED


def test_a_sealed_license_alone_has_no_carrier_to_judge() -> None:
    one = exported()
    found = verifier(ask=lambda *_: one.status_token).verdict(one.sealed, ASKED)

    assert (found.kind, found.overall) == ("sealed-license", Overall.MAY_WORK)
    assert found.signature.answer == found.schema_line.answer == "not-applicable"
    assert found.licenses[0].status_source == "asked"


def test_in_a_session_a_document_must_be_packed() -> None:
    verdict = verifier().verdict(elmo(), in_session())

    assert verdict.reasons == (R.NOT_GZIP,)


def test_the_provider_that_was_chosen_counts_and_no_other_that_is_known() -> None:
    both = (ncp(), ncp("SE-NCP", "second"))
    by_second = encode_elmo(elmo(name="second")).encode()

    chosen = verifier(ncps=both).verdict(by_second, in_session())
    handed_in = verifier(ncps=both).verdict(elmo(name="second"), ASKED)

    assert chosen.reasons == (R.WRONG_NCP_KEY,)
    assert handed_in.overall is Overall.MAY_WORK


def _stranger() -> InMemoryKey:
    private = generate_private_key(Purpose.NCP)
    return InMemoryKey(private, self_signed(private, Purpose.NCP, "x", STARTS, ENDS), Purpose.NCP)


def test_a_document_of_nobody_known_is_unknown_and_an_altered_one_is_rejected() -> None:
    unsigned = elmo().partition(b"<ds:Signature")[0] + b"</elmo>"
    strange = sign_elmo(unsigned, _stranger())
    for known in ((), (ncp(),), (ncp(), ncp("SE-NCP", "second"))):
        reading = verifier(ncps=known)

        unknown = reading.verdict(strange, ASKED)
        altered = reading.verdict(replaced(strange, "Solberg", "Lund"), ASKED)

        # One provider is the only one it can be from; of several or none it is somebody's.
        expected = R.WRONG_NCP_KEY if len(known) == 1 else R.UNKNOWN_ISSUER
        assert unknown.reasons == (expected,)
        assert altered.overall is Overall.MUST_NOT_RELY
        assert unknown.licenses == ()
        assert unknown.learner is None


def test_without_any_trust_a_document_is_open_and_an_altered_one_is_rejected() -> None:
    reading, one = verifier(trust=None), exported()
    sealed = reading.verdict(one.sealed, ASKED)
    altered = reading.verdict(replaced(one.sealed, "Solberg", "Lund"), ASKED)

    assert sealed.reasons == (R.NO_TRUST,)
    assert sealed.overall is Overall.NOT_ESTABLISHED
    assert sealed.signature.answer == "not-established"
    assert altered.reasons == (R.DIGEST_MISMATCH,)
    assert altered.signature.answer == "rejected"


def test_without_a_registry_an_elmo_is_open_and_an_altered_one_is_rejected() -> None:
    reading = verifier(ncps=None)

    assert reading.verdict(elmo(), ASKED).reasons == (R.NO_TRUST,)
    assert reading.verdict(replaced(elmo(), "Solberg", "Lund"), ASKED).reasons == (
        R.DIGEST_MISMATCH,
    )


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", R.UNKNOWN_DOCUMENT),
        (b"\x00\xff", R.UNKNOWN_DOCUMENT),
        (b"<x/>", R.UNKNOWN_DOCUMENT),
        (b"  \n<x", R.NOT_XML),
        (b"<!-- c --><x/>", R.UNKNOWN_DOCUMENT),
        ("ÅÅ".encode(), R.UNKNOWN_DOCUMENT),
        (b"AAAA", R.UNKNOWN_DOCUMENT),
        (b"nonsense", R.UNKNOWN_DOCUMENT),
        (b64encode(b"PK\x03\x04"), R.UNKNOWN_DOCUMENT),
        (b64encode(b"\xef\xbb\xbf\n<elmo/>"), R.NOT_GZIP),
        (b64encode(b"\x1f\x8b\x07" + bytes(20)), R.GZIP_CORRUPT),
        (b"<lic:x xmlns:lic='urn:other'/>", R.UNKNOWN_DOCUMENT),
    ],
)
def test_what_is_no_document_gets_a_verdict_too(document: bytes, reason: Reason) -> None:
    verdict = verifier().verdict(document, ASKED)

    assert verdict.reasons == (reason,)
    assert verdict.overall is Overall.MUST_NOT_RELY
    assert (verdict.kind, verdict.licenses, verdict.document_sha256) == ("unknown", (), None)


@pytest.mark.parametrize("posted", [b"", b"AAAA", b64encode(b"PK\x03\x04")])
def test_in_a_session_what_is_no_package_was_damaged_and_not_chosen_wrongly(posted: bytes) -> None:
    assert verifier().verdict(posted, in_session()).reasons == (R.GZIP_CORRUPT,)


def test_the_worst_license_stands_first_and_decides() -> None:
    nurse, other = exported(), exported()
    broken = other.model_copy(update={"sealed": b"<x/>"})

    verdict = verifier().verdict(elmo((nurse, broken)), ASKED)

    assert [one.overall for one in verdict.licenses] == [Overall.MUST_NOT_RELY, Overall.MAY_WORK]
    assert verdict.overall is Overall.MUST_NOT_RELY


def test_a_fault_nobody_foresaw_is_a_rejection_and_tells_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks(*_: object) -> str:
        raise RuntimeError("Solberg")

    verdict = verifier(ask=breaks).verdict(exported().sealed, ASKED)

    assert verdict.reasons == (R.VERIFIER_FAULT,)
    assert verdict.overall is Overall.MUST_NOT_RELY
    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert "RuntimeError" in record.getMessage()
    assert "Solberg" not in caplog.text
    assert record.exc_info is None


def test_a_seal_outside_the_mandate_is_not_shown() -> None:
    astrologer = ProfessionFactory.build(code="astrologer", isco08="5161")
    one = exported(content(grant=GrantFactory.build(profession=astrologer)))

    verdict = verifier().verdict(elmo((one,)), ASKED)

    assert R.OUTSIDE_MANDATE in set(verdict.licenses[0].reasons)
    assert verdict.licenses[0].content_shown is None


def test_a_compromised_key_counts_for_nothing_it_signed_later() -> None:
    lost = trusted(Purpose.SEAL, compromised_at=NOW - timedelta(days=365))
    source = Trust(authority(lost, trusted(Purpose.STATUS)))

    verdict = verifier(trust=source).verdict(elmo(), ASKED)

    assert R.KEY_COMPROMISED in set(verdict.licenses[0].reasons)
    assert verdict.overall is Overall.MUST_NOT_RELY


def test_what_a_provider_signed_with_a_key_expired_since_is_open() -> None:
    expired = ncp(key=trusted(Purpose.NCP, valid_until=NOW - timedelta(seconds=1)))

    verdict = verifier().verdict(encode_elmo(elmo()).encode(), in_session(ncp=expired))

    assert verdict.reasons == (R.SIGNING_TIME_UNPROVEN,)
    assert (verdict.overall, verdict.licenses) == (Overall.NOT_ESTABLISHED, ())


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"audience": "https://other.example"}, R.OTHER_AUDIENCE),
        ({"session_sha256": "ab" * 32}, R.OTHER_SESSION),
    ],
)
def test_a_document_for_another_shows_nothing_of_its_licenses(
    given: dict[str, str], reason: Reason
) -> None:
    verdict = verifier().verdict(encode_elmo(elmo()).encode(), in_session(**given))

    assert verdict.reasons == (reason,)
    assert (verdict.licenses, verdict.learner, verdict.delivery) == ((), None, None)
    assert verdict.document_sha256 is not None, "it can still be recognised when it comes again"


@pytest.mark.parametrize("official_dir", [None, Path("../shared/elmo-official/1.7.0").resolve()])
def test_a_document_against_the_schema_is_rejected(official_dir: Path | None) -> None:
    if official_dir is not None and not official_dir.is_dir():
        pytest.skip("the official ELMO schema is not at ../shared/elmo-official")
    good, unsigned = elmo(), elmo().partition(b"<ds:Signature")[0] + b"</elmo>"
    odd = unsigned.replace(b"<type>Module</type>", b"<type>Licence</type>")
    reading = verifier(official_dir=official_dir)

    assert reading.verdict(good, ASKED).schema_line.answer == "valid"
    invalid = reading.verdict(sign_elmo(odd, signing_key(Purpose.NCP)), ASKED)
    assert invalid.reasons == (R.SCHEMA_INVALID,)
    assert invalid.licenses == ()


def test_an_operators_schema_that_looks_at_no_extension_lets_nothing_of_ours_pass(
    tmp_path: Path,
) -> None:
    official = Path("../shared/elmo-official/1.7.0").resolve()
    if not official.is_dir():
        pytest.skip("the official ELMO schema is not at ../shared/elmo-official")
    folder = Path(copytree(official, tmp_path / "elmo"))
    blind = (folder / "schema.xsd").read_text("utf-8").replace('"lax"', '"skip"')
    (folder / "schema.xsd").write_text(blind, "utf-8")
    unsigned = elmo().partition(b"<ds:Signature")[0] + b"</elmo>"
    odd = unsigned.replace(b"</lic:delivery>", b"<lic:odd></lic:odd></lic:delivery>")
    reading = verifier(official_dir=folder)

    assert reading.verdict(elmo(), ASKED).overall is Overall.MAY_WORK
    invalid = reading.verdict(sign_elmo(odd, signing_key(Purpose.NCP)), ASKED)
    assert invalid.reasons == (R.SCHEMA_INVALID,)


def test_nobody_asked_for_is_not_established() -> None:
    verdict = verifier().verdict(elmo(), Circumstances(expectation=Expectation()))

    assert verdict.overall is Overall.NOT_ESTABLISHED
