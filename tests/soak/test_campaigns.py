"""What the quick tests show for thousands, shown for hundreds of thousands."""

from contextlib import suppress
from random import Random

import pytest
from lxml import etree

from licenses.errors import DocumentRejected
from schema_ext.license_reader import read_license
from schema_ext.license_xml import write_license
from schema_ext.signing.verifier import verify_outer, verify_seal
from tests.random_licenses import random_content
from tests.unit.signed_documents import (
    ELMO_TEXT,
    LICENSE_TEXT,
    NOW,
    by_xmlsec,
    ncp_key,
    sealed,
    signed,
    trust,
)

pytestmark = pytest.mark.soak

LICENSES = 200_000
MUTANTS = 200_000


def test_every_written_license_is_its_own_canonical_form() -> None:
    chance = Random(20261123)
    for _ in range(LICENSES):
        written = write_license(random_content(chance))
        root = etree.fromstring(written)
        assert etree.tostring(root, method="c14n", exclusive=True) == written


def test_every_written_license_reads_back_as_it_was() -> None:
    chance = Random(20261124)
    for _ in range(LICENSES // 10):
        content = random_content(chance)
        assert read_license(write_license(content)) == content


def test_no_mutant_of_a_signed_document_hands_out_anything_but_what_was_signed() -> None:
    chance = Random(20261125)
    documents = (sealed(), signed(), by_xmlsec())
    for _ in range(MUTANTS):
        mutant = _mutated(chance.choice(documents), chance)
        with suppress(DocumentRejected):
            assert verify_seal(mutant, trust()).octets == LICENSE_TEXT
        with suppress(DocumentRejected):
            assert verify_outer(mutant, ncp_key(), now=NOW).octets == ELMO_TEXT


def _mutated(document: bytes, chance: Random) -> bytes:
    """Cut, double, move or overwrite a piece of the document, once to three times."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(document))
        piece = document[start : start + chance.randint(1, 60)]
        place = chance.randrange(len(document))
        document = chance.choice(
            (
                document.replace(piece, b"", 1),
                document[:place] + piece + document[place:],
                document[:start] + bytes([chance.randrange(256)]) + document[start + 1 :],
                document[:start] + document[start + len(piece) :],
            )
        )
    return document
