"""Whose key signed an ELMO: its purpose, its strength and its time."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.signing.keys import published
from schema_ext.signing.verifier import verify_outer
from tests.unit.signed_documents import (
    ELMO_TEXT,
    ENDS,
    NOW,
    STARTS,
    assert_refused,
    by_xmlsec,
    key,
    ncp_key,
    signed,
    weak_rsa,
)
from tests.unit.test_verifier_outer import check_refused, verify

R = Reason


def test_a_seal_certificate_listed_for_a_provider_is_refused() -> None:
    listed = published(key(Purpose.SEAL)).model_copy(update={"purpose": Purpose.NCP})

    check_refused(signed(), R.KEY_PURPOSE, listed)


def test_a_weak_key_is_refused_and_2048_bits_are_enough() -> None:
    for bits, accepted in ((1024, False), (2048, True)):
        private, listed, certificate = weak_rsa(bits)
        document = by_xmlsec(private=private, certificate=certificate)
        if accepted:
            assert verify(document, listed).octets == ELMO_TEXT
        else:
            check_refused(document, R.KEY_TOO_WEAK, listed)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (STARTS - timedelta(seconds=1), R.KEY_NOT_VALID_THEN),
        (ENDS + timedelta(seconds=1), R.SIGNING_TIME_UNPROVEN),
    ],
)
def test_a_key_that_has_expired_since_leaves_open_what_one_not_valid_yet_does_not(
    now: datetime, reason: Reason
) -> None:
    assert_refused(partial(verify_outer, signed(), ncp_key(), now=now), reason)


def test_an_altered_document_is_altered_also_when_its_key_has_expired_since() -> None:
    altered = signed().replace(b"Nordmann", b"Nordfrau")
    after = ENDS + timedelta(seconds=1)

    assert_refused(partial(verify_outer, altered, ncp_key(), now=after), R.DIGEST_MISMATCH)


def test_a_compromised_key_proves_nothing_any_more() -> None:
    compromised = ncp_key().model_copy(update={"compromised_at": NOW - timedelta(days=1)})

    check_refused(signed(), R.KEY_COMPROMISED, compromised)
