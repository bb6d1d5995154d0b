"""The whole documents in the page about the extension are what the writers write."""

import base64
import re
from itertools import zip_longest

import pytest
from lxml import etree

from licenses.model.trust import ElmoVersion, Purpose
from schema_ext.namespaces import LIC
from schema_ext.signing.verifier import verify_seal_in_full
from schema_ext.validation import elmo_faults, license_schema
from tests.docs.annotated import CUT, DOCUMENTS, place_of, shown_text
from tests.docs.console import blocks
from tests.docs.generated import DOCS
from tests.docs.meanings import MEANINGS
from tests.docs.whole_documents import AUTHORITY, whole_document, whole_seal
from tests.trust_samples import trusted
from tests.unit.signed_documents import FixedTrust


def shown(heading: str) -> etree._Element:
    """Return the document under a heading as the page shows it, without its comments."""
    page = (DOCS / "elmo-extension.md").read_text(encoding="utf-8")
    after = page.partition(f"### {heading}\n")[2]
    found = next(block for block in blocks(after) if block.kind == "xml")
    return etree.fromstring(found.text.encode(), etree.XMLParser(remove_comments=True))


def written(heading: str) -> etree._Element:
    return etree.fromstring(DOCUMENTS[heading]())


@pytest.mark.parametrize("heading", DOCUMENTS)
def test_the_page_shows_every_element_in_its_place_with_its_attributes_and_text(
    heading: str,
) -> None:
    for ours, theirs in zip_longest(written(heading).iter(), shown(heading).iter()):
        assert place_of(theirs) == place_of(ours)
        assert (theirs.tag, dict(theirs.attrib)) == (ours.tag, dict(ours.attrib))
        assert len(ours) or theirs.text == (shown_text(ours) or None)


@pytest.mark.parametrize("heading", DOCUMENTS)
def test_nothing_but_base64_is_cut_short(heading: str) -> None:
    for element in written(heading).iter(*CUT):
        hidden = (element.text or "")[CUT[str(element.tag)] :]
        assert re.fullmatch(r"[A-Za-z0-9+/=._-]{40,}", hidden), element.tag


@pytest.mark.parametrize("version", ElmoVersion)
def test_what_is_shown_is_valid_by_the_version_it_is_shown_for(version: ElmoVersion) -> None:
    document = etree.fromstring(whole_document(version))

    assert elmo_faults(document, with_licenses=True) == (version, ())


def test_the_sealed_license_that_is_shown_is_valid_and_its_seal_holds() -> None:
    trust = FixedTrust(trusted(Purpose.SEAL), authority_id=AUTHORITY)

    assert license_schema().faults(written("The sealed license")) == ()
    assert verify_seal_in_full(whole_seal(), trust).authority.authority.id == AUTHORITY


@pytest.mark.parametrize("version", ElmoVersion)
def test_the_sealed_license_that_is_shown_is_the_one_the_document_carries(
    version: ElmoVersion,
) -> None:
    carried = etree.fromstring(whole_document(version)).find(f".//{{{LIC}}}signedLicense")

    assert carried is not None
    assert base64.b64decode(carried.text or "", validate=True) == whole_seal()


def test_no_meaning_is_told_of_an_element_that_is_not_shown() -> None:
    places = {place_of(one) for heading in DOCUMENTS for one in written(heading).iter()}

    assert set(MEANINGS) <= places
