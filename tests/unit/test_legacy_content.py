"""What a legacy document carries: read as ELMO, its seals judged strictly, never relied on."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licenses.model.reasons import Reason
from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose
from licenses.model.verdict import Overall
from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.namespaces import ELMO
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.policy import RSA_SHA1, RSA_SHA256, SHA1, SHA256
from tests.trust_samples import signing_key
from tests.unit.carried_documents import INGRID, exported, in_session, verifier
from tests.unit.legacy_documents import (
    ASKED,
    CROATIA,
    elmo_of,
    listed,
    partner,
    read,
    record,
    signed,
    unsigned,
)
from tests.unit.signed_documents import by_xmlsec, replaced

R = Reason


def test_what_the_schema_does_not_allow_is_flagged_of_a_legacy_partner_and_rejected_of_others() -> (
    None
):
    odd = replaced(unsigned(), "<generatedDate>", "<madeOn>x</madeOn><generatedDate>")

    legacy = read(signed(odd), record())
    ours = verifier().verdict(sign_elmo(odd, signing_key(Purpose.NCP)), ASKED)

    assert legacy.schema_line.answer == "invalid"
    assert legacy.schema_line.reasons == (R.LEGACY_SCHEMA_INVALID,)
    assert legacy.overall is Overall.NOT_ESTABLISHED
    assert ours.reasons == (R.SCHEMA_INVALID,)


def _in_namespace(text: bytes, namespace: str) -> bytes:
    return text.replace(f'xmlns="{ELMO}"'.encode(), f'xmlns="{namespace}"'.encode())


@pytest.mark.parametrize("packed", [True, False])
def test_a_root_in_a_namespace_of_the_record_is_read_as_elmo_with_its_seals(packed: bool) -> None:
    document = signed(_in_namespace(unsigned(), CROATIA))
    carried = encode_elmo(document).encode() if packed else document

    verdict = read(carried, record(namespaces=(CROATIA,)))

    assert verdict.signature.answer == "legacy"
    assert verdict.schema_line.answer == "invalid"
    assert verdict.learner == INGRID
    assert verdict.licenses[0].content.answer == "untouched"
    assert verdict.overall is Overall.NOT_ESTABLISHED
    assert read(carried, record(namespaces=(ELMO,))).reasons == (R.UNKNOWN_DOCUMENT,)
    assert read(carried, record("another", namespaces=(CROATIA,))).reasons == (R.UNKNOWN_DOCUMENT,)


def test_elements_of_both_namespaces_side_by_side_are_refused() -> None:
    mixed = _in_namespace(unsigned(), CROATIA).replace(
        b"<learner>", f'<learner xmlns="{ELMO}"/><learner>'.encode(), 1
    )

    verdict = read(signed(mixed), record(namespaces=(CROATIA,)))

    assert verdict.reasons == (R.CONTENT_UNREADABLE,)


# The seal inside, and the answer.


def _with_seal(change: Callable[[bytes], bytes]) -> bytes:
    """Return a legacy document whose sealed license was changed before the partner signed."""
    one = exported()
    return signed(elmo_of(one.model_copy(update={"sealed": change(one.sealed)})))


def test_a_seal_inside_is_judged_by_the_strict_profile() -> None:
    old_method = _with_seal(
        lambda seal: replaced(seal, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", RSA_SHA1)
    )
    old_digest = _with_seal(lambda seal: replaced(seal, SHA256, SHA1))
    altered = _with_seal(lambda seal: replaced(seal, "Solberg", "Sølberg"))

    told = [read(one, record()).licenses[0] for one in (old_method, old_digest, altered)]

    assert [one.reasons for one in told] == [
        (R.SIGNATURE_ALGORITHM,),
        (R.SIGNATURE_ALGORITHM,),
        (R.DIGEST_MISMATCH,),
    ]
    assert {one.overall for one in told} == {Overall.MUST_NOT_RELY}


def test_a_legacy_partner_seals_nothing() -> None:
    private, certificate = partner("sealer", 2048)
    one = exported()
    by_partner = by_xmlsec(
        one.sealed.partition(b"<ds:Signature")[0] + b"</lic:license>",
        method=RSA_SHA1,
        digest=SHA1,
        private=private,
        certificate=certificate,
    )

    verdict = read(by_partner, record("sealer", 2048))

    assert verdict.reasons == (R.SIGNATURE_ALGORITHM,)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["full", "conditional"]),
    st.sampled_from([RSA_SHA1, RSA_SHA256]),
    st.sampled_from([SHA1, SHA256]),
    st.booleans(),
    st.booleans(),
)
def test_a_legacy_document_never_leads_to_may_work(
    level: str, method: str, digest: str, in_a_session: bool, knows: bool
) -> None:
    ground = Because.IN_FORCE if level == "full" else Because.LIMITS
    one = exported(level=Level(level), because=ground)
    document = signed(elmo_of(one), "listed", 2048, method=method, digest=digest)
    provider = listed("listed")
    chosen = in_session(ncp=provider) if in_a_session else ASKED
    carried = encode_elmo(document).encode() if in_a_session else document

    verdict = read(
        carried,
        record("listed", 2048),
        ncps=(provider,) if knows or in_a_session else None,
        circumstances=chosen,
    )

    assert verdict.signature.answer == "legacy"
    assert verdict.overall is Overall.NOT_ESTABLISHED
    assert {one.overall for one in verdict.licenses} == {Overall.NOT_ESTABLISHED}
