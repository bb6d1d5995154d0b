"""What a provider adds to an ELMO document: the delivery and the stapled status."""

from collections.abc import Callable

import pytest
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from licenses.model.verdict import Delivery
from schema_ext.delivery_xml import (
    read_delivery,
    read_status,
    require_valid,
    write_delivery,
    write_status,
)
from schema_ext.parsing import parse

DELIVERY = Delivery(
    audience="https://hospital.example",
    session_sha256="ab" * 32,
    purpose="Ansettelse ved sykehus & poliklinikk",
    consent_id="c-17",
    login_level="substantial",
)


def test_a_delivery_reads_back_as_it_was_written() -> None:
    assert read_delivery(parse(write_delivery(DELIVERY).encode())) == DELIVERY


def test_a_status_reads_back_as_it_was_written() -> None:
    assert read_status(parse(write_status("eyJh.eyJz.c2ln").encode())) == "eyJh.eyJz.c2ln"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("abab", "ABAB", Reason.SCHEMA_INVALID),
        ("<lic:consentId>c-17</lic:consentId>", "", Reason.SCHEMA_INVALID),
        ('version="1.0"', 'version="3.0"', Reason.UNKNOWN_EXTENSION_VERSION),
        ("Ansettelse", "Ansettelse\u200b", Reason.CONTENT_UNREADABLE),
    ],
)
def test_a_delivery_that_is_not_one_is_refused_with_its_reason(
    old: str, new: str, reason: Reason
) -> None:
    changed = write_delivery(DELIVERY).replace(old, new)

    with pytest.raises(DocumentRejected) as caught:
        read_checked(read_delivery, changed)

    assert caught.value.reason == reason


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c.d", "a b.c.d"])
def test_a_status_that_is_no_compact_token_is_refused(token: str) -> None:
    with pytest.raises(DocumentRejected) as caught:
        read_checked(read_status, write_status(token))

    assert caught.value.reason == Reason.SCHEMA_INVALID


def read_checked(read: Callable[[etree._Element], object], text: str) -> None:
    """As an element of a document that was not found valid as a whole is read."""
    element = parse(text.encode())
    require_valid(element)
    read(element)
